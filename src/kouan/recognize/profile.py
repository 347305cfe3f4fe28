"""What is known of one column after reading it: mergeable, so that any split into batches gives the same.

Identifiers are counted in every row, because one in a million matters. What values look like otherwise (names, dates,
prose) is a matter of shares, and is looked at in the first rows and in some of the others.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from kouan.recognize import messages
from kouan.recognize.cells import as_text, kind_of, read_cells, read_values
from kouan.recognize.days import as_number
from kouan.recognize.encoded import encoded_cells, take_encoded
from kouan.recognize.identifiers import IDENTIFIERS
from kouan.recognize.kernel.start import count_texts
from kouan.recognize.prose.column import NO_PROSE, Prose, merge_prose, read_prose
from kouan.recognize.texts import cells_of, texts_of
from kouan.recognize.values import look

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.model.time import LegalDay
    from kouan.recognize.cells import Values
    from kouan.recognize.lexicon import Lexicon

DISTINCT_MAX = 20_000
FEW = 50
"""Distinct values of a list of codes at the most (sex, education, store)."""
LOOKED_AT, STRIDE = 20_000, 64
"""First rows that are all looked at, and every how many of the others."""
_WAITING_BYTES = 1024
"""Bytes of cells that wait for each row that may wait: 16 MB of 16,384."""
ENCODED = "encoded"
"""Among the looks: cells in another writing, of the first 20,000 rows."""
_GRADES = ("whole/1", "whole/2", "inside/1", "inside/2")


@dataclass(frozen=True, slots=True)
class Profile:
    """Counts over a part of a column.

    Attributes:
        name, type, kind: column name, Arrow type as text, and its kind.
        cells, missing: all cells and those that hold nothing.
        shown: the first three distinct values, raw: to be masked.
        distinct: distinct values while there are at most 20,000, else None.
        tally: cells by value, raw, while there are at most 50 values, else None.
        counts: cells by `identifier/whole|inside/grade`.
        looked: cells that hold something among those looked at, see `LOOKED_AT`.
        looks: of these, how many look like a name, a date and so on.
        prose: what its texts name, of the rows chosen for that.
        waiting: cells chosen to be looked at that wait for others, see `settled`; raw.
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
    looked: int
    looks: Counter[str]
    prose: Prose = NO_PROSE
    waiting: tuple[Any, ...] = ()

    @property
    def filled(self) -> int:
        """Cells that hold something."""
        return self.cells - self.missing

    def share(self, key: str) -> float:
        """Return the share of the cells looked at that look like something."""
        return self.looks[key] / self.looked if self.looked else 0.0


@dataclass(frozen=True, slots=True)
class Reading:
    """How a table is read.

    Attributes:
        lexicon: words of values.
        today: legal day: later dates are no births.
        compiled: whether identifiers are looked for by compiled code.
        many: columns known to hold more than 20,000 distinct values.
        encoded: columns in whose first 20,000 rows cells in another writing were seen.
        asked: by column, identifiers that its name or its table's calls for.
        waits: whether cells after the first rows wait to be looked at together, see `settled`.
    """

    lexicon: Lexicon
    today: LegalDay
    compiled: bool
    many: frozenset[str] = frozenset()
    encoded: frozenset[str] = frozenset()
    asked: Mapping[str, frozenset[str]] = field(default_factory=dict)
    waits: bool = False


def profile_column(name: str, column: Any, first: int, reading: Reading) -> Profile:
    """Profile one part of a column.

    Args:
        name: of the column.
        column: `pa.Array` of any type.
        first: row of the table at which the part begins.
        reading: how the table is read.

    Raises:
        KouanError: K-REC-003 when its cells cannot be interpreted.
    """
    try:
        return _profile(name, column, first, reading)
    except (pa.ArrowException, UnicodeDecodeError):
        raise messages.CELLS_UNREADABLE.at(name, column=name) from None


def foretell(name: str, column: Any, lexicon: Lexicon) -> tuple[bool, bool]:
    """Tell of the first rows of a column whether they hold too many values to keep, and cells in another writing.

    Raises:
        KouanError: K-REC-003 when its cells cannot be interpreted.
    """
    try:
        many = kind_of(column.type) != "other" and _bounded(read_values(column, lexicon).raw) is None
        return many, encoded_cells(column.slice(0, LOOKED_AT)) > 0
    except (pa.ArrowException, UnicodeDecodeError):
        raise messages.CELLS_UNREADABLE.at(name, column=name) from None


