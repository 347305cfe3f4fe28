"""Texts of a column: which are read, what is counted, and that any split into batches gives the same."""

from __future__ import annotations

import itertools

import pyarrow as pa
import pytest

from kouan.recognize.prose.column import KEPT, merge_prose, read_prose
from tests.recognizing import ric_of

_NOTES = [
    "患者：李卓，诊断为糖尿病，家属要求退款",
    "无异常，已按流程处理完毕",
    "完成",
    "",
    "王芳女士说包装破损，要求退货",
]


@pytest.mark.parametrize("cuts", [(1,), (777, 4_096, 9_000), (12_000, 12_001)])
def test_any_split_counts_the_same(cuts: tuple[int, ...]) -> None:
    column = pa.array([f"{note}{row % 700}" for row in range(4_000) for note in _NOTES])
    whole = read_prose(column, 0)
    edges = (0, *cuts, len(column))
    parts = [read_prose(column.slice(start, end - start), start) for start, end in itertools.pairwise(edges)]
    merged = parts[0]
    for part in parts[1:]:
        merged = merge_prose(merged, part)
    assert merged == whole
    assert len(whole.kept) == KEPT
    assert whole.rows < len(column)


def test_long_tables_are_read_ever_more_rarely() -> None:
    column = pa.array(["客户来电说明情况，希望尽快处理此事并回复本人意见"] * 100_000)
    read = read_prose(column, 0).read
    assert 4_096 < read < 4_096 + 6 * 512


def test_a_surname_of_two_characters_alone_is_no_name() -> None:
    found = read_prose(pa.array([f"{name}说货物破损，要求退款" for name in ("东方", "欧阳", "西门")]), 0)
    assert found.read == 3
    assert found.found["name/confirmed"] == 0


def test_lists_and_dictionaries_are_read_as_their_texts() -> None:
    plain = read_prose(pa.array(_NOTES), 0)
    assert read_prose(pa.array(_NOTES).dictionary_encode(), 0).found == plain.found
    listed = read_prose(pa.array([_NOTES[:2], None, [], _NOTES[2:]]), 0)
    assert (listed.read, listed.found) == (plain.read, plain.found)


def test_a_cell_that_is_one_address_is_counted_whole() -> None:
    found = read_prose(pa.array(["北京市朝阳区建国路88号院3号楼2单元501室"]), 0).found
    assert found["address/whole"] == 1
    assert found["sentence"] == 0


def test_health_beside_a_number_is_certain_and_in_news_is_not() -> None:
    number = read_prose(pa.array([f"身份证号{ric_of(7)}的本人确诊糖尿病，需要随访"]), 0).found
    news = read_prose(pa.array(["专家提醒：糖尿病患者冬季应当注意保暖"]), 0).found
    assert (number["health/confirmed"], news["health/confirmed"], news["health/suspected"]) == (1, 0, 1)


def test_a_long_s_in_a_word_of_illness_stops_nothing() -> None:
    found = read_prose(pa.array(["The patient felt a ſeizure and then asthma in the evening"]), 0).found
    assert found["health:word"] == 1
