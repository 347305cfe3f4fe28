"""Interview: what was known before, what was answered, and the step that follows from both."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from kouan.model.base import Frozen
from kouan.model.clause import Name
from kouan.model.decision import OpenPoint, Outcome, Pathway, SourceRef
from kouan.model.facts import Fact, FactValue, FlowFacts
from kouan.model.pack import Id
from kouan.model.text import Text
from kouan.model.time import LegalDay
from kouan.model.vocabulary import FactType

ONE_FLOW = FlowFacts(id="data", label=Text(zh="出境的数据", en="the data that leave"))
"""The flow of an interview that starts from nothing."""


class Answer(Frozen):
    """One answer.

    Attributes:
        fact: that it settles.
        flow: id of the flow of which it speaks; None of the whole transfer.
        value: a number of persons may be a range; None where the person does not know, so that nobody asks again.
    """

    fact: Name
    flow: str | None = None
    value: FactValue = None


class InterviewState(Frozen):
    """All that an interview knows; whoever holds it can go on, go back (drop the last answer) or start over.

    Attributes:
        as_of: legal day whose law applies.
        facts, flows: known before the interview, such as from a declaration and an inventory.
        answers: in the order in which they were given.
        adopted: readings of open points that the exporter takes in place of the default ones.
    """

    kind: Literal["interview"] = "interview"
    version: Literal[1] = 1
    as_of: LegalDay
    facts: tuple[Fact, ...] = ()
    flows: Annotated[tuple[FlowFacts, ...], Field(min_length=1)] = (ONE_FLOW,)
    answers: tuple[Answer, ...] = ()
    adopted: dict[Id, Id] = Field(default_factory=dict)


class Choice(Frozen):
    """An answer that can be picked; of a number, a range that ends where a threshold of the law lies."""

    value: FactValue
    label: Text


class AskedBy(Frozen):
    """A rule or condition on whose account a question is asked."""

    rule: str
    label: Text
    source: SourceRef


class InterviewQuestion(Frozen):
    """A question that still matters.

    Attributes:
        flow, flow_label: of which flow it is asked; None of the whole transfer.
        known: what is known already, such as a range of persons.
        choices: answers to pick from, "not known" last.
        free: whether other answers fit too (any number or range; another word).
        decides: pathways among which the answer decides; empty where other answers have to come too, or where it
            decides on a condition of release.
        asked_by: the rules and conditions that ask for it, with their articles.
    """

    fact: Name
    flow: str | None = None
    flow_label: Text | None = None
    type: FactType
    label: Text
    help: Text
    known: FactValue = None
    choices: tuple[Choice, ...]
    free: StrictBool
    decides: tuple[Pathway, ...] = ()
    asked_by: tuple[AskedBy, ...] = ()


class FlowSoFar(Frozen):
    """What one flow can still come to, lightest first."""

    id: str
    label: Text
    possible: tuple[Outcome, ...]


class DecisionSoFar(Frozen):
    """The decision in brief.

    Attributes:
        determined: whether one outcome of the whole transfer remains.
        possible: outcomes of the whole transfer, lightest first.
        open_points: readings on which the outcome hangs.
    """

    determined: StrictBool
    possible: tuple[Outcome, ...]
    flows: tuple[FlowSoFar, ...]
    open_points: tuple[OpenPoint, ...] = ()


class InterviewStep(Frozen):
    """Where an interview stands.

    Attributes:
        state: that led here; with one more answer it leads to the next step.
        questions: those that still matter, most decisive first; empty at the end.
        least, most: how many answers can still follow, this one included, if the first question is always taken.
    """

    kind: Literal["interview-step"] = "interview-step"
    version: Literal[1] = 1
    state: InterviewState
    decision: DecisionSoFar
    questions: tuple[InterviewQuestion, ...]
    least: Annotated[StrictInt, Field(ge=0)]
    most: Annotated[StrictInt, Field(ge=0)]
