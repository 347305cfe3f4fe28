"""Addresses in running text, down from the street or the door, and places: a province, city or county alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from kouan.model.inventory import Tier
from kouan.recognize.prose.divisions import find_chains
from kouan.recognize.prose.gate import Gate, matches_at
from kouan.recognize.prose.places_en import find_places_en
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kouan.recognize.prose.divisions import Chain

_COUNT = "[一二三四五六七八九十百]{1,4}"
_IN_NAME = "(?:(?![住在于址为是的了者被把将就也都与或院至迁到从离沿驶])[一-鿿A-Za-z]){1,8}?"
"""Of the name of a road, village or building; short, and up to the first ending that fits."""
_ROAD = (
    r"(?:大道|大街|(?<![道铁马线通网电思出半走迷套一两])路|(?<!逛)街(?!道)|巷|胡同|[弄里道](?= ?\d)|公路|国道)"
    r"(?![径过上人由费况头])(?:[东西南北中]段|[一二三四五六七八九十]段)?"
)
_VILLAGE = (
    r"(?:街道办事处|街道|(?<![乡城小冰])镇(?![静痛压咳流])|(?<![家老故城下思])乡(?![下亲])|苏木|(?<![农乡])村(?![民里医])"
    r"|社区(?![卫医])|屯|嘎查|开发区|高新区|农场|林场)"
)
_BUILDING = r"(?:小区|新村|家园|花园|花苑|公寓|大厦|广场|大楼|宿舍|佳苑|名苑|嘉园|雅苑|新城|公馆|山庄|苑(?=\d))"
_UNIT = (
    r"(?:号院|号楼|号|弄|支弄|栋|幢|座|单元|楼(?![上下梯])|层|室|户|房(?=[,;。]|$)|组(?![织合成])|队(?=\d)|社(?=\d)"
    r"|门(?=\d)|铺|分箱)"
)
_NUMBER = (
    rf"(?:[甲乙丙附]?(?:第?(?:\d{{1,5}}|{_COUNT})|[A-Za-z]\d{{0,3}})(?:[\-之]\d{{1,4}})?[A-Z]? ?{_UNIT}"
    r"|\d{1,5}(?:-\d{1,5}){1,4}(?!\d))"
)
_GAP = "[ ,]{0,2}"
_PARK = (
    r"(?:(?:工业|产业|科技|科学|创业|创意|软件|物流|高新)园(?:[东南西北中]?区)?|[东南西北]区(?=高)"
    r"|(?:国际|中心|城|府|湾|郡|庭|轩|阁|园)(?= ?(?:\d|[A-Z]座)))"
)
_DETAIL = re.compile(
    rf"(?:{_GAP}(?:(?P<number>{_NUMBER})|(?P<road>{_IN_NAME}{_ROAD})|(?P<village>{_IN_NAME}{_VILLAGE})"
    rf"|(?P<building>(?:{_IN_NAME}|\d{{1,3}})?{_BUILDING}|(?:{_IN_NAME})?{_PARK}))){{1,14}}"
)
_LOOSE = re.compile(r"(?:-\d{1,5}){1,3}| ?\d{3,5}(?:室|户)?(?!\d)(?![年月元次例人岁%.])")
"""A door behind the rest: 3号楼502, 88号-3."""
_MOST = 120
_HINTS = re.compile("[路街道巷弄村室栋幢座镇乡楼组院园区寓厦号箱]")
_ANCHOR = re.compile(
    r"(?:路|街|大道|巷|弄|胡同|街道|新村|小区|社区|花园|公寓|大厦|家园|村|组|院)(?:[东西南北中一二三四五]段?)?"
    rf" ?(?:\d{{1,5}}|{_COUNT})(?:[\-之]\d{{1,4}})? ?(?:号楼|号院|号|弄|巷|栋|幢|座|组)"
    r"|[省市区县旗州](?!民)(?:(?![省市区县病院科在的了是迁至到由从])[一-鿿]){1,10}"
    r"(?:路|街道|街|大道|镇|乡|村|胡同|小区|花园|公寓|大厦|新村|弄|巷)(?![径过])"
    rf"|(?:镇|乡|街道)[一-鿿]{{1,6}}村[一-鿿]{{0,4}}{_COUNT}(?:组|社|队)"
)
_ANCHOR_HEAD = re.compile("[路街大巷弄胡新小社花公家村组院省市区县旗州镇乡]")
"""What an anchor begins with: many times faster to look for than the anchor."""
_DOOR = re.compile(
    rf"(?:\d{{1,4}}|[A-Z]{{1,3}}|{_COUNT})(?:号楼|栋|幢|座)"
    rf" ?(?:(?:[\dA-Z]{{1,4}}|{_COUNT})单元)? ?\d{{2,5}}(?:室|户|号)?"
)
"""A building and a door, without the street."""
_BUILDINGS = ("号楼", "栋", "幢", "座")
_BOX = re.compile(r"(?:邮政|专用)?信箱 ?\d{1,6}(?:号|分箱)?|\d{1,6}号?(?:邮政|专用)?信箱(?: ?\d{1,4}(?:分箱|号))?")
_ALONE = re.compile(
    r"(?<=[沿在至与到和、])(?P<road>(?:(?![在至与到和沿的了])[一-鿿]){1,6}?(?:大道|大街|(?<![道铁马线公])路|街|高速))"
    r"(?=由|与|和|路口|交叉|交汇|[东西南北][侧向行]|口)"
    r"|(?<=点)(?P<first>(?:(?![在至与到和沿的了])[一-鿿]){1,6}?(?:大道|大街|(?<![道铁马线公])路|街))(?=与|和)"
)
"""A road without a number: where something happened, not where somebody lives."""
_CROSSES, _ROADS = Gate("[沿在至与到和、点]"), Gate("[路街道速]")
_PART = re.compile(r"[一-鿿\dA-Za-z\-]")
_STOP = frozenset("寄取沿迁住在于址为是自从到至由往来者家的和及与后前曾现系往返回去即送乘经")
_RUN_BACK = re.compile(rf"(?:{_PART.pattern}(?<![{''.join(sorted(_STOP))}]))*")
"""The same characters in a text that is turned around."""
_PUT = re.compile("(?:^|[^解开奔存])放")
_AHEAD = 30


def find_places(text: str) -> Iterator[Span]:
    """Yield the addresses (`address`) and places (`place`) of a plain text.

    An address is confirmed where at least two divisions agree and a number stands at its end.
    """
    if not text.isascii():
        yield from _chinese(text)
    yield from find_places_en(text)


def _chinese(text: str) -> Iterator[Span]:
    chains = list(find_chains(text))
    done = 0
    ends: dict[int, Chain] = {}
    addresses: list[Span] = []
    for chain in chains:
        if chain.start < done:  # 北京 of 北京中路, inside an address
            continue
        found = _with_detail(text, chain)
        done = found.end
        if found.kind == "address":
            addresses.append(found)
        else:
            ends[chain.end] = chain
        yield found
    if _HINTS.search(text):
        yield from _outside(_anchored(text, ends), addresses)
        if _ROADS(text) and _CROSSES(text):
            yield from (Span(*one.span(one.lastgroup or 0), "place", why="road") for one in _ALONE.finditer(text))


def _outside(spans: Iterable[Span], known: list[Span]) -> Iterator[Span]:
    """Yield spans that begin outside those known."""
    starts = [one.start for one in known]
    for span in spans:
        at = bisect_right(starts, span.start) - 1
        if at < 0 or span.end > known[at].end:
            yield span


def _with_detail(text: str, chain: Chain) -> Span:
    """Return the address that begins with a chain of divisions, or the chain as a place."""
    detail = _DETAIL.match(text, chain.end, chain.end + _MOST)
    if detail is None or not _belongs(detail):
        box = _BOX.match(text, chain.end)
        if box:
            return Span(chain.start, box.end(), "address", why="division+box")
        tier = Tier.CONFIRMED if chain.sure else Tier.SUSPECTED
        return Span(chain.start, chain.end, "place", tier=tier, why="division")
    parts = [name for name in ("road", "village", "building", "number") if detail[name]]
    if parts == ["road"] and chain.levels == 1 and not chain.full:  # 延安西路 in any town
        return Span(chain.start, detail.end(), "place", why="road")
    sure = chain.levels > 1 and "number" in parts
    end = _behind(text, detail.end()) if len(parts) > 1 or "number" in parts else detail.end()
    tier = Tier.CONFIRMED if sure else Tier.SUSPECTED
    return Span(chain.start, end, "address", tier=tier, why="+".join(("division", *parts)))


def _belongs(detail: re.Match[str]) -> bool:
    """Tell whether what stands behind divisions is a part of their address, and not the next clause."""
    named = any(detail[name] for name in ("road", "village", "building"))
    return named and (bool(detail["number"]) or "," not in detail[0][:2])


def _behind(text: str, end: int) -> int:
    loose = _LOOSE.match(text, end)
    return loose.end() if loose else end


def _anchored(text: str, chains: dict[int, Chain]) -> Iterator[Span]:
    """Yield the addresses that a road with a number, a building with a door or a post box tells of."""
    doors = _DOOR.finditer(text) if any(word in text for word in _BUILDINGS) else ()
    boxes = _BOX.finditer(text) if "信箱" in text else ()
    roads = matches_at(_ANCHOR, text, (head.start() for head in _ANCHOR_HEAD.finditer(text)))
    for why, anchors in (("road", roads), ("door", doors), ("box", boxes)):
        done = 0
        for anchor in anchors:
            if anchor.end() <= done:
                continue
            start = _left(text, anchor.start(), chains)
            detail = _DETAIL.match(text, anchor.end(), anchor.end() + _MOST)
            done = _behind(text, detail.end() if detail else anchor.end())
            yield Span(start, done, "address", why=why)


def _left(text: str, start: int, chains: dict[int, Chain]) -> int:
    """Return where an address begins whose road ends here: behind a word that is none of it, or with a division."""
    low = max(0, start - _AHEAD)
    if not chains and "放" not in text:
        run = _RUN_BACK.match(text[low:start][::-1])
        return start - run.end() if run else start
    while start > low:
        if start in chains:
            return chains[start].start
        if not _PART.match(text[start - 1]) or text[start - 1] in _STOP or _PUT.match(text, start - 2):
            break
        start -= 1
    return start
