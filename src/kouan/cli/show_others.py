"""Items outside the quasi-identifiers, as a person reads them on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.cli.show_tables import STRICTER
from kouan.cli.terminal import say
from kouan.dossier.figures import percent
from kouan.dossier.others_view import of_tables, settling, stricter
from kouan.model.text import Text
from kouan.risk.messages import PEOPLE, ROWS

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
_TABLES = Text(
    zh="假如知道放行的每一项，{tables} 张表中 {some} 张里有独一无二的人或记录，比例最高的是“{entity}”："
    "{units} {unit}中 {alone} {unit}（{share}）；逐表见报告，或加 --all",
    en="if every item of the release were known, {some} of {tables} tables would hold persons or records that are"
    " unique, most of all “{entity}”: {alone} of {units} {unit} ({share}); table by table in the report, or with --all",
)
_FEW = 5


def show_others(console: Console, view: RiskView, raw: Inventory, lang: str, *, whole: bool) -> None:
    """Print what somebody would see who knew every item, and the items that somebody must settle, and how.

    With `whole` every item that is not let pass is listed, and `show_view` has told the stricter view of each table.
    """
    summary = None if whole else _summary(view)
    if summary is not None:
        say(console, STRICTER.fill(told=summary).of(lang), lead="  · ", style="dim")
    rows = [row for table in of_tables(view, raw).values() for row in table]
    asked = [row for row in rows if row.asked]
    if asked:
        say(console, _HEAD.fill(count=len(asked)).of(lang), lead="  ", style="yellow")
    for row in (row for row in rows if whole and not row.plain):
        say(console, _LINE.fill(told=row.told, standing=row.standing).of(lang), lead="    · ", style="dim")
    for row in () if whole else asked[:_FEW]:
        say(console, row.told.of(lang), lead="    · ", style="dim")
    if asked and not whole and len(asked) > _FEW:
        say(console, _MORE.fill(count=len(asked) - _FEW).of(lang), lead="    · ", style="dim")
    if asked:
        say(console, settling().of(lang), lead="    ", style="dim")


def _summary(view: RiskView) -> Text | None:
    """Return the stricter view of all tables in one sentence; None where nothing was measured for it."""
    known = [(table, table.everything) for table in view.tables if table.everything and table.everything.items]
    if len(known) < 2:  # noqa: PLR2004 - one table is told in full
        return stricter(known[0][0]) if known else None
    table, most = max(known, key=lambda pair: (pair[1].share, pair[1].alone))
    return _TABLES.fill(
        tables=len(known),
        some=sum(everything.alone > 0 for _, everything in known),
        entity=table.entity,
        units=f"{most.units:,}",
        unit=ROWS if table.unit == "row" else PEOPLE,
        alone=f"{most.alone:,}",
        share=percent(most.share),
    )
