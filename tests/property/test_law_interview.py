"""Properties of the interview, whoever answers and whatever: it ends, and where it ends the decision already was."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.law import decide
from kouan.law.interview import answer, back, step
from kouan.law.telling import facts_of
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.interview import InterviewState, InterviewStep
from kouan.model.text import same
from kouan.model.vocabulary import FactScope, FactType
from tests.property.test_law_property import MODEST, PACKS, by_flow, cases, overall

if TYPE_CHECKING:
    from kouan.model.facts import FactValue
    from kouan.model.interview import InterviewQuestion
    from tests.property.test_law_property import Case

FEW = settings(MODEST, max_examples=20)
DAY = dt.date(2026, 11, 22)
EASY: dict[FactType, Any] = {FactType.BOOL: False, FactType.TEXT: "none", FactType.TEXTS: ("DE",)}


def truth_of(case: Case) -> dict[tuple[str, str | None], FactValue]:
    """One value for every fact of the vocabulary: those of the case, and for the rest the plainest."""
    common, parts = case
    found: dict[tuple[str, str | None], FactValue] = {}
    for name, fact in PACKS.facts.items():
        if fact.scope is FactScope.DERIVED:
            continue
        for place, row in [(None, common)] if fact.scope is FactScope.TRANSFER else list(enumerate(parts)):
            flow = None if place is None else f"f{place}"
            found[name, flow] = _one(row.get(name, EASY.get(fact.type, (0, 0))))
            if name == "flow.persons":
                found[name, flow] = sum(row[part][0] for part in fact.parts)
    return found


def _one(value: Any) -> FactValue:
    return value[0] if isinstance(value, tuple) and isinstance(value[0], int) else value


def told(truth: dict[tuple[str, str | None], FactValue], flows: int) -> FactSet:
    """The facts of somebody who knows everything."""

    def row(flow: str | None) -> tuple[Fact, ...]:
        return tuple(
            Fact(name=name, value=value, source=FactSource.DECLARED)
            for (name, owner), value in truth.items()
            if owner == flow
        )

    ids = [f"f{place}" for place in range(flows)]
    return FactSet(
        as_of=DAY, facts=row(None), flows=tuple(FlowFacts(id=one, label=same(one), facts=row(one)) for one in ids)
    )


def empty(flows: int) -> InterviewState:
    return InterviewState(
        as_of=DAY, flows=tuple(FlowFacts(id=f"f{place}", label=same(f"f{place}")) for place in range(flows))
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
    truth, flows = truth_of(case), len(case[1])
    steps = walk(empty(flows), lambda one: truth[one.fact, one.flow])
    end, whole = decide(facts_of(steps[-1].state, PACKS), PACKS), decide(told(truth, flows), PACKS)
    assert end.determined
    assert (overall(end), by_flow(end)) == (overall(whole), by_flow(whole))
    assert len(steps) - 1 <= len(truth)


@FEW
@given(cases(unknowns=0), st.data())
def test_a_question_is_asked_once_the_bounds_hold_and_the_truth_stays_possible(case: Case, data: st.DataObject) -> None:
    truth, flows = truth_of(case), len(case[1])

    def say(one: InterviewQuestion) -> FactValue:
        value = truth[one.fact, one.flow]
        how = data.draw(st.sampled_from(("exact", "exact", "choice", "unknown")))
        if how == "choice" and one.type is FactType.COUNT:
            return next(
                pick.value for pick in one.choices if isinstance(pick.value, Range) and _inside(value, pick.value)
            )
        return None if how == "unknown" else value

    steps = walk(empty(flows), say)
    asked = [(one.fact, one.flow) for one in steps[-1].state.answers]
    assert len(set(asked)) == len(asked)
    for number, one in enumerate(steps):
        left = len(steps) - 1 - number
        assert one.least <= left <= one.most
    assert overall(decide(told(truth, flows), PACKS)) <= {one.options for one in steps[-1].decision.possible}


def _inside(value: FactValue, span: Range) -> bool:
    assert isinstance(value, int)
    return span.lo <= value and (span.hi is None or value <= span.hi)


@FEW
@given(cases(flows=1, unknowns=4))
def test_no_question_is_asked_on_which_nothing_depends(case: Case) -> None:
    """Some completion of the other open facts exists in which two answers lead to different outcomes."""
    common, parts = case
    names = [name for name, value in common.items() if value is None]
    names += [name for name, value in parts[0].items() if value is None]
    state = _state(case)
    for one in step(state, PACKS).questions:
        if one.fact not in names:
            continue
        rest = [name for name in names if name != one.fact]
        differing = False
        for values in itertools.product((True, False), repeat=len(rest)):
            known = dict(zip(rest, values, strict=True))
            ends = [decide(_filled(case, {**known, one.fact: value}), PACKS) for value in (True, False)]
            differing = differing or by_flow(ends[0]) != by_flow(ends[1])
        assert differing, one.fact


def _state(case: Case) -> InterviewState:
    facts = _filled(case, {})
    return InterviewState(as_of=DAY, facts=facts.facts, flows=facts.flows)


def _filled(case: Case, known: dict[str, bool]) -> FactSet:
    common, parts = case
    rows = [
        tuple(
            Fact(name=name, value=_exact(known.get(name, value)), source=FactSource.DECLARED)
            for name, value in row.items()
        )
        for row in (common, parts[0])
    ]
    return FactSet(as_of=DAY, facts=rows[0], flows=(FlowFacts(id="f0", label=same("f0"), facts=rows[1]),))


def _exact(value: Any) -> FactValue:
    return Range(lo=value[0], hi=value[0]) if isinstance(value, tuple) else value


@pytest.mark.parametrize("number", [0, 1, 3])
def test_going_back_is_as_if_never_answered(number: int) -> None:
    state = empty(1)
    for _ in range(number):
        one = step(state, PACKS).questions[0]
        state = answer(state, one.fact, one.choices[-1].value, flow=one.flow)
    one = step(state, PACKS).questions[0]
    assert back(answer(state, one.fact, one.choices[-1].value, flow=one.flow)) == state
