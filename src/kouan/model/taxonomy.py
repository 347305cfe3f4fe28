"""Taxonomies of standards: which kinds of personal information are sensitive, and how data are levelled."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from kouan.model.base import Frozen
from kouan.model.pack import Id
from kouan.model.period import Period
from kouan.model.text import Text
from kouan.model.time import LegalDay

Confidence = Literal["H", "M", "L"]
"""H text read, M third-party copy or secondary source, L unconfirmed."""


class Grade(StrEnum):
    """Whether an item is sensitive personal information; `judge` leaves it to a person."""

    YES = "yes"
    NO = "no"
    JUDGE = "judge"


class Standard(Frozen):
    """The standard behind a taxonomy.

    Attributes:
        number: such as "GB/T 45574-2025".
        copy_read: what was read of it.
    """

    number: str
    title: Text
    issued: str = ""
    copy_read: Text


class Category(Frozen):
    """A class of a taxonomy, with the scope that its clause gives it.

    Attributes:
        meanings: recognised meanings that go here although no item of the table says so: our reading (L).
    """

    id: Id
    label: Text
    scope: Text | None = None
    clause: str
    meanings: tuple[str, ...] = ()


class Ruling(Frozen):
    """Whether items of some meanings are sensitive on the days of a standard, with the text that says so.

    Attributes:
        number, since: of another text that says it; else those of the standard.
        clause: table and item, or article, with what must yet be judged.
        meanings: recognised meanings that it is about; none where it follows from something else than the meaning.
    """

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    sensitive: Grade
    number: str = ""
    since: LegalDay | None = None
    clause: str
    meanings: tuple[str, ...] = ()


class Combination(Frozen):
    """General items of one person that together come near to a harm that the standard names.

    Attributes:
        all_of: groups of meanings; one of each must be there.
        clause: of the harm. That these items lead to it is our reading, unless `confidence` says otherwise.
    """

    id: Id
    label: Text
    all_of: Annotated[tuple[tuple[str, ...], ...], Field(min_length=2)]
    clause: str
    confidence: Confidence


class Circumstance(Frozen):
    """Something beside the content of an item on which its grade hangs.

    Attributes:
        grade: what an item becomes where the circumstance holds.
    """

    id: Id
    label: Text
    grade: Grade
    clause: str


class TaxonomyItem(Frozen):
    """One item of a taxonomy.

    Attributes:
        listed: whether the standard names it; else it is here because people ask, and its general clause decides.
        conditions: circumstances that change its grade.
        meanings: recognised meanings that are this item.
        partly: recognised meanings that hold more than this item, or touch it only: a person judges them.
    """

    id: Id
    category: Id
    label: Text
    sensitive: Grade
    listed: bool = True
    clause: str
    conditions: tuple[Id, ...] = ()
    meanings: tuple[str, ...] = ()
    partly: tuple[str, ...] = ()
    confidence: Confidence | None = None


class Taxonomy(Frozen):
    """A taxonomy of personal information.

    Attributes:
        in_force: of the standard.
        confidence: of its items where they say nothing else.
        unlisted: grade of what the taxonomy does not name, by its lists alone.
        unlisted_ruling: id of the ruling on meanings that none names.
        open_ruling: id of that on what nobody has looked for in the standard.
        track_ruling: id of the ruling on several precise places of one person at several times.
        precise_decimals: decimals of a degree from which on coordinates are taken for precise.
        rulings: whether recognised meanings are sensitive on its days.
        combinations: general items that are weighed together.
    """

    kind: Literal["personal_information"]
    id: Id
    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    standard: Standard
    in_force: Period
    confidence: Confidence
    unlisted: Grade
    unlisted_ruling: str = ""
    open_ruling: str = ""
    track_ruling: str = ""
    precise_decimals: Annotated[int, Field(ge=1)] | None = None
    categories: tuple[Category, ...]
    circumstances: tuple[Circumstance, ...] = ()
    items: Annotated[tuple[TaxonomyItem, ...], Field(min_length=1)]
    rulings: tuple[Ruling, ...] = ()
    combinations: tuple[Combination, ...] = ()

    @model_validator(mode="after")
    def _rules_once(self) -> Taxonomy:
        ids = [one.id for one in self.rulings]
        named = [name for one in self.rulings for name in one.meanings]
        if not {self.unlisted_ruling, self.open_ruling, self.track_ruling} - {""} <= set(ids):
            raise ValueError("a ruling is named that is not there")
        if len(set(ids)) < len(ids) or len(set(named)) < len(named):
            raise ValueError("two rulings share an id or a meaning")
        return self

    @model_validator(mode="after")
    def _fits_together(self) -> Taxonomy:
        categories = {one.id for one in self.categories}
        circumstances = {one.id for one in self.circumstances}
        ids = [one.id for one in self.items]
        named = {name for one in self.items for name in one.conditions}
        if len(set(ids)) < len(ids):
            raise ValueError("two items share an id")
        if not {one.category for one in self.items} <= categories or not named <= circumstances:
            raise ValueError("an item names a category or condition that is not there")
        return self

    def items_of(self, meaning: str) -> tuple[TaxonomyItem, ...]:
        """Return the items that a recognised meaning is, or touches."""
        return tuple(one for one in self.items if meaning in (*one.meanings, *one.partly))

    def categories_of(self, meaning: str) -> tuple[Category, ...]:
        """Return the classes of a recognised meaning: where a class names it, that one, else those of its items."""
        own = tuple(one for one in self.categories if meaning in one.meanings)
        ids = {one.category for one in self.items_of(meaning)}
        return own or tuple(one for one in self.categories if one.id in ids)

    def grade(self, meaning: str) -> Grade:
        """Return the grade of a recognised meaning by the lists alone; circumstances are not weighed."""
        found = {one.sensitive if meaning in one.meanings else Grade.JUDGE for one in self.items_of(meaning)}
        return self.unlisted if not found else found.pop() if len(found) == 1 else Grade.JUDGE


class Level(StrEnum):
    """Level of data (GB/T 43697-2024)."""

    CORE = "core"
    IMPORTANT = "important"
    GENERAL = "general"


class LevelCell(Frozen):
    """One cell of the table of levels: harm of a degree to an object."""

    object: Id
    harm: Literal["particularly_serious", "serious", "general"]
    level: Level


class GeneralLevel(Frozen):
    """A level into which general data may be split, by the harm to persons and organisations."""

    level: Annotated[int, Field(ge=1, le=4)]
    label: Text


class Factor(Frozen):
    """A factor by which important data are recognised."""

    id: Id
    label: Text
    confidence: Confidence


class Grading(Frozen):
    """A standard by which data are levelled.

    Attributes:
        table: every object at every degree of harm.
        general: levels inside general data, informative.
        floors: the least of them by kind of data: `sensitive`, `personal`.
    """

    kind: Literal["data_levels"]
    id: Id
    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    standard: Standard
    in_force: Period
    objects: tuple[Category, ...]
    table: tuple[LevelCell, ...]
    table_confidence: Confidence
    factors: tuple[Factor, ...]
    general: tuple[GeneralLevel, ...] = ()
    general_clause: str = ""
    general_confidence: Confidence = "L"
    floors: dict[Literal["sensitive", "personal"], int] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _complete(self) -> Grading:
        cells = [(one.object, one.harm) for one in self.table]
        if len(set(cells)) < len(cells) or len(cells) != 3 * len(self.objects):
            raise ValueError("the table gives one level for each object and degree of harm")
        if {one for one, _ in cells} != {one.id for one in self.objects}:
            raise ValueError("the table and the objects differ")
        return self

    def level(self, harms: dict[str, str]) -> Level:
        """Return the highest level that some harms lead to: object -> degree of harm.

        Raises:
            KeyError: an object or degree that the table does not have.
        """
        cells = {(one.object, one.harm): one.level for one in self.table}
        found = [cells[name, degree] for name, degree in harms.items()]  # type: ignore[index]  # other words: KeyError
        return min(found, key=list(Level).index, default=Level.GENERAL)


class LawRulings(Frozen):
    """What a law says of sensitivity whatever standard is in force beside it."""

    kind: Literal["law_rulings"]
    id: Id
    version: Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    standard: Standard
    in_force: Period
    confidence: Confidence
    rulings: Annotated[tuple[Ruling, ...], Field(min_length=1)]
