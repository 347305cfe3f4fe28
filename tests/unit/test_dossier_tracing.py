from __future__ import annotations

import pytest

from kouan.dossier.tracing import asked, deciders, stated, traces, turned
from kouan.model.decision import Pathway, SetAside, TraceNode, Truth
from tests.documents import hr_case
from tests.documents_parts import FALSE, TRUE, UNKNOWN, atom, every, one_of, text


def a(name: str, truth: Truth) -> TraceNode:
    return atom(name, truth, text(name, name))


def no(child: TraceNode, truth: Truth) -> TraceNode:
    return TraceNode(op="not", truth=truth, text=text("非", "not"), children=(child,))


@pytest.mark.parametrize(
    ("node", "names"),
    [
        (a("x", TRUE), ["x"]),
        (every(FALSE, a("x", TRUE), a("y", FALSE)), ["y"]),
        (every(TRUE, a("x", TRUE), a("y", TRUE)), ["x", "y"]),
        (every(UNKNOWN, a("x", TRUE), a("y", UNKNOWN)), ["y"]),
        (one_of(TRUE, a("x", FALSE), a("y", TRUE)), ["y"]),
        (one_of(FALSE, a("x", FALSE), a("y", FALSE)), ["x", "y"]),
        (no(a("x", FALSE), TRUE), ["x"]),
        (every(TRUE, no(one_of(FALSE, a("x", FALSE), a("y", FALSE)), TRUE), a("z", TRUE)), ["x", "y", "z"]),
        (every(FALSE, a("x", FALSE), one_of(FALSE, a("x", FALSE))), ["x"]),
    ],
)
def test_deciders(node, names):
    assert [one.fact for one in deciders(node)] == names


def test_governing_decision_comes_first_and_rules_that_hold_lead():
    found = traces(hr_case().decisions)
    assert [one.key for one in found] == ["treated", "as_is"]
    child = found[1].flows[1]
    assert [rule.rule.truth for rule in child.rules] == [TRUE, FALSE, FALSE]


def test_a_rule_that_holds_but_gives_way_is_set_aside_and_stands_after_those_that_govern():
    case = hr_case()
    pair = case.decisions.model_copy(update={"treated": None})
    child = pair.original.flows[1]
    light = child.trace[0].model_copy(update={"truth": TRUE, "requires": (Pathway.EXEMPT,)})
    heavy = child.trace[0].model_copy(update={"truth": TRUE, "requires": child.options})
    flow = child.model_copy(update={"trace": (light, heavy)})
    original = pair.original.model_copy(update={"flows": (flow,)})
    rules = traces(pair.model_copy(update={"original": original}))[0].flows[0].rules
    assert [(rule.rule.requires, rule.outweighed) for rule in rules] == [
        (child.options, False),
        ((Pathway.EXEMPT,), True),
    ]


def test_a_rule_that_does_not_hold_is_not_set_aside():
    rules = [rule for one in traces(hr_case().decisions) for flow in one.flows for rule in flow.rules]
    assert any(rule.rule.truth is FALSE for rule in rules)
    assert not any(rule.outweighed for rule in rules if rule.rule.truth is not TRUE)


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("并非：包含重要数据", "不包含重要数据"),
        ("并非：属于持续、多次的数据出境", "不属于持续、多次的数据出境"),
        ("并非：有依法制定的劳动规章制度", "没有依法制定的劳动规章制度"),
        ("并非：数据处理者是关键信息基础设施运营者", "数据处理者不是关键信息基础设施运营者"),
        ("并非：处理过程中引入了境内个人信息", "并非：处理过程中引入了境内个人信息"),
        ("并非：数据中包含个人信息", "数据中不包含个人信息"),
        ("包含重要数据", "包含重要数据"),
    ],
)
def test_a_simple_denial_is_said_plainly(words, plain):
    assert stated(text(words, "x")) == text(plain, "x")


@pytest.mark.parametrize(("expected", "zh"), [("true", "是"), ("false", "否"), ("≥ 10000", "≥ 10000")])
def test_what_a_rule_asks_in_words(expected, zh):
    assert asked(expected).zh == zh


def test_no_decision_no_trace():
    assert traces(None) == ()


def _with(**changes):
    """The first decision of the HR case alone, its flow of children changed."""
    pair = hr_case().decisions.model_copy(update={"treated": None})
    flow = pair.original.flows[1].model_copy(update=changes)
    original = pair.original.model_copy(update={"flows": (flow,)})
    return traces(pair.model_copy(update={"original": original}))[0].flows[0]


def test_a_rule_that_yields_says_to_what_and_why():
    flow = hr_case().decisions.original.flows[1]
    first, second = flow.trace[:2]
    aside = SetAside(
        rule=first.rule, label=first.label, source=first.source,
        by_rule=second.rule, by_label=second.label, by_source=second.source, ground="speciality",
    )  # fmt: skip
    rule = next(one for one in _with(set_aside=(aside,)).rules if one.rule.rule == first.rule)
    assert (rule.aside, rule.governs, rule.interest) == (aside, False, True)


def test_rules_that_fail_by_far_are_folded_and_the_nearest_lead():
    rule = hr_case().decisions.original.flows[1].trace[0]

    def failing(name, *nodes):
        return rule.model_copy(update={"rule": name, "truth": FALSE, "node": every(FALSE, *nodes)})

    far = failing("far", a("x", FALSE), a("y", FALSE))
    near = failing("near", a("x", TRUE), a("y", FALSE))
    flow = _with(trace=(far, near))
    assert [one.rule.rule for one in flow.shown] == ["near"]
    assert [one.rule.rule for one in flow.folded] == ["far"]
    assert [one.fact for one in flow.shown[0].missing] == ["y"]


@pytest.mark.parametrize(
    ("truth", "words", "turned_words"),
    [
        (FALSE, "包含重要数据", "包含重要数据"),
        (TRUE, "包含重要数据", "不包含重要数据"),
        (TRUE, "并非：包含重要数据", "包含重要数据"),
    ],
)
def test_an_atom_the_other_way_round(truth, words, turned_words):
    assert turned(atom("x", truth, text(words, "x"))).zh == turned_words
