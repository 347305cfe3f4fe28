"""`kouan law clock`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings
    from kouan.law.deadlines import Pauses
    from kouan.model.calendar import Deadline
    from kouan.model.decision import SourceRef
    from kouan.model.provision import ClockRule
    from kouan.model.time import LegalDay
    from kouan.packs import PackSet

ABOUT = Text(zh="列出法定期限，并从某日起推算", en="list the periods that the law sets, and work them out from a day")
_ID = Text(zh="期限的编号；不写则列出全部", en="id of a clock; without it all are listed")
_FROM = Text(zh="起算日 YYYY-MM-DD（事件发生的那一天）", en="day of the event from which it runs, YYYY-MM-DD")
_PAUSE = Text(zh="中止的起止日 YYYY-MM-DD:YYYY-MM-DD，可多次", en="days of a stop, YYYY-MM-DD:YYYY-MM-DD, repeatable")
_LINE = Text(zh="{label}：{length}，自{starts}起；{who}", en="{label}: {length} from {starts}; {who}")
_BACK = Text(zh="{label}：{starts}前 {length}；{who}", en="{label}: {length} before {starts}; {who}")
_LONGER = Text(zh="；可以延长", en="; may be extended")
_DUE = Text(zh="截止 {day}", en="due {day}")
_KEEPS = Text(zh="至少保存至 {day}", en="kept until {day} at least")
_OPENS = Text(zh="最早 {day}", en="from {day} on")
_SAME = Text(zh="{head}（暂定）", en="{head} (provisional)")
_EITHER = Text(
    zh="{head}（暂定；预计假期计入后为 {likely}）", en="{head} (provisional; {likely} with expected holidays)"
)
_STOPS = Text(zh="可中止：{label}", en="can stand still: {label}")
_NONE = Text(zh="{day} 的规则包里没有期限。", en="The packs hold no clock on {day}.")


def add(parser: argparse.ArgumentParser, lang: str) -> None:
    """Add the clock, the day it runs from, and stops."""
    parser.add_argument("clock", nargs="?", metavar="ID", help=_ID.of(lang))
    parser.add_argument("--from", dest="event", metavar="DAY", help=_FROM.of(lang))
    parser.add_argument("--pause", action="append", default=[], metavar="DAY:DAY", help=_PAUSE.of(lang))


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """List clocks, with dates where `--from` gives a day."""
    from kouan.cli.lawbook import open_packs
    from kouan.cli.terminal import print_json
    from kouan.law.deadlines import clocks_on, deadline
    from kouan.packs import load_calendar

    packs = open_packs(settings)
    calendar = load_calendar()
    clocks = clocks_on(packs, settings.as_of, arguments.clock)
    event = None if arguments.event is None else _day(arguments.event)
    pauses = tuple(_pause(word) for word in arguments.pause)
    found = [
        (clock, None if event is None else deadline(clock, event, calendar, pauses=_for(clock, pauses, arguments)))
        for clock in clocks
    ]
    if arguments.json:
        refs = [ref.model_dump(mode="json") for ref in calendar.refs]
        entries = [_entry(clock, packs.sources[clock.id], worked) for clock, worked in found]
        print_json({"calendar": refs, "from": arguments.event, "clocks": entries})
    else:
        _show(found, packs, settings, whole=arguments.clock is not None)
    return 0


def _for(clock: ClockRule, pauses: Pauses, arguments: argparse.Namespace) -> Pauses:
    """Among all clocks a stop concerns those that can stand still; for one named clock it must fit."""
    return pauses if arguments.clock is not None or clock.pauses else ()


def _day(word: str) -> LegalDay:
    from kouan.cli import messages

    try:
        return dt.date.fromisoformat(word)
    except ValueError:
        raise messages.USAGE.at("kouan law clock", problem="YYYY-MM-DD", command="kouan law clock") from None


def _pause(word: str) -> tuple[LegalDay, LegalDay]:
    since, _, until = word.partition(":")
    return _day(since), _day(until)


def _entry(clock: ClockRule, source: SourceRef, worked: Deadline | None) -> dict[str, Any]:
    names = {
        "id",
        "label",
        "starts",
        "starts_label",
        "before",
        "opens",
        "keeps",
        "amount",
        "unit",
        "who",
        "extendable",
        "pauses",
    }
    return {
        **clock.model_dump(mode="json", include=names),
        "source": source.model_dump(mode="json"),
        "deadline": None if worked is None else worked.model_dump(mode="json"),
    }


def _show(found: list[tuple[ClockRule, Deadline | None]], packs: PackSet, settings: Settings, *, whole: bool) -> None:
    from kouan.cli.terminal import console, say
    from kouan.dossier.articles import citation
    from kouan.law.clockwords import length

    out, lang = console(), settings.lang
    if not found:
        say(out, _NONE.fill(day=settings.as_of).of(lang))
    for clock, worked in found:
        words = (_BACK if clock.before or clock.opens else _LINE).fill(
            label=clock.label, length=length(clock), starts=clock.starts_label, who=clock.who
        )
        say(out, words.of(lang) + (_LONGER.of(lang) if clock.extendable else ""), lead=f"{clock.id}  ", style="bold")
        say(out, citation(packs.sources[clock.id]).of(lang), lead="  ", style="dim")
        if worked is not None:
            say(out, _dates(clock, worked).of(lang), lead="  → ")
        for reason in worked.reasons if worked is not None and whole else ():
            say(out, reason.of(lang), lead="    ")
        for pause in clock.pauses if whole else ():
            say(out, _STOPS.fill(label=pause.label).of(lang), lead="  ‖ ")


def _dates(clock: ClockRule, worked: Deadline) -> Text:
    head = (_OPENS if clock.opens else _KEEPS if clock.keeps else _DUE).fill(day=worked.due)
    if not worked.provisional:
        return head
    return (_SAME if worked.due == worked.likely else _EITHER).fill(head=head, likely=worked.likely)
