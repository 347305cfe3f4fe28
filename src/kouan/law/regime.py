"""The law of a stretch of days on which nothing changes: provisions in force under any reading, compiled once."""

from __future__ import annotations

import datetime as dt
import itertools
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from kouan.law.evaluator import Evaluator
from kouan.law.kleene import NO_END, Atom, Condition, Group, facts_of
from kouan.law.wording import SIGNS, bound_text, flag_text, words_text
from kouan.model.clause import Clause, ParameterUse
from kouan.model.provision import DutyKind, Provision, Rule
from kouan.model.vocabulary import FactScope, FactType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kouan.model.neglist import NegativeList
    from kouan.model.period import Period
    from kouan.model.provision import ClockRule, ConditionRule, DutyRule, NoteRule, PaperRule, TriggerRule
    from kouan.model.reading import Reading
    from kouan.model.text import Text
    from kouan.model.time import LegalDay
    from kouan.model.vocabulary import FactDef
    from kouan.packs import PackSet

USED = "list.used"
"""The fact that names the negative list; `none` where the exporter relies on none."""
PLACES = ("exporter.zone", "exporter.region")
"""The facts that say where the exporter is."""
_DAY = dt.timedelta(days=1)
_KINDS = {kind: place for place, kind in enumerate(DutyKind)}
P = TypeVar("P", bound=Provision)
Chosen = tuple[tuple[str, str], ...]
"""Open points and the option taken at each, sorted."""


