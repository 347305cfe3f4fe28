"""Footers: damaged ones are refused before the native library, which some of them would end the process in."""

import os
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kouan.formats import open_source
from kouan.formats.columnar.parquet_footer import BadFooterError, read_footer
from kouan.formats.columnar.parquet_pages import chunk_facts, longest_entry
from kouan.model.errors import KouanError

ROOT = Path(__file__).parents[2]
DAMAGE = """
import sys
from pathlib import Path
from kouan.formats import open_source
from kouan.model.errors import KouanError
path, whole = Path(sys.argv[1]), Path(sys.argv[1]).read_bytes()
length = int.from_bytes(whole[-8:-4], "little")
refused = 0
for place in range(len(whole) - 8 - length, len(whole) - 8):
    for flip in (1, 6, 255):
        data = bytearray(whole)
        data[place] ^= flip
        path.write_bytes(data)
        try:
            for batch in open_source(path, name="x").entities[0].batches():
                pass
        except KouanError as found:
            assert found.code.startswith("K-FMT-"), found.code
            refused += 1
print(refused)
"""


def laid(path, **options):
    table = pa.table({"name": ["a", None, "b"], "age": [1, 2, None], "day": pa.array([1, 2, 3], pa.date32())})
    pq.write_table(table, path, row_group_size=2, **options)
    return path


def test_what_a_footer_says(tmp_path):
    path = laid(tmp_path / "a.parquet", compression="zstd")
    footer, known = read_footer(path), pq.read_metadata(path)
    assert (footer.rows, [group.rows for group in footer.groups]) == (3, [2, 1])
    for index, group in enumerate(footer.groups):
        for place, chunk in enumerate(group.chunks):
            column = known.row_group(index).column(place)
            assert (chunk.column, chunk.codec, chunk.values, chunk.size) == (
                column.path_in_schema,
                column.compression,
                column.num_values,
                column.total_compressed_size,
            )
            assert chunk.place == column.dictionary_page_offset
    assert [chunk.strings for chunk in footer.groups[0].chunks] == [True, False, False]


def test_no_damaged_byte_ends_the_process(tmp_path):
    """Native code reads past its histograms, or throws where nobody catches, unless it never sees such a footer."""
    path = laid(tmp_path / "a.parquet")
    environ = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", DAMAGE, path], env=environ, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 500


@pytest.mark.parametrize("name", ["name", "age"])
def test_a_path_that_is_no_text(tmp_path, name):
    path = laid(tmp_path / "a.parquet")
    data = path.read_bytes()
    for part in (data.rindex(name.encode()), data.index(name.encode(), len(data) // 2)):
        path.write_bytes(data[:part] + b"\xfd" + data[part + 1 :])
        with pytest.raises(KouanError, match="K-FMT-017") as caught:
            open_source(path, name="a")
        assert caught.value.__suppress_context__


def test_an_end_that_claims_more_than_there_is(tmp_path):
    path = laid(tmp_path / "a.parquet")
    data = path.read_bytes()
    for length in (0, 1, len(data), 2**31, 2**32 - 1):
        path.write_bytes(data[:-8] + length.to_bytes(4, "little") + b"PAR1")
        with pytest.raises(BadFooterError):
            read_footer(path)


@pytest.mark.parametrize("codec", ["none", "snappy", "gzip", "zstd", "brotli"])
@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["a", "bb", "张三"], 6),
        (["x" * 300, "y", "z" * 65_535], 65_535),
        (["x" * 256, "y" * 512], 512),
        (["13800000001", "13800000002"], 11),
        (["\0" * 65_793], 65_793),
        (["abc", "abcdefghij"], 10),  # the second takes the room of two like the first
        (["a", ""], None),  # an empty text has no guess of its own
        (["a\0b\0\0", "c"], None),
        (["x\0\0\0yyyy"], None),
        (["q" * 65_536], None),
    ],
)
def test_longest_text_of_a_dictionary_is_exact_or_not_told(tmp_path, codec, texts, told):
    path = tmp_path / "d.parquet"
    pq.write_table(pa.table({"a": texts * 3}), path, compression=codec, dictionary_pagesize_limit=1 << 20)
    chunk = read_footer(path).groups[0].chunks[0]
    with path.open("rb") as file:
        facts = chunk_facts(file.fileno(), chunk)
        assert facts.dictionary
        assert longest_entry(file.fileno(), chunk, facts) in (told, max(len(text.encode()) for text in texts))
        assert told is None or longest_entry(file.fileno(), chunk, facts) == told
