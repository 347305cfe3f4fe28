"""The tables of an attack side by side: the columns that all have, in codes that can be compared.

Values are matched by containment: what the attacker knows stays as it is in the original, and a treated label is
compared with it by what it may stand for (an interval, a mask, the ancestors of a hierarchy, a beginning).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.risk import attack_messages as messages
from kouan.risk.attacks.column import Coded, Lists, Numbers, Words
from kouan.risk.attacks.coverage import MANY, Coverage
from kouan.risk.attacks.labels import SCALES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    import numpy.typing as npt

    from kouan.model.text import Text
    from kouan.risk.attacks.column import Column
    from kouan.risk.attacks.labels import Interval

    Parents = Mapping[str, Mapping[str, Collection[str]]]


_LEAST_MATCHED = 0.05
_MOSTLY = 0.9
_SOME = 2_000


@dataclass(frozen=True, slots=True)
class Space:
    """What attackers compare.

    Attributes:
        columns: by name, those that can be used.
        rows: of the original, of the treated table, and of the control part (0 when there is none).
        left_out: columns that cannot be used, and why.
        unmatched: of those the ones whose treated values match no original one, as pseudonyms do.
        notes: columns of which a part cannot be used.
    """

    columns: Mapping[str, Column]
    rows: tuple[int, int, int]
    left_out: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    unmatched: tuple[str, ...] = ()

    @property
    def has_control(self) -> bool:
        """Whether persons outside the release are there."""
        return self.rows[2] > 0

    def pick(self, names: Sequence[str]) -> tuple[Column, ...]:
        """Return columns. Raises KouanError: K-RSK-060 for one that the tables do not share."""
        for name in names:
            if name not in self.columns:
                raise messages.NO_COLUMN.at(name, name=name, known=", ".join(self.columns))
        return tuple(self.columns[name] for name in names)


@dataclass(slots=True)
class _Texts:
    """Distinct texts of a column and the codes of its rows; code 0 is null."""

    values: list[str]
    codes: list[np.ndarray] = field(default_factory=list)


def make_space(
    original: pa.Table,
    treated: pa.Table,
    control: pa.Table | None = None,
    *,
    parents: Parents | None = None,
) -> Space:
    """Put the tables side by side.

    Args:
        original: rows that were treated, before the treatment.
        treated: what is released; its rows need not stand in the same order.
        control: rows of the same kind that were not released; None when there are none.
        parents: by column and value, the labels that stand for it in a hierarchy.

    Raises:
        KouanError: K-RSK-061 when a table is empty, K-RSK-062 when the tables share no column.
    """
    for which, table in (("original", original), ("treated", treated), ("control", control)):
        if table is not None and not table.num_rows:
            raise messages.EMPTY.at(which)
    columns: dict[str, Column] = {}
    left_out, notes, unmatched = [], [], []
    tables = (original, control) if control is not None else (original,)
    for name in treated.column_names:
        if not all(name in table.column_names for table in tables):
            continue
        if any(pa.types.is_nested(table.column(name).type) for table in (*tables, treated)):
            left_out.append(messages.NESTED_OUT.fill(name=name))
            continue
        column, lost = _column(name, [table.column(name) for table in tables], treated.column(name), parents or {})
        if lost > 1 - _LEAST_MATCHED:
            left_out.append(messages.UNMATCHED_OUT.fill(name=name))
            unmatched.append(name)
            continue
        if lost:
            notes.append(messages.UNMATCHED.fill(name=name, share=f"{lost:.1%}"))
        columns[name] = column
    if not columns and not unmatched:
        raise messages.NOTHING_SHARED.at("treated")
    rows = (original.num_rows, treated.num_rows, control.num_rows if control is not None else 0)
    return Space(columns, rows, tuple(left_out), tuple(notes), tuple(unmatched))


def _column(
    name: str,
    known: Sequence[pa.ChunkedArray],
    treated: pa.ChunkedArray,
    parents: Parents,
) -> tuple[Column, float]:
    """Return the column, and the share of treated cells whose label stands for no known value."""
    values, labels = _texts(known), _texts([treated])
    coded = Coded(values.codes[0], values.codes[1] if len(values.codes) > 1 else None, labels.codes[0])
    if name not in parents:
        for scale in SCALES:
            if not (_may_be(values.values, scale.value) and _may_be(labels.values, scale.label)):
                continue
            numbers = [scale.value(text) for text in values.values]
            ends = [scale.label(text) for text in labels.values]
            if _mostly(numbers) and _mostly(ends):
                return _scaled(name, coded, numbers, ends)
    found = Coverage(values.values, parents.get(name, {})).all_of(labels.values)
    if found is None:
        found = [()] * len(labels.values)
    many = np.array([0, *(len(one) for one in found)])
    covered = np.array([code for one in found for code in one], dtype=np.int32)
    column = Words.of(name, coded, len(values.values) + 1, Lists(np.append(0, np.cumsum(many)), covered))
    bare = many == 0
    bare[0] = False
    filled = int((coded.treated > 0).sum())
    return column, float(bare[coded.treated].sum() / filled) if filled else 1.0


def _may_be(texts: Sequence[str], read: Callable[[str], object]) -> bool:
    """Tell whether many texts are worth reading all: at least half of some that lie evenly among them can be read."""
    some = texts[:: len(texts) // _SOME] if len(texts) > MANY else texts[:0]
    return sum(read(text) is not None for text in some) >= len(some) / 2


def _mostly(parsed: Sequence[object]) -> bool:
    return sum(one is not None for one in parsed) > _MOSTLY * len(parsed)


def _scaled(
    name: str, coded: Coded, numbers: Sequence[float | None], ends: Sequence[Interval | None]
) -> tuple[Column, float]:
    """Return a column of numbers; what few values are none count as null."""
    known = np.array([np.nan, *(np.nan if one is None else one for one in numbers)])
    low, high = (np.array([np.nan, *(np.nan if one is None else one[at] for one in ends)]) for at in (0, 1))
    lost = float(np.isnan(low[coded.treated[coded.treated > 0]]).mean()) if coded.treated.any() else 0.0
    renumbered = Coded(
        np.where(np.isnan(known[coded.original]), 0, coded.original).astype(np.int32),
        None if coded.control is None else np.where(np.isnan(known[coded.control]), 0, coded.control).astype(np.int32),
        np.where(np.isnan(low[coded.treated]), 0, coded.treated).astype(np.int32),
    )
    return Numbers.of(name, renumbered, known, low, high), lost


def _texts(columns: Sequence[pa.ChunkedArray]) -> _Texts:
    """Return distinct texts over all columns, and each column's codes."""
    texts = [as_texts(column) for column in columns]
    encoded = pa.chunked_array([chunk for one in texts for chunk in one.chunks], pa.string()).combine_chunks()
    encoded = encoded.dictionary_encode() if isinstance(encoded, pa.Array) else pa.array([]).dictionary_encode()
    codes = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32) + np.int32(1)
    ends = np.cumsum([len(one) for one in texts])
    return _Texts(encoded.dictionary.to_pylist(), np.split(codes, ends[:-1]))


def codes_of_texts(column: pa.ChunkedArray) -> npt.NDArray[np.int32]:
    """Return int32 [rows], equal for equal texts; 0 is null."""
    return _texts([column]).codes[0]


def as_texts(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return a column as text: whole floats lose their `.0`, blanks around and empty texts go."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
    if pa.types.is_floating(column.type) and pc.all(pc.equal(column, pc.floor(column)), min_count=0).as_py():
        column = column.cast(pa.int64(), safe=False)
    text = pc.utf8_trim_whitespace(column.cast(pa.string()))
    return pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
