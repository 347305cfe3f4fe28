"""Singling out: a condition read off the treated table fits exactly one original row (WP29 Opinion 05/2014, 2.2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from kouan.model.attacks import Attack, AttackResult
from kouan.risk import attack_messages as messages
from kouan.risk.attacks.column import Numbers
from kouan.risk.attacks.intervals import Sampling, risk, successes
from kouan.risk.attacks.predicates import Predicates, Rows, Sign
from kouan.risk.attacks.sizes import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.risk.attacks.column import Column
    from kouan.risk.attacks.space import Space

_BATCH = 2000
_MOST_SETS = 20_000


@dataclass(frozen=True, slots=True)
class SinglingOut(Sampling):
    """How singling out is tried.

    Attributes:
        columns: conditions joined in one predicate; 1 tries the extreme and the rare values of single columns.
        tries: predicates made at most, to find `attacks` that fit exactly one treated row.
    """

    columns: int = 3
    tries: int = 200_000


def singling_out(space: Space, names: Sequence[str] = (), options: SinglingOut | None = None) -> AttackResult:
    """Make predicates that fit exactly one treated row, and count those that fit exactly one original row.

    As in Anonymeter, a table stands here for its distinct rows, and predicates that could not be found count as failed
    attacks. The baseline makes predicates blindly from treated values. Where the control has another number of distinct
    rows than the original, its successes are scaled to that number (see `sizes`).

    Args:
        space: the tables.
        names: columns that predicates may use; all when empty.
        options: number of attacks, seed, columns in one predicate.

    Raises:
        KouanError: K-RSK-060 for an unknown column.
    """
    options = options or SinglingOut()
    names = tuple(names) or tuple(space.columns)
    columns = space.pick(names)
    width = min(options.columns, len(columns))
    rng = np.random.default_rng(options.seed)
    treated = Rows(columns, [one.coded.treated for one in columns], treated=True)
    original = Rows(columns, [one.coded.original for one in columns], treated=False)
    made = _single(columns, treated, options, rng) if width == 1 else _joint(columns, treated, options, rng, width)
    blind = _blind(columns, treated, options.attacks, rng, width)
    main = successes(_fits(original, made), options.attacks, options.z)
    notes = [] if space.has_control else [messages.NO_CONTROL]
    if len(made) < options.attacks:
        notes.append(messages.FEW_PREDICATES.fill(found=f"{len(made):,}", wanted=f"{options.attacks:,}"))
    control = None
    if space.has_control:
        outside = Rows(columns, [_control(one) for one in columns], treated=False)
        worked = scaled(outside, made, original.count, rng)
        control = successes(min(worked, options.attacks), options.attacks, options.z)
    return AttackResult(
        attack=Attack.SINGLING_OUT_ONE if width == 1 else Attack.SINGLING_OUT,
        aux=(names,),
        main=main,
        baseline=successes(_fits(original, blind), options.attacks, options.z),
        control=control,
        risk=risk(main, control, options.z),
        assumes=((messages.ASSUMES_ONE if width == 1 else messages.ASSUMES_JOINT.fill(count=width)),),
        notes=tuple(notes),
    )


def _fits(rows: Rows, predicates: Predicates) -> int:
    return int((rows.counts(predicates) == 1).sum())


def _control(column: Column) -> npt.NDArray[np.int32]:
    return column.coded.control if column.coded.control is not None else np.empty(0, dtype=np.int32)


def _joint(
    columns: Sequence[Column], treated: Rows, options: SinglingOut, rng: np.random.Generator, width: int
) -> Predicates:
    """Read predicates off treated rows drawn by lot: equal words, numbers at least as extreme seen from the median."""
    medians = [_median(one, codes) for one, codes in zip(columns, treated.codes, strict=True)]
    kept: dict[bytes, Predicates] = {}
    tried = 0
    while len(kept) < options.attacks and tried < options.tries:
        batch = min(_BATCH, 2 * options.attacks, options.tries - tried)
        tried += batch
        rows = rng.integers(0, treated.count, size=batch)
        chosen = _choose(len(columns), batch, width, rng)
        signs, labels = np.zeros_like(chosen), np.zeros_like(chosen)
        for number, (one, codes) in enumerate(zip(columns, treated.codes, strict=True)):
            there = chosen == number
            labels[there] = np.broadcast_to(codes[rows][:, None], there.shape)[there]
            if isinstance(one, Numbers):
                middle = _middle(one)[labels[there]]
                signs[there] = np.where(middle > medians[number], Sign.AT_LEAST, Sign.AT_MOST)
                signs[there] = np.where(labels[there] == 0, Sign.IS, signs[there])
        made = Predicates(chosen, signs, labels)
        _keep(kept, made.take(np.flatnonzero(treated.counts(made) == 1)), options.attacks)
    return _joined(kept, width)


def _single(columns: Sequence[Column], treated: Rows, options: SinglingOut, rng: np.random.Generator) -> Predicates:
    """Return conditions on one column that fit one treated row: its ends, its rare values, its only null."""
    found = []
    for number, (one, codes) in enumerate(zip(columns, treated.codes, strict=True)):
        rare = np.flatnonzero(np.bincount(codes, minlength=one.labels) == 1)
        found.append(np.stack([np.full_like(rare, number), np.full_like(rare, Sign.IS), rare], axis=1))
        filled = np.unique(codes[codes != 0])
        if isinstance(one, Numbers) and len(filled):
            found.append(np.array([[number, Sign.AT_MOST, filled[np.argmin(one.high[filled])]]]))
            found.append(np.array([[number, Sign.AT_LEAST, filled[np.argmax(one.low[filled])]]]))
    table = np.concatenate(found).astype(np.int64)
    table = table[rng.permutation(len(table))]
    kept: dict[bytes, Predicates] = {}
    step = min(_BATCH, 2 * options.attacks)
    for begin in range(0, len(table), step):
        some = table[begin : begin + step]
        made = Predicates(some[:, :1], some[:, 1:2], some[:, 2:])
        _keep(kept, made.take(np.flatnonzero(treated.counts(made) == 1)), options.attacks)
        if len(kept) >= options.attacks:
            break
    return _joined(kept, 1)


def _blind(columns: Sequence[Column], treated: Rows, count: int, rng: np.random.Generator, width: int) -> Predicates:
    """Make predicates of treated values and signs, all drawn blindly."""
    chosen = _choose(len(columns), count, width, rng)
    signs, labels = np.zeros_like(chosen), np.zeros_like(chosen)
    for number, (one, codes) in enumerate(zip(columns, treated.codes, strict=True)):
        there = chosen == number
        many = int(there.sum())
        labels[there] = rng.choice(np.unique(codes), size=many)
        signs[there] = rng.integers(0, len(Sign) if isinstance(one, Numbers) else 2, size=many)
    return Predicates(chosen, signs, labels)


def _choose(columns: int, count: int, width: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Return int64 [count, width], different columns in rising order."""
    if comb(columns, width) <= _MOST_SETS:
        sets = np.array(list(combinations(range(columns), width)), dtype=np.int64)
        return sets[rng.integers(0, len(sets), size=count)]
    return np.sort(np.argsort(rng.random((count, columns)), axis=1)[:, :width], axis=1).astype(np.int64)


