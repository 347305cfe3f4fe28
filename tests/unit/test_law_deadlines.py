"""Deadlines on real calendars, each worked out by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from kouan.law.deadlines import deadline, shift_months
from kouan.model.errors import KouanError
from kouan.packs import load_calendar
from tests.clocks import PAUSE, clock

CALENDAR = load_calendar()
D = dt.date.fromisoformat


@pytest.mark.parametrize(
    ("amount", "unit", "event", "due"),
    [
        # Spring Festival 2026 is off from 15 to 23 February; Saturdays 14 and 28 February are worked.
        (1, "working_day", "2026-02-13", "2026-02-14"),
        (2, "working_day", "2026-02-13", "2026-02-24"),
        (7, "working_day", "2026-02-12", "2026-02-28"),
        (10, "working_day", "2026-02-10", "2026-03-02"),
        # National Day 2026: 1 to 7 October off, Sunday 20 September and Saturday 10 October worked, 25 to 27 September off.
        (5, "working_day", "2026-09-18", "2026-09-24"),
        (15, "working_day", "2026-09-18", "2026-10-15"),
        # Days, months, years: the last day moves on, but not off a Saturday on which people work.
        (5, "day", "2026-02-10", "2026-02-24"),
        (4, "day", "2026-02-10", "2026-02-14"),
        (1, "month", "2026-01-31", "2026-02-28"),
        (1, "month", "2026-01-16", "2026-02-24"),
        (1, "month", "2024-01-31", "2024-02-29"),
        (2, "year", "2024-02-29", "2026-02-28"),
        (3, "year", "2023-05-09", "2026-05-09"),
        (48, "hour", "2026-02-13", "2026-02-15"),
        (4, "hour", "2026-02-13", "2026-02-13"),
    ],
)
def test_a_period_ends_on_this_day(amount: int, unit: str, event: str, due: str) -> None:
    found = deadline(clock(amount, unit), D(event), CALENDAR)
    assert found.due == found.likely == D(due)
    assert not found.provisional


@pytest.mark.parametrize(
    ("amount", "unit", "more", "event", "due"),
    [
        # 60 working days before Monday 2 November 2026: 18 in October, 22 in September, 20 in August.
        (60, "working_day", {"before": True}, "2026-11-02", "2026-08-04"),
        # One month before 1 June 2026 is 1 May, a holiday: 30 April is the safe day.
        (1, "month", {"before": True}, "2026-06-01", "2026-04-30"),
        # A window opens on its day whether or not people work then.
        (1, "month", {"opens": True}, "2026-06-01", "2026-05-01"),
        (6, "month", {"opens": True}, "2026-08-31", "2026-02-28"),
        # What is kept is kept until the day itself, a Sunday too; no later calendar can change that.
        (3, "year", {"keeps": True}, "2026-09-16", "2029-09-16"),
        (24, "hour", {}, "2026-12-31", "2027-01-01"),
    ],
)
def test_periods_that_run_backwards_or_do_not_move(
    amount: int, unit: str, more: dict[str, bool], event: str, due: str
) -> None:
    found = deadline(clock(amount, unit, **more), D(event), CALENDAR)
    assert found.due == D(due)
    assert not found.provisional


def test_the_reasons_name_holidays_and_make_up_days() -> None:
    found = deadline(clock(9, "working_day"), D("2026-02-10"), CALENDAR)
    assert [(one.start, one.end, one.why.zh) for one in found.skipped] == [(D("2026-02-15"), D("2026-02-23"), "春节")]
    assert found.made_up == (D("2026-02-14"), D("2026-02-28"))
    zh = "".join(line.zh for line in found.reasons)
    assert "春节 2026-02-15至2026-02-23" in zh
    assert "第二百零一条" in zh
    moved = deadline(clock(1, "month"), D("2026-01-16"), CALENDAR)
    assert moved.nominal == D("2026-02-16")
    assert "2026-02-16" in moved.reasons[-1].en
    assert "Art 203" in moved.reasons[-1].en
    weekends = deadline(clock(7, "working_day"), D("2026-03-02"), CALENDAR)
    assert any("2 weekend days" in line.en for line in weekends.reasons)


def test_a_stop_moves_the_end_by_the_days_that_it_took() -> None:
    one = clock(15, "working_day", pauses=[PAUSE])
    # Complete on 2 March; corrections asked on 9 March and handed in on 18 March: seven working days do not count.
    found = deadline(one, D("2026-03-02"), CALENDAR, pauses=((D("2026-03-09"), D("2026-03-18")),))
    assert deadline(one, D("2026-03-02"), CALENDAR).due == D("2026-03-23")
    assert (found.due, found.paused) == (D("2026-04-01"), 9)
    month = clock(1, "month", pauses=[PAUSE])
    assert deadline(month, D("2026-03-02"), CALENDAR, pauses=((D("2026-03-09"), D("2026-03-18")),)).due == D(
        "2026-04-13"
    )


@pytest.mark.parametrize(
    ("more", "pauses"),
    [
        ({}, (("2026-03-09", "2026-03-18"),)),
        ({"pauses": [PAUSE]}, (("2026-03-01", "2026-03-18"),)),
        ({"pauses": [PAUSE]}, (("2026-03-09", "2026-03-09"),)),
        ({"pauses": [PAUSE]}, (("2026-03-09", "2026-03-18"), ("2026-03-12", "2026-03-20"))),
        ({"pauses": [PAUSE], "before": True}, (("2026-03-09", "2026-03-18"),)),
    ],
)
def test_a_stop_that_cannot_be_is_refused(more, pauses) -> None:
    with pytest.raises(KouanError) as caught:
        deadline(
            clock(15, "working_day", **more),
            D("2026-03-02"),
            CALENDAR,
            pauses=tuple((D(since), D(until)) for since, until in pauses),
        )
    assert caught.value.code == "K-LAW-032"


def test_beyond_the_published_years_both_days_are_shown() -> None:
    found = deadline(clock(45, "working_day"), D("2026-12-14"), CALENDAR)
    assert found.provisional
    # 13 working days are left in 2026; 32 weekdays of 2027 end on 16 February, with New Year and Spring Festival off later.
    assert found.due == D("2027-02-15")
    assert found.likely == D("2027-02-24")
    assert found.safe == found.due
    assert "2027-02-24" in found.reasons[-1].zh
    assert deadline(clock(1, "month"), D("2026-11-30"), CALENDAR).provisional is False
    assert deadline(clock(1, "month"), D("2026-12-01"), CALENDAR).due == D("2027-01-01")
    assert deadline(clock(1, "month"), D("2026-12-01"), CALENDAR).likely == D("2027-01-04")
    back = deadline(clock(60, "working_day", before=True), D("2027-02-19"), CALENDAR)
    assert back.provisional
    assert back.safe == back.likely < back.due


@pytest.mark.parametrize("event", ["2020-12-30", "9999-12-30"])
def test_days_without_a_calendar_are_refused(event: str) -> None:
    with pytest.raises(KouanError) as caught:
        deadline(clock(10, "working_day"), D(event), CALENDAR)
    assert caught.value.code == "K-LAW-030"


@pytest.mark.parametrize(
    ("day", "count", "there"),
    [("2024-03-31", -1, "2024-02-29"), ("2024-01-15", -1, "2023-12-15"), ("2024-12-31", 2, "2025-02-28")],
)
def test_months_end_on_the_corresponding_day(day: str, count: int, there: str) -> None:
    assert shift_months(D(day), count) == D(there)
