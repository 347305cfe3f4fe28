"""The file of labels: strict to read, written line by line with everything else kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from kouan.clearance.labelling import find_item, find_labels, read_labels, write_label
from kouan.model.errors import KouanError
from kouan.model.labels import ItemLabel
from tests.recognizing import given, look

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 11, 22)
LABEL = ItemLabel(meaning="religion", by="张三", on=DAY, note='见"字典": 第 3 页 #7')
WRITTEN = """\
# 我们的标签
kind: labels
version: 1
items:
  # 先看这一项
  "a.csv!a#甲": {meaning: name, by: 李四, on: 2026-11-01}
  a.csv!a#乙: {meaning: "sex", by: 李四, on: 2026-11-01}  # 尾注
"""


def test_a_new_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "kouan.labels.yaml"
    write_label(path, "a.csv!a#备用", LABEL)
    write_label(path, 'b.csv!表 "1"#乙: 丙', LABEL)
    assert read_labels(path).items == {"a.csv!a#备用": LABEL, 'b.csv!表 "1"#乙: 丙': LABEL}
    assert len(path.read_text("utf-8").splitlines()) == 2 + 3 + 2


def test_comments_and_order_stay_and_a_second_word_takes_the_place_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "labels.yaml"
    path.write_text(WRITTEN, "utf-8")
    write_label(path, "a.csv!a#甲", LABEL)
    write_label(path, "a.csv!a#丙", LABEL)
    before, after = WRITTEN.splitlines(), path.read_text("utf-8").splitlines()
    assert [line for line in before if line not in after] == [before[5]]
    assert read_labels(path).items["a.csv!a#甲"] == LABEL
    assert list(read_labels(path).items) == ["a.csv!a#甲", "a.csv!a#乙", "a.csv!a#丙"]


@pytest.mark.parametrize(
    "text",
    [
        WRITTEN.replace("version: 1\n", "") + "version: 1\n",
        "kind: labels\nversion: 1\nitems:\n  a.csv!a#备用:\n    meaning: name\n    by: 李四\n    on: 2026-11-01\n",
        "kind: labels\nversion: 1\nitems: {}\n",
    ],
)
def test_what_cannot_be_written_line_by_line_is_left_alone(tmp_path: Path, text: str) -> None:
    path = tmp_path / "labels.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(KouanError) as caught:
        write_label(path, "a.csv!a#备用", LABEL)
    assert caught.value.code == "K-CLR-110"
    assert '"a.csv!a#备用": {meaning: "religion"' in caught.value.fix.zh
    assert path.read_text("utf-8") == text
    assert [one.name for one in tmp_path.iterdir()] == ["labels.yaml"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version: 1", "version: 2"),
        ("by: 李四, ", ""),
        ("meaning: name", "meaning: name, value: 张三丰"),
        ("2026-11-01}", "2026-13-01}"),
        ("李四", "''"),
    ],
)
def test_the_file_is_read_strictly(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "labels.yaml"
    path.write_text(WRITTEN.replace(old, new, 1), "utf-8")
    with pytest.raises(KouanError) as caught:
        read_labels(path)
    assert caught.value.code.startswith("K-MOD-00")
    assert "labels.yaml" in caught.value.where


def test_names_are_compared_in_one_normal_form(tmp_path: Path) -> None:
    path = tmp_path / "labels.yaml"
    path.write_text('items:\n  "a.csv!a#cafe\\u0301": {meaning: name, by: x, on: 2026-11-01}\n', "utf-8")
    assert list(read_labels(path).items) == ["a.csv!a#café"]


def test_only_a_file_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    assert find_labels(tmp_path / "transfer.yaml", None, ()) is None
    with pytest.raises(KouanError) as caught:
        find_labels(None, tmp_path / "labels.yaml", ())
    assert caught.value.code == "K-CLR-001"


@pytest.mark.parametrize("word", ["data.csv!t#备用", "t#备用", "备用"])
def test_an_item_is_found_by_its_names(word: str) -> None:
    inventory = look(given({"t": {"备用": ["甲"], "姓名": ["王伟"]}, "u": {"姓名": ["王伟"]}}))
    assert find_item(inventory, word).id == "data.csv!t#备用"
    for name, code in (("备用列", "K-CLR-111"), ("姓名", "K-CLR-112")):
        with pytest.raises(KouanError) as caught:
            find_item(inventory, name)
        assert caught.value.code == code
