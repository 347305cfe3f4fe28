import datetime as dt
import tempfile
from fractions import Fraction
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyreadstat
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kouan.formats import ReadOptions, open_sink, open_source
from kouan.formats.xport.fresh import write_xport
from kouan.formats.xport.numbers import decode, encode
from kouan.model.errors import KouanError
from tests.xports import Var, ibm, library, member

CREATED = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
SMALLEST, LARGEST = 2.0**-260, 16.0**63
DOUBLES = (
    st.floats(SMALLEST, LARGEST, exclude_max=True) | st.floats(-LARGEST, -SMALLEST, exclude_min=True) | st.just(0.0)
)
RAW = st.binary(min_size=2, max_size=8)
MISSING = {b"._ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index : index + 1] for index in range(28)}


def value_of(raw):
    """Return the number that IBM's manual gives for the bytes, or None when SAS calls it missing."""
    whole = raw.ljust(8, b"\0")
    fraction = int.from_bytes(whole[1:], "big")
    if not fraction and whole[:1] in MISSING:
        return None
    size = Fraction(fraction, 2**56) * Fraction(16) ** ((whole[0] & 0x7F) - 64)
    return -size if whole[0] & 0x80 else size


@given(st.lists(st.none() | DOUBLES | st.integers(-(2**53), 2**53).map(float), max_size=20))
@example([-0.0, 1.0, -118.625, SMALLEST])
def test_every_double_in_range_is_encoded_exactly(values):
    missing = np.array([value is None for value in values], np.bool_)
    doubles = np.array([value or 0.0 for value in values], np.float64)
    raw = encode(doubles, missing)
    assert [value_of(bytes(row)) for row in raw] == [None if value is None else Fraction(value) for value in values]
    found, gone = decode(raw)
    np.testing.assert_array_equal(gone, missing)
    np.testing.assert_array_equal(found, doubles)


@given(st.lists(RAW, min_size=1, max_size=20), st.integers(2, 8))
def test_any_bytes_are_decoded_to_the_nearest_double(cells, length):
    raw = np.frombuffer(b"".join(cell.ljust(8, b"\0")[:length] for cell in cells), np.uint8).reshape(-1, length)
    found, missing = decode(raw)
    for row, value, gone in zip(raw, found, missing, strict=True):
        expected = value_of(bytes(row))
        assert gone == (expected is None)
        assert value == float(expected or 0)


@given(st.sampled_from([float("inf"), float("nan"), 16.0**63, -(16.0**63), 1e300, 2.0**-261, 1e-300]))
def test_what_does_not_fit_is_never_written(value):
    with pytest.raises(OverflowError):
        encode(np.array([1.0, value]), np.array([False, False]))


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(lambda text: text.rstrip(" \0"))
TEXTS = st.none() | TEXT | st.sampled_from(["张三", " lead", "é", "😀"])
DAYS = st.none() | st.dates(dt.date(1582, 1, 1))
MOMENTS = st.none() | st.datetimes(dt.datetime(1582, 1, 1), dt.datetime(9999, 12, 31)).map(  # noqa: DTZ001 - SAS knows no zone
    lambda moment: moment.replace(microsecond=0)
)


@st.composite
def tables(draw):
    rows = draw(st.integers(0, 12))

    def column(values, kind):
        return pa.array(draw(st.lists(values, min_size=rows, max_size=rows)), kind)

    return pa.table(
        {
            "KEY": pa.array([f"K{index}" for index in range(rows)], pa.string()),
            "T": column(TEXTS, pa.string()),
            "N": column(st.none() | DOUBLES, pa.float64()),
            "D": column(DAYS, pa.date32()),
            "M": column(MOMENTS, pa.timestamp("s")),
        }
    )


def read(path, **options):
    source = open_source(path, name="t", options=ReadOptions(**options))
    (entity,) = source.entities
    return source, pa.Table.from_batches(entity.batches(), entity.schema)


def plain(table):
    return {name: [value if value != "" else None for value in table[name].to_pylist()] for name in table.column_names}


@given(table=tables(), batch_rows=st.integers(1, 20))
def test_a_fresh_file_gives_back_every_cell_to_us_and_to_others(table, batch_rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.xpt"
        write_xport(path, {"dm": table}, created=CREATED)
        _, found = read(path, batch_rows=batch_rows)
        assert plain(found) == plain(table)
        others, meta = pyreadstat.read_xport(str(path), output_format="dict", disable_datetime_conversion=True)
        assert (meta.number_rows, meta.table_name) == (table.num_rows, "DM")
        assert [text or None for text in others["T"]] == plain(table)["T"]
        assert others["N"] == table["N"].to_pylist()
        day_one = dt.date(1960, 1, 1)
        days = [None if day is None else float((day - day_one).days) for day in table["D"].to_pylist()]
        assert others["D"] == days


@settings(max_examples=60)
@given(
    table=tables(),
    treated=st.lists(TEXTS, min_size=12, max_size=12),
    shifted=st.lists(st.dates(dt.date(1582, 1, 1)), min_size=12, max_size=12),
    kept=st.lists(st.booleans(), min_size=12, max_size=12),
    batch_rows=st.integers(1, 12),
)
def test_treated_columns_change_and_nothing_else(table, treated, shifted, kept, batch_rows):
    rows = table.num_rows
    columns = {
        "KEY": table["KEY"],
        "T": pa.array(treated[:rows], pa.string()),
        "N": pa.array([text and f"n{text}" for text in treated[:rows]], pa.string()),
        "D": pa.array(
            [day and shifted[index].isoformat() for index, day in enumerate(table["D"].to_pylist())], pa.string()
        ),
        "M": table["M"],
    }
    changed = pa.table(columns)
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "t.xpt", Path(folder) / "u.xpt"
        write_xport(path, {"dm": table}, created=CREATED)
        source, _ = read(path, batch_rows=batch_rows)
        at = 0
        with open_sink(out, source, schemas={"dm": changed.schema}) as sink:
            for batch in source.entities[0].batches():
                piece = changed.slice(at, batch.num_rows).combine_chunks().to_batches()[0]
                sink.write("dm", piece, pa.array(kept[at : at + batch.num_rows]))
                at += batch.num_rows
        expected = changed.filter(pa.array(kept[:rows], pa.bool_()))
        days = [day and dt.date.fromisoformat(day) for day in expected["D"].to_pylist()]
        assert plain(read(out)[1]) == plain(expected) | {"D": days}
        assert pyreadstat.read_xport(str(out), output_format="dict")[1].number_rows == expected.num_rows


NORMALISED = st.builds(
    lambda first, second, rest: bytes([first, second]) + rest,
    st.integers(0, 255),
    st.integers(0x10, 0xFF),
    st.binary(min_size=6, max_size=6).map(lambda raw: raw[:5] + bytes([raw[5] & 0xF8])),
)


@given(
    cells=st.lists(NORMALISED | st.sampled_from(sorted(MISSING)), min_size=1, max_size=30),
    length=st.integers(3, 8),
    batch_rows=st.integers(1, 30),
)
def test_numbers_of_every_length_and_missing_values_are_those_that_others_read(cells, length, batch_rows):
    rows = [[cell[:length], b"x"] for cell in cells]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.xpt"
        path.write_bytes(library(member("X", [Var("N", length, numeric=True), Var("T", 1)], rows)))
        others, _ = pyreadstat.read_xport(str(path), output_format="dict")
        assert read(path, batch_rows=batch_rows)[1]["N"].to_pylist() == others["N"]


VARIABLES = [Var("ID", 5, label="Id"), Var("N", 8, numeric=True), Var("D", 4, numeric=True, format="DATE"), Var("T", 9)]
ROWS = [[b"K-%02d" % row, ibm(row), ibm(row, 4), "张伟".encode()] for row in range(9)]
HONEST = library(member("DM", VARIABLES, ROWS), member("AE", VARIABLES, ROWS[:2]))


def opened_or_refused(path):
    try:
        return open_source(path, name="t")
    except KouanError as error:
        return error.code


@settings(max_examples=400)
@given(
    st.lists(st.tuples(st.integers(240, len(HONEST) - 1), st.integers(0, 255)), max_size=4),
    st.integers(240, len(HONEST)) | st.just(len(HONEST)),
)
def test_a_damaged_file_is_refused_or_comes_back_as_it_is(wounds, length):
    data = bytearray(HONEST)
    for place, byte in wounds:
        data[place] = byte
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "t.xpt", Path(folder) / "u.xpt"
        path.write_bytes(data[:length])
        source = opened_or_refused(path)
        if isinstance(source, str):
            assert source in {"K-FMT-015", "K-FMT-032", "K-FMT-033"}
            return
        with open_sink(out, source, schemas={entity.name: entity.schema for entity in source.entities}) as sink:
            for entity in source.entities:
                for batch in entity.batches():
                    batch.validate(full=True)
                    sink.write(entity.name, batch)
        hidden = any(one.hidden for entity in source.entities for one in entity.member.variables)
        if source.complete and not hidden:
            assert out.read_bytes() == bytes(data[:length])
