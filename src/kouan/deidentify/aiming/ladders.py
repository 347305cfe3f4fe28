"""From what a plan does to an item, coarser and coarser, to leaving it out: the steps that a search may choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.dates import UNITS
from kouan.deidentify.hierarchy import Hierarchy
from kouan.deidentify.numbers import OLDEST, as_number
from kouan.model.plan import Action, PlanLine

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from kouan.deidentify.aiming.steps import Column
    from kouan.deidentify.hierarchies import PlanFile
    from kouan.model.inventory import Item

    Params = dict[str, int | str]

_DATES = frozenset({"birth_date", "hire_date", "event_date", "account_time", "health_date", "date"})
_PLACES = frozenset({"city", "region", "address", "origin"})
_CODED = frozenset({"postcode", "region", "city", "origin"})
_BANDS = (5, 10, 20)
_TOP_AGE = 80
_KEPT = (32, 16, 8, 4, 2)
"""Values that stay beside 'other', at the most."""
_BINS = (40, 2)
"""Bins that a column is cut into, at the most and at the least."""
_TIMES = (1, 5, 10, 50, 100, 500, 1000)
"""Widths in steps of which each is a part of the next."""
_WIDER = (2, 4, 5, 10, 20, 50, 100)
_TAIL = 0.05
_NUMERIC, _FEW = 0.95, 20
_DIGITS = r"^\d{4,12}$"


def coarser(
    item: Item,
    floor: PlanLine,
    column: Column,
    *,
    least: int,
    hierarchies: Mapping[str, PlanFile],
) -> list[PlanLine]:
    """Return lines coarser than the floor, finest first, without leaving the item out; none where no rule applies.

    The lines may turn out to be no coarsening of each other on these values, which is for the caller to see.

    Args:
        item: raw.
        floor: what the plan does to it.
        column: its values.
        least: rows of the smallest class that is aimed at.
        hierarchies: that the plan names.
    """
    told: Iterator[tuple[Action, Params]] = iter(())
    if floor.action in {Action.KEEP, Action.SUPPRESS}:
        told = _of_values(item, column, least)
    elif floor.action is Action.MASK:
        told = _masks(floor, column.values)
    elif floor.action is Action.GENERALISE:
        told = _generalised(floor, hierarchies)
    return [PlanLine(item=item.id, action=action, params=params, why=floor.why) for action, params in told]


def left_out(floor: PlanLine) -> PlanLine:
    """Return the last step."""
    return PlanLine(item=floor.item, action=Action.DROP, why=floor.why)


def _of_values(item: Item, column: Column, least: int) -> Iterator[tuple[Action, Params]]:
    """Yield the steps of what stays as it is, by its meaning, its type and its values."""
    values, counts = column.values, column.counts[1:]
    if item.meaning in _DATES or pa.types.is_temporal(values.type):
        yield from (_to(unit) for unit in UNITS)
    elif item.meaning == "age":
        yield from (_to("age_band", width=width, top=_TOP_AGE) for width in _BANDS)
    elif item.meaning in _CODED and _all_digits(values):
        yield from (_mask(kept) for kept in (4, 2))
    elif item.meaning in _PLACES:
        # What names no province that is known has its rare values put together instead.
        yield from (_to("city"), _to("province"))
        yield from _rare(values, column.persons[1:], least)
    elif _is_number(values, counts):
        yield from _bins(values, counts)
    else:
        yield from _rare(values, column.persons[1:], least)


def _generalised(floor: PlanLine, hierarchies: Mapping[str, PlanFile]) -> Iterator[tuple[Action, Params]]:
    to, params = str(floor.params.get("to")), dict(floor.params)
    if to in UNITS:
        yield from (_to(unit) for unit in UNITS[UNITS.index(to) + 1 :])
    elif to == "city":
        yield _to("province")
    elif to == "age_band":
        width, top = int(params.get("width", _BANDS[0])), int(params.get("top", _TOP_AGE))
        wider = (one for one in _BANDS if one > width and one % width == 0 and top % one == 0)
        yield from (_to(to, width=one, top=top) for one in wider if top <= OLDEST)
    elif to == "bins":
        width = int(params["width"])
        ends = [int(params[name]) for name in ("top", "bottom") if name in params]
        wider = (
            width * times for times in (2, 4, 5, 10, 20, 50, 100) if not any(end % (width * times) for end in ends)
        )
        yield from ((Action.GENERALISE, {**params, "width": one}) for one in wider)
    elif to == "hierarchy" and isinstance(file := hierarchies.get(str(params.get("file"))), Hierarchy):
        levels = range(int(params["level"]) + 1, file.height + 1)
        yield from ((Action.GENERALISE, {**params, "level": level}) for level in levels)


def _to(to: str, **params: int) -> tuple[Action, Params]:
    return Action.GENERALISE, {"to": to, **params}


def _mask(kept: int) -> tuple[Action, Params]:
    return Action.MASK, {"keep_start": kept}


def _masks(floor: PlanLine, values: pa.Array) -> Iterator[tuple[Action, Params]]:
    """Yield fewer leading characters of codes whose first digits are the larger area."""
    start = int(floor.params.get("keep_start", 0))
    if "keep_end" not in floor.params and _all_digits(values):
        yield from (_mask(kept) for kept in range(start - 2, 0, -2))


def _rare(values: pa.Array, persons: npt.NDArray[np.int64], least: int) -> Iterator[tuple[Action, Params]]:
    """Yield thresholds below which a value becomes 'other': what no class can hold, then all but the commonest."""
    ordered = np.sort(persons)[::-1]
    # Halfway to the next value: a few persons counted otherwise under treatment change nothing.
    halves = [int(ordered[kept - 1] + ordered[kept]) // 2 + 1 for kept in _KEPT if kept < len(ordered)]
    below = [max(2, least), *halves]
    other = "OTHER" if _is_ascii(values) else "其他"
    for one in sorted({number for number in below if number >= max(2, least)}):
        yield Action.SUPPRESS, {"below": min(one, 1_000_000), "other": other}


def _bins(values: pa.Array, counts: npt.NDArray[np.int64]) -> Iterator[tuple[Action, Params]]:
    """Yield bins from fine to coarse whose open ends take in the tails of the column."""
    numbers = np.asarray(pc.fill_null(as_number(values), np.nan), float)
    there = ~np.isnan(numbers)
    order = np.argsort(numbers[there])
    found, weights = numbers[there][order], np.cumsum(counts[there][order])
    low, high = (float(found[int(np.searchsorted(weights, share * weights[-1]))]) for share in (_TAIL, 1 - _TAIL))
    size = 10 ** max(0, int(np.floor(np.log10(max(high - low, 1)))) - 2)
    widths = [size * times for times in _TIMES if _BINS[1] <= (high - low) / (size * times) <= _BINS[0]]
    if not widths:
        return
    ends: Params = {}
    bottom, top = int(low // widths[-1] * widths[-1]), int(-(-high // widths[-1]) * widths[-1])
    if bottom >= top:
        return
    if found[0] < bottom:
        ends["bottom"] = bottom
    if found[-1] >= top:
        ends["top"] = top
    for width in widths:
        yield Action.GENERALISE, {"to": "bins", "width": width, **ends}


def _is_number(values: pa.Array, counts: npt.NDArray[np.int64]) -> bool:
    if len(values) <= _FEW or pa.types.is_boolean(values.type):
        return False
    read = np.asarray(pc.is_valid(as_number(values)))
    return bool(counts[read].sum() >= _NUMERIC * counts.sum())


def _all_digits(values: pa.Array) -> bool:
    if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)) or not len(values):
        return False
    return bool(pc.all(pc.match_substring_regex(values, _DIGITS)).as_py())


def _is_ascii(values: pa.Array) -> bool:
    texts = values if pa.types.is_string(values.type) else values.cast(pa.string())
    return bool(pc.all(pc.string_is_ascii(texts)).as_py()) if len(values) else False
