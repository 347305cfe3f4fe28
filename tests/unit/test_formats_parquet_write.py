import datetime as dt

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kouan.formats import open_sink, open_source


def rewritten(tmp_path, table, *, schema=None, change=lambda batch: batch, **settings):
    pq.write_table(table, tmp_path / "t.parquet", **settings)
    opened = open_source(tmp_path / "t.parquet", name="t")
    entity = opened.entities[0]
    with open_sink(tmp_path / "o.parquet", opened, schemas={"t": schema or entity.schema}) as sink:
        for batch in entity.batches():
            sink.write("t", change(batch))
    return pq.ParquetFile(tmp_path / "o.parquet")


KEPT = pa.table(
    {
        "分类": pa.array(["x", None, "y"]).dictionary_encode(),
        "大": pa.array(["a", "b", None], pa.large_string()),
        "时间": pa.array([dt.datetime(2024, 1, 2, 3, 4, 5, 6, dt.UTC)] * 3, pa.timestamp("ns", "Asia/Shanghai")),
        "日": pa.array([dt.date(2024, 1, 2)] * 3),
        "整": pa.array([1, 2, None], pa.int16()),
        "值": pa.array(["1.10", None, "2.20"]).cast(pa.decimal128(10, 2)),
    }
)


@pytest.mark.parametrize("codec", ["none", "snappy", "gzip", "zstd", "brotli", "lz4"])
def test_types_and_compression_are_kept(tmp_path, codec):
    with rewritten(tmp_path, KEPT, compression=codec) as file:
        table = file.read()
        column = file.metadata.row_group(0).column(0)
    assert table.schema.equals(KEPT.schema)
    assert table.cast(KEPT.schema).equals(KEPT)
    assert column.compression == {"none": "UNCOMPRESSED"}.get(codec, codec.upper())


def test_row_groups_keep_their_size(tmp_path):
    with rewritten(tmp_path, pa.table({"a": range(1000)}), row_group_size=300) as file:
        sizes = [file.metadata.row_group(index).num_rows for index in range(file.num_row_groups)]
        assert file.read().column("a").to_pylist() == list(range(1000))
    assert sizes == [300, 300, 300, 100]


def test_treated_columns_take_their_new_type(tmp_path):
    schema = pa.schema([("分类", pa.string()), ("整", pa.string())])

    def change(batch):
        return pa.record_batch({"分类": batch.column("分类"), "整": batch.column("整").cast(pa.string())})

    with rewritten(tmp_path, KEPT, schema=schema, change=change) as file:
        table = file.read()
    assert pa.types.is_dictionary(table.schema.field("分类").type)
    assert table.column("整").to_pylist() == ["1", "2", None]


def test_dictionaries_over_many_row_groups(tmp_path):
    table = pa.table({"d": pa.array([f"v{index % 70}" for index in range(1000)]).dictionary_encode()})
    with rewritten(tmp_path, table, row_group_size=100) as file:
        assert file.read().column("d").cast(pa.string()).equals(table.column("d").cast(pa.string()))


def test_no_rows_and_no_metadata(tmp_path):
    table = pa.table({"a": pa.array([], pa.int64())}).replace_schema_metadata({"author": "someone"})
    with rewritten(tmp_path, table) as file:
        assert file.metadata.num_rows == 0
        assert file.schema_arrow.metadata is None


def test_the_wrong_table_is_a_fault_of_the_caller(tmp_path):
    with pytest.raises(ValueError, match="belong"):
        rewritten(tmp_path, KEPT, change=lambda batch: batch.select(["大"]))
