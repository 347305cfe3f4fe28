import datetime as dt
import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from kouan.formats import ReadOptions, open_sink, open_source
from kouan.model.errors import KouanError
from tests.limits import largest_file
from tests.tables import MemorySource
from tests.xports import DOT, MISSING_A, Var, ibm, library, member

UNNORMALISED = b"\x43\x00\x10\x00\x00\x00\x00\x01"
VARIABLES = [
    Var("ID", 6, label="Subject", format="$", width=4),
    Var("AGE", 8, numeric=True, label="Age", format="BEST", width=8),
    Var("DAY", 4, numeric=True, label="Visit", format="DATE", width=9),
    Var("AT", 8, numeric=True, format="DATETIME", width=20),
    Var("NOTE", 3, label="Note"),
]
ROWS = [
    [b"K-01", ibm(34), ibm(20_000, 4), ibm(1.7e9), b"a"],
    [b"K-02", MISSING_A, b"B", DOT, b"a\0"],
    [b"", UNNORMALISED, ibm(-5, 4), ibm(0), b" b"],
]
DATA = library(member("DM", VARIABLES, ROWS), member("AE", VARIABLES[:1], [[b"K-0001"]]))


def source_of(tmp_path, data=DATA, **options):
    (tmp_path / "in.xpt").write_bytes(data)
    return open_source(tmp_path / "in.xpt", name="in.xpt", options=ReadOptions(**options))


def write(tmp_path, source, change=None, *, columns=None, keep=None, tables=None):
    """Write a source with `change(name, array) -> array` done to each column of its first table."""
    change = change or (lambda _, array: array)
    entities = [entity for entity in source.entities if tables is None or entity.name in tables]
    schemas = {entity.name: entity.schema for entity in entities}
    first = entities[0]
    names = columns or first.schema.names
    changed = [pa.field(name, change(name, pa.array([], first.schema.field(name).type)).type) for name in names]
    schemas[first.name] = pa.schema(changed)
    with open_sink(tmp_path / "out.xpt", source, schemas=schemas) as sink:
        for batch in first.batches(names):
            treated = [change(name, array) for name, array in zip(names, batch.columns, strict=True)]
            sink.write(
                first.name, pa.RecordBatch.from_arrays(treated, schema=schemas[first.name]), keep and keep(batch)
            )
        for entity in entities[1:]:
            for batch in entity.batches():
                sink.write(entity.name, batch)
    return open_source(tmp_path / "out.xpt", name="out.xpt"), sink


def cells(source, index=0):
    entity = source.entities[index]
    return pa.Table.from_batches(entity.batches(), entity.schema).to_pydict()


def only(column, values):
    """Give one column other values, in batches of any size."""
    left = iter(values)

    def change(name, array):
        return pa.array([next(left) for _ in range(len(array))], pa.string()) if name == column else array

    return change


@pytest.mark.parametrize("batch_rows", [1, 2, 1000])
def test_untouched_means_identical(tmp_path, batch_rows):
    _, sink = write(tmp_path, source_of(tmp_path, batch_rows=batch_rows))
    assert (tmp_path / "out.xpt").read_bytes() == DATA
    assert sink.notes == ()


def test_what_stands_in_the_last_padding_comes_back(tmp_path):
    data = library(member("DM", VARIABLES[:2], [row[:2] for row in ROWS])).rstrip(b" ")
    data += b"\0" * (-len(data) % 80)
    write(tmp_path, source_of(tmp_path, data))
    assert (tmp_path / "out.xpt").read_bytes() == data


def test_missing_padding_is_put_there(tmp_path):
    data = library(member("DM", VARIABLES[:2], [row[:2] for row in ROWS]))
    found, _ = write(tmp_path, source_of(tmp_path, data.rstrip(b" ")))
    assert (tmp_path / "out.xpt").read_bytes() == data
    assert found.complete


