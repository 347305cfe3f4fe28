"""The days on which the law changes, and which cases stand on the day and on the day before."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kouan.law.casebook import clock_ids, run_case
from kouan.law.catalogue import entries
from kouan.model.decision import Truth

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kouan.law.casebook import Verdict
    from kouan.law.catalogue import Entry
    from kouan.model.decision import Decision
    from kouan.model.time import LegalDay
    from kouan.packs import PackSet

_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, order=True, slots=True)
class Turn:
    """A case is wanted on a day beside which an entry begins or ends.

    Attributes:
        entry: id of a provision or reading; of a provision of a negative list, the list's.
        day: of the case.
        holds: whether it is in force on that day; on the other side of the change it has to hold of the same facts.
    """

    entry: str
    day: LegalDay
    holds: bool


def turns(packs: PackSet) -> frozenset[Turn]:
    """Return on which days cases must stand. What began before the first rule was in force begins with it."""
    first = min(rule.in_force.start for rule in packs.rules if rule.status == "in_force")
    found: set[Turn] = set()
    for entry in entries(packs):
        if entry.kind == "parameters" or entry.status != "in_force" or (name := _name(entry, packs)) in _silent(packs):
            continue
        period = entry.value.in_force
        if period.end is not None and period.end < first:
            continue
        if period.start > first:
            found |= {Turn(name, period.start, True), Turn(name, period.start - _DAY, False)}
        if period.end is not None:
            found |= {Turn(name, period.end, True), Turn(name, period.end + _DAY, False)}
    return frozenset(found)


def turned(verdicts: Iterable[Verdict], packs: PackSet) -> frozenset[Turn]:
    """Return on which days cases stand."""
    wanted: dict[LegalDay, set[Turn]] = {}
    for one in turns(packs):
        wanted.setdefault(one.day, set()).add(one)
    found: set[Turn] = set()
    for verdict in verdicts:
        day = verdict.case.facts.as_of
        if verdict.decision is None or day not in wanted:
            continue
        here = _borne(verdict.decision, packs)
        found |= {one for one in wanted[day] if one.holds and one.entry in here}
        beside = {there for step in (_DAY, -_DAY) for there in _moved(verdict, packs, step) - here}
        found |= {one for one in wanted[day] if not one.holds and one.entry in beside}
    return frozenset(found)


def _moved(verdict: Verdict, packs: PackSet, step: dt.timedelta) -> set[str]:
    """Return what would bear on the facts of a case on the next day or the day before."""
    case = verdict.case
    facts = case.facts.model_copy(update={"as_of": case.facts.as_of + step})
    readings = {one.id for one in packs.readings if one.in_force.holds(facts.as_of)}
    adopted = {point: option for point, option in case.case.readings.items() if point in readings}
    moved = replace(case, facts=facts, case=case.case.model_copy(update={"readings": adopted}))
    decision = run_case(moved, packs).decision
    return set() if decision is None else _borne(decision, packs)


def _borne(decision: Decision, packs: PackSet) -> set[str]:
    """Return the ids of what bears on a transfer; of provisions of a list, the list's."""
    found = {trace.rule for flow in decision.flows for trace in flow.trace if trace.truth is Truth.TRUE}
    for several in (decision.duties, decision.conditions, decision.papers, decision.triggers, decision.open_points):
        found.update(one.id for one in several)
    found |= clock_ids(decision, packs)
    found |= {note.id for note in packs.notes if note.text in decision.notes}
    return {packs.lists.get(name, name) for name in found}


def _name(entry: Entry, packs: PackSet) -> str:
    return packs.lists.get(entry.id, entry.id)


def _silent(packs: PackSet) -> frozenset[str]:
    """Return the readings on which no outcome hangs, so that no decision shows them."""
    return frozenset(one.id for one in packs.readings) - frozenset(_marked(packs))


def _marked(packs: PackSet) -> Iterator[str]:
    for rule in packs.rules:
        yield from (*rule.under, *rule.counts_under)
        yield from rule.when.points if rule.when is not None else ()
    for fact in packs.facts.values():
        for part in fact.sums:
            yield from part.under
