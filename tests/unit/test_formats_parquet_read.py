import datetime as dt
import random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kouan.formats import Limits, ReadOptions, open_source
from kouan.model.errors import KouanError


def source(tmp_path, table, *, batch_rows=65_536, **settings):
    pq.write_table(table, tmp_path / "t.parquet", **settings)
    return open_source(tmp_path / "t.parquet", name="t", options=ReadOptions(batch_rows=batch_rows))


def error(path):
    with pytest.raises(KouanError) as caught:
        list(open_source(path, name="t").entities[0].batches())
    return caught.value


def test_plain_types_whatever_the_file_stored(tmp_path):
    table = pa.table(
        {
            "d": pa.array(["x", None, "x"]).dictionary_encode(),
            "l": pa.array(["a", "b", None], pa.large_string()),
            "t": pa.array([dt.datetime(2024, 1, 2, tzinfo=dt.UTC)] * 3, pa.timestamp("ns")),
        }
    )
    opened = source(tmp_path, table)
    entity = opened.entities[0]
    assert [str(kind) for kind in entity.schema.types] == ["string", "string", "timestamp[ns]"]
    assert entity.rows == 3
    (batch,) = entity.batches(["l", "d"])
    assert batch.to_pylist() == [{"l": "a", "d": "x"}, {"l": "b", "d": None}, {"l": None, "d": "x"}]
    assert batch.schema.equals(pa.schema([("l", pa.string()), ("d", pa.string())]))
    assert [batch.num_rows for batch in entity.batches([])] == [3]


def test_batches_over_row_groups(tmp_path):
    opened = source(
        tmp_path,
        pa.table({"a.b": range(1000), "a": range(1000)}),
        batch_rows=64,
        row_group_size=300,
    )
    batches = list(opened.entities[0].batches(["a"]))
    assert max(batch.num_rows for batch in batches) <= 64
    assert [value for batch in batches for value in batch.column("a").to_pylist()] == list(range(1000))
    assert {tuple(batch.schema.names) for batch in batches} == {("a",)}


def test_nested_and_repeated_columns_are_refused(tmp_path):
    nested = pa.table({"名单": [[1]], "s": [{"x": 1}], "ok": [1]})
    pq.write_table(nested, tmp_path / "t.parquet")
    caught = error(tmp_path / "t.parquet")
    assert caught.code == "K-FMT-019"
    assert "名单、s" in caught.what.zh
    pq.write_table(pa.Table.from_arrays([[1], [2]], names=["x", "x"]), tmp_path / "t.parquet")
    assert error(tmp_path / "t.parquet").code == "K-FMT-020"


def test_column_limit(tmp_path):
    pq.write_table(pa.table({"a": [1], "b": [2]}), tmp_path / "t.parquet")
    with pytest.raises(KouanError, match="K-FMT-015"):
        open_source(tmp_path / "t.parquet", name="t", options=ReadOptions(limits=Limits(columns=1)))


def test_no_rows_and_lost_metadata_are_noted(tmp_path):
    opened = source(tmp_path, pa.table({"a": pa.array([], pa.int64())}).replace_schema_metadata({"author": "x"}))
    assert list(opened.entities[0].batches()) == []
    notes = " ".join(note.en for note in opened.notes)
    assert "no rows" in notes
    assert "author" in notes


@pytest.mark.parametrize("kept", [4, 8, 100, 0.5, -1])
def test_truncated(tmp_path, kept):
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"secret": [f"张三{index}" for index in range(1000)]}), path)
    data = path.read_bytes()
    path.write_bytes(data[: int(kept * len(data)) if isinstance(kept, float) else kept])
    caught = error(path)
    assert caught.code == "K-FMT-017"
    assert caught.__suppress_context__


def test_wrong_bytes_never_show_a_parser_text(tmp_path):
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"secret": [f"张三{index}" for index in range(1000)]}), path, compression="snappy")
    data = path.read_bytes()
    chance = random.Random(1)
    codes = set()
    for _ in range(60):
        wrong = bytearray(data)
        for _ in range(8):
            wrong[chance.randrange(4, len(wrong) - 8)] ^= 1 << chance.randrange(8)
        path.write_bytes(wrong)
        try:
            list(open_source(path, name="t").entities[0].batches())
        except KouanError as caught:
            codes.add(caught.code)
    assert codes <= {"K-FMT-017", "K-FMT-018", "K-FMT-019", "K-FMT-020"}
    assert "K-FMT-017" in codes


def test_encrypted_footer(tmp_path):
    (tmp_path / "t.parquet").write_bytes(b"PARE" + bytes(100) + b"PARE")
    assert error(tmp_path / "t.parquet").code == "K-FMT-018"