@dataclass(frozen=True, slots=True, eq=False)
class Living:
    """The provisions of some days, whatever the reading, each kind in its order in documents."""

    rules: tuple[Rule, ...]
    duties: tuple[DutyRule, ...]
    conditions: tuple[ConditionRule, ...]
    papers: tuple[PaperRule, ...]
    triggers: tuple[TriggerRule, ...]
    clocks: tuple[ClockRule, ...]
    notes: tuple[NoteRule, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Regime:
    """What all readings of the law of some days share.

    Attributes:
        packs: from which it was made.
        lists: negative lists whose rules are in it.
        facts: the vocabulary; positions in it are the fact indices.
        index: position by name.
        flow_scope: indices of the facts that belong to one flow.
        attested: index and kind of each attested fact.
        claims: indices of the facts that are false unless somebody says otherwise.
        parameters: values of these days.
        readings: open points of these days.
        living: the provisions of these days.
        when: slot and condition of each provision in force that has one, by its id and the options of the open points
            on which parts of its condition hang.
        sums: slot and condition of each part of a derived counter, by its name and place.
        points: of each provision whose condition has such parts, these points.
        evaluator: truths of all of them, by slot.
    """

    packs: PackSet
    lists: frozenset[str]
    facts: tuple[FactDef, ...]
    index: Mapping[str, int]
    flow_scope: frozenset[int]
    attested: tuple[tuple[int, str], ...]
    claims: tuple[int, ...]
    parameters: Mapping[str, int]
    readings: tuple[Reading, ...]
    living: Living
    when: Mapping[tuple[str, Chosen], tuple[int, Condition]]
    sums: Mapping[tuple[str, int], tuple[int, Condition]]
    points: Mapping[str, tuple[str, ...]]
    evaluator: Evaluator

    def when_of(self, name: str, chosen: Mapping[str, str]) -> tuple[int, Condition] | tuple[None, None]:
        """Return slot and condition of a provision under some readings; none where it has no condition."""
        options = tuple((point, chosen[point]) for point in self.points.get(name, ()))
        return self.when.get((name, options), (None, None))


def regime_of(
    packs: PackSet, day: LegalDay, lists: frozenset[str] = frozenset(), proposals: frozenset[str] = frozenset()
) -> Regime:
    """Return what is in force on a day.

    Args:
        packs: the law of all days.
        day: as of which.
        lists: negative lists whose rules are to be in it.
        proposals: packs whose drafts and proposals are applied as if they were in force.
    """
    starts = _changes(packs)
    place = bisect_right(starts, day)
    return _regime(packs, starts[place - 1] if place else dt.date.min, lists, proposals)


@lru_cache(maxsize=16)
def _changes(packs: PackSet) -> tuple[LegalDay, ...]:
    """Return the days on which something begins or has ended, ascending."""
    periods: list[Period] = [one.in_force for one in _provisions(packs)]
    periods += [one.in_force for one in packs.readings]
    periods += [period for one in _provisions(packs) if one.when is not None for period in _periods(one.when)]
    periods += [value for parameter in packs.parameters.values() for value in parameter.values]
    ends = [one.end + _DAY for one in periods if one.end is not None and one.end < dt.date.max]
    return tuple(sorted({*(one.start for one in periods), *ends}))


def _periods(clause: Clause) -> Iterable[Period]:
    if clause.in_force is not None:
        yield clause.in_force
    for part in clause.parts:
        yield from _periods(part)


def _provisions(packs: PackSet | Living) -> Iterable[Provision]:
    for several in (
        packs.rules, packs.duties, packs.conditions, packs.papers, packs.triggers, packs.clocks, packs.notes
    ):  # fmt: skip
        yield from several


@lru_cache(maxsize=128)
def _regime(packs: PackSet, day: LegalDay, lists: frozenset[str], proposals: frozenset[str]) -> Regime:
    facts = tuple(packs.facts.values())
    index = {fact.name: place for place, fact in enumerate(facts)}
    parameters = {
        name: value.value
        for name, parameter in packs.parameters.items()
        for value in parameter.values
        if value.holds(day)
    }
    living = _living(packs, day, lists, proposals)
    conditional = [one for one in _provisions(living) if one.when is not None]
    readings = tuple(one for one in packs.readings if one.in_force.holds(day))
    compiler = _Compiler(facts, index, parameters, day)
    points = {one.id: tuple(sorted(one.when.points)) for one in conditional if one.when is not None and one.when.points}
    when = {
        (one.id, chosen): compiler.slot(clause, dict(chosen))
        for one in conditional
        if (clause := _when(one, lists, packs)) is not None
        for chosen in _choices(points.get(one.id, ()), readings)
    }
    asked = {fact.name for fact in facts} - _of_lists(packs)
    asked |= {facts[fact].name for _, condition in when.values() for fact in facts_of(condition)}
    sums = {
        (fact.name, place): compiler.slot(part.when, {})
        for fact in facts
        if fact.name in asked
        for place, part in enumerate(fact.sums)
    }
    derived = frozenset(place for place, fact in enumerate(facts) if fact.scope is FactScope.DERIVED)
    return Regime(
        packs=packs,
        lists=lists,
        facts=facts,
        index=index,
        claims=tuple(place for place, fact in enumerate(facts) if fact.claim),
        flow_scope=frozenset(place for place, fact in enumerate(facts) if fact.scope is FactScope.FLOW),
        attested=tuple((place, fact.attested) for place, fact in enumerate(facts) if fact.attested is not None),
        parameters=parameters,
        readings=readings,
        living=living,
        when=when,
        sums=sums,
        points=points,
        evaluator=Evaluator(compiler.conditions, derived),
    )


def _living(packs: PackSet, day: LegalDay, lists: frozenset[str], proposals: frozenset[str]) -> Living:
    listed = {None, *lists}

    def on(several: Iterable[P]) -> tuple[P, ...]:
        return tuple(
            one
            for one in several
            if one.in_force.holds(day)
            and (one.status == "in_force" or packs.pack_of[one.id] in proposals)
            and packs.lists.get(one.id) in listed
        )

    return Living(
        rules=on(packs.rules),
        duties=tuple(sorted(on(packs.duties), key=lambda one: _KINDS[one.kind])),
        conditions=on(packs.conditions),
        papers=on(packs.papers),
        triggers=on(packs.triggers),
        clocks=on(packs.clocks),
        notes=on(packs.notes),
    )


@lru_cache(maxsize=16)
def _of_lists(packs: PackSet) -> frozenset[str]:
    """Return the facts that only provisions of negative lists ask about: counters of theirs are no use elsewhere."""
    asked: dict[bool, set[str]] = {True: set(), False: set()}
    for one in _provisions(packs):
        if one.when is not None:
            asked[one.id in packs.lists].update(_names(one.when))
    return frozenset(asked[True] - asked[False])


def _names(clause: Clause) -> Iterable[str]:
    if clause.fact is not None:
        yield clause.fact
    for part in clause.parts:
        yield from _names(part)


def _when(one: Provision, lists: frozenset[str], packs: PackSet) -> Clause | None:
    """Return the condition of a provision; an unlisted rule is not for a flow that one of the lists in the law covers.

    Covered is a flow that uses the list, and one of an exporter in the list's own place, whatever it says that it uses.
    """
    if one.when is None or not (lists and isinstance(one, Rule) and one.unlisted):
        return one.when
    places = {place for name in lists if name in packs.editions for place in _places(packs.editions[name])}
    covered = [Clause(fact=USED, among=tuple(sorted(lists)))]
    if places:
        covered += [Clause(fact=name, among=tuple(sorted(places))) for name in PLACES]
    return Clause(every=(one.when, Clause(negated=Clause(some=tuple(covered)))))


def _places(one: NegativeList) -> Iterable[str]:
    """Yield the places of a list's own scope and those that hold one of them: a whole zone may stand for its area."""
    scope = one.scope
    for place in (*scope.zones, *scope.regions, *(place for pilot in scope.pilots for place in pilot.regions)):
        parts = place.split("/")
        yield from ("/".join(parts[:length]) for length in range(1, len(parts) + 1))


def _choices(points: tuple[str, ...], readings: tuple[Reading, ...]) -> Iterable[Chosen]:
    """Yield every combination of options of some open points."""
    options = {one.id: [option.id for option in one.options] for one in readings}
    for chosen in itertools.product(*(options[point] for point in points)):
        yield tuple(zip(points, chosen, strict=True))


class _Compiler:
    """Puts facts' positions and the days' numbers into clauses; equal tests are one object."""

    def __init__(
        self, facts: tuple[FactDef, ...], index: Mapping[str, int], parameters: Mapping[str, int], day: LegalDay
    ) -> None:
        self._day = day
        self._facts = facts
        self._index = index
        self._parameters = parameters
        self.conditions: list[Condition] = []

    def slot(self, clause: Clause, chosen: Mapping[str, str]) -> tuple[int, Condition]:
        """Return the condition and the slot it is given."""
        self.conditions.append(self._condition(clause, chosen))
        return len(self.conditions) - 1, self.conditions[-1]

    def _condition(self, clause: Clause, chosen: Mapping[str, str]) -> Condition:
        if clause.fact is not None:
            return self._atom(clause, clause.fact)
        parts = tuple(
            self._condition(part, chosen)
            for part in clause.parts
            if all(chosen.get(point) == option for point, option in part.under.items())
            and (part.in_force is None or part.in_force.holds(self._day))
        )
        if clause.of is not None:
            assert isinstance(clause.at_least, int)
            return Group("at_least", parts, clause.at_least)
        return Group("not" if clause.negated is not None else "all" if clause.every else "any", parts)

    def _atom(self, clause: Clause, name: str) -> Atom:
        test = clause.tests[0]
        value = getattr(clause, test)
        if isinstance(value, ParameterUse):
            value = self._parameters[value.parameter]
        place = self._index[name]
        return _tested(place, self._facts[place].type, self._facts[place].label, test, value)


@lru_cache(maxsize=4_096)
def _tested(place: int, kind: FactType, label: Text, test: str, value: bool | int | str | tuple[str, ...]) -> Atom:  # noqa: FBT001 - what a fact is tested for
    """Return a test: the same object wherever it is asked, under every list and of every stretch of days."""
    if kind is FactType.BOOL:
        assert isinstance(value, bool)
        return Atom(place, kind, value, flag_text(label, wanted=value), "true" if value else "false")
    if kind is not FactType.COUNT:
        words = sorted(value if isinstance(value, tuple) else (str(value),))
        return Atom(place, kind, frozenset(words), words_text(label, words), "|".join(words))
    assert isinstance(value, int)
    wants = {
        "at_least": (value, NO_END),
        "more_than": (value + 1, NO_END),
        "at_most": (0, value),
        "below": (0, value - 1),
    }[test]
    return Atom(place, kind, wants, bound_text(label, test, value), f"{SIGNS[test]} {value}")
