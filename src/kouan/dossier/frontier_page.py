"""The frontier as a page: a chart of risk against information kept, and every point as a row of a table."""

from __future__ import annotations

import math
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from kouan.dossier.page import render
from kouan.model.items import split_item_id
from kouan.model.text import Text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from kouan.model.frontier import Frontier, FrontierPoint

WIDTH, HEIGHT = 360, 300
_LEFT, _RIGHT, _TOP, _BASE = 34, 342, 24, 256
_HALF = 0.5
_RISKS = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001)
_SIGN, _LINE = 5.2, 10
"""Width of a sign and height of a line of a label, in the chart's own units."""
_AROUND = (
    *((7, 3), (-7, 3), (0, -7), (0, 13), (9, -9), (-9, -9), (9, 15), (-9, 15)),
    *((14, -18), (-14, -18), (14, 24), (-14, 24)),
)
"""Where a label may stand beside its point, the best place first."""

WORDS = MappingProxyType(
    {
        "title": Text(zh="风险与信息保留", en="Risk against information kept"),
        "chart": Text(zh="每个点是一种方案", en="Every point is a plan"),
        "lead": Text(
            zh="纵轴是最大风险（对数），横轴是保留的信息：越靠右下越好。标有编号的深色点，"
            "没有别的点在保留的信息、最大风险和平均风险上都不差于它。",
            en="Up: largest risk (logarithmic); across: information kept. The lower and the further right the better. "
            "Dark points, with an identifier, are plans that nothing beats in information, largest and average risk.",
        ),
        "x": Text(zh="保留的信息", en="information kept"),
        "y": Text(zh="最大风险", en="largest risk"),
        "points": Text(zh="各点", en="The points"),
        "id": Text(zh="编号", en="Identifier"),
        "k": Text(zh="最小类 k", en="Smallest class k"),
        "largest": Text(zh="最大风险", en="Largest risk"),
        "average": Text(zh="平均风险", en="Average risk"),
        "grade": Text(zh="GB/T 42460 等级", en="GB/T 42460 grade"),
        "ema": Text(zh="EMA 0.09", en="EMA 0.09"),
        "kept": Text(zh="出境的行", en="Rows that leave"),
        "information": Text(zh="保留的信息", en="Information kept"),
        "best": Text(zh="前沿", en="frontier"),
        "asked": Text(zh="要求", en="Asked for"),
        "planned": Text(zh="没有另外的要求：方案原样", en="nothing more: the plan as it was made"),
        "held": Text(zh="至多留下 {share} 的行", en="at most {share} of the rows stay here"),
        "alike": Text(zh="同一方案：{ids}", en="The same plan: {ids}"),
        "unreachable": Text(zh="任何层级组合都达不到：{ids}", en="No combination of levels reaches: {ids}"),
        "table": Text(zh="表", en="Table"),
        "rows": Text(zh="行", en="Rows"),
        "unit": Text(zh="类按什么计", en="Classes count"),
        "by_row": Text(zh="行（没有标明个人的列）", en="rows (no column names the person)"),
        "by_person": Text(zh="“{by}”所指的个人", en="persons that “{by}” names"),
        "sensitive": Text(zh="l、t 所针对的敏感项", en="Sensitive items of l and t"),
        "left": Text(
            zh="这些准标识符按方案处理、不在寻优之列，风险已计入：{items}",
            en="These quasi-identifiers are treated as planned and not searched; the risk counts them: {items}",
        ),
        "how": Text(zh="怎样选定", en="How to pick one"),
        "pick": Text(
            zh="选一个编号，写成方案，再按方案办理：", en="Choose an identifier, write its plan, and go on with it:"
        ),
        "said": Text(
            zh="风险按检察官情形计：最大为 1/最小类，平均为类数/人数（没有标明个人的列时为行数），"
            "计入出境的全部准标识符。"
            "保留的信息为 1 减去损失（Iyengar 2002，各项取 1+损失的几何平均）；留下不出境的行算作全部损失。"
            "等级只就本表而言；EMA 0.09 为 EMA/0070 对最大风险的要求，用于临床数据，其他数据仅作参照。"
            "处理后以 kouan clear 的报告为准。各点只由数据和要求决定，再算一遍仍是同一些点。",
            en="Risk is the prosecutor's: 1 over the smallest class, and classes over persons (rows where no column "
            "names the person), over every quasi-identifier that leaves. Information kept is 1 less the loss (Iyengar "
            "2002, joined over the items by the geometric mean of 1 + loss); a row that stays here has lost all. The "
            "grade is of this table alone; EMA 0.09 is what EMA/0070 asks of the largest risk, of clinical data: for "
            "others it is a yardstick. After treatment the report of kouan clear counts. The points follow from the "
            "data and from what is asked for alone: computed again they are the same.",
        ),
        "no": Text(zh="未达到", en="not met"),
        "yes": Text(zh="达到", en="met"),
    }
)


