"""The engine on packs of its own: precedence, weights, dates, words, errors, reasons."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from kouan.law import decide
from kouan.model.decision import Decision, Pathway, Truth
from kouan.model.errors import KouanError
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.text import Text
from kouan.packs import PackSet, load_packs

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
id: test.pack
version: 1.0.0
title: {zh: 测试, en: test}
instruments:
  T: {title: {zh: 测试规定, en: test rules}, rank: rule, in_force: 2020-01-01}
"""
DAY = dt.date(2026, 11, 22)


def words(**facts: str) -> str:
    lines = ["facts:"]
    for name, rest in facts.items():
        kind, scope = rest.split()
        lines += [
            f"  - name: x.{name}",
            f"    type: {kind}",
            f"    scope: {scope}",
            f"    label: {{zh: 事实{name}, en: fact {name}}}",
            "    help: {zh: 问, en: ask}",
        ]
    return "\n".join(lines) + "\n"


def rule(name: str, when: str, pathway: str, *, more: str = "", article: str = '"1"') -> str:
    key = "gives" if pathway in {"exempt", "not_regulated"} else "requires"
    lines = [
        f"  - id: {name}",
        f"    article: {article}",
        f"    label: {{zh: 规则{name}, en: rule {name}}}",
        f"    when: {when}",
        f"    {key}: {pathway}",
        f"    reason: {{zh: 理由{name}, en: reason {name}}}",
        "    source: {instrument: T, confidence: H}",
        *([] if "in_force" in more else ["    in_force: {from: 2020-01-01}"]),
        *([f"    {more}"] if more else []),
    ]
    return "\n".join(lines) + "\n"


def packs(root: Path, vocabulary: str, *rules: str) -> PackSet:
    root.mkdir(exist_ok=True)
    (root / "pack.yaml").write_text(HEAD, encoding="utf-8")
    (root / "vocabulary.yaml").write_text(vocabulary, encoding="utf-8")
    (root / "rules.yaml").write_text("rules:\n" + "".join(rules), encoding="utf-8")
    return load_packs(root)


def facts(common: dict[str, Any], *flows: dict[str, Any], day: dt.date = DAY) -> FactSet:
    return FactSet(
        as_of=day,
        facts=_row(common),
        flows=tuple(
            FlowFacts(id=f"f{place}", label=Text(zh=f"流{place}", en=f"flow {place}"), facts=_row(flow))
            for place, flow in enumerate(flows or ({},))
        ),
    )


def _row(values: dict[str, Any]) -> tuple[Fact, ...]:
    return tuple(Fact(name=name, value=value, source=FactSource.DECLARED) for name, value in values.items())


def options(decision: Decision) -> list[list[str]]:
    return [[path.value for path in outcome.options] for outcome in decision.possible]


def refused(given: FactSet, law: PackSet) -> KouanError:
    with pytest.raises(KouanError) as caught:
        decide(given, law)
    return caught.value


FLAGS = words(a="bool transfer", b="bool transfer", c="bool transfer")
REST = rule("rest", "{fact: x.a, is: false}", "not_regulated")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "packs"


def test_the_heaviest_rule_decides(root: Path) -> None:
    law = packs(
        root,
        FLAGS,
        rule("light", "{fact: x.a, is: true}", "exempt"),
        rule("heavy", "{fact: x.b, is: true}", "security_assessment"),
        REST,
    )
    assert options(decide(facts({"x.a": True, "x.b": True}), law)) == [["security_assessment"]]
    assert options(decide(facts({"x.a": True, "x.b": False}), law)) == [["exempt"]]
    assert options(decide(facts({"x.a": True}), law)) == [["exempt"], ["security_assessment"]]


def test_a_rule_yields_where_another_prevails(root: Path) -> None:
    law = packs(
        root,
        FLAGS,
        rule("light", "{fact: x.a, is: true}", "exempt"),
        rule("heavy", "{fact: x.b, is: true}", "security_assessment", more="yields_to: [{to: light, by: provision}]"),
        REST,
    )
    assert options(decide(facts({"x.a": True, "x.b": True}), law)) == [["exempt"]]
    decision = decide(facts({"x.b": True}), law)
    assert options(decision) == [["exempt"], ["security_assessment"]]
    assert [outcome.reason for outcome in decision.possible] == [
        Text(
            zh="尚未说明是否属于“事实a”：若是，免予申报、订立合同和认证（第一条）。",
            en="It is open whether fact a; if so, the flow is exempt (Art 1).",
        ),
        Text(
            zh="尚未说明是否属于“事实a”：若否，因属“规则heavy”，应申报数据出境安全评估（第一条）。",
            en="It is open whether fact a; if not, this is “rule heavy” and a security assessment must be declared (Art 1).",
        ),
    ]


