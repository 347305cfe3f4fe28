"""Deadlines: how periods of the law run over working days, days, months and years.

Sources: 民法典 Arts 201 (the first day does not count), 202 (months and years end on the corresponding day), 203 (a
last day of rest moves on); 行政许可法 Art 82 for periods in working days, by analogy for other authorities' procedures.
"""

from __future__ import annotations

import calendar as months
import datetime as dt
import difflib
import itertools
from typing import TYPE_CHECKING

from kouan.law import clockwords, messages
from kouan.model.calendar import Deadline, DutyDeadline, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kouan.model.decision import Decision, Pathway
    from kouan.model.provision import ClockRule
    from kouan.model.time import LegalDay
    from kouan.packs import PackSet, WorkCalendar

Pauses = tuple[tuple["LegalDay", "LegalDay"], ...]
"""Days on which a clock was stopped and on which it went on; the days after the first up to the second do not count."""

_DAY = dt.timedelta(days=1)


def shift_working_days(calendar: WorkCalendar, day: LegalDay, count: int, *, expected: bool = False) -> LegalDay:
    """Return the working day that lies `count` working days after a day, or before it if `count` is negative.

    The day itself does not count; zero returns it unchanged.
    """
    step = _DAY if count > 0 else -_DAY
    left = abs(count)
    while left:
        day += step
        left -= calendar.is_working(day, expected=expected)
    return day


def working_days_between(calendar: WorkCalendar, start: LegalDay, end: LegalDay, *, expected: bool = False) -> int:
    """Return the number of working days after `start` up to and with `end`."""
    return sum(calendar.is_working(day, expected=expected) for day in _after(start, end))


