"""What rules, identifiers and the model find in a text is one answer, with the characters of the text as written."""

from __future__ import annotations

import datetime as dt

import pytest

from kouan.model.inventory import Tier
from kouan.recognize.prose.find import find
from kouan.recognize.prose.join import join
from kouan.recognize.prose.persons import checked
from kouan.recognize.prose.spans import Span
from kouan.recognize.prose.tagger import load
from tests.recognizing import card_of, mobile_of, ric_of, uscc_of, wrong

_DAY = dt.date(2026, 11, 22)


def _found(text: str, *, model: bool = True) -> list[tuple[str, str]]:
    (spans,) = find([text], tagger=load() if model else None, as_of=_DAY)
    return [(text[one.start : one.end], one.kind) for one in spans]


def _tier(text: str, kind: str) -> Tier:
    (spans,) = find([text], as_of=_DAY)
    return next(one.tier for one in spans if one.kind == kind)


def _span(text: str, part: str, kind: str, why: str = "", tier: Tier = Tier.SUSPECTED) -> Span:
    at = text.index(part)
    return Span(at, at + len(part), kind, tier=tier, why=why)


def test_identifiers_stand_in_texts_with_their_places() -> None:
    ric, mobile, card, code = ric_of(7), mobile_of(12345678), card_of(5), uscc_of(3)
    text = f"本人身份证{ric}，手机 {mobile}，账号{card}，公司代码{code}，邮箱 li.lei@example.com。"
    assert [pair for pair in _found(text) if "." in pair[1] or pair[1] == "email"] == [
        (ric, "cn.ric"),
        (mobile, "cn.mobile"),
        (card, "cn.bankcard"),
        (code, "cn.uscc"),
        ("li.lei@example.com", "email"),
    ]


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("１３８１２３４５６７８", "cn.mobile"),
        ("138 1234 5678", "cn.mobile"),
        ("138\u200b12345678", "cn.mobile"),
        ("+86 13812345678", "cn.mobile"),
        ("一三八一二三四五六七八", "cn.mobile"),
        ("010-62345678", "cn.landline"),
        ("+1 415 555 0134", "phone"),
        ("(415) 555-0134", "phone"),
    ],
)
def test_numbers_are_found_as_people_write_them(written: str, kind: str) -> None:
    assert (written, kind) in _found(f"😀请联系电话：{written}，谢谢。")
    assert _found(f"第一行\n{written}\n第三行") == [(written, kind)]


def test_a_right_check_digit_is_confirmed_and_a_wrong_one_is_not() -> None:
    assert _tier(f"身份证{ric_of(7)}", "cn.ric") == Tier.CONFIRMED
    spans = find([f"身份证{wrong(ric_of(7))}"], as_of=_DAY)[0]
    assert all(one.tier != Tier.CONFIRMED for one in spans)


def test_a_number_with_a_birth_date_to_come_is_not_confirmed() -> None:
    born = ric_of(7, birth=dt.date(2026, 12, 1))
    assert not any(one.tier == Tier.CONFIRMED for one in find([f"身份证{born}"], as_of=_DAY)[0])
    assert any(one.tier == Tier.CONFIRMED for one in find([f"身份证{born}"])[0])


def test_numbers_that_need_their_word_are_looked_for_near_it_only() -> None:
    assert ("123456789", "cn.qq") in _found("我的QQ号是123456789", model=False)
    assert _found("库存123456789件", model=False) == []


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("今天李婷去了", "李婷"),
        ("请找方婷婷总确认", "方婷婷"),
        ("用户：小赵说可以", "小赵"),
        ("陪同人员买买提·吐尔逊到场", "买买提·吐尔逊"),
    ],
)
def test_the_models_persons_are_cut_to_the_name(text: str, part: str) -> None:
    said = {"方婷婷": "方婷婷总", "买买提·吐尔逊": "吐尔逊"}.get(part, part)
    span = checked(text, _span(text, said, "name", "model"))
    assert span is not None
    assert text[span.start : span.end].endswith(part)


@pytest.mark.parametrize("word", ["李宁", "王老吉", "高血压", "格瑞洛", "神志清", "患者"])
def test_brands_drugs_and_states_are_no_persons(word: str) -> None:
    text = f"查体{word}均可"
    assert checked(text, _span(text, word, "name", "model")) is None


def test_two_sources_that_agree_confirm_each_other() -> None:
    text = "患者王小明来诊"
    (one,) = join(text, [_span(text, "王小明", "name", "title")], [], [_span(text, "王小明", "name", "model")])
    assert (one.tier, one.why) == (Tier.CONFIRMED, "title+model")


def test_the_model_never_takes_away_what_rules_are_sure_of() -> None:
    text = "住在建国路8号"
    ruled = _span(text, "建国路8号", "address", "grammar", Tier.CONFIRMED)
    (one,) = join(text, [ruled], [], [_span(text, "住在建国路8号", "organisation", "model")])
    assert one == ruled


def test_parts_of_an_address_are_one() -> None:
    text = "家住上海市浦东新区张江路88号5号楼1203室。"
    assert _found(text) == [("上海市浦东新区张江路88号5号楼1203室", "address")]


def test_who_is_named_once_is_found_again() -> None:
    text = "Patient Sarah Hill fell. Later Sarah went home, Hill said."
    assert [part for part, kind in _found(text) if kind == "name"] == ["Sarah Hill", "Sarah", "Hill"]
    text = "患者王建国先生来院。王建国拒绝，\n建国：我不去。"
    assert [part for part, kind in _found(text, model=False) if kind == "name"] == ["王建国", "王建国", "建国"]


def test_places_are_those_of_the_text_as_written() -> None:
    text = "<p>患者：<b>王\u200b小明</b>先生，ｔｅｌ：１３８１２３４５６７８</p>"
    assert ("王\u200b小明", "name") in _found(text)