@pytest.mark.parametrize("batch_rows", [1, 1000])
def test_only_treated_cells_change(tmp_path, batch_rows):
    source = source_of(tmp_path, batch_rows=batch_rows)
    found, sink = write(tmp_path, source, only("ID", ["P-123456789", "K-02", "假名"]))
    assert cells(found)["ID"] == ["P-123456789", "K-02", "假名"]
    (variable, *rest) = found.entities[0].member.variables
    assert (variable.length, variable.label, variable.format) == (11, b"Subject", "$")
    assert [one.length for one in rest] == [8, 4, 8, 3]
    data = (tmp_path / "out.xpt").read_bytes()
    assert len(data) % 80 == 0
    for row in ROWS:
        assert b"".join([row[1], row[2].ljust(4, b"\0"), row[3], row[4].ljust(3)]) in data
    assert data.endswith(DATA[DATA.rindex(b"HEADER RECORD*******MEMBER") :])
    assert sink.notes == ()


def test_unchanged_cells_of_a_treated_text_keep_their_bytes(tmp_path):
    rows = [["张伟李".encode()[:8]], [b"x\0"], [b"secret"]]
    source = source_of(tmp_path, library(member("X", [Var("T", 8), Var("U", 80)], [[*row, b"u"] for row in rows])))
    values = cells(source)["T"]
    write(tmp_path, source, only("T", [*values[:2], "s"]))
    data = (tmp_path / "out.xpt").read_bytes()
    assert "张伟李".encode()[:8] + b"u" in data
    assert b"x\0".ljust(8) + b"u" in data
    assert b"s".ljust(8) + b"u" in data
    assert b"secret" not in data


def test_dropped_columns_and_rows_and_tables_are_gone(tmp_path):
    source = source_of(tmp_path, batch_rows=2)
    found, _ = write(
        tmp_path, source, columns=["AT", "AGE"], keep=lambda batch: pc.is_valid(batch.column("AT")), tables={"dm"}
    )
    (dm,) = found.entities
    assert dm.schema.names == ["AGE", "AT"]
    assert [(one.position, one.label) for one in dm.member.variables] == [(0, b"Age"), (8, b"")]
    data = (tmp_path / "out.xpt").read_bytes()
    assert ROWS[0][1] + ROWS[0][3] + UNNORMALISED + ROWS[2][3] in data
    assert MISSING_A not in data
    assert b"K-0" not in data
    assert b"NAMESTR HEADER RECORD!!!!!!!0000000002" in data


def test_a_treated_number_becomes_text_without_its_format(tmp_path):
    found, sink = write(tmp_path, source_of(tmp_path), only("AGE", ["30-39", None, "0"]))
    assert cells(found)["AGE"] == ["30-39", None, "0"]
    variable = found.entities[0].member.variables[1]
    assert (variable.numeric, variable.length, variable.label, variable.format) == (False, 5, b"Age", "")
    assert b"BEST" not in (tmp_path / "out.xpt").read_bytes()
    assert len(sink.notes) == 1
    assert "AGE" in sink.notes[0].en


@pytest.mark.parametrize("values", [["34", None, "0"], [None, None, None]])
def test_text_that_reads_like_the_number_is_text_all_the_same(tmp_path, values):
    found, _ = write(tmp_path, source_of(tmp_path), only("AGE", values))
    assert cells(found)["AGE"] == values


@pytest.mark.parametrize("batch_rows", [1, 1000])
def test_shifted_dates_stay_dates(tmp_path, batch_rows):
    source = source_of(tmp_path, batch_rows=batch_rows)
    assert cells(source)["DAY"] == [dt.date(2014, 10, 4), None, dt.date(1959, 12, 27)]
    found, sink = write(tmp_path, source, only("DAY", ["2014-09-30", None, "1959-12-31"]))
    assert cells(found)["DAY"] == [dt.date(2014, 9, 30), None, dt.date(1959, 12, 31)]
    variable = found.entities[0].member.variables[2]
    assert (variable.numeric, variable.length, variable.format) == (True, 4, "DATE")
    data = (tmp_path / "out.xpt").read_bytes()
    assert MISSING_A + b"B\0\0\0" in data, "a special missing value stays what it is"
    assert sink.notes == ()


