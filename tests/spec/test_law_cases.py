"""Runs the cases of tests/spec/law and checks that every provision of the packs is met by one."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kouan.law.casebook import Verdict, read_cases, run_case
from kouan.model.decision import Decision, Truth
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


def test_there_are_at_least_sixty_cases() -> None:
    assert len(_CASES) >= 60


def test_every_rule_decides_and_fails_in_some_case() -> None:
    met: dict[Truth, set[str]] = {truth: set() for truth in Truth}
    for decision in _decisions():
        for flow in decision.flows:
            for trace in flow.trace:
                met[trace.truth].add(trace.rule)
    rules = {rule.id for rule in _packs().rules}
    assert met[Truth.TRUE] == rules
    assert met[Truth.FALSE] == rules


def test_every_duty_condition_and_note_appears_in_some_case() -> None:
    decisions = _decisions()
    packs = _packs()
    assert {duty.id for one in decisions for duty in one.duties} == {duty.id for duty in packs.duties}
    assert {one.id for decision in decisions for one in decision.conditions} == {one.id for one in packs.conditions}
    assert {note for one in decisions for note in one.notes} == {note.text for note in packs.notes}
