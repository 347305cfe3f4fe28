"""Properties of the decision that hold for any facts, day and reading; a decision without open facts is the oracle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kouan.law import completions, decide, decide_portfolio, solving
from kouan.model.decision import Decision, Pathway
from kouan.model.vocabulary import FactScope, FactType
from kouan.packs import load_packs
from tests.lawcases import ADDED, ATTESTED, COMMON, DAYS, FLOW, PACKS, Case, cases, completions_of, counts, meeting

if TYPE_CHECKING:
    from kouan.model.provision import Rule

AGAIN = load_packs()
MODEST = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
FLAGS = tuple(fact.name for fact in COMMON if fact.type is FactType.BOOL)
ASKED_FOR = {one.asks for one in PACKS.conditions}
"""Facts that conditions ask for, whatever the outcome."""
Kinds = set[tuple[Pathway, ...]]


def decided(case: Case) -> Decision:
    return decide(case.facts(), PACKS, adopted=case.adopted)


def overall(decision: Decision) -> Kinds:
    return {outcome.options for outcome in decision.possible}


def by_flow(decision: Decision) -> list[Kinds]:
    return [{outcome.options for outcome in flow.possible} for flow in decision.flows]


def weights(decision: Decision) -> tuple[int, int]:
    return decision.possible[0].weight, decision.possible[-1].weight


def _in_flow(rule: Rule) -> bool:
    """Whether a flow's own facts can bring a rule about."""
    facts = [PACKS.facts[name] for name in meeting(rule.when, lambda parts: parts[0])]  # type: ignore[arg-type]
    return all(fact.scope in {FactScope.FLOW, FactScope.TRANSFER} for fact in facts)


EXCLUDING = [rule for rule in PACKS.rules if not rule.counts and rule.status == "in_force" and _in_flow(rule)]


@settings(MODEST, max_examples=25)
@given(cases(unknowns=2))
def test_possible_is_the_union_over_all_completions(case: Case) -> None:
    # Ranges are single numbers here but for two of a flow: every combination of all of them would take too long.
    points = {name: (value[0], value[0]) for name, value in case.common.items() if _is_range(name, value)}
    case = case.with_common(**points)
    for place in range(1, len(case.flows)):
        row = {name: (value[0], value[0]) for name, value in case.flows[place].items() if _is_range(name, value)}
        case = case.with_flow(place, **row)
    decision = decided(case)
    united: Kinds = set()
    flows: list[Kinds] = [set() for _ in case.flows]
    for complete in completions_of(case):
        single = decided(complete)
        assert single.determined
        united |= overall(single)
        flows = [found | more for found, more in zip(flows, by_flow(single), strict=True)]
    assert overall(decision) == united
    assert by_flow(decision) == flows


def _is_range(name: str, value: Any) -> bool:
    return PACKS.facts[name].type is FactType.COUNT and value is not None


@MODEST
@given(cases(), st.data())
def test_not_knowing_a_fact_never_takes_an_outcome_away(case: Case, data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from((*COMMON, *FLOW)))
    less = case.with_common(**{fact.name: None}) if fact in COMMON else case.with_flow(0, **{fact.name: None})
    known, unknown = decided(case), decided(less)
    assert overall(known) <= overall(unknown)
    assert all(one <= other for one, other in zip(by_flow(known), by_flow(unknown), strict=True))
    assert weights(unknown)[1] >= weights(known)[1]


@MODEST
@given(cases())
def test_a_list_of_attestations_that_may_go_on_takes_no_outcome_away(case: Case) -> None:
    facts = case.facts()
    known = decide(facts, PACKS, adopted=case.adopted)
    unknown = decide(facts.model_copy(update={"attestations_complete": False}), PACKS, adopted=case.adopted)
    assert overall(known) <= overall(unknown)
    assert ATTESTED


@MODEST
@given(cases(), st.data())
def test_a_range_holds_the_outcome_of_each_of_its_numbers(case: Case, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(ADDED))
    lo, hi = sorted(data.draw(st.tuples(counts(), counts()).map(lambda pair: (pair[0][0], pair[1][1]))))
    within = data.draw(st.integers(lo, hi))
    wide = case.with_flow(0, **{name: (lo, hi)})
    assert overall(decided(case.with_flow(0, **{name: (within, within)}))) <= overall(decided(wide))


