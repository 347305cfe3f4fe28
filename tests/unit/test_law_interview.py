"""One step of the interview: what it shows, what it refuses."""

from __future__ import annotations

import datetime as dt

import pytest

from kouan.law import decide
from kouan.law.interview import answer, step
from kouan.law.telling import facts_of
from kouan.model.decision import Pathway
from kouan.model.errors import KouanError
from kouan.model.facts import Fact, FactSource, FlowFacts, Range
from kouan.model.interview import Answer, InterviewState, InterviewStep
from kouan.model.text import same
from kouan.model.vocabulary import FactType
from kouan.packs import load_packs

PACKS = load_packs()
DAY = dt.date(2026, 11, 22)


def state(*answers: tuple[str, object], flows: tuple[FlowFacts, ...] | None = None, **more: object) -> InterviewState:
    given = tuple(Answer(fact=fact, value=value, flow="data" if fact.startswith("flow.") else None) for fact, value in answers)  # type: ignore[arg-type]  # fmt: skip
    return InterviewState(as_of=DAY, answers=given, **({"flows": flows} if flows else {}), **more)  # type: ignore[arg-type]


PLAIN = (
    ("data.important", False),
    ("flow.personal", True),
    ("exporter.ciio", False),
    ("transfer.emergency", False),
)


def question(found: InterviewStep, name: str):
    return next(one for one in found.questions if one.fact == name)


def test_the_first_step_asks_for_what_decides_most_and_says_who_asks():
    found = step(state(), PACKS)
    first = found.questions[0]
    assert (first.fact, first.flow, first.type) == ("data.important", None, FactType.BOOL)
    assert [pick.value for pick in first.choices] == [True, False, None]
    assert not first.free
    assert Pathway.EXEMPT in first.decides
    assert {one.source.instrument for one in first.asked_by} >= {"O16"}
    assert first.label.zh.endswith("？")
    assert not found.decision.determined
    assert 1 <= found.least <= len(found.questions) <= found.most


def test_a_question_of_a_flow_names_its_flow():
    flows = (FlowFacts(id="a", label=same("甲")), FlowFacts(id="b", label=same("乙")))
    found = step(state(flows=flows), PACKS)
    asked = [(one.flow, one.flow_label) for one in found.questions if one.fact == "flow.personal"]
    assert asked == [("a", same("甲")), ("b", same("乙"))]
    assert [one.flow for one in found.questions if one.fact == "exporter.ciio"] == [None]


def test_a_number_is_offered_in_ranges_between_which_the_law_tells_no_difference():
    given = (
        *PLAIN,
        ("flow.ordinary_persons", 0),
        ("year_before.ordinary_persons", 0),
        ("year_before.sensitive_persons", 400),
    )
    one = question(step(state(*given), PACKS), "flow.sensitive_persons")
    # 10,000 sensitive persons this year are the floor of the assessment: 400 have left already (order 16 Art 7(1)(2)).
    ends = [pick.value.hi for pick in one.choices if isinstance(pick.value, Range)]
    assert 9_599 in ends
    assert ends[-1] is None
    assert one.free
    assert any(asked.source.article.startswith("7") for asked in one.asked_by)


def test_the_end_is_an_exact_decision_and_nothing_more_to_ask():
    found = step(state(("data.important", True), ("data.hgr", False)), PACKS)
    assert found.decision.determined
    assert found.decision.possible[0].options == (Pathway.SECURITY_ASSESSMENT,)
    assert (found.questions, found.least, found.most) == ((), 0, 0)


def test_what_is_not_known_is_not_asked_again_and_decides_nothing():
    before, after = step(state(), PACKS), step(state(("data.important", None)), PACKS)
    assert "data.important" not in {one.fact for one in after.questions}
    assert after.decision.possible == before.decision.possible


def test_answers_become_declared_facts_beside_those_known_before():
    known = Fact(name="exporter.ciio", value=False, source=FactSource.OBSERVED, evidence="x")
    count = Fact(name="flow.sensitive_persons", value=Range(lo=10, hi=None), source=FactSource.OBSERVED)
    flows = (FlowFacts(id="data", label=same("d"), facts=(count,)),)
    given = state(
        ("data.important", False), ("flow.sensitive_persons", Range(lo=0, hi=500)), flows=flows, facts=(known,)
    )
    facts = facts_of(given, PACKS)
    assert facts.facts[0] == known
    assert (facts.facts[1].value, facts.facts[1].source) == (False, FactSource.DECLARED)
    assert facts.flows[0].facts[0].value == Range(lo=10, hi=500)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([Answer(fact="data.important", flow="nobody", value=True)], "K-LAW-020"),
        ([Answer(fact="data.important", value=True), Answer(fact="data.important", value=None)], "K-LAW-021"),
        ([Answer(fact="exporter.ciio", value=True)], "K-LAW-022"),
        ([Answer(fact="flow.sensitive_persons", flow="data", value=3)], "K-LAW-022"),
        ([Answer(fact="data.unimportant", value=True)], "K-LAW-002"),
        ([Answer(fact="data.important", value=3)], "K-LAW-003"),
        ([Answer(fact="flow.personal", value=True)], "K-LAW-005"),
        ([Answer(fact="year.all_persons", value=3)], "K-LAW-005"),
    ],
)
def test_answers_that_fit_nothing_are_refused(answers, code):
    known = Fact(name="exporter.ciio", value=False, source=FactSource.DECLARED)
    count = Fact(name="flow.sensitive_persons", value=Range(lo=10, hi=20), source=FactSource.OBSERVED)
    flows = (FlowFacts(id="data", label=same("d"), facts=(count,)),)
    given = InterviewState(as_of=DAY, facts=(known,), flows=flows, answers=tuple(answers))
    with pytest.raises(KouanError) as caught:
        step(given, PACKS)
    assert caught.value.code == code


def test_an_adopted_reading_holds_for_the_whole_interview():
    hr = [
        *PLAIN,
        ("hr.cross_border_management", True),
        ("hr.labour_rules", True),
        ("hr.necessary", True),
        ("flow.employee", True),
    ]
    known = {
        "data.hgr": False,
        "list.in_zone": False,
        "transfer.collected_abroad": False,
        "transfer.contract_party": False,
    }
    given = state(*hr, *known.items(), ("hr.collective_contract", False), adopted={"a3": "either"})
    found = step(given, PACKS)
    assert found.decision.possible[0].options == (Pathway.EXEMPT,)
    assert [one.adopted for one in found.decision.open_points] == [True]


def test_a_state_survives_json():
    given = answer(state(*PLAIN), "flow.sensitive_persons", Range(lo=1, hi=9), flow="data")
    assert InterviewState.model_validate_json(given.model_dump_json()) == given
    found = step(given, PACKS)
    assert InterviewStep.model_validate_json(found.model_dump_json()) == found
    assert decide(facts_of(given, PACKS), PACKS).possible == found.decision.possible