def _keep(kept: dict[bytes, Predicates], made: Predicates, most: int) -> None:
    for number, key in enumerate(made.keys()):
        if len(kept) >= most:
            return
        kept.setdefault(key, made.take(np.array([number])))


def _joined(kept: dict[bytes, Predicates], width: int) -> Predicates:
    if not kept:
        nothing = np.zeros((0, width), dtype=np.int64)
        return Predicates(nothing, nothing, nothing)
    parts = list(kept.values())
    return Predicates(
        np.vstack([one.columns for one in parts]),
        np.vstack([one.signs for one in parts]),
        np.vstack([one.labels for one in parts]),
    )


def _median(column: Column, codes: npt.NDArray[np.int32]) -> float:
    if not isinstance(column, Numbers):
        return 0.0
    middle = _middle(column)[codes]
    middle = middle[np.isfinite(middle)]
    return float(np.median(middle)) if len(middle) else 0.0


def _middle(column: Numbers) -> npt.NDArray[np.float64]:
    """Return the middle of each label; of an open one its end."""
    with np.errstate(invalid="ignore"):
        middle = (column.low + column.high) / 2
        middle = np.where(np.isfinite(column.low), middle, column.high)
        return np.where(np.isfinite(column.low) & ~np.isfinite(column.high), column.low, middle)