def test_prohibition_outweighs_everything(root: Path) -> None:
    law = packs(
        root,
        FLAGS,
        rule("heavy", "{fact: x.a, is: true}", "security_assessment"),
        rule("never", "{fact: x.b, is: true}", "prohibited"),
        REST,
    )
    assert options(decide(facts({"x.a": True, "x.b": True}), law)) == [["prohibited"]]
    assert options(decide(facts({"x.a": True}), law)) == [["security_assessment"], ["prohibited"]]


@pytest.mark.parametrize(
    ("given", "truth"),
    [
        ((True, True, None), Truth.TRUE),
        ((True, None, None), Truth.UNKNOWN),
        ((False, None, False), Truth.FALSE),
        ((False, None, True), Truth.UNKNOWN),
        ((False, False, True), Truth.FALSE),
    ],
)
def test_at_least_counts_what_holds(root: Path, given: tuple[bool | None, ...], truth: Truth) -> None:
    when = "{at_least: 2, of: [{fact: x.a, is: true}, {fact: x.b, is: true}, {fact: x.c, is: true}]}"
    law = packs(
        root, FLAGS, rule("two", when, "security_assessment"), rule("else", f"{{not: {when}}}", "not_regulated")
    )
    decision = decide(facts(dict(zip(("x.a", "x.b", "x.c"), given, strict=True))), law)
    assert decision.flows[0].trace[0].truth is truth
    expected = {
        Truth.TRUE: [["security_assessment"]],
        Truth.FALSE: [["not_regulated"]],
        Truth.UNKNOWN: [["not_regulated"], ["security_assessment"]],
    }
    assert options(decision) == expected[truth]


def test_opposite_tests_of_one_open_fact_are_seen_together(root: Path) -> None:
    """Kleene logic alone calls “a or not a” unknown; over every completion it holds."""
    when = "{any: [{fact: x.a, is: true}, {fact: x.a, is: false}]}"
    law = packs(root, FLAGS, rule("always", when, "exempt"))
    decision = decide(facts({}), law)
    assert decision.flows[0].trace[0].truth is Truth.UNKNOWN
    assert options(decision) == [["exempt"]]
    assert decision.questions == ()


WORDY = words(zone="text transfer", countries="texts transfer")


def test_words_are_compared(root: Path) -> None:
    law = packs(
        root,
        WORDY,
        rule("in", "{fact: x.zone, in: [east, west]}", "exempt"),
        rule("out", "{not: {fact: x.zone, in: [east, west]}}", "certification"),
        rule("bad", "{all: [{fact: x.countries, in: [XA, XB]}, {fact: x.zone, is: east}]}", "prohibited"),
    )
    assert options(decide(facts({"x.zone": "west", "x.countries": ("XA",)}), law)) == [["exempt"]]
    assert options(decide(facts({"x.zone": "east", "x.countries": ("DE", "XB")}), law)) == [["prohibited"]]
    assert options(decide(facts({"x.zone": "east", "x.countries": ("DE",)}), law)) == [["exempt"]]
    assert options(decide(facts({"x.zone": "north", "x.countries": ("XA",)}), law)) == [["certification"]]
    decision = decide(facts({}), law)
    assert options(decision) == [["exempt"], ["certification"], ["prohibited"]]
    assert [question.fact for question in decision.questions] == ["x.zone", "x.countries"]


def test_two_sets_of_words_of_one_open_fact(root: Path) -> None:
    law = packs(
        root,
        WORDY,
        rule("one", "{fact: x.countries, in: [XA]}", "security_assessment"),
        rule("two", "{not: {fact: x.countries, in: [XA]}}", "exempt"),
        rule("three", "{fact: x.countries, in: [XB, XC]}", "prohibited"),
    )
    assert options(decide(facts({}), law)) == [["exempt"], ["security_assessment"], ["prohibited"]]


def test_flows_of_equal_weight_share_what_suits_both(root: Path) -> None:
    law = packs(
        root,
        words(a="bool flow"),
        rule("either", "{fact: x.a, is: true}", "[standard_contract, certification]"),
        rule("only", "{fact: x.a, is: false}", "certification"),
    )
    decision = decide(facts({}, {"x.a": True}, {"x.a": False}), law)
    assert options(decision) == [["certification"]]
    assert decision.options == (Pathway.CERTIFICATION,)
    assert decision.possible[0].reason.zh == "就流0、流1而言，理由either（《测试规定》第一条）。"


