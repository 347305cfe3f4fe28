import datetime as dt
import io
import struct

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import feather, orc

from kouan.formats import Limits, ReadOptions, open_sink, open_source
from kouan.model.errors import KouanError
from tests.folders import tables, written_back, zipped

TABLE = pa.table(
    {
        "姓名": pa.array(["甲", None, "", "丁"]),
        "n": pa.array([1, 2, None, 4], pa.int32()),
        "x": pa.array([0.5, None, 1.5, 2.5]),
        "day": pa.array([dt.date(2026, 1, 2)] * 4),
        "ok": pa.array([True, False, None, True]),
    }
)


def ipc(path, table, *, stream=False, codec=None, rows=None, end=True):
    make = pa.ipc.new_stream if stream else pa.ipc.new_file
    sink = io.BytesIO()
    with make(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression=codec)) as writer:
        writer.write_table(table, rows)
    path.write_bytes(sink.getvalue() if end else sink.getvalue()[:-8])
    return path


def opened(path, **limits):
    return open_source(path, name=path.name, options=ReadOptions(limits=Limits(**limits)))


def refused(path, **limits):
    with pytest.raises(KouanError) as caught:
        tables(opened(path, **limits))
    return caught.value.code


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("codec", [None, "lz4", "zstd"])
def test_arrow_comes_back_equal(tmp_path, stream, codec):
    source = opened(ipc(tmp_path / "t.arrow", TABLE, stream=stream, codec=codec, rows=3))
    (entity,) = source.entities
    assert (source.format, source.detail) == ("arrow", ", ".join(filter(None, ["stream" if stream else "file", codec])))
    assert (entity.name, entity.rows, source.notes) == ("t", 4, ())
    assert pa.Table.from_batches(entity.batches()).equals(TABLE)
    assert [batch.num_rows for batch in entity.batches([])] == [4]
    written_back(source, tmp_path / "o.arrow")
    again = opened(tmp_path / "o.arrow")
    assert (again.detail, pa.Table.from_batches(again.entities[0].batches())) == (source.detail, TABLE)


def test_feather_and_its_dictionaries_and_views(tmp_path):
    table = pa.table(
        {
            "d": pa.array(["p", "q", None, "p"]).dictionary_encode(),
            "v": pa.array(["a", "long enough to lie elsewhere", None, ""], pa.string_view()),
            "l": pa.array(["a", "b", "c", None], pa.large_string()),
        }
    )
    feather.write_feather(table, tmp_path / "f.feather")
    source = opened(tmp_path / "f.feather")
    assert source.entities[0].schema.types == [pa.string()] * 3
    assert tables(source)["f"] == table.to_pylist()
    written_back(source, tmp_path / "o.feather")
    assert tables(opened(tmp_path / "o.feather"))["o"] == table.to_pylist()


def test_rows_left_out_and_types_changed(tmp_path):
    for name in ("t.arrow", "t.orc"):
        if name == "t.orc":
            orc.write_table(TABLE, tmp_path / name)
        else:
            ipc(tmp_path / name, TABLE)
        source = opened(tmp_path / name)
        schema = pa.schema([("姓名", pa.string()), ("n", pa.string())])
        with open_sink(tmp_path / f"o{name}", source, schemas={"t": schema}) as sink:
            for batch in source.entities[0].batches(["姓名", "n"]):
                treated = pa.RecordBatch.from_arrays(
                    [batch.column(0), batch.column(1).cast(pa.string())], schema=schema
                )
                sink.write("t", treated, pa.array([True, False, True, False]))
        assert tables(opened(tmp_path / f"o{name}"))["o" + "t"] == [{"姓名": "甲", "n": "1"}, {"姓名": "", "n": None}]
        with pytest.raises(ZeroDivisionError), open_sink(tmp_path / f"p{name}", source, schemas={"t": schema}):
            raise ZeroDivisionError
        assert not [path for path in tmp_path.iterdir() if path.name.startswith((".", "p"))]


@pytest.mark.parametrize("codec", ["uncompressed", "zlib", "snappy", "zstd"])
def test_orc_comes_back_equal(tmp_path, codec):
    orc.write_table(TABLE, tmp_path / "t.orc", compression=codec)
    source = opened(tmp_path / "t.orc")
    assert (source.format, source.detail, source.entities[0].rows) == ("orc", codec, 4)
    assert pa.Table.from_batches(source.entities[0].batches()).equals(TABLE)
    assert sum(batch.num_rows for batch in source.entities[0].batches([])) == 4
    written_back(source, tmp_path / "o.orc")
    again = opened(tmp_path / "o.orc")
    assert (again.detail, pa.Table.from_batches(again.entities[0].batches())) == (codec, TABLE)


