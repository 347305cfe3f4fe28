"""What the meter adds to the year's count, as evidence of a fact and in words for people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.dossier import figures
from kouan.model.facts import Range
from kouan.model.text import Text

if TYPE_CHECKING:
    from kouan.model.facts import Fact, FactSet

_RELEASES = "meter: releases since 1 January"
_AGAIN = "persons told again in {joined} of {releases}"
_LOST = "person sets missing of {lost}"
_READ_AGAIN = re.compile(_AGAIN.format(joined=r"(\d+)", releases=r"(\d+)"))
_READ_LOST = re.compile(_LOST.format(lost=r"(\d+)"))
_START = {kind: f"year_before.{kind}_persons" for kind in ("ordinary", "sensitive")}
_OTHERS = Text(
    zh="本次之前当年已出境（含填报的人数）、本次没有再次出现的："
    "不含敏感个人信息 {ordinary} 人，含敏感个人信息 {sensitive} 人。",
    en="Exported earlier this year (the declared number included) and not again in this transfer: {ordinary} persons "
    "with nothing sensitive, {sensitive} with something sensitive.",
)
_TOLD = Text(
    zh="本年已出境人数按个人去重：此前 {releases} 次放行中，{joined} 次能够辨认同一个人，同一人只计一次；"
    "不能辨认的人逐次相加，计入上限。",
    en="Persons exported this year are counted once each: in {joined} of {releases} earlier releases the same person "
    "is recognised; who cannot be recognised adds up at the upper end.",
)
_GONE = Text(
    zh="{lost} 次放行的去重标记缺失或者已被改动，这几次按区间相加。",
    en="The marks of {lost} of them are missing or changed; these add up as ranges.",
)


def evidence(*, releases: int, joined: int, lost: int) -> str:
    """Return what a counter of the meter rests on.

    Args:
        releases: of the year.
        joined: of them, those whose persons are told again.
        lost: those whose sets were kept and are not there, or are others.
    """
    parts = [_RELEASES]
    if joined:
        parts.append(_AGAIN.format(joined=joined, releases=releases))
    if lost:
        parts.append(_LOST.format(lost=lost))
    return "; ".join(parts)


def told_again(facts: FactSet) -> Text | None:
    """Return how many persons left earlier this year and how they were counted; None where nothing was joined."""
    before = {fact.name: fact for fact in facts.facts if fact.name in _START.values()}
    said = [fact.evidence for fact in before.values()]
    again = next((match for one in said if (match := _READ_AGAIN.search(one))), None)
    lost = next((match for one in said if (match := _READ_LOST.search(one))), None)
    if again is None and lost is None:
        return None
    parts = [_OTHERS.fill(**{kind: _span(before.get(name)) for kind, name in _START.items()})]
    if again is not None:
        parts.append(_TOLD.fill(joined=again[1], releases=again[2]))
    if lost is not None:
        parts.append(_GONE.fill(lost=lost[1]))
    return Text(zh="".join(one.zh for one in parts), en=" ".join(one.en for one in parts))


def _span(fact: Fact | None) -> Text:
    if fact is None or not isinstance(fact.value, Range):
        return Text(zh="未知", en="an unknown number")
    return figures.span(fact.value)
