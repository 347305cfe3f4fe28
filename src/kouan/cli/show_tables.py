"""One view of the tables of a transfer, as a person reads it on a terminal: the grade and a line for each table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.cli.terminal import say
from kouan.dossier.others_view import stricter
from kouan.model.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from kouan.model.risk import RiskView, TableRisk

STRICTER = Text(zh="更严的看法，不是标准的数值：{told}", en="a stricter view, no standard's figure: {told}")
_GRADE = Text(zh="{when}：{grade} 级。{reason}", en="{when}: grade {grade}. {reason}")
_TABLE = Text(
    zh="{entity}：{n} 条，{j} 个等价类，k={k}，最大风险 {top}，直接标识符 {direct} 项",
    en="{entity}: {n} records, {j} classes, k={k}, highest risk {top}, {direct} direct identifiers",
)
_FURTHER = Text(
    zh="另有 {count} 张表，其中最小的 k={k}（见报告，或加 --all）",
    en="{count} more tables, smallest k={k} (in the report, or with --all)",
)
_FEW = 3


def show_view(console: Console, words: Text, view: RiskView, lang: str, *, whole: bool) -> None:
    """Print the grade and the tables; with `whole` every table and the stricter view of each, else the riskiest few."""
    grade = _GRADE.fill(when=words, grade=view.grade.grade, reason=view.grade.reason)
    say(console, grade.of(lang), lead="  · ")
    shown = view.tables if whole else _riskiest(view)
    for table in shown:
        say(console, _line(table).of(lang), lead="    ", style="dim")
        told = stricter(table) if whole else None
        if told is not None:
            say(console, STRICTER.fill(told=told).of(lang), lead="      ", style="dim")
    left = [table.k for table in view.tables if table not in shown]
    if left:
        say(console, _FURTHER.fill(count=len(left), k=f"{min(left):,}").of(lang), lead="    ", style="dim")


def _riskiest(view: RiskView) -> tuple[TableRisk, ...]:
    """Return the tables with the smallest classes, first by the least then by all, in the order of the view."""
    first = sorted(view.tables, key=lambda table: (table.k, -table.prosecutor_avg, -table.records))[:_FEW]
    return tuple(table for table in view.tables if table in first)


def _line(table: TableRisk) -> Text:
    return _TABLE.fill(
        entity=table.entity,
        n=f"{table.records:,}",
        j=f"{table.classes:,}",
        k=f"{table.k:,}",
        top=f"{table.prosecutor_max.normalize():f}",
        direct=len(table.direct),
    )
