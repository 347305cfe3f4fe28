"""Precision and recall of `kouan.inspect` on the labelled columns, and mistakes on order numbers and random strings."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from bench.labelled import door, identity, noise, online, trade, words
from bench.labelled.cases import Ask

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from bench.labelled.cases import Case
    from kouan.model.inventory import Item

_NUMBERLESS = {"birth_date"}
"""Meanings that a column of dates may rightly have."""
_COUNTED = (Ask.CONFIRMED, Ask.COUNTED, Ask.SUSPECTED)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the product said of one labelled column.

    Attributes:
        case: the column.
        meaning: verdict on it.
        sure: the verdict is confirmed.
        found: name -> cells counted as (confirmed, suspected).
    """

    case: Case
    meaning: str
    sure: bool
    found: dict[str, tuple[int, int]]

    def cells(self, names: Iterable[str]) -> tuple[int, int]:
        """Return the cells counted under the best of some names as confirmed, and as confirmed or suspected."""
        pairs = [self.found[name] for name in names if name in self.found]
        return max((one for one, _ in pairs), default=0), max((one + other for one, other in pairs), default=0)

    @property
    def right_names(self) -> set[str]:
        """Names under which the column's cells are rightly counted."""
        return {name for one in self.case.holds for name in door.found_as(one)}


@dataclass(slots=True)
class Score:
    """Counts of one identifier over all labelled columns.

    Attributes:
        asked, counted: cells that should be counted, and were.
        asked_sure, sure: cells that should be counted as confirmed, and were.
        reported, right: cells counted under its name in any column, and rightly.
        reported_sure, right_sure: the same of cells counted as confirmed.
        too_sure: cells counted as confirmed where format, or a wrong check character, is all there is.
        columns, told: columns whose verdict is asked for, and those with a right one.
        called, called_right: columns whose confirmed verdict it is, and rightly.
    """

    asked: int = 0
    counted: int = 0
    asked_sure: int = 0
    sure: int = 0
    reported: int = 0
    right: int = 0
    reported_sure: int = 0
    right_sure: int = 0
    too_sure: int = 0
    columns: int = 0
    told: int = 0
    called: int = 0
    called_right: int = 0


@dataclass(frozen=True, slots=True)
class Noise:
    """What was confirmed in strings that are nothing.

    Attributes:
        kind: `orders` or `random`.
        family: how the strings are made.
        cells: strings.
        confirmed: identifier -> cells counted as confirmed.
        suspected: identifier -> cells counted as suspected.
        columns, verdicts: columns read, and those whose verdict is a confirmed identifier.
    """

    kind: str
    family: str
    cells: int
    confirmed: dict[str, int] = field(default_factory=dict)
    suspected: dict[str, int] = field(default_factory=dict)
    columns: int = 1
    verdicts: int = 0


@cache
def all_cases() -> tuple[Case, ...]:
    """Return the labelled columns of every identifier."""
    return (*identity.cases(), *trade.cases(), *online.cases(), *words.cases())


def answer(case: Case, folder: Path) -> Answer:
    """Show one labelled column to the product, alone in a file of its own, and return what it says."""
    path = folder / "labelled.parquet"
    pq.write_table(pa.table({case.column: case.values, **case.beside}), path)
    item = door.item_of(door.look(path), case.column)
    return Answer(case, item.meaning, door.sure(item), door.found(item))


def scores(answers: Sequence[Answer]) -> dict[str, Score]:
    """Return the counts of each identifier; a name that the labelled set does not know stands for itself."""
    result: defaultdict[str, Score] = defaultdict(Score)
    known = {one.case.identifier for one in answers}
    for one in answers:
        _add_recall(result[one.case.identifier], one)
        right = one.right_names
        for name, (confirmed, suspected) in one.found.items():
            score = result[name]
            score.reported += confirmed + suspected
            score.reported_sure += confirmed
            if name in right:
                score.right += confirmed + suspected
                score.right_sure += confirmed if one.case.ask not in (Ask.OPEN, Ask.SUSPECTED) else 0
        if one.sure and one.meaning in known:
            result[one.meaning].called += 1
            result[one.meaning].called_right += any(one.meaning in door.meant_as(name) for name in one.case.holds)
    return dict(result)


def _add_recall(score: Score, one: Answer) -> None:
    case = one.case
    sure, counted = one.cells(door.found_as(case.identifier))
    if case.ask in _COUNTED:
        score.asked += case.held
        score.counted += min(counted, case.held)
    if case.ask is Ask.CONFIRMED:
        score.asked_sure += case.held
        score.sure += min(sure, case.held)
    if case.ask in (Ask.SUSPECTED, Ask.OPEN):
        score.too_sure += sure
    if case.named:
        score.columns += 1
        score.told += one.meaning in door.meant_as(case.identifier)


def mistakes(one: Answer) -> dict[str, tuple[int, int]]:
    """Return what was counted in a column that does not hold it, by name."""
    return {name: cells for name, cells in one.found.items() if name not in one.right_names}


def false_positives(folder: Path, rows: int) -> list[Noise]:
    """Show order numbers and random strings to the product, in large columns and in many small ones."""
    known = {case.identifier for case in all_cases()} - _NUMBERLESS
    rows = min(rows, noise.LARGEST)
    result = []
    for kind, families in (("orders", noise.ORDERS), ("random", noise.RANDOM)):
        items = _items(noise.large(families, rows), folder)
        result += [_noise(kind, family, [item], rows, known) for family, item in zip(families, items, strict=True)]
        for seed, (family, make) in enumerate(families.items()):
            table = noise.small(make, seed)
            result.append(
                _noise(f"{kind}, small", family, _items(table, folder), table.num_rows * table.num_columns, known)
            )
    return result


def _items(table: pa.Table, folder: Path) -> list[Item]:
    path = folder / "noise.parquet"
    pq.write_table(table, path)
    return list(door.look(path).items)


def _noise(kind: str, family: str, items: Sequence[Item], cells: int, known: set[str]) -> Noise:
    confirmed: Counter[str] = Counter()
    suspected: Counter[str] = Counter()
    for item in items:
        for name, (right, rest) in door.found(item).items():
            confirmed[name] += right
            suspected[name] += rest
    verdicts = sum(door.sure(item) and item.meaning in known for item in items)
    return Noise(kind, family, cells, dict(+confirmed), dict(+suspected), len(items), verdicts)
