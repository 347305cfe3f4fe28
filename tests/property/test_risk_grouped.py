"""Risk measured from groups that other processes give back, against risk measured from rows."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.formats import open_source
from kouan.model.declaration import ReleaseMode
from kouan.risk import Population, Setting, measure
from kouan.risk import grouped as module
from kouan.risk.grouped import read_table
from tests.inventories import inventory, item, persons
from tests.tables import MemorySource
from tests.tasking import Near

_DAY = dt.date(1990, 1, 31)
_NAN = float("nan")
ROW = st.tuples(
    st.sampled_from(["女", "男", "", None]),
    st.sampled_from([_DAY, dt.date(1966, 2, 1), None]),
    st.sampled_from([1.5, 0.1 + 0.2, -0.0, 0.0, _NAN, None]),
    st.sampled_from([b"\xff\x00", b"", None]),
    st.sampled_from(["p", "q", "r", None]),
    st.sampled_from(["a", "a\x1fb", "", None]),
)
KINDS = (pa.string(), pa.date32(), pa.float64(), pa.binary(), pa.string(), pa.string())
ROLES = ("quasi_identifier", "quasi_identifier", "quasi_identifier", "quasi_identifier", "other", "sensitive_attribute")


def _table(rows):
    columns = zip(*rows, strict=True) if rows else [()] * len(KINDS)
    return pa.table({name: pa.array(one, kind) for name, one, kind in zip("qrstku", columns, KINDS, strict=True)})


def _parquet(table, folder, group):
    pq.write_table(table, Path(folder) / "t", row_group_size=group)
    return open_source(Path(folder) / "t", name="t")


def _known(names="qrstku", key=True):
    items = [item(f"t!t#{name}", role=role) for name, role in zip("qrstku", ROLES, strict=True) if name in names]
    return inventory(*items, persons=[persons("member", "t!t#k")] if key else [])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(ROW, max_size=40), st.integers(1, 15), st.booleans(), st.sampled_from(["qrstku", "qku", "ku", "u", "k"])
)
def test_groups_say_what_rows_say(rows, group, key, names):
    with tempfile.TemporaryDirectory() as folder:
        source, near = _parquet(_table(rows), folder, group), Near()
        known = _known(names, key and "k" in names)
        plain = measure([source], known, ReleaseMode.CONTROLLED)
        assert measure([source], known, ReleaseMode.CONTROLLED, engine=near) == plain
        assert len(near.sent) > 0 or not rows


@settings(max_examples=30, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=30), st.lists(ROW, max_size=30), st.integers(1, 15))
def test_a_population_is_found_among_groups(rows, more, group):
    names = ["q", "r"]
    there = MemorySource.of("p", {"p": _table([*rows, *more]).select(names)}).entities[0]
    with tempfile.TemporaryDirectory() as folder:
        source = _parquet(_table(rows), folder, group)
        setting = Setting(ReleaseMode.CONTROLLED, population=Population(size=100, table=there))
        known = _known("qrku", key=True)
        assert measure([source], known, setting, engine=Near()) == measure([source], known, setting)


def test_many_parts_are_put_together_on_the_way(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_HELD", 3)
    rows = [("女", _DAY, float(n % 7), None, "p", None) for n in range(90)]
    source = _parquet(_table(rows), tmp_path, 5)
    read = read_table(source.entities[0], ["q", "s"], Near(jobs=8))
    assert sorted(read.weight.tolist()) == [12, 13, 13, 13, 13, 13, 13]
    assert read.rows == 90


def test_no_value_leaves_a_process(tmp_path):
    cells = [f"王小{n}路" for n in range(50)]
    table = pa.table({"q": cells * 2, "k": [f"13812{n:06d}" for n in range(100)]})
    source, near = _parquet(table, tmp_path, 30), Near()
    read = read_table(source.entities[0], ["q", "k"], near)
    assert read.rows == 100
    held = b"".join(near.got)
    assert not [cell for cell in cells if cell.encode() in held]
    assert b"13812" not in held


def test_what_is_a_hash_depends_on_a_key_of_each_table(tmp_path):
    source = _parquet(pa.table({"q": ["女", "男"]}), tmp_path, 1)
    once, again = (read_table(source.entities[0], ["q"], Near()).columns["q"][1].to_pylist() for _ in range(2))
    assert not set(once) & set(again)