def test_of_two_required_pathways_the_narrower_stays(root: Path) -> None:
    law = packs(
        root,
        FLAGS,
        rule("either", "{any: [{fact: x.a, is: true}, {fact: x.a, is: false}]}", "[standard_contract, certification]"),
        rule("only", "{fact: x.b, is: true}", "certification"),
    )
    assert options(decide(facts({"x.a": True, "x.b": True}), law)) == [["certification"]]
    assert options(decide(facts({"x.a": True}), law)) == [["standard_contract", "certification"], ["certification"]]


def test_only_what_is_in_force_applies(root: Path) -> None:
    law = packs(
        root,
        FLAGS,
        rule(
            "old", "{fact: x.a, is: true}", "security_assessment", more="in_force: {from: 2020-01-01, to: 2023-12-31}"
        ),
        rule("new", "{fact: x.a, is: true}", "exempt", more="in_force: {from: 2024-01-01}"),
        rule("draft", "{fact: x.a, is: true}", "prohibited", more="status: draft"),
        rule("proposal", "{fact: x.a, is: true}", "prohibited", more="status: proposal"),
    )
    assert options(decide(facts({"x.a": True}, day=dt.date(2023, 12, 31)), law)) == [["security_assessment"]]
    assert options(decide(facts({"x.a": True}, day=dt.date(2024, 1, 1)), law)) == [["exempt"]]
    assert refused(facts({"x.a": True}, day=dt.date(2019, 12, 31)), law).code == "K-LAW-001"


def test_no_outcome_is_never_free_to_leave(root: Path) -> None:
    law = packs(root, FLAGS, rule("only", "{fact: x.a, is: true}", "exempt"))
    assert refused(facts({"x.a": False}), law).code == "K-LAW-006"
    assert refused(facts({}), law).code == "K-LAW-006"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (facts({"exporter.cio": True}), "K-LAW-002"),
        (facts({"exporter.ciio": 1}), "K-LAW-003"),
        (facts({"year_before.ordinary_persons": True}), "K-LAW-003"),
        (facts({"year_before.ordinary_persons": -1}), "K-LAW-003"),
        (facts({"exporter.zone": ("a",)}), "K-LAW-003"),
        (facts({"recipient.countries": "DE"}), "K-LAW-003"),
        (facts({"flow.personal": True}), "K-LAW-005"),
        (facts({}, {"year.ordinary_persons": 3}), "K-LAW-005"),
    ],
)
def test_facts_that_do_not_fit_are_refused(given: FactSet, code: str) -> None:
    error = refused(given, load_packs())
    assert error.code == code
    assert all(error.lines("zh"))


def test_a_fact_given_twice_and_a_flow_named_twice_are_refused() -> None:
    law = load_packs()
    once = facts({"exporter.ciio": True})
    twice = once.model_copy(update={"facts": (*once.facts, *once.facts)})
    assert refused(twice, law).code == "K-LAW-004"
    flows = once.model_copy(update={"flows": (*once.flows, *once.flows)})
    assert refused(flows, law).code == "K-LAW-007"


def test_counts_that_do_not_add_up_are_refused() -> None:
    flow = {"flow.persons": 100, "flow.ordinary_persons": Range(lo=0, hi=60), "flow.sensitive_persons": 30}
    error = refused(facts({}, flow), load_packs())
    assert (error.code, error.where) == ("K-LAW-008", "flows[1]")
    assert "flow.ordinary_persons + flow.sensitive_persons" in error.what.zh


def test_the_trace_shows_what_the_whole_leaves_to_a_part() -> None:
    flow = {"flow.personal": True, "flow.persons": 100, "flow.sensitive_persons": Range(lo=0, hi=60)}
    decision = decide(facts({"data.important": True, "year_before.ordinary_persons": 7}, flow), load_packs())
    trace = next(one for one in decision.flows[0].trace if one.rule == "o16-8-1-ordinary")
    known = {node.fact: node.value for node in trace.node.children}
    assert known["year.ordinary_persons"] == Range(lo=47, hi=107)


def test_a_flow_answers_for_itself_before_the_transfer() -> None:
    law = load_packs()
    base = {
        "exporter.ciio": False,
        "data.important": False,
        "year_before.ordinary_persons": 0,
        "transfer.emergency": True,
    }
    flow = {"flow.personal": True, "flow.ordinary_persons": 200_000, "flow.sensitive_persons": 0}
    decision = decide(
        facts({**base, "year_before.sensitive_persons": 0}, {**flow, "transfer.emergency": False}, flow), law
    )
    assert decision.flows[1].counted is False
    assert decision.flows[1].options == (Pathway.EXEMPT,)
    assert Pathway.SECURITY_ASSESSMENT not in {path for one in decision.flows[0].possible for path in one.options}
    assert decision.flows[0].counted is None


