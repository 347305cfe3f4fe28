"""Persons by looser signs than recognition takes: rather one name too many than one too few leaves a text."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kouan.recognize.prose.again import find_again
from kouan.recognize.prose.gate import Gate
from kouan.recognize.prose.lists import any_of, load_lists, tree_of
from kouan.recognize.prose.names import find_names
from kouan.recognize.prose.names_zh import NO_SURNAME
from kouan.recognize.prose.pairs_en import find_pairs
from kouan.recognize.prose.persons import can_be_name, has_surname, surnames
from kouan.recognize.prose.rows import find_rows
from kouan.recognize.prose.spans import Span
from kouan.recognize.prose.words import CONTEXT_ZH, GIVEN_EN, NO_GIVEN, NO_NAME_EN, NOBODY, WORDS_AFTER

if TYPE_CHECKING:
    from collections.abc import Iterator

_HAN = "一-鿿"
_LISTS = load_lists("names.yaml")
_MORE_ROLES = _LISTS["roles"]
_ENDS = frozenset(
    "于因在男女系诉称为自曾出入住来既被先就年岁服用经主与和及等到表报已未再后前现突有无并的是对拟行予给请打致电说也都将从向又按不拒要补提签孕产"
    "跌摔跑走去坐站吃喝骂吵哭求找告反让叫带陪同承介夜今昨明当首误使收退转写问答听看送投完没离拿挂換换上下进回口肚发頭头服"
)
"""What may stand right behind a name."""
_NEVER_SURNAMES = NO_SURNAME - frozenset("帅宿幸展智封满丰乌辜冶揭慕诺束信衣")
_KIN = (
    "夫|妻|子|女|父|母|兄|弟|姐|妹|儿|媳|婿|爱人|老公|老婆|丈夫|妻子|儿子|女儿|哥哥|弟弟|姐姐|妹妹|父亲|母亲"
    "|爸爸|妈妈|爸|妈|孙子|孙女"
)
_PEOPLES = _LISTS["peoples"]
_NICK_KIN = "(?:妈妈|爸爸|家长|奶奶|爷爷|外婆|姥姥)"
_BEFORE_EN = (
    r"(?i:\b(?:her|his|their|my|our|the patient['’]s|patient['’]s)(?: \w+)? (?:son|daughter|husband|wife"
    r"|mother|father|sister|brother"
    r"|partner|aunt|uncle|cousin|niece|nephew|friend|neighbou?r|boss|manager|colleague|carer|caregiver),? "
    r"(?:called |named )?"
    r"|\b(?:nurse|sister|matron|doctor|physician|pharmacist|surgeon|midwife|manager|supervisor|colleague"
    r"|coordinator|investigator"
    r"|monitor|tenant|caller|witness|complainant|employee|candidate|patient|pt|reporter),? (?:called |named )?"
    r"|\b(?:spoke|spoken|met|talked) (?:with|to) |\bexit interview of |\binterview(?:ed)? (?:of|with)? ?"
    r"|\bcomplaint (?:by|about|against|from) "
    r"|\bsigned(?: by|,)? |\bhr note: |\b(?:emergency )?contact is |\bon behalf of )"
)
_WORD_EN = r"[A-ZÀ-Þ][a-zà-ÿ]+(?:['’\-][A-ZÀ-Þ]?[a-zà-ÿ]+)*"
_SAYS_EN = (
    "said|says|called|told|reported|complained|asked|stated|claimed|phoned|denied|raised|refused|agreed"
    "|explained|replied"
    "|insisted|resigned|wrote|apologi[sz]ed|confirmed|mentioned"
)
_NO_WORD_EN = NO_NAME_EN | frozenset(_LISTS["no_word"])
_NAME_EN = re.compile(rf"{_WORD_EN}(?: {_WORD_EN}){{0,2}}(?![\w])")
_CALLS_EN = re.compile(rf"{_BEFORE_EN}\Z")
_LAST_EN = frozenset(_LISTS["before_en"])
"""Last words of what calls for a name."""
_GIVEN = frozenset(GIVEN_EN)
_SAYS = re.compile(rf" (?:{_SAYS_EN})\b")
_INITIAL = re.compile(rf"[A-Z]\.(?<=[( ]..) ?(?:[A-Z]\. ?)?{_WORD_EN}(?![\w])")
_BEFORE_INITIAL = ("(", " by ", " from ", " with ", " and ", "atient ", ", ")
_REACH = 60
_NO_SECOND = frozenset({"Coli", "Aureus", "Difficile", "Pylori", "Pneumoniae", "Braun", "Brigid", "Albicans", "Jude"})
_CAPITAL = Gate("[A-ZÀ-Þ][a-zà-ÿ. ]")


def find_persons(text: str) -> Iterator[Span]:
    """Yield the names of persons of a plain text."""
    found = [*find_names(text), *(one for one in find_pairs(text) if _is_named(text, one)), *_english(text)]
    if not text.isascii():
        found += _chinese(text)
        found += find_rows(text, found)
    yield from found


def _is_named(text: str, one: Span) -> bool:
    words = text[one.start : one.end].split(" ")
    return words[0] not in _NO_WORD_EN and words[-1] not in _NO_WORD_EN


def named_again(text: str, spans: list[Span]) -> Iterator[Span]:
    """Yield where persons named in a plain text stand in it again; of one text alone."""
    if any(one.kind == "name" for one in spans):
        yield from find_again(text, spans, ())


@cache
def _forms() -> tuple[re.Pattern[str], ...]:
    """Return what names in Chinese look like: first behind a role, where the end is looked for, then whole ones."""
    single, doubles = surnames()
    every = "".join(sorted(single - _NEVER_SURNAMES))
    singles = single - NO_SURNAME
    surname = rf"(?:{any_of(doubles)}|[{''.join(sorted(singles))}])"
    one = "".join(sorted(singles - set(WORDS_AFTER)))
    given = "".join(sorted(set(_LISTS["given"])))
    roles = tree_of({*_MORE_ROLES, *_LISTS["context"], *CONTEXT_ZH} - {"床", "挂", "由", "与"})
    peoples = tree_of(_PEOPLES)
    return (
        re.compile(rf"(?:{roles})[: (为是]{{0,2}}(?P<name>(?:{any_of(doubles)}|[{every}])[{_HAN}]{{1,3}})"),
        re.compile(rf"(?<![{_HAN}])(?:其|长|次|之)?(?:{_KIN})[: ]?(?P<name>{surname}[{given}]{{1,2}})(?![{_HAN}])"),
        re.compile(
            rf"(?<![{_HAN}])[其]?(?:夫|妻|丈夫|妻子|爱人|长子|次子|长女|次女)(?P<name>{surname}[{_HAN}]{{1,2}})"
            rf"(?![{_HAN}])"
        ),
        re.compile(rf"[经由托](?P<name>{surname}[{given}]{{1,2}})(?=介绍|推荐|引荐|陪同|转|代)"),
        re.compile(rf"(?:一子|一女|独子|独女|子女)(?P<name>{surname}[{_HAN}]{{1,2}})(?![{_HAN}])"),
        re.compile(rf"(?:姓名|患者|联系人|签名)[: ]{{0,2}}(?P<name>{surname} {{1,3}}[{_HAN}]{{1,2}})(?![{_HAN}])"),
        re.compile(
            rf"(?<![{_HAN}])(?P<name>(?:{any_of(doubles)}|[{''.join(sorted(singles))}]) {{1,2}}[{given}]{{1,2}})"
            r"(?=[(,] ?(?:男|女|姓名|电话|身份证))"
        ),
        re.compile(rf"(?P<name>(?:{peoples}){{1,2}})(?![·•])"),
        re.compile(rf"(?<![{_HAN}])(?P<name>[小阿大][{_HAN}]{{1,2}}){_NICK_KIN}"),
        re.compile(rf"(?:小名|乳名|昵称|现名|曾用名|化名)[: 叫为是]{{0,2}}(?P<name>[{_HAN}]{{2,3}})(?![{_HAN}])"),
        re.compile(
            rf"(?:老师|医生|护士|经理|师傅)(?P<name>[{one}周王李张刘陈杨赵黄吴])"
            "(?=说|称|表示|认为|要求|让)"
        ),
        re.compile(
            rf"(?<![{_HAN}])(?P<name>[{''.join(sorted(singles))}])(?=[姐哥总工](?:[你您好让说叫请的]|[^{_HAN}]|$))"
        ),
        re.compile(
            rf"(?:[人员者是]|系)(?P<name>{surname})(?=大妈|大爷|大姐|大哥|阿姨|叔叔|伯伯|奶奶|爷爷|师傅|老师|女士|先生)"
        ),
    )


def _chinese(text: str) -> Iterator[Span]:
    behind_role, *others = _forms()
    for one in behind_role.finditer(text):
        end = _end(text, *one.span("name"))
        if end is not None:
            yield Span(one.start("name"), end, "name", why="context")
    for form in others:
        yield from (
            Span(*one.span("name"), "name", why="context") for one in form.finditer(text) if one["name"] not in NOBODY
        )


def _end(text: str, start: int, end: int) -> int | None:
    """Return where a name ends that begins at a surname behind a role; None when it is none."""
    surname = 2 if text[start : start + 2] in surnames()[1] else 1
    for stop in range(min(end, start + surname + 2), start + surname, -1):
        name = text[start:stop]
        behind = text[stop : stop + 1]
        closed = not behind or not ("一" <= behind <= "鿿")
        ended = closed or behind in _ENDS or text.startswith(("之子", "之女", "之妻", "之父", "之母"), stop)
        if ended and _may_be(name, surname):
            return stop
    return None


def _may_be(name: str, surname: int) -> bool:
    given = name[surname:]
    if name in NOBODY or not has_surname(name) or not can_be_name(name):
        return False
    if surname == 1 and given[0] in WORDS_AFTER.get(name[0], ""):
        return False
    return NO_GIVEN.isdisjoint(given) and given not in _LISTS["no_given"] and name not in _LISTS["no_given"]


def _english(text: str) -> Iterator[Span]:
    if not _CAPITAL(text):
        return
    for one in _NAME_EN.finditer(text):
        words = one[0].split(" ")
        if len(words) > 1 and words[0].lower() in _LAST_EN and _CALLS_EN.match(words[0] + " "):  # Pt Ada Quill
            yield from _named(one.start() + len(words[0]) + 1, words[1:])
        first = text.rfind(" ", max(0, one.start() - _REACH), max(0, one.start() - 1)) + 1
        called = text[first : one.start()].strip(" ,:").lower() in _LAST_EN
        if called and _CALLS_EN.search(text, max(0, one.start() - _REACH), one.start()):
            yield from _named(one.start(), words)
        elif one[0] in _GIVEN and _SAYS.match(text, one.end()):
            yield Span(*one.span(), "name", why="context")
    for one in _INITIAL.finditer(text):
        if text.endswith(_BEFORE_INITIAL, 0, one.start()):
            yield from _named(one.start(), one[0].split(" "))


def _named(start: int, words: list[str]) -> Iterator[Span]:
    """Yield a name without the words at its end that are none."""
    while words and words[-1].rstrip(".") in _NO_WORD_EN:
        words.pop()
    if words and words[0] not in _NO_WORD_EN and words[-1] not in _NO_SECOND:
        yield Span(start, start + len(" ".join(words)), "name", why="context")