@dataclass(frozen=True, slots=True)
class Dot:
    """One point in the chart's own units; the label's place where it has one."""

    point: FrontierPoint
    x: float
    y: float
    label_x: float = 0.0
    label_y: float = 0.0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the grid."""

    at: float
    label: str


def render_frontier(frontier: Frontier, *, lang: str, title: str, made_at: dt.datetime, tool: str) -> str:
    """Return a frontier as one self-contained page in both languages, without script.

    Args:
        frontier: of one table.
        lang: the language shown first, "zh" or "en".
        title: of the transfer.
        made_at: instant of the page.
        tool: name and version of the software.
    """
    points = sorted(frontier.points, key=lambda one: (-one.information, one.largest, one.id))
    scale = _Scale.of(points)
    bounds = [
        Line(scale.y(float(risk)), name)
        for risk, name in ((frontier.bound, "EMA"), (frontier.tau, "GB/T τ"))
        if scale.shows(float(risk))
    ]
    return render(
        "frontier.html.j2",
        lang=lang,
        frontier=frontier,
        points=points,
        dots=_dots(points, scale, [line.at for line in bounds]),
        across=[Line(scale.x(share / 100), f"{share}%") for share in scale.shares],
        up=[Line(scale.y(risk), f"{risk:g}") for risk in scale.risks],
        bounds=bounds,
        person=None if frontier.unit == "row" else split_item_id(frontier.unit)[2],
        size=(WIDTH, HEIGHT),
        frame=(_LEFT, _RIGHT, _TOP, _BASE),
        f=WORDS,
        title=title,
        made_at=made_at,
        tool=tool,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    """Information from `low` to 1 across, risk from `least` to 1 up, logarithmic."""

    low: float
    least: float

    @classmethod
    def of(cls, points: Sequence[FrontierPoint]) -> _Scale:
        low = min((float(one.information) for one in points), default=0.0)
        least = min((_HALF, *(float(one.largest) for one in points if one.largest)))
        return cls(max(0.0, math.floor(low * 10) / 10), next((risk for risk in _RISKS if risk <= least), _RISKS[-1]))

    @property
    def shares(self) -> list[int]:
        step = 10 if self.low >= _HALF else 20
        return [share for share in range(0, 101, step) if share / 100 >= self.low - 1e-9]

    @property
    def risks(self) -> list[float]:
        return [risk for risk in _RISKS if risk >= self.least]

    def shows(self, risk: float) -> bool:
        return self.least <= risk <= 1

    def x(self, information: float) -> float:
        share = (information - self.low) / max(1 - self.low, 1e-9)
        return round(_LEFT + share * (_RIGHT - _LEFT), 1)

    def y(self, risk: float) -> float:
        share = math.log(max(risk, self.least)) / math.log(self.least)
        return round(_TOP + share * (_BASE - _TOP), 1)


def _dots(points: Sequence[FrontierPoint], scale: _Scale, lines: Sequence[float]) -> list[Dot]:
    """Place every point, and the labels of those that nothing beats where they cover neither points nor each other."""
    dots = [Dot(one, scale.x(float(one.information)), scale.y(float(one.largest))) for one in points]
    taken = [(dot.x - 3, dot.y - 3, dot.x + 3, dot.y + 3) for dot in dots]
    taken += [(float(_LEFT), at - 1, float(_RIGHT), at + 1) for at in lines]
    placed = []
    for dot in dots:
        if not dot.point.best:
            placed.append(dot)
            continue
        spots = [_spot(dot, dx, dy) for dx, dy in _AROUND]
        chosen, box = min(spots, key=lambda spot: sum(_overlap(spot[1], other) for other in taken))
        taken.append(box)
        placed.append(chosen)
    return placed


def _spot(dot: Dot, dx: int, dy: int) -> tuple[Dot, tuple[float, float, float, float]]:
    wide = _SIGN * len(dot.point.id)
    anchor = "start" if dx > 0 else "end" if dx < 0 else "middle"
    x, y = dot.x + dx, dot.y + dy
    left = x - {"start": 0.0, "end": wide, "middle": wide / 2}[anchor]
    box = (left, y - _LINE + 2, left + wide, y + 2)
    return Dot(dot.point, dot.x, dot.y, round(x, 1), round(y, 1), anchor), box


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    """Return how much of a label's box another covers, and how far it leaves the chart."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    outside = max(0.0, one[2] - WIDTH) + max(0.0, _LEFT - one[0]) + max(0.0, one[3] - _BASE)
    return (width * height if width > 0 and height > 0 else 0.0) + outside
