"""Names call for identifiers by their words: as tokens, of the column and of its table."""

from __future__ import annotations

import pytest

from kouan.recognize.calling import calls_of
from kouan.recognize.identifiers import IDENTIFIERS
from kouan.recognize.lexicon import load_lexicon


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("手机号", {"cn.mobile"}),
        ("手机号归属地", {"cn.mobile"}),
        ("sjh", {"cn.mobile"}),
        ("contact_phone_2", {"cn.mobile"}),
        ("telemetry", set()),
        ("smartphones", set()),
        ("idcard", {"cn.ric"}),
        ("居民身份证号码", {"cn.ric"}),
        ("pancake", set()),
        ("card no", {"cn.bankcard"}),
        ("公司电话", set()),
        ("store_phone", set()),
        ("备注", set()),
        ("", set()),
    ],
)
def test_words_of_a_name_call_for_identifiers(name: str, called: set[str]) -> None:
    of_persons = {"cn.ric", "cn.mobile", "cn.bankcard", "email"}
    assert set(calls_of("data", name, load_lexicon()).column) & of_persons == called


def test_the_table_calls_apart_from_the_column() -> None:
    calls = calls_of("邮箱登记", "col_7", load_lexicon())
    assert not calls.column
    assert calls.table["email"] == "邮箱"
    assert "email" in calls.asked


def test_every_identifier_is_called_by_its_own_words() -> None:
    lexicon = load_lexicon()
    for one in IDENTIFIERS:
        for word in one.context:
            assert one.id in calls_of("", word, lexicon).column, (one.id, word)


def test_every_identifier_has_a_meaning() -> None:
    lexicon = load_lexicon()
    assert all(lexicon.recognized[one.id] in lexicon.meanings for one in IDENTIFIERS)
