"""`kouan law diff`."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from rich.console import Console

    from kouan.clearance.settings import Settings
    from kouan.law.comparing import CaseChange, EntryChange, FieldChange, Side

ABOUT = Text(zh="比较两套规则包，或者两个日期的规则", en="compare two sets of packs, or the law of two days")
_SIDE = Text(
    zh="规则包文件夹、日期 YYYY-MM-DD，或者 builtin（内置规则包）",
    en="a folder of packs, a day YYYY-MM-DD, or builtin (the built-in packs)",
)
_CASES = Text(zh="案例文件夹：列出决定不同的案例", en="folder of cases: list those decided differently")
_HOW = {
    "added": ("＋ ", "green", Text(zh="新增", en="added")),
    "removed": ("－ ", "red", Text(zh="删除", en="removed")),
    "changed": ("± ", "yellow", Text(zh="修改", en="changed")),
}
_NOTHING = Text(zh="没有差别", en="no difference")
_COUNT = Text(zh="差别 {count} 处，其中门槛 {floors} 处", en="{count} differences, {floors} of them thresholds")
_CASE_COUNT = Text(zh="案例 {count} 个，{changed} 个决定不同", en="{count} cases, {changed} decided differently")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_MORE_KINDS = {"facts": Text(zh="事实", en="fact"), "instruments": Text(zh="文件", en="instrument")}


def add(parser: argparse.ArgumentParser, lang: str) -> None:
    """Add the two sides and the cases."""
    parser.add_argument("before", metavar="A", help=_SIDE.of(lang))
    parser.add_argument("after", metavar="B", help=_SIDE.of(lang))
    parser.add_argument("--cases", metavar="FOLDER", help=_CASES.of(lang))


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print what changed; differences are no failure."""
    from kouan.cli.terminal import console, print_json
    from kouan.law.casebook import read_cases
    from kouan.law.comparing import compare, compare_cases

    before, after = (_side(name, settings) for name in (arguments.before, arguments.after))
    changes = compare(before, after)
    cases = read_cases(Path(arguments.cases)) if arguments.cases else ()
    turned = compare_cases(cases, before, after)
    if arguments.json:
        print_json(_summary(changes, turned, cases=len(cases)))
        return 0
    out = console()
    _show(out, changes, settings.lang)
    if arguments.cases:
        _show_cases(out, turned, settings.lang, cases=len(cases))
    return 0


def _side(name: str, settings: Settings) -> Side:
    from kouan.cli import messages
    from kouan.cli.lawbook import open_packs
    from kouan.law.comparing import Side
    from kouan.packs import load_packs, roots_for

    if _DAY.match(name):
        try:
            day = dt.date.fromisoformat(name)
        except ValueError:
            raise messages.NO_SUCH_DAY.at(name) from None
        return Side(open_packs(settings), shown=day, day=day)
    packs = load_packs() if name == "builtin" else load_packs(*roots_for(Path(name)), allow_override=True)
    return Side(packs, shown=settings.as_of)


def _summary(changes: Sequence[EntryChange], turned: Sequence[CaseChange], *, cases: int) -> dict[str, object]:
    def fields(found: Sequence[FieldChange]) -> list[dict[str, Any]]:
        return [{"field": one.field, "before": one.before, "after": one.after} for one in found]

    return {
        "changes": [
            {
                "kind": one.kind,
                "id": one.id,
                "how": one.how,
                "label": one.label.model_dump(),
                "fields": fields(one.fields),
            }
            for one in changes
        ],
        "cases": cases,
        "decided_differently": [
            {"where": one.case.where, "title": one.case.case.title, "fields": fields(one.fields)} for one in turned
        ],
    }


def _show(out: Console, changes: Sequence[EntryChange], lang: str) -> None:
    from kouan.cli.lawbook import KIND
    from kouan.cli.terminal import say

    for one in changes:
        sign, style, how = _HOW[one.how]
        kind = (KIND | _MORE_KINDS)[one.kind].of(lang)
        say(out, f"{how.of(lang)} {kind} {one.id}: {one.label.of(lang)}", lead=sign, style=style)
        _show_fields(out, one.fields, lang)
    floors = sum(one.kind == "parameters" for one in changes)
    words = _COUNT.fill(count=len(changes), floors=floors) if changes else _NOTHING
    say(out, words.of(lang), style="bold")


def _show_cases(out: Console, turned: Sequence[CaseChange], lang: str, *, cases: int) -> None:
    from kouan.cli.terminal import say

    for one in turned:
        say(out, f"{one.case.where} {one.case.case.title}", lead="≠ ", style="yellow")
        _show_fields(out, one.fields, lang)
    say(out, _CASE_COUNT.fill(count=cases, changed=len(turned)).of(lang), style="bold")


def _show_fields(out: Console, fields: Sequence[FieldChange], lang: str) -> None:
    from kouan.cli.terminal import say

    for one in fields:
        if _names(one.before) and _names(one.after):
            gone = [f"-{name}" for name in one.before if name not in one.after]
            come = [f"+{name}" for name in one.after if name not in one.before]
            say(out, f"{one.field}: {', '.join(gone + come)}", lead="    ")
            continue
        before, after = _shown(one.before, lang), _shown(one.after, lang)
        if "\n" not in before + after:
            say(out, f"{one.field}: {before} → {after}", lead="    ")
            continue
        say(out, f"{one.field}:", lead="    ")
        for sign, text in (("－ ", before), ("＋ ", after)):
            for line in text.splitlines():
                say(out, line.lstrip(), lead=f"      {sign}" + " " * (len(line) - len(line.lstrip())))


def _names(value: object) -> bool:
    """Whether a value is a longer list of ids, of which only the difference is worth reading."""
    return isinstance(value, list) and len(value) > 1 and all(isinstance(one, str) for one in value)


def _shown(value: object, lang: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, dict) and {"zh", "en"} >= set(value):
        return str(value.get(lang, ""))
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
