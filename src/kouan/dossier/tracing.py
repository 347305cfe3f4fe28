"""The trace of a decision for people: which rule holds, and which facts decided that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.model.decision import FlowDecision, RuleTrace, TraceNode, Truth
from kouan.model.text import Text, same

if TYPE_CHECKING:
    from kouan.model.decision import Decision, DecisionPair

_ORDER = {Truth.TRUE: 0, Truth.UNKNOWN: 1, Truth.FALSE: 2}
_YES_NO = {"true": Text(zh="是", en="yes"), "false": Text(zh="否", en="no")}
_DENIED = re.compile("并非：(?:(包含|属于|有)|([^是，；]*)是)(.*)")


@dataclass(frozen=True, slots=True)
class TracedRule:
    """A rule and the atoms that decide its truth.

    Attributes:
        set_aside: its condition holds, but another rule prevails: none of its pathways is a possible outcome.
    """

    rule: RuleTrace
    deciders: tuple[TraceNode, ...]
    set_aside: bool


@dataclass(frozen=True, slots=True)
class TracedFlow:
    """A flow with its rules: those that hold first, then the set aside, the unknown, those that do not."""

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


def stated(text: Text) -> Text:
    """Return a test's words with a simple denial (并非：包含…, 并非：…是…) said plainly (不包含…, …不是…)."""
    found = _DENIED.fullmatch(text.zh)
    if not found:
        return text
    verb, subject, rest = found.groups()
    head = f"{subject}不是" if verb is None else "没有" if verb == "有" else f"不{verb}"
    return Text(zh=head + rest, en=text.en)


def asked(expected: str) -> Text:
    """Return what a rule asks of a fact: yes and no in words, anything else as the rule writes it."""
    return _YES_NO.get(expected, same(expected))


def _flow(flow: FlowDecision) -> TracedFlow:
    possible = {option for outcome in flow.possible for option in outcome.options}
    rules = [
        TracedRule(rule, deciders(rule.node), rule.truth is Truth.TRUE and possible.isdisjoint(rule.requires))
        for rule in flow.trace
    ]
    return TracedFlow(flow, tuple(sorted(rules, key=lambda one: (_ORDER[one.rule.truth], one.set_aside))))
