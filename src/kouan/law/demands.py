"""What a body of cases must show of the packs: each bound from both sides, each condition of a rule alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.law.catalogue import entries
from kouan.law.compiled import law_on
from kouan.law.kleene import NO_END, Atom, Condition, atoms_of, combine, evaluate
from kouan.law.known import read_facts
from kouan.law.regime import regime_of
from kouan.law.scoping import lists_for
from kouan.law.spelling import parameters_of
from kouan.model.vocabulary import FactType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kouan.law.casebook import Verdict
    from kouan.law.catalogue import Entry
    from kouan.law.compiled import Law
    from kouan.law.kleene import Value
    from kouan.model.clause import Clause
    from kouan.model.time import LegalDay
    from kouan.packs import PackSet

_PROVISIONS = frozenset({"rules", "duties", "conditions", "papers", "triggers", "clocks", "notes"})


@dataclass(frozen=True, order=True, slots=True)
class Bound:
    """A case is wanted in which a count is exactly this number and a test of it decides whether a provision holds."""

    provision: str
    fact: str
    number: int


@dataclass(frozen=True, order=True, slots=True)
class Lone:
    """A case is wanted in which one test alone decides that a provision holds, or that it does not.

    Attributes:
        test: as traces write it, such as `true` or `≥ 100000`.
        holds: whether the provision does.
    """

    provision: str
    fact: str
    test: str
    holds: bool


Demand = Bound | Lone


def demands(packs: PackSet) -> frozenset[Demand]:
    """Return what cases must show: both sides of every bound; of rules, each test met and missed alone.

    Drafts and proposals ask for nothing, and of negative lists only what they leave free is asked for test by test:
    the bounds show the rest.
    """
    found: set[Demand] = set()
    for entry, condition in _conditions(packs):
        for atom in atoms_of(condition):
            fact = tuple(packs.facts)[atom.fact]
            found.update(Bound(entry.id, fact, number) for number in _sides(atom))
            if entry.kind == "rules" and (entry.value.gives or entry.id not in packs.lists):
                found.update(Lone(entry.id, fact, atom.expected, holds) for holds in (True, False))
    return frozenset(found)


def shown(verdicts: Iterable[Verdict], packs: PackSet) -> frozenset[Demand]:
    """Return what cases show."""
    names = tuple(packs.facts)
    found: set[Demand] = set()
    for verdict in verdicts:
        if verdict.decision is None:
            continue
        facts = verdict.case.facts
        adopted = tuple(sorted(verdict.decision.adopted.items()))
        proposals = frozenset(verdict.decision.proposals)
        law = law_on(packs, facts.as_of, adopted=adopted, lists=lists_for(facts, packs), proposals=proposals)
        conditions = list(_live(law))
        for values in read_facts(facts, law).flows:
            for name, when in conditions:
                truth = evaluate(when, values)
                if truth is None:
                    continue
                for atom in deciding(when, values):
                    fact = names[atom.fact]
                    found.add(Lone(name, fact, atom.expected, truth))
                    if (number := _exact(values[atom.fact], atom)) in _sides(atom):
                        found.add(Bound(name, fact, number))
    return frozenset(found)


def _live(law: Law) -> Iterator[tuple[str, Condition]]:
    """Yield id and condition of what is in force and has one."""
    for rule in law.rules:
        yield rule.rule.id, rule.when
    for several in (law.duties, law.conditions, law.papers, law.triggers, law.clocks, law.notes):
        for one in several:
            if one.when is not None:
                yield one.provision.id, one.when


def deciding(condition: Condition, values: Sequence[Value]) -> Iterator[Atom]:
    """Yield the tests each of which alone would turn a condition that is known to hold, or not to hold."""
    if isinstance(condition, Atom):
        yield condition
        return
    truths = [evaluate(part, values) for part in condition.parts]
    whole = combine(condition.op, condition.n, truths)
    for place, part in enumerate(condition.parts):
        if truths[place] is not None:
            turned = [*truths[:place], not truths[place], *truths[place + 1 :]]
            if combine(condition.op, condition.n, turned) is (not whole):
                yield from deciding(part, values)


def _conditions(packs: PackSet) -> Iterator[tuple[Entry, Condition]]:
    """Yield the conditions of each provision in force: under every reading, with the numbers of all its days."""
    asked: dict[tuple[LegalDay, frozenset[str]], dict[str, Entry]] = defaultdict(dict)
    for entry in entries(packs):
        if entry.kind in _PROVISIONS and entry.status == "in_force" and entry.value.when is not None:
            lists = frozenset(filter(None, [packs.lists.get(entry.id)]))
            for day in days_of(entry, packs):
                asked[day, lists][entry.id] = entry
    for (day, lists), wanted in asked.items():
        for (name, _), (_, condition) in regime_of(packs, day, lists).when.items():
            if name in wanted:
                yield wanted[name], condition


def days_of(entry: Entry, packs: PackSet) -> set[LegalDay]:
    """Return the days within an entry's term on which it, a part of it or one of its numbers begins."""
    period = entry.value.in_force
    starts = {value.start for name in parameters_of(entry.value.when) for value in packs.parameters[name].values}
    starts.update(_starts(entry.value.when))
    return {period.start} | {start for start in starts if period.holds(start)}


def _starts(clause: Clause) -> Iterator[LegalDay]:
    if clause.in_force is not None:
        yield clause.in_force.start
    for part in clause.parts:
        yield from _starts(part)


def _sides(atom: Atom) -> tuple[int, ...]:
    """Return the two numbers between which a test of a count changes; none of another test."""
    if atom.type is not FactType.COUNT:
        return ()
    assert isinstance(atom.wants, tuple)
    lo, hi = atom.wants
    cut = lo if hi == NO_END else hi + 1
    return (cut - 1, cut) if cut > 0 else ()


def _exact(value: Value, atom: Atom) -> int:
    """Return a count that is known exactly, -1 of anything else."""
    if atom.type is FactType.COUNT and isinstance(value, tuple) and value[0] == value[1]:
        return int(value[0])
    return -1