@pytest.mark.parametrize("separator", ["T", " "])
def test_shifted_moments_stay_moments(tmp_path, separator):
    values = [f"2013-11-01{separator}22:13:20", None, f"1960-01-02{separator}00:00:00.5"]
    found, _ = write(tmp_path, source_of(tmp_path), only("AT", values))
    expected = np.array(["2013-11-01T22:13:20", "NaT", "1960-01-02T00:00:00.5"], "datetime64[us]")
    (batch,) = found.entities[0].batches(["AT"])
    np.testing.assert_array_equal(batch.column(0).to_numpy(zero_copy_only=False), expected)


@pytest.mark.parametrize("batch_rows", [1, 1000])
@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("DAY", ["2014-09-30", None, "1959"]),
        ("DAY", ["2014-02-30", None, None]),
        ("DAY", ["1500-01-01", None, None]),
        ("DAY", ["2014-09-30", "withheld", "1959-12-31"]),
        ("AT", ["2013-11-01", None, None]),
        ("AT", ["2013-11-01T25:00:00", None, None]),
    ],
)
def test_dates_that_are_no_longer_all_dates_become_text(tmp_path, column, values, batch_rows):
    found, _ = write(tmp_path, source_of(tmp_path, batch_rows=batch_rows), only(column, values))
    assert cells(found)[column] == values


def test_a_date_that_needs_more_bytes_gets_them(tmp_path):
    data = library(member("X", [Var("D", 2, numeric=True, format="DATE")], [[ibm(256, 2)], [b"A"]]))
    found, _ = write(tmp_path, source_of(tmp_path, data), only("D", ["2014-09-30", None]))
    assert cells(found)["D"] == [dt.date(2014, 9, 30), None]
    assert found.entities[0].member.variables[0].length == 8


def test_numbers_of_the_same_type_may_change_too(tmp_path):
    def change(name, array):
        return pc.multiply(array, 1.5) if name == "AGE" else array

    found, _ = write(tmp_path, source_of(tmp_path), change)
    assert cells(found)["AGE"][:2] == [51.0, None]


def test_rows_that_end_up_blank_are_announced(tmp_path):
    data = library(member("X", [Var("A", 4), Var("B", 4)], [[b"a", b"b"], [b"a", b""], [b"a", b""]]))
    found, sink = write(tmp_path, source_of(tmp_path, data), columns=["B"])
    assert found.entities[0].rows == 1
    assert len(sink.notes) == 1
    assert "2" in sink.notes[0].en


def test_all_columns_of_a_wide_table_keep_the_order_of_the_source(tmp_path):
    variables = [Var(f"V{index}", 1 + index % 3) for index in range(40)]
    data = library(member("X", variables, [[b"%d" % (index % 10) for index in range(40)]] * 7))
    found, _ = write(tmp_path, source_of(tmp_path, data), columns=[f"V{index}" for index in range(39, -1, -1)])
    assert (tmp_path / "out.xpt").read_bytes() == data
    assert found.entities[0].rows == 7


def test_hidden_bytes_do_not_leave(tmp_path):
    data = library(member("X", [Var("A", 4, rest=b"13812345678".ljust(52))], [[b"a"]]))
    write(tmp_path, source_of(tmp_path, data))
    written = (tmp_path / "out.xpt").read_bytes()
    assert b"1381" not in written
    assert len(written) == len(data)


def test_a_broken_last_row_is_not_written(tmp_path):
    data = library(member("X", [Var("A", 100), Var("B", 60)], [[b"one", b"1"], [b"two", b"2"]]))[:-80]
    found, _ = write(tmp_path, source_of(tmp_path, data))
    assert cells(found)["A"] == ["one"]
    assert found.complete
    assert b"two" not in (tmp_path / "out.xpt").read_bytes()


