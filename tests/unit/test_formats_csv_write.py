import pyarrow as pa
import pytest
from tests.tables import MemorySource

from kouan.formats import ReadOptions, open_sink, open_source
from kouan.model.errors import KouanError


def rewritten(tmp_path, data, **options):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    opened = open_source(path, name="a", options=ReadOptions(**options))
    table = opened.entities[0]
    with open_sink(tmp_path / "b.csv", opened, schemas={table.name: table.schema}) as sink:
        for batch in table.batches():
            sink.write(table.name, batch)
    return (tmp_path / "b.csv").read_bytes(), [note.en for note in sink.notes]


@pytest.mark.parametrize(
    "text",
    [
        "编号,金额\n007,1.0\n008,NA\n",
        "a,b\r\n1,2\r\n3,4",
        "a,b\r1,2\r3,4\r",
        "a;b\n1,5;x\n2,5;y\n",
        'a,b\n"x, y",2\n3,"say ""hi"""\n',
        '"","a"\n"1","x"\n"2","y"\n',
        'a,b\n"x",1\n"y",2\n',
        'a,b\n,""\n,x\n',
        "a\tb\n1\t\n\t2\n",
        'a,b\n1,"x\ny"\n2,"x\n\ny"\n',
        "a,b\n",
        "a,b",
        "姓名\n张三\n\n李四\n",
        "a\n1\n\n",
        "x,x, y \n甲,乙,丙\n",
        "1,2\n3,4\n",
        "a,b\n'p, q',1\n'r, s',2\n",
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_untouched_bytes_come_back(tmp_path, text, codec):
    data = text.encode(codec)
    assert rewritten(tmp_path, data)[0] == data


def test_quotes_that_were_not_needed_may_go_and_it_is_said(tmp_path):
    data, notes = rewritten(tmp_path, b'a,b\n"x",1\ny,2\n')
    assert data == b"a,b\nx,1\ny,2\n"
    assert "Quotes" in notes[0]


def test_a_title_of_another_encoding_is_kept(tmp_path):
    data = "姓名,部門\n張三,會計\n".encode("big5")
    assert rewritten(tmp_path, data, encoding="big5")[0] == data


def source(tmp_path, text):
    (tmp_path / "a.csv").write_text(text)
    return open_source(tmp_path / "a.csv", name="a", options=ReadOptions(header=True))


def written(tmp_path, like, table):
    with open_sink(tmp_path / "b.csv", like, schemas={"a": table.schema}) as sink:
        for batch in table.to_batches():
            sink.write("a", batch)
    return (tmp_path / "b.csv").read_text(), [note.en for note in sink.notes]


def test_treated_types_and_dropped_columns(tmp_path):
    like = source(tmp_path, "id,id, x \n1,2,3\n")
    table = pa.table({"id_2": [1, None], "x": [True, False]})
    text, notes = written(tmp_path, like, table)
    assert text == "id_2,x\n1,true\n,false\n"
    assert "names made unique" in notes[0]
    again = open_source(tmp_path / "b.csv", name="b")
    assert again.entities[0].schema.names == ["id_2", "x"]


def test_a_table_without_header_gets_one_when_columns_go(tmp_path):
    (tmp_path / "a.csv").write_text("1,2,x\n3,4,y\n")
    like = open_source(tmp_path / "a.csv", name="a")
    text, _ = written(tmp_path, like, pa.table({"c1": ["1", "3"], "c3": ["x", "y"]}))
    assert text == "c1,c3\n1,x\n3,y\n"
    assert open_source(tmp_path / "b.csv", name="b").entities[0].schema.names == ["c1", "c3"]


def test_a_source_in_memory_is_written_plainly(tmp_path):
    table = pa.table({"甲": ["x,y", None], "乙": ["", "z"]})
    like = MemorySource.of("m.csv", {"a": table}, kind="csv")
    assert written(tmp_path, like, table)[0] == '甲,乙\n"x,y",""\n,z\n'


def test_slices_are_written_right(tmp_path):
    table = pa.table({"n": [str(index) for index in range(10)], "q": ['"', ",", "", None, "a"] * 2})
    like = MemorySource.of("m.csv", {"a": table}, kind="csv")
    with open_sink(tmp_path / "b.csv", like, schemas={"a": table.schema}) as sink:
        for start in (0, 3, 7):
            sink.write("a", table.to_batches()[0].slice(start, {0: 3, 3: 4, 7: 3}[start]))
    whole = written(tmp_path, like, table)[0]
    assert (tmp_path / "b.csv").read_text() == whole
    assert whole.startswith('n,q\n0,""""\n1,","\n2,""\n3,\n4,a\n5,')


def test_characters_that_the_encoding_lacks(tmp_path):
    (tmp_path / "a.csv").write_bytes("naam,x\nZoë,1\n".encode("cp1252"))
    like = open_source(tmp_path / "a.csv", name="a", options=ReadOptions(encoding="cp1252"))
    with (
        pytest.raises(KouanError) as caught,
        open_sink(tmp_path / "b.csv", like, schemas={"a": like.entities[0].schema}) as sink,
    ):
        sink.write("a", pa.record_batch({"naam": ["张三"], "x": ["1"]}))
    assert caught.value.code == "K-FMT-029"
    assert "张" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_the_wrong_table_is_a_fault_of_the_caller(tmp_path):
    like = source(tmp_path, "x,y\n1,2\n")
    with pytest.raises(ValueError, match="one table"):
        open_sink(tmp_path / "b.csv", like, schemas={})
    with (
        pytest.raises(ValueError, match="belong"),
        open_sink(tmp_path / "b.csv", like, schemas={"a": like.entities[0].schema}) as sink,
    ):
        sink.write("a", pa.record_batch({"z": ["1"]}))
