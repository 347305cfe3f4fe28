"""Rules by which data are shown to a person as possibly important, and levels of health data: as standards put them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StrictInt, model_validator

from kouan.model.base import Frozen
from kouan.model.pack import Id
from kouan.model.period import Period
from kouan.model.taxonomy import Confidence, Standard
from kouan.model.text import Text

Version = Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
Persons = Annotated[StrictInt, Field(ge=1)]


class Cue(Frozen):
    """What in a table calls for the question whether its data are important; all that is given must hold.

    Attributes:
        meanings: recognised meanings of which one stands in the table.
        beside: meanings of which one stands in the same table as well.
        names: words of which one stands in an item's name.
        without: words that an item's name must not hold.
        persons: persons from which on it holds; `counted` says which of them.
    """

    meanings: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    persons: Persons | None = None
    counted: Literal["all", "sensitive", "ordinary"] = "all"

    @model_validator(mode="after")
    def _says_something(self) -> Cue:
        if not (self.meanings or self.names or self.persons):
            raise ValueError("a cue has `meanings`, `names` or `persons`")
        return self


class CandidateRule(Frozen):
    """One kind of data that a published text calls important, or a factor of a standard.

    Attributes:
        article: of the text.
        published: whether an authority published it as important data; a factor only helps to think.
        any_of: cues; one of them is enough.
        check: what a person must find out.
        confidence: of the text; that a cue means it is always a guess.
    """

    id: Id
    label: Text
    article: str
    published: bool
    any_of: Annotated[tuple[Cue, ...], Field(min_length=1)]
    check: Text
    confidence: Confidence


class CandidateRules(Frozen):
    """Kinds of important data of one text.

    Attributes:
        scope: for whom or where it is written, when not for everybody.
    """

    kind: Literal["important_candidates"]
    id: Id
    version: Version
    standard: Standard
    in_force: Period
    scope: Text | None = None
    rules: Annotated[tuple[CandidateRule, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _named_once(self) -> CandidateRules:
        if len({one.id for one in self.rules}) < len(self.rules):
            raise ValueError("two rules share an id")
        return self


class HealthLevel(Frozen):
    """One level of health data, from 1 (public) to 5.

    Attributes:
        when: what puts an item there: `gravest` by meaning or name, `identified` or `quasi` by what stands beside it,
            `released` for the rest; a level without one is never given by a tool.
    """

    level: Annotated[StrictInt, Field(ge=1, le=5)]
    label: Text
    when: Literal["gravest", "identified", "quasi", "released"] | None = None
    meanings: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class HealthLevels(Frozen):
    """A standard by which health data are levelled.

    Attributes:
        meanings: recognised meanings that are health data.
    """

    kind: Literal["health_levels"]
    id: Id
    version: Version
    standard: Standard
    in_force: Period
    clause: str
    confidence: Confidence
    meanings: Annotated[tuple[str, ...], Field(min_length=1)]
    levels: Annotated[tuple[HealthLevel, ...], Field(min_length=1)]


class ListCue(Frozen):
    """By what data come near to an entry on important data, or a number of persons, of a negative list."""

    list_: Annotated[Id, Field(alias="list")]
    entry: Id
    any_of: Annotated[tuple[Cue, ...], Field(min_length=1)]


class ListCues(Frozen):
    """Cues to what negative lists name as important data."""

    kind: Literal["list_cues"]
    id: Id
    version: Version
    cues: tuple[ListCue, ...]
