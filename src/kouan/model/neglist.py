"""A negative list of a pilot zone as data (`list.yaml`): one list, one edition.

Source of the form: Order 16 Art 6 and the lists that were read whole (Shanghai 2024, Zhejiang 2024): two tables per
sector, entries numbered through both, thresholds per counter, the rest of a sector under residual entries.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt, StrictStr, model_validator

from kouan.model.base import Frozen
from kouan.model.pack import Article, Cited, Id
from kouan.model.period import Period
from kouan.model.text import Text
from kouan.model.time import LegalDay

Word = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
"""Id of a sector or scenario, as `list.sector` and `list.scenario` take it."""

Place = Annotated[str, Field(pattern=r"^cn-[a-z]+(/[a-z0-9_-]+)?$")]
"""A zone, province or district, such as `cn-beijing/daxing`."""

Persons = Annotated[StrictInt, Field(ge=1)]


class Completeness(StrEnum):
    """How much of a record was found: all, some, its name only."""

    FULL = "full"
    PARTIAL = "partial"
    NAME_ONLY = "name_only"


class Counter(StrEnum):
    """Which persons a number counts: those with nothing sensitive, those with sensitive information."""

    ORDINARY = "ordinary"
    SENSITIVE = "sensitive"


class Pilot(Frozen):
    """Firms admitted one by one outside the zone: where, and when."""

    regions: Annotated[tuple[Place, ...], Field(min_length=1)]
    in_force: Period
    source: Cited


class Citation(Frozen):
    """A place in one of the pack's instruments."""

    article: Article
    source: Cited


class ListScope(Frozen):
    """Whom a list covers by itself: zone areas, whole districts or provinces, firms admitted one by one.

    A critical information infrastructure operator (CIIO) never takes part.

    Attributes:
        ciio_assessment: where the measures send it to assessment; none where they just leave it out.
        who: in words.
    """

    zones: tuple[Place, ...] = ()
    regions: tuple[Place, ...] = ()
    pilots: tuple[Pilot, ...] = ()
    ciio_assessment: Citation | None = None
    who: Text


class Listed(Frozen):
    """Something the list names.

    Attributes:
        completeness, confidence: of this record.
    """

    label: Text
    completeness: Completeness = Completeness.FULL
    confidence: Literal["H", "M", "L"] = "H"


class ListSector(Listed):
    """A sector that the list covers.

    Attributes:
        mechanism: the entries that say which mechanism its data take were not found: a person answers from the text.
    """

    id: Word
    mechanism: StrictBool = False


class ListScenario(Listed):
    """A scenario of a sector; relaxed numbers hold inside it only."""

    id: Word
    sector: Word


class ListField(Frozen):
    """A field as the list prints it.

    Attributes:
        zh, en: printed name and our translation.
        meanings: what recognition may call such an item (ids of its lexicon).
        limit: what narrows the field; a person must then judge.
    """

    zh: StrictStr
    en: StrictStr
    meanings: tuple[StrictStr, ...] = ()
    limit: Text | None = None


class FieldSet(Frozen):
    """The fields that some scenarios name for one counter."""

    id: Id
    sector: Word
    scenarios: Annotated[tuple[Word, ...], Field(min_length=1)]
    counter: Counter
    fields: Annotated[tuple[ListField, ...], Field(min_length=1)]


class Band(Frozen):
    """Numbers of persons of one counter since 1 January: `at_least` is included, `below` is not."""

    counter: Counter
    at_least: Persons | None = None
    below: Persons | None = None

    @model_validator(mode="after")
    def _some_number(self) -> Band:
        if self.at_least is None and self.below is None:
            raise ValueError("a band has `at_least`, `below` or both")
        return self


