"""Purposes: what a kind of transfer usually needs, and what its exporter must answer for (three necessities)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from kouan.model.base import Frozen
from kouan.model.clause import Name
from kouan.model.consent import Words
from kouan.model.text import Text

JUDGEMENT = "judgement"
"""Source of what no text says: this project's own judgement, always of confidence L."""

PurposeId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
"""As `transfer.scenario` writes it."""


class Need(StrEnum):
    """Whether a purpose needs a kind of item."""

    NEEDED = "needed"
    NEEDED_IF = "needed_if"
    NOT_NEEDED = "not_needed"


class Grounds(Frozen):
    """Where a statement stands.

    Attributes:
        instrument: key of the purpose's `instruments`, or `judgement`.
        place: article, scenario or table there.
        confidence: how far the text was confirmed (H read, M secondary, L unconfirmed or our judgement).
    """

    instrument: str
    place: str = ""
    confidence: Literal["H", "M", "L"]

    @model_validator(mode="after")
    def _honest(self) -> Grounds:
        if self.instrument == JUDGEMENT and self.confidence != "L":
            raise ValueError(Text(zh="自行判断的，可信度只能写 L", en="our own judgement has confidence L"))
        return self


class PurposeItem(Frozen):
    """What the purpose says of items of some meanings; the first that fits an item counts.

    Attributes:
        meaning: meanings of recognition.
        subjects: roles of the persons described; empty means everybody whom the purpose concerns.
        sectors: ids of sector standards; with them, only items that such a standard names.
        condition: of `needed_if`: on what it depends.
        reason: why, for people.
    """

    meaning: Annotated[Words, Field(min_length=1)]
    subjects: Words = ()
    sectors: Words = ()
    need: Need
    condition: Text | None = None
    reason: Text
    source: Grounds

    @model_validator(mode="after")
    def _conditional(self) -> PurposeItem:
        if (self.need is Need.NEEDED_IF) != (self.condition is not None):
            raise ValueError(
                Text(zh="needed_if 须写 condition，其他不写", en="needed_if has a condition, the others have none")
            )
        return self


class NecessityQuestion(Frozen):
    """What the exporter must answer for one of the three necessities.

    Attributes:
        facts: facts of the vocabulary that bear on the answer.
    """

    ask: Text
    facts: tuple[Name, ...] = ()
    source: Grounds


class NecessityQuestions(Frozen):
    """One question for the export itself, one for the persons, one for the items."""

    export: NecessityQuestion
    persons: NecessityQuestion
    items: NecessityQuestion


class Purpose(Frozen):
    """One purpose: `purposes/<id>.yaml`.

    Attributes:
        id: the scenario as `transfer.scenario` names it.
        also: other scenarios of the same purpose.
        instruments: titles of the texts that it cites, by key.
        persons: roles of the persons whom the purpose concerns; others must be explained.
        items: what the purpose needs. What is not named lies outside.
    """

    id: PurposeId
    also: tuple[PurposeId, ...] = ()
    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    label: Text
    instruments: dict[str, Text] = Field(default_factory=dict)
    persons: Words = ()
    questions: NecessityQuestions
    items: tuple[PurposeItem, ...] = ()

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Every scenario that the purpose stands for."""
        return (self.id, *self.also)

    def statement(self, meaning: str, subject: str | None, sector: str | None) -> PurposeItem | None:
        """Return the first statement that fits an item; one that names no role speaks only of those concerned."""
        for one in self.items:
            about = subject in (one.subjects or self.persons) or (subject is None and not one.subjects)
            if meaning in one.meaning and about and (not one.sectors or sector in one.sectors):
                return one
        return None
