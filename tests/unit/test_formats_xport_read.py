import datetime as dt

import pyarrow as pa
import pytest

from kouan.formats import Limits, ReadOptions, open_source
from kouan.model.errors import KouanError
from tests.xports import DOT, MISSING_A, Var, header, ibm, library, member

ID = Var("USUBJID", 6, label="Unique Subject Identifier")
AGE = Var("AGE", 8, numeric=True, label="Age")
ROWS = [[b"K-01", ibm(34)], [b"K-02", DOT], [b"", MISSING_A]]
DM = member("DM", [ID, AGE], ROWS)


def opened(tmp_path, data, **options):
    (tmp_path / "f.xpt").write_bytes(data)
    return open_source(tmp_path / "f.xpt", name="f.xpt", options=ReadOptions(**options))


def cells(source, index=0):
    entity = source.entities[index]
    return pa.Table.from_batches(entity.batches(), entity.schema).to_pydict()


def refused(tmp_path, data, **options):
    with pytest.raises(KouanError) as caught:
        opened(tmp_path, data, **options)
    return caught.value


def test_values_labels_and_rows(tmp_path):
    source = opened(tmp_path, library(DM))
    (dm,) = source.entities
    assert (dm.name, dm.rows, source.complete, source.notes) == ("dm", 3, True, ())
    assert cells(source) == {"USUBJID": ["K-01", "K-02", None], "AGE": [34.0, None, None]}
    assert dm.schema.field("USUBJID").metadata == {b"label": b"Unique Subject Identifier"}
    assert [batch.num_rows for batch in dm.batches(["AGE"])] == [3]
    assert next(dm.batches([])).num_rows == 3


def test_columns_and_batches_can_be_chosen(tmp_path):
    source = opened(tmp_path, library(DM), batch_rows=2)
    batches = list(source.entities[0].batches(["AGE", "USUBJID"]))
    assert [batch.num_rows for batch in batches] == [2, 1]
    assert batches[0].schema.names == ["AGE", "USUBJID"]
    with pytest.raises(KeyError):
        next(source.entities[0].batches(["NONE"]))


def test_several_data_sets_and_repeated_names(tmp_path):
    again = member("DM", [Var("A", 80), Var("A", 3)], [[b"HEADER RECORD*******MEMBER  HEADER RECORD!!!!!!!", b"x"]])
    source = opened(tmp_path, library(DM, again, member("EMPTY", [AGE], [])))
    assert [entity.name for entity in source.entities] == ["dm", "dm_2", "empty"]
    assert cells(source, 1) == {"A": ["HEADER RECORD*******MEMBER  HEADER RECORD!!!!!!!"], "A_2": ["x"]}
    assert cells(source, 2) == {"AGE": []}
    assert len(source.notes) == 2


@pytest.mark.parametrize("length", range(2, 9))
def test_short_numbers(tmp_path, length):
    data = library(member("X", [Var("N", length, numeric=True)], [[ibm(-118, length)], [ibm(0, length)], [b"."]]))
    assert cells(opened(tmp_path, data)) == {"N": [-118.0, 0.0, None]}


