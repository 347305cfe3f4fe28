import pytest

from kouan.formats import Limits, ReadOptions, open_source
from kouan.model.errors import KouanError


def source(tmp_path, text, **options):
    path = tmp_path / "员工.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_source(path, name="员工.csv", options=ReadOptions(**options))


def rows(opened, columns=None):
    return [row for batch in opened.entities[0].batches(columns) for row in batch.to_pylist()]


def error(tmp_path, text, **options):
    with pytest.raises(KouanError) as caught:
        rows(source(tmp_path, text, **options))
    return caught.value


def said(opened):
    return [note.en for note in opened.notes]


def test_values_stay_as_written(tmp_path):
    opened = source(tmp_path, "编号,金额,备注\n007,1.0,NA\n 8 ,1e3,null\n")
    assert rows(opened) == [
        {"编号": "007", "金额": "1.0", "备注": "NA"},
        {"编号": " 8 ", "金额": "1e3", "备注": "null"},
    ]
    assert (opened.format, opened.detail, opened.complete, said(opened)) == ("csv", "utf-8, ,, LF", True, [])


def test_null_and_the_empty_string_differ(tmp_path):
    assert rows(source(tmp_path, 'a,b\n,""\n')) == [{"a": None, "b": ""}]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "gb18030"])
def test_encodings(tmp_path, codec):
    text = "姓名,部门\n" + '张三,"研发\n中心"\n' * 3
    assert rows(source(tmp_path, text.encode(codec)))[2] == {"姓名": "张三", "部门": "研发\n中心"}


def test_stated_dialect(tmp_path):
    opened = source(tmp_path, "1^2\n3^4\n", delimiter="^", header=True)
    assert rows(opened) == [{"1": "3", "2": "4"}]


def test_no_header(tmp_path):
    opened = source(tmp_path, "张三,13800138000\n李四,13900139000\n")
    assert opened.entities[0].schema.names == ["c1", "c2"]
    assert len(rows(opened)) == 2
    assert "no header" in said(opened)[0]


def test_columns_are_read_in_the_order_asked(tmp_path):
    opened = source(tmp_path, "a,b,c\n1,2,3\n")
    assert rows(opened, ["c", "a"]) == [{"c": "3", "a": "1"}]
    assert [batch.num_rows for batch in opened.entities[0].batches([])] == [1]
    with pytest.raises(KeyError):
        rows(opened, ["z"])


def test_ragged_rows_are_named(tmp_path):
    caught = error(tmp_path, 'a,b\n1,2\n"x\ny",3\n4\n5,6,7\n', header=True)
    assert caught.code == "K-FMT-013"
    assert "Row 4 has 1 cells where 2" in caught.what.en
    assert "rows 5" in caught.what.en
    assert "5,6" not in str(caught)


def test_row_numbers_count_skipped_lines(tmp_path):
    assert "Row 4" in error(tmp_path, "\n\na,b\n1\n").what.en


def test_a_title_above_the_header_is_an_error_that_says_so(tmp_path):
    caught = error(tmp_path, "员工名册\n姓名,年龄\n张三,30\n")
    assert caught.code == "K-FMT-013"
    assert "标题" in caught.fix.zh


def test_an_unclosed_quote_is_an_error(tmp_path):
    for text in ('a,b\n1,"2\n3,4\n', 'a,b\n1,"2\n3,4', 'a\n1\n"2\n3\n'):
        assert error(tmp_path, text, header=True).code == "K-FMT-008"
    assert error(tmp_path, 'a,b\n"1,2\n3,4\n', header=True).code == "K-FMT-013"
    assert rows(source(tmp_path, 'a,b\n5" pipe,"x\ny"\n\n', header=True)) == [{"a": '5" pipe', "b": "x\ny"}]


def test_a_giant_cell_meets_the_limit(tmp_path):
    text = "a,b\n1,2\n" + "x" * 200_000 + ",2\n"
    assert error(tmp_path, text, limits=Limits(row_bytes=65_536)).code == "K-FMT-014"
    assert error(tmp_path, "x" * 70_000, limits=Limits(row_bytes=65_536)).code == "K-FMT-014"
    assert len(rows(source(tmp_path, text))) == 2


def test_column_limit(tmp_path):
    wide = ",".join(f"k{index}" for index in range(10_000))
    assert len(rows(source(tmp_path, f"{wide}\n{wide}\n", header=True))[0]) == 10_000
    assert error(tmp_path, f"{wide},z\n{wide},z\n").code == "K-FMT-015"


def test_blank_lines_are_counted_and_left_out(tmp_path):
    opened = source(tmp_path, '\n\na,b\n1,"x\n\ny"\n\n3,4\n\n')
    assert rows(opened) == [{"a": "1", "b": "x\n\ny"}, {"a": "3", "b": "4"}]
    assert said(opened) == ["4 blank lines are not data and are not written back."]


def test_in_one_column_a_blank_line_is_a_null(tmp_path):
    opened = source(tmp_path, "姓名\n张三\n\n李四\n")
    assert rows(opened) == [{"姓名": "张三"}, {"姓名": None}, {"姓名": "李四"}]
    assert said(opened) == []


@pytest.mark.parametrize("text", ["a,b", "a,b\n", "a,b\r\n\r\n"])
def test_a_header_alone(tmp_path, text):
    opened = source(tmp_path, text)
    assert rows(opened) == []
    assert opened.entities[0].rows == 0
    assert "no rows" in said(opened)[0]


def test_nothing_but_blank_lines(tmp_path):
    assert error(tmp_path, "\n\r\n\n").code == "K-FMT-004"


def test_oddities_are_noted(tmp_path):
    notes = " ".join(said(source(tmp_path, 'a,b\n5" pipe,2\n', header=True)))
    assert "odd" in notes
    assert "backslash" in " ".join(said(source(tmp_path, 'a,b\n"x\\"y",2\n', header=True)))
    assert "mixes line endings" in " ".join(said(source(tmp_path, "a,b\r\n1,2\n3,4\r\n")))


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_endings(tmp_path, ending):
    opened = source(tmp_path, f"a,b{ending}1,x{ending}3,y")
    assert [row["b"] for row in rows(opened)] == ["x", "y"]
    assert said(opened) == []


def test_batches_keep_the_limit_and_the_order(tmp_path):
    text = "n,v\n" + "".join(f"{index},v\n" for index in range(1000))
    opened = source(tmp_path, text, batch_rows=64)
    sizes = [batch.num_rows for batch in opened.entities[0].batches()]
    assert max(sizes) == 64
    assert [row["n"] for row in rows(opened)] == [str(index) for index in range(1000)]
