"""The columns that one table of a sector needs, as words and codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.formats.occurrences import RECORD, occurrences
from kouan.model.text import Text
from kouan.packs.sectors import Sector
from kouan.risk.codes import read_with_values, unified
from kouan.risk.equal import DENSE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt
    import pyarrow as pa

    from kouan.formats.source import Entity
    from kouan.model.sectorcheck import SectorCheck

    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

EMPTY = "<empty>"


@dataclass(frozen=True, slots=True)
class Words:
    """A column: equal words have equal codes, whatever type the file gave them.

    Attributes:
        codes: int64 [rows], index into `words`.
        words: distinct; the first is None, an empty cell.
    """

    codes: Ints
    words: tuple[str | None, ...]

    def only(self, rows: Bools) -> Words:
        """Return some of the rows."""
        return Words(self.codes[rows], self.words)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is counted.

    Attributes:
        columns: by name.
        records: int64 [rows], the record of the table that each row lies in, counted from 0.
    """

    columns: dict[str, Words]
    records: Ints

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.records)

    def of(self, pattern: str) -> tuple[Words, ...]:
        """Return the columns that fit a pattern."""
        return tuple(self.columns[name] for name in Sector.columns(pattern, self.columns))

    def one(self, pattern: str) -> Words:
        """Return the first column that fits a pattern; one that is empty throughout where none does."""
        found = self.of(pattern)
        return found[0] if found else Words(np.zeros(self.rows, np.int64), (None,))

    def persons(self, pattern: str | None) -> Ints:
        """Return whose each row is: by the column that names the person, else, and where it is empty, by record."""
        if pattern is None:
            return self.records
        column = self.one(pattern)
        return np.where(column.codes == 0, len(column.words) + self.records, column.codes)

    def only(self, records: Bools) -> Frame:
        """Return the rows of some of the records."""
        rows = records[self.records]
        return Frame({name: column.only(rows) for name, column in self.columns.items()}, self.records[rows])


def wanted(check: SectorCheck, names: Sequence[str]) -> tuple[str, ...] | None:
    """Return the columns of a table that a check looks at; None where the table lacks one without which it cannot."""
    if any(not Sector.columns(pattern, names) for pattern in check.patterns):
        return None
    units = (item.unit[0] for item in check.by if item.unit is not None)
    any_of = (item.path for item in check.by if item.any_of)
    person = () if check.person is None else (check.person,)
    found = [Sector.columns(pattern, names)[:1] for pattern in (*check.patterns, *units, *person, *check.flags)]
    found += [Sector.columns(pattern, names) for pattern in any_of]
    return tuple(dict.fromkeys(name for part in found for name in part))


def lacking(check: SectorCheck, names: Sequence[str]) -> tuple[Text, ...]:
    """Return what a table lacks that a check needs, as people call it."""
    labels = {item.path: item.label for item in check.by}
    gone = (pattern for pattern in check.patterns if not Sector.columns(pattern, names))
    return tuple(labels.get(pattern) or Text(zh=pattern, en=pattern) for pattern in gone)


def read_frame(entity: Entity, check: SectorCheck, names: Sequence[str], *, threads: int) -> Frame | None:
    """Read the columns of a check; None where what repeats in a record cannot be told apart.

    Raises:
        KouanError: K-RSK-002, or a reader's error.
    """
    if check.each is None:
        read = read_with_values(entity, names, threads=threads)
        columns = {name: _words(codes.values, values) for name, (codes, values) in read.items()}
        rows = len(next(iter(columns.values())).codes) if columns else 0
        return Frame(columns, np.arange(rows, dtype=np.int64))
    below = next((one for one in entity.schema.names if Sector.columns(f"{check.each}/**", (one,))), None)
    if below is None:
        return None
    batches = occurrences(entity, _element(below, check.each), names)
    return None if batches is None else _gathered(batches, names)


def _element(below: str, each: str) -> str:
    """Return the path of the element that repeats, of which a column below it begins with."""
    steps = below.split("/")
    return next(path for at in range(1, len(steps)) if Sector.columns(each, (path := "/".join(steps[:at]),)))


def _gathered(batches: Iterable[pa.RecordBatch], names: Sequence[str]) -> Frame:
    parts: list[list[pa.Array]] = [[] for _ in names]
    records = [np.zeros(0, np.int64)]
    for batch in batches:
        for part, name in zip(parts, names, strict=True):
            part.append(batch.column(name).dictionary_encode())
        records.append(np.asarray(batch.column(RECORD), np.int64))
    columns = {}
    for name, part in zip(names, parts, strict=True):
        codes, values = unified(part)
        columns[name] = _words(codes.values, values)
    return Frame(columns, np.concatenate(records))


def _words(codes: npt.NDArray[np.int32], values: pa.Array) -> Words:
    return named(codes, [None, *(_word(value) for value in values.to_pylist())])


def named(codes: npt.NDArray[np.int32] | Ints, names: Sequence[str | None]) -> Words:
    """Return a column out of numbers and the word of each number; equal words become one."""
    known: dict[str | None, int] = {None: 0}
    table = np.array([known.setdefault(name, len(known)) for name in names], np.int64)
    return Words(table[codes], tuple(known))


def numbered(keys: Ints) -> Ints:
    """Return 0, 1, 2 … for keys from 0 in their order, equal ones alike; as `numpy.unique`'s inverse, mostly faster."""
    wide = int(keys.max(initial=-1)) + 1
    if wide > DENSE * len(keys):
        return np.unique(keys, return_inverse=True)[1]
    there = np.zeros(wide, np.bool_)
    there[keys] = True
    return (np.cumsum(there) - 1)[keys]


def _word(value: object) -> str | None:
    """Return a value as a word; treatment makes text of numbers, and 1.0 is 1."""
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip() or None
