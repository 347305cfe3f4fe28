"""`kouan unseal`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.unsealing import MOST_SHOWN, Asked, unseal_column
from kouan.cli.terminal import console, plain, print_json
from kouan.model.errors import Exit
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings

_DONE = Text(zh="已还原 {cells} 个单元格，已留痕：{record}", en="{cells} cells turned back; recorded in {record}")
_FILE = Text(
    zh="原值在 {out}（0600）。它又是个人信息，用毕即删。",
    en="The values are in {out} (0600). They are personal information again: delete them after use.",
)
_UNPROVEN = Text(
    zh="FF1 替身号码无法验明真伪：这些值只在号码确实来自该次处理时才对。",
    en="Surrogates by FF1 prove nothing: the values are right only if the numbers come from that treatment.",
)
_MORE = Text(zh="只显示前 {most} 个", en="only the first {most} are shown")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Turn pseudonyms of a column back into a private file; values reach the terminal with `--show` alone."""
    asked = Asked(
        file=Path(arguments.file),
        column=arguments.column,
        folder=Path(arguments.folder),
        by=arguments.by,
        why=arguments.why,
        out=Path(arguments.out) if arguments.out else None,
        table=arguments.table,
        item=arguments.item,
        show=arguments.show,
        unauthenticated=arguments.unauthenticated,
    )
    done = unseal_column(asked, settings)
    status = Exit.OK if done.complete else Exit.PARTLY_READ
    if arguments.json:
        print_json(done.record)
        return status
    out, lang = console(), settings.lang
    for pseudonym, value in done.pairs:
        out.print(plain(f"{pseudonym}  {value}"))
    if len(done.pairs) == MOST_SHOWN < done.record.cells:
        out.print(plain(_MORE.fill(most=MOST_SHOWN).of(lang)))
    out.print(plain(_DONE.fill(cells=f"{done.record.cells:,}", record=done.path).of(lang)), style="bold")
    if asked.out is not None:
        out.print(plain(_FILE.fill(out=asked.out).of(lang)))
    if not done.record.authenticated:
        out.print(plain(_UNPROVEN.of(lang)), style="yellow")
    return status
