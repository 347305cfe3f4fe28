"""Rows of a table before and after treatment side by side, a part of them set aside as persons outside the release.

Where rows stand in the same order, those of a third of the persons are taken out of the treated table before it is
attacked: they are a control set of the same kind, and what an attack achieves against them anybody could guess.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.risk.attacks.drawing import draw_classes
from kouan.risk.attacks.space import as_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.formats.source import Entity

_OUTSIDE = 1 / 3
_LEAST = 40
"""Control rows that are worth comparing with."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Rows to attack.

    Attributes:
        original: before treatment, with further columns than the treated.
        treated: what of them is released.
        control: before treatment, of persons who are not in `original`; None where there are none.
    """

    original: pa.Table
    treated: pa.Table
    control: pa.Table | None


def read_pair(
    raw: Entity,
    treated: Entity,
    *,
    shared: Sequence[str],
    further: Sequence[str],
    person: str | None,
    rows: int,
    most: int,
    seed: int,
    classes: Sequence[str] = (),
    kept: npt.NDArray[np.bool_] | None = None,
) -> Pair:
    """Read the same rows of both tables and set control rows aside.

    Args:
        raw: before treatment.
        treated: after it, its rows in the order of those of `raw` that leave.
        shared: columns of both to read.
        further: columns of `raw` alone to read.
        person: column of `raw` that names the person; rows of one person stay together. None: each row is one.
        rows: of `treated`.
        most: rows to read; of more as many are drawn by lot.
        seed: of both draws.
        classes: columns of `treated` in which persons who look the same agree; their rows are drawn together.
        kept: bool [rows of `raw`], which left; None when all did.

    Raises:
        KouanError: of a reader.
    """
    rng = np.random.default_rng(seed)
    places = _drawn(treated, list(classes), rows, most, rng) if rows > most else None
    names = list(dict.fromkeys((*shared, *further, *([person] if person else ()))))
    before = _read(raw, names, _among(kept, places))
    after = _read(treated, list(shared), places)
    outside = _outside(before, person, rng)
    if before.num_rows != after.num_rows or outside is None:
        return Pair(before, after, None)
    inside = pa.array(~outside)
    return Pair(before.filter(inside), after.filter(inside), before.filter(pa.array(outside)))


def read_whole(raw: Entity, treated: Entity, *, shared: Sequence[str], further: Sequence[str]) -> Pair:
    """Read both tables whole where nobody knows which rows belong together; there is no control then."""
    return Pair(_read(raw, list(dict.fromkeys((*shared, *further))), None), _read(treated, list(shared), None), None)


def _drawn(
    treated: Entity, classes: list[str], rows: int, most: int, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    if not classes:
        return np.sort(rng.choice(rows, size=most, replace=False))
    return draw_classes(_read(treated, classes, None), most, rng)


def _among(kept: npt.NDArray[np.bool_] | None, places: npt.NDArray[np.int64] | None) -> npt.NDArray[np.int64] | None:
    """Return where rows of the treated table stand in the raw one; None for all of both."""
    if kept is None:
        return places
    left = np.flatnonzero(kept)
    return left if places is None else left[places]


def _read(entity: Entity, names: list[str], places: npt.NDArray[np.int64] | None) -> pa.Table:
    found, start = [], 0
    for raw in entity.batches(names):
        batch = raw.select(names)
        end = start + batch.num_rows
        if places is not None:
            first, last = np.searchsorted(places, [start, end])
            batch = batch.take(pa.array(places[first:last] - start))
        found.append(pa.record_batch([_short(column) for column in batch.columns], names=names))
        start = end
    schema = pa.schema([entity.schema.field(name) for name in names])
    return pa.Table.from_batches(found, schema=found[0].schema if found else schema).unify_dictionaries()


def _short(column: pa.Array) -> pa.Array:
    """Return texts as four bytes a row and each of them once."""
    return column.dictionary_encode() if pa.types.is_string(column.type) else column


def _outside(table: pa.Table, person: str | None, rng: np.random.Generator) -> npt.NDArray[np.bool_] | None:
    """Return which rows are of the persons set aside; None where too few would be on either side."""
    if person is None:
        drawn = rng.random(table.num_rows) < _OUTSIDE
    else:
        names = as_texts(table.column(person)).combine_chunks().dictionary_encode()
        codes = names.indices.fill_null(len(names.dictionary)).to_numpy(zero_copy_only=False)
        drawn = (rng.random(len(names.dictionary) + 1) < _OUTSIDE)[codes]
    many = int(drawn.sum())
    return drawn if min(many, len(drawn) - many) >= _LEAST else None
