"""What an exporter says of where data go, for the verdicts on how identifiable they are."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer, StrictBool, StrictInt

from kouan.model.base import Frozen
from kouan.model.target import TargetSpec

Answer = StrictBool | None
Probability = Annotated[Decimal, Field(ge=0, le=1), PlainSerializer(lambda value: format(value, "f"), return_type=str)]
Factor = Annotated[Decimal, Field(gt=0), PlainSerializer(lambda value: format(value, "f"), return_type=str)]


class ContextSpec(Frozen):
    """How likely an attack is at the recipient (GB/T 42460-2023 annex D); what is not given counts as in the packs.

    Attributes:
        attempt: deliberate attempt.
        acquaintance: 1 - (1 - p)^m that somebody there knows a person in the data.
        breach: that data leak there.
    """

    attempt: Probability | None = None
    acquaintance: Probability | None = None
    breach: Probability | None = None


class PopulationSpec(Frozen):
    """Of whom the data are a sample.

    Attributes:
        size: how many persons they are.
        table: file beside the declaration with the quasi-identifiers under the same names, a row a person or with a
            column `persons`.
    """

    size: Annotated[StrictInt, Field(ge=1)] | None = None
    table: Annotated[str, Field(pattern=r"^[^\x00]+$")] | None = None


class AttackSpec(Frozen):
    """How the treated data are attacked when a transfer is cleared.

    Attributes:
        run: whether they are attacked at all.
        tries: of each attack.
        rows: of a table that are looked at, at most; of a larger one as many are drawn by lot, whole classes at a time.
        seed: of every draw; the same seed gives the same figures.
    """

    run: StrictBool = True
    tries: Annotated[StrictInt, Field(ge=50, le=5_000)] = 300
    rows: Annotated[StrictInt, Field(ge=1_000, le=5_000_000)] = 100_000
    seed: Annotated[StrictInt, Field(ge=0, lt=2**32)] = 1


class AssessmentSpec(Frozen):
    """What verdicts need besides the data; what is not said stays unknown.

    Attributes:
        context: how likely an attack is.
        sharing: scenario of the Beijing health specification, over what recipients and release mode say.
        environment: its coefficient E, as the institution assessed it.
        measures: its technical and management measures, each true, false or `unknown`.
        scenario_risk, management, basic_security, secure: inputs of the TC609 drafts.
        population: of whom the data are a sample.
        predict: items that a model is to predict, raw and treated, at most one of a table; a table without one has one
            chosen.
        attacks: on the treated data.
        target: verdict that treatment must reach; None leaves the plan as its rules make it.
    """

    context: ContextSpec | None = None
    sharing: str | None = None
    environment: Factor | None = None
    measures: dict[str, Answer] = Field(default_factory=dict)
    scenario_risk: Literal["low", "high"] | None = None
    management: Answer = None
    basic_security: Answer = None
    secure: Literal["none", "basic", "enhanced"] | None = None
    population: PopulationSpec | None = None
    predict: tuple[Annotated[str, Field(pattern=r"^[^\x00]+$")], ...] = ()
    attacks: AttackSpec = AttackSpec()
    target: TargetSpec | None = None
