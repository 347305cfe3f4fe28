import datetime as dt
import itertools
from contextlib import suppress

import pyarrow as pa
import pytest
import xlsxwriter

from kouan.formats import ReadOptions, open_sink, open_source
from kouan.model.errors import KouanError
from tests import workbooks
from tests.tables import MemorySource

MOMENT = dt.datetime(2024, 1, 2, 3, 4, 5)  # noqa: DTZ001
DAY = dt.date(1990, 1, 31)
SHEETS = {
    "员工": [
        ["工号", "证件号", "生日", "入职", "月薪", "率"],
        *[["007", "110105199001310011", DAY, MOMENT, 9000, 0.25]] * 3,
    ],
    "家属": [["员工", "姓 名"], ["007", "=张三"], ["008", " 甲\n乙 "]],
}
SHEET1 = "xl/worksheets/sheet1.xml"


def patched(opened, out, treat=None, *, drop=(), keep=None, most=2, leave_out=()):
    """Write a workbook with some columns treated (column name -> array), some dropped, rows held back."""
    treat = treat or {}
    left = [entity for entity in opened.entities if entity.name not in leave_out]
    schemas = {
        entity.name: pa.schema(
            [
                (one.name, treat[one.name].type if one.name in treat else one.type)
                for one in entity.schema
                if one.name not in drop
            ]
        )
        for entity in left
    }
    with open_sink(out, opened, schemas=schemas) as sink:
        for entity in left:
            start = 0
            for batch in entity.batches(schemas[entity.name].names):
                for place in range(0, batch.num_rows, most):
                    part = batch.slice(place, most)
                    end = start + part.num_rows
                    columns = [
                        treat[name].slice(start, part.num_rows) if name in treat else part.column(name)
                        for name in part.schema.names
                    ]
                    held = None if keep is None else pa.array(keep[start:end])
                    sink.write(entity.name, pa.RecordBatch.from_arrays(columns, schema=schemas[entity.name]), held)
                    start = end
    return open_source(out, name="o", options=ReadOptions(header=None)), [note.en for note in sink.notes]


def book(tmp_path, sheets=SHEETS, **options):
    return open_source(workbooks.honest(tmp_path / "b.xlsx", sheets, **options), name="b")


