"""What is known of one column after reading it: mergeable, so that any split into batches gives the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from kouan.recognize import messages
from kouan.recognize.cells import as_text, kind_of, read_cells
from kouan.recognize.scan import scan
from kouan.recognize.values import look

if TYPE_CHECKING:
    from kouan.model.time import LegalDay
    from kouan.recognize.cells import Cells
    from kouan.recognize.lexicon import Lexicon

DISTINCT_MAX = 20_000
FEW = 50
"""Distinct values of a list of codes at the most (sex, education, store)."""
_NUMERIC_DIGITS = ("integer", "decimal")


@dataclass(frozen=True, slots=True)
class Profile:
    """Counts over a part of a column.

    Attributes:
        name, type, kind: column name, Arrow type as text, and its kind.
        cells, missing: all cells and those that hold nothing.
        shown: the first three distinct values, raw: to be masked.
        distinct: distinct values while there are at most 20,000, else None.
        tally: cells by value, raw, while there are at most 50 values, else None.
        counts: weighted cells by what was found in them.
    """

    name: str
    type: str
    kind: str
    cells: int
    missing: int
    shown: tuple[str, ...]
    distinct: Any
    tally: Counter[str] | None
    counts: Counter[str]

    @property
    def filled(self) -> int:
        """Cells that hold something."""
        return self.cells - self.missing

    def share(self, key: str) -> float:
        """Return the share of filled cells counted under a key."""
        return self.counts[key] / self.filled if self.filled else 0.0


def profile_column(name: str, column: Any, *, lexicon: Lexicon, today: LegalDay) -> Profile:
    """Profile one part of a column. Raises KouanError K-REC-003 when its cells cannot be interpreted."""
    try:
        cells = read_cells(column, lexicon)
        counts = look(cells, lexicon, today)
        if cells.kind == "text" or cells.kind in _NUMERIC_DIGITS:
            counts += scan(cells, lexicon, today)
    except (pa.ArrowException, UnicodeDecodeError):
        raise messages.CELLS_UNREADABLE.at(name, column=name) from None
    distinct = cells.raw if cells.kind != "other" else None
    return Profile(
        name=name,
        type=str(column.type),
        kind=cells.kind,
        cells=cells.total,
        missing=cells.missing,
        shown=cells.shown,
        distinct=_bounded(distinct),
        tally=_tally(cells),
        counts=counts,
    )


def empty_profile(name: str, type_: Any) -> Profile:
    """Return the profile of a column without rows."""
    return Profile(name, str(type_), kind_of(type_), 0, 0, (), pa.array([], pa.string()), Counter(), Counter())


def merge_profiles(left: Profile, right: Profile) -> Profile:
    """Return the profile of two parts in their order."""
    distinct = None
    if left.distinct is not None and right.distinct is not None:
        distinct = _bounded(pa.concat_arrays([left.distinct, right.distinct]).unique())
    return Profile(
        name=left.name,
        type=left.type,
        kind=left.kind,
        cells=left.cells + right.cells,
        missing=left.missing + right.missing,
        shown=tuple(dict.fromkeys(left.shown + right.shown))[:3],
        distinct=distinct,
        tally=None if left.tally is None or right.tally is None else _few(left.tally + right.tally),
        counts=left.counts + right.counts,
    )


def _tally(cells: Cells) -> Counter[str] | None:
    if cells.kind == "other" or len(cells.raw) > FEW:
        return None
    tally: Counter[str] = Counter()
    for value, count in zip(as_text(cells.raw).to_pylist(), cells.raw_weight.tolist(), strict=True):
        tally[value] += count
    return tally


def _few(tally: Counter[str]) -> Counter[str] | None:
    return tally if len(tally) <= FEW else None


def _bounded(values: Any) -> Any:
    """Return the distinct values, or None when there are too many to keep."""
    if values is None or len(values) > DISTINCT_MAX:
        return None
    return values.unique()