def shift_months(day: LegalDay, count: int) -> LegalDay:
    """Return the corresponding day `count` months on (back if negative), or the month's last (民法典 Art 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return dt.date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def deadline(clock: ClockRule, event: LegalDay, calendar: WorkCalendar, *, pauses: Pauses = ()) -> Deadline:
    """Return when a period ends that runs from an event.

    A period that runs backwards (`before`) gives the last day on which the act is in time, a window (`opens`) the first
    day on which it may be done. Beyond the published years two days come out: with weekends alone off, and with the
    holidays to be expected.

    Raises:
        KouanError: K-LAW-030 for days that the calendar does not cover, K-LAW-032 for a pause that cannot be.
    """
    _check(clock, event, pauses)
    try:
        nominal, due = _ends(clock, event, calendar, pauses, expected=False)
        _, likely = _ends(clock, event, calendar, pauses, expected=True)
    except (OverflowError, ValueError):
        raise messages.DAY_NOT_COVERED.at(clock.id, day="9999-12-31", first=calendar.first) from None
    if min(event, due, likely) < calendar.first:
        raise messages.DAY_NOT_COVERED.at(clock.id, day=min(event, due, likely), first=calendar.first)
    by_work = clock.unit == "working_day"
    moves = by_work or not _is_fixed(clock)
    days = [day for day in _counted(event if by_work else nominal, due, by_work=by_work) if not _within(day, pauses)]
    found = Deadline(
        event=event,
        nominal=nominal,
        due=due,
        likely=likely,
        provisional=moves and max(due, likely, *((event,) if by_work else ())) > calendar.last,
        skipped=_skipped(days, calendar),
        made_up=tuple(day for day in days if calendar.is_made_up(day)) if by_work else (),
        paused=sum((until - since).days for since, until in pauses),
    )
    return found.model_copy(update={"reasons": clockwords.reasons(clock, found, calendar)})


def clocks_on(packs: PackSet, day: LegalDay, name: str | None = None) -> tuple[ClockRule, ...]:
    """Return the clocks in force on a day, or the one with an id. Raises KouanError K-LAW-031 where there is none."""
    live = {one.id: one for one in packs.clocks if one.status == "in_force" and one.in_force.holds(day)}
    if name is None:
        return tuple(live.values())
    if name not in live:
        near = difflib.get_close_matches(name, live, n=1)
        guess = f" ({near[0]}?)" if near else ""
        raise messages.NO_CLOCK.at("clock", name=name, day=day.isoformat(), guess=guess)
    return (live[name],)


def due_dates(
    decision: Decision,
    packs: PackSet,
    calendar: WorkCalendar,
    *,
    events: Mapping[str, LegalDay],
    pathway: Pathway | None = None,
) -> tuple[DutyDeadline, ...]:
    """Return when the duties of a decision that name a clock are due.

    Args:
        decision: with the duties.
        packs: those of the decision.
        calendar: of working days.
        events: days on which events happened, such as `{"contract.effective": day}`, by the name that clocks start on.
        pathway: the chosen one; None takes the duties of every pathway.

    Raises:
        KouanError: K-LAW-030.
    """
    clocks = {clock.id: clock for clock in packs.clocks}
    found = []
    for duty in decision.duties:
        if duty.clock is None or (pathway is not None and duty.pathways and pathway not in duty.pathways):
            continue
        clock = clocks[duty.clock]
        day = events.get(clock.starts)
        found.append(
            DutyDeadline(
                duty=duty.id,
                clock=clock.id,
                starts=clock.starts,
                starts_label=clock.starts_label,
                deadline=None if day is None else deadline(clock, day, calendar),
            )
        )
    return tuple(found)


def _check(clock: ClockRule, event: LegalDay, pauses: Pauses) -> None:
    before = event
    for since, until in pauses:
        if not clock.pauses or clock.before or clock.opens or since < before or until <= since:
            raise messages.WRONG_PAUSE.at(clock.id, start=since, end=until)
        before = until


def _ends(
    clock: ClockRule, event: LegalDay, calendar: WorkCalendar, pauses: Pauses, *, expected: bool
) -> tuple[LegalDay, LegalDay]:
    """Return the last day as the period alone gives it, and after it moved off a day of rest."""
    back = clock.before or clock.opens
    if clock.unit == "working_day":
        day = (
            shift_working_days(calendar, event, -clock.amount, expected=expected)
            if back
            else _count(event, clock.amount, calendar, pauses, expected=expected)
        )
        return day, day
    amount = -clock.amount if back else clock.amount
    if clock.unit == "hour":
        day = event + amount // 24 * _DAY
        return day, day
    if clock.unit == "day":
        nominal = event + amount * _DAY
    else:
        nominal = shift_months(event, amount * (12 if clock.unit == "year" else 1))
    for since, until in pauses:
        if since < nominal:
            nominal += until - since
    if _is_fixed(clock) or calendar.is_working(nominal, expected=expected):
        return nominal, nominal
    # Art 203 moves a last day on; run backwards that would be too late, so the day before is the safe one.
    return nominal, shift_working_days(calendar, nominal, -1 if back else 1, expected=expected)


def _is_fixed(clock: ClockRule) -> bool:
    """Tell whether the last day of a period in hours, days, months or years stays where it falls."""
    return clock.unit == "hour" or clock.opens or clock.keeps


def _count(event: LegalDay, amount: int, calendar: WorkCalendar, pauses: Pauses, *, expected: bool) -> LegalDay:
    day, left = event, amount
    while left:
        day += _DAY
        left -= calendar.is_working(day, expected=expected) and not _within(day, pauses)
    return day


def _within(day: LegalDay, pauses: Pauses) -> bool:
    return any(since < day <= until for since, until in pauses)


def _after(start: LegalDay, end: LegalDay) -> Iterator[LegalDay]:
    return (start + number * _DAY for number in range(1, (end - start).days + 1))


def _counted(start: LegalDay, due: LegalDay, *, by_work: bool) -> Iterator[LegalDay]:
    """Yield the days between the start and the due day, the start itself only where it is a last day that moved."""
    first, last = min(start, due), max(start, due)
    if by_work and start <= due:
        return _after(first, last)
    return _after(first - _DAY, last - _DAY if by_work else last)


def _skipped(days: Sequence[LegalDay], calendar: WorkCalendar) -> tuple[Skipped, ...]:
    resting = [(day, calendar.holiday(day) or clockwords.WEEKEND) for day in days if not calendar.is_working(day)]
    runs = itertools.groupby(enumerate(resting), key=lambda one: (one[1][1], one[1][0] - one[0] * _DAY))
    grouped = [[day for _, (day, _) in run] for _, run in runs]
    return tuple(
        Skipped(start=run[0], end=run[-1], why=calendar.holiday(run[0]) or clockwords.WEEKEND) for run in grouped
    )