def _profile(name: str, column: Any, first: int, reading: Reading) -> Profile:
    chosen = _looked_at(first, len(column))
    part = column if len(chosen) == len(column) else column.take(pa.array(chosen))
    waits = reading.waits and first >= LOOKED_AT
    shown = None if waits else read_values(part, reading.lexicon)
    every = None
    if name not in reading.many and (shown is None or part is column or _bounded(shown.raw) is not None):
        every = shown if part is column and shown else read_values(column, reading.lexicon)
    texts, weights, missing = texts_of(column, every)
    encoded = encoded_cells(column.slice(0, max(LOOKED_AT - first, 0)))
    found, nothing = _counted(name, texts, weights, reading, encoded=encoded > 0 or name in reading.encoded)
    kind = kind_of(column.type)
    profile = Profile(
        name=name,
        type=str(column.type),
        kind=kind,
        cells=every.total if every else cells_of(column),
        missing=every.missing if every else missing + nothing,
        shown=(),
        distinct=_bounded(every.raw) if every and every.kind != "other" else None,
        tally=_tally(every) if every else None,
        counts=_named(found),
        looked=0,
        looks=+Counter({ENCODED: encoded}),
        prose=read_prose(column, first) if kind == "text" else NO_PROSE,
        waiting=() if shown else (part,),
    )
    return _looked(profile, shown, reading) if shown else profile


def _looked(profile: Profile, shown: Values, reading: Reading) -> Profile:
    """Return a profile with what further cells look like."""
    sample = read_cells(shown)
    return replace(
        profile,
        shown=_three(profile.shown, shown.shown),
        looked=profile.looked + sample.total - sample.missing,
        looks=profile.looks + look(sample, reading.lexicon, reading.today),
    )


def settled(profile: Profile, reading: Reading, *, most_rows: int = 0) -> Profile:
    """Return a profile in which no cells wait, or no more than some: many are looked at together for less than apart.

    Raises:
        KouanError: K-REC-003 when they cannot be interpreted.
    """
    waiting = profile.waiting
    if sum(map(len, waiting)) <= most_rows and sum(one.nbytes for one in waiting) <= most_rows * _WAITING_BYTES:
        return profile
    try:
        shown = read_values(pa.concat_arrays(waiting), reading.lexicon)
        return _looked(replace(profile, waiting=()), shown, reading)
    except (pa.ArrowException, UnicodeDecodeError):
        raise messages.CELLS_UNREADABLE.at(profile.name, column=profile.name) from None


def _three(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(left + right))[:3]


def _counted(name: str, texts: Any, weights: Any, reading: Reading, *, encoded: bool) -> tuple[Any, int]:
    """Return the cells that hold each identifier, and how many hold nothing; what is decoded stands inside."""
    said, of_said = None, None
    if encoded:
        weights, said, of_said = take_encoded(texts, weights)
    given: dict[str, Any] = {
        "words": reading.lexicon.words["missing"],
        "today": as_number(reading.today),
        "compiled": reading.compiled,
        "asked": reading.asked.get(name, frozenset()),
    }
    found, nothing = count_texts(texts, weights, **given)
    if said is not None and len(said):
        inner, _ = count_texts(said, of_said, **given)
        found[:, 2:] += inner[:, :2] + inner[:, 2:]
    return found, nothing


def _looked_at(first: int, rows: int) -> Any:
    """Return which rows of a part are looked at, by their place in the table."""
    head = min(max(LOOKED_AT - first, 0), rows)
    return np.concatenate([np.arange(head), np.arange(head + -(first + head) % STRIDE, rows, STRIDE)])


def _named(found: Any) -> Counter[str]:
    places = zip(*(axis.tolist() for axis in np.nonzero(found)), strict=True)
    return Counter({f"{IDENTIFIERS[one].id}/{_GRADES[grade]}": int(found[one, grade]) for one, grade in places})


def empty_profile(name: str, type_: Any) -> Profile:
    """Return the profile of a column without rows."""
    return Profile(
        name, str(type_), kind_of(type_), 0, 0, (), pa.array([], pa.string()), Counter(), Counter(), 0, Counter()
    )


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
        shown=_three(left.shown, right.shown),
        distinct=distinct,
        tally=None if left.tally is None or right.tally is None else _few(left.tally + right.tally),
        counts=left.counts + right.counts,
        looked=left.looked + right.looked,
        looks=left.looks + right.looks,
        prose=merge_prose(left.prose, right.prose),
        waiting=left.waiting + right.waiting,
    )


def _tally(values: Values) -> Counter[str] | None:
    if values.kind == "other" or len(values.raw) > FEW:
        return None
    tally: Counter[str] = Counter()
    for value, count in zip(as_text(values.raw).to_pylist(), values.weight.tolist(), strict=True):
        tally[value] += count
    return tally


def _few(tally: Counter[str]) -> Counter[str] | None:
    return tally if len(tally) <= FEW else None


def _bounded(values: Any) -> Any:
    """Return the distinct values, or None when there are too many to keep."""
    if len(values) > DISTINCT_MAX:  # texts that differ in outer blanks only are one
        values = values.unique()
    return None if len(values) > DISTINCT_MAX else values.unique()
