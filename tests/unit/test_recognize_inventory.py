"""The inventory as a whole: reports, progress, no raw value anywhere, unreadable cells."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pyarrow as pa
import pytest
import yaml

from kouan.model.errors import KouanError, Message
from kouan.recognize import inspect, messages
from tests.recognizing import AS_OF, KEY, card_of, given, look, mobile_of, ric_of, uscc_of

PLANTED = {
    "姓名": "欧阳震华",
    "身份证号": ric_of(123, dt.date(1987, 6, 5)),
    "手机号": mobile_of(71236548),
    "邮箱": "plantedperson@planted-example.com",
    "银行卡": card_of(918273645),
    "税号": uscc_of(918273),
    "地址": "北京市海淀区中关村大街27号院3号楼",
    "出生日期": "1987-06-05",
    "备注": "请联系欧阳震华，电话13971236548",
    "月薪": "98765.43",
    "工号": "PLANTED0042",
    "奇怪": "plantedvalue",
    "护照号": "E12345678",
}


def test_no_planted_value_in_the_inventory() -> None:
    inventory = look(given({"t": {name: [value] * 3 for name, value in PLANTED.items()}}))
    text = inventory.model_dump_json() + repr(inventory)
    for value in PLANTED.values():
        assert value not in text
    assert "13971236548" not in text


def test_reports_sources_and_tables() -> None:
    inventory = look(given({"a": {"x": [1, 2]}, "b": {"y": pa.array([], pa.string())}}, name="n.xlsx"))
    report = inventory.sources[0]
    assert [(one.name, one.rows, one.columns) for one in report.entities] == [("a", 2, 1), ("b", 0, 1)]
    assert [item.id for item in inventory.items] == ["n.xlsx!a#x", "n.xlsx!b#y"]


def test_progress_counts_rows() -> None:
    heard: list[tuple[str, int, int | None]] = []
    one = given({"t": {"x": list(range(10))}}, batch_rows=4)
    inspect([one], as_of=AS_OF, person_key=KEY, threads=1, progress=lambda *said: heard.append(said))
    assert heard == [("recognize", 4, 10), ("recognize", 8, 10), ("recognize", 10, 10)]


def test_invalid_text_is_named_without_its_content() -> None:
    broken = pa.StringArray.from_buffers(
        3, pa.py_buffer(b"\0\0\0\0\3\0\0\0\6\0\0\0\t\0\0\0"), pa.py_buffer(b"\xef\xff\xffab\xffcde")
    )
    with pytest.raises(KouanError) as caught:
        look(given({"t": pa.table({"名": broken})}))
    assert caught.value.code == "K-REC-003"
    assert "cde" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_messages_are_complete() -> None:
    found = [value for value in vars(messages).values() if isinstance(value, Message)]
    assert len({one.code for one in found}) == len(found)
    for one in found:
        assert re.fullmatch(r"K-REC-\d{3}", one.code)
        for text in (one.what, one.why, one.fix):
            assert text.zh
            assert text.en
            zh, en = text.placeholders()
            assert zh == en


def test_lexicon_has_no_name_in_two_meanings() -> None:
    path = Path(messages.__file__).with_name("lexicon.yaml")
    names = yaml.safe_load(path.read_text("utf-8"))["names"]
    every = [word for words in names.values() for word in words]
    assert sorted({word for word in every if every.count(word) > 1}) == []


@pytest.mark.parametrize(
    ("names", "by_person"),
    [(("赵某某", "欧阳某"), True), (("周一", "周二"), False), (("高度", "高血压"), False), (("赵某某", "数量"), False)],
)
def test_a_table_with_a_column_for_each_person_is_not_without_personal_information(
    names: tuple[str, ...], by_person: bool
) -> None:
    found = look(given({"t": {"日期": ["2026-01-01"] * 3, **{name: ["8", "7", "6"] for name in names}}}))
    said = " ".join(note.zh for note in found.notes)
    assert ("列名像人名" in said) is by_person
    assert not (by_person and "未发现个人信息" in said)
