"""Numbers and articles in words."""

from __future__ import annotations

import pytest

from kouan.law.kleene import NO_END
from kouan.law.wording import article, chinese_number, persons, threshold
from kouan.model.decision import SourceRef
from kouan.model.text import Text


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (39, "三十九"), (100, "一百"), (101, "一百零一"), (110, "一百一十"), (1259 % 1000, "二百五十九")],
)  # fmt: skip
def test_chinese_number(number: int, words: str) -> None:
    assert chinese_number(number) == words


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        ("3", "《法》第三条", "Art 3 of the Law"),
        ("31(1)", "《法》第三十一条第一款", "Art 31(1) of the Law"),
        ("7(1)(2)", "《法》第七条第一款第二项", "Art 7(1)(2) of the Law"),
        ("55 item 4", "《法》第五十五条第四项", "Art 55 item 4 of the Law"),
        ("Q1", "《法》第1问", "question 1 of the Law"),
        ("part 3(1)", "《法》第三部分（一）", "part 3(1) of the Law"),
        ("clause 5.2.1", "《法》第5.2.1条", "clause 5.2.1 of the Law"),
    ],
)
def test_article(place: str, zh: str, en: str) -> None:
    source = SourceRef(instrument="L", title=Text(zh="法", en="Law"), article=place, confidence="H")
    assert article(source) == Text(zh=zh, en=en)


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [
        ((1, 1), "1 人", "1 person"),
        ((1_200_000, 1_200_000), "1,200,000 人", "1,200,000 persons"),
        ((5, 10), "5 至 10 人", "5 to 10 persons"),
        ((5, NO_END), "至少 5 人", "at least 5 persons"),
        ((0, NO_END), "人数未知", "an unknown number of persons"),
    ],
)
def test_persons(count: tuple[int, int], zh: str, en: str) -> None:
    assert persons(count) == Text(zh=zh, en=en)


def test_threshold() -> None:
    assert threshold(1_000_000) == Text(zh="100 万", en="1,000,000")
    assert threshold(1_500) == Text(zh="1,500 ", en="1,500")
