import pytest

from kouan.formats.names import is_header, named_header, positional_header, unique_names, written_header


@pytest.mark.parametrize(
    ("cells", "names"),
    [
        (["a", "a", "a"], ["a", "a_2", "a_3"]),
        (["a", "a_2", "a"], ["a", "a_2", "a_3"]),
        (["", "x", ""], ["c1", "x", "c3"]),
        (["c2", ""], ["c2", "c2_2"]),
        (["", "c1"], ["c1_2", "c1"]),
    ],
)
def test_unique_names(cells, names):
    assert unique_names(cells) == names


def test_what_was_changed_is_said():
    header = named_header(["姓名 ", "", "姓名"], "员工")
    assert header.names == ("姓名", "c2", "姓名_2")
    assert len(header.notes) == 3
    assert all("员工" in note.zh and "员工" in note.en for note in header.notes)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["姓名,年龄", "张三,30", "李四,41"], True),
        (["张三,30", "李四,41"], False),
        (["name,city", "x,y"], True),
        (["甲,13800138000", "乙,x"], False),
        (["甲 a@b.cn,x"], False),
        (["region,2019,2020", "north,5,6", "south,7,8"], True),
        (["1;2".replace(";", ","), "3,4"], False),
        (["Female,*", "Male,*"], False),
        (["c1,c3,c7", "c,d,e"], True),
        (["2024-01-01,x", "2024-01-02,y"], False),
        (["a,b"], True),
        (["1,2"], False),
        (["名称,", "a,1"], True),
    ],
)
def test_is_header(rows, expected):
    first, *rest = [row.split(",") for row in rows]
    assert is_header(first, rest) is expected


def test_the_header_to_write():
    header = named_header(["id", "id", "姓名 "], "t")
    assert written_header(header, ["id", "id_2", "姓名"]) == ("id", "id", "姓名 ")
    assert written_header(header, ["id", "姓名"]) == ("id", "姓名 ")
    assert written_header(header, ["id_2", "姓名"]) == ("id_2", "姓名")
    assert written_header(None, ["x"]) == ("x",)
    bare = positional_header(3, "t")
    assert written_header(bare, ["c1", "c2", "c3"]) is None
    assert written_header(bare, ["c1", "c3"]) == ("c1", "c3")
