"""The question which negative list is used offers those in force that cover the exporter's place, and none."""

import datetime as dt

import pytest

from kouan.law.interview import answer, step
from kouan.law.listwords import lists_for_choice
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts
from kouan.model.interview import InterviewState
from kouan.model.text import same
from kouan.packs import load_packs

PACKS = load_packs()


def offered(day: dt.date, zone: str | None) -> list[object]:
    facts = () if zone is None else (Fact(name="exporter.zone", value=zone, source=FactSource.DECLARED),)
    state = InterviewState(as_of=day, facts=facts)
    while questions := step(state, PACKS).questions:
        listed = [one for one in questions if one.fact == "list.used"]
        if listed:
            return [choice.value for choice in listed[0].choices]
        state = answer(state, questions[0].fact, None, flow=questions[0].flow)
    return []


@pytest.mark.parametrize(
    ("day", "zone", "lists"),
    [
        (dt.date(2026, 4, 23), "cn-shanghai/lingang", ["shanghai-2024"]),
        (dt.date(2026, 4, 24), "cn-shanghai/lingang", ["shanghai-2025"]),
        (dt.date(2026, 11, 22), "cn-zhejiang/hangzhou", ["zhejiang-2024"]),
    ],
)
def test_a_place_is_offered_its_own_lists(day, zone, lists):
    assert offered(day, zone) == [*lists, "none", None]


def test_without_a_place_every_list_in_force_is_offered():
    day = dt.date(2026, 11, 22)
    flow = FlowFacts(id="a", label=same("a"), facts=())
    found = [choice.value for choice in lists_for_choice(FactSet(as_of=day, facts=(), flows=(flow,)), PACKS)]
    assert found == [one.id for one in PACKS.editions.values() if one.in_force.holds(day)] + ["none"]
    assert len(found) > 2


def test_lists_are_offered_by_title_and_id_and_using_none_is_said_as_such():
    flow = FlowFacts(id="a", label=same("a"), facts=())
    place = Fact(name="exporter.zone", value="cn-shanghai/lingang", source=FactSource.DECLARED)
    facts = FactSet(as_of=dt.date(2026, 11, 22), facts=(place,), flows=(flow,))
    *lists, none = [choice.label.zh for choice in lists_for_choice(facts, PACKS)]
    assert lists
    assert all(one.endswith("）") for one in lists)
    assert none == "不使用负面清单（none）"
