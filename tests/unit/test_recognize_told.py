"""Persons who stand in texts only: somebody, and nobody knows how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kouan.model.facts import Range
from kouan.model.inventory import IdentityRole
from kouan.recognize.prose import column as prose_column
from kouan.recognize.prose.spans import Span, Tier
from tests.recognizing import given, look

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOTES = ["张伟来电投诉包装破损，要求退货", "无异常，已按流程处理完毕，等待确认"]


@pytest.fixture
def sure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rules that are sure of a name at the beginning of every text that begins with it."""

    def find(texts: Sequence[str], **_: object) -> list[tuple[Span, ...]]:
        return [(Span(0, 2, "name", tier=Tier.CONFIRMED, why="title"),) if one[:2] == "张伟" else () for one in texts]

    monkeypatch.setattr(prose_column, "find", find)


@pytest.mark.usefixtures("sure")
def test_a_text_that_names_somebody_is_personal_and_counts_one_at_least() -> None:
    found = look(given({"t": {"text": _NOTES * 20}}, subjects=("customer",)))
    item = found.items[0]
    assert (item.meaning, item.personal, item.role, item.subject) == (
        "free_text",
        True,
        IdentityRole.DIRECT,
        "customer",
    )
    assert [(one.subject, one.persons) for one in found.persons] == [("customer", Range(lo=1, hi=None))]
    assert [(one.identifier, one.confirmed, one.looked) for one in item.findings] == [("name", 20, 40)]
    assert "20" in item.reason.zh
    assert "张伟" not in found.model_dump_json()


@pytest.mark.usefixtures("sure")
@pytest.mark.parametrize("name", ["title", "商品名称", "金额", "门店"])
def test_texts_that_name_somebody_are_personal_under_the_name_of_a_thing(name: str) -> None:
    found = look(given({"t": {name: _NOTES * 20}}))
    assert (found.items[0].meaning, found.items[0].personal) == ("free_text", True)
    assert [one.persons for one in found.persons] == [Range(lo=1, hi=None)]
    assert look(given({"t": {name: ["张伟先生退货款"] * 40}})).items[0].personal is True
    assert look(given({"t": {name: _NOTES[1:] * 20}})).persons == ()


@pytest.mark.usefixtures("sure")
def test_a_trade_secret_that_names_somebody_stays_one() -> None:
    item = look(given({"t": {"商业秘密": _NOTES * 20}})).items[0]
    assert (item.meaning, item.personal) == ("trade_secret", True)


def test_texts_that_may_name_somebody_do_not_mean_that_nobody_is_there() -> None:
    found = look(given({"t": {"text": _NOTES * 20}}, subjects=("customer",)))
    assert not any("未发现个人信息" in note.zh for note in found.notes)


@pytest.mark.usefixtures("sure")
def test_rows_that_are_persons_keep_their_count() -> None:
    members = {"会员号": [f"M{row:05d}" for row in range(40)], "备注": _NOTES * 20}
    found = look(given({"t": members}, subjects=("member",)))
    assert [(one.subject, one.persons) for one in found.persons] == [("member", Range(lo=40, hi=40))]
    assert any("备注" in note.zh for note in found.notes)


@pytest.mark.usefixtures("sure")
def test_another_source_of_texts_takes_the_upper_end_away() -> None:
    members = {"会员号": [f"M{row:05d}" for row in range(40)]}
    rows = given({"t": members}, subjects=("member",), name="a.csv")
    texts = given({"t": {"text": _NOTES * 20}}, subjects=("member",), name="b.csv")
    paper = given({"body": {"text": _NOTES * 20}, "list": members}, subjects=("member",), name="c.docx")
    for found in (look(rows, texts), look(paper)):
        assert [(one.subject, one.persons) for one in found.persons] == [("member", Range(lo=40, hi=None))]