@pytest.mark.parametrize("letter", ["_", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ"])
def test_special_missing_values_are_null(tmp_path, letter):
    data = library(member("X", [AGE], [[letter.encode()], [ibm(1)]]))
    assert cells(opened(tmp_path, data)) == {"AGE": [None, 1.0]}


DAYS = [[ibm(0)], [ibm(-138061)], [DOT]]
MOMENTS = [[ibm(0)], [ibm(86399.5)], [DOT]]


@pytest.mark.parametrize(
    ("form", "rows", "expected"),
    [
        ("DATE", DAYS, [dt.date(1960, 1, 1), dt.date(1582, 1, 1), None]),
        ("YYMMDDN", DAYS, [dt.date(1960, 1, 1), dt.date(1582, 1, 1), None]),
        ("E8601DA", DAYS, [dt.date(1960, 1, 1), dt.date(1582, 1, 1), None]),
        ("DATE9.", DAYS, [dt.date(1960, 1, 1), dt.date(1582, 1, 1), None]),
        ("BEST", DAYS, [0.0, -138061.0, None]),
        ("TIME", MOMENTS, [0.0, 86399.5, None]),
        ("DATETIME", MOMENTS, ["1960-01-01 00:00:00.000000", "1960-01-01 23:59:59.500000", None]),
        ("E8601DT", MOMENTS[:1], ["1960-01-01 00:00:00"]),
        ("DATETIME", [[ibm(-1e12)]], [-1e12]),
        ("DATE", [[ibm(1.5)], [ibm(0)]], [1.5, 0.0]),
        ("DATE", [[ibm(13_812_345_678)]], [13_812_345_678.0]),
    ],
)
def test_numbers_with_a_date_format_are_dates_only_when_all_of_them_are(tmp_path, form, rows, expected):
    source = opened(tmp_path, library(member("X", [Var("D", 8, numeric=True, format=form)], rows)))
    entity = source.entities[0]
    column = pa.chunked_array([batch.column(0) for batch in entity.batches()])
    found = column.cast(pa.string()) if pa.types.is_timestamp(column.type) else column
    assert found.to_pylist() == expected
    numbers_in_spite_of_it = form in {"DATE", "DATETIME"} and isinstance(expected[0], float)
    assert [note.en for note in source.notes if "date format" in note.en] == [
        note.en for note in source.notes if numbers_in_spite_of_it
    ]
    assert bool(source.notes) == numbers_in_spite_of_it


def test_blank_rows_at_the_end_are_padding_only_where_they_may_be(tmp_path):
    narrow = [Var("A", 8)]
    counts = {}
    for rows, text in ((9, b"x"), (10, b"x"), (11, b"x"), (10, b""), (21, b"")):
        source = opened(tmp_path, library(member("X", narrow, [[text]] * rows)))
        counts[rows, text] = source.entities[0].rows
        assert len(cells(source)["A"]) == source.entities[0].rows
        assert source.complete
    # Padding is shorter than a record, so at most nine rows of 8 bytes can be taken for it.
    assert counts == {(9, b"x"): 9, (10, b"x"): 10, (11, b"x"): 11, (10, b""): 1, (21, b""): 21}


@pytest.mark.parametrize("lost", [1, 79, 80, 81, 150])
def test_a_file_cut_inside_its_rows_is_read_as_far_as_it_goes(tmp_path, lost):
    rows = [[b"K-%03d" % number, ibm(number)] for number in range(50)]
    wide = member("DM", [Var("USUBJID", 200), AGE], rows)
    data = library(wide).rstrip(b" ")[: -lost - 60]
    source = opened(tmp_path, data)
    assert not source.complete
    assert source.entities[0].rows in {48, 49}
    assert "K-" not in " ".join(note.en for note in source.notes)
    assert cells(source)["AGE"] == [float(number) for number in range(source.entities[0].rows)]


def test_a_file_that_ends_inside_a_record_may_lack_rows(tmp_path):
    source = opened(tmp_path, library(DM).rstrip(b" "))
    assert not source.complete
    assert source.entities[0].rows == 3
    assert len(source.notes) == 1


def test_names_are_tidied_and_told_apart(tmp_path):
    odd = [Var("A  B", 1), Var("e\u0301", 1), Var("\t", 1), Var("é", 1)]
    source = opened(tmp_path, library(member("A\tB", odd, [[b"1", b"2", b"3", b"4"]])))
    assert source.entities[0].name == "a b"
    assert cells(source) == {"A B": ["1"], "é": ["2"], "c3": ["3"], "é_2": ["4"]}
    assert len(source.notes) == 3


CODECS = [
    ("utf-8", "张伟李婷", None, "utf-8"),
    ("gb18030", "张伟李婷", None, "gb18030"),
    ("latin-1", "Müller Größe", None, "latin-1"),
    ("cp1252", "Müller – Größe", "cp1252", "cp1252"),
]


@pytest.mark.parametrize(("codec", "text", "stated", "found"), CODECS)
def test_encodings(tmp_path, codec, text, stated, found):
    table = member(
        "X",
        [Var("T", 20, label="姓名" if codec != "latin-1" and not stated else "Größe")],
        [[text.encode(codec)]],
        codec=codec,
    )
    source = opened(tmp_path, library(table), encoding=stated)
    assert source.detail == f"SAS XPORT v5, {found}"
    assert cells(source) == {"T": [text]}
    assert bool(source.notes) == (found == "latin-1")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_character_cut_by_the_width_is_said_and_costs_only_itself(tmp_path, codec):
    size = 3 if codec == "utf-8" else 2
    rows = [["张伟李婷王".encode(codec)[: 4 * size + 1]], ["甲".encode(codec)]]
    source = opened(tmp_path, library(member("X", [Var("T", 4 * size + 1)], rows)))
    assert cells(source) == {"T": ["张伟李婷�", "甲"]}
    assert len(source.notes) == 1


def test_an_encoding_that_does_not_fit_is_refused(tmp_path):
    data = library(member("X", [Var("T", 20)], [["张伟李婷".encode("gb18030")]]))
    assert refused(tmp_path, data, encoding="utf-8").code == "K-FMT-036"
    assert refused(tmp_path, data, encoding="utf-16").code == "K-FMT-036"
    assert refused(tmp_path, data, encoding="nonesuch").code == "K-FMT-011"


def test_bytes_that_no_variable_owns_are_said_and_blanked(tmp_path):
    hidden = member("X", [Var("T", 4, rest=b"13812345678".ljust(52))], [[b"x"]])
    source = opened(tmp_path, library(hidden))
    assert len(source.notes) == 1
    assert "1381" not in repr(source.entities[0].member.variables)


EIGHT = header("LIBV8").ljust(400)
COMPRESSED = b"**COMPRESSED** " * 5 + b"*****"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (EIGHT, "K-FMT-031"),
        (COMPRESSED, "K-FMT-031"),
        (b"LIB CONTROL W32_7PRO", "K-FMT-031"),
        (library(), "K-FMT-032"),
        (library(DM)[:600], "K-FMT-032"),
        (library(DM)[:900], "K-FMT-032"),
        (library(DM).replace(b"!0000000000000000016000000001", b"!0000000000000000016000000009"), "K-FMT-032"),
        (library(DM).replace(b"NAMESTR HEADER RECORD!!!!!!!0000000002", b"NAMESTR HEADER RECORD!!!!!!!0000000003"), "K-FMT-032"),
        (library(DM).replace(b"NAMESTR HEADER RECORD!!!!!!!0000000002", b"NAMESTR HEADER RECORD!!!!!!!000000 -02"), "K-FMT-032"),
        (library(b"\n" + DM), "K-FMT-032"),
        (library(DM).replace(b"DSCRPTR", b"DSCRPTS"), "K-FMT-032"),
        (library(member("X", [Var("N", 9, numeric=True)], [])), "K-FMT-032"),
        (library(member("X", [Var("N", 1, numeric=True)], [])), "K-FMT-032"),
        (library(member("X", [Var("T", 0)], [])), "K-FMT-032"),
        (library(member("X", [Var("T", -1)], [])), "K-FMT-032"),
        (library(member("X", [Var("T", 3, kind=3)], [])), "K-FMT-032"),
        (library(member("X", [Var("T", 3, position=1)], [])), "K-FMT-032"),
        (library(member("X", [Var("T", 3), Var("U", 3, position=2)], [])), "K-FMT-032"),
        (library(*[member("X", [Var("T", 3)], [])] * 1001), "K-FMT-032"),
    ],
)  # fmt: skip
def test_what_is_damaged_or_another_version_is_refused(tmp_path, data, code):
    assert refused(tmp_path, data).code == code


def test_limits(tmp_path):
    wide = library(member("X", [Var(f"V{index}", 200) for index in range(30)], []))
    assert refused(tmp_path, wide, limits=Limits(columns=29)).code == "K-FMT-015"
    assert refused(tmp_path, wide, limits=Limits(row_bytes=5999)).code == "K-FMT-033"
    assert opened(tmp_path, wide, limits=Limits(columns=30, row_bytes=6000)).entities[0].rows == 0
    two = library(*[member("X", [Var(f"V{index}", 2) for index in range(20)], [])] * 2)
    assert refused(tmp_path, two, limits=Limits(columns=39)).code == "K-FMT-015"


def test_a_file_that_changes_while_it_is_read_is_noticed(tmp_path):
    source = opened(tmp_path, library(DM))
    (tmp_path / "f.xpt").write_bytes(library(DM)[:-80])
    with pytest.raises(KouanError) as caught:
        list(source.entities[0].batches())
    assert caught.value.code == "K-FMT-025"
