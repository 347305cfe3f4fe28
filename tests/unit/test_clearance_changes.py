"""What treatment changed, in sentences, in both languages."""

from __future__ import annotations

import pytest

from kouan.clearance.changes import describe_changes, outcome_words, pathway_words
from kouan.dossier.terms import PATHWAY
from kouan.model.decision import Decision, Outcome, Pathway
from kouan.model.declaration import ReleaseMode
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.plan import Action, Plan, PlanLine
from kouan.model.text import Text, same
from tests.declarations import DAY

CONTRACT = (Pathway.STANDARD_CONTRACT, Pathway.CERTIFICATION)
STAFF = Text(zh="员工", en="employees")


def _flow(flow_id="employee", *, personal=True, **counts):
    facts = [Fact(name="flow.personal", value=personal, source=FactSource.OBSERVED)]
    facts += [
        Fact(name=f"flow.{kind}", value=Range(lo=span[0], hi=span[1]), source=FactSource.OBSERVED)
        for kind, span in counts.items()
    ]
    return FlowFacts(id=flow_id, label=STAFF if flow_id == "employee" else same(flow_id), facts=tuple(facts))


def _decision(*outcomes, flows=None):
    return Decision(
        as_of=DAY,
        packs=(),
        facts=FactSet(as_of=DAY, facts=(), flows=tuple(flows or [_flow()])),
        flows=(),
        possible=tuple(Outcome(options=options, reason=same("r")) for options in outcomes),
    )


def _plan(*actions):
    lines = tuple(PlanLine(item=f"a!a#{n}", action=action, why=same("w")) for n, action in enumerate(actions))
    return Plan(mode=ReleaseMode.CONTROLLED, key="pseudonym/2026", lines=lines)


def _texts(before, after, *actions):
    return [change.text for change in describe_changes(before, after, _plan(*actions))]


def test_every_pathway_has_words():
    assert set(PATHWAY) == set(Pathway)
    assert pathway_words(CONTRACT).zh == "订立标准合同并备案或者通过个人信息出境认证（个人信息保护认证）"
    assert pathway_words(CONTRACT).en == "standard contract with filing or certification"


def test_undetermined_outcomes_are_alternatives():
    words = outcome_words(_decision((Pathway.EXEMPT,), CONTRACT))
    assert words.zh.startswith("尚未确定（免予办理（豁免）")
    assert words.en == "undetermined (exempt / standard contract with filing or certification)"


def test_a_pathway_that_moves_and_one_that_stays():
    before, after = _decision((Pathway.SECURITY_ASSESSMENT,)), _decision((Pathway.EXEMPT,))
    assert _texts(before, after)[0].en == ("The pathway moves from “security assessment” to “exempt”.")
    assert _texts(before, before)[0].zh == "路径仍为“申报数据出境安全评估”。"


def test_another_reason_for_the_same_pathway_is_no_move():
    before = _decision((Pathway.EXEMPT,))
    after = before.model_copy(update={"possible": (Outcome(options=(Pathway.EXEMPT,), reason=same("another")),)})
    assert _texts(before, after)[0].en.startswith("The pathway stays")


def test_a_flow_that_no_longer_leaves_is_named():
    before = _decision((Pathway.EXEMPT,), flows=[_flow(), _flow("child")])
    texts = _texts(before, _decision((Pathway.EXEMPT,)))
    assert [text.en for text in texts[1:]] == ["Data of “child” no longer leave."]


def test_data_that_leave_without_their_persons_are_for_people_to_assess():
    before = _decision(CONTRACT, flows=[_flow("member")])
    texts = _texts(before, _decision((Pathway.NOT_REGULATED,), flows=[_flow("data", personal=False)]))
    assert texts[1].zh.startswith("“member”处理后未发现与可识别自然人有关的数据项；")
    assert not any("no longer leave" in text.en for text in texts)


def test_data_without_persons_left_are_said_once_and_without_counts():
    before = _decision((Pathway.EXEMPT,), flows=[_flow(persons=(5, 5))])
    after = _decision((Pathway.NOT_REGULATED,), flows=[_flow(personal=False, persons=(0, 0))])
    changes = describe_changes(before, after, _plan(Action.PSEUDONYM))
    assert [change.fact for change in changes] == [None, "flow.personal"]
    assert "“员工”" in changes[1].text.zh


def test_changed_counts_are_told_with_their_fact():
    before = _decision(CONTRACT, flows=[_flow(persons=(1_000, 1_200), sensitive_persons=(900, 900))])
    after = _decision(CONTRACT, flows=[_flow(persons=(1_000, None), sensitive_persons=(0, 0))])
    changes = {change.fact: change.text for change in describe_changes(before, after, _plan())}
    assert set(changes) == {None, "flow.persons", "flow.sensitive_persons"}
    assert changes["flow.persons"].en == "“employees”: persons from 1,000–1,200 to at least 1,000."
    assert changes["flow.sensitive_persons"].zh == "“员工”敏感个人信息涉及人数由 900 变为 0。"


@pytest.mark.parametrize(("personal", "said"), [(True, True), (None, True), (False, False)])
def test_pseudonyms_stay_personal_information_unless_nothing_personal_is_left(personal, said):
    after = _decision((Pathway.EXEMPT,), flows=[_flow(personal=personal)])
    texts = _texts(_decision((Pathway.EXEMPT,)), after, Action.DROP, Action.PSEUDONYM)
    assert any("PIPL Arts 4, 73" in text.en for text in texts) is said
    without = _texts(_decision((Pathway.EXEMPT,)), after, Action.DROP)
    assert not any("Pseudonymisation" in text.en for text in without)
