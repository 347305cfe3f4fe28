from __future__ import annotations

import pytest

from kouan.dossier.articles import article, chinese_number, citation
from tests.documents_parts import PIPL, order16


@pytest.mark.parametrize(
    ("number", "zh", "en"),
    [
        ("7(1)(2)", "第七条第一款第二项", "Art 7(1)(2)"),
        ("5(1)2", "第五条第一款第二项", "Art 5(1)2"),
        ("39", "第三十九条", "Art 39"),
        ("13(1)", "第十三条第一款", "Art 13(1)"),
        ("1259", "第一千二百五十九条", "Art 1259"),
        ("20240322", "20240322", "20240322"),
        ("55 item 4", "第五十五条第四项", "Art 55 item 4"),
        ("3-6", "第三条至第六条", "Arts 3-6"),
        ("9, 10", "第九条、第十条", "Arts 9, 10"),
        ("Q1", "第1问", "question 1"),
        ("annex 1(4)", "附件1第4项", "annex 1(4)"),
        ("annex 4", "附件4", "annex 4"),
        ("part 3(1)", "第三部分（一）", "part 3(1)"),
        ("表A.1", "表A.1", "表A.1"),
        ("", "", ""),
    ],
)
def test_article_in_words(number, zh, en):
    assert (article(number).zh, article(number).en) == (zh, en)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (103, "一百零三"),
        (110, "一百一十"),
        (999, "九百九十九"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
    ],
)
def test_chinese_number(number, words):
    assert chinese_number(number) == words


def test_a_law_is_cited_by_its_usual_title():
    source = order16("39").model_copy(update={"title": PIPL})
    assert citation(source).zh == "《个人信息保护法》第三十九条"


def test_citation_has_title_and_article():
    assert citation(order16("8(1)")).zh == "《促进和规范数据跨境流动规定》第八条第一款"
    assert citation(order16("")).en == "Provisions on Promoting and Regulating Cross-border Data Flows"
