"""Days off as the State Council announces them, and deadlines that are counted by them."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, StrictBool, model_validator

from kouan.model.base import Frozen
from kouan.model.text import Text
from kouan.model.time import LegalDay

_SATURDAY = 5
_REACH = dt.timedelta(days=7)


class DayOff(Frozen):
    """A holiday with the days joined to it, both ends included."""

    name: Text
    start: LegalDay = Field(alias="from")
    end: LegalDay = Field(alias="to")

    @model_validator(mode="after")
    def _ordered(self) -> DayOff:
        if self.end < self.start:
            raise ValueError(Text(zh="`to` 早于 `from`", en="`to` is before `from`"))
        return self

    def days(self) -> tuple[LegalDay, ...]:
        """Return its days in order."""
        return tuple(self.start + dt.timedelta(days=number) for number in range((self.end - self.start).days + 1))


class CalendarSource(Frozen):
    """The text that says which days are off; `confidence` H (text read), M (secondary), L (expected only)."""

    title: Text
    number: str
    issued: LegalDay
    url: str
    confidence: Literal["H", "M", "L"]


class CalendarYear(Frozen):
    """`cn-<year>.yaml`: one published year.

    Attributes:
        notice: the State Council's notice.
        holidays: days off; one may begin in the last days of the year before.
        working: weekend days on which people work in exchange (调休上班).
    """

    year: int
    notice: CalendarSource
    holidays: Annotated[tuple[DayOff, ...], Field(min_length=1)]
    working: tuple[LegalDay, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> CalendarYear:
        _check_spans(self.year, self.holidays)
        off = {day for holiday in self.holidays for day in holiday.days()}
        for day in self.working:
            if day.weekday() < _SATURDAY or day in off:
                words = Text(zh="{day} 不是假期以外的周末", en="{day} is no weekend day outside the holidays")
                raise ValueError(words.fill(day=day))
        return self


class ExpectedYear(Frozen):
    """Days off to be expected in a year whose notice has not come out."""

    year: int
    holidays: Annotated[tuple[DayOff, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _consistent(self) -> ExpectedYear:
        _check_spans(self.year, self.holidays)
        return self


class ExpectedYears(Frozen):
    """`expected.yaml`: years to come, with the text that fixes the feast days."""

    instrument: CalendarSource
    years: tuple[ExpectedYear, ...]


def _check_spans(year: int, holidays: tuple[DayOff, ...]) -> None:
    seen: set[LegalDay] = set()
    for holiday in holidays:
        if holiday.start < dt.date(year, 1, 1) - _REACH or holiday.end > dt.date(year, 12, 31):
            words = Text(zh="{start} 至 {end} 不在 {year} 年", en="{start} to {end} is not in {year}")
            raise ValueError(words.fill(start=holiday.start, end=holiday.end, year=year))
        if seen & set(holiday.days()):
            words = Text(zh="{start} 至 {end} 与另一假期重叠", en="{start} to {end} overlaps another holiday")
            raise ValueError(words.fill(start=holiday.start, end=holiday.end))
        seen.update(holiday.days())


class Skipped(Frozen):
    """A run of days of rest that did not count: the name of the holiday, or the weekend."""

    start: LegalDay
    end: LegalDay
    why: Text


class Deadline(Frozen):
    """A deadline worked out, with what was skipped on the way.

    Attributes:
        event: day from which it runs; that day itself does not count (民法典 Art 201).
        nominal: last day before it moves off a day of rest (民法典 Art 203).
        due: the last day; of a window the first day on which the act may be done. While provisional, counted with
            weekends alone beyond the published years.
        likely: the same with the holidays to be expected; equal to `due` unless provisional.
        provisional: it reaches beyond the last published calendar year.
        skipped: days that did not count; of periods in days, months and years only those at the end.
        made_up: weekend days that counted as working days.
        paused: days the clock stood still.
        reasons: how the day comes about, in sentences.
    """

    event: LegalDay
    nominal: LegalDay
    due: LegalDay
    likely: LegalDay
    provisional: StrictBool
    skipped: tuple[Skipped, ...] = ()
    made_up: tuple[LegalDay, ...] = ()
    paused: int = 0
    reasons: tuple[Text, ...] = ()

    @property
    def safe(self) -> LegalDay:
        """The earlier of the two days: by then the act is in time whichever turns out right."""
        return min(self.due, self.likely)


class DutyDeadline(Frozen):
    """When a duty of a decision is due.

    Attributes:
        duty, clock: their ids.
        starts, starts_label: event from which the clock runs.
        deadline: None while the day of that event is not known.
    """

    duty: str
    clock: str
    starts: str
    starts_label: Text
    deadline: Deadline | None = None
