"""Values that repeat inside one record of a document: all are looked at, and nobody goes uncounted."""

import pyarrow as pa

from tests.recognizing import given, look, mobile_of

TEXTS = pa.list_(pa.string())


def test_all_values_of_a_record_are_looked_at():
    column = pa.array([["x", mobile_of(1)], None, [], [mobile_of(2), mobile_of(3), mobile_of(4)]], TEXTS)
    item = look(
        given({"t": {"phone": column, "name": ["王小明", "李小红", "赵小刚", "钱小芳"]}}, subjects=("patient",))
    ).items[0]
    assert (item.meaning, item.cells, item.nulls, item.distinct) == ("cn.mobile", 7, 2, 5)


def test_keys_that_repeat_in_one_record_may_be_of_several_persons():
    inventory = look(
        given({"t": {"name": pa.array([["王小明", "李小红", "赵小刚"], ["钱小芳"]], TEXTS)}}, subjects=("patient",))
    )
    (count,) = inventory.persons
    assert (count.persons.lo, count.persons.hi) == (2, 4)
    assert "2 more" in count.method.en


def test_a_subject_key_tells_that_they_are_one_person():
    names = pa.array([["王小明", "王晓明"], ["钱小芳"]], TEXTS)
    inventory = look(given({"t": {"patient_id": ["P1", "P2"], "name": names}}, subjects=("patient",)))
    assert (inventory.persons[0].persons.lo, inventory.persons[0].persons.hi) == (2, 2)
