"""Items outside the quasi-identifiers, as a person reads them on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.cli.terminal import say
from kouan.dossier.others_view import of_tables, settling
from kouan.model.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from kouan.model.inventory import Inventory
    from kouan.model.risk import RiskView

_HEAD = Text(
    zh="准标识符之外、能单独识别、尚未认定的数据项：{count} 项",
    en="items outside the quasi-identifiers that single out and are not settled: {count}",
)
_MORE = Text(zh="另有 {count} 项（见报告，或加 --all）", en="{count} more (in the report, or with --all)")
_LINE = Text(zh="{told}（{standing}）", en="{told} ({standing})")
_FEW = 5


def show_others(console: Console, view: RiskView, raw: Inventory, lang: str, *, whole: bool) -> None:
    """Print the items that somebody must settle, most telling tables in their order, and how; nothing without any."""
    rows = [row for table in of_tables(view, raw).values() for row in table]
    asked = [row for row in rows if row.asked]
    shown = [row for row in rows if not row.plain] if whole else asked[:_FEW]
    if asked:
        say(console, _HEAD.fill(count=len(asked)).of(lang), lead="  ", style="yellow")
    for row in shown:
        say(console, _LINE.fill(told=row.told, standing=row.standing).of(lang), lead="    · ", style="dim")
    if asked and not whole and len(asked) > _FEW:
        say(console, _MORE.fill(count=len(asked) - _FEW).of(lang), lead="    · ", style="dim")
    if asked:
        say(console, settling().of(lang), lead="    ", style="dim")
