"""`kouan law check`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kouan.cli.commands.law_parts.show import TEXTS
from kouan.model.errors import Exit
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from rich.console import Console

    from kouan.clearance.settings import Settings
    from kouan.law.texts import Texts
    from kouan.model.errors import KouanError

ABOUT = Text(zh="核对规则包：错误、疑点、缺少的条文和案例", en="check packs: slips, doubts, missing articles and cases")
_FOLDER = Text(
    zh="规则包文件夹；不写则核对正在使用的全部规则包", en="folder of packs; without it all packs in use are checked"
)
_CASES = Text(zh="案例文件夹：查门槛两侧是否都有案例", en="folder of cases: are both sides of every bound met?")
_STRICT = Text(zh="有疑点也以 5 退出", en="exit 5 also where there are only doubts")
_GOOD = Text(zh="没有发现问题", en="nothing was found")
_COUNT = Text(zh="错误 {slips} 处，疑点 {doubts} 处", en="{slips} slips, {doubts} doubts")


def add(parser: argparse.ArgumentParser, lang: str) -> None:
    """Add what to check and what to check it against."""
    parser.add_argument("folder", nargs="?", metavar="FOLDER", help=_FOLDER.of(lang))
    parser.add_argument("--texts", metavar="FOLDER", help=TEXTS.of(lang))
    parser.add_argument("--cases", metavar="FOLDER", help=_CASES.of(lang))
    parser.add_argument("--strict", action="store_true", help=_STRICT.of(lang))


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Report every slip, then every doubt; 2 for a slip, with `--strict` 5 for a doubt."""
    from kouan.cli.terminal import console, print_json
    from kouan.packs import builtin_root, find_slips, roots_for

    folder = Path(arguments.folder) if arguments.folder else None
    roots = roots_for(folder) if folder is not None else (builtin_root(), *settings.packs)
    slips = find_slips(*roots)
    doubts, texts = ((), None) if slips else _doubts(arguments, roots, folder)
    if arguments.json:
        print_json(_summary(slips, doubts, texts))
    else:
        _show(console(), slips, doubts, settings.lang, texts=texts)
    if slips:
        return Exit.USAGE
    return Exit.VERIFICATION_FAILED if doubts and arguments.strict else Exit.OK


def _doubts(
    arguments: argparse.Namespace, roots: Sequence[Path], folder: Path | None
) -> tuple[tuple[KouanError, ...], Texts | None]:
    from kouan.clearance.standing import VALIDITY
    from kouan.cli.lawbook import open_texts
    from kouan.law.casebook import read_cases, run_case
    from kouan.law.linting import Lint
    from kouan.packs import load_packs, pack_ids

    packs = load_packs(*roots)
    only = frozenset(pack_ids(folder)) if folder is not None else None
    lint = Lint(packs, only=only, read=frozenset(VALIDITY.values()))
    found = [*lint.findings()]
    texts = open_texts(Path(arguments.texts) if arguments.texts else None, packs)
    if texts is not None:
        found += lint.beside(texts)
    if arguments.cases:
        found += lint.untested([run_case(case, packs) for case in read_cases(Path(arguments.cases))])
    return tuple(found), texts


def _summary(slips: Sequence[KouanError], doubts: Sequence[KouanError], texts: Texts | None) -> dict[str, object]:
    from kouan.cli.lawbook import texts_json

    summary: dict[str, object] = {
        name: [
            {"code": one.code, "where": one.where, "what": one.what.model_dump(), "fix": one.fix.model_dump()}
            for one in found
        ]
        for name, found in (("slips", slips), ("doubts", doubts))
    }
    return summary if texts is None else summary | {"texts": texts_json(texts)}


def _show(
    out: Console, slips: Sequence[KouanError], doubts: Sequence[KouanError], lang: str, *, texts: Texts | None
) -> None:
    from kouan.cli.lawbook import show_texts
    from kouan.cli.terminal import say

    for sign, style, found in (("✗ ", "red", slips), ("? ", "yellow", doubts)):
        for one in found:
            say(out, f"{one.where} {one.code} {one.what.of(lang)}", lead=sign, style=style)
            say(out, one.fix.of(lang), lead="    ", style="dim")
    if texts is not None:
        show_texts(out, texts, lang)
    words = _COUNT.fill(slips=len(slips), doubts=len(doubts)) if slips or doubts else _GOOD
    say(out, words.of(lang), style="bold")
