"""The trace: each rule as it was applied to a flow, with what was known of every fact it asks about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.law.counts import count
from kouan.law.kept import keep
from kouan.law.kleene import NO_END, Atom, Condition, Value, combine, holds
from kouan.law.wording import group_text
from kouan.model.decision import RuleTrace, TraceNode, Truth
from kouan.model.facts import Range
from kouan.model.vocabulary import FactType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.law.compiled import Law, LiveRule
    from kouan.model.facts import FactValue

_WORDS = {True: Truth.TRUE, False: Truth.FALSE, None: Truth.UNKNOWN}
_CACHE = 2_000


def trace_rules(values: Sequence[Value], law: Law) -> tuple[RuleTrace, ...]:
    """Return the trace of every rule for one flow."""
    return tuple([_traced(rule, values, law) for rule in law.rules])


def _traced(rule: LiveRule, values: Sequence[Value], law: Law) -> RuleTrace:
    node, _ = _node(rule.when, values, law)
    # Every part was made here from checked values: validating it again would only cost time.
    return RuleTrace.trusted(
        rule=rule.rule.id,
        label=rule.rule.label,
        source=rule.source,
        truth=node.truth,
        requires=rule.pathways,
        node=node,
    )


def _node(condition: Condition, values: Sequence[Value], law: Law) -> tuple[TraceNode, bool | None]:
    if isinstance(condition, Atom):
        return _atom(condition, values[condition.fact], law)
    kept, children, truths = law.nodes, [], []
    for part in condition.parts:  # most are tests seen before
        node, truth = (kept.get((id(part), values[part.fact])) if isinstance(part, Atom) else None) or _node(
            part, values, law
        )
        children.append(node)
        truths.append(truth)
    truth = combine(condition.op, condition.n, truths)
    node = TraceNode.trusted(
        op=condition.op,
        truth=_WORDS[truth],
        text=group_text(condition.op, condition.n),
        fact=None,
        value=None,
        expected="",
        children=tuple(children),
    )
    return node, truth


def _atom(atom: Atom, value: Value, law: Law) -> tuple[TraceNode, bool | None]:
    key = (id(atom), value)
    found = law.nodes.get(key)
    if found is None:
        truth = holds(atom, value)
        node = TraceNode.trusted(
            op="atom",
            truth=_WORDS[truth],
            text=atom.text,
            fact=law.facts[atom.fact].name,
            value=shown(value, atom.type),
            expected=atom.expected,
            children=(),
        )
        found = (node, truth)
        if atom.type is not FactType.COUNT:  # the next transfer has other numbers
            keep(law.nodes, key, found, most=_CACHE)
    return found


def shown(value: Value, kind: FactType) -> FactValue:
    """Return a value as documents write it."""
    if value is None or kind is not FactType.COUNT:
        return value  # type: ignore[return-value]  # a count never comes here
    lo, hi = count(value)
    if (lo, hi) == (0, NO_END):
        return None
    return Range.trusted(lo=lo, hi=None if hi == NO_END else hi)
