import datetime as dt

import pyarrow as pa
import pytest

from kouan.formats import open_source
from kouan.formats.xport.fresh import write_xport
from kouan.model.errors import KouanError

CREATED = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
DM = pa.table(
    {
        "USUBJID": ["K-01", "K-02", "K-03"],
        "NAME": ["张三", None, ""],
        "AGE": pa.array([34, None, 0], pa.int64()),
        "BMI": [22.25, None, -0.1],
        "BIRTH": pa.array([dt.date(1991, 5, 6), None, dt.date(1582, 1, 1)]),
        "SEEN": pa.array([1_767_323_045_000_000, None, -631_152_000_000_000], pa.timestamp("us")),
    }
)


def test_what_is_written_is_read_with_labels_and_types(tmp_path):
    labels = {("dm", ""): "Demographics", ("dm", "NAME"): "姓名"}
    field = pa.field("X", pa.string(), metadata={"label": "own"})
    other = pa.table({"X": ["a"]}, schema=pa.schema([field]))
    write_xport(tmp_path / "t.xpt", {"dm": DM, "x": other}, labels=labels, created=CREATED)
    source = open_source(tmp_path / "t.xpt", name="t.xpt")
    assert (source.format, source.detail, source.notes) == ("xport", "SAS XPORT v5, utf-8", ())
    dm, x = source.entities
    assert (dm.name, x.name, dm.rows) == ("dm", "x", 3)
    (batch,) = dm.batches()
    expected = {name: [value or None for value in DM[name].to_pylist()] for name in DM.column_names}
    assert batch.to_pydict() == expected | {"AGE": [34, None, 0]}
    assert [str(kind) for kind in dm.schema.types] == ["string"] * 2 + ["double"] * 2 + ["date32[day]", "timestamp[s]"]
    assert dm.schema.field("NAME").metadata[b"label"].decode() == "姓名"
    assert x.schema.field("X").metadata[b"label"] == b"own"


def test_the_same_tables_give_the_same_bytes_in_whole_records(tmp_path):
    for name in ("a", "b"):
        write_xport(tmp_path / name, {"dm": DM}, created=CREATED)
    data = (tmp_path / "a").read_bytes()
    assert data == (tmp_path / "b").read_bytes()
    assert len(data) % 80 == 0
    assert b"02JAN26:03:04:05" in data


@pytest.mark.parametrize(
    ("table", "code"),
    [
        (pa.table({"A": ["x" * 201]}), "K-FMT-034"),
        (pa.table({"A": [1e80]}), "K-FMT-035"),
        (pa.table({"A": [float("inf")]}), "K-FMT-035"),
    ],
)
def test_what_the_format_cannot_hold_is_refused_and_nothing_is_left(tmp_path, table, code):
    with pytest.raises(KouanError) as caught:
        write_xport(tmp_path / "t.xpt", {"dm": table}, created=CREATED)
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("toolongname", DM),
        ("dm", pa.table({"TOOLONGNAME": [1]})),
        ("dm", pa.table({"A": [[1]]})),
        ("dm", pa.table({"A": [b"x"]})),
    ],
)
def test_names_and_types_that_sas_does_not_know_are_mistakes_of_the_caller(tmp_path, name, table):
    with pytest.raises(ValueError, match=r"."):
        write_xport(tmp_path / "t.xpt", {name: table}, created=CREATED)
