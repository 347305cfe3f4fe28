"""The trace of a decision for people: which rule holds, and which facts decided that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.model.decision import FlowDecision, RuleTrace, TraceNode, Truth

if TYPE_CHECKING:
    from kouan.model.decision import Decision, DecisionPair

_ORDER = {Truth.TRUE: 0, Truth.UNKNOWN: 1, Truth.FALSE: 2}


@dataclass(frozen=True, slots=True)
class TracedRule:
    """A rule and the atoms that decide its truth."""

    rule: RuleTrace
    deciders: tuple[TraceNode, ...]


@dataclass(frozen=True, slots=True)
class TracedFlow:
    """A flow with its rules: those that hold first, then the unknown, then those that do not."""

    flow: FlowDecision
    rules: tuple[TracedRule, ...]


@dataclass(frozen=True, slots=True)
class Traced:
    """One decision's flows; `key` names which decision it is (`as_is` or `treated`)."""

    key: str
    decision: Decision
    flows: tuple[TracedFlow, ...]


def traces(pair: DecisionPair | None) -> tuple[Traced, ...]:
    """Return the traces of both decisions, the governing one first."""
    if pair is None:
        return ()
    decisions = [("as_is", pair.original)]
    if pair.treated is not None:
        decisions.insert(0, ("treated", pair.treated))
    return tuple(Traced(key, one, tuple(_flow(flow) for flow in one.flows)) for key, one in decisions)


def deciders(node: TraceNode) -> tuple[TraceNode, ...]:
    """Return the atoms that give a node its truth.

    Of an `all` that is false the false parts decide, of an `any` that is true the true ones; of anything unknown
    the unknown parts; otherwise every part does.
    """
    if not node.children:
        return (node,)
    inner = node.children
    if node.op != "not":
        alike = tuple(child for child in inner if child.truth is node.truth)
        inner = alike or inner
    return tuple(dict.fromkeys(atom for child in inner for atom in deciders(child)))


def _flow(flow: FlowDecision) -> TracedFlow:
    rules = sorted(flow.trace, key=lambda rule: _ORDER[rule.truth])
    return TracedFlow(flow, tuple(TracedRule(rule, deciders(rule.node)) for rule in rules))
