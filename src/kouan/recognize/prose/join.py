"""What rules, identifiers and a model say of one text as one answer: checked, joined, apart, and found again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kouan.model.inventory import Tier
from kouan.recognize.identifiers import BY_ID
from kouan.recognize.prose.again import find_again
from kouan.recognize.prose.persons import checked

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
    modelled, given = _modelled(text, tagged)
    found = _agreed([*_places(text, [*ruled, *modelled]), *numbers])
    chosen = _apart(_outside(_edged(found)))
    repeated = list(find_again(text, chosen, given))
    left = [one for one in chosen if one.tier == Tier.CONFIRMED or not _is_part(one, repeated)]
    return _apart([*left, *repeated])


def _is_part(span: Span, others: Iterable[Span]) -> bool:
    """Tell whether a name is a part of another, as 汪海 of 汪海波 that is named elsewhere."""
    return span.kind == "name" and any(
        one.start <= span.start and span.end <= one.end and one.end - one.start > span.end - span.start
        for one in others
    )


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
            one = checked(text, replace(span, start=start, end=end))
        elif span.kind == "organisation":
            firm = _FIRM.search(text, start, end)
            end = firm.end() if firm else end
            one = replace(span, start=start, end=end) if end - start <= _SHORT or text[end - 1] in _ENDS else None
        if one is None:
            given.append(replace(span, start=start, end=end))
        else:
            kept.append(one)
    return kept, given


def _places(text: str, spans: Sequence[Span]) -> list[Span]:
    """Return spans with the parts of one place or address put together, and the city before its company."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        last = joined[-1] if joined else None
        one = span
        if span.kind in _PLACES and span.why == _MODEL:
            number = _NUMBER.match(text, span.end)
            if number and number[0]:
                one = replace(span, end=number.end(), kind="address")
            elif re.search(r"\d", text[span.start : span.end]):
                one = replace(span, kind="address")
        if last is not None and last.kind in _PLACES and one.kind in _PLACES and one.start <= last.end:
            joined[-1] = _together(last, one)
        elif (
            last is not None
            and (last.kind, one.kind, one.start) == ("place", "organisation", last.end)
            and _HAN.match(text, last.end)
        ):
            joined[-1] = replace(one, start=last.start)
        else:
            joined.append(one)
    return joined


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


def _edged(spans: Sequence[Span]) -> list[Span]:
    """Return spans, what rules suspect to be a company with the ends that a model gives it.

    Rules see how it ends, but not where it begins in 汇入招商银行, nor that 分局 goes on behind a district. A city that
    the model leaves out stays.
    """
    modelled = [one for one in spans if one.kind == "organisation" and one.why == _MODEL]
    cities = {one.start for one in spans if one.kind == "place"}
    edged = []
    for one in spans:
        known = next((other for other in modelled if other.start < one.end and one.start < other.end), None)
        if known is None or one.kind != "organisation" or one.tier == Tier.CONFIRMED or one.why == _MODEL:
            edged.append(one)
            continue
        start = one.start if one.start < known.start and one.start in cities else known.start
        edged.append(replace(one, start=start, end=known.end, why=f"{one.why}+{_MODEL}"))
    return edged


def _outside(spans: Sequence[Span]) -> list[Span]:
    """Return spans without the places that are a part of a company's name or of an address."""
    whole = [one for one in spans if one.kind in {"organisation", "address"}]
    return [
        one
        for one in spans
        if one.kind != "place"
        or not any(other.start <= one.start and one.end <= other.end and other != one for other in whole)
    ]


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
    if span.why == "again" or (span.why == _MODEL and span.kind != "name"):
        return 1
    return 3 if span.why == _MODEL else 2