def styled(path):
    """A workbook with all that must stay."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy/mm/dd"}) as made:
        head, money = made.add_format({"bold": True, "bg_color": "yellow"}), made.add_format({"num_format": "#,##0.00"})
        sheet = made.add_worksheet("员工")
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 3, 17.5)
        sheet.set_row(3, 40, None, {"hidden": True})
        sheet.write_row(0, 0, ["工号", "姓名", "生日", "月薪", "年薪"], head)
        for row in range(1, 9):
            sheet.write_string(row, 0, f"00{row}")
            sheet.write_string(row, 1, f"甲{row}")
            sheet.write_datetime(row, 2, dt.datetime(1990, 1, row))  # noqa: DTZ001
            sheet.write_number(row, 3, 9000 + row, money)
            sheet.write_formula(row, 4, f"=ROUND(D{row + 1}*12,0)", money, (9000 + row) * 12)
        sheet.merge_range(20, 0, 20, 2, "")
        sheet.conditional_format("D2:D9", {"type": "cell", "criteria": ">", "value": 9005, "format": head})
        sheet.data_validation("D2:D9", {"validate": "decimal", "criteria": "between", "minimum": 1, "maximum": 9999})
        sheet.autofilter("A1:E9")
        sheet.set_landscape()
        sheet.print_area("A1:E9")
        hidden = made.add_worksheet("参数")
        hidden.write_row(0, 0, ["代码", "比率"])
        hidden.write_row(1, 0, ["x", 0.5])
        hidden.very_hidden()
        made.define_name("区域", "=员工!$A$1:$E$9")
        made.set_properties({"created": dt.datetime(2026, 1, 1)})  # noqa: DTZ001
    return open_source(path, name="b")


def test_nothing_treated_leaves_every_part_as_it_was(tmp_path):
    opened = styled(tmp_path / "b.xlsx")
    _, said = patched(opened, tmp_path / "o.xlsx")
    assert workbooks.parts_of(tmp_path / "o.xlsx") == workbooks.parts_of(tmp_path / "b.xlsx")
    assert said == []


def test_a_treated_column_changes_its_cells_and_nothing_else(tmp_path):
    opened = styled(tmp_path / "b.xlsx")
    again, said = patched(opened, tmp_path / "o.xlsx", {"姓名": pa.array([f"p{row}" for row in range(8)])})
    assert again.entities[0].table.column("姓名").to_pylist() == [f"p{row}" for row in range(8)]
    for name in ("工号", "生日", "月薪", "年薪"):
        assert again.entities[0].table.column(name).equals(opened.entities[0].table.column(name))
    before, after = workbooks.parts_of(tmp_path / "b.xlsx"), workbooks.parts_of(tmp_path / "o.xlsx")
    changed = {name for name in before if before[name] != after.get(name)}
    assert changed == {SHEET1, "xl/sharedStrings.xml", "docProps/app.xml"}
    assert b"ROUND(D2*12,0)" in after[SHEET1]
    assert said == []
    pieces = before[SHEET1].split(b"<c "), after[SHEET1].split(b"<c ")
    other = [(one, two) for one, two in zip(*pieces, strict=True) if one != two]
    assert len(other) == 8
    assert all(one.startswith(b'r="B') and two.startswith(b'r="B') for one, two in other)


def test_a_dropped_column_stays_in_its_place_empty(tmp_path):
    opened = styled(tmp_path / "b.xlsx")
    again, said = patched(opened, tmp_path / "o.xlsx", drop=["月薪"])
    assert again.entities[0].schema.names == ["工号", "姓名", "生日", "年薪"]
    sheet = workbooks.parts_of(tmp_path / "o.xlsx")[SHEET1]
    assert b"ROUND" not in sheet
    assert b'<c r="D1" s="1"/>' in sheet
    assert b"<v>108012</v>" in sheet
    assert b'width="18' in sheet
    assert any("月薪" in note for note in said)
    assert any(note.startswith("8 formulas") for note in said)


def test_rows_held_back_are_blank_rows(tmp_path):
    opened = styled(tmp_path / "b.xlsx")
    keep = [True, False, True, None, True, True, True, True]
    again, said = patched(opened, tmp_path / "o.xlsx", keep=keep, leave_out=["参数"])
    assert again.entities[0].table.column("工号").to_pylist() == ["001", "003", "005", "006", "007", "008"]
    assert any("2 rows" in note for note in said)
    sheet = workbooks.parts_of(tmp_path / "o.xlsx")[SHEET1]
    assert b"ROUND(D2*12,0)" in sheet
    assert b"ROUND(D3*12,0)" not in sheet
    assert b'<row r="3"' in sheet


def test_a_sheet_without_columns_left_is_empty_but_there(tmp_path):
    again, said = patched(book(tmp_path), tmp_path / "o.xlsx", leave_out=["家属"])
    assert [entity.name for entity in again.entities] == ["员工"]
    assert any("“家属”" in note and "emptied" in note for note in said)
    assert not any("=张三".encode() in part for part in workbooks.parts_of(tmp_path / "o.xlsx").values())


def test_text_is_never_made_a_number_formula_or_link(tmp_path):
    values = ["110105199001310011", "=1+1", "http://a.b/c", "007", "1e5", "TRUE", "_x0041_", "a\r\nb\x01", " x ", "<&>"]
    opened = book(tmp_path, {"S": [["n", "文"], *([index, "raw"] for index in range(10))]})
    again, _ = patched(opened, tmp_path / "o.xlsx", {"文": pa.array(values)})
    assert again.entities[0].table.column("文").to_pylist() == values
    sheet = workbooks.parts_of(tmp_path / "o.xlsx")[SHEET1]
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet


@pytest.mark.parametrize("options", [{}, {"date_1904": True}])
def test_treated_numbers_and_days_keep_their_kind(tmp_path, options):
    rows = [["整", "小", "日", "时", "真", "空"], *[[1, 1.5, DAY, MOMENT, True, "x"]] * 2]
    opened = book(tmp_path, {"S": rows}, default_date_format="yyyy-mm-dd", **options)
    treat = {
        "整": pa.array([2, None]),
        "小": pa.array([2.25, 0.1]),
        "日": pa.array([dt.date(2001, 2, 3), None]),
        "时": pa.array([dt.datetime(2001, 2, 3, 12), MOMENT], pa.timestamp("us")),  # noqa: DTZ001
        "真": pa.array([False, True]),
        "空": pa.array([None, "y"], pa.string()),
    }
    again, _ = patched(opened, tmp_path / "o.xlsx", treat)
    assert again.entities[0].table.to_pydict() == {name: column.to_pylist() for name, column in treat.items()}


def test_what_excel_cannot_hold_is_written_as_text(tmp_path):
    treat = {
        "大": pa.array([10**17 + 1, 1]),
        "古": pa.array([dt.date(1850, 1, 1), DAY]),
        "无": pa.array([float("nan"), float("inf")]),
        "区": pa.array([MOMENT, None], pa.timestamp("us", "UTC")),
        "钱": pa.array(["1.10", "2.20"]).cast(pa.decimal128(10, 2)),
        "位": pa.array([10**14, -(10**14)]),
    }
    rows = [list(treat), *[[1, DAY, 1, MOMENT, "x", 1]] * 2]
    again, notes = patched(book(tmp_path, {"S": rows}), tmp_path / "o.xlsx", treat)
    first = again.entities[0].table.to_pylist()[0]
    assert (first["大"], first["古"], first["无"], first["钱"]) == ("100000000000000001", "1850-01-01", "nan", "1.10")
    assert first["位"] == 10**14
    assert first["区"].startswith("2024-01-02 03:04:05")
    assert [name for name in treat if any(f"“{name}”" in note for note in notes)] == ["大", "古", "无"]


def test_names_made_by_the_reader_are_written_once_columns_are_missing(tmp_path):
    rows = [["a", "a", None, "b"], ["x", "y", "z", 1], ["x", "y", "w", 2]]
    opened = book(tmp_path, {"S": rows})
    assert opened.entities[0].schema.names == ["a", "a_2", "c3", "b"]
    again, _ = patched(opened, tmp_path / "o.xlsx", drop=["a"])
    assert again.entities[0].schema.names == ["a_2", "c3", "b"]


def test_a_table_without_header_stays_without(tmp_path):
    opened = book(tmp_path, {"S": [["张三", 1], ["李四", 2]]})
    table = opened.entities[0].table
    assert patched(opened, tmp_path / "o.xlsx")[0].entities[0].table == table
    again, _ = patched(opened, tmp_path / "o.xlsx", drop=["c1"])
    assert again.entities[0].table == table.select(["c2"])


def test_a_header_that_treatment_would_hide_is_an_error(tmp_path):
    opened = book(tmp_path, {"S": [["张三", 1], ["李四", 2]]})
    with pytest.raises(KouanError) as caught:
        patched(opened, tmp_path / "o.xlsx", {"c2": pa.array(["0-5", "5-9"])})
    assert caught.value.code == "K-FMT-062"
    assert [path.name for path in tmp_path.iterdir()] == ["b.xlsx"]


def test_the_same_rows_make_the_same_bytes(tmp_path):
    treat = {"姓 名": pa.array(["x", "y"])}
    opened = book(tmp_path)
    patched(opened, tmp_path / "o.xlsx", treat)
    first = (tmp_path / "o.xlsx").read_bytes()
    patched(opened, tmp_path / "o.xlsx", treat, most=1)
    assert (tmp_path / "o.xlsx").read_bytes() == first


def test_what_does_not_fit_is_an_error(tmp_path):
    opened = book(tmp_path, {"S": [["a", "n"], ["x", 1]]})
    with pytest.raises(KouanError) as caught:
        patched(opened, tmp_path / "o.xlsx", {"a": pa.array(["x" * 32_768])})
    assert caught.value.code == "K-FMT-030"
    assert [path.name for path in tmp_path.iterdir()] == ["b.xlsx"]


def test_faults_of_the_caller(tmp_path):
    opened = book(tmp_path)
    schemas = {entity.name: entity.schema for entity in opened.entities}
    with pytest.raises(TypeError, match="read"):
        open_sink(tmp_path / "o.xlsx", MemorySource.of("m", {}, kind="xlsx"), schemas={})
    with (
        pytest.raises(ValueError, match="belong"),
        open_sink(tmp_path / "o.xlsx", opened, schemas=schemas) as sink,
    ):
        sink.write("家属", pa.record_batch({"b": [1]}))
    with pytest.raises(ValueError, match="not all rows"), open_sink(tmp_path / "o.xlsx", opened, schemas=schemas):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["b.xlsx"]


def spoilt(tmp_path, opened, data):
    """Write everything, but overwrite the source before the end."""
    schemas = {entity.name: entity.schema for entity in opened.entities}
    with open_sink(tmp_path / "o.xlsx", opened, schemas=schemas) as sink:
        for entity in opened.entities:
            for batch in entity.batches():
                sink.write(entity.name, batch)
        (tmp_path / "b.xlsx").write_bytes(data)


def test_a_source_that_changed_meanwhile(tmp_path):
    opened = book(tmp_path)
    with pytest.raises(KouanError) as caught:
        spoilt(tmp_path, opened, workbooks.honest(tmp_path / "c.xlsx", {"S": [["a"], ["other"]]}).read_bytes())
    assert caught.value.code == "K-FMT-025"
    assert not (tmp_path / "o.xlsx").exists()


ROWS = '<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v>b</v></c></row>' + "".join(
    f'<row r="{row}"><c r="A{row}" t="str"><v>x{row}</v></c><c r="B{row}"><v>{row}</v></c></row>' for row in range(2, 5)
)


def raw_error(tmp_path, xml):
    opened = open_source(workbooks.raw(tmp_path / "b.xlsx", xml), name="b")
    with pytest.raises(KouanError) as caught:
        patched(opened, tmp_path / "o.xlsx", {"a": pa.array(["p"] * 3)})
    assert not (tmp_path / "o.xlsx").exists()
    return caught.value.code


@pytest.mark.parametrize(
    "wrong",
    [
        ROWS.replace("<v>x3</v>", "<v><![CDATA[x3]]></v>"),
        ROWS.replace('<row r="3">', '<!-- x --><row r="3">'),
        ROWS.replace('<c r="B3">', '<!-- <c r="B3"> --><c r="B3">'),
        ROWS + ROWS[ROWS.index('<row r="4"') :],
        ROWS.replace('<c r="B3"><v>3</v></c>', '<c r="B3"><v>3</v></c><c r="A3" t="str"><v>y</v></c>'),
    ],
)
def test_unusual_sheets_are_refused(tmp_path, wrong):
    assert raw_error(tmp_path, workbooks.sheet(wrong)) == "K-FMT-060"


def test_a_sheet_in_another_encoding_is_refused(tmp_path):
    xml = '<?xml version="1.0" encoding="ISO-8859-1"?>' + workbooks.sheet(ROWS).decode()
    assert raw_error(tmp_path, xml.encode()) == "K-FMT-060"


def test_other_ways_to_write_the_same_sheet(tmp_path):
    rows = (
        '<x:row><x:c t="str"><x:v>a</x:v></x:c><x:c t="str"><x:v>b</x:v></x:c></x:row>\n'
        "<x:row r='2'  ht='3'><x:c s='0' r='A2' t='inlineStr'><x:is><x:t>raw</x:t></x:is></x:c>"
        "<x:c r='B2'><x:v>1</x:v></x:c></x:row>"
        "<x:row r='5'><x:c r='B5' cm='1'><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row><x:row r='6'/>"
    )
    xml = workbooks.sheet(rows).decode().replace("sheetData", "x:sheetData").replace("worksheet", "x:worksheet")
    xml = '﻿<?xml version="1.0"?>' + xml.replace("xmlns=", "xmlns:x=").replace("/x:worksheet>", "/x:worksheet>")
    xml = xml.replace("spreadsheetml/2006/main", "spreadsheetml/2006/main").replace(
        "officeDocument/x:", "officeDocument/"
    )
    opened = open_source(workbooks.raw(tmp_path / "b.xlsx", xml.encode()), name="b")
    again, _ = patched(opened, tmp_path / "o.xlsx", {"a": pa.array(["p", "q"])})
    assert again.entities[0].table.to_pydict() == {"a": ["p", "q"], "b": [1, 2]}
    out = workbooks.parts_of(tmp_path / "o.xlsx")[SHEET1]
    assert b'<x:c r="A5" t="inlineStr"><x:is><x:t>q</x:t></x:is></x:c>' in out
    assert b'<x:c r="B5"><x:v>2</x:v></x:c>' in out
    assert b"<x:row r='6'/>" in out


def test_memory_stays_flat_however_long_the_sheet(tmp_path):
    import tracemalloc

    from kouan.formats.xlsx.sheet_patch import SheetPatch

    def pieces():
        yield workbooks.sheet("|").split(b"|")[0]
        for row in range(1, 60_001):
            yield b'<row r="%d"><c r="A%d" t="str"><v>%s</v></c></row>' % (row, row, b"x" * 200)
        yield b"</sheetData></worksheet>"

    from kouan.formats.xlsx.cells import Table

    patch = SheetPatch(Table(), strict=True, used=set(), sheets=frozenset(), parts=lambda _key: False)
    tracemalloc.start()
    size = sum(map(len, itertools.islice(patch.patch(pieces()), None)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert size > 60_000 * 30
    assert peak < 4 << 20


def test_a_damaged_source(tmp_path):
    opened = book(tmp_path)
    still = type(opened)(opened.name, _Still(opened.file), "xlsx", "", opened.entities, opened.layout)
    data = (tmp_path / "b.xlsx").read_bytes()
    with pytest.raises(KouanError) as caught:
        spoilt(tmp_path, still, data[: len(data) // 2])
    assert caught.value.code == "K-FMT-021"
    assert not (tmp_path / "o.xlsx").exists()


class _Still:
    """A file that claims not to have changed."""

    def __init__(self, file):
        self.path = file.path

    def check_unchanged(self):
        pass


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B3" t="inlineStr"><is><t>3</t></is><v>密</v></c>',
        '<c r="B3" t="inlineStr"><v>密</v></c>',
        '<c r="B3" t="s"><is><t>密</t></is></c>',
        '<c r="B3" t="b"><v>密</v></c>',
        '<c r="B3"><v>3</v><v>密</v></c>',
        '<c r="B3" t="密"><v>3</v></c>',
        '<c r="B3" s="密"><v>3</v></c>',
        '<c r="B4"><v>3</v></c>',
    ],
)
def test_a_kept_cell_cannot_carry_a_second_value(tmp_path, cell):
    """It is refused, by the reader or the writer, or comes out without it."""
    workbooks.raw(tmp_path / "b.xlsx", workbooks.sheet(ROWS.replace('<c r="B3"><v>3</v></c>', cell)))
    with suppress(KouanError):
        opened = open_source(tmp_path / "b.xlsx", name="b")
        patched(opened, tmp_path / "o.xlsx", {"a": pa.array(["p"] * 3)})
    out = workbooks.parts_of(tmp_path / "o.xlsx") if (tmp_path / "o.xlsx").exists() else {}
    assert not any("密".encode() in part for part in out.values())


def test_unknown_attributes_of_kept_cells_and_rows_do_not_pass(tmp_path):
    rows = ROWS.replace('<c r="B3">', '<c r="B3" note="密">').replace('<row r="4">', '<row r="4" note="密" ht="9">')
    opened = open_source(workbooks.raw(tmp_path / "b.xlsx", workbooks.sheet(rows)), name="b")
    again, _ = patched(opened, tmp_path / "o.xlsx", {"a": pa.array(["p"] * 3)})
    sheet = workbooks.parts_of(tmp_path / "o.xlsx")[SHEET1].decode()
    assert "密" not in sheet
    assert '<row r="4" ht="9">' in sheet
    assert again.entities[0].table.column("b").to_pylist() == [2, 3, 4]


def test_shared_formulas_stay_only_with_their_first_cell(tmp_path):
    shared = {
        3: '<c r="B3"><f t="shared" ref="B3:B4" si="0">ROW(B3)</f><v>3</v></c>',
        4: '<c r="B4"><f t="shared" si="0"/><v>4</v></c>',
    }
    rows = ROWS
    for row, cell in shared.items():
        rows = rows.replace(f'<c r="B{row}"><v>{row}</v></c>', cell)
    opened = open_source(workbooks.raw(tmp_path / "b.xlsx", workbooks.sheet(rows)), name="b")
    treat = {"a": pa.array(["p"] * 3)}
    patched(opened, tmp_path / "o.xlsx", treat)
    kept = workbooks.parts_of(tmp_path / "o.xlsx")[SHEET1].decode()
    assert all(cell in kept for cell in shared.values())
    patched(opened, tmp_path / "o.xlsx", treat, keep=[True, False, True])
    assert "<f" not in workbooks.parts_of(tmp_path / "o.xlsx")[SHEET1].decode()
    wide = rows.replace('ref="B3:B4"', 'ref="A3:B4"')
    opened = open_source(workbooks.raw(tmp_path / "b.xlsx", workbooks.sheet(wide)), name="b")
    _, said = patched(opened, tmp_path / "o.xlsx", treat)
    assert "<f" not in workbooks.parts_of(tmp_path / "o.xlsx")[SHEET1].decode()
    assert any(note.startswith("2 formulas") for note in said)
