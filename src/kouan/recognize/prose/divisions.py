"""The administrative divisions of China, and where chains of them stand in a text (浙江省杭州市西湖区)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from kouan.recognize.prose.lists import load_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PEOPLES = (
    "壮族|回族|维吾尔|苗族|彝族|藏族|土家族|布依族|侗族|朝鲜族|蒙古族|蒙古|傣族|景颇族|傈僳族|白族|哈尼族|羌族|哈萨克"
    "|柯尔克孜|满族|瑶族|畲族|黎族|水族|仡佬族|纳西族|拉祜族|佤族|独龙族|怒族|普米族|布朗族|土族|撒拉族|东乡族|裕固族"
    "|保安族|锡伯|达斡尔族|鄂伦春|鄂温克族|各族|毛南族|仫佬族|塔吉克"
)
_ENDING = re.compile(rf"(?<=..)(?:(?:{_PEOPLES})*自治[区州县旗]|特别行政区|地区|新区|林区|矿区|[省市区县旗盟])$")
_WORDS = frozenset(load_lists("places.yaml")["words_too"])
"""Short names of cities that are words or names of something else too; with what stands beside them they count."""
_GAP = re.compile(r"[ ,·]{0,2}")
PROVINCE, COUNTY = 2, 6
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Chain:
    """Divisions that stand behind one another, each within the one before.

    Attributes:
        start, end: characters.
        levels: how many of them agree.
        full: whether the last is written with what it is (杭州市, not 杭州).
        sure: whether it can be nothing else: several agree, or one is written in full.
    """

    start: int
    end: int
    levels: int
    full: bool
    sure: bool


@dataclass(frozen=True, slots=True)
class _Table:
    """Names by their first two characters, longest first, the codes that have them, and their first characters."""

    heads: dict[str, tuple[str, ...]]
    inner: dict[str, tuple[str, ...]]
    codes: dict[str, tuple[str, ...]]
    firsts: re.Pattern[str]


def short(name: str) -> str:
    """Return a division's name without what it is: 杭州 of 杭州市, 延边 of 延边朝鲜族自治州."""
    return _ENDING.sub("", name)


def is_division(name: str) -> bool:
    """Tell whether a division has this name, in full or short."""
    return name in _table().codes


def find_chains(text: str) -> Iterator[Chain]:
    """Yield the longest chains of divisions in a plain text."""
    table, done = _table(), 0
    heads = table.heads
    for first in table.firsts.finditer(text):  # thirty times faster than one regular expression of all names
        start = first.start()
        if text[start : start + 2] not in heads:
            continue
        name = _at(text, start, heads)
        if start < done or not name:
            continue
        chain = _chain(text, start, name, table)
        done = chain.end
        yield chain


def _chain(text: str, start: int, name: str, table: _Table) -> Chain:
    codes = table.codes[name]
    end, levels, full = start + len(name), 1, name != short(name)
    while True:
        gap = _GAP.match(text, end)
        at = gap.end() if gap else end
        for longer in table.inner.get(text[at : at + 2], ()):
            within = text.startswith(longer, at) and _within(table.codes[longer], codes)
            if within:
                break
        else:
            return Chain(start, end, levels, full, levels > 1 or (full and name not in _WORDS))
        deeper = within != codes
        codes, end, levels, full = within, at + len(longer), levels + deeper, longer != short(longer)


def _within(codes: tuple[str, ...], outer: tuple[str, ...]) -> tuple[str, ...]:
    """Return those codes that lie in one of the outer divisions; a municipality may be named twice."""
    return tuple(
        code for code in codes if any(code.startswith(one) and (code > one or len(one) == PROVINCE) for one in outer)
    )


def _at(text: str, at: int, heads: dict[str, tuple[str, ...]]) -> str:
    return next((name for name in heads.get(text[at : at + 2], ()) if text.startswith(name, at)), "")


@cache
def _table() -> _Table:
    names: dict[str, list[str]] = {}
    begin: set[str] = set()
    for code, name in _divisions():
        cut = short(name)
        for form in {name, cut}:
            names.setdefault(form, []).append(code)
        begin.update({name} if len(name) > _SHORTEST else ())
        if len(code) < COUNTY:
            begin.add(cut)
    codes = {name: tuple(dict.fromkeys(found)) for name, found in names.items()}
    heads = _by_head(begin)
    return _Table(heads, _by_head(names), codes, re.compile(f"[{''.join(sorted({head[0] for head in heads}))}]"))


def _by_head(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name[:2], []).append(name)
    return {head: tuple(sorted(more, key=lambda one: (-len(one), one))) for head, more in found.items()}


def _divisions() -> Iterator[tuple[str, str]]:
    """Yield every division: code (two, four or six digits) and full name."""
    lists = load_lists("divisions.yaml")
    yield from lists["provinces"].items()
    for code, line in lists["cities"].items():
        city, *counties = line.split()
        if city != "-":
            yield code, city
        yield from ((code + one[:2], one[2:]) for one in counties)
    for code, lines in lists["beyond"].items():
        for at, line in enumerate(lines):
            city, *counties = line.split()
            yield f"{code}{at:02}", city
            yield from ((f"{code}{at:02}{more:02}", name) for more, name in enumerate(counties))
