"""Evaluation: what people answer before a certificate of effect can say anything; they write it as YAML."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from kouan.model.base import Frozen
from kouan.model.pack import Id
from kouan.model.taxonomy import Confidence
from kouan.model.text import Said, Text

Name = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]
MOST_MONTHS = 12
"""Validity at the longest: the evaluation is repeated at least yearly (DB3212/T 1177-2025, 9.1)."""


class Question(Frozen):
    """One question; `measured` ones are answered by the data, not by people."""

    id: Name
    clause: str = ""
    label: Text
    measured: StrictBool = False


class EffectQuestions(Frozen):
    """The file of questions.

    Attributes:
        baseline: all must be answered yes.
        management: headings of the management measures, all of which must be there.
        experts: kinds of expert that the team needs.
        renewals: changes after which the evaluation is made anew.
    """

    kind: Literal["effect_questions"]
    id: Id
    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    standard: Text
    status: Literal["in_force", "draft"]
    confidence: Confidence
    baseline: tuple[Question, ...]
    management: tuple[Question, ...]
    experts: tuple[Question, ...]
    renewals: tuple[Text, ...]

    @property
    def asked(self) -> tuple[Question, ...]:
        """What people have to answer."""
        return tuple(one for one in (*self.baseline, *self.management) if not one.measured)


class Answer(Frozen):
    """One answer; None is unknown and never a yes.

    Attributes:
        evidence: where the proof is kept, such as the number of a document.
    """

    answer: StrictBool | None = None
    evidence: Said | None = None


class Expert(Frozen):
    """A member of the team: of which kind, and of which organisation."""

    name: Said
    kind: Name
    organisation: Said | None = None


class Approver(Frozen):
    """Who approves the conclusion (GB/T 42460-2023 asks for top management)."""

    name: Said
    post: Said


class Environment(Frozen):
    """Where the data are used.

    Attributes:
        secure: level of secure computing; None is unknown.
        basic_security: whether basic security is in place.
        coefficient: E of the Beijing specification, where somebody vouches for one.
        measures: its measures by id; None is unknown.
    """

    secure: Literal["none", "basic", "enhanced"] | None = None
    basic_security: StrictBool | None = None
    coefficient: Annotated[Decimal, Field(gt=0)] | None = None
    measures: dict[Name, StrictBool | None] = Field(default_factory=dict)


class Evaluation(Frozen):
    """The answers.

    Attributes:
        goal: `baseline` asks whether the baseline holds; `recognition` whether the effect is reached.
        scenario_risk: of the circulation; None takes the stricter where a recipient is abroad.
        answers: by question.
        gates: ids of the rules that must all pass beside those in force; None takes every rule about these data.
        attacks_at_most: what an attack may gain over the control; None: nothing that can be told from chance.
        residual: what risk is left, in the team's words.
        months: how long the certificate is valid.
    """

    kind: Literal["evaluation"]
    version: Literal[1]
    goal: Literal["baseline", "recognition"] = "recognition"
    scenario_risk: Literal["low", "high"] | None = None
    answers: dict[Name, Answer] = Field(default_factory=dict)
    environment: Environment = Environment()
    team: tuple[Expert, ...] = ()
    approver: Approver | None = None
    gates: tuple[Id, ...] | None = None
    attacks_at_most: Annotated[Decimal, Field(ge=0, lt=1)] | None = None
    residual: Said | None = None
    months: Annotated[StrictInt, Field(ge=1, le=MOST_MONTHS)] = MOST_MONTHS
