"""Persons of each role over all tables and files: who is counted, by which keys, as a range."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from kouan.formats.source import SHAPE
from kouan.model.facts import Range
from kouan.recognize.across import mark
from kouan.recognize.blocks import PRACTICALLY_ALL
from kouan.recognize.keyed import resolve_keyed
from kouan.recognize.keyring import Keyring
from kouan.recognize.parts import SENSITIVE, read_parts
from kouan.recognize.resolve import resolve
from kouan.recognize.tally import tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.recognize.across import Across, Marks
    from kouan.recognize.blocks import Admission, Block
    from kouan.recognize.parts import Context, Part, Says
    from kouan.recognize.resolve import Persons


class Told(Enum):
    """Persons who are named in texts: nobody else is counted, or others are counted by rows."""

    ALONE = "alone"
    TOO = "too"


@dataclass(frozen=True, slots=True)
class Counts:
    """Persons of one role.

    Attributes:
        persons, sensitive, under14: ranges; the last two lie within the first, and each within the one before.
        keyed: True when a subject key numbers the persons.
        keyless: rows without a key that widen the range.
        nobody: rows that lead to nobody.
        presumed: persons of unknown birth for whom a lowest age stood in.
        admissions: whose lowest age that was.
        bearing: most persons with an item that is or may be sensitive whatever their age.
        serving: True for persons who serve the exporter, of whom one name is one person.
        further: persons who may stand beside others in one record of a document; they widen the upper ends.
        told: whether persons of the role are named in texts of tables where they have no rows: nobody knows how many.
        marks: by which they are told again in another transfer, where that is asked for.
        tables: of which every record is one row.
    """

    persons: Range
    sensitive: Range
    under14: Range
    keyed: bool
    keyless: int
    nobody: int
    presumed: int
    bearing: int
    further: int = 0
    serving: bool = False
    admissions: tuple[Admission, ...] = ()
    told: Told | None = None
    marks: Marks | None = None
    tables: tuple[TableCount, ...] = ()


@dataclass(frozen=True, slots=True)
class TableCount:
    """Persons of one role in one table of which every record is one row.

    Attributes:
        entity: `source!entity`.
        persons: the fewest that its rows can be.
        rows: of the table, once for each of the relatives that one row is about.
        most, most_sensitive: different rows in which somebody stands, and stands with something sensitive; where one
            row is about several relatives, those of one of them.
    """

    entity: str
    persons: int
    rows: int
    most: int
    most_sensitive: int


def count_persons(blocks: Sequence[Block], context: Context, across: Across | None = None) -> Counts:
    """Return the persons of one role in all its blocks, read from the start in bounded memory.

    Raises:
        KouanError: K-REC-006 when keys of many rows cannot be put on disk, K-REC-007 above 1,073,741,824 rows.
    """
    numbered = any(block.numbered() for block in blocks)
    ring = Keyring(0 if context.engine.apart else None)
    says: list[Says] = []
    seen = [_Seen() for _ in blocks]
    for block, sums in zip(blocks, seen, strict=True):
        for part in read_parts(block, context, numbered=numbered, ring=ring):
            ring.add(part.rows, part.keys)
            says.append(part.says)
            sums.take(part)
    keyed = numbered or any(sums.is_keyed() for sums in seen)
    people = (resolve_keyed if keyed else resolve)(ring.codes(context.engine.here.threads), ring.rows)
    said = np.concatenate(says) if says else np.zeros(0, np.uint8)
    told = tally(people, said)
    further = _further(seen, keyed=keyed)
    marks = None
    if across is not None:
        marks = mark(blocks, context, across, numbered=numbered, people=people, says=said, further=further)
    persons = _range(told.persons)
    sensitive = _within(_range(told.sensitive), persons)
    under14 = _within(_range(told.under14), sensitive)
    keyless = ~people.keyed if keyed else people.merged < 0
    return Counts(
        persons=_wider(persons, further),
        sensitive=_wider(sensitive, further if sensitive.hi else 0),
        under14=_wider(under14, further if under14.hi else 0),
        keyed=keyed,
        keyless=int(np.count_nonzero(keyless)),
        nobody=sum(sums.nobody for sums in seen),
        presumed=told.presumed,
        bearing=told.bearing + further,
        further=further,
        serving=all(block.serving for block in blocks),
        admissions=tuple(block.admission for block in blocks if block.admission is not None),
        marks=marks,
        tables=_tables(blocks, seen, people),
    )


def _tables(blocks: Sequence[Block], seen: Sequence[_Seen], people: Persons) -> tuple[TableCount, ...]:
    """Count table by table; records of a document have rows for what lies inside them, and are left aside."""
    ends = np.cumsum([sums.rows for sums in seen])
    rows: dict[str, npt.NDArray[np.bool_]] = {}
    sums_of: dict[str, list[_Seen]] = {}
    lengths: dict[str, list[int]] = {}
    for block, sums, end in zip(blocks, seen, ends, strict=True):
        if block.entity is None or SHAPE in (block.entity.schema.metadata or {}):
            continue
        name = block.columns[0].id.partition("#")[0]
        here = rows.setdefault(name, np.zeros(len(people.merged), np.bool_))
        here[end - sums.rows : end] = True
        sums_of.setdefault(name, []).append(sums)
        cells = max(column.profile.cells for column in block.columns)  # relatives do not stand in every row
        lengths.setdefault(name, []).append(max(sums.rows + sums.nobody, cells))
    return tuple(
        TableCount(
            entity=name,
            persons=min(people.lowest(here), people.highest(here)),
            rows=sum(lengths[name]),
            most=max(sums.rows for sums in sums_of[name]),
            most_sensitive=max(sums.sensitive for sums in sums_of[name]),
        )
        for name, here in rows.items()
    )


class _Seen:
    """Sums over the parts of a block."""

    def __init__(self) -> None:
        self.rows = 0
        self.nobody = 0
        self.sensitive = 0
        self.filled: Counter[str] = Counter()
        self.further: Counter[str] = Counter()

    def take(self, part: Part) -> None:
        self.rows += part.rows
        self.nobody += part.nobody
        self.sensitive += int(np.count_nonzero(part.says & SENSITIVE))
        self.filled.update(part.filled)
        self.further.update(part.further)

    def is_keyed(self) -> bool:
        """Tell whether a subject key is filled in practically all rows in which a person stands."""
        most = max((rows for kind, rows in self.filled.items() if kind.startswith("id:")), default=0)
        return self.rows > 0 and most >= PRACTICALLY_ALL * self.rows


def _further(seen: Sequence[_Seen], *, keyed: bool) -> int:
    """Return how many persons may stand beside others in one record: values of a key beyond the first of each."""
    total: Counter[str] = sum((sums.further for sums in seen), Counter())
    counts = (count for kind, count in total.items() if not keyed or kind == "ric" or kind.startswith("id:"))
    return max(counts, default=0)


def _wider(count: Range, further: int) -> Range:
    return Range(lo=count.lo, hi=None if count.hi is None else count.hi + further)


def _range(ends: tuple[int, int]) -> Range:
    return Range(lo=min(ends), hi=ends[1])


def _within(part: Range, whole: Range) -> Range:
    assert part.hi is not None
    assert whole.hi is not None
    hi = min(part.hi, whole.hi)
    return Range(lo=min(part.lo, whole.lo, hi), hi=hi)
