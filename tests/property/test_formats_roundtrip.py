import tempfile
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.formats import ReadOptions, open_sink, open_source
from kouan.formats.delimited.dialect import Dialect
from kouan.formats.delimited.read import CsvLayout
from kouan.formats.delimited.scan import TextEncoding
from kouan.formats.files import OpenedFile
from kouan.formats.names import named_header
from kouan.formats.opened import FileSource
from tests import workbooks
from tests.tables import MemorySource

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
SPIKY = st.text(st.sampled_from(list(",;|\t\"'\r\n 甲乙a1")), max_size=6)
CELL = st.none() | SPIKY | TEXT
ENCODINGS = [
    TextEncoding("utf-8"),
    TextEncoding("utf-8", b"\xef\xbb\xbf"),
    TextEncoding("gb18030"),
    TextEncoding("utf-16-le", b"\xff\xfe"),
    TextEncoding("utf-16-be", b"\xfe\xff"),
]


@st.composite
def tables(draw):
    width = draw(st.integers(1, 4))
    row = st.lists(CELL, min_size=width, max_size=width)
    rows = draw(st.lists(row, min_size=1, max_size=12))
    return pa.table({f"列{index}": pa.array([row[index] for row in rows], pa.string()) for index in range(width)})


def like(path, names, *, encoding, dialect, ended):
    layout = CsvLayout(encoding, dialect, named_header(names, "t"), ended=ended, has_quotes=True)
    return FileSource("t", OpenedFile(path, 0, 0, 0, ""), "csv", "", (), layout)


def write(path, source, table):
    with open_sink(path, source, schemas={"t": table.schema}) as sink:
        for batch in table.to_batches(max_chunksize=5):
            sink.write("t", batch)


def read(path, options):
    source = open_source(path, name="t", options=options)
    entity = source.entities[0]
    batches = list(entity.batches())
    assert all(0 < batch.num_rows <= options.batch_rows for batch in batches)
    return source, pa.Table.from_batches(batches, entity.schema)


@settings(max_examples=150, deadline=None)
@given(
    table=tables(),
    encoding=st.sampled_from(ENCODINGS),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    style=st.tuples(st.sampled_from(["\n", "\r\n", "\r"]), st.booleans()),
    batch_rows=st.integers(1, 20),
)
def test_delimited_text_gives_back_every_cell(table, encoding, delimiter, style, batch_rows):
    ending, always = style
    dialect = Dialect(delimiter, '"', ending, quoted=(always,) * table.num_columns, quoted_header=always)
    with tempfile.TemporaryDirectory() as folder:
        path, again = Path(folder) / "t.csv", Path(folder) / "u.csv"
        write(path, like(path, table.column_names, encoding=encoding, dialect=dialect, ended=True), table)
        options = ReadOptions(
            encoding=encoding.codec, delimiter=delimiter, quote='"', header=True, batch_rows=batch_rows
        )
        source, found = read(path, options)
        assert found.to_pylist() == table.to_pylist()
        write(again, source, found.rename_columns(source.entities[0].schema.names))
        assert read(again, options)[1].to_pylist() == table.to_pylist()


@settings(max_examples=40, deadline=None)
@given(table=tables(), first=st.integers(1, 30), second=st.integers(1, 30))
def test_batch_size_changes_nothing(table, first, second):
    with tempfile.TemporaryDirectory() as folder:
        for kind in ("csv", "parquet"):
            path = Path(folder) / f"t.{kind}"
            write(path, MemorySource.of("m", {"t": table}, kind=kind), table)
            options = [ReadOptions(delimiter=",", quote='"', header=True, batch_rows=size) for size in (first, second)]
            assert read(path, options[0])[1] == read(path, options[1])[1]
            assert read(path, options[0])[1].to_pylist() == table.to_pylist()


@settings(max_examples=40, deadline=None)
@given(cells=st.lists(st.none() | TEXT.filter(bool) | SPIKY.filter(bool), min_size=1, max_size=8))
def test_xlsx_gives_back_every_text(cells):
    table = pa.table({"序": list(range(len(cells))), "文": pa.array(cells, pa.string())})
    with tempfile.TemporaryDirectory() as folder:
        path, again = Path(folder) / "t.xlsx", Path(folder) / "u.xlsx"
        before = table.set_column(1, "文", [["raw"] * len(table)])
        source = open_source(workbooks.of_table(path, {"t": before}), name="t", options=ReadOptions(header=True))
        write(again, source, table)
        assert read(again, ReadOptions(header=True))[1].to_pylist() == table.to_pylist()
