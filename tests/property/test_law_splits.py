"""Counts that are parts of one whole: the outcomes are exactly those of the numbers that add up.

A pack of its own with small thresholds lets every number be tried; the oracle below knows nothing of the engine.
"""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kouan.law import completions, decide, solving
from kouan.model.decision import Decision, Pathway
from kouan.model.errors import KouanError
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.text import same
from kouan.packs import PackSet, load_packs

if TYPE_CHECKING:
    from collections.abc import Iterator

MODEST = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ODD_FLOOR, ASSESSMENT_FLOOR, SENSITIVE_FLOOR, CROWD = 4, 8, 3, 4
EXEMPT = (Pathway.EXEMPT,)
CONTRACT = (Pathway.STANDARD_CONTRACT, Pathway.CERTIFICATION)
ASSESSMENT = (Pathway.SECURITY_ASSESSMENT,)
PROHIBITED = (Pathway.PROHIBITED,)
WEIGHT = {EXEMPT: 1, CONTRACT: 2, ASSESSMENT: 3, PROHIBITED: 4}

HEAD = """\
id: test.small
version: 1.0.0
title: {zh: 小数, en: small numbers}
instruments:
  T: {title: {zh: 测试规定, en: test rules}, rank: rule, in_force: 2020-01-01}
"""
FREE = "yields_to: [{to: free, by: provision}]"
CONTRACTS = "requires: [standard_contract, certification]"
FEW = (
    "{all: [{fact: flow.sensitive, at_most: 0}, {any: [{fact: year.ordinary, below: 4}, {fact: flow.odd, is: false}]}]}"
)
SOME = "{all: [{fact: flow.odd, is: true}, {fact: year.ordinary, at_least: 4}, {fact: year.ordinary, below: 8}]}"
RULES = {
    "crowd": ("{all: [{fact: flow.persons, at_least: 4}, {fact: flow.odd, is: true}]}", "requires: prohibited", FREE),
    "free": ("{fact: flow.free, is: true}", "gives: exempt", "counts: false"),
    "few": (FEW, "gives: exempt", FREE),
    "some": (SOME, CONTRACTS, FREE),
    "any": ("{all: [{fact: flow.sensitive, at_least: 1}, {fact: year.sensitive, below: 3}]}", CONTRACTS, FREE),
    "many": ("{fact: year.ordinary, at_least: 8}", "requires: security_assessment", FREE),
    "grave": ("{fact: year.sensitive, at_least: 3}", "requires: security_assessment", FREE),
}
VOCABULARY = """\
facts:
  - {name: before.ordinary, type: count, scope: transfer, %s}
  - {name: before.sensitive, type: count, scope: transfer, %s}
  - {name: flow.free, type: bool, scope: flow, %s}
  - {name: flow.odd, type: bool, scope: flow, %s}
  - {name: flow.persons, type: count, scope: flow, parts: [flow.ordinary, flow.sensitive], %s}
  - {name: flow.ordinary, type: count, scope: flow, %s}
  - {name: flow.sensitive, type: count, scope: flow, %s}
  - name: year.ordinary
    type: count
    scope: derived
    sums: [{start: before.ordinary, add: flow.ordinary, when: {fact: flow.persons, at_least: 0}}]
    label: {zh: 词, en: word}
    help: {zh: 问, en: ask}
  - name: year.sensitive
    type: count
    scope: derived
    sums: [{start: before.sensitive, add: flow.sensitive, when: {fact: flow.persons, at_least: 0}}]
    label: {zh: 词, en: word}
    help: {zh: 问, en: ask}
""".replace("%s", "label: {zh: 词, en: word}, help: {zh: 问, en: ask}")


def _rules() -> str:
    return "rules:\n" + "".join(
        f"  - id: {name}\n    article: '1'\n    when: {when}\n    {leads}\n    {more}\n"
        "    label: {zh: 规则, en: rule}\n    reason: {zh: 理由, en: reason}\n"
        "    in_force: {from: 2020-01-01}\n    source: {instrument: T, confidence: H}\n"
        for name, (when, leads, more) in RULES.items()
    )


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> PackSet:
    root = tmp_path_factory.mktemp("small")
    for name, text in {"pack": HEAD, "vocabulary": VOCABULARY, "rules": _rules()}.items():
        (root / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_packs(root)


Span = tuple[int, int]
Flow = dict[str, Any]
Case = tuple[Span, Span, tuple[Flow, ...]]
Point = tuple[bool, bool, int, int]


def spans(largest: int, width: int) -> st.SearchStrategy[Span]:
    return st.tuples(st.integers(0, largest), st.integers(0, width)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    ordinary = draw(spans(8, 4))
    sensitive = draw(spans(3, 4))
    persons = draw(spans(12, 2) | st.just((0, 30)))
    return {
        "flow.free": draw(st.sampled_from((False, False, True, None))),
        "flow.odd": draw(st.sampled_from((False, False, True, None))),
        "flow.persons": persons,
        "flow.ordinary": draw(st.just(ordinary) | st.just((0, 20))),
        "flow.sensitive": sensitive,
    }


CASES = st.tuples(spans(4, 1), spans(2, 1), st.lists(flows(), min_size=1, max_size=2).map(tuple))


def build(case: Case) -> FactSet:
    ordinary, sensitive, parts = case
    return FactSet(
        as_of=dt.date(2026, 11, 22),
        facts=_facts({"before.ordinary": ordinary, "before.sensitive": sensitive}),
        flows=tuple(FlowFacts(id=f"f{n}", label=same(f"f{n}"), facts=_facts(part)) for n, part in enumerate(parts)),
    )


def _facts(values: dict[str, Any]) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            name=name,
            value=Range(lo=value[0], hi=value[1]) if isinstance(value, tuple) else value,
            source=FactSource.DECLARED,
        )
        for name, value in values.items()
    )


