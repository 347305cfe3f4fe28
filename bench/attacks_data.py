"""The parts of the public census table `adult` on which attacks are compared, the same bytes everywhere."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc

if TYPE_CHECKING:
    from pathlib import Path

LINK = (
    ("sex", "age", "race", "marital-status"),
    ("education", "native-country", "workclass", "occupation", "salary-class"),
)
_SWAPPED = 0.3
_YEARS = 5


def parts(adult: Path) -> dict[str, pa.Table]:
    """Return `original`, `control`, `independent` (thirds of the distinct rows, by their digests) and `noised`.

    In `noised`, a copy of the original, ages move by up to five years and three words of ten are those of another row.

    Args:
        adult: `adult/adult.csv`.
    """
    head, *rows = adult.read_bytes().splitlines()
    rows = sorted(set(rows), key=lambda row: hashlib.sha256(row).digest())
    third = len(rows) // 3
    found = {
        name: _table(head, rows[number * third : (number + 1) * third])
        for number, name in enumerate(("original", "control", "independent"))
    }
    return {**found, "noised": _noised(found["original"])}


def _table(head: bytes, rows: list[bytes]) -> pa.Table:
    text = b"\n".join([head, *rows])
    return pc.read_csv(pa.BufferReader(text), parse_options=pc.ParseOptions(delimiter=";"))


def _noised(table: pa.Table) -> pa.Table:
    rng = np.random.Generator(np.random.PCG64(20))
    columns = {}
    for name in table.column_names:
        values = table.column(name).combine_chunks()
        if name == "age":
            moved = values.to_numpy() + np.floor(rng.random(len(values)) * (2 * _YEARS + 1)).astype(np.int64) - _YEARS
            columns[name] = pa.array(np.clip(moved, 17, 90))
            continue
        other = np.floor(rng.random(len(values)) * len(values)).astype(np.int64)
        place = np.where(rng.random(len(values)) < _SWAPPED, other, np.arange(len(values)))
        columns[name] = values.take(pa.array(place))
    return pa.table(columns)
