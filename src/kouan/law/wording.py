"""Numbers, days, articles and tests in words, Chinese and English."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from kouan.law.kleene import NO_END, Count
from kouan.model.decision import Pathway
from kouan.model.pack import UNCONFIRMED
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.model.decision import SourceRef
    from kouan.model.time import LegalDay

_DIGITS = "零一二三四五六七八九"
_MYRIAD = 10_000
_ITEM = re.compile(r"([0-9]+) item ([0-9]+)\Z")
_NAMED = 3
SIGNS = {"at_least": "≥", "more_than": ">", "at_most": "≤", "below": "<"}
"""Comparisons of counts as people write them."""

_WHOLE = {
    UNCONFIRMED: Text(zh="（条文由机构确认）", en="article to be confirmed by the institution"),
    "text": Text(zh="全文", en="the text"),
}
"""Places that are no article."""

_CONSEQUENCE = {
    Pathway.NOT_REGULATED: Text(zh="无须办理出境手续", en="no export procedure is needed"),
    Pathway.EXEMPT: Text(zh="免予申报、订立合同和认证", en="the flow is exempt"),
    Pathway.STANDARD_CONTRACT: Text(zh="应订立个人信息出境标准合同", en="a standard contract is needed"),
    Pathway.CERTIFICATION: Text(zh="应通过个人信息保护认证", en="certification is needed"),
    Pathway.SECURITY_ASSESSMENT: Text(zh="应申报数据出境安全评估", en="a security assessment must be declared"),
    Pathway.PROHIBITED: Text(zh="不得向境外提供", en="the data may not leave"),
}


_EITHER = Text(
    zh="应订立个人信息出境标准合同或者通过个人信息保护认证", en="a standard contract or certification is needed"
)
"""Contract and certification: the only pathways that weigh the same."""


def consequence(options: tuple[Pathway, ...]) -> Text:
    """Return what an outcome asks of the exporter."""
    return _CONSEQUENCE[options[0]] if len(options) == 1 else _EITHER


def chinese_number(number: int) -> str:
    """Return a number from 1 to 999 in Chinese, as articles are counted."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def article(source: SourceRef, *, short: bool = False) -> Text:
    """Return a citation: 《…》第七条第一款第二项 and “Art 7(1)(2) of the …”; short ones leave the title out."""
    place = _place(source.article)
    if short:
        return place
    if source.article == UNCONFIRMED:
        return Text(zh=f"《{source.title.zh}》{place.zh}", en=f"{source.title.en}, {place.en}")
    return Text(zh=f"《{source.title.zh}》{place.zh}", en=f"{place.en} of the {source.title.en}")


@lru_cache(maxsize=1_024)
def _place(place: str) -> Text:
    if place.startswith("Q"):
        return Text(zh=f"第{place[1:]}问", en=f"question {place[1:]}")
    if place in _WHOLE:
        return _WHOLE[place]
    kind, _, number = place.rpartition(" ")
    if kind in _PLACES:
        return Text(zh=_PLACES[kind].format(number), en=place)
    numbers = [chinese_number(int(part)) for part in re.findall("[0-9]+", place)]
    if kind == "part":
        return Text(zh=f"第{numbers[0]}部分" + "".join(f"（{one}）" for one in numbers[1:]), en=place)
    units = "条项" if _ITEM.match(place) else "条款项"
    zh = "".join(f"第{number}{unit}" for number, unit in zip(numbers, units, strict=False))
    return Text(zh=zh, en=f"Art {place}")


_PLACES = {"measure": "第{}项", "annex": "附件{}", "clause": "第{}条", "entry": "第{}项"}


def cited(clause: Text, place: Text) -> Text:
    """Return a sentence: the clause, then its article in brackets."""
    return Text(zh=f"{clause.zh}（{place.zh}）。", en=f"{clause.en} ({place.en}).")