class ListEntry(Listed):
    """One entry (数据子类), or a result that follows from the measures (`derived`).

    Attributes:
        id: stable, such as `re-5`.
        number: as printed; it runs through both tables of a sector.
        table: 1 needs assessment, 2 contract or certification; none of either is free.
        scenarios: in which it holds; none means all of the sector.
        fields: field sets named; `residual` is the rest of the sector's personal information instead.
        adds: counters whose named fields count here as well.
        important: it describes important data; `label` says which, in our words.
        derived: it is no printed entry.
        source: of an entry that stands elsewhere than in the list, with `article`.
    """

    id: Id
    number: Annotated[StrictInt, Field(ge=1)] | None = None
    table: Literal[1, 2] | None = None
    sector: Word
    scenarios: tuple[Word, ...] = ()
    fields: tuple[Id, ...] = ()
    residual: StrictBool = False
    adds: tuple[Counter, ...] = ()
    bands: tuple[Band, ...] = ()
    important: StrictBool = False
    derived: StrictBool = False
    source: Cited | None = None
    article: Article | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> ListEntry:
        if sum((bool(self.fields), self.residual, self.important)) != 1:
            raise ValueError("an entry names `fields`, is `residual`, or is `important`")
        if self.important == bool(self.bands):
            raise ValueError("an entry on persons has `bands`; one on important data has none")
        if self.number is None and self.article is None:
            raise ValueError("an entry has a `number`, or an `article` that it follows from")
        return self


class ImportantNumber(Frozen):
    """A number of persons from which the list's reference rules speak of important data, in one sector or all."""

    id: Id
    sector: Word | None = None
    counter: Literal["ordinary", "sensitive", "all"]
    at_least: Persons
    label: Text
    article: Article
    source: Cited


class ListPaper(Frozen):
    """A paper or statement that a step asks for."""

    id: Id
    label: Text
    detail: Text


class ListStep(Frozen):
    """One step of the procedure.

    Attributes:
        before: it is done before data leave; its result is then attested before release.
        answer_days: working days in which the zone answers.
        starts: event from which those days run.
    """

    id: Id
    label: Text
    detail: Text
    article: Article
    source: Cited
    before: StrictBool = False
    answer_days: Annotated[StrictInt, Field(ge=1)] | None = None
    starts: Text | None = None
    papers: tuple[ListPaper, ...] = ()

    @model_validator(mode="after")
    def _clock_is_whole(self) -> ListStep:
        if (self.answer_days is None) != (self.starts is None):
            raise ValueError("`answer_days` and `starts` go together")
        return self


class ListChange(Frozen):
    """A change after which the step is done again."""

    id: Id
    label: Text
    then: Text
    article: Article
    source: Cited


class ListTotals(Frozen):
    """What the list or its makers say of its size; None where nobody says."""

    sectors: int | None = None
    scenarios: int | None = None
    items: int | None = None
    entries: int | None = None


NotCounted = Literal["O16-3", "O16-4", "O16-5(1)1", "O16-5(1)2", "O16-5(1)3", "O16-6"]


class NegativeList(Frozen):
    """`list.yaml`.

    Attributes:
        id: as `list.used` names it and as the pack's head says.
        kind: `negative`, or `positive` (what it names leaves freely after filing).
        edition: year on its title.
        published: its day, if known.
        in_force: days on which it applies; the day on which its successor came is its successor's.
        superseded_by: the later edition, which also answers to this one's name from its own day on.
        instrument: of the list in `pack.yaml`; steps and others cite their own.
        official: where the official text is, for a person who must look it up.
        formalities_first: its rules hold only once its formalities are done; false where the measures ask for a report
            of the export and set nothing before it.
        not_counted: flows that the list leaves out of its numbers.
        completeness, confidence: of the whole.
    """

    id: Id
    kind: Literal["negative", "positive"] = "negative"
    title: Text
    edition: StrictStr
    published: LegalDay | None = None
    in_force: Period
    superseded_by: Id | None = None
    instrument: StrictStr
    official: StrictStr = ""
    scope: ListScope
    formalities_first: StrictBool = True
    sectors: Annotated[tuple[ListSector, ...], Field(min_length=1)]
    scenarios: tuple[ListScenario, ...] = ()
    field_sets: tuple[FieldSet, ...] = ()
    entries: tuple[ListEntry, ...] = ()
    important_numbers: tuple[ImportantNumber, ...] = ()
    not_counted: tuple[NotCounted, ...] = ()
    steps: tuple[ListStep, ...] = ()
    changes: tuple[ListChange, ...] = ()
    totals: ListTotals = ListTotals()
    completeness: Completeness
    confidence: Literal["H", "M", "L"]

    @model_validator(mode="after")
    def _steps_agree(self) -> NegativeList:
        if not self.formalities_first and any(step.before for step in self.steps):
            raise ValueError("a step that is done before data leave goes with `formalities_first: true`")
        return self

    def fields_in(self, scenario: str) -> tuple[ListField, ...]:
        """Return the fields that a scenario names, of both counters."""
        return tuple(field for one in self.field_sets if scenario in one.scenarios for field in one.fields)
