"""The trace of a decision for people: which rule holds, and which facts decided that."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.law.misses import FAR, distance, shortfall, to_flip
from kouan.model.decision import FlowDecision, RuleTrace, SetAside, TraceNode, Truth
from kouan.model.text import Text, same

if TYPE_CHECKING:
    from kouan.model.decision import Decision, DecisionPair

NEAR = 1
"""Atoms by which a rule may fail and still be of interest."""

_ORDER = {Truth.TRUE: 0, Truth.UNKNOWN: 1, Truth.FALSE: 2}
_YES_NO = {"true": Text(zh="是", en="yes"), "false": Text(zh="否", en="no")}
_NOT = Text(zh="并非：", en="not: ")
_DENIED_INSIDE = re.compile("并非：([^，；是]*中)包含(.*)")
_DENIED = re.compile("并非：(?:(包含|属于|有)|([^是，；]*)是)(.*)")


@dataclass(frozen=True, slots=True)
class TracedRule:
    """A rule and the atoms that decide its truth.

    Attributes:
        missing: of a rule that fails, the fewest atoms that would have to come out otherwise.
        aside: what prevails over it; None where nothing does.
        outweighed: its condition holds, but a heavier demand holds too: none of its pathways is a possible outcome.
    """

    rule: RuleTrace
    deciders: tuple[TraceNode, ...]
    missing: tuple[TraceNode, ...]
    aside: SetAside | None
    outweighed: bool

    @property
    def governs(self) -> bool:
        """Whether it holds and nothing takes its place."""
        return self.rule.truth is Truth.TRUE and self.aside is None and not self.outweighed

    @property
    def interest(self) -> bool:
        """Whether a reader who asks why wants to see it: all but rules that fail by far."""
        near = len(self.missing) <= NEAR and all((shortfall(atom) or 0) < FAR for atom in self.missing)
        return self.rule.truth is not Truth.FALSE or near


@dataclass(frozen=True, slots=True)
class TracedFlow:
    """A flow with its rules: those that govern, the set aside, the open, those that fail, the nearest first."""

    flow: FlowDecision
    rules: tuple[TracedRule, ...]

    @property
    def shown(self) -> tuple[TracedRule, ...]:
        """The rules of interest."""
        return tuple(rule for rule in self.rules if rule.interest)

    @property
    def folded(self) -> tuple[TracedRule, ...]:
        """The rules that fail by far."""
        return tuple(rule for rule in self.rules if not rule.interest)


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
    return tuple(Traced(key, one, tuple(trace_flow(flow) for flow in one.flows)) for key, one in decisions)


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
    if inside := _DENIED_INSIDE.fullmatch(text.zh):
        return Text(zh=f"{inside[1]}不包含{inside[2]}", en=text.en)
    found = _DENIED.fullmatch(text.zh)
    if not found:
        return text
    verb, subject, rest = found.groups()
    head = f"{subject}不是" if verb is None else "没有" if verb == "有" else f"不{verb}"
    return Text(zh=head + rest, en=text.en)


def turned(atom: TraceNode) -> Text:
    """Return in words what an atom would have to be for it to come out otherwise."""
    if atom.truth is not Truth.TRUE:
        return stated(atom.text)
    if atom.text.zh.startswith(_NOT.zh):
        return Text(zh=atom.text.zh.removeprefix(_NOT.zh), en=atom.text.en.removeprefix(_NOT.en))
    return stated(Text(zh=_NOT.zh + atom.text.zh, en=_NOT.en + atom.text.en))


def asked(expected: str) -> Text:
    """Return what a rule asks of a fact: yes and no in words, anything else as the rule writes it."""
    return _YES_NO.get(expected, same(expected))


def trace_flow(flow: FlowDecision) -> TracedFlow:
    """Return one flow's rules in the order in which people read them."""
    possible = {option for outcome in flow.possible for option in outcome.options}
    asides = {one.rule: one for one in flow.set_aside}
    rules = []
    for rule in flow.trace:
        aside = asides.get(rule.rule)
        outweighed = rule.truth is Truth.TRUE and aside is None and possible.isdisjoint(rule.requires)
        missing = to_flip(rule.node) if rule.truth is Truth.FALSE else ()
        rules.append(TracedRule(rule, deciders(rule.node), missing, aside, outweighed))
    return TracedFlow(flow, tuple(sorted(rules, key=_place)))


def _place(one: TracedRule) -> tuple[int, bool, tuple[int, int]]:
    return (_ORDER[one.rule.truth], not one.governs, distance(one.missing))
