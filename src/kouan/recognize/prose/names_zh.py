"""Names of persons in Chinese texts: by labels, titles, words around them, surnames, and dots of other peoples."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kouan.model.inventory import Tier
from kouan.recognize.lexicon import load_lexicon
from kouan.recognize.prose.divisions import is_division
from kouan.recognize.prose.fold import places
from kouan.recognize.prose.gate import Gate, gate_of, matches_at
from kouan.recognize.prose.lists import any_of, load_lists, tree_of
from kouan.recognize.prose.spans import Span
from kouan.recognize.prose.words import (
    CONTEXT_ZH,
    ENDS,
    ENDS_TWO,
    FUNCTION,
    NO_GIVEN,
    NOBODY,
    PAPERS_ZH,
    SAYS,
    TITLES_ZH,
    WORDS_AFTER,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_COMMON = 240
"""So many surnames of the lexicon, most frequent first, are looked for in running text."""
_MORE_SURNAMES = "阎萧傅覃闫邬仝佘幺檀郇昌皮卞"
NO_SURNAME = frozenset(
    "应师和位区化权强帅盖国计索相门云容敬来都那宿於呼居干但元衣信展智幸植衡富闭由战银危公向时查成单项全官后水能谈班支利印首封"
    "母开行世满普丰束勾乌阿连从经任有为曾管并明会木束别赏祖辜可斯展揭冶慕诺"
)
"""Surnames that are mostly something else, even before characters of given names."""
_HAN = "一-鿿"
_HIDDEN = "某×*○"
_LISTS = load_lists("names.yaml")
_GIVEN = frozenset(_LISTS["given"])
_NO_GIVEN_WORDS = frozenset(_LISTS["no_given"])
_TELLING = "".join(sorted(set("".join(_LISTS["telling"]))))
_RARELY_WORDS = "".join(sorted(set(_TELLING) - set("国新学立民林东明天生一子永冠刚云王国平军海河向长远力强志建")))
"""Of those, the ones that seldom begin or end a word in the middle of a sentence."""
_MIDDLE, _NO_MIDDLE = 100, "江程安韩史金方龙成常路时"
_FOREIGN = frozenset("".join(_LISTS["foreign"]))
_JOBS = frozenset(_LISTS["titles"]) - frozenset(TITLES_ZH)
"""Titles that mostly stand behind a department."""
_HONORIFICS = frozenset(_LISTS["honorifics"])
_SHORT_TITLE = "(?=[^一-鿿]|$|好|您|说|审|已|的|家)"
_TITLE = re.compile(
    "|".join(
        word + (_SHORT_TITLE if len(word) == 1 else "")
        for word in sorted({*TITLES_ZH, *_LISTS["titles"]}, key=lambda one: (-len(one), one))
    )
)
_LABELLED = re.compile(
    rf"(?:{tree_of(_LISTS['labels'])})(?:\((?:签[字名章]|手写|全名)\))?(?P<sign>\s?[:|=]\s?|[ \t_]{{1,4}})"
    rf"(?P<name>[{_HAN}]{{2,4}}(?:·[{_HAN}]{{1,8}}){{0,2}}|[A-Z][A-Za-z.'\-]*(?: [A-Z][A-Za-z.'\-]*){{0,2}})"
)
_SAID = re.compile(rf"(?:名叫|叫做|姓名为|姓名是|名字是|名字叫)(?P<name>[{_HAN}]{{2,3}})")
_KIN = ("爸爸", "妈妈", "家长", "爷爷", "奶奶")
_TRUE_GIVEN = frozenset(_LISTS["true_given"])
_BRANDS = frozenset(("李宁", "周黑", "王老", "康师", "马应", "鲁花", "方太"))
"""What products are called, whoever they are called after."""
_NO_NICK = "师时米麦车包康云水雨海区心文常万板虎鼠"
"""Surnames that make other words behind 小 and 老."""
_FIELD = re.compile(
    "性别|年龄|电话|手机|身份证|民族|出生|职业|住址|地址|联系|证件|工号|科室|日期|签[名字章]|[男女](?![一-鿿])"
)
"""What stands behind a name in a form."""
_NEXT = (*_LISTS["context"], *_LISTS["titles"], *_LISTS["does"], *TITLES_ZH, *SAYS, *ENDS_TWO)
"""Words that stand behind a name."""
_CALLS = tuple(_LISTS["context"])
_CALLED = frozenset("报请找跟和与由问给对叫让向")
_DOTS = "·•・"
_MOST_DOTTED = 8
_LINKED = re.compile("[和与由让给致被请叫跟把]")
"""Behind these a name may begin in the middle of a sentence."""
_PAPERS, _FIRM, _HIDES = gate_of(PAPERS_ZH), Gate("公司|集团|医院|大学|银行"), Gate("[某×*○xX]")
_NO_HIDDEN = "号地些个人种日时段月天处所家院校公市区县省单药方面村镇路样位项次年类"


def find_names_zh(text: str) -> Iterator[Span]:
    """Yield the names of persons of a plain text that is not all in Latin letters."""
    dotted = list(_dotted(text))
    found = [*_after_words(text), *_before_titles(text, {one.end for one in dotted}), *_labelled(text)]
    found += [*_in_clauses(text), *dotted]
    yield from found
    yield from _listed(text, found)


def _listed(text: str, names: Iterable[Span]) -> Iterator[Span]:
    """Yield the names that stand in one list with those found: 张伟、李静、王芳."""
    form = _patterns()["next"]
    ends = {one.end for one in names}
    for end in sorted(ends):
        following = form.match(text, end)
        while following and following.end() not in ends and _may_be_name(following["name"]):
            yield _name(*following.span("name"), "list")
            ends.add(following.end())
            following = form.match(text, following.end())


def _name(start: int, end: int, why: str, *, sure: bool = False) -> Span:
    return Span(start, end, "name", tier=Tier.CONFIRMED if sure else Tier.SUSPECTED, why=why)


@cache
def _surnames() -> tuple[str, frozenset[str], frozenset[str]]:
    """Return the common surnames, all of one character, and those of two."""
    words = load_lexicon().words
    single = [name for name in words["surnames"] if len(name) == 1]
    return (
        "".join((*single[:_COMMON], *_MORE_SURNAMES)),
        frozenset((*single, *_MORE_SURNAMES)),
        frozenset(words["compound_surnames"]),
    )


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    common, every, double = _surnames()
    surname = rf"(?:{any_of(double)}|[{common}])"
    rare = rf"(?:{any_of(double)}|[{''.join(sorted(every))}])"
    usual = "".join(sorted(every - NO_SURNAME | set(common) - NO_SURNAME))
    likely = rf"(?:{any_of(double)}|[{usual}])"
    nick = "".join(name for name in common if name not in _NO_NICK)
    given, some = "".join(sorted(_GIVEN)), "".join(sorted(_GIVEN - ENDS - set(_NO_HIDDEN)))
    first = "".join(sorted({*every, *common, *(name[0] for name in double)}))
    forms = {
        "first": rf"[{first}](?<![{_HAN}A-Za-z0-9].)",
        "context": rf"(?:{tree_of(CONTEXT_ZH)})(?:的)?[: ]{{0,2}}"
        rf"(?P<name>{surname}(?:[{_HIDDEN}xX]{{1,2}}|[{_HAN}]{{1,2}}))",
        "more": rf"(?:{tree_of(_LISTS['context'])})[: (为是]{{0,2}}(?P<name>{likely}[{given}]{{1,2}})",
        "firm": rf"(?:公司|集团|医院|大学|银行)(?P<name>{likely}[{given}]{{1,2}})(?=[、,;。 )]|列席|出席|参加|$)",
        "family": rf"(?:我|免贵|本人|[他她]|贵)姓(?P<name>{rare})(?![名氏])",
        "nick": rf"[小老阿][{nick}](?=[^{_HAN}]|$|[说来问回去那和跟帮补这昨今明])",
        "next": rf"[、,/和与及] ?(?P<name>{likely}[{given}]{{1,2}})(?![{_HAN}·])",
        "hidden": rf"{rare}(?:某(?:[甲乙丙丁戊己]|[{some}]|某?(?![{_NO_HIDDEN}]))|[×*○]{{1,2}}|[xX]{{2}}(?![A-Za-z]))",
        "clause": rf"(?<![{_HAN}A-Za-z0-9])(?P<name>{rare}[{_HAN}]{{1,2}}?)"
        rf"(?=(?:{any_of(SAYS)})|[,:]? ?\(?(?:[男女](?![{_HAN}])|[男女][性士]|male|female"
        r"|\d{1,3}岁|\d{4}[\d年月日./\-]{0,9}出?生)"
        rf"|[ ,:\t]{{0,3}}(?:\+?86[ \-]?)?1[3-9]\d[\d \-]{{8,10}}|[ ,:]{{0,2}}(?:电话|手机|身份证|联系方式))"
        rf"|(?:{any_of(PAPERS_ZH)})[ :(_\-]{{1,2}}(?P<titled>{surname}[{_HAN}]{{1,2}})(?![{_HAN}])",
        "strong": rf"(?<![{_HAN}A-Za-z0-9])(?P<name>{rare}[{given}]{{1,2}})"
        rf"(?=[,:]? ?\(?[男女](?![{_HAN}])|先生|女士)",
        "alone": rf"[{common}](?<![{_HAN}A-Za-z0-9].)[{given}]{{2}}(?![{_HAN}A-Za-z0-9·])"
        rf"|(?:{any_of(double)})(?<![{_HAN}A-Za-z0-9]..)[{given}]{{1,2}}(?![{_HAN}A-Za-z0-9·])",
        "free": rf"[{common}](?<![{_HAN}A-Za-z0-9].)[{_TELLING}]{{2}}(?=[{_HAN}])"
        rf"|(?<={_LINKED.pattern})(?:[{common}](?:[{_TELLING}]{{2}}|[{_TELLING}](?![{_HAN}]))"
        rf"|(?:{any_of(double)})[{given}]{{2}})"
        rf"|(?:{any_of(double)})(?<![{_HAN}A-Za-z0-9]..)[{given}]{{2}}"
        rf"|[{common}](?<![{_HAN}A-Za-z0-9].)[{_TELLING}](?![{_HAN}A-Za-z0-9·])",
        "middle": rf"[{''.join(name for name in common[:_MIDDLE] if name not in _NO_MIDDLE)}](?<=[{_HAN}].)"
        rf"[{_RARELY_WORDS}]{{2}}(?=[{_HAN}])",
        "does": rf"(?<![{_HAN}A-Za-z0-9])(?P<name>{likely}[{given}]{{1,2}})(?=(?:{any_of(_LISTS['does'])}))",
        "speaker": rf"(?m:^)(?:[\[(]?[\d:/. \-]{{4,20}}[\])]? ?)?(?P<name>{likely}[{_HAN}]{{1,2}})"
        r"(?: ?[\[(]?\d{1,4}[\d:/. \-]{3,18}[\])]?)?(?: ?:)(?=.)",
    }
    return {name: re.compile(form) for name, form in forms.items()}


def _after_words(text: str) -> Iterator[Span]:
    patterns = _patterns()
    for one in patterns["context"].finditer(text):
        end = _end_of_name(text, *one.span("name"))
        if end is not None:
            yield _name(one.start("name"), end, "context")
    for form in ("more", "firm") if _FIRM(text) else ("more",):
        for one in patterns[form].finditer(text):
            end = _end_of_given(text, *one.span("name"))
            if end is not None:
                yield _name(one.start("name"), end, "context")
    yield from _called(text)
    for one in patterns["hidden"].finditer(text) if _HIDES(text) else ():
        if one[0][0] not in FUNCTION or not _is_han(text, one.start() - 1):
            yield _name(*one.span(), "hidden")


def _called(text: str) -> Iterator[Span]:
    """Yield surnames alone (我姓王) and what people are called by (小王)."""
    patterns = _patterns()
    for one in patterns["family"].finditer(text) if "姓" in text else ():
        yield _name(*one.span("name"), "label", sure=True)
    for one in patterns["nick"].finditer(text):
        if not _is_han(text, one.start() - 1) or text.endswith(_CALLS, 0, one.start()):
            yield _name(*one.span(), "nick")


def _in_clauses(text: str) -> Iterator[Span]:
    patterns = _patterns()
    starts = [one.start() for one in patterns["first"].finditer(text)]  # where a clause begins with a surname
    double = _surnames()[2]
    given = [at for at in starts if text[at + 1 : at + 2] in _GIVEN or text[at : at + 2] in double]
    linked = [one.end() for one in _LINKED.finditer(text)]
    for one in matches_at(patterns["strong"], text, given):
        if one["name"][1] not in WORDS_AFTER.get(one["name"][0], ""):
            yield _name(*one.span("name"), "context")
    for form, why, at in (
        ("clause", "context", None if _PAPERS(text) else starts),
        ("alone", "surname", given),
        ("free", "surname", sorted({*given, *linked}) if linked else given),
        ("middle", "surname", None),
        ("does", "context", given),
        ("speaker", "speaker", None if ":" in text else ()),
    ):
        if at is not None and not at:
            continue
        pattern = patterns[form]
        for one in pattern.finditer(text) if at is None else matches_at(pattern, text, at):
            group = one.lastgroup or 0
            if _may_be_name(one[group]) and one[group] not in NOBODY and not is_division(one[group]):
                yield _name(*one.span(group), why)


def _labelled(text: str) -> Iterator[Span]:
    for one in _LABELLED.finditer(text):
        start, name = one.start("name"), one["name"]
        firm = one["sign"].strip() != ""
        after = _FIELD.search(text, start + 1, start + len(name) + 2)
        if after:
            name = text[start : after.start()]
        surname = _begins_with_surname(name)
        more = _is_han(text, start + len(name)) and not after if start + len(name) < len(text) else False
        cut = next((at for at in range(2, len(name)) if text.startswith(_KIN, start + at)), 0)
        name = name[:cut] if cut else name
        if name in NOBODY or name in _LISTS["labels"] or (not surname and (more or not firm)) or not name.strip():
            continue
        name = name[: _length(name)] if more else name
        if _may_be_label(name):
            yield _name(start, start + len(name), "label", sure=firm)
    for one in _SAID.finditer(text):
        end = one.end() if one["name"][-1] not in ENDS | NO_GIVEN else one.end() - 1
        if end - one.start("name") > 1:
            yield _name(one.start("name"), end, "label", sure=True)


def _may_be_label(name: str) -> bool:
    """Tell whether what stands behind a label can be a name: labels of empty fields stand behind one another."""
    return len(name) > 1 and not name.endswith(("日期", "时间", "电话", "签名", "签字", "盖章", "单位"))


def _begins_with_surname(name: str) -> bool:
    _, every, double = _surnames()
    return name[:1] in every or name[:2] in double


def _length(name: str) -> int:
    """Return how long a name is that may have a word behind it."""
    surname = 2 if name[:2] in _surnames()[2] else 1
    return len(name) if any(dot in name for dot in _DOTS) or name.isascii() else min(len(name), surname + 2)


def _dotted(text: str) -> Iterator[Span]:
    """Yield names with a dot (买买提·吐尔逊): as far to both sides as characters stand that write foreign sounds."""
    done = 0
    for at in sorted(places(text, tuple(_DOTS))):
        if at < done:
            continue
        start = at
        while start > max(done, at - _MOST_DOTTED) and text[start - 1] in _FOREIGN:
            start -= 1
        end = at + 1
        while end < len(text) and end - at <= 3 * _MOST_DOTTED and (text[end] in _FOREIGN or text[end] in _DOTS):
            end += 1
        end = end - 1 if text[end - 1] in _DOTS else end
        if at - start >= 1 and end - at > 1 and end - start > len("阿·买"):
            yield _name(start, end, "dotted")
            done = end


def _before_titles(text: str, dotted: set[int]) -> Iterator[Span]:
    for title in _TITLE.finditer(text):
        if title.start() in dotted:
            continue
        start = _start_of_name(text, title.start())
        if start is None:
            continue
        inside = _is_han(text, start - 1)
        called = inside and text[start - 1] in _CALLED
        if title[0] in _JOBS and ((inside and not called) or not _GIVEN.issuperset(text[start + 1 : title.start()])):
            continue
        yield _name(start, title.start(), "title", sure=title[0] in _HONORIFICS or not inside)


def _is_han(text: str, at: int) -> bool:
    return at >= 0 and "一" <= text[at] <= "鿿"


def _may_be_name(name: str) -> bool:
    """Tell whether what begins at a surname is none of the words that begin so too."""
    surname = 2 if name[:2] in _surnames()[2] else 1
    given = name[surname:]
    if not given:  # a surname of two characters alone, as 东方 and 欧阳
        return False
    no_name = surname == 1 and (name[0] in FUNCTION or given[0] in WORDS_AFTER.get(name[0], ""))
    no_name = no_name or given[-1] in "办部处科" or name[:2] in _BRANDS
    no_given = not NO_GIVEN.isdisjoint(given) and given not in _TRUE_GIVEN
    return not no_given and not no_name and given not in _NO_GIVEN_WORDS and name not in _NO_GIVEN_WORDS


def _stops(text: str, at: int) -> bool:
    """Tell whether a word begins here that stands behind names."""
    return _FIELD.match(text, at) is not None or text.startswith(_NEXT, at)


def _end_of_given(text: str, start: int, end: int) -> int | None:
    """Return where a name ends whose given name is written with usual characters; None when it is no name."""
    ends = (end - 1,) if end - start > 2 and text.startswith(_NEXT, end - 1) else (end, end - 1)  # noqa: PLR2004
    for stop in ends:
        name = text[start:stop]
        surname = 2 if name[:2] in _surnames()[2] else 1
        if len(name) <= surname or not _may_be_name(name):
            continue
        long = len(name) - surname > 1
        if not _is_han(text, stop) if stop < len(text) else True:
            return stop
        if text[stop] in ENDS or text.startswith(_NEXT, stop) or (long and stop == end):
            return stop
    return None


def _end_of_name(text: str, start: int, end: int) -> int | None:
    """Return where a name ends that begins at a surname after a word such as 患者; None when it is no name."""
    surname = 2 if text[start : start + 2] in _surnames()[2] else 1
    given = text[start + surname : end]
    if not given or given[0] in _HIDDEN + "xX" or given in _TRUE_GIVEN:  # a surname of two characters alone, or 王某
        return end
    words = WORDS_AFTER.get(text[start], "")
    if given[0] in NO_GIVEN or given in _NO_GIVEN_WORDS or (surname == 1 and given[0] in words):
        return None
    if len(given) > 1 and (given[1] in ENDS or given[1] in NO_GIVEN or _stops(text, end - 1)):
        return end - 1
    closed = end >= len(text) or not text[end].isalpha() or text.startswith(ENDS_TWO, end)
    ended = closed or (text[end] in ENDS and text[start] not in FUNCTION)
    if ended or (surname == 1 and not words):
        return end
    if text[start] in FUNCTION:
        return None
    short = start + surname + 1
    return short if len(given) > 1 and text[short] in ENDS else None


def _start_of_name(text: str, title: int) -> int | None:
    """Return where the name before a title begins: the longest that can be one."""
    common, _, double = _surnames()
    before = text[max(0, title - 4) : title]
    for length in range(len(before), 0, -1):
        name = before[-length:]
        previous = text[title - length - 1 : title - length] if title > length else ""
        surname = 2 if name[:2] in double else 1
        given = name[surname:]
        if surname == 1 and (name[0] not in common or length == 4):  # noqa: PLR2004 - one and three is no usual name
            continue
        if name[0] in FUNCTION and surname == 1 and "一" <= previous <= "鿿":
            continue
        if name[0] in WORDS_AFTER.get(previous, " "):
            continue
        if given and (not NO_GIVEN.isdisjoint(given) or given[0] in WORDS_AFTER.get(name[0], "")):
            continue
        if given in _NO_GIVEN_WORDS or name in _NO_GIVEN_WORDS:
            continue
        if all("一" <= char <= "鿿" for char in given):
            return title - length
    return None