def test_empty_tables(tmp_path):
    for name in ("t.arrow", "t.orc"):
        if name == "t.orc":
            orc.write_table(TABLE.slice(0, 0), tmp_path / name)
        else:
            ipc(tmp_path / name, TABLE.slice(0, 0))
        source = opened(tmp_path / name)
        written_back(source, tmp_path / f"o{name}")
        assert opened(tmp_path / f"o{name}").entities[0].schema.names == TABLE.schema.names
        assert any("no rows" in note.en for note in source.notes)


def test_inside_a_zip(tmp_path):
    ipc(tmp_path / "a", TABLE)
    orc.write_table(TABLE, tmp_path / "b")
    path = zipped(
        tmp_path / "z.zip", {"a.arrow": (tmp_path / "a").read_bytes(), "b.orc": (tmp_path / "b").read_bytes()}
    )
    assert tables(opened(path)) == {"a": TABLE.to_pylist(), "b": TABLE.to_pylist()}


def test_every_byte_changed_is_read_or_refused(tmp_path):
    data = ipc(tmp_path / "t.arrow", TABLE, codec="lz4").read_bytes()
    for place in range(8, len(data), 3):
        (tmp_path / "x.arrow").write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        try:
            list(opened(tmp_path / "x.arrow").entities[0].batches())
        except KouanError as error:
            assert error.code in {"K-FMT-019", "K-FMT-020", "K-FMT-054", "K-FMT-055"}, place  # noqa: PT017


@pytest.mark.parametrize("name", ["t.arrow", "t.arrows", "t.orc"])
def test_cut_off(tmp_path, name):
    big = pa.table({"a": [str(number) for number in range(5000)]})
    if name == "t.orc":
        orc.write_table(big, tmp_path / name)
    else:
        ipc(tmp_path / name, big, stream=name.endswith("s"))
    data = (tmp_path / name).read_bytes()
    for place in (20, len(data) // 2, len(data) - 30):
        (tmp_path / name).write_bytes(data[:place])
        assert refused(tmp_path / name) == "K-FMT-055"


def test_a_stream_without_an_end_says_so(tmp_path):
    source = opened(ipc(tmp_path / "t", TABLE, stream=True, end=False))
    assert [note.en[:30] for note in source.notes] == ["The Arrow stream has no mark o"]


def test_nested_and_repeated_columns(tmp_path):
    assert refused(ipc(tmp_path / "a", pa.table({"l": [[1]]}))) == "K-FMT-019"
    assert refused(ipc(tmp_path / "b", pa.table([[1], [2]], names=["a", "a"]))) == "K-FMT-020"
    nested = pa.DictionaryArray.from_arrays(pa.array([0], pa.int8()), pa.array([[1]]))
    assert refused(ipc(tmp_path / "c", pa.table({"d": nested}))) == "K-FMT-019"
    orc.write_table(pa.table({"l": [[1]]}), tmp_path / "d")
    assert refused(tmp_path / "d") == "K-FMT-019"


def test_what_a_buffer_claims_to_unpack_to_is_checked_first(tmp_path):
    data = ipc(tmp_path / "t", pa.table({"a": [7] * 375_000}), codec="zstd").read_bytes()
    assert refused(tmp_path / "t", page_bytes=1 << 20) == "K-FMT-054"
    claim = struct.pack("<q", 3_000_000)
    assert claim in data
    (tmp_path / "t").write_bytes(data.replace(claim, struct.pack("<q", 1 << 40), 1))
    assert refused(tmp_path / "t") == "K-FMT-054"
    (tmp_path / "t").write_bytes(data.replace(claim, struct.pack("<q", -7), 1))
    assert refused(tmp_path / "t") == "K-FMT-055"


def test_rows_that_take_no_bytes(tmp_path):
    batch = pa.RecordBatch.from_arrays([pa.nulls(1 << 30)], names=["a"])
    with pa.OSFile(str(tmp_path / "t"), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)
    assert refused(tmp_path / "t") == "K-FMT-054"


def test_long_values_meant_often_come_in_pieces(tmp_path):
    size, rows = 1 << 20, 200
    column = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["x" * size]))
    data = np.frombuffer(b"y" * size, np.uint8)
    views = np.zeros((rows, 4), np.int32)
    views[:, 0], views[:, 1] = size, int.from_bytes(b"yyyy", "little")
    view = pa.Array.from_buffers(pa.string_view(), rows, [None, pa.py_buffer(views), pa.py_buffer(data)])
    path = ipc(tmp_path / "t.arrow", pa.table({"a": column, "v": view}))
    batches = list(opened(path, batch_bytes=20 << 20).entities[0].batches())
    assert sum(batch.num_rows for batch in batches) == rows
    assert max(batch.nbytes for batch in batches) <= 20 << 20
