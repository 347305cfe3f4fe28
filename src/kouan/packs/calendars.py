"""The working-day calendar: published years and, apart, what to expect of later ones."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from kouan.model import strictyaml
from kouan.model.calendar import CalendarYear, ExpectedYears
from kouan.model.decision import PackRef
from kouan.packs import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from kouan.model.calendar import DayOff
    from kouan.model.text import Text
    from kouan.model.time import LegalDay

M = TypeVar("M", bound=BaseModel)
_SATURDAY = 5
_EXPECTED = "expected.yaml"


@dataclass(frozen=True, slots=True, eq=False)
class WorkCalendar:
    """Which days are working days.

    Attributes:
        years: published years without a gap.
        refs: id, version and digest of each file.
    """

    years: Mapping[int, CalendarYear]
    refs: tuple[PackRef, ...]
    _off: Mapping[LegalDay, Text] = field(repr=False)
    _expected: Mapping[LegalDay, Text] = field(repr=False)
    _working: frozenset[LegalDay] = field(repr=False)

    @property
    def first(self) -> LegalDay:
        """First day of the first published year."""
        return dt.date(min(self.years), 1, 1)

    @property
    def last(self) -> LegalDay:
        """Last day of the last published year; beyond it everything is provisional."""
        return dt.date(max(self.years), 12, 31)

    def is_working(self, day: LegalDay, *, expected: bool = False) -> bool:
        """Tell whether a day is a working day: a weekday outside the holidays, or a make-up day.

        Args:
            day: beyond the published years weekends alone are known to be off.
            expected: take the holidays to be expected there into account, too.
        """
        if day in self._working:
            return True
        return day.weekday() < _SATURDAY and self.holiday(day, expected=expected) is None

    def is_made_up(self, day: LegalDay) -> bool:
        """Tell whether a day is a weekend day on which people work."""
        return day in self._working

    def holiday(self, day: LegalDay, *, expected: bool = False) -> Text | None:
        """Return the name of the holiday that a day belongs to, if any."""
        found = self._off.get(day)
        return self._expected.get(day) if found is None and expected and day > self.last else found


def builtin_calendars() -> Path:
    """Return the folder of the calendars that come with Kouan."""
    return Path(__file__).parent / "calendar"


@cache
def load_calendar(root: Path | None = None) -> WorkCalendar:
    """Read the calendar years (`cn-<year>.yaml`) and `expected.yaml` of a folder; none means the built-in ones.

    Raises:
        KouanError: K-PCK-002, K-PCK-090 (a year missing or under another name), or K-MOD-001 to K-MOD-005.
    """
    root = root or builtin_calendars()
    years: dict[int, CalendarYear] = {}
    refs = []
    for path in sorted(root.glob("cn-*.yaml")):
        year, ref = _read(path, CalendarYear, lambda one: f"cn-{one.year}")
        if path.stem != ref.id:
            raise messages.CALENDAR_YEAR.at(path.name, year=year.year)
        years[year.year] = year
        refs.append(ref)
    missing = sorted(set(range(min(years, default=0), max(years, default=0))) - set(years))
    if missing or not years:
        raise messages.CALENDAR_YEAR.at(root.name, year=missing[0] if missing else "cn-*")
    later: tuple[DayOff, ...] = ()
    if (root / _EXPECTED).exists():
        expected, ref = _read(root / _EXPECTED, ExpectedYears, lambda _: "cn-expected")
        refs.append(ref)
        later = tuple(holiday for year in expected.years if year.year not in years for holiday in year.holidays)
    return WorkCalendar(
        years=years,
        refs=tuple(refs),
        _off=_days(holiday for year in years.values() for holiday in year.holidays),
        _expected=_days(later),
        _working=frozenset(day for year in years.values() for day in year.working),
    )


def _read(path: Path, model: type[M], name: Callable[[M], str]) -> tuple[M, PackRef]:
    try:
        data = path.read_bytes()
        loaded = strictyaml.load(data.decode("utf-8"), path.name)
    except (OSError, UnicodeDecodeError):
        raise messages.UNREADABLE.at(path.name) from None
    value = strictyaml.validate(model, loaded, "pack")
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    return value, PackRef(id=name(value), version="1.0.0", sha256=digest)


def _days(holidays: Iterable[DayOff]) -> dict[LegalDay, Text]:
    return {day: holiday.name for holiday in holidays for day in holiday.days()}
