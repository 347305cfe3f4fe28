"""Membership: does a released table of counts show that somebody is in the data? (Homer et al. 2008, as a ratio)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.model.attacks import Attack, AttackResult
from kouan.risk import attack_messages as messages
from kouan.risk.attacks.column import Numbers
from kouan.risk.attacks.intervals import Sampling, risk, successes
from kouan.risk.attacks.labels import number
from kouan.risk.attacks.space import as_texts, make_space

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.risk.attacks.column import Column

_BLOCK = 1000
_LEAST_CONTROL = 4


@dataclass(frozen=True, slots=True)
class Membership(Sampling):
    """How membership is tried.

    Attributes:
        false_claims: share of outsiders whom the attacker is ready to claim wrongly; sets his threshold.
    """

    false_claims: float = 0.05


def membership(
    released: Sequence[pa.Table],
    count: str,
    original: pa.Table,
    control: pa.Table | None,
    options: Membership | None = None,
) -> AttackResult:
    """Try to tell from tables of counts who was counted.

    The attacker knows a person's values and, from half of the control, how common they are among others. For each
    table he compares the released share of the person's cell with that; the logarithms of the ratios are summed, and
    above a threshold he claims that the person is in. The other half of the control is the persons who are not.

    Args:
        released: tables of counts, a row a cell, with columns of the original and one of counts; cells whose count is
            no number (suppressed) are left aside.
        count: name of the column of counts.
        original: rows that were counted.
        control: rows of the same kind that were not counted.
        options: number of attacks, seed, false claims.

    Raises:
        KouanError: K-RSK-066 without a control of four rows or more, K-RSK-067 when a table has no such column
            of counts, K-RSK-060 when another column of it is unknown, K-RSK-061 and K-RSK-062 as in `make_space`.
    """
    options = options or Membership()
    if control is None or control.num_rows < _LEAST_CONTROL:
        raise messages.CONTROL_NEEDED.at("control")
    rng = np.random.default_rng(options.seed)
    order = rng.permutation(control.num_rows)
    half = len(order) // 2
    reference, outside = control.take(order[:half]), control.take(order[half:])
    tries = [min(options.attacks, table.num_rows) for table in (original, outside)]
    members = original.take(rng.choice(original.num_rows, size=tries[0], replace=False))
    others = outside.take(rng.choice(outside.num_rows, size=tries[1], replace=False))
    each = [_scores(table, count, (reference, members, others)) for table in released]
    scores = [np.sum(parts, axis=0) for parts in zip(*each, strict=True)]
    threshold = np.quantile(scores[0], 1 - options.false_claims)
    main = successes(int((scores[1] > threshold).sum()), tries[0], options.z)
    outsiders = successes(int((scores[2] > threshold).sum()), tries[1], options.z)
    blind = int((rng.random(tries[0]) < options.false_claims).sum())
    return AttackResult(
        attack=Attack.MEMBERSHIP,
        main=main,
        baseline=successes(blind, tries[0], options.z),
        control=outsiders,
        risk=risk(main, outsiders, options.z),
        assumes=(messages.ASSUMES_MEMBER.fill(share=f"{options.false_claims:.0%}"),),
    )


def _scores(table: pa.Table, count: str, people: Sequence[pa.Table]) -> list[npt.NDArray[np.float64]]:
    """Return for each person the logarithm of the released over the usual share of his cell."""
    if count not in table.column_names:
        raise messages.NO_COUNTS.at(count, name=count)
    numbers = [number(text or "") for text in as_texts(table.column(count)).to_pylist()]
    sure = [place for place, one in enumerate(numbers) if one is not None]
    counts = np.array([numbers[place] for place in sure], dtype=np.float64)
    cells = table.take(sure).drop_columns([count])
    names = [name for name in cells.column_names if name in people[0].column_names]
    together = make_space(pa.concat_tables([_worded(one, names) for one in people]), cells)
    fits = _cells(together.pick(cells.column_names), together.rows[0], len(sure))
    inside = np.split(fits, np.cumsum([one.num_rows for one in people])[:-1])
    usual = inside[0].sum(axis=0)
    found = []
    for which in inside:
        released = (which @ counts + 0.5) / (counts.sum() + 1)
        common = (which @ usual + 0.5) / (len(inside[0]) + 1)
        found.append(np.log(released) - np.log(common))
    return found


def _worded(table: pa.Table, names: Sequence[str]) -> pa.Table:
    """Return columns as text: two files of the same kind need not have been read with the same types."""
    return pa.table({name: as_texts(table.column(name)) for name in names})


def _cells(columns: Sequence[Column], rows: int, cells: int) -> npt.NDArray[np.bool_]:
    """Return bool [rows, cells]: which cells a person may be counted in."""
    found = np.ones((rows, cells), dtype=np.bool_)
    for one in columns:
        codes = one.coded.original
        for begin in range(0, rows, _BLOCK):
            block = codes[begin : begin + _BLOCK]
            if isinstance(one, Numbers):
                value = one.known[block][:, None]
                fits = (one.low <= value) & (value <= one.high)
            else:
                fits = np.zeros((len(block), one.labels), dtype=np.bool_)
                fits[one.covering.pairs(block)] = True
            fits[:, 0] = block == 0
            found[begin : begin + _BLOCK] &= fits[:, one.coded.treated]
    return found