@lru_cache(maxsize=64)
def day(value: LegalDay) -> Text:
    """Return a day: 2026年1月1日, 1 January 2026."""
    return Text(zh=f"{value.year}年{value.month}月{value.day}日", en=f"{value.day} {value.strftime('%B')} {value.year}")


def listed(articles: Sequence[Text]) -> Text:
    """Return articles, each once, three by name."""
    texts = list({text.zh: text for text in articles}.values())
    zh, en = "、".join(text.zh for text in texts[:_NAMED]), ", ".join(text.en for text in texts[:_NAMED])
    if len(texts) > _NAMED:
        return Text(zh=f"{zh}等 {len(texts)} 处", en=f"{en} and {len(texts) - _NAMED} more")
    return Text(zh=zh, en=en)


def capital(text: str) -> str:
    """Return a sentence that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def figures(count: Count) -> Text:
    """Return what is known of a number of persons, in English without the noun."""
    lo, hi = count
    en = f"{lo:,}" if lo == hi else f"{lo:,} to {hi:,}" if hi < NO_END else f"at least {lo:,}" if lo else "not known"
    return Text(zh=persons(count).zh, en=en)


def reaching(wants: Count, known: Count) -> Text:
    """Return where inside a known range a number would have to lie: 达到 1 万人, “10,000 or more”."""
    lo, hi = max(wants[0], known[0]), min(wants[1], known[1])
    floor, ceiling = threshold(lo), threshold(hi + 1)
    if hi == known[1]:
        return Text(zh=f"达到 {floor.zh}人", en=f"{floor.en} or more")
    if lo == hi:
        return Text(zh=f"为 {floor.zh}人", en=floor.en)
    if lo == known[0]:
        return Text(zh=f"不满 {ceiling.zh}人", en=f"fewer than {ceiling.en}")
    return Text(zh=f"达到 {floor.zh}人、不满 {ceiling.zh}人", en=f"at least {floor.en} and fewer than {ceiling.en}")


def persons(count: Count | None) -> Text:
    """Return a number of persons, or what is known of it."""
    lo, hi = count or (0, NO_END)
    if lo == hi:
        return Text(zh=f"{lo:,} 人", en=f"{lo:,} person" if lo == 1 else f"{lo:,} persons")
    if hi < NO_END:
        return Text(zh=f"{lo:,} 至 {hi:,} 人", en=f"{lo:,} to {hi:,} persons")
    if lo:
        return Text(zh=f"至少 {lo:,} 人", en=f"at least {lo:,} persons")
    return Text(zh="人数未知", en="an unknown number of persons")


def threshold(value: int) -> Text:
    """Return a figure of the law: 100 万 (followed by 人), 1,000,000."""
    zh = f"{value // _MYRIAD} 万" if value and value % _MYRIAD == 0 else f"{value:,} "
    return Text(zh=zh, en=f"{value:,}")


def flag_text(label: Text, *, wanted: bool) -> Text:
    """Return a statement, or its denial, as a test asks it."""
    return label if wanted else Text(zh=f"并非：{label.zh}", en=f"not: {label.en}")


def bound_text(label: Text, test: str, bound: int) -> Text:
    """Return a comparison with a number in words."""
    return Text(zh=f"{label.zh} {SIGNS[test]} {bound:,}", en=f"{label.en} {SIGNS[test]} {bound:,}")


def words_text(label: Text, words: Sequence[str]) -> Text:
    """Return “is one of these words”."""
    listed = ", ".join(words)
    return Text(zh=f"{label.zh}属于：{listed}", en=f"{label.en} is one of: {listed}")


def group_text(op: str, n: int) -> Text:
    """Return how a group joins its parts."""
    if op == "at_least":
        return Text(zh=f"至少满足以下 {n} 项", en=f"at least {n} of the following")
    return _GROUPS[op]


_GROUPS = {
    "all": Text(zh="同时满足以下各项", en="all of the following"),
    "any": Text(zh="满足以下任一项", en="any of the following"),
    "not": Text(zh="不属于以下情形", en="not the following"),
}
