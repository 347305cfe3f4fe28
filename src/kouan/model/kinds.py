"""All kinds of documents of the journey and their JSON schemas."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field, create_model

from kouan.model.attacks import Attacked, AttackReport
from kouan.model.base import Frozen
from kouan.model.case import Casebook
from kouan.model.certificate import Certificate
from kouan.model.consent import Consent
from kouan.model.decision import DecisionPair
from kouan.model.declaration import Declaration
from kouan.model.document import Document
from kouan.model.evaluation import Evaluation
from kouan.model.facts import FactSet
from kouan.model.interview import InterviewState, InterviewStep
from kouan.model.inventory import Inventory
from kouan.model.labels import Labels
from kouan.model.necessity import Necessity
from kouan.model.packfiles import PACK_FILES
from kouan.model.plan import Plan
from kouan.model.portfolio import Portfolio, PortfolioDecision
from kouan.model.profile import Profile
from kouan.model.purpose import Purpose
from kouan.model.release import Dossier, Manifest, Release
from kouan.model.report import Report
from kouan.model.risk import RiskReport
from kouan.model.run import RunRecord
from kouan.model.sector import SectorSchema
from kouan.model.standing import Authority
from kouan.model.treatment import Treatment
from kouan.model.unsealing import Unsealing
from kouan.model.utility import Utility

PackFolder: type[BaseModel] = create_model(  # type: ignore[call-overload]  # fields by name of file, known at run time
    "PackFolder",
    __base__=Frozen,
    __doc__="A law pack: one field for each file that its folder may hold; only `pack.yaml` must be there.",
    **{
        name.removesuffix(".yaml"): (model, Field(alias=name))
        if name == "pack.yaml"
        else (model | None, Field(default=None, alias=name))
        for name, model in PACK_FILES.items()
    },
)

KINDS: dict[str, type[BaseModel]] = {
    "authority": Document[Authority],
    "declaration": Declaration,
    "inventory": Document[Inventory],
    "labels": Labels,
    "consent": Document[Consent],
    "facts": Document[FactSet],
    "necessity": Document[Necessity],
    "decision": Document[DecisionPair],
    "interview": InterviewState,
    "interview-step": InterviewStep,
    "portfolio": Portfolio,
    "portfolio-decision": Document[PortfolioDecision],
    "plan": Plan,
    "treatment": Document[Treatment],
    "risk": Document[RiskReport],
    "utility": Document[Utility],
    "certificate": Document[Certificate],
    "evaluation": Evaluation,
    "attacks": Document[AttackReport],
    "attacked": Document[Attacked],
    "dossier": Document[Dossier],
    "report": Document[Report],
    "release": Document[Release],
    "unsealing": Document[Unsealing],
    "manifest": Document[Manifest],
    "run": Document[RunRecord],
    "pack": PackFolder,
    "casebook": Casebook,
    "profile": Profile,
    "purpose": Purpose,
    "sector": SectorSchema,
}
"""Kind to model: YAML that people write stands bare, what the software writes stands in an envelope."""


def schema_of(kind: str) -> dict[str, Any]:
    """Return the JSON schema (2020-12) of a kind. Raises KeyError."""
    model = KINDS[kind]
    # What people write is described as it is read, what the software writes as it is written: ratios are strings there.
    schema = model.model_json_schema(mode="serialization" if issubclass(model, Document) else "validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": kind}
