"""Tables that a sector judges its data by, such as adverse events by arm: what is counted, by what."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StrictInt, StrictStr, model_validator

from kouan.model.base import Frozen
from kouan.model.text import Text

Pattern = Annotated[str, Field(min_length=1)]


class CheckItem(Frozen):
    """What a table is counted by.

    Attributes:
        label: for people.
        path: column, written as `SectorItem.path` is; the first column that fits.
        joined: it stands in the table of the persons, not in the one that is counted.
        groups: numbers, ascending, at which a new group begins; a number or band is told by the group that it lies in.
        unit: column that gives the number's unit, and the unit in which `groups` are.
        any_of: values of which one, in any column that fits, makes the answer yes; it is no otherwise.
    """

    label: Text
    path: Pattern
    joined: bool = False
    groups: tuple[StrictInt, ...] = ()
    unit: tuple[Pattern, StrictStr] | None = None
    any_of: tuple[StrictStr, ...] = ()


class SectorCheck(Frozen):
    """One table of a sector.

    A table of the data that has every column named here (joined ones apart) is counted.

    Attributes:
        kind: `counts` of rows by some items; `shift`, persons by a finding at baseline and after it; `study_day`, rows
            by how the day that is recorded agrees with the day that the dates come to.
        count: of `counts`: rows, persons or days from `start` to `end` (both included).
        table: name of the record kind or table, written as a path is.
        each: element that repeats inside a record; each of them is counted, not the record.
        person: column that names the person; without one a record is a person.
        by: what is counted by.
        start, end: dates.
        test, indicator, day, flags: of `shift`: what was measured, how it lies to its normal range, on which study
            day, and columns of which `Y` marks the baseline; without such a mark it is the last one by day 1.
        normal: the indicator's value inside the range.
        after: of `shift`: the worst finding after baseline, or the last one.
        date, reference: of `study_day`, with `day`: the date, and the joined date that day 1 is.
        note: how it is counted, for people.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    label: Text
    kind: Literal["counts", "shift", "study_day"] = "counts"
    count: Literal["rows", "persons", "days"] = "rows"
    table: Pattern = "*"
    each: Pattern | None = None
    person: Pattern | None = None
    by: tuple[CheckItem, ...] = ()
    start: Pattern | None = None
    end: Pattern | None = None
    test: Pattern | None = None
    indicator: Pattern | None = None
    normal: StrictStr = "NORMAL"
    after: Literal["worst", "last"] = "worst"
    day: Pattern | None = None
    flags: tuple[Pattern, ...] = ()
    date: Pattern | None = None
    reference: Pattern | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        needed = {
            "counts": ("by", *(("start", "end") if self.count == "days" else ())),
            "shift": ("person", "test", "indicator", "day"),
            "study_day": ("date", "day", "reference", "person"),
        }[self.kind]
        lacking = [name for name in needed if not getattr(self, name)]
        if lacking:
            raise ValueError(
                Text(zh=f"{self.kind} 还须有 {lacking[0]}", en=f"{self.kind} also needs {lacking[0]}"),
            )
        return self

    @property
    def patterns(self) -> tuple[str, ...]:
        """Columns of the counted table without which nothing is counted."""
        own = [item.path for item in self.by if not item.joined and not item.any_of]
        named = (self.start, self.end, self.test, self.indicator, self.date, self.day)
        return tuple(one for one in (*own, *named) if one is not None)

    @property
    def joined(self) -> tuple[str, ...]:
        """Columns of the table of the persons."""
        return (
            *(item.path for item in self.by if item.joined),
            *((self.reference,) if self.reference is not None else ()),
        )