def points(flow: Flow) -> Iterator[Point]:
    """Every (free, odd, ordinary, sensitive) of a flow that adds up to its persons."""
    lo, hi = flow["flow.persons"]
    flags = [(True, False) if flow[name] is None else (flow[name],) for name in ("flow.free", "flow.odd")]
    for point in itertools.product(*flags, _whole(flow["flow.ordinary"]), _whole(flow["flow.sensitive"])):
        if lo <= point[2] + point[3] <= hi:
            yield point


def _whole(span: Span) -> range:
    return range(span[0], span[1] + 1)


def outcomes(before: tuple[int, int], chosen: tuple[Point, ...]) -> tuple[Any, ...]:
    """The law of the pack, written out for exact numbers."""
    ordinary = before[0] + sum(flow[2] for flow in chosen if not flow[0])
    sensitive = before[1] + sum(flow[3] for flow in chosen if not flow[0])
    found = []
    for free, odd, mine, own in chosen:
        if free:
            found.append(EXEMPT)
        elif odd and mine + own >= CROWD:
            found.append(PROHIBITED)
        elif ordinary >= ASSESSMENT_FLOOR or sensitive >= SENSITIVE_FLOOR:
            found.append(ASSESSMENT)
        elif own >= 1 or (odd and ordinary >= ODD_FLOOR):
            found.append(CONTRACT)
        else:
            found.append(EXEMPT)
    return tuple(found)


def every(case: Case) -> set[tuple[Any, ...]]:
    before = itertools.product(_whole(case[0]), _whole(case[1]))
    tables = itertools.product(*[list(points(flow)) for flow in case[2]])
    return {outcomes(start, chosen) for start, chosen in itertools.product(before, tables)}


def overall(decision: Decision) -> set[tuple[Pathway, ...]]:
    return {outcome.options for outcome in decision.possible}


def heaviest(vectors: set[tuple[Any, ...]]) -> set[tuple[Pathway, ...]]:
    return {max(vector, key=WEIGHT.__getitem__) for vector in vectors}


@MODEST
@given(case=CASES)
def test_possible_is_the_union_over_the_numbers_that_add_up(packs: PackSet, case: Case) -> None:
    expected = every(case)
    if not expected:
        with pytest.raises(KouanError) as caught:
            decide(build(case), packs)
        assert caught.value.code == "K-LAW-008"
        return
    decision = decide(build(case), packs)
    assert overall(decision) == heaviest(expected)
    for place, flow in enumerate(decision.flows):
        assert {outcome.options for outcome in flow.possible} == {vector[place] for vector in expected}


@MODEST
@given(case=CASES, limit=st.sampled_from((1, 6)))
def test_a_search_cut_short_leaves_nothing_out(packs: PackSet, case: Case, limit: int) -> None:
    expected = every(case)
    if not expected:
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "LARGEST", 0)
        patch.setattr(completions, "LIMIT", limit)
        decision = decide(build(case), packs)
    assert heaviest(expected) <= overall(decision)
    for place, flow in enumerate(decision.flows):
        assert {vector[place] for vector in expected} <= {outcome.options for outcome in flow.possible}


Kinds = set[tuple[Pathway, ...]]


@pytest.mark.parametrize(
    ("odd", "persons", "ordinary", "sensitive", "expected"),
    [
        # The first counter decides nothing by itself, but what it leaves to the second.
        (False, (8, 9), (0, 9), (0, 9), {CONTRACT, ASSESSMENT}),
        # The whole decides nothing once the flow is not odd, but what it leaves to a part.
        (None, (3, 4), (3, 3), (0, 1), {EXEMPT, CONTRACT, PROHIBITED}),
    ],
)
def test_what_a_number_leaves_to_another_is_kept(
    packs: PackSet, *, odd: bool | None, persons: Span, ordinary: Span, sensitive: Span, expected: Kinds
) -> None:
    flow = {"flow.free": False, "flow.odd": odd, "flow.persons": persons, "flow.ordinary": ordinary}
    case: Case = ((0, 0), (0, 0), ({**flow, "flow.sensitive": sensitive},))
    assert heaviest(every(case)) == expected
    assert overall(decide(build(case), packs)) == expected


def test_two_flows_are_held_to_their_counters_together(packs: PackSet) -> None:
    """Ten persons in two flows: one of the counters (7 and 2 at most below their floors) must reach its floor."""
    flow = {
        "flow.free": False,
        "flow.odd": False,
        "flow.persons": (5, 5),
        "flow.ordinary": (0, 5),
        "flow.sensitive": (0, 5),
    }
    decision = decide(build(((0, 0), (0, 0), (flow, flow))), packs)
    assert overall(decision) == {ASSESSMENT}
    assert decision.questions == ()


def test_without_the_whole_the_parts_are_free(packs: PackSet) -> None:
    flow = {"flow.free": False, "flow.odd": False, "flow.ordinary": (0, 5), "flow.sensitive": (0, 5)}
    decision = decide(build(((0, 0), (0, 0), (flow, flow))), packs)
    assert overall(decision) == {EXEMPT, CONTRACT, ASSESSMENT}
