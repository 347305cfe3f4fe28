"""The frontier in the terminal: a table of points and where they lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.cli.shortening import short
from kouan.cli.terminal import console, plain
from kouan.model.items import split_item_id
from kouan.model.risk import Judgement
from kouan.model.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.model.frontier import Frontier, FrontierPoint

_BAR = 20
_HEAD = Text(
    zh="  编号          k      最大风险  平均风险  等级 EMA  保留的行  信息保留",
    en="  id            k      maximum   average   grade EMA rows kept information kept",
)
_ABOUT = Text(
    zh="表 {entity}：{rows} 行，{unit}；★ 为没有别的点在信息和风险上都不差于它的点",
    en="table {entity}: {rows} rows, {unit}; ★ marks points that nothing beats in risk and information at once",
)
_ROWS = Text(zh="类按行计", en="classes count rows")
_PERSONS = Text(zh="类按“{by}”所指的个人计", en="classes count the persons that “{by}” names")
_ALIKE = Text(zh="同一方案：{ids}", en="the same plan: {ids}")
_UNREACHABLE = Text(zh="达不到：{ids}", en="out of reach: {ids}")
_LEFT = Text(
    zh="这些准标识符的处理不只看单个值，不在寻优之列，风险已计入：{items}",
    en="Not searched, because they are not treated by their value alone, but counted in the risk: {items}",
)
_NEXT = Text(
    zh="页面：{path}。选定后加 --pick 编号 -o plan.yaml 写成方案。",
    en="page: {path}. To write the plan of a point, add --pick ID -o plan.yaml.",
)


def show_frontier(frontier: Frontier, lang: str, out: Path) -> None:
    """Print every point, those that nothing beats marked, and how to go on."""
    page = console()
    unit = _ROWS if frontier.unit == "row" else _PERSONS.fill(by=split_item_id(frontier.unit)[2])
    head = _ABOUT.fill(entity=frontier.entity, rows=f"{frontier.rows:,}", unit=unit)
    page.print(plain(head.of(lang)), style="bold")
    page.print(plain(_HEAD.of(lang)), style="bold")
    for point in sorted(frontier.points, key=lambda one: (-one.information, one.largest, one.id)):
        page.print(plain(_line(point, frontier.rows)), style=None if point.best else "dim")
        levels = "  ".join(f"{short(split_item_id(one.item)[2])} {one.told.of(lang)}" for one in point.levels)
        more = f"  {_ALIKE.fill(ids=', '.join(point.alike)).of(lang)}" if point.alike else ""
        if point.best:
            page.print(plain(f"      {levels}{more}"), style="dim")
    if frontier.left:
        names = ", ".join(short(split_item_id(item)[2]) for item in frontier.left)
        page.print(plain(_LEFT.fill(items=names).of(lang)), style="yellow")
    if frontier.unreachable:
        page.print(plain(_UNREACHABLE.fill(ids=", ".join(frontier.unreachable)).of(lang)), style="dim")
    page.print(plain(_NEXT.fill(path=out).of(lang)))


def _line(point: FrontierPoint, rows: int) -> str:
    bar = "█" * round(float(point.information) * _BAR)
    ema = "✓" if point.ema is Judgement.PASS else "✗"
    kept = f"{point.kept / max(rows, 1):.1%}"
    mark = "★" if point.best else " "
    risks = f"{float(point.largest):<9.4f} {float(point.average):<9.4f}"
    return (
        f"{mark} {point.id:<13} {point.k:<6} {risks} {point.grade:<5} "
        f"{ema:<3} {kept:>8}  {float(point.information):.3f} {bar}"
    )
