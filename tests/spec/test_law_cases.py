"""Runs the cases of tests/spec/law and checks that every provision of the packs is met by one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kouan.law import decide
from kouan.law.casebook import Verdict, clock_ids, read_cases, run_case
from kouan.model.decision import Decision, Pathway, Truth
from kouan.model.facts import FactSet, FlowFacts
from kouan.model.text import same
from kouan.packs import PackSet, load_packs

_CASES = read_cases(Path(__file__).parent / "law")


@cache
def _packs() -> PackSet:
    return load_packs()


@cache
def _verdict(place: int) -> Verdict:
    return run_case(_CASES[place], _packs())


def _decisions() -> list[Decision]:
    return [one.decision for place in range(len(_CASES)) if (one := _verdict(place)).decision is not None]


@pytest.mark.parametrize("place", range(len(_CASES)), ids=[case.name for case in _CASES])
def test_case(place: int) -> None:
    verdict = _verdict(place)
    assert [f"{miss.field}: {miss.text.zh}" for miss in verdict.misses] == []


def test_there_are_enough_cases() -> None:
    assert len(_CASES) >= 1100


def test_every_rule_decides_and_fails_in_some_case() -> None:
    met: dict[Truth, set[str]] = {truth: set() for truth in Truth}
    for decision in _decisions():
        for flow in decision.flows:
            for trace in flow.trace:
                met[trace.truth].add(trace.rule)
    rules = {rule.id for rule in _packs().rules}
    assert met[Truth.TRUE] == rules
    assert met[Truth.FALSE] == rules


def test_every_duty_condition_paper_trigger_clock_and_note_appears_in_some_case() -> None:
    decisions = _decisions()
    packs = _packs()
    duties = {duty.id for duty in packs.duties if duty.status == "in_force"}
    assert {duty.id for one in decisions for duty in one.duties} == duties
    assert {one.id for decision in decisions for one in decision.conditions} == {one.id for one in packs.conditions}
    assert {note for one in decisions for note in one.notes} == {note.text for note in packs.notes}
    assert {one.id for decision in decisions for one in decision.papers} == {one.id for one in packs.papers}
    assert {one.id for decision in decisions for one in decision.triggers} == {one.id for one in packs.triggers}
    assert set().union(*(clock_ids(decision, packs) for decision in decisions)) == {one.id for one in packs.clocks}


def test_every_reading_is_adopted_and_every_one_with_rules_shows_in_some_case() -> None:
    packs = _packs()
    adopted = {pair for decision in _decisions() for pair in decision.adopted.items()}
    others = {(one.id, option.id) for one in packs.readings for option in one.options if option.id != one.default}
    assert adopted >= others
    shown = {point.id for decision in _decisions() for point in decision.open_points}
    marked = {
        point
        for rule in packs.rules
        for point in (*rule.under, *rule.counts_under, *(rule.when.points if rule.when else ()))
    }
    marked |= {one.id for one in packs.readings if any(option.takes is not None for option in one.options)}
    marked |= {point for fact in packs.facts.values() for part in fact.sums for point in part.under}
    assert shown == marked


def test_a_duty_measured_by_a_clock_finds_it_on_all_its_days() -> None:
    clocks = {one.id: one.in_force for one in _packs().clocks}
    for duty in _packs().duties:
        if duty.clock is not None:
            period = clocks[duty.clock]
            assert period.holds(duty.in_force.start), duty.id
            assert period.end is None or duty.in_force.end == period.end, duty.id


def test_every_day_since_the_law_of_2021_has_an_outcome() -> None:
    days = {one.in_force.start for one in _packs().rules} | {
        one.in_force.end for one in _packs().rules if one.in_force.end is not None
    }
    for day in sorted(days):
        facts = FactSet(as_of=day, facts=(), flows=(FlowFacts(id="x", label=same("x"), facts=()),))
        outcomes = {option for outcome in decide(facts, _packs()).possible for option in outcome.options}
        assert {Pathway.NOT_REGULATED, Pathway.SECURITY_ASSESSMENT} <= outcomes, day
