"""What rules, identifiers and a model say of one text as one answer: checked, joined, apart, and found again."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from kouan.model.inventory import Tier
from kouan.recognize.identifiers import BY_ID
from kouan.recognize.prose.again import find_again
from kouan.recognize.prose.persons import allowed, checked, extended, has_surname, is_brand
from kouan.recognize.prose.rows import find_rows
from kouan.recognize.prose.tagger import WEAK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kouan.recognize.prose.spans import Span

_HAN = re.compile("[㐀-鿿]")
_PLACES = frozenset({"address", "place"})
_DAYS = frozenset({"date", "birth_date", "age"})
_NUMBER = re.compile(
    r"(?:[东西南北中]段)?(?: ?(?:\d{1,5}|[A-Za-z]|[一二三四五六七八九十]{1,3})(?:[\-之]\d{1,4})?"
    r"(?:号楼|号院|号|弄|巷|栋|幢|座|单元|层|楼|室|户)){1,6}(?: ?\d{2,5}(?!\d)室?)?"
)
"""What stands behind a street or a building in an address."""
_FIRM = re.compile(
    r"(?:公司|集团|医院|大学|学院|银行|中心|研究院|研究所|委员会|局|厂|所)(?=[㐀-鿿]{1,8}(?:部|科|处|室|组)\Z)"
)
_ENDS = frozenset("司团院学校局会所厂店行部心社队馆处委站府署厅庭室组台网库坊公场园")
_SHORT = 4
"""Characters up to which a company may be named without what companies end in, such as 华为."""
_ENDED = re.compile(r"\b(?:title|context|label)")
"""Rules that see one end of a name."""
_AT = re.compile(r",? (?:at|of|from|with|for|by|in) (?:the )?")
_MODEL = "model"


def join(text: str, ruled: Iterable[Span], numbers: Iterable[Span], tagged: Iterable[Span]) -> list[Span]:
    """Return what is named in a plain text, in order and apart.

    Args:
        text: plain.
        ruled: what rules found in it.
        numbers: what recognizers of identifiers found.
        tagged: what a model found.

    Two sources that agree on the very characters confirm each other. Of what overlaps the stronger stays: identifiers
    with a right check digit, then what is confirmed, days, what rules suspect, and last what only the model says; of
    equals the longer.
    """
    ruled, numbers, tagged = [*ruled], [*numbers], [*tagged]
    if not (ruled or numbers or tagged):
        return []
    modelled, given = _modelled(text, tagged)
    named = _bounded(text, ruled, [one for one in modelled if one.kind == "name"])
    found = _agreed([*_places(text, [_person(text, one) for one in (*named, *modelled)]), *numbers])
    chosen = _apart(_outside(found))
    rows = list(find_rows(text, chosen))
    repeated = [*rows, *find_again(text, [*chosen, *rows], given)]
    wider = _Wider(repeated)  # 汪海 is a part of 汪海波 that is named elsewhere
    left = [one for one in chosen if one.kind != "name" or one.tier == Tier.CONFIRMED or not wider.than(one)]
    return _apart([*left, *repeated])


def _modelled(text: str, tagged: Iterable[Span]) -> tuple[list[Span], list[Span]]:
    """Return what a model says that can be, without signs at its ends; and its persons that may be given names."""
    kept, given = [], []
    for span in tagged:
        start, end = span.start, span.end
        while start < end and not text[start].isalnum():
            start += 1
        while end > start and not (text[end - 1].isalnum() or text[end - 1] in "*×○）)"):
            end -= 1
        if not _HAN.search(text, start, end):
            continue
        one: Span | None = replace(span, start=start, end=end)
        if span.kind == "name":
            one = (allowed if span.why == WEAK else checked)(text, replace(span, start=start, end=end))
        elif span.kind == "organisation":
            firm = _FIRM.search(text, start, end)
            end = firm.end() if firm else end
            one = replace(span, start=start, end=end) if 1 < end - start <= _SHORT or text[end - 1] in _ENDS else None
        if one is None and span.why == WEAK:
            continue
        if one is None:
            given.append(replace(span, start=start, end=end))
        else:
            kept.append(one)
    return kept, given


def _person(text: str, span: Span) -> Span:
    return extended(text, span) if span.kind == "name" and span.tier != Tier.CONFIRMED else span


def _bounded(text: str, ruled: Sequence[Span], persons: Sequence[Span]) -> list[Span]:
    """Return what rules found, names with the ends that a model gives them where the rule sees only one end.

    Before a title a name ends, behind a label or a role it begins; where its other end is, the model knows better.
    """
    ends = [one.end for one in persons]
    bounded = []
    for one in ruled:
        if one.kind == "name" and one.tier != Tier.CONFIRMED and is_brand(text[one.start : one.end]):
            continue
        at = bisect_right(ends, one.start)
        known = persons[at] if at < len(persons) and persons[at].start < one.end else None
        if one.kind == "name" and known is not None:
            start = known.start if "title" in one.why else one.start
            end = known.end if "title" not in one.why else one.end
            if _ENDED.search(one.why) and start < end and has_surname(text[start:end]):
                bounded.append(replace(one, start=start, end=end))
                continue
        bounded.append(one)
    bounded = _without_persons(text, bounded)
    commas = _Wider([one for one in bounded if one.kind == "name" and "," not in text[one.start : one.end]])
    return [
        one for one in bounded if one.kind != "name" or "," not in text[one.start : one.end] or not commas.meets(one)
    ]


def _without_persons(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return spans, companies in Latin letters without the person before them, as in Ann Lee at Example Ltd."""
    persons = {one.start: one.end for one in spans if one.kind == "name"}
    cut = []
    for one in spans:
        at = _AT.match(text, persons[one.start]) if one.kind == "organisation" and one.start in persons else None
        cut.append(replace(one, start=at.end()) if at and at.end() < one.end else one)
    return cut


