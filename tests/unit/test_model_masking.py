"""What a message may quote of words that somebody wrote."""

from __future__ import annotations

import pytest

from kouan.model.errors import Message
from kouan.model.masking import masked, quoted
from kouan.model.text import Text, same

MESSAGE = Message(code="K-X-001", what=same("{name}"), why=same("{other}"), fix=same("-"))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a 13812345678 b", "a *** b"),
        ("+8613812345678,138-1234-5678;138 1234 5678", "***,***;***"),
        ("身份证１１０１０５１９８２０３０４７７５Ｘ", "身份证***"),
        ("电话１３８１２３４５６７８。", "电话***。"),
        ("110105198203047758", "***"),
        ("11010519820304775X", "***"),
        ("110105820304775", "***"),
        ("6222 0000 1111 2222 333", "***"),
        ("a.b@c-d.example 与张某", "*** 与张某"),
        ("张某＠例.example", "***"),
        ("transfer.yaml:12 2026-11-22 1,000,000 91110105MA01ABCD7X", None),
        ("order-16 gbt-43697-2024 12345678", None),
        ("", None),
    ],
)
def test_numbers_and_addresses_of_persons_are_gone(text, left):
    assert masked(text) == (text if left is None else left)


@pytest.mark.parametrize("word", ["exporter.cio", "shanghai-2026", "gbt-43697-2024", "a3", "data.unimportant"])
def test_a_misspelt_id_is_quoted(word):
    assert quoted(word) == word


@pytest.mark.parametrize(
    "word", ["欧阳甲", "Zhang San", "13812345678", "a13812345678", "zhang@example.com", "x" * 65, "", "a\nb", "a\n"]
)
def test_what_cannot_be_an_id_is_not_quoted(word):
    assert quoted(word) == "…"


def test_no_message_shows_a_number_whatever_it_is_filled_with():
    error = MESSAGE.at("13812345678.csv:3", name="13812345678", other=Text(zh="电话13812345678", en="13812345678"))
    said = "".join(error.lines("zh") + error.lines("en")) + repr(error) + error.where
    assert "13812345678" not in said
    assert error.where == "***.csv:3"
