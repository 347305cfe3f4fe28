"""Treatment that maps values to values can only lose what a table tells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kouan.model.plan import Action
from kouan.model.treatment import TreatedItem, Treatment
from kouan.risk import compare
from kouan.risk.codes import Codes
from kouan.risk.information import Column, distance, entropy, mutual

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kouan.model.utility import TableUtility


class Table:
    def __init__(self, columns: dict[str, list[Any]], name: str = "t") -> None:
        self.name, self._batch = name, pa.RecordBatch.from_pydict(columns)
        self.schema, self.rows = self._batch.schema, self._batch.num_rows

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        whole = self._batch.select(list(columns or self.schema.names))
        yield whole.slice(0, self.rows // 2)
        yield whole.slice(self.rows // 2)


class File:
    name = "t.csv"

    def __init__(self, *tables: Table) -> None:
        self.entities = tables


def compared(
    before: dict[str, list[Any]], after: dict[str, list[Any]], action: Action = Action.GENERALISE
) -> TableUtility:
    items = tuple(TreatedItem(item=f"t.csv!t#{name}", action=action, cells=0, changed=0, emptied=0) for name in before)
    done = Treatment(key=None, files=(), items=items)
    return compare([File(Table(before))], [File(Table(after))], done).tables[0]  # type: ignore[list-item]


def column(places: list[int], values: list[Any]) -> Column:
    return Column(Codes(np.array(places, np.int32) + np.int32(1), len(values) + 1), pa.array(values))


values = st.lists(st.none() | st.integers(0, 5).map(str), min_size=2, max_size=80)


@given(values, st.dictionaries(st.sampled_from("012345"), st.sampled_from("ab")))
def test_a_mapping_never_adds_information_and_renaming_loses_none(
    cells: list[str | None], mapping: dict[str, str]
) -> None:
    coarse = [mapping.get(cell, cell) if cell else cell for cell in cells]
    renamed = [f"#{cell}" if cell else cell for cell in cells]
    kept = compared({"a": cells}, {"a": coarse}).items[0].kept
    same = compared({"a": cells}, {"a": renamed}).items[0].kept
    assert kept is None or 0 <= kept <= 1
    assert same in {None, 1}
    assert (kept is None) == (len(set(cells)) == 1)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=120, max_size=300))
def test_mutual_information_is_symmetric_and_at_most_the_smaller_entropy(rows: list[tuple[int, int]]) -> None:
    one, other = (column([row[at] for row in rows], ["a", "b", "c", "d"][: 4 - at]) for at in (0, 1))
    told = mutual(one, other)
    assert told == pytest.approx(mutual(other, one))
    assert 0 <= told <= min(entropy(one.counts()), entropy(other.counts())) + 1e-9


def test_what_is_known_by_heart() -> None:
    assert entropy(np.array([1, 1, 1, 1])) == 2
    half = column([0, 1] * 500, ["x", "y"])
    assert mutual(half, half) == pytest.approx(1 - 1 / (2 * 1000 * np.log(2)))
    numbers = [column([0, 1, 2, 3], part) for part in ([1, 2, 3, 4], [3, 4, 5, 6])]
    assert distance(*numbers) == pytest.approx(0.5)
    words = [column([0, 0, 0, 1], part) for part in (["a", "b"], ["a", "c"])]
    assert distance(*words) == pytest.approx(0.25)


def test_a_dropped_item_tells_nothing_and_takes_its_relations_with_it() -> None:
    cells = ["a", "b", "c"] * 100
    table = compared({"x": cells, "y": cells}, {"y": cells})
    gone, stays = table.items
    assert [gone.kept, gone.distinct_after, gone.emptied] == [0, 0, 1]
    assert [stays.kept, stays.distinct_after, stays.emptied] == [1, 3, 0]
    assert [pair.kept for pair in table.pairs] == [0]
    assert table.pairs_kept == 0


def test_a_kept_item_whose_rows_were_left_out_says_how_far_its_distribution_moved() -> None:
    item = compared({"a": ["x"] * 50 + ["y"] * 50}, {"a": ["x"] * 50}, Action.KEEP).items[0]
    assert item.distance == pytest.approx(0.5)
    assert compared({"a": ["x", "y"]}, {"a": ["x", "y"]}, Action.PSEUDONYM).items[0].distance is None


def test_a_table_that_does_not_leave_keeps_nothing() -> None:
    done = Treatment(key=None, files=(), items=())
    table = compare([File(Table({"a": ["1", "2"]}))], [], done).tables[0]  # type: ignore[list-item]
    assert [table.rows_after, table.items[0].kept] == [0, 0]


def test_of_many_rows_batches_are_read_spread_over_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kouan.risk.utility.MOST_ROWS", 60)
    table = compared({"a": ["1", "2"] * 50}, {"a": ["1", "2"] * 50})
    assert (table.rows_before, table.read_before) == (100, 50)
    assert len(table.notes) == 1