def _places(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return spans with the parts of one place or address put together, and the city before its company.

    Where rules see a place they know its ends: a model adds to it only the street and number of an address.
    """
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        last = joined[-1] if joined else None
        one = _numbered(text, span) if span.kind in _PLACES and span.why == _MODEL else span
        if last is None or last.kind not in _PLACES or one.start > last.end:
            joined.append(one)
        elif one.kind in _PLACES:
            joined[-1] = _one_place(last, one)
        elif (
            one.kind == "organisation" and last.kind == "place" and one.start == last.end and _HAN.match(text, last.end)
        ):
            joined[-1] = replace(one, start=last.start)
        else:
            joined.append(one)
    return joined


def _numbered(text: str, span: Span) -> Span:
    """Return a model's place as an address where a number of a house stands in it or behind it."""
    number = _NUMBER.match(text, span.end)
    if number and number[0]:
        return replace(span, end=number.end(), kind="address")
    return replace(span, kind="address") if re.search(r"\d", text[span.start : span.end]) else span


def _one_place(one: Span, other: Span) -> Span:
    """Return two places that touch as one."""
    ruled = [span for span in (one, other) if span.why != _MODEL]
    overlap = other.start < one.end
    if len(ruled) == 1 and overlap and "address" not in {span.kind for span in (one, other) if span.why == _MODEL}:
        return replace(ruled[0], why=f"{ruled[0].why}+{_MODEL}")
    return _together(one, other)


def _together(one: Span, other: Span) -> Span:
    kind = "address" if "address" in (one.kind, other.kind) else "place"
    tier = Tier.CONFIRMED if Tier.CONFIRMED in (one.tier, other.tier) else Tier.SUSPECTED
    why = "+".join(dict.fromkeys(part for span in (one, other) for part in span.why.split("+") if part))
    return replace(one, end=max(one.end, other.end), kind=kind, tier=tier, why=why)


def _agreed(spans: Iterable[Span]) -> list[Span]:
    """Return spans with those that two sources found with the same characters and kind made one, and confirmed."""
    found: dict[tuple[int, int, str], Span] = {}
    for span in spans:
        key = (span.start, span.end, span.kind)
        held = found.get(key)
        if held is None:
            found[key] = span
            continue
        why = "+".join(dict.fromkeys(part for one in (held, span) for part in one.why.split("+") if part))
        sure = Tier.CONFIRMED in (held.tier, span.tier) or (_MODEL in {held.why, span.why} and held.why != span.why)
        found[key] = replace(held, tier=Tier.CONFIRMED if sure else held.tier, why=why)
    return list(found.values())


def _outside(spans: Sequence[Span]) -> list[Span]:
    """Return spans without the places that are a part of a company's name or of an address."""
    wider = _Wider([one for one in spans if one.kind in {"organisation", "address"}])
    return [one for one in spans if one.kind != "place" or not wider.around(one)]


class _Wider:
    """Tells whether one of some spans reaches around another."""

    def __init__(self, spans: Sequence[Span]) -> None:
        ordered = sorted(spans, key=lambda one: one.start)
        self._starts = [one.start for one in ordered]
        self._ends = list(accumulate((one.end for one in ordered), max))

    def around(self, span: Span) -> bool:
        """Tell whether one holds all characters of a span."""
        at = bisect_right(self._starts, span.start)
        return at > 0 and self._ends[at - 1] >= span.end

    def meets(self, span: Span) -> bool:
        """Tell whether one has characters in common with a span."""
        at = bisect_left(self._starts, span.end)
        return at > 0 and self._ends[at - 1] > span.start

    def than(self, span: Span) -> bool:
        """Tell whether one holds all characters of a span and more."""
        at = bisect_right(self._starts, span.start)
        before = bisect_left(self._starts, span.start)
        return (at > 0 and self._ends[at - 1] > span.end) or (before > 0 and self._ends[before - 1] >= span.end)


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Return spans that do not overlap, in order: the stronger first, of equals the longer."""
    kept: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda one: (-_strength(one), one.start - one.end, one.start)):
        places = range(span.start, span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(span)
    return sorted(kept, key=lambda one: one.start)


def _strength(span: Span) -> int:
    if span.tier == Tier.CONFIRMED:
        return 7 if span.kind in BY_ID else 6
    if span.kind in _DAYS:
        return 5
    if span.kind in BY_ID or span.kind == "phone":
        return 4
    if span.why in {"again", "row", WEAK} or (span.why == _MODEL and span.kind != "name"):
        return 1
    return 3 if span.why == _MODEL else 2
