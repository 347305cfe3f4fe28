"""Necessity: what the exporter says of it, and the judgement on export, persons and items, each by itself.

CAC's answers of April 2025, question 4: direct relation, least impact, smallest scope, shortest storage; the review
looks at the export itself, the number of persons and the range of items.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from kouan.model.base import Frozen
from kouan.model.decision import Override, PackRef
from kouan.model.facts import Fact, Range
from kouan.model.purpose import Grounds
from kouan.model.text import Said, Text, same


class NecessityClaim(Frozen):
    """What an exporter says of the necessity of a transfer.

    Attributes:
        export: why the purpose cannot be reached without data leaving.
        used_by: who abroad works with the data.
        persons: why the data of just these persons.
        items: item -> why the purpose needs it; a column, `sheet#column` or a whole item id.
    """

    export: Said | None = None
    used_by: Said | None = None
    persons: Said | None = None
    items: dict[str, Said] = Field(default_factory=dict)


class Standing(StrEnum):
    """How a necessity stands."""

    PASSED = "passed"
    OPEN = "open"
    FAILED = "failed"
    NOT_JUDGED = "not_judged"

    @property
    def weight(self) -> int:
        """Order: the heaviest of several governs."""
        return (Standing.PASSED, Standing.OPEN, Standing.NOT_JUDGED, Standing.FAILED).index(self)


class ItemStanding(StrEnum):
    """How one item stands to the purpose."""

    NEEDED = "needed"
    NEEDED_IF = "needed_if"
    JUSTIFIED = "justified"
    UNJUSTIFIED = "unjustified"
    UNKNOWN = "unknown"
    NOT_PERSONAL = "not_personal"


class ItemNecessity(Frozen):
    """The judgement on one item.

    Attributes:
        item: id.
        subject: role of the person it describes.
        sensitive: whether it is sensitive; None when a person must judge.
        leaves: whether the plan lets it leave in any form.
        condition: on what `needed_if` depends.
        said: the exporter's justification, or an empty text.
        source: of the purpose's statement; None where it makes none.
    """

    item: str
    name: str
    label: Text
    meaning: str
    subject: str | None = None
    sensitive: bool | None
    standing: ItemStanding
    leaves: bool
    condition: Text | None = None
    reason: Text
    said: str = ""
    source: Grounds | None = None

    @property
    def title(self) -> Text:
        """Its name as people know it: that of a tree's item is a long path, so its label stands for it."""
        return self.label if "/" in self.name else same(self.name)

    @property
    def outside(self) -> bool:
        """Whether it leaves though the purpose does not need it and nobody says why."""
        return self.leaves and self.standing is ItemStanding.UNJUSTIFIED

    @property
    def unanswered(self) -> bool:
        """Whether it leaves and a person has yet to say what it is, or that its condition holds."""
        return self.leaves and not self.said and self.standing in {ItemStanding.UNKNOWN, ItemStanding.NEEDED_IF}


class PersonsNecessity(Frozen):
    """One kind of person.

    Attributes:
        concerned: whether the purpose names this role.
        leaves: whether any item about them leaves.
    """

    subject: str
    persons: Range
    sensitive: Range
    concerned: bool
    leaves: bool


class Answer(Frozen):
    """One of the three necessities.

    Attributes:
        ask: what must be answered.
        said: what the exporter says, or an empty text.
        facts: declared facts that bear on it.
        open: what is still to be answered.
        source: of the question.
    """

    standing: Standing
    ask: Text
    said: str = ""
    facts: tuple[Fact, ...] = ()
    open: tuple[Text, ...] = ()
    source: Grounds | None = None


class Necessity(Frozen):
    """The three necessities of a transfer.

    Attributes:
        scenario: as declared.
        purpose: id, version and digest of the purpose it was judged by; None: there is none, and nothing was judged.
        used_by: who abroad works with the data, as declared.
        instruments: titles of the texts cited.
        replaces: the built-in purpose of the scenario, where the user's own was judged by.
        overrides: in what the user's own purpose asks for less than the built-in one, by leave of who ran it.
    """

    scenario: str
    purpose: PackRef | None
    label: Text
    used_by: str = ""
    instruments: dict[str, Text] = Field(default_factory=dict)
    export: Answer
    persons: Answer
    groups: tuple[PersonsNecessity, ...] = ()
    range: Answer
    items: tuple[ItemNecessity, ...] = ()
    replaces: PackRef | None = None
    overrides: tuple[Override, ...] = ()

    @property
    def standing(self) -> Standing:
        """The heaviest of the three."""
        return max((self.export.standing, self.persons.standing, self.range.standing), key=lambda one: one.weight)

    @property
    def outside(self) -> tuple[ItemNecessity, ...]:
        """Items that leave though the purpose does not need them and nobody says why."""
        return tuple(one for one in self.items if one.outside)

    @property
    def not_understood(self) -> tuple[ItemNecessity, ...]:
        """Items that leave though nobody says what they are."""
        return tuple(one for one in self.unanswered if one.standing is ItemStanding.UNKNOWN)

    @property
    def unanswered(self) -> tuple[ItemNecessity, ...]:
        """Items that leave and of which a person has yet to speak."""
        return tuple(one for one in self.items if one.unanswered)