@pytest.mark.parametrize(
    ("column", "values", "code", "codec"),
    [
        ("ID", ["x" * 201, None, None], "K-FMT-034", None),
        ("ID", ["甲" * 67, None, None], "K-FMT-034", None),
        ("AGE", ["x" * 201, None, None], "K-FMT-034", None),
        ("ID", ["甲", None, None], "K-FMT-029", "latin-1"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is_left(tmp_path, column, values, code, codec):
    source = source_of(tmp_path, encoding=codec)
    with pytest.raises(KouanError) as caught:
        write(tmp_path, source, only(column, values))
    assert caught.value.code == code
    assert [path.name for path in tmp_path.iterdir()] == ["in.xpt"]
    assert "x" * 9 not in str(caught.value)


def test_numbers_beyond_ibm_are_refused(tmp_path):
    with pytest.raises(KouanError) as caught:
        write(tmp_path, source_of(tmp_path), lambda name, array: pc.multiply(array, 1e80) if name == "AGE" else array)
    assert caught.value.code == "K-FMT-035"
    assert [path.name for path in tmp_path.iterdir()] == ["in.xpt"]


def test_an_interrupted_run_leaves_nothing(tmp_path):
    source = source_of(tmp_path)
    entity = source.entities[0]
    (batch,) = entity.batches(["ID"])
    treated = pa.RecordBatch.from_arrays([pa.array(["p", "q", "r"])], names=["ID"])

    def interrupted():
        with open_sink(tmp_path / "out.xpt", source, schemas={"dm": batch.schema}) as sink:
            sink.write("dm", treated)
            assert len(list(tmp_path.iterdir())) == 3
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [path.name for path in tmp_path.iterdir()] == ["in.xpt"]


@pytest.mark.parametrize("share", [0.2, 1.2])
def test_a_full_disk_leaves_nothing(tmp_path, share):
    values = [hashlib.sha256(b"%d" % row).hexdigest() for row in range(3000)]
    data = library(member("X", [Var("T", 64)], [[b"%d" % row] for row in range(3000)]))
    source = source_of(tmp_path, data)
    kept_aside = 3000 * 64
    with largest_file(int(share * kept_aside)), pytest.raises(KouanError) as caught:
        write(tmp_path, source, only("T", [value + value[: 16 * (share > 1)] for value in values]))
    assert caught.value.code == "K-FMT-027"
    assert [path.name for path in tmp_path.iterdir()] == ["in.xpt"]


def test_a_source_that_changes_meanwhile_is_noticed(tmp_path):
    source = source_of(tmp_path)
    batches = list(source.entities[0].batches())
    (tmp_path / "in.xpt").write_bytes(DATA[:800])
    with (
        pytest.raises(KouanError) as caught,
        open_sink(tmp_path / "out.xpt", source, schemas={"dm": source.entities[0].schema}) as sink,
    ):
        sink.write("dm", batches[0])
    assert caught.value.code == "K-FMT-025"
    assert [path.name for path in tmp_path.iterdir()] == ["in.xpt"]


def test_mistakes_of_the_caller(tmp_path):
    source = source_of(tmp_path)
    (batch,) = source.entities[0].batches()
    memory = MemorySource.of("m", {"dm": pa.table({"A": ["x"]})}, kind="xport")
    for like, schemas in (
        (memory, {"dm": pa.schema([("A", pa.string())])}),
        (source, {}),
        (source, {"none": batch.schema}),
        (source, {"dm": pa.schema([("ID", pa.int64())])}),
    ):
        with pytest.raises(ValueError, match=r"."):
            open_sink(tmp_path / "out.xpt", like, schemas=schemas)
    for entity, given in (("ae", batch), ("dm", batch.select(["ID"])), ("dm", pa.concat_batches([batch, batch]))):
        with (
            pytest.raises(ValueError, match=r"no such table|does not belong"),
            open_sink(tmp_path / "out.xpt", source, schemas={"dm": batch.schema}) as sink,
        ):
            sink.write(entity, given)