@MODEST
@given(cases(), st.sampled_from(ADDED), st.integers(0, 2_000_000))
def test_more_persons_are_never_lighter(case: Case, name: str, more: int) -> None:
    lo, hi = case.flows[0][name]
    before, after = weights(decided(case)), weights(decided(case.with_flow(0, **{name: (lo + more, hi + more)})))
    assert after[0] >= before[0]
    assert after[1] >= before[1]


@MODEST
@given(cases(flows=1), st.sampled_from(EXCLUDING), st.data())
def test_an_exempt_flow_changes_nothing_for_another(case: Case, rule: Rule, data: st.DataObject) -> None:
    exempt = {name: data.draw(counts()) for name in ADDED}
    exempt.update(meeting(rule.when, lambda parts: data.draw(st.sampled_from(parts))))  # type: ignore[arg-type]
    beside = decided(replace(case, flows=(*case.flows, exempt)))
    assume(beside.flows[1].counted is False)
    alone = decided(case).flows[0]
    assert (alone.possible, alone.counted) == (beside.flows[0].possible, beside.flows[0].counted)
    # A list that the exempt flow uses brings its rules into the law; none of them holds for a flow that uses another.
    truths = {one.rule: one.truth for one in beside.flows[0].trace}
    assert all(truths[one.rule] is one.truth for one in alone.trace)
    apart = decide_portfolio([case.facts(), replace(case, flows=(exempt,)).facts()], PACKS, adopted=[case.adopted] * 2)
    assert apart[0] == decided(case)


@settings(MODEST, max_examples=40)
@given(cases(), cases(), cases())
def test_another_transfer_beside_is_never_lighter(one: Case, two: Case, three: Case) -> None:
    several = [replace(case, day=one.day, adopted=one.adopted).facts() for case in (one, two, three)]
    alone = decide(several[0], PACKS, adopted=one.adopted)
    pair = decide_portfolio(several[:2], PACKS, adopted=[one.adopted] * 2)
    all_ = decide_portfolio(several, PACKS, adopted=[one.adopted] * 3)
    turned = decide_portfolio(several[::-1], PACKS, adopted=[one.adopted] * 3)
    assert turned[::-1] == all_
    for lighter, heavier in ((alone, pair[0]), (pair[0], all_[0]), (pair[1], all_[1])):
        assert weights(heavier)[0] >= weights(lighter)[0]
        assert weights(heavier)[1] >= weights(lighter)[1]


@MODEST
@given(cases(unknowns=6))
def test_only_facts_that_matter_are_asked_and_all_of_them(case: Case) -> None:
    decision = decided(case)
    asked = {one.fact for one in decision.questions if one.decides or one.fact not in ASKED_FOR}
    for name in FLAGS:
        if case.common[name] is not None:
            assert name not in asked
            continue
        if name not in asked:
            answers = [decided(case.with_common(**{name: value})) for value in (True, False)]
            assert all(by_flow(answer) == by_flow(decision) for answer in answers)
    assert bool(asked) == any(not flow.determined for flow in decision.flows)


@MODEST
@given(cases(unknowns=6))
def test_replay_gives_an_equal_decision(case: Case) -> None:
    decision = decided(case)
    text = decision.model_dump_json()
    read = Decision.model_validate_json(text)
    assert read == decision
    again = decide(read.facts, AGAIN, adopted=read.adopted)
    assert again == decision
    assert again.model_dump_json() == text


@MODEST
@given(case=cases(unknowns=6), limit=st.sampled_from((1, 12, 4_000)))
def test_a_search_finds_the_same_and_cut_short_leaves_no_outcome_out(case: Case, limit: int) -> None:
    exact = decided(case)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(solving, "LARGEST", 0)
        patch.setattr(completions, "LIMIT", limit)
        bounded = decided(case)
    assert overall(exact) <= overall(bounded)
    assert all(one <= other for one, other in zip(by_flow(exact), by_flow(bounded), strict=True))
    assert bool(bounded.questions) == bool(exact.questions) or limit < 4_000
    if limit == 4_000:
        assert by_flow(exact) == by_flow(bounded)


def test_the_cases_are_of_every_regime_and_every_fact() -> None:
    assert len(DAYS) > 1
    assert {fact.name for fact in (*COMMON, *FLOW)} > {"exporter.ciio", "flow.personal", *ADDED}
    assert EXCLUDING
