"""Article numbers as people read them: `7(1)(2)` is 第七条第一款第二项."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.model.pack import UNCONFIRMED
from kouan.model.text import Text, same

if TYPE_CHECKING:
    from kouan.model.decision import SourceRef

_ARTICLE = re.compile(r"(\d{1,4})(?:\((\d{1,4})\)(?:\(?(\d{1,4})\)?)?)?\Z")
_ITEM = re.compile(r"(\d{1,4}) item (\d{1,4})\Z")  # a list straight under the article: 第五十五条第四项
_SEVERAL = re.compile(r"(\d{1,4})(-|, )(\d{1,4})\Z")  # 3-6, or 9, 10
_QUESTION = re.compile(r"Q(\d{1,4})\Z")  # of an official question-and-answer text
_ANNEX = re.compile(r"(annex|part) (\d{1,4})(?:\((\d{1,4})\))?\Z")
_CLAUSE = re.compile(r"clause (\d{1,4}(?:\.\d{1,4})*)\Z")  # of a standard
_MEASURE = re.compile(r"measure (\d{1,4})\Z")  # of a plan
_ENTRY = re.compile(r"entry (\d{1,4})\Z")  # of a negative list
_UNREAD = Text(zh="（条文由机构确认）", en="article to be confirmed by the institution")
_STATE = "中华人民共和国"
_DIGITS = "零一二三四五六七八九"


def chinese_number(number: int) -> str:
    """Return 1 to 9999 as legal texts write them (十二, 一百零三, 一千二百五十九)."""
    text, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if not digit:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + _DIGITS[digit] + unit
        gap = False
    return text.removeprefix("一") if text.startswith("一十") else text


def article(number: str) -> Text:
    """Return an article number in words; `annex 1(2)` and `part 3(1)` too; anything else stays as written."""
    if annex := _ANNEX.match(number):
        return _annex(*annex.groups())
    if item := _ITEM.match(number):
        article_zh, item_zh = (chinese_number(int(part)) for part in item.groups())
        return Text(zh=f"第{article_zh}条第{item_zh}项", en=f"Art {number}")
    if several := _SEVERAL.match(number):
        first, last = (chinese_number(int(several[part])) for part in (1, 3))
        joined = "至" if several[2] == "-" else "、"
        return Text(zh=f"第{first}条{joined}第{last}条", en=f"Arts {number}")
    match = _ARTICLE.match(number)
    if not match:
        return _other(number)
    top, paragraph, point = (int(part) if part else 0 for part in match.groups())
    zh = f"第{chinese_number(top)}条"
    zh += f"第{chinese_number(paragraph)}款" if paragraph else ""
    zh += f"第{chinese_number(point)}项" if point else ""
    return Text(zh=zh, en=f"Art {number}")


def _other(place: str) -> Text:
    """Return a place that is no article."""
    if clause := _CLAUSE.match(place):
        return Text(zh=f"第{clause[1]}条", en=place)
    if question := _QUESTION.match(place):
        return Text(zh=f"第{question[1]}问", en=f"question {question[1]}")
    if measure := _MEASURE.match(place) or _ENTRY.match(place):
        return Text(zh=f"第{measure[1]}项", en=place)
    if place == "text":
        return Text(zh="全文", en="text")
    return _UNREAD if place == UNCONFIRMED else same(place)


def _annex(kind: str, number: str, point: str | None) -> Text:
    if kind == "annex":
        zh = f"附件{number}" + (f"第{point}项" if point else "")
    else:
        zh = f"第{chinese_number(int(number))}部分" + (f"（{chinese_number(int(point))}）" if point else "")
    return Text(zh=zh, en=f"{kind} {number}" + (f"({point})" if point else ""))


def usual_title(title: str) -> str:
    """Return the title by which a law is cited: without 中华人民共和国."""
    return title.removeprefix(_STATE)


def standard(name: str) -> str:
    """Return a standard as it is, and a law with its title in 《》."""
    return f"《{usual_title(name)}》" if name.startswith(_STATE) else name


def citation(source: SourceRef) -> Text:
    """Return title and article of a source of law."""
    words = article(source.article)
    if source.article == UNCONFIRMED:  # the title stands for texts that were not read: no 《》
        return Text(zh=f"{source.title.zh}{words.zh}", en=f"{source.title.en}, {words.en}")
    return Text(
        zh=f"《{usual_title(source.title.zh)}》{words.zh}",
        en=f"{source.title.en}, {words.en}" if words.en else source.title.en,
    )
