"""Hand-computed tables: every number below was worked out on paper from the formulas of annex D."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest

from kouan.model.declaration import ReleaseMode
from kouan.model.errors import KouanError
from kouan.risk import Context, Population, Setting, measure
from tests.inventories import inventory, item, persons
from tests.tables import MemorySource


def source(columns: dict[str, list[object]], *, batch_rows: int = 3) -> MemorySource:
    return MemorySource.of("t.csv", {"t": pa.table(columns)}, batch_rows=batch_rows)


def ids(*names: str) -> tuple[str, ...]:
    return tuple(f"t.csv!t#{name}" for name in names)


QUASI = (item("t.csv!t#sex", role="quasi_identifier"), item("t.csv!t#age", role="quasi_identifier"))
SEX = ["f", "f", "f", "m", "m", "f", "m", "m"]
AGE = [30, 30, 30, 40, 40, 50, 50, 50]
"""Classes: (f,30) 3, (m,40) 2, (f,50) 1, (m,50) 2."""


def test_measures_of_a_small_table_by_hand():
    view = measure([source({"sex": SEX, "age": AGE})], inventory(*QUASI), ReleaseMode.ENCLAVE, threads=1)
    (table,) = view.tables
    assert (table.entity, table.unit, table.quasi) == ("t.csv!t", "row", ids("sex", "age"))
    assert (table.records, table.classes, table.k) == (8, 4, 1)
    assert table.prosecutor_max == table.journalist_max == 1
    assert table.prosecutor_avg == table.marketer == Decimal("0.5")
    # (1/4)(1/3 + 1/2 + 1 + 1/2) = 7/12
    assert table.class_avg == Decimal("0.583333")
    # enclave: classes of fewer than 3: sizes 2, 1, 2 hold 5 of 8 records
    assert table.share_at_risk == Decimal("0.625")
    filled = {(bar.lo, bar.hi): (bar.classes, bar.records) for bar in table.histogram if bar.classes}
    assert filled == {(1, 1): (1, 1), (2, 2): (2, 4), (3, 4): (1, 3)}
    assert len(table.histogram) == 8
    assert (view.grade.grade, view.grade.risk, view.grade.tau) == (2, 1, Decimal("0.333333"))


def test_null_is_a_value_of_its_own_and_said_so():
    view = measure(
        [source({"sex": [None, None, "f", "f"], "age": [1, 1, 1, None]})], inventory(*QUASI), ReleaseMode.ENCLAVE
    )
    (table,) = view.tables
    assert (table.classes, table.k) == (3, 1)
    assert any("Null" in note.en for note in table.notes)


def test_a_column_that_is_empty_throughout_is_one_value():
    table = pa.table({"sex": pa.nulls(6), "age": [1, 1, 1, 2, 2, 2]})
    view = measure(
        [MemorySource.of("t.csv", {"t": table}, batch_rows=2)], inventory(*QUASI), ReleaseMode.ENCLAVE, threads=1
    )
    assert (view.tables[0].classes, view.tables[0].k) == (2, 3)


def test_all_rows_unique():
    rows = list(range(10))
    view = measure([source({"sex": ["f"] * 10, "age": rows})], inventory(*QUASI), ReleaseMode.PUBLIC)
    (table,) = view.tables
    assert (table.classes, table.k, table.class_avg, table.share_at_risk) == (10, 1, 1, 1)


def test_zero_rows():
    empty = MemorySource.of(
        "t.csv", {"t": pa.table({"sex": pa.array([], pa.string()), "age": pa.array([], pa.int64())})}
    )
    sensitive = item("t.csv!t#sex", role="sensitive_attribute")
    view = measure([empty], inventory(QUASI[1], sensitive), ReleaseMode.PUBLIC)
    (table,) = view.tables
    assert (table.records, table.classes, table.k, table.class_avg, table.share_at_risk) == (0, 0, 0, 0, 0)
    assert table.diversity == ()
    assert view.grade.grade == 3
    assert view.grade.risk == 0


def test_distinct_l_is_the_smallest_number_of_values_in_a_class():
    data = {"sex": SEX, "age": AGE, "illness": ["a", "b", "a", "a", "a", "a", "b", None]}
    sensitive = item("t.csv!t#illness", role="sensitive_attribute")
    (table,) = measure([source(data)], inventory(*QUASI, sensitive), ReleaseMode.PUBLIC).tables
    assert [(one.item, one.distinct_l) for one in table.diversity] == [("t.csv!t#illness", 1)]
    (whole,) = measure([source(data)], inventory(sensitive), ReleaseMode.PUBLIC).tables
    assert whole.diversity[0].distinct_l == 3


def test_orders_count_persons_not_rows():
    # member a has 3 rows and b 2 in (f,30); c and one row without a member stand in (m,40)
    data = {"member": ["a", "a", "a", "b", "b", "c", None], "sex": ["f"] * 5 + ["m"] * 2, "age": [30] * 5 + [40] * 2}
    key = item("t.csv!t#member", meaning="pseudonym")
    view = measure(
        [source(data)], inventory(*QUASI, key, persons=[persons("member", key.id)]), ReleaseMode.ENCLAVE, threads=2
    )
    (table,) = view.tables
    assert (table.unit, table.records, table.classes, table.k) == (key.id, 4, 2, 2)
    assert "persons" in view.grade.reason.en


def test_a_population_is_compared_with_persons_and_not_with_their_rows():
    data = {"member": ["a"] * 3 + ["b"] * 3, "sex": ["f"] * 6, "age": [1, 2, 3, 4, 5, 6]}
    key = item("t.csv!t#member", meaning="pseudonym")
    about = inventory(*QUASI, key, persons=[persons("member", key.id)])

    def measured(size):
        return measure([source(data)], about, Setting(mode=ReleaseMode.ENCLAVE, population=Population(size=size)))

    (table,) = measured(2).tables  # six records of two persons
    assert table.population_uniques is None
    assert any("not estimated" in note.en for note in table.notes)
    with pytest.raises(KouanError) as caught:
        measured(1)
    assert caught.value.code == "K-RSK-006"


def test_a_key_that_never_repeats_leaves_the_unit_at_rows():
    data = {"member": ["a", "b", None, None], "sex": ["f"] * 4, "age": [30] * 4}
    key = item("t.csv!t#member", meaning="pseudonym")
    (table,) = measure(
        [source(data)], inventory(*QUASI, key, persons=[persons("member", key.id)]), ReleaseMode.ENCLAVE
    ).tables
    assert (table.unit, table.records) == ("row", 4)


def test_without_quasi_identifiers_all_rows_are_one_class():
    other = item("t.csv!t#sex")
    view = measure([source({"sex": SEX})], inventory(other), ReleaseMode.PUBLIC)
    (table,) = view.tables
    assert (table.quasi, table.classes, table.k) == ((), 1, 8)
    assert (view.grade.grade, view.grade.risk) == (4, None)


def of_size(*sizes: int) -> MemorySource:
    sex = [str(at) for at, size in enumerate(sizes) for _ in range(size)]
    return source({"sex": sex}, batch_rows=1000)


@pytest.mark.parametrize(
    ("sizes", "mode", "grade", "risk"),
    [
        ((19, 100), ReleaseMode.PUBLIC, 2, "1"),
        ((20, 100), ReleaseMode.PUBLIC, 2, "0.05"),
        ((21, 100), ReleaseMode.PUBLIC, 3, "0.047619"),
        ((4, 100), ReleaseMode.CONTROLLED, 2, "1"),
        ((5, 5), ReleaseMode.CONTROLLED, 2, "0.06"),
        ((5, 10), ReleaseMode.CONTROLLED, 3, "0.045"),
        ((2, 100), ReleaseMode.ENCLAVE, 2, "1"),
        ((3, 3), ReleaseMode.ENCLAVE, 2, "0.1"),
        ((3, 100, 100), ReleaseMode.ENCLAVE, 3, "0.035333"),
    ],
)
def test_grade_at_the_thresholds(sizes, mode, grade, risk):
    view = measure([of_size(*sizes)], inventory(QUASI[0]), mode)
    assert (view.grade.grade, view.grade.risk) == (grade, Decimal(risk))


def test_the_context_is_the_largest_of_its_three_parts():
    context = Context(attempt=Decimal("0.05"), acquaintance=Decimal("0.6"), breach=Decimal("0.14"))
    view = measure([of_size(10, 10)], inventory(QUASI[0]), Setting(mode=ReleaseMode.CONTROLLED, context=context))
    assert (view.grade.grade, view.grade.risk) == (2, Decimal("0.06"))
    assert "0.6" in view.grade.reason.zh
    assert "defaults" not in view.grade.reason.en
    usual = measure([of_size(10, 10)], inventory(QUASI[0]), ReleaseMode.CONTROLLED)
    assert (usual.grade.grade, usual.grade.risk) == (3, Decimal("0.03"))
    assert "默认值" in usual.grade.reason.zh


def test_a_direct_identifier_or_kept_free_text_is_grade_one():
    direct = item("t.csv!t#age", role="direct_identifier")
    view = measure([source({"sex": SEX, "age": AGE})], inventory(QUASI[0], direct), ReleaseMode.ENCLAVE)
    assert (view.grade.grade, view.grade.risk, view.tables[0].direct) == (1, None, ids("age"))
    assert "age" in view.grade.reason.zh
    text = item("t.csv!t#age", meaning="free_text")
    view = measure([source({"sex": SEX, "age": AGE})], inventory(QUASI[0], text), ReleaseMode.ENCLAVE)
    assert (view.grade.grade, view.tables[0].direct) == (1, ())
    assert "自由文本" in view.grade.reason.zh


def test_a_pseudonym_excludes_grade_four():
    pseudonym = item("t.csv!t#sex", meaning="pseudonym")
    many = source({"sex": [str(at) for at in range(100)]})
    assert measure([many], inventory(pseudonym), ReleaseMode.PUBLIC).grade.grade == 3


def test_the_worst_table_grades_the_whole_and_shared_persons_are_pointed_out():
    one, two = (
        MemorySource.of(name, {"t": pa.table({"sex": ["f"] * rows, "id": list(range(rows))})})
        for name, rows in (("a.csv", 50), ("b.csv", 2))
    )
    items = [item(f"{name}!t#sex", role="quasi_identifier") for name in ("a.csv", "b.csv")]
    keys = [item(f"{name}!t#id", meaning="pseudonym") for name in ("a.csv", "b.csv")]
    known = inventory(*items, *keys, persons=[persons("member", *(key.id for key in keys))])
    view = measure([one, two], known, ReleaseMode.CONTROLLED)
    assert [table.k for table in view.tables] == [50, 2]
    assert view.grade.grade == 2
    assert "b.csv!t" in view.grade.reason.en
    assert all(any("joined" in note.en for note in table.notes) for table in view.tables)


def test_an_inventory_of_other_data_is_refused():
    with pytest.raises(KouanError) as caught:
        measure([source({"sex": SEX})], inventory(*QUASI), ReleaseMode.PUBLIC)
    assert caught.value.code == "K-RSK-001"


def test_nested_columns_are_refused():
    with pytest.raises(KouanError) as caught:
        measure([source({"sex": [[1], [2]]})], inventory(QUASI[0]), ReleaseMode.PUBLIC)
    assert caught.value.code == "K-RSK-002"


def test_values_that_repeat_in_a_record_count_together():
    report = measure([source({"sex": [["f", "m"], ["f"], ["f", "m"], None]})], inventory(QUASI[0]), ReleaseMode.PUBLIC)
    assert [(table.records, table.classes, table.k) for table in report.tables] == [(4, 3, 1)]