def test_reason_says_the_numbers_and_the_article() -> None:
    base = dict.fromkeys(("exporter.ciio", "data.important", "transfer.collected_abroad", "transfer.emergency"), False)
    base |= {"transfer.contract_party": False, "hr.cross_border_management": False, "list.in_zone": False}
    counts = {"year_before.ordinary_persons": 0, "year_before.sensitive_persons": 0}
    flow = {"flow.personal": True, "flow.ordinary_persons": 1_200_000, "flow.sensitive_persons": 0}
    outcome = decide(facts({**base, **counts}, flow), load_packs()).possible[0]
    assert outcome.reason == Text(
        zh="自2026年1月1日起累计 1,200,000 人（不含敏感个人信息）≥ 100 万人，应申报数据出境安全评估"
        "（《促进和规范数据跨境流动规定》第七条第一款第二项）。",
        en="Since 1 January 2026 1,200,000 persons (not sensitive) ≥ 1,000,000, so a security assessment must be declared"
        " (Art 7(1)(2) of the Provisions on Promoting and Regulating Cross-border Data Flows).",
    )


def test_trace_shows_what_was_known_and_asked() -> None:
    flow = {"flow.personal": True, "flow.sensitive_persons": Range(lo=3, hi=None), "flow.ordinary_persons": 5}
    decision = decide(facts({"exporter.ciio": False, "year_before.sensitive_persons": 7}, flow), load_packs())
    trace = next(one for one in decision.flows[0].trace if one.rule == "o16-8-1-sensitive")
    assert trace.truth is Truth.UNKNOWN
    known = {node.fact: (node.value, node.expected, node.truth) for node in trace.node.children}
    assert known["exporter.ciio"] == (False, "false", Truth.TRUE)
    assert known["flow.sensitive_persons"] == (Range(lo=3, hi=None), "≥ 1", Truth.TRUE)
    assert known["year.sensitive_persons"] == (Range(lo=7, hi=None), "< 10000", Truth.UNKNOWN)


def test_questions_come_most_decisive_first() -> None:
    base = {
        "data.important": False, "transfer.collected_abroad": False, "transfer.contract_party": False,
        "transfer.emergency": False, "list.in_zone": False, "hr.cross_border_management": True, "hr.necessary": True,
        "year_before.ordinary_persons": 0, "year_before.sensitive_persons": 0,
    }  # fmt: skip
    flow = {"flow.personal": True, "flow.employee": True, "flow.ordinary_persons": 10, "flow.sensitive_persons": 10}
    decision = decide(facts({**base, "exporter.ciio": False, "hr.labour_rules": True}, flow), load_packs())
    assert [question.fact for question in decision.questions] == ["hr.collective_contract"]
    assert decision.questions[0].flows == ("f0",)
    assert decision.questions[0].decides == (Pathway.EXEMPT, Pathway.STANDARD_CONTRACT, Pathway.CERTIFICATION)
    several = decide(facts(base, flow), load_packs())
    assert [question.fact for question in several.questions] == [
        "exporter.ciio", "hr.labour_rules", "hr.collective_contract",
    ]  # fmt: skip


def test_a_question_is_asked_in_the_vocabularys_words(root: Path) -> None:
    decision = decide(facts({}), load_packs())
    asked = {question.fact: question.label for question in decision.questions}
    assert asked["exporter.ciio"].zh == "数据处理者是否为关键信息基础设施运营者？"
    assert all(label.zh.endswith("？") and label.en.endswith("?") for label in asked.values())
    law = packs(root, FLAGS, rule("yes", "{fact: x.a, is: true}", "exempt"), REST)
    assert decide(facts({}), law).questions[0].label == Text(zh="事实a", en="fact a")


def test_a_determined_flow_gives_the_reason_before_one_that_is_open(tmp_path: Path) -> None:
    law = packs(
        tmp_path,
        words(a="bool flow"),
        rule("free", "{fact: x.a, is: false}", "exempt"),
        rule("contract", "{fact: x.a, is: true}", "standard_contract"),
    )
    decision = decide(facts({}, {"x.a": None}, {"x.a": True}), law)
    assert [one.options for one in decision.flows[0].possible] == [(Pathway.EXEMPT,), (Pathway.STANDARD_CONTRACT,)]
    assert decision.possible[0].reason.zh == "就流1而言，理由contract（《测试规定》第一条）。"
