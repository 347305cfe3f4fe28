"""What would make a transfer lighter, in words: the best results of a search, and what they cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.dossier.figures import span
from kouan.model.text import Text
from kouan.model.whatif import LeverKind

if TYPE_CHECKING:
    from kouan.model.decision import Pathway
    from kouan.model.whatif import Alternative, Cost, WhatIf

_BEST = 3
_DROPS = 5
_PARTS = (
    ("items", Text(zh="少 {n} 个数据项", en="{n} items less"), Text(zh="少 1 个数据项", en="1 item less")),
    (
        "spare",
        Text(zh="{n} 个本来就不需要的数据项", en="{n} items that are not needed anyway"),
        Text(zh="1 个本来就不需要的数据项", en="1 item that is not needed anyway"),
    ),
    ("days", Text(zh="等 {n} 天", en="{n} days to wait"), Text(zh="等 1 天", en="1 day to wait")),
    (
        "acts",
        Text(zh="须先在事实上做到 {n} 件事", en="{n} things to bring about first"),
        Text(zh="须先在事实上做到 1 件事", en="1 thing to bring about first"),
    ),
)
_FREE = Text(zh="没有目的所需的数据损失", en="nothing that the purpose needs")
_PERSONS = Text(zh="少 {n} 人", en="{n} persons less")
_MORE = Text(zh="另外删除 {n} 个数据项", en="drop {n} more items")
_REMAIN = Text(
    zh="仍须履行 {duties} 项义务、满足 {conditions} 项放行条件",
    en="{duties} duties and {conditions} conditions of release remain",
)


@dataclass(frozen=True, slots=True)
class Way:
    """One result as the report shows it; `equal` where it weighs the same as now."""

    ways: tuple[tuple[Pathway, ...], ...]
    levers: tuple[Text, ...]
    cost: Text
    remain: Text
    honest: tuple[Text, ...]
    remarks: tuple[Text, ...]
    equal: bool


def cost_words(cost: Cost) -> Text:
    """Return what changes cost, in one phrase."""
    parts = [
        (one if number == 1 else many).fill(n=number) for name, many, one in _PARTS if (number := getattr(cost, name))
    ]
    if cost.persons.hi != 0:
        parts.insert(0, _PERSONS.fill(n=span(cost.persons)))
    if not any((cost.items, cost.days, cost.acts, cost.persons.hi != 0)):
        parts.insert(0, _FREE)
    return Text(zh="，".join(part.zh for part in parts), en=", ".join(part.en for part in parts))


def ways_of(found: WhatIf | None) -> tuple[Way, ...]:
    """Return the three best results of a search, lighter ones before those of equal weight."""
    if found is None:
        return ()
    lighter = [_way(one, equal=False) for one in found.alternatives]
    return (*lighter, *(_way(one, equal=True) for one in found.beside))[:_BEST]


def _way(one: Alternative, *, equal: bool) -> Way:
    drops = [lever for lever in one.levers if lever.kind is LeverKind.DROP]
    shown = [lever.label for lever in one.levers if lever not in drops[_DROPS:]]
    if len(drops) > _DROPS:
        shown.append(_MORE.fill(n=len(drops) - _DROPS))
    return Way(
        ways=one.ways,
        levers=tuple(shown),
        cost=cost_words(one.cost),
        remain=_REMAIN.fill(duties=len(one.duties), conditions=len(one.conditions)),
        honest=tuple(dict.fromkeys(lever.honest for lever in one.levers)),
        remarks=tuple(dict.fromkeys(lever.remark for lever in one.levers if lever.remark is not None)),
        equal=equal,
    )
