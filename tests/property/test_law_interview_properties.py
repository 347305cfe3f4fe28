"""Properties of the interview, whoever answers and whatever: it ends, and where it ends the decision already was."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kouan.law import decide
from kouan.law.interview import answer, back, step
from kouan.law.scoping import edition_on, lists_for
from kouan.law.telling import facts_of
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.interview import InterviewState, InterviewStep
from kouan.model.text import same
from kouan.model.vocabulary import FactScope, FactType
from tests.lawcases import DAYS, PACKS, Case, cases

if TYPE_CHECKING:
    from kouan.model.decision import Decision, Pathway
    from kouan.model.facts import FactValue
    from kouan.model.interview import InterviewQuestion

FEW = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
EASY: dict[FactType, Any] = {FactType.BOOL: False, FactType.TEXT: "none", FactType.TEXTS: ("DE",)}


def overall(decision: Decision) -> set[tuple[Pathway, ...]]:
    return {outcome.options for outcome in decision.possible}


def by_flow(decision: Decision) -> list[set[tuple[Pathway, ...]]]:
    return [{outcome.options for outcome in flow.possible} for flow in decision.flows]


def truth_of(case: Case) -> dict[tuple[str, str | None], FactValue]:
    """One value for every fact that can be told: those of the case, and for the rest the plainest."""
    found: dict[tuple[str, str | None], FactValue] = {}
    for name, fact in PACKS.facts.items():
        if fact.scope not in {FactScope.TRANSFER, FactScope.FLOW}:
            continue
        for place, row in [(None, case.common)] if fact.scope is FactScope.TRANSFER else list(enumerate(case.flows)):
            flow = None if place is None else f"f{place}"
            found[name, flow] = _one(row.get(name, EASY.get(fact.type, (0, 0))))
            if fact.parts:
                found[name, flow] = sum(row[part][0] for part in fact.parts)
    return found


def _one(value: Any) -> FactValue:
    return value[0] if isinstance(value, tuple) and isinstance(value[0], int) else value


def told(case: Case) -> FactSet:
    """The facts of somebody who knows everything, attestations apart: an interview asks for none."""
    truth = truth_of(case)

    def row(flow: str | None) -> tuple[Fact, ...]:
        return tuple(
            Fact(name=name, value=value, source=FactSource.DECLARED)
            for (name, owner), value in truth.items()
            if owner == flow
        )

    ids = [f"f{place}" for place in range(len(case.flows))]
    return FactSet(
        as_of=case.day, facts=row(None), flows=tuple(FlowFacts(id=one, label=same(one), facts=row(one)) for one in ids)
    )


def empty(case: Case) -> InterviewState:
    """Nothing is known but the claims: nobody is asked for them, they are made."""
    truth = truth_of(case)

    def claims(flow: str | None) -> tuple[Fact, ...]:
        return tuple(
            Fact(name=name, value=value, source=FactSource.DECLARED)
            for (name, owner), value in truth.items()
            if owner == flow and PACKS.facts[name].claim
        )

    ids = [f"f{place}" for place in range(len(case.flows))]
    return InterviewState(
        as_of=case.day,
        adopted=case.adopted,
        facts=claims(None),
        flows=tuple(FlowFacts(id=one, label=same(one), facts=claims(one)) for one in ids),
    )


def walk(state: InterviewState, say: Any) -> list[InterviewStep]:
    """Answer the first question until none is left; returns every step."""
    steps = [step(state, PACKS)]
    while steps[-1].questions:
        one = steps[-1].questions[0]
        state = answer(state, one.fact, say(one), flow=one.flow)
        steps.append(step(state, PACKS))
        assert len(steps) < 200
    return steps


@FEW
@given(cases(unknowns=0))
def test_the_end_is_the_decision_on_all_the_facts(case: Case) -> None:
    truth = truth_of(case)
    steps = walk(empty(case), lambda one: truth[one.fact, one.flow])
    end, whole = _decided(facts_of(steps[-1].state, PACKS), case), _decided(told(case), case)
    assert end.determined
    assert (overall(end), by_flow(end)) == (overall(whole), by_flow(whole))
    assert len(steps) - 1 <= len(truth)


@FEW
@given(cases(unknowns=0), st.data())
def test_a_question_is_asked_once_the_bounds_hold_and_the_truth_stays_possible(case: Case, data: st.DataObject) -> None:
    truth = truth_of(case)

    def say(one: InterviewQuestion) -> FactValue:
        value = truth[one.fact, one.flow]
        how = data.draw(st.sampled_from(("exact", "exact", "choice", "unknown")))
        if how == "choice" and one.type is FactType.COUNT:
            return next(
                pick.value for pick in one.choices if isinstance(pick.value, Range) and _inside(value, pick.value)
            )
        return None if how == "unknown" else value

    steps = walk(empty(case), say)
    asked = [(one.fact, one.flow) for one in steps[-1].state.answers]
    assert len(set(asked)) == len(asked)
    for number, one in enumerate(steps):
        left = len(steps) - 1 - number
        assert one.least <= left <= one.most
    if _list_in_law(steps[-1].state, truth):
        assert overall(_decided(told(case), case)) <= {one.options for one in steps[-1].decision.possible}


def _list_in_law(state: InterviewState, truth: dict[tuple[str, str | None], FactValue]) -> bool:
    """Whether the list that is truly used was in the law: one of another place counts only where it is named."""
    one = edition_on(str(truth["list.used", None]), PACKS, state.as_of)
    return one is None or one.id in lists_for(facts_of(state, PACKS), PACKS)


def _inside(value: FactValue, span: Range) -> bool:
    assert isinstance(value, int)
    return span.lo <= value and (span.hi is None or value <= span.hi)


@FEW
@given(cases(flows=1, unknowns=4))
def test_no_question_is_asked_on_which_nothing_depends(case: Case) -> None:
    """Some completion of the other open facts exists in which two answers lead to different outcomes."""
    names = [name for row in (case.common, case.flows[0]) for name, value in row.items() if value is None]
    state = _state(case)
    for one in step(state, PACKS).questions:
        if one.fact not in names:
            continue
        rest = [name for name in names if name != one.fact]
        differing = False
        for values in itertools.product((True, False), repeat=len(rest)):
            known = dict(zip(rest, values, strict=True))
            ends = [_decided(_filled(case, {**known, one.fact: value}), case) for value in (True, False)]
            differing = differing or by_flow(ends[0]) != by_flow(ends[1])
        assert differing, one.fact


def _decided(facts: FactSet, case: Case) -> Decision:
    return decide(facts, PACKS, adopted=case.adopted)


def _state(case: Case) -> InterviewState:
    facts = case.facts()
    return InterviewState(as_of=case.day, facts=facts.facts, flows=facts.flows, adopted=case.adopted)


def _filled(case: Case, known: dict[str, bool]) -> FactSet:
    """The case with values for what is open; without attestations, which an interview does not know."""

    def filled(row: dict[str, Any]) -> dict[str, Any]:
        return {name: known.get(name, value) for name, value in row.items()}

    facts = replace(case, common=filled(case.common), flows=tuple(map(filled, case.flows))).facts()
    return facts.model_copy(update={"attestations": (), "attestations_complete": False})


@pytest.mark.parametrize("number", [0, 1, 3])
def test_going_back_is_as_if_never_answered(number: int) -> None:
    state = InterviewState(as_of=DAYS[-1])
    for _ in range(number):
        one = step(state, PACKS).questions[0]
        state = answer(state, one.fact, one.choices[-1].value, flow=one.flow)
    one = step(state, PACKS).questions[0]
    assert back(answer(state, one.fact, one.choices[-1].value, flow=one.flow)) == state
