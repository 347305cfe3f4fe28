"""How a deadline comes about, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.text import Text

if TYPE_CHECKING:
    from kouan.model.calendar import Deadline, Skipped
    from kouan.model.provision import ClockRule
    from kouan.packs import WorkCalendar

WEEKEND = Text(zh="周末", en="weekend")
UNITS = {
    "hour": (Text(zh="{n} 小时", en="{n} hour"), Text(zh="{n} 小时", en="{n} hours")),
    "working_day": (Text(zh="{n} 个工作日", en="{n} working day"), Text(zh="{n} 个工作日", en="{n} working days")),
    "day": (Text(zh="{n} 日", en="{n} day"), Text(zh="{n} 日", en="{n} days")),
    "month": (Text(zh="{n} 个月", en="{n} month"), Text(zh="{n} 个月", en="{n} months")),
    "year": (Text(zh="{n} 年", en="{n} year"), Text(zh="{n} 年", en="{n} years")),
}
_FIRST = Text(
    zh="自 {event} 起算，当日不计入（《民法典》第二百零一条第一款）。",
    en="It runs from {event}; that day does not count (Civil Code Art 201(1)).",
)
_HOURS = Text(
    zh="以小时计，自 {event} 当日事件发生的时刻起算，遇休息日不顺延（《民法典》第二百零一条第二款）；这里只列日期，"
    "按当日零时起算，须以实际时刻为准。",
    en="Hours run from the moment of the event on {event}, days of rest included (Civil Code Art 201(2)); only the day "
    "is shown, counted from midnight, so go by the actual time.",
)
_BACK = Text(
    zh="自 {event} 向前推算，当日不计入；法律没有逐字规定倒算的方法，这里比照《民法典》第二百零一条、第二百零二条。",
    en="It runs backwards from {event}, which does not count; no text spells this out, so Civil Code Arts 201 and 202 "
    "are followed by analogy.",
)
_WORKING = Text(
    zh="工作日不含法定节假日和周末，含调休上班日（比照《行政许可法》第八十二条）。",
    en="Working days leave out holidays and weekends and take in make-up days (by analogy with Administrative "
    "Licensing Law Art 82).",
)
_CORRESPONDING = Text(
    zh="按月、年计算，以到期月的对应日为最后一日，没有对应日的为月末（《民法典》第二百零二条）。",
    en="Months and years end on the corresponding day, or the month's last (Civil Code Art 202).",
)
_SKIPPED = Text(zh="跳过{spans}。", en="Skipped: {spans}.")
_MADE_UP = Text(zh="调休上班计入：{days}。", en="Make-up working days counted: {days}.")
_MOVED_ON = Text(
    zh="最后一日 {nominal} 是休息日，顺延至 {due}（《民法典》第二百零三条第一款）。",
    en="Its last day {nominal} is a day of rest, so it moves on to {due} (Civil Code Art 203(1)).",
)
_MOVED_BACK = Text(
    zh="推算到的 {nominal} 是休息日；顺延只适用于期间届满，为稳妥提前到 {due}。",
    en="The day reached, {nominal}, is a day of rest; moving on applies to the end of a period, so to be safe it "
    "is {due}.",
)
_PAUSED = Text(zh="期间中止 {n} 天，不计入。", en="The clock stood still for {n} days, which do not count.")
_PROVISIONAL = Text(
    zh="暂定：{year} 年以后的放假安排尚未公布。只扣周末为 {due}；按法定节日和往年做法预计为 {likely}；"
    "调休上班日无法预计，可能再提前一两天。放假安排公布后须重算，之前以较早的 {safe} 为准安排工作。",
    en="Provisional: the holidays after {year} are not announced. With weekends alone off it is {due}, with the "
    "holidays to be expected {likely}; make-up days cannot be foreseen and may bring it forward by a day or two. Work "
    "it out again once the notice is out, and plan for the earlier day, {safe}, until then.",
)


def length(clock: ClockRule) -> Text:
    """Return the length of a period in words."""
    one, many = UNITS[clock.unit]
    return (one if clock.amount == 1 else many).fill(n=clock.amount)


def reasons(clock: ClockRule, found: Deadline, calendar: WorkCalendar) -> tuple[Text, ...]:
    """Return how a deadline comes about, one sentence each."""
    if clock.unit == "hour":
        return (_HOURS.fill(event=found.event),)
    back = clock.before or clock.opens
    lines = [(_BACK if back else _FIRST).fill(event=found.event)]
    if clock.unit == "working_day":
        lines.append(_WORKING)
    elif clock.unit != "day":
        lines.append(_CORRESPONDING)
    if found.paused:
        lines.append(_PAUSED.fill(n=found.paused))
    if clock.unit == "working_day" and found.skipped:
        lines.append(_SKIPPED.fill(spans=_spans(found.skipped)))
    if found.made_up:
        days = ", ".join(day.isoformat() for day in found.made_up)
        lines.append(_MADE_UP.fill(days=Text(zh=days.replace(", ", "、"), en=days)))
    if found.due != found.nominal:
        lines.append((_MOVED_BACK if back else _MOVED_ON).fill(nominal=found.nominal, due=found.due))
    if found.provisional:
        days_of = {"due": found.due, "likely": found.likely, "safe": found.safe}
        lines.append(_PROVISIONAL.fill(year=calendar.last.year, **days_of))
    return tuple(lines)


def _spans(skipped: tuple[Skipped, ...]) -> Text:
    """Return holidays one by one and weekend days as a number."""
    named = [run for run in skipped if run.why != WEEKEND]
    rest = sum((run.end - run.start).days + 1 for run in skipped if run.why == WEEKEND)
    zh = [f"{run.why.zh} {_span(run, '至')}" for run in named]
    en = [f"{run.why.en} {_span(run, ' to ')}" for run in named]
    if rest:
        zh.append(f"周末 {rest} 天")
        en.append(f"{rest} weekend day{'s' if rest > 1 else ''}")
    return Text(zh="、".join(zh), en=", ".join(en))


def _span(run: Skipped, joint: str) -> str:
    return run.start.isoformat() if run.start == run.end else f"{run.start}{joint}{run.end}"
