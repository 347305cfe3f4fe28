"""One batch through the kernels of its columns, with the cells counted; values in lists are treated one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify import messages
from kouan.deidentify.columns import Learner, Paired, Share, as_text, can_be_text
from kouan.deidentify.recode import Recode
from kouan.deidentify.scrub.kernel import Scrub
from kouan.deidentify.surrogate import Surrogate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.deidentify.columns import Joint, Kernel
    from kouan.model.plan import PlanLine


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table and what happens to it.

    Attributes:
        name: in the table.
        line: of the plan.
        kernel: None when the column stays as it is.
        type: of the treated column.
        by: other column that the kernel reads, such as the one that names the subject of each row.
    """

    name: str
    line: PlanLine
    kernel: Kernel | Paired | Learner | Share | Scrub | Recode | Surrogate | None
    type: pa.DataType
    by: str | None = None


@dataclass(slots=True)
class Tally:
    """Cells of one item, the identifiers taken out of its texts by kind, and its values that no hierarchy holds."""

    cells: int = 0
    changed: int = 0
    emptied: int = 0
    removed: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        """Add the cells of another part of the item."""
        self.cells += other.cells
        self.changed += other.changed
        self.emptied += other.emptied
        self.removed += other.removed


def treated_type(kind: pa.DataType) -> pa.DataType | None:
    """Return the type of a column of this type once treated: text, or lists of text; None when it cannot be."""
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return pa.list_(pa.string()) if can_be_text(kind.value_type) else None
    return pa.string() if can_be_text(kind) else None


def treat_batch(raw: pa.RecordBatch, columns: Sequence[Column]) -> tuple[pa.RecordBatch, list[Tally]]:
    """Return the treated columns of a batch, in order, and the count of each.

    Args:
        raw: has at least these columns, those that they name by `by`, and those of a joint treatment.
        columns: what stays.

    Raises:
        KouanError: K-DEI-009.
    """
    joints = {id(column.kernel.joint): column.kernel.joint for column in columns if isinstance(column.kernel, Share)}
    shared = {place: _together(raw, joint) for place, joint in joints.items()}
    treated = [_column(raw, column, shared) for column in columns]
    batch = pa.RecordBatch.from_arrays(
        [array for array, _ in treated], schema=pa.schema([(column.name, column.type) for column in columns])
    )
    return batch, [tally for _, tally in treated]


def _together(raw: pa.RecordBatch, joint: Joint) -> dict[str, pa.Array]:
    found = joint.together([raw.column(name) for name in joint.columns])
    return dict(zip(joint.columns, found, strict=True))


def _column(
    raw: pa.RecordBatch, column: Column, shared: Mapping[int, Mapping[str, pa.Array]]
) -> tuple[pa.Array, Tally]:
    array = raw.column(column.name)
    if isinstance(column.kernel, Share):
        treated = shared[id(column.kernel.joint)][column.name]
        return treated, _counted(array, treated, Counter())
    if not pa.types.is_nested(array.type):
        return _cells(array, column, None if column.by is None else one_each(raw.column(column.by)))
    if column.kernel is None:
        return array, Tally(cells=len(array.flatten()) if hasattr(array, "offsets") else len(array))
    by = None if column.by is None else one_each(raw.column(column.by)).take(pc.list_parent_indices(array))
    values, tally = _cells(array.flatten(), column, by)
    return _listed(values, array), tally


def _cells(array: pa.Array, column: Column, by: pa.Array | None) -> tuple[pa.Array, Tally]:
    """Return the treated values and their count."""
    if column.kernel is None:
        return array, Tally(cells=len(array))
    removed: Counter[str] = Counter()
    try:
        if isinstance(column.kernel, Scrub | Recode | Surrogate):
            treated, removed = column.kernel.run(array)
        elif isinstance(column.kernel, Paired):
            treated = column.kernel(array, array if by is None else by)
        else:
            assert not isinstance(column.kernel, Learner | Share)  # it has learnt its kernel by now
            treated = column.kernel(array)
        tally = _counted(array, treated, removed)
    except pa.ArrowException:
        # Arrow's messages quote cells.
        raise messages.CELLS.at(column.line.item, item=column.line.item, type=array.type) from None
    return treated, tally


def _counted(array: pa.Array, treated: pa.Array, removed: Counter[str]) -> Tally:
    emptied = treated.null_count - array.null_count
    changed = emptied + (pc.sum(pc.not_equal(as_text(array), treated)).as_py() or 0)
    return Tally(len(array), changed, emptied, removed)


def _listed(values: pa.Array, like: pa.Array) -> pa.Array:
    """Return values as lists of the lengths of another array; its null lists stay null."""
    lengths = pc.fill_null(pc.list_value_length(like), 0)
    ends = pc.cumulative_sum(pc.cast(lengths, pa.int32()))
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), ends])
    return pa.ListArray.from_arrays(offsets, values, mask=like.is_null() if like.null_count else None)


def one_each(subjects: pa.Array) -> Any:
    """Return one subject per row: of a list its first, and null where it is empty."""
    if not pa.types.is_nested(subjects.type):
        return subjects
    values, parents = subjects.flatten(), pc.list_parent_indices(subjects)
    return values.take(pc.index_in(pa.array(range(len(subjects)), parents.type), value_set=parents))


def distinct_texts(column: pa.Array, item: str) -> list[str]:
    """Return the distinct values of an item's column as text; of lists, those inside. Raises KouanError: K-DEI-009."""
    values = column.flatten() if pa.types.is_nested(column.type) else column
    try:
        found: list[str] = pc.unique(as_text(values.drop_null())).to_pylist()
    except pa.ArrowException:
        raise messages.CELLS.at(item, item=item, type=column.type) from None
    return found
