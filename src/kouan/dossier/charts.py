"""Geometry of the risk charts; every number drawn also stands in the page as text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kouan.model.base import ratio
from kouan.model.text import Text

if TYPE_CHECKING:
    from kouan.model.base import Ratio
    from kouan.model.risk import RiskReport, TableRisk

WIDTH, HEIGHT = 360, 190
_LEFT, _TOP, _BASE = 34, 18, 150
_PAIRS = (("attack_max", "prosecutor_max", "journalist_max"), ("attack_avg", "prosecutor_avg", "marketer"))

_ALONE = ("share_at_risk", "sample_uniques", "class_avg", "journalist_avg")


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure before and after; key names its words."""

    key: str
    before: Ratio
    after: Ratio | None


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in the chart's own units; `side` is `before` or `after`."""

    side: str
    x: Decimal
    y: Decimal
    width: Decimal
    height: Decimal


@dataclass(frozen=True, slots=True)
class Bin:
    """One class-size bin: shares of records before and after, its bars and the middle of its label."""

    label: str
    middle: Decimal
    before: Ratio
    after: Ratio | None
    before_records: int
    after_records: int | None
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class RiskTable:
    """One table before and after treatment; `after` is None when it no longer leaves or nothing was treated."""

    before: TableRisk
    after: TableRisk | None
    gone: bool
    measures: tuple[MeasureRow, ...]
    bins: tuple[Bin, ...]
    said: Text


def grid() -> tuple[tuple[str, int], ...]:
    """Return the chart's horizontal lines: label and y."""
    return tuple((f"{part}%", int(_y(Decimal(part) / 100))) for part in (0, 25, 50, 75, 100))


def tables(report: RiskReport | None) -> tuple[RiskTable, ...]:
    """Return the tables of a risk report in the order measured before treatment."""
    if report is None:
        return ()
    after = {one.entity: one for one in report.after.tables} if report.after else {}
    result = [_table(one, after.pop(one.entity, None), gone=report.after is not None) for one in report.before.tables]
    return tuple(result)


def smallest_class(tau: Ratio) -> int:
    """Return the fewest records a class may hold so that 1/f <= tau."""
    return int((1 / tau).to_integral_value()) if tau else 0


def _table(before: TableRisk, after: TableRisk | None, *, gone: bool) -> RiskTable:
    bins = _bins(before, after)
    return RiskTable(before, after, gone and after is None, _measures(before, after), bins, _said(bins))


def _measures(before: TableRisk, after: TableRisk | None) -> tuple[MeasureRow, ...]:
    """Return the measures; two attackers whose risk is the same everywhere share one row."""
    rows = []
    for shared, first, second in _PAIRS:
        views = [one for one in (before, after) if one is not None]
        alike = all(getattr(one, first) == getattr(one, second) for one in views)
        rows += (
            [_measure(shared, first, before=before, after=after)]
            if alike
            else [_measure(key, key, before=before, after=after) for key in (first, second)]
        )
    alone = [_measure(key, key, before=before, after=after) for key in _ALONE if _known(key, before, after)]
    return (rows[0], *alone, *rows[1:])


def _known(key: str, before: TableRisk, after: TableRisk | None) -> bool:
    """Tell whether a measure was taken; the journalist's average says more than others only of a population."""
    if key == "journalist_avg" and before.population is None:
        return False
    return all(getattr(one, key) is not None for one in (before, after) if one is not None)


def _measure(key: str, name: str, *, before: TableRisk, after: TableRisk | None) -> MeasureRow:
    return MeasureRow(key, getattr(before, name), None if after is None else getattr(after, name))


def _bins(before: TableRisk, after: TableRisk | None) -> tuple[Bin, ...]:
    first = {(one.lo, one.hi): one.records for one in before.histogram}
    second = {(one.lo, one.hi): one.records for one in after.histogram} if after else {}
    spans = sorted({*first, *second}, key=lambda ends: ends[0])
    if not spans:
        return ()
    step = Decimal(WIDTH - _LEFT - 4) / len(spans)
    result = []
    for index, ends in enumerate(spans):
        left = _LEFT + step * index
        shares = [ratio(first.get(ends, 0), before.records)]
        if after is not None:
            shares.append(ratio(second.get(ends, 0), after.records))
        result.append(
            Bin(
                label=_label(*ends),
                middle=_round(left + step / 2),
                before=shares[0],
                after=shares[1] if after is not None else None,
                before_records=first.get(ends, 0),
                after_records=second.get(ends, 0) if after is not None else None,
                bars=_bars(shares, left, step),
            )
        )
    return tuple(result)


def _bars(shares: list[Decimal], left: Decimal, step: Decimal) -> tuple[Bar, ...]:
    width = min(step * Decimal("0.36"), Decimal(26))
    start = left + (step - width * len(shares)) / 2
    return tuple(
        Bar(side, _round(start + width * index), _y(share), _round(width - 1), _round(_BASE - _y(share)))
        for index, (side, share) in enumerate(zip(("before", "after"), shares, strict=False))
    )


def _said(bins: tuple[Bin, ...]) -> Text:
    """Return the chart in words."""
    zh, en = [], []
    for one in bins:
        after_zh = "" if one.after_records is None else f"，处理后 {one.after_records:,} 条"
        after_en = "" if one.after_records is None else f", after {one.after_records:,}"
        zh.append(f"大小 {one.label}：处理前 {one.before_records:,} 条{after_zh}")
        en.append(f"size {one.label}: before {one.before_records:,} records{after_en}")
    return Text(zh="；".join(zh) + "。", en="; ".join(en) + ".")


def _label(lo: int, hi: int | None) -> str:
    if hi is None:
        return f"≥{lo}"
    return str(lo) if lo == hi else f"{lo}–{hi}"


def _y(share: Decimal) -> Decimal:
    return _round(_BASE - share * (_BASE - _TOP))


def _round(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"))
