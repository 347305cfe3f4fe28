"""Small columnar files that stand for gigabytes: read in bounded memory or refused, in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyarrow import orc

from kouan.formats import Limits, ReadOptions, open_source
from kouan.model.errors import KouanError

ROOT = Path(__file__).parents[2]
READ = """
import resource, sys
from pathlib import Path
from kouan.formats import open_source
from kouan.model.errors import KouanError
path = Path(sys.argv[1])
import kouan.formats.registry, pyarrow.orc
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
rows = 0
try:
    for batch in open_source(path, name="x").entities[0].batches():
        rows += batch.num_rows
        del batch
        if rows >= int(sys.argv[2]):
            break
    print(rows, end=" ")
except KouanError as error:
    print(error.code, end=" ")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""
MOST_MIB = 700


def read_apart(path, most_rows=10**9):
    """Return what a process of its own read (rows or code) and its growth in MiB."""
    environ = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"], "MALLOC_ARENA_MAX": "1"}
    done = subprocess.run(
        [sys.executable, "-c", READ, path, str(most_rows)],
        env=environ,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    result, grown = done.stdout.split()
    return result, int(grown)


def meant_often(rows, size, kind=None):
    """Return a column of one long value, meant `rows` times."""
    values = pa.array(["x" * size], kind or pa.string())
    return pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), values)


def test_a_dictionary_of_one_long_value(tmp_path):
    pq.write_table(pa.table({"a": meant_often(4000, 1 << 20)}), tmp_path / "b.parquet", compression="zstd")
    assert (tmp_path / "b.parquet").stat().st_size < 8000
    result, grown = read_apart(tmp_path / "b.parquet", 1000)
    assert int(result) >= 1000
    assert grown < MOST_MIB


def test_values_that_share_their_beginnings(tmp_path):
    table = pa.table({"a": ["y" * 400_000 + str(number % 10) for number in range(1500)]})
    path = tmp_path / "b.parquet"
    pq.write_table(table, path, compression="zstd", use_dictionary=False, column_encoding={"a": "DELTA_BYTE_ARRAY"})
    del table
    result, grown = read_apart(path)
    assert result == "1500"
    assert grown < MOST_MIB


def test_long_values_that_are_strongly_packed(tmp_path):
    with pq.ParquetWriter(
        tmp_path / "b.parquet", pa.schema([("a", pa.string())]), compression="zstd", use_dictionary=False
    ) as writer:
        for _ in range(4):
            writer.write_table(pa.table({"a": ["z" * (1 << 20)] * 400}), row_group_size=1600)
    result, grown = read_apart(tmp_path / "b.parquet")
    assert result == "1600"
    assert grown < MOST_MIB


def test_one_page_too_large_is_refused_before_it_is_unpacked(tmp_path):
    table = pa.table({"a": ["z" * (40 << 20)]})
    pq.write_table(table, tmp_path / "b.parquet", compression="zstd", use_dictionary=False)
    options = ReadOptions(limits=Limits(page_bytes=30 << 20))
    source = open_source(tmp_path / "b.parquet", name="b", options=options)
    with pytest.raises(KouanError, match="K-FMT-054"):
        list(source.entities[0].batches())


def test_fixed_width_values_count_by_their_width(tmp_path):
    width = 1 << 20
    values = pa.array([b"x" * width], pa.binary(width))
    column = pa.DictionaryArray.from_arrays(pa.array([0] * 2000, pa.int32()), values)
    pq.write_table(
        pa.table({"a": column.cast(pa.binary(width)).slice(0, 100)}), tmp_path / "b.parquet", compression="zstd"
    )
    result, grown = read_apart(tmp_path / "b.parquet")
    assert result == "100"
    assert grown < MOST_MIB


@pytest.mark.parametrize(
    "options",
    [{}, {"data_page_version": "2.0"}, {"use_dictionary": False, "column_encoding": {"a": "DELTA_BYTE_ARRAY"}}],
)
def test_batches_of_honest_files_stay_whole(tmp_path, options):
    table = pa.table({"a": [f"value {number % 5000}" for number in range(150_000)], "b": range(150_000)})
    pq.write_table(table, tmp_path / "h.parquet", row_group_size=100_000, **options)
    entity = open_source(tmp_path / "h.parquet", name="h").entities[0]
    batches = list(entity.batches())
    assert pa.Table.from_batches(batches).equals(table)
    assert 60_000 < max(batch.num_rows for batch in batches) <= 65_536
    assert len(batches) <= 4
    assert sum(batch.num_rows for batch in entity.batches([])) == 150_000
    assert next(entity.batches(["b"])).schema.names == ["b"]


def test_orc_writes_dictionaries_out_in_small_steps(tmp_path):
    orc.write_table(
        pa.table({"a": ["x" * (1 << 20)] * 600}),
        tmp_path / "b.orc",
        compression="zstd",
        dictionary_key_size_threshold=1.0,
    )
    assert (tmp_path / "b.orc").stat().st_size < 8000
    result, grown = read_apart(tmp_path / "b.orc")
    assert result == "600"
    assert grown < MOST_MIB


def test_arrow_dictionary_of_one_long_value(tmp_path):
    with pa.OSFile(str(tmp_path / "b.arrow"), "wb") as sink:
        table = pa.table({"a": meant_often(100_000, 1 << 20)})
        with pa.ipc.new_file(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="zstd")) as writer:
            writer.write_table(table)
    result, grown = read_apart(tmp_path / "b.arrow", 1000)
    assert int(result) >= 1000
    assert grown < MOST_MIB
