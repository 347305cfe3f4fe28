"""Which negative lists may bear on a transfer: the one it names, or those that may cover it while it names none."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kouan.law.regime import PLACES, USED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.model.facts import Fact, FactSet, FactValue
    from kouan.model.neglist import NegativeList
    from kouan.model.time import LegalDay
    from kouan.packs import PackSet

_NONE = "none"


def text_of(facts: FactSet, name: str) -> str | None:
    """Return the word that a fact of the transfer holds, or None."""
    value = next((fact.value for fact in facts.facts if fact.name == name), None)
    return value if isinstance(value, str) else None


def lists_for(facts: FactSet, packs: PackSet) -> frozenset[str]:
    """Return the ids of the lists whose rules are put into the law of this transfer.

    A named edition that was replaced by then stands for the one that replaced it. Where no list is named, those in
    force whose own scope covers the exporter's zone or region; another place's list only by name. So too where the
    exporter says that it uses none: its own verdict that data are off a list does not go before the list that is here.
    """
    said = list(_values(facts, USED))
    named = {name for value in said if isinstance(value, str) for name in _on(value, packs, facts.as_of)}
    common = next((fact.value for fact in facts.facts if fact.name == USED), None)
    open_ = common is None and any(_answer(flow.facts) is None for flow in facts.flows)
    outside = any(value is False for value in _values(facts, "list.in_zone"))
    if not (open_ or _NONE in said) or outside:
        return frozenset(named)
    return frozenset(named).union(one.id for one in covering(facts, packs))


def covering(facts: FactSet, packs: PackSet) -> tuple[NegativeList, ...]:
    """Return the lists in force whose own scope covers the exporter's zone or region."""
    places = frozenset(value for name in PLACES for value in _values(facts, name) if isinstance(value, str))
    return _covering(packs, facts.as_of, places)


@lru_cache(maxsize=1_024)
def _covering(packs: PackSet, day: LegalDay, places: frozenset[str]) -> tuple[NegativeList, ...]:
    return tuple(one for one in packs.editions.values() if one.in_force.holds(day) and _covers(one, places))


def _values(facts: FactSet, name: str) -> Iterator[FactValue]:
    for part in (facts.facts, *(flow.facts for flow in facts.flows)):
        for fact in part:
            if fact.name == name:
                yield fact.value


def _answer(facts: tuple[Fact, ...]) -> FactValue:
    return next((fact.value for fact in facts if fact.name == USED), None)


def edition_on(name: str, packs: PackSet, day: LegalDay) -> NegativeList | None:
    """Return the list that a name stands for on a day: itself, or the latest edition that has replaced it."""
    one = packs.editions.get(name)
    seen = {name}
    while one is not None and one.superseded_by is not None and one.superseded_by not in seen:
        later = packs.editions[one.superseded_by]
        if later.in_force.start > day:
            break
        seen.add(later.id)
        one = later
    return one


def _on(name: str, packs: PackSet, day: LegalDay) -> Iterator[str]:
    one = edition_on(name, packs, day)
    if one is not None:
        yield one.id
    elif name in set(packs.lists.values()):  # a pack whose rules were written by hand, without list.yaml
        yield name


def _covers(one: NegativeList, places: frozenset[str]) -> bool:
    """Whether a place is in a list's own scope, or holds one that is: a whole zone may be named for its area."""
    scope = one.scope
    own = {*scope.zones, *scope.regions, *(place for pilot in scope.pilots for place in pilot.regions)}
    return any(place == mine or mine.startswith(f"{place}/") for place in places for mine in own)
