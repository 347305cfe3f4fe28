from __future__ import annotations

import pyarrow as pa
import pytest

from kouan.deidentify.hierarchy import Hierarchy
from kouan.deidentify.lattice import attribute, optimum, read_table
from kouan.model.errors import KouanError
from kouan.risk.privacy import DistinctDiversity, KAnonymity, KMap

AGE = Hierarchy("age", (("31", "30-39", "*"), ("34", "30-39", "*"), ("47", "40-49", "*"), ("48", "40-49", "*")))
CITY = Hierarchy("city", (("大兴", "北京"), ("朝阳", "北京")))
ROWS = pa.table(
    {
        "age": [31, 34, 31, 47, 48, 47],
        "city": ["大兴", "大兴", "朝阳", "大兴", "朝阳", "朝阳"],
        "illness": ["a", "b", "b", "a", "a", None],
    }
)


def test_a_table_is_recoded_no_more_than_it_takes():
    found = optimum(read_table(ROWS, {"age": AGE, "city": CITY}), [KAnonymity(3)])
    # Bands of ten years and one city would do too, but lose 1/3 and 1; any age and the city itself lose 1 and 0.
    assert found.levels == (2, 0)
    assert (found.optimal, found.suppressed, found.classes, found.nodes) == (True, 0, 2, 6)
    assert found.score == pytest.approx(2**0.5 - 1)


def test_suppressing_rows_can_save_a_level():
    found = optimum(read_table(ROWS, {"age": AGE}), [KAnonymity(2)], suppression="0.33")
    assert (found.levels, found.suppressed, found.score) == ((1,), 0, pytest.approx(1 / 3))
    # Two ages have one row each: suppressing 2 of 6 loses as much, at a lower level.
    kept = optimum(read_table(ROWS, {"age": AGE}), [KAnonymity(2)], suppression="0.34")
    assert (kept.levels, kept.suppressed, kept.score) == ((0,), 2, pytest.approx(1 / 3))


def test_levels_may_be_prescribed():
    table = read_table(ROWS, {"age": AGE, "city": CITY}, levels={"age": (2, 2)})
    found = optimum(table, [KAnonymity(3)])
    assert (found.levels, found.nodes) == ((2, 0), 2)


def test_null_is_a_sensitive_value():
    table = read_table(ROWS, {"age": AGE, "city": CITY}, sensitive=["illness"])
    assert optimum(table, [DistinctDiversity("illness", 2)]).levels == (2, 0)
    assert optimum(table, [DistinctDiversity("illness", 3)]).levels == (2, 1)
    assert optimum(table, [DistinctDiversity("illness", 4)]).levels is None


def test_a_population_stands_behind_a_sample():
    sample = ROWS.slice(0, 1)
    table = read_table(sample, {"age": AGE, "city": CITY}, population=ROWS)
    assert optimum(table, [KMap(3)]).levels == (2, 0)
    assert optimum(table, [KMap(2)]).levels == (1, 0)


@pytest.mark.parametrize(
    ("code", "work"),
    [
        ("K-DEI-040", lambda: attribute("age", [("1", "*"), ("2",)])),
        ("K-DEI-040", lambda: attribute("age", [("1", "*"), ("1", "*")])),
        ("K-DEI-041", lambda: attribute("age", [("1", "a", "x"), ("2", "a", "y")])),
        ("K-DEI-042", lambda: attribute("age", AGE.rows, lowest=3)),
        ("K-DEI-043", lambda: read_table(pa.table({"age": [31, 99]}), {"age": AGE})),
        ("K-DEI-043", lambda: read_table(pa.table({"age": [31, None]}), {"age": AGE})),
        ("K-DEI-044", lambda: read_table(ROWS.slice(0, 0), {"age": AGE})),
        ("K-DEI-046", lambda: optimum(read_table(ROWS, {"age": AGE}), [KAnonymity(2)], suppression="1.5")),
        ("K-DEI-047", lambda: optimum(read_table(ROWS, {"age": AGE}), [DistinctDiversity("illness", 2)])),
        ("K-DEI-047", lambda: optimum(read_table(ROWS, {"age": AGE}), [KMap(2)])),
    ],
)
def test_errors_name_the_column_and_never_a_value(code, work):
    with pytest.raises(KouanError) as caught:
        work()
    assert caught.value.message.code == code
    assert "99" not in str(caught.value)


def test_values_may_come_in_pieces_and_as_dictionaries():
    plain = read_table(ROWS, {"age": AGE, "city": CITY})
    text = ROWS.set_column(0, "age", ROWS["age"].cast(pa.string()))
    pieces = pa.concat_tables([text.slice(0, 2).combine_chunks(), text.slice(2, 4).combine_chunks()])
    encoded = pa.concat_tables([pieces.slice(0, 1), pieces.slice(1)]).select(["age", "city"])
    for rows in (pieces, pa.table({name: encoded[name].dictionary_encode() for name in encoded.column_names})):
        assert optimum(read_table(rows, {"age": AGE, "city": CITY}), [KAnonymity(3)]) == optimum(plain, [KAnonymity(3)])


def test_hierarchies_of_many_values_are_read_too():
    many = Hierarchy("n", tuple((str(leaf), str(leaf // 100), "*") for leaf in range(40_000)))
    rows = pa.table({"n": [str(leaf) for leaf in (7, 8, 39_999, 39_998)]})
    found = optimum(read_table(rows, {"n": many}), [KAnonymity(2)])
    assert (found.levels, found.classes) == ((1,), 2)
