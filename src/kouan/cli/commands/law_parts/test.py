"""`kouan law test`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kouan.model.errors import Exit
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from rich.console import Console

    from kouan.clearance.settings import Settings
    from kouan.law.casebook import Verdict
    from kouan.packs import PackSet

ABOUT = Text(zh="用案例测试规则包", en="run spec cases against the packs")
_CASES = Text(
    zh="案例文件夹或文件；不写则用附加规则包下的 cases 文件夹",
    en="folder or file of cases; without it the folders `cases` of the further packs",
)
_HOLDS = Text(zh="案例 {count} 个，全部符合", en="{count} cases, all hold")
_FAILS = Text(zh="案例 {count} 个，{bad} 个不符合", en="{count} cases, {bad} do not hold")
_UNMET = Text(zh="没有案例使其成立的规则：{names}", en="rules that hold in no case: {names}")


def add(parser: argparse.ArgumentParser, lang: str) -> None:
    """Add the folders of cases."""
    parser.add_argument("cases", nargs="*", metavar="FOLDER", help=_CASES.of(lang))


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run every case; 5 where one does not hold."""
    from kouan.cli.lawbook import open_packs
    from kouan.cli.terminal import console, print_json
    from kouan.law.casebook import read_cases, run_case

    packs = open_packs(settings)
    verdicts = [run_case(case, packs) for case in read_cases(*_folders(arguments.cases, settings))]
    unmet = _unmet(verdicts, packs)
    if arguments.json:
        print_json(_summary(verdicts, unmet))
    else:
        _show(console(), verdicts, unmet, settings.lang)
    return Exit.VERIFICATION_FAILED if any(one.misses for one in verdicts) else Exit.OK


def _folders(named: Sequence[str], settings: Settings) -> list[Path]:
    if named:
        return [Path(name) for name in named]
    return sorted(path for root in settings.packs for path in root.rglob("cases") if path.is_dir())


def _unmet(verdicts: Sequence[Verdict], packs: PackSet) -> list[str]:
    """Return the rules that hold in no flow of any case."""
    from kouan.model.decision import Truth

    decided = [one.decision for one in verdicts if one.decision is not None]
    met = {trace.rule for one in decided for flow in one.flows for trace in flow.trace if trace.truth is Truth.TRUE}
    return [rule.id for rule in packs.rules if rule.id not in met]


def _summary(verdicts: Sequence[Verdict], unmet: list[str]) -> dict[str, object]:
    return {
        "cases": len(verdicts),
        "failed": [
            {
                "where": one.case.where,
                "title": one.case.case.title,
                "misses": [{"field": miss.field, "what": miss.text.model_dump()} for miss in one.misses],
            }
            for one in verdicts
            if one.misses
        ],
        "rules_met_by_no_case": unmet,
    }


def _show(out: Console, verdicts: Sequence[Verdict], unmet: list[str], lang: str) -> None:
    from kouan.cli.terminal import say

    bad = [one for one in verdicts if one.misses]
    for one in bad:
        say(out, f"{one.case.where} {one.case.case.title}", lead="✗ ", style="red")
        for miss in one.misses:
            say(out, f"{miss.field}: {miss.text.of(lang)}", lead="    ")
    if unmet:
        say(out, _UNMET.fill(names=", ".join(unmet)).of(lang), lead="· ", style="dim")
    words = (_FAILS if bad else _HOLDS).fill(count=len(verdicts), bad=len(bad))
    say(out, words.of(lang), style="bold red" if bad else "bold green")
