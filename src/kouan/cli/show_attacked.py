"""What attacks on the treated data of a clearance achieved, in a few lines of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.cli.terminal import say
from kouan.dossier import attack_words as words
from kouan.dossier.attack_view import succeeded, summary_of, tables_of
from kouan.dossier.figures import percent
from kouan.model.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from kouan.dossier.attack_view import AttackRow, AttackTable
    from kouan.model.attacks import Attacked

_HEAD = Text(zh="{title}：{found}", en="{title}: {found}")
_LINE = Text(zh="{label}{of}：收益 {value}（{lo}—{hi}）", en="{label}{of}: gain {value} ({lo} to {hi})")
_OF = Text(zh="“{of}”", en=" “{of}”")
_NONE = Text(zh="", en="")
_MORE = Text(zh="另有 {count} 张表见报告", en="{count} further tables: see the report")
_QUIET = Text(zh="没有攻击得手", en="no attack worked")
_MOST = 4


def show_attacked(console: Console, attacked: Attacked, lang: str, *, whole: bool = False) -> None:
    """Print the sentence on all attacks, and of each table those that gained most; every one of them with `whole`."""
    say(console, _HEAD.fill(title=words.TITLE, found=summary_of(attacked)).of(lang), style="bold")
    tables = [one for one in tables_of(attacked) if one.rows]
    for one in tables if whole else tables[:_MOST]:
        _show_table(console, one, lang, whole=whole)
    if len(tables) > _MOST and not whole:
        say(console, _MORE.fill(count=len(tables) - _MOST).of(lang), lead="  · ", style="dim")


def attacks_for_machines(attacked: Attacked) -> dict[str, object]:
    """Return how many attacks ran and worked, and the pseudonyms that broke."""
    results = [(one.entity, result) for one in attacked.tables if one.report for result in one.report.results]
    worked = [(entity, result) for entity, result in results if succeeded(result)]
    broken = [f"{entity}#{result.secret}" for entity, result in worked if result.effort is not None]
    return {"run": attacked.run, "tried": len(results), "worked": len(worked), "broken": broken}


def _show_table(console: Console, one: AttackTable, lang: str, *, whole: bool) -> None:
    say(console, f"{one.table.entity} — {one.size.of(lang)}", lead="  · ")
    if whole:
        for row in one.rows:
            say(console, _words(row).of(lang), lead="    ! " if row.found else "    · ")
            say(console, row.means.of(lang), lead="      ", style="dim")
            if row.helps is not None:
                say(console, row.helps.of(lang), lead="      → ", style="dim")
        for note in one.table.notes:
            say(console, note.of(lang), lead="    ", style="dim")
        return
    worst: dict[str, AttackRow] = {}
    for row in one.rows:
        if row.found and (row.label.en not in worst or row.value > worst[row.label.en].value):
            worst[row.label.en] = row
    for row in worst.values():
        say(console, _words(row).of(lang), lead="    ! ")
    if not worst:
        say(console, _QUIET.of(lang), lead="    ", style="dim")


def _words(row: AttackRow) -> Text:
    named = _OF.fill(of=row.of) if row.of else _NONE
    return _LINE.fill(label=row.label, of=named, value=percent(row.value), lo=percent(row.lo), hi=percent(row.hi))
