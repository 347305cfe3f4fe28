"""What holds of working days and periods whatever the days are; a count day by day is the oracle."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from kouan.law.deadlines import deadline, shift_working_days, working_days_between
from kouan.packs import load_calendar
from tests.clocks import PAUSE, clock

CALENDAR = load_calendar()
DAYS = st.dates(dt.date(2021, 6, 1), dt.date(2026, 6, 1))
COUNTS = st.integers(1, 120)
UNITS = st.sampled_from(["hour", "working_day", "day", "month", "year"])
LENGTHS = {"hour": 100, "working_day": 120, "day": 300, "month": 20, "year": 1}


@given(DAYS, COUNTS, COUNTS)
def test_a_period_can_be_split(day, one, other) -> None:
    whole = shift_working_days(CALENDAR, day, one + other)
    assert whole == shift_working_days(CALENDAR, shift_working_days(CALENDAR, day, one), other)


@given(DAYS, COUNTS)
def test_going_back_undoes_going_on(day, count) -> None:
    there = shift_working_days(CALENDAR, day, count)
    assert CALENDAR.is_working(there)
    assert working_days_between(CALENDAR, day, there) == count
    back = shift_working_days(CALENDAR, there, -count)
    assert back == day if CALENDAR.is_working(day) else back < day


@given(DAYS, st.integers(0, 60), UNITS, st.data())
def test_later_events_and_longer_periods_never_end_earlier(day, more, unit, data) -> None:
    amount = data.draw(st.integers(1, LENGTHS[unit]))
    first = deadline(clock(amount, unit), day, CALENDAR)
    assert deadline(clock(amount, unit), day + dt.timedelta(days=more), CALENDAR).due >= first.due
    assert deadline(clock(amount + 1, unit), day, CALENDAR).due >= first.due
    assert first.due >= day
    assert first.due == first.likely or first.provisional
    assert unit == "hour" or CALENDAR.is_working(first.due)


@given(DAYS, COUNTS, st.integers(0, 40), st.integers(1, 40))
def test_a_stop_leaves_as_many_working_days_as_the_period_has(day, amount, wait, stopped) -> None:
    since = day + dt.timedelta(days=wait)
    until = since + dt.timedelta(days=stopped)
    found = deadline(clock(amount, "working_day", pauses=[PAUSE]), day, CALENDAR, pauses=((since, until),))
    if found.due <= since:
        assert working_days_between(CALENDAR, day, found.due) == amount
    else:
        before, after = (day, since), (until, found.due)
        assert sum(working_days_between(CALENDAR, *part) for part in (before, after)) == amount


@given(DAYS, COUNTS)
def test_what_was_skipped_and_what_counted_make_up_the_whole(day, amount) -> None:
    found = deadline(clock(amount, "working_day"), day, CALENDAR)
    skipped = sum((run.end - run.start).days + 1 for run in found.skipped)
    assert skipped + amount == (found.due - day).days
    assert all(CALENDAR.is_working(one) for one in found.made_up)
