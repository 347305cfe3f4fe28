"""Parts of a condition that stand on some days or under some readings only: how they are told, and whether it can hold."""

from __future__ import annotations

import datetime as dt

import pytest

from kouan.law import changing, decide
from kouan.law.satisfying import can_hold
from kouan.law.spelling import spelled
from kouan.model.clause import Clause
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts
from kouan.model.text import same
from kouan.packs import load_packs

PACKS = load_packs()
YES = {"fact": "data.important", "is": True}
NO = {"fact": "data.important", "is": False}


def test_a_part_is_told_with_its_days_and_readings():
    dated = {**YES, "in_force": {"from": "2024-03-22", "to": "2025-12-31"}}
    clause = Clause.model_validate({"all": [dated, {**NO, "under": {"a1": "both"}}]})
    _, first, second = [text for _, text in spelled(clause, PACKS, dt.date(2026, 1, 1))]
    assert first.zh.endswith("（2024-03-22 至 2025-12-31）")
    assert second.en.endswith("(only under the reading a1 = both)")


@pytest.mark.parametrize(("day", "holds"), [(dt.date(2025, 12, 31), False), (dt.date(2026, 1, 1), True)])
def test_a_part_that_has_ended_excludes_nothing(day, holds):
    clause = Clause.model_validate({"all": [YES, {**NO, "in_force": {"from": "2024-03-22", "to": "2025-12-31"}}]})
    assert can_hold([(clause, True)], PACKS, day) is holds


def test_of_a_part_under_a_reading_nothing_is_claimed():
    clause = Clause.model_validate({"all": [YES, {**NO, "under": {"a1": "both"}}]})
    assert can_hold([(clause, True)], PACKS, dt.date(2026, 1, 1))


def test_what_would_change_is_decided_under_the_same_proposals(monkeypatch):
    seen = []

    def watched(facts, packs, **options):
        seen.append(options)
        return decide(facts, packs, **options)

    monkeypatch.setattr(changing, "decide", watched)
    known = {"data.important": False, "exporter.ciio": False, "flow.personal": True}
    flow = FlowFacts(id="a", label=same("a"), facts=_facts({"flow.personal": known.pop("flow.personal")}))
    facts = FactSet(as_of=dt.date(2026, 11, 22), facts=_facts(known), flows=(flow,))
    decision = decide(facts, PACKS, proposals=["cn.order-16"])
    changing.what_would_change(decision, PACKS)
    assert seen
    assert all(tuple(one["proposals"]) == ("cn.order-16",) for one in seen)


def _facts(values):
    return tuple(Fact(name=name, value=value, source=FactSource.DECLARED) for name, value in values.items())
