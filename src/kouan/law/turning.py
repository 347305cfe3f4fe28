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
    from kouan.model.clause import Clause
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
        period = getattr(entry.value, "in_force", None)
        if period is None or entry.status != "in_force" or (period.end is not None and period.end < first):
            continue
        name = packs.lists.get(entry.id, entry.id)
        around = [(period.start, True), (period.start - _DAY, False)] if period.start > first else []
        if period.end is not None:
            around += [(period.end, True), (period.end + _DAY, False)]
        # On the day before, nobody can adopt a reading that comes with the entry itself.
        found |= {Turn(name, day, holds) for day, holds in around if _sayable(entry, day, packs)}
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


def _sayable(entry: Entry, day: LegalDay, packs: PackSet) -> bool:
    """Whether a case on a day can speak to an entry: its readings are open then, or it is one that bears on rules."""
    readings = {one.id: one for one in packs.readings}
    if entry.kind == "readings":
        return entry.id in _bearing(packs, entry.value.in_force.start)
    return all(
        option == readings[point].default or readings[point].in_force.holds(day)
        for point, option in entry.value.under.items()
    )


def _bearing(packs: PackSet, day: LegalDay) -> set[str]:
    """Return the readings on which rules of a day hang, of themselves or through a counter."""
    rules = [rule for rule in packs.rules if rule.status == "in_force" and rule.in_force.holds(day)]
    asked = {name for rule in rules if rule.when is not None for name in _facts(rule.when)}
    found = {point for rule in rules for point in (*rule.under, *rule.counts_under)}
    found.update(point for rule in rules if rule.when is not None for point in rule.when.points)
    return found.union(*(part.under for name in asked for part in packs.facts[name].sums))


def _facts(clause: Clause) -> Iterator[str]:
    if clause.fact is not None:
        yield str(clause.fact)
    for part in clause.parts:
        yield from _facts(part)
