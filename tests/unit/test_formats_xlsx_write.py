import datetime as dt
import zipfile

import pyarrow as pa
import pytest
from tests import workbooks
from tests.tables import MemorySource

from kouan.formats import open_sink, open_source
from kouan.model.errors import KouanError

MOMENT = dt.datetime(2024, 1, 2, 3, 4, 5)  # noqa: DTZ001
DAY = dt.date(1990, 1, 31)
SHEETS = {
    "员工": [
        ["工号", "证件号", "生日", "入职", "月薪", "率"],
        *[["007", "110105199001310011", DAY, MOMENT, 9000, 0.25]] * 3,
    ],
    "家属": [["员工", "姓 名"], ["007", "=张三"], ["008", " 甲\n乙 "]],
}


def written(tmp_path, tables, like=None):
    like = like or MemorySource.of("m", tables, kind="xlsx")
    with open_sink(tmp_path / "o.xlsx", like, schemas={name: table.schema for name, table in tables.items()}) as sink:
        for name, table in tables.items():
            for batch in table.to_batches(max_chunksize=2):
                sink.write(name, batch)
    return open_source(tmp_path / "o.xlsx", name="o"), [note.en for note in sink.notes]


def test_sheets_headers_and_types_come_back(tmp_path):
    opened = open_source(workbooks.honest(tmp_path / "b.xlsx", SHEETS), name="b")
    tables = {entity.name: entity.table for entity in opened.entities}
    again, notes = written(tmp_path, tables, opened)
    assert {entity.name: entity.table for entity in again.entities} == tables
    assert "formulas" in notes[0]
    assert len(notes) == 1


def test_text_is_never_made_a_number_formula_or_link(tmp_path):
    values = ["110105199001310011", "=1+1", "http://a.b/c", "007", "1e5", "TRUE", "_x0041_", "a\r\nb\x01", " x "]
    table = pa.table({"文": values})
    again, _ = written(tmp_path, {"S": table})
    assert again.entities[0].table.column("文").to_pylist() == values
    with zipfile.ZipFile(tmp_path / "o.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


def test_what_excel_cannot_hold_is_written_as_text(tmp_path):
    table = pa.table(
        {
            "大": pa.array([10**17 + 1, 1]),
            "古": pa.array([dt.date(1850, 1, 1), DAY]),
            "无": pa.array([float("nan"), float("inf")]),
            "区": pa.array([MOMENT, None], pa.timestamp("us", "UTC")),
            "钱": pa.array(["1.10", "2.20"]).cast(pa.decimal128(10, 2)),
            "位": pa.array([10**14, -(10**14)]),
        }
    )
    again, notes = written(tmp_path, {"S": table})
    first = again.entities[0].table.to_pylist()[0]
    assert (first["大"], first["古"], first["无"], first["钱"]) == ("100000000000000001", "1850-01-01", "nan", "1.10")
    assert first["位"] == 10**14
    assert first["区"].startswith("2024-01-02 03:04:05")
    assert ["大" in note or "古" in note or "无" in note for note in notes[1:]] == [True] * 3


def test_a_table_without_header_stays_without(tmp_path):
    opened = open_source(workbooks.honest(tmp_path / "b.xlsx", {"S": [["张三", 1], ["李四", 2]]}), name="b")
    table = opened.entities[0].table
    assert written(tmp_path, {"S": table}, opened)[0].entities[0].table == table
    fewer, _ = written(tmp_path, {"S": table.select(["c2"])}, opened)
    assert fewer.entities[0].table == table.select(["c2"])


def test_the_same_rows_make_the_same_bytes(tmp_path):
    table = pa.table({"a": ["x", "y"]})
    written(tmp_path, {"S": table})
    first = (tmp_path / "o.xlsx").read_bytes()
    written(tmp_path, {"S": table})
    assert (tmp_path / "o.xlsx").read_bytes() == first


def error(tmp_path, table):
    with pytest.raises(KouanError) as caught:
        written(tmp_path, {"S": table})
    assert list(tmp_path.iterdir()) == []
    return caught.value.code


def test_what_does_not_fit_is_an_error(tmp_path):
    assert error(tmp_path, pa.table({"a": ["x" * 32_768]})) == "K-FMT-030"
    assert error(tmp_path, pa.table({f"k{index}": [1] for index in range(16_385)})) == "K-FMT-030"
    like = MemorySource.of("m", {"S": pa.table({"a": [1]})}, kind="xlsx")
    with (
        pytest.raises(KouanError, match="K-FMT-030"),
        open_sink(tmp_path / "o.xlsx", like, schemas={"S": pa.schema([("a", pa.null())])}) as sink,
    ):
        sink.write("S", pa.record_batch({"a": pa.nulls(1_048_576)}))


def test_the_wrong_table_is_a_fault_of_the_caller(tmp_path):
    like = MemorySource.of("m", {"S": pa.table({"a": [1]})}, kind="xlsx")
    with (
        pytest.raises(ValueError, match="belong"),
        open_sink(tmp_path / "o.xlsx", like, schemas={"S": pa.schema([("a", pa.int64())])}) as sink,
    ):
        sink.write("S", pa.record_batch({"b": [1]}))
