"""Risk against use: what each protection costs one table, for a person to pick from."""

from __future__ import annotations

from kouan.model.base import Frozen, Ratio
from kouan.model.risk import Judgement
from kouan.model.text import Text


class FrontierLevel(Frozen):
    """An item at one point: what becomes of it."""

    item: str
    level: int
    told: Text


class FrontierPoint(Frozen):
    """One plan, the best under what was asked for.

    Attributes:
        id: what was asked for, in short; the same data give the same plan for it.
        alike: other points that come to the same plan.
        models: that every class meets.
        suppress: share of rows that may stay here.
        levels: of the items searched.
        kept: rows that leave, of `rows` of the table.
        k: smallest class; classes: how many.
        largest, average: prosecutor risk, max 1/f and classes over records.
        grade: of GB/T 42460-2023; ema: of EMA/0070.
        information: kept, 1 less the loss (Iyengar): rows that stay here have lost all.
        best: no other point keeps as much with no higher largest and average risk.
    """

    id: str
    alike: tuple[str, ...] = ()
    models: tuple[str, ...]
    suppress: Ratio
    levels: tuple[FrontierLevel, ...]
    kept: int
    k: int
    classes: int
    largest: Ratio
    average: Ratio
    grade: int
    ema: Judgement
    information: Ratio
    best: bool = False


class Frontier(Frozen):
    """All points of one table.

    Attributes:
        entity: `source!entity`.
        rows: of it.
        unit: `row`, or the item whose values are the persons that classes count.
        sensitive: items that l and t speak of.
        left: other quasi-identifiers that leave as the plan has them: counted in the risk, not searched.
        unreachable: what was asked for and no combination of levels reaches.
        bound: largest risk that EMA/0070 accepts; tau: that GB/T 42460-2023 accepts of a class in this release mode.
    """

    entity: str
    rows: int
    unit: str
    sensitive: tuple[str, ...]
    left: tuple[str, ...]
    points: tuple[FrontierPoint, ...]
    unreachable: tuple[str, ...] = ()
    bound: Ratio
    tau: Ratio
