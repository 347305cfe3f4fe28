"""What would change a decision: the nearest rules that fail, and what the flow would come to if they held.

Not a proposal: a fact is as it is. It shows by how little the outcome was missed, and each change is decided again,
so that what is shown is what would follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.law.deciding import decide
from kouan.law.misses import BOUND, FAR, distance, shortfall, to_flip
from kouan.model.decision import Truth
from kouan.model.errors import KouanError
from kouan.model.facts import Fact, FactSource, Range
from kouan.model.vocabulary import FactScope, FactType

if TYPE_CHECKING:
    from kouan.law.misses import Flips
    from kouan.model.decision import Decision, FlowDecision, Outcome, RuleTrace, TraceNode
    from kouan.model.facts import FactSet, FactValue, FlowFacts
    from kouan.model.vocabulary import FactDef
    from kouan.packs import PackSet

MOST = 3
"""Atoms of a change that is worth telling."""
_SHOWN = 12
_YES_NO = FAR
"""How far a yes is from a no, beside numbers of thousandths."""


@dataclass(frozen=True, slots=True)
class WouldChange:
    """A rule that fails, and what would follow if it held.

    Attributes:
        atoms: the fewest tests that would have to come out otherwise.
        possible: what the flow would come to.
    """

    rule: RuleTrace
    atoms: Flips
    possible: tuple[Outcome, ...]


def what_would_change(decision: Decision, packs: PackSet) -> dict[str, tuple[WouldChange, ...]]:
    """Return for each flow the changes of known facts that would lead it elsewhere, the nearest first.

    A rule is told once, with the fewest atoms; of two changes to the same end, one of which holds the other's atoms,
    the smaller one.
    """
    return {flow.id: _of_flow(decision, flow, packs) for flow in decision.flows}


def _of_flow(decision: Decision, flow: FlowDecision, packs: PackSet) -> tuple[WouldChange, ...]:
    misses = [(rule, to_flip(rule.node)) for rule in flow.trace if rule.truth is Truth.FALSE]
    near = sorted((one for one in misses if len(one[1]) <= MOST), key=lambda one: (distance(one[1]), _gap(one[1])))
    now = [outcome.options for outcome in flow.possible]
    found: list[WouldChange] = []
    for rule, atoms in near:
        changed = _changed(decision.facts, flow.id, atoms, packs)
        after = None if changed is None else _decided(changed, flow.id, decision, packs)
        if after is None or [outcome.options for outcome in after] == now:
            continue
        if not any(_within(one, atoms, after) for one in found):
            found.append(WouldChange(rule, atoms, after))
    return tuple(found[:_SHOWN])


def _gap(atoms: Flips) -> int:
    return sum(_YES_NO if (gap := shortfall(atom)) is None else gap for atom in atoms)


def _within(one: WouldChange, atoms: Flips, after: tuple[Outcome, ...]) -> bool:
    same = [outcome.options for outcome in one.possible] == [outcome.options for outcome in after]
    return same and {atom.fact for atom in one.atoms} <= {atom.fact for atom in atoms}


def _decided(facts: FactSet, flow: str, decision: Decision, packs: PackSet) -> tuple[Outcome, ...] | None:
    try:
        after = decide(facts, packs, adopted=decision.adopted, proposals=decision.proposals)
    except KouanError:  # the changed numbers fit no sum: such facts cannot be
        return None
    return next(one.possible for one in after.flows if one.id == flow)


def _changed(facts: FactSet, flow: str, atoms: Flips, packs: PackSet) -> FactSet | None:
    """Return the facts with these atoms come out otherwise, or None where no single value stands for that."""
    for atom in atoms:
        definition = packs.facts.get(atom.fact or "")
        value = None if definition is None else _flipped(atom, definition)
        if definition is None or value is None:
            return None
        if definition.scope is FactScope.DERIVED:
            changed = _counted(facts, definition, atom, value)
        else:
            changed = _put(facts, flow, definition, value)
        if changed is None:
            return None
        facts = changed
    return facts


def _flipped(atom: TraceNode, definition: FactDef) -> FactValue:
    """Return a value under which an atom that fails would be met, or the other way round; None where none is plain."""
    wanted = atom.truth is not Truth.TRUE
    if definition.type is FactType.BOOL:
        return (atom.expected == "true") is wanted
    if definition.type is FactType.COUNT:
        return _number(atom.expected, wanted=wanted)
    words = tuple(atom.expected.split("|"))
    if not wanted:
        return None
    return words[:1] if definition.type is FactType.TEXTS else words[0]


def _number(expected: str, *, wanted: bool) -> FactValue:
    found = BOUND.fullmatch(expected)
    if found is None:
        return None
    bound = int(found[2])
    inside, outside = {
        "≥": (bound, bound - 1),
        ">": (bound + 1, bound),
        "≤": (bound, bound + 1),
        "<": (bound - 1, bound),
    }[found[1]]
    number = inside if wanted else outside
    return Range(lo=number, hi=number) if number >= 0 else None


def _put(facts: FactSet, flow: str, definition: FactDef, value: FactValue) -> FactSet:
    """Return the facts with one value, where the flow answers it: for itself, or with the whole transfer."""
    flows = []
    own = definition.scope is FactScope.FLOW
    for one in facts.flows:
        mine = one.id == flow and (own or any(fact.name == definition.name for fact in one.facts))
        flows.append(_with(one, definition, value) if mine else one)
    if own or any(fact.name == definition.name for one in facts.flows if one.id == flow for fact in one.facts):
        return facts.model_copy(update={"flows": tuple(flows)})
    return facts.model_copy(update={"facts": (*_without(facts.facts, definition.name), _fact(definition.name, value))})


def _counted(facts: FactSet, definition: FactDef, atom: TraceNode, value: FactValue) -> FactSet | None:
    """Return the facts in which a counter of the year reaches a number by the persons before this transfer."""
    known = atom.value
    if not isinstance(value, Range) or not isinstance(known, Range) or known.hi is None:
        return None
    start = definition.sums[0].start
    before = next((fact.value for fact in facts.facts if fact.name == start), None)
    if not isinstance(before, Range) or before.hi is None:
        return None
    more = value.lo - known.hi
    if before.hi + more < 0:
        return None
    number = Range(lo=before.hi + more, hi=before.hi + more)
    return facts.model_copy(update={"facts": (*_without(facts.facts, start), _fact(start, number))})


def _with(flow: FlowFacts, definition: FactDef, value: FactValue) -> FlowFacts:
    return flow.model_copy(update={"facts": (*_without(flow.facts, definition.name), _fact(definition.name, value))})


def _without(facts: tuple[Fact, ...], name: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.name != name)


def _fact(name: str, value: FactValue) -> Fact:
    return Fact(name=name, value=value, source=FactSource.DERIVED, evidence="supposed")
