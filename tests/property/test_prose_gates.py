"""Signs by which rules are left out cost no finding: texts are read the same with every rule run at every place."""

from __future__ import annotations

import random
import re
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.labelled.notes.fill import all_notes
from kouan.recognize.prose import names_zh, organisations, pairs_en, places, places_world, sensitive, words
from kouan.recognize.prose.column import read_prose
from kouan.recognize.prose.divisions import _table
from kouan.recognize.prose.find import find
from kouan.recognize.prose.gate import Gate, either_case
from kouan.recognize.prose.lists import any_of, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORMS = """
2024年3月5日 2024-03-05 3/5/2024 1990年出生 生于1980年 出生日期 90后的 昨天3时 去年5月 下周三 上月三日 五月三日 二〇二四年三月 yesterday
3床李秀英， 8-year-old 45岁 十二岁 5个月大 3月龄 年龄45 aged Age: 45-year-old 3yo y/o 月 生 后 路 88号 3号楼502 5栋 邮政信箱5 3单元1203室 村 组
Street, Springfield, NY 12345 P.O. Box Nanjing Lu, Huangpu District Room Dr. Mr Emily Chen John Smith Zhang Wei Li,
Na J.S. initials 张某 李×× 王** 陈xx 赵XX 小王 老李 阿强 5床 我姓王 名叫 姓名： 性别 男 女 : ： ( ) ， 。 . ; 、 和 与 ' - / + @ # // --
1 12 S14344 if (x) { return y; } def f(): END; BEGIN return SELECT a FROM b package x ı ſ İ K é １２ Ａ · 买买提·吐尔逊 <b> </b>
Dear Ann, Hi Bob, Regards, From: 亲爱的张伟, 尊敬的李女士: 张三、李四和王五 plc Ltd. Bank 医院 公司 绝密★ 国家秘密 【机密】 未经许可不得复制
本文件内部资料 Confidential PROPRIETARY TRADE secret internal use only İnternal do not distribute 不得对外 严禁外传
""".split()  # noqa: SIM905 - words
_NOTES = [note.text for note in all_notes()]


def _strings(thing: object) -> Iterator[str]:
    """Yield the words of nested lists and tables of words."""
    if isinstance(thing, str):
        yield from thing.split()
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from (*_strings(key), *_strings(value))
    elif isinstance(thing, (list, tuple, set, frozenset)):
        for one in thing:
            yield from _strings(one)


_LISTS = [one._LISTS for one in (names_zh, organisations, pairs_en, places_world)]
_OTHERS = [getattr(words, name) for name in dir(words) if name.isupper() and name not in {"LABELS", "KIND_OF_MEANING"}]
_WORDS = sorted({*_strings([*_LISTS, *_OTHERS, sensitive._PLAIN]), *_table().codes})
_SURNAMES, _GIVEN = sorted(names_zh._surnames()[1]) + sorted(names_zh._surnames()[2]), sorted(names_zh._GIVEN)


def _made(seed: int) -> str:
    """Return a text of words, names, forms and parts of labelled notes."""
    dice = random.Random(seed)
    sign = dice.choice(["", "", " "])
    parts = []
    for _ in range(dice.randrange(1, 20)):
        note = dice.choice(_NOTES)
        at = dice.randrange(len(note))
        name = dice.choice(_SURNAMES) + dice.choice(_GIVEN) + dice.choice([*_GIVEN[:60], ""])
        part = [dice.choice(_FORMS), dice.choice(_WORDS), name, note[at : at + dice.randrange(1, 14)], "，", " ", "\n"]
        parts.append(dice.choices(part, [8, 8, 4, 8, 1, 1, 1])[0])
    return sign.join(parts)


@contextmanager
def _everything_is_run() -> Iterator[None]:
    with ExitStack() as stack:
        stack.enter_context(patch.object(Gate, "__call__", lambda _gate, _text: True))
        for module in (names_zh, places, places_world):
            stack.enter_context(patch.object(module, "matches_at", lambda form, text, _starts: form.finditer(text)))
        yield


def _read(text: str) -> tuple[object, ...]:
    return find([text], numbers=False), read_prose(pa.array([text]), 0)


def _assert_the_same(texts: list[str]) -> None:
    gated = [_read(text) for text in texts]
    with _everything_is_run():
        for text, found in zip(texts, gated, strict=True):
            assert _read(text) == found


def test_labelled_notes_are_read_the_same_without_signs() -> None:
    _assert_the_same(_NOTES)


def test_texts_of_the_rules_words_are_read_the_same_without_signs() -> None:
    _assert_the_same([_made(seed) for seed in range(1_500)])


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32), st.text(max_size=6), st.text(max_size=6))
def test_texts_among_any_characters_are_read_the_same_without_signs(seed: int, before: str, behind: str) -> None:
    _assert_the_same([before + _made(seed) + behind])


@settings(max_examples=300, deadline=None)
@given(
    st.sets(st.text("abAB张三", min_size=1, max_size=4), min_size=1, max_size=12),
    st.text("abAB张三", max_size=30),
    st.sampled_from(["", "a", "(?!b)", "三?"]),
)
def test_words_as_a_tree_match_as_words_side_by_side(some: set[str], text: str, behind: str) -> None:
    tree, plain = (re.compile(f"(?:{form}){behind}") for form in (tree_of(some), any_of(some)))
    assert [one.span() for one in tree.finditer(text)] == [one.span() for one in plain.finditer(text)]


@given(st.sampled_from(["internal use", "confidential", "kin"]), st.text("iIıİkK\u212asſca", max_size=9))
def test_a_sign_in_any_case_stands_wherever_the_word_does(word: str, around: str) -> None:
    text = around + "".join(dict(zip("iks", around[-3:], strict=False)).get(char, char) for char in word)
    assert not re.search(word, text, re.IGNORECASE) or re.search(either_case(word), text)
