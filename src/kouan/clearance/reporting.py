"""The report of a clearance folder, made from its documents alone: by the journey, and by whoever verifies."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kouan.clearance.attacking import ATTACKS
from kouan.clearance.declare import read_declaration
from kouan.clearance.labelling import LABELS
from kouan.clearance.opening import inputs_of
from kouan.clearance.relying import CERTIFICATE
from kouan.deidentify import read_plan
from kouan.dossier import ReportInput, render_report
from kouan.law.changing import what_would_change
from kouan.model.attacks import Attacked
from kouan.model.base import Frozen
from kouan.model.canonical import sha256_bytes
from kouan.model.certificate import Certificate
from kouan.model.consent import Consent
from kouan.model.decision import DecisionPair
from kouan.model.files import read_document
from kouan.model.inventory import Inventory
from kouan.model.necessity import Necessity
from kouan.model.release import Dossier
from kouan.model.risk import RiskReport
from kouan.model.standing import Authority
from kouan.model.treatment import Treatment
from kouan.model.utility import Utility

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.model.report import Report
    from kouan.packs import PackSet

B = TypeVar("B", bound=Frozen)
REPORT, PAGE = "report.json", "report.html"
_SHOWN = (
    "declaration.yaml",
    LABELS,
    "consent.json",
    "authority.json",
    CERTIFICATE,
    "inventory.json",
    "inventory-treated.json",
    "plan.yaml",
    "necessity.json",
    "treatment.json",
    "decision.json",
    "risk.json",
    "utility.json",
    ATTACKS,
)


def page_of(folder: Path, report: Report, packs: PackSet) -> bytes:
    """Return the page of a folder's documents.

    Args:
        folder: with the documents of a clearance and its dossier.
        report: what stands in none of them.
        packs: by which was decided.

    Raises:
        KouanError: for a document that cannot be read.
    """
    declaration, _, _ = read_declaration(folder / "declaration.yaml")
    pair = read_document(folder / "decision.json", DecisionPair, kind="decision")
    shown = {name: sha256_bytes((folder / name).read_bytes()) for name in _SHOWN if (folder / name).exists()}
    view = ReportInput(
        declaration=declaration,
        made_at=report.made_at,
        tool=report.tool,
        inventory=read_document(folder / "inventory.json", Inventory, kind="inventory"),
        decisions=pair,
        plan=read_plan((folder / "plan.yaml").read_text(encoding="utf-8"), "plan.yaml"),
        treatment=read_document(folder / "treatment.json", Treatment, kind="treatment"),
        risk=read_document(folder / "risk.json", RiskReport, kind="risk"),
        utility=read_document(folder / "utility.json", Utility, kind="utility"),
        certificate=_if_there(folder, CERTIFICATE, Certificate, "certificate"),
        attacked=_if_there(folder, ATTACKS, Attacked, "attacked"),
        dossier=read_document(folder / "dossier" / "dossier.json", Dossier, kind="dossier"),
        signer=report.signer,
        log_origin=report.log_origin,
        folder=report.folder,
        digests=inputs_of(shown),
        consent=_if_there(folder, "consent.json", Consent, "consent"),
        necessity=read_document(folder / "necessity.json", Necessity, kind="necessity"),
        authority=_if_there(folder, "authority.json", Authority, "authority"),
        would_change=what_would_change(pair.treated or pair.original, packs),
        lighter=report.lighter,
        fact_labels={name: fact.label for name, fact in packs.facts.items()},
    )
    return render_report(view, lang=report.lang).encode()


def _if_there(folder: Path, name: str, body: type[B], kind: str) -> B | None:
    return read_document(folder / name, body, kind=kind) if (folder / name).exists() else None
