import datetime as dt

import pytest

from kouan.formats import Limits, ReadOptions, open_source
from kouan.model.errors import KouanError
from tests import workbooks

DAY = dt.date(1990, 1, 31)


def source(tmp_path, sheets, *, options=None, **settings):
    path = workbooks.honest(tmp_path / "b.xlsx", sheets, **settings)
    return open_source(path, name="b.xlsx", options=options or ReadOptions())


def rows(opened, place=0, columns=None):
    return [row for batch in opened.entities[place].batches(columns) for row in batch.to_pylist()]


def said(opened):
    return " ".join(note.en for note in opened.notes)


STAFF = [
    ["工号", "姓名", "证件号", "出生日期", "月薪", "在职"],
    *[["007", "张三", "11010519900131001X", DAY, 9000, True]] * 3,
]


def test_typed_columns(tmp_path):
    opened = source(tmp_path, {"员工": STAFF, "空": []})
    (entity,) = opened.entities
    assert (entity.name, entity.rows, opened.format, opened.detail) == ("员工", 3, "xlsx", "员工")
    assert [str(kind) for kind in entity.schema.types] == ["string"] * 3 + ["date32[day]", "int64", "bool"]
    assert rows(opened)[0] == dict(zip(STAFF[0], STAFF[1], strict=True))
    assert rows(opened, columns=["月薪", "工号"])[0] == {"月薪": 9000, "工号": "007"}
    assert "“空” is empty" in said(opened)


@pytest.mark.parametrize("settings", [{}, {"constant_memory": True}, {"date_1904": True}])
def test_dates_in_either_calendar(tmp_path, settings):
    options = settings if "constant_memory" in settings else {"default_date_format": "yyyy-mm-dd", **settings}
    opened = source(tmp_path, {"S": [["日", "x"], [DAY, "a"], [DAY, "b"]]}, **options)
    assert rows(opened)[0]["日"] == DAY


def test_numbers_that_lost_their_last_digits(tmp_path):
    opened = source(tmp_path, {"S": [["证件号", "姓名"], [110105199001310011, "张三"], [110105199001310012, "李四"]]})
    assert "“证件号”" in said(opened)
    assert "2 numbers have more than 15" in said(opened)
    assert "110105" not in said(opened)


def test_mixed_columns_become_text(tmp_path):
    opened = source(tmp_path, {"S": [["编号", "x"], [123, "a"], ["A1", "b"], [1.5, "c"]]})
    assert [row["编号"] for row in rows(opened)] == ["123", "A1", "1.5"]
    assert "mix numbers, text" in said(opened)


def test_titles_above_the_header(tmp_path):
    opened = source(tmp_path, {"S": [["员工名册"], [], ["制表：人事部"], *STAFF]})
    assert opened.entities[0].schema.names == STAFF[0]
    assert "2 title rows" in said(opened)
    assert "人事部" not in said(opened)


def test_headers_made_unique_and_empty_columns_dropped(tmp_path):
    opened = source(tmp_path, {"S": [["a", None, "a", None, "b"], ["x", None, "y", "z", None]]})
    assert rows(opened) == [{"a": "x", "a_2": "y", "c3": "z", "b": None}]


def test_no_header(tmp_path):
    opened = source(tmp_path, {"S": [["张三", "13800138000"], ["李四", "13900139000"]]})
    assert rows(opened)[0] == {"c1": "张三", "c2": "13800138000"}
    assert "no header" in said(opened)


def test_blank_rows_are_counted(tmp_path):
    opened = source(tmp_path, {"S": [[], ["a", "b"], [], ["x", 1], [], [], ["y", 2]]})
    assert [row["b"] for row in rows(opened)] == [1, 2]
    assert "3 empty rows" in said(opened)


def test_many_rows_in_batches(tmp_path):
    data = [["n", "t"], *[[index, f"v{index}"] for index in range(500)]]
    opened = source(tmp_path, {"S": data}, options=ReadOptions(batch_rows=64))
    assert max(batch.num_rows for batch in opened.entities[0].batches()) == 64
    assert [row["n"] for row in rows(opened)] == list(range(500))


def test_hidden_and_other_sheets(tmp_path):
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "b.xlsx"))
    for title in ("A", "B"):
        sheet = book.add_worksheet(title)
        sheet.write_row(0, 0, ["x", "y"])
        sheet.write_row(1, 0, ["1", "2"])
    sheet.hide()
    sheet.write_formula(2, 0, "=1+1", None, 2)
    sheet.merge_range(3, 0, 3, 1, "m")
    sheet.write_comment(1, 1, "note")
    sheet.set_row(1, None, None, {"hidden": True})
    book.add_chartsheet("图")
    book.close()
    opened = open_source(tmp_path / "b.xlsx", name="b")
    assert [entity.name for entity in opened.entities] == ["A", "B"]
    for words in ("“B” is hidden", "“图” is no data sheet", "1 formulas", "1 merged", "comments", "1 hidden rows"):
        assert words in said(opened)


def code(tmp_path, sheets, **limits):
    with pytest.raises(KouanError) as caught:
        source(tmp_path, sheets, options=ReadOptions(limits=Limits(**limits)))
    return caught.value.code


def test_limits_and_nothing(tmp_path):
    assert code(tmp_path, {"S": []}) == "K-FMT-024"
    assert code(tmp_path, {"S": STAFF}, columns=5) == "K-FMT-015"
    assert code(tmp_path, {"S": STAFF}, sheet_cells=20) == "K-FMT-023"


def test_a_header_alone(tmp_path):
    opened = source(tmp_path, {"S": [["a", "b"]]})
    assert (opened.entities[0].rows, rows(opened)) == (0, [])
    assert "no rows" in said(opened)
