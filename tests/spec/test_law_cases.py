"""Runs the cases of tests/spec/law and checks that every provision of the packs is met by one."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kouan.law import decide
from kouan.model import strictyaml
from kouan.model.attestation import Attestation, NamedParty
from kouan.model.decision import Decision, Outcome, Pathway, Truth
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.text import same
from kouan.packs import PackSet, load_packs

_FOLDER = Path(__file__).parent / "law"
_WORDS = {
    (Pathway.NOT_REGULATED,): "不适用",
    (Pathway.EXEMPT,): "免予",
    (Pathway.STANDARD_CONTRACT, Pathway.CERTIFICATION): "合同或认证",
    (Pathway.SECURITY_ASSESSMENT,): "安全评估",
}
_KEYS = {
    "title", "as_of", "facts", "flows", "outcome", "flows_outcome", "articles", "counted",
    "conditions", "duties", "questions", "notes", "kinds", "readings", "open_points", "papers", "triggers", "set_aside", "basis",
    "attestations", "attestations_complete", "parties", "proposals", "covered_by",
}  # fmt: skip


@cache
def _packs() -> PackSet:
    return load_packs()


def _cases() -> list[Any]:
    found = []
    for path in sorted(_FOLDER.glob("*.yaml")):
        document = strictyaml.load(path.read_text(encoding="utf-8"), path.name).value
        found += [
            pytest.param(document["given"], case, id=f"{path.stem}: {case['title']}") for case in document["cases"]
        ]
    return found


def _facts(values: dict[str, Any]) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            name=name,
            value=Range(lo=value[0], hi=value[1]) if isinstance(value, list) else value,
            source=FactSource.DECLARED,
        )
        for name, value in values.items()
    )


@cache
def _decided(place: int) -> Decision:
    given, case = _cases()[place].values
    flows = tuple(
        FlowFacts(id=name, label=same(name), subjects=(name,), facts=_facts({**given["flow"], **facts}))
        for name, facts in case["flows"].items()
    )
    facts = FactSet(
        as_of=case.get("as_of", dt.date(2026, 11, 22)),
        facts=_facts({**given["facts"], **case.get("facts", {})}),
        flows=flows,
        attestations=[Attestation.model_validate(one) for one in case.get("attestations", ())],
        attestations_complete=case.get("attestations_complete", False),
        parties=[NamedParty.model_validate(one) for one in case.get("parties", given.get("parties", ()))],
    )
    return decide(facts, _packs(), adopted=case.get("readings"), proposals=case.get("proposals", ()))


def _outcomes(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [_WORDS[outcome.options] for outcome in outcomes]


def _holds(expected: list[str], found: set[str]) -> None:
    for name in expected:
        if name.startswith("-"):
            assert name[1:] not in found
        else:
            assert name in found


@pytest.mark.parametrize(("place", "case"), [(place, one.values[1]) for place, one in enumerate(_cases())],
                         ids=[one.id for one in _cases()])  # fmt: skip
def test_case(place: int, case: dict[str, Any]) -> None:
    decision = _decided(place)
    assert set(case) <= _KEYS
    assert _outcomes(decision.possible) == case["outcome"]
    flows = {flow.id: flow for flow in decision.flows}
    for name, expected in case.get("flows_outcome", {}).items():
        assert _outcomes(flows[name].possible) == expected
    for name, expected in case.get("articles", {}).items():
        assert [f"{one.instrument} {one.article}" for one in flows[name].possible[0].sources] == expected
    for name, expected in case.get("counted", {}).items():
        assert flows[name].counted is expected
    texts = {note.id for note in _packs().notes if note.text in decision.notes}
    _holds(case.get("notes", []), texts)
    _holds(case.get("conditions", []), {condition.id for condition in decision.conditions})
    _holds(case.get("kinds", []), {condition.kind.value for condition in decision.conditions})
    _holds(case.get("duties", []), {duty.id for duty in decision.duties})
    _holds(case.get("papers", []), {paper.id for paper in decision.papers})
    _holds(case.get("triggers", []), {trigger.id for trigger in decision.triggers})
    for name, expected in case.get("set_aside", {}).items():
        _holds(expected, {f"{one.rule} < {one.by_rule} ({one.ground})" for one in flows[name].set_aside})
    for name, expected in case.get("basis", {}).items():
        assert flows[name].basis == expected
    answered = {condition.id: list(condition.covered_by) for condition in decision.conditions}
    for name, expected in case.get("covered_by", {}).items():
        assert answered[name] == expected
    if "open_points" in case:
        found = {
            point.id: {option.id: _outcomes(option.possible) for option in point.options if option.id != point.chosen}
            for point in decision.open_points
        }
        assert found == case["open_points"]
    if "questions" in case:
        _holds(case["questions"], {question.fact for question in decision.questions})
        assert case["questions"] or not decision.questions


def test_there_are_at_least_sixty_cases() -> None:
    assert len(_cases()) >= 60


def test_every_rule_decides_and_fails_in_some_case() -> None:
    met: dict[Truth, set[str]] = {truth: set() for truth in Truth}
    for place in range(len(_cases())):
        for flow in _decided(place).flows:
            for trace in flow.trace:
                met[trace.truth].add(trace.rule)
    rules = {rule.id for rule in _packs().rules}
    assert met[Truth.TRUE] == rules
    assert met[Truth.FALSE] == rules


def test_every_duty_condition_and_note_appears_in_some_case() -> None:
    decisions = [_decided(place) for place in range(len(_cases()))]
    packs = _packs()
    assert {duty.id for one in decisions for duty in one.duties} == {duty.id for duty in packs.duties}
    assert {one.id for decision in decisions for one in decision.conditions} == {one.id for one in packs.conditions}
    assert {note for one in decisions for note in one.notes} == {note.text for note in packs.notes}
