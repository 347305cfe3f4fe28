"""The steps of one item on its values: the transforms that will treat it, run on what is distinct."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify import aiming_messages as messages
from kouan.deidentify.aiming.ladders import coarser, left_out
from kouan.deidentify.cells import treated_type
from kouan.deidentify.columns import Learner, Paired, Share, as_text
from kouan.deidentify.lattice import Attribute
from kouan.deidentify.ordering import ranks
from kouan.deidentify.params import BadParamsError
from kouan.deidentify.rules import Given, transform
from kouan.deidentify.scrub.kernel import Scrub
from kouan.model.plan import Action
from kouan.risk.classes import distinct_in, distinct_of
from kouan.risk.codes import Codes

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    from kouan.deidentify.hierarchies import PlanFile
    from kouan.model.inventory import Item
    from kouan.model.plan import PlanLine

AS_PLANNED, OTHER = "as_planned", "other"
_UNREAD = 0.2
"""A step that empties more of the cells than this is no step: values that it cannot read are not made coarser."""
_KEY = bytes(32)
"""Nothing that is searched is drawn from a key."""


@dataclass(frozen=True, slots=True)
class Column:
    """One item's raw values.

    Attributes:
        codes: int64 [rows], 0 is null, i is `values[i - 1]`.
        values: distinct.
        counts: int64 [values + 1], rows that hold each; null first.
        persons: int64 [values + 1], persons who have each, as far as they are known; else rows.
    """

    codes: npt.NDArray[np.int64]
    values: pa.Array
    counts: npt.NDArray[np.int64]
    persons: npt.NDArray[np.int64]

    @classmethod
    def beside(cls, codes: Codes, other: Codes, persons: npt.NDArray[np.int64] | None) -> Column:
        """Take a column whose treated cells follow from its value and that of another column, as its pairs of both."""
        pairs = codes.values.astype(np.int64) * other.count + other.values
        found, numbers = np.unique(pairs, return_inverse=True)
        joined = Codes((numbers.reshape(-1) + 1).astype(np.int32), len(found) + 1)
        return cls.of(joined, pa.nulls(len(found)), persons)

    @classmethod
    def of(cls, codes: Codes, values: pa.Array, persons: npt.NDArray[np.int64] | None) -> Column:
        """Take a column as the measures of risk read it, and whose each row is."""
        numbers, size = codes.values.astype(np.int64), len(values) + 1
        counts = np.bincount(numbers, minlength=size).astype(np.int64)
        if persons is None or not len(numbers):
            return cls(numbers, values, counts, counts)
        return cls(numbers, values, counts, distinct_in(numbers, size, persons, int(persons.max()) + 1))


@dataclass(frozen=True, slots=True)
class Step:
    """One line and what it makes of every value.

    Attributes:
        labels: int64 [values + 1], equal where the treated cells are; null first.
    """

    line: PlanLine
    labels: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps of one item, each a part of the next; the first is the plan's own line.

    Attributes:
        bound: whether a person said how coarse it may become.
    """

    item: Item
    steps: tuple[Step, ...]
    bound: bool

    def leaves(self, column: Column) -> npt.NDArray[np.int64]:
        """Return int64 [rows], what the first step makes of each row."""
        return self.steps[0].labels[column.codes]

    def attribute(self) -> Attribute:
        """Return the hierarchy as the search reads it."""
        first = self.steps[0].labels
        size = int(first.max()) + 1
        up = []
        for step in self.steps:
            codes = np.zeros(size, np.int64)
            codes[first] = step.labels
            up.append(codes)
        return Attribute(self.item.id, tuple(map(str, range(size))), tuple(up), 0, len(self.steps) - 1)


def ladder_of(
    item: Item,
    floor: PlanLine,
    column: Column,
    *,
    least: int,
    hierarchies: Mapping[str, PlanFile],
    coarsest: int | str | None = None,
) -> Ladder:
    """Return the steps of an item.

    Where the plan's own line cannot be told from the item's values alone (dates moved by person, noise), what is told
    apart in `column` stands for it, which must not be less than treatment tells apart (see `Column.beside`), and the
    only other step is to leave it out.

    Args:
        item: raw.
        floor: what the plan does to it.
        column: its values.
        least: rows of the smallest class that is aimed at.
        hierarchies: that the plan names.
        coarsest: the last step that is allowed; None allows all.

    Raises:
        KouanError: K-DEI-091 where `coarsest` is no step of this item.
    """
    labels = _labels(floor, item, column, hierarchies)
    known = labels is not None
    found = [Step(floor, _identity(column) if labels is None else labels)]
    last = {AS_PLANNED: 1}
    if known and coarsest != AS_PLANNED:
        told = coarser(item, floor, column, least=least, hierarchies=hierarchies)
        for line in told:
            after = _labels(line, item, column, hierarchies, unread=_UNREAD)
            if after is None or not _holds(found[-1].labels, after):
                continue
            before, left = (_groups(labels[column.counts > 0]) for labels in (found[-1].labels, after))
            if 1 < left < before:
                found.append(Step(line, after))
            last[word_of(line)] = len(found)
    if coarsest is not None:
        return Ladder(item, tuple(found[: _cut(item, last, coarsest)]), bound=True)
    return Ladder(item, (*found, Step(left_out(floor), np.zeros(len(column.counts), np.int64))), bound=False)


