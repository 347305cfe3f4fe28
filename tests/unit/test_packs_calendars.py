"""The working-day calendar, day by day against two packages that others keep."""

from __future__ import annotations

import datetime as dt
import shutil

import chinese_calendar
import holidays
import pytest

from kouan.model.errors import KouanError
from kouan.packs import load_calendar
from kouan.packs.calendars import builtin_calendars

CALENDAR = load_calendar()
STATUTORY = {"元旦": 1, "春节": 4, "清明节": 1, "劳动节": 2, "端午节": 1, "中秋节": 1, "国庆节": 3}
"""Days off for everybody under the measures of 2024, in force from 2025."""


def days(first: int, last: int) -> list[dt.date]:
    start = dt.date(first, 1, 1)
    return [start + dt.timedelta(days=number) for number in range((dt.date(last, 12, 31) - start).days + 1)]


def test_every_published_day_agrees_with_both_packages() -> None:
    other = holidays.country_holidays("CN", years=range(2021, 2027))
    published = days(2021, 2026)
    assert (published[0], published[-1]) == (CALENDAR.first, CALENDAR.last)
    assert [day for day in published if CALENDAR.is_working(day) != chinese_calendar.is_workday(day)] == []
    assert [day for day in published if CALENDAR.is_working(day) != other.is_working_day(day)] == []


def test_the_numbers_of_working_days_are_those_of_the_notices() -> None:
    counts = {year: sum(map(CALENDAR.is_working, days(year, year))) for year in range(2021, 2027)}
    assert counts == {2021: 250, 2022: 249, 2023: 249, 2024: 251, 2025: 248, 2026: 248}


def test_the_older_package_has_no_later_year_so_ours_is_not_behind() -> None:
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(dt.date(CALENDAR.last.year + 1, 1, 4))


@pytest.mark.parametrize("year", range(2027, 2032))
def test_expected_years_hold_every_feast_day_and_decide_nothing(year: int) -> None:
    feasts = holidays.country_holidays("CN", years=year)
    missing = [
        day
        for day, name in feasts.items()
        if "observed" not in feasts.get(day, "")
        and CALENDAR.holiday(day, expected=True) is None
        and not any(word in name for word in ("补假", "休息日"))
    ]
    assert missing == []
    assert all(CALENDAR.is_working(day) == (day.weekday() < 5) for day in days(year, year))


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_holiday_is_at_least_as_long_as_the_measures_say(year: int) -> None:
    names: dict[str, int] = {}
    for holiday in CALENDAR.years[year].holidays:
        for name in holiday.name.zh.split("、"):
            names[name] = len(holiday.days())
    assert set(names) == set(STATUTORY)
    assert all(names[name] >= least for name, least in STATUTORY.items())


def test_every_notice_is_cited_with_number_day_and_place() -> None:
    for year, one in CALENDAR.years.items():
        assert str(year) in one.notice.title.zh
        assert f"〔{one.notice.issued.year}〕" in one.notice.number
        assert one.notice.issued.year == year - 1
        assert one.notice.url.startswith("https://www.gov.cn/")


def test_a_gap_between_years_and_a_wrong_name_are_refused(tmp_path) -> None:
    shutil.copytree(builtin_calendars(), tmp_path / "gap")
    (tmp_path / "gap" / "cn-2023.yaml").unlink()
    shutil.copytree(builtin_calendars(), tmp_path / "name")
    (tmp_path / "name" / "cn-2026.yaml").rename(tmp_path / "name" / "cn-2027.yaml")
    for folder in ("gap", "name"):
        with pytest.raises(KouanError) as caught:
            load_calendar(tmp_path / folder)
        assert caught.value.code == "K-PCK-090"


@pytest.mark.parametrize(
    ("old", "new"),
    [("  - 2026-10-10", "  - 2026-10-12"), ("  - 2026-10-10", "  - 2026-10-03"), ("to: 2026-10-07", "to: 2027-01-07")],
)
def test_days_that_cannot_be_are_refused(tmp_path, old: str, new: str) -> None:
    shutil.copytree(builtin_calendars(), tmp_path / "c")
    path = tmp_path / "c" / "cn-2026.yaml"
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(KouanError) as caught:
        load_calendar(tmp_path / "c")
    assert caught.value.code == "K-MOD-005"
