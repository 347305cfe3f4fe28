"""Column names: tokens, the head decides, substrings never."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from kouan.model.masking import PERSONAL
from kouan.recognize.calling import calls_of
from kouan.recognize.lexicon import load_lexicon
from kouan.recognize.naming import match_name, ordinal, split_name
from kouan.recognize.subjects import is_kin

WORDS = load_lexicon().vocabulary


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("bankCardNo", ("bank", "card", "no")),
        ("EMPLOYEE_ID", ("employee", "id")),
        ("HRUserID", ("hr", "user", "id")),
        ("子女1出生日期", ("子女", "1", "出生日期")),
        ("会员ID", ("会员ID",)),
        ("基本工资（元）", ("基本工资", "元")),
        ("手机号码归属地", ("手机号码", "归属地")),
        ("ｅｍａｉｌ", ("email",)),
        ("", ()),
    ],
)
def test_split(name: str, tokens: tuple[str, ...]) -> None:
    assert split_name(name, WORDS.han) == tokens


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("filename", "text"),
        ("username", "account"),
        ("username_hash_prefix", None),
        ("carrier name", "name"),
        ("customer_name", "name"),
        ("身份证号码", "cn.ric"),
        ("sfzh", "cn.ric"),
        ("手机号归属地", None),
        ("email_verified", None),
        ("date_of_birth", "birth_date"),
        ("birth_country", "origin"),
        ("salary-class", "salary"),
        ("class", "code"),
        ("monthly income (CNY)", "salary"),
        ("联系人电话", "cn.mobile"),
        ("address_line_2", "address"),
        ("订单金额", "amount"),
        ("注册渠道", "channel"),
        ("tailnum", "code"),
        ("household_id", "person_id"),
        ("kids_count", "relation"),
        ("xm", "name"),
        ("maximum", None),
        ("", None),
    ],
)
def test_match(name: str, meaning: str | None) -> None:
    assert match_name(name, WORDS).meaning == meaning


def test_words_before_a_name_say_whose_it_is() -> None:
    assert match_name("carrier name", WORDS).of_thing(WORDS)
    assert match_name("门店电话", WORDS).of_thing(WORDS)
    assert match_name("employee_name", WORDS).of_person(WORDS)
    assert not match_name("name", WORDS).of_person(WORDS)


@pytest.mark.parametrize(
    ("name", "number"), [("子女2姓名", 2), ("child_3_name", 3), ("子女一姓名", 1), ("子女姓名", 0)]
)
def test_ordinal(name: str, number: int) -> None:
    assert ordinal(split_name(name, WORDS.han), WORDS) == number


def test_every_meaning_has_both_labels_and_known_clauses() -> None:
    lexicon = load_lexicon()
    for meaning in lexicon.meanings.values():
        assert meaning.label.zh
        assert meaning.label.en
        for day in (dt.date(2025, 10, 31), dt.date(2025, 11, 1)):
            assert lexicon.sensitivity(meaning.id, day).clause
            assert lexicon.sensitivity(meaning.id, day).standard
    assert set(WORDS.names.values()) <= set(lexicon.meanings)
    assert set(lexicon.keys.values()) - set(lexicon.subjects.values()) == {"student", "person"}


@pytest.mark.parametrize("word", ["姓名", "1a", "no_", "龘", "子女1_", "phoneNumberId"])
def test_a_name_of_many_thousand_letters_is_read_in_one_pass(word):
    name = word * (12_000 // len(word))
    begun = time.process_time()
    match_name(name, WORDS)
    calls_of("t", name, load_lexicon())
    is_kin(name, load_lexicon())
    assert PERSONAL.search(name) is None
    assert time.process_time() - begun < 5  # a minute and more where every piece of it is looked up