def values_of(item: Item, floor: PlanLine, column: Column, hierarchies: Mapping[str, PlanFile]) -> Step:
    """Return what the plan's own line makes of an item that is not searched, such as a sensitive attribute.

    The labels follow the order of the values, and each of them occurs.
    """
    found = treated(floor, item, column, hierarchies)
    labels = _identity(column)
    if found is not None:
        encoded = pa.concat_arrays([pa.nulls(1, pa.string()), found]).dictionary_encode("encode")
        places = np.asarray(ranks(encoded.dictionary.to_pylist()), np.int64)
        labels = places[np.asarray(encoded.indices, np.int64)]
    present = distinct_of(labels[column.counts > 0])
    return Step(floor, np.minimum(np.searchsorted(present, labels), max(len(present) - 1, 0)).astype(np.int64))


def word_of(line: PlanLine) -> str:
    """Return how `coarsest` names a step."""
    if line.action is Action.SUPPRESS:
        return OTHER
    width = line.params.get("width", line.params.get("keep_start"))
    return str(line.params.get("to", line.action)) if width is None else str(width)


def _cut(item: Item, last: Mapping[str, int], coarsest: int | str) -> int:
    """Return how many steps may be chosen; a step that changes nothing on these values is the one before it."""
    if str(coarsest) not in last:
        raise messages.COARSEST.at("assessment.target.coarsest", item=item.name, word=coarsest, known=", ".join(last))
    return last[str(coarsest)]


def _labels(
    line: PlanLine, item: Item, column: Column, hierarchies: Mapping[str, PlanFile], *, unread: float = 1
) -> npt.NDArray[np.int64] | None:
    """Return what a line makes of every value, null first; None where that is not known, or too many come out empty."""
    if line.action is Action.KEEP:
        return _identity(column)
    found = treated(line, item, column, hierarchies)
    if found is None:
        return None
    lost = pc.and_(pc.is_null(found), pc.is_valid(column.values)).to_numpy(zero_copy_only=False)
    if column.counts[1:][lost].sum() > unread * column.counts[1:].sum():
        return None
    encoded = pa.concat_arrays([pa.nulls(1, pa.string()), found]).dictionary_encode("encode")
    return np.asarray(encoded.indices, np.int64)


def treated(line: PlanLine, item: Item, column: Column, hierarchies: Mapping[str, PlanFile]) -> pa.Array | None:
    """Return what a line makes of the distinct values, as text; None where that hangs on more than them."""
    if treated_type(column.values.type) is None:
        return None
    try:
        kernel = transform(line, Given(item.meaning, _KEY, hierarchies=hierarchies))
    except BadParamsError:
        return None
    if kernel is None:
        return as_text(column.values) if line.action is Action.KEEP else None
    if isinstance(kernel, Paired | Share | Scrub):
        return None
    try:
        if isinstance(kernel, Learner):
            counts = column.persons if line.action is Action.SUPPRESS else column.counts
            kernel = kernel.learnt(kernel.counted(column.values), pa.array(counts[1:]))
        return as_text(kernel(column.values)).cast(pa.string())
    except pa.ArrowException:
        return None


def _identity(column: Column) -> npt.NDArray[np.int64]:
    return np.arange(len(column.counts), dtype=np.int64)


def _holds(fine: npt.NDArray[np.int64], coarse: npt.NDArray[np.int64]) -> bool:
    """Tell whether values that were equal stay equal."""
    return len(distinct_of(fine * (int(coarse.max()) + 1) + coarse)) == _groups(fine)


def _groups(labels: npt.NDArray[np.int64]) -> int:
    """Return how many labels there are: they are small numbers."""
    return int(np.count_nonzero(np.bincount(labels))) if len(labels) else 0
