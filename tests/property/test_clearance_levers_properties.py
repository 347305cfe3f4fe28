"""What holds of the changes themselves: counts stay possible, and less data is never heavier."""

from __future__ import annotations

import datetime as dt
import itertools
from functools import partial
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kouan.clearance.facts import build_facts
from kouan.clearance.levers import facts_after, moves_of
from kouan.law import decide
from kouan.law.whatif import what_if
from kouan.model.declaration import Party, PartyRole, YearToDate
from kouan.model.facts import Range
from kouan.model.inventory import Inventory, PersonCount
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same
from kouan.model.whatif import LeverKind
from kouan.packs import load_packs
from kouan.recognize.lexicon import load_lexicon
from kouan.recognize.treating import ONE_DEGREE, treated_verdict
from tests.declarations import declaration
from tests.inventories import inventory, item

PACKS = load_packs()
DAY = dt.date(2026, 11, 22)
MODEST = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def ranges(draw: st.DrawFn, most: int) -> Range:
    hi = draw(st.integers(0, most))
    return Range(lo=draw(st.integers(0, hi)), hi=hi)


@st.composite
def counts(draw: st.DrawFn, subject: str) -> PersonCount:
    """Persons, of whom some are sensitive, of whom some are children, as recognition nests them."""
    persons = draw(ranges(20_000))
    sensitive = draw(ranges(persons.hi or 0))
    sensitive = Range(lo=min(sensitive.lo, persons.lo), hi=sensitive.hi)
    young = draw(ranges(sensitive.hi or 0))
    young = Range(lo=min(young.lo, sensitive.lo), hi=young.hi)
    return PersonCount(subject=subject, persons=persons, sensitive=sensitive, under14=young, method=same("test"))


@st.composite
def transfers(draw: st.DrawFn) -> tuple[Any, Inventory]:
    subjects = draw(st.lists(st.sampled_from(("employee", "child", "member")), min_size=1, max_size=2, unique=True))
    items = [
        item(
            f"{subject}.csv!t#{place}",
            subject=subject,
            meaning=draw(st.sampled_from(("name", "health", "location", "product", "order_id", "free_text"))),
            personal=draw(st.sampled_from((True, True, None))),
            sensitive=draw(st.sampled_from((True, False, False, None))),
            cells=(cells := draw(st.integers(0, 20_000))),
            nulls=draw(st.integers(0, cells)),
        )
        for subject in subjects
        for place in range(draw(st.integers(1, 4)))
    ]
    facts = {"data.important": False, "hr.cross_border_management": draw(st.booleans()), "hr.labour_rules": True}
    declared = declaration({"h.csv": None}).model_copy(
        update={
            "facts": facts,
            "year_to_date": YearToDate(
                ordinary=draw(st.integers(0, 99_999)), sensitive=draw(st.integers(0, 9_999)), as_of=DAY
            ),
            "parties": (
                Party(role=PartyRole.EXPORTER, name="甲", ciio=False),
                Party(role=PartyRole.RECIPIENT, name="B", country="DE"),
            ),
        }
    )
    return declared, inventory(*items, persons=[draw(counts(subject)) for subject in subjects])


@MODEST
@given(transfers(), st.data())
def test_less_data_is_possible_and_never_heavier(transfer, data) -> None:
    declared, found = transfer
    now = build_facts(declared, found, metered=None, as_of=DAY)
    moves = [
        move for move in moves_of(declared, found, now, PACKS) if move[0].kind in (LeverKind.DROP, LeverKind.KEEP_OUT)
    ]
    picked = data.draw(st.lists(st.sampled_from(moves), max_size=3, unique=True)) if moves else []
    levers = tuple({lever.id: lever for move in picked for lever in move}.values())
    after = facts_after(levers, declared, found, metered=None, as_of=DAY, packs=PACKS)
    if after is None:
        return
    if {"data"} & ({flow.id for flow in after.flows} - {flow.id for flow in now.flows}):
        return  # of what is left nobody knows whether it is of persons, so that nobody can be counted either
    before = decide(now, PACKS)
    then = decide(after, PACKS)
    assert max(one.weight for one in then.possible) <= max(one.weight for one in before.possible)
    old = {flow.id: {fact.name: fact.value for fact in flow.facts} for flow in now.flows}
    for flow in after.flows:
        new = {fact.name: fact.value for fact in flow.facts}
        for name in ("flow.persons", "flow.sensitive_persons", "flow.under14_persons"):
            assert new[name].hi <= old[flow.id][name].hi
        assert new["flow.under14_persons"].hi <= new["flow.sensitive_persons"].hi <= new["flow.persons"].hi


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(transfers())
def test_an_option_decides_as_promised_and_no_part_of_it_does(transfer) -> None:
    declared, found = transfer
    now = build_facts(declared, found, metered=None, as_of=DAY)
    after = partial(facts_after, declaration=declared, inventory=found, metered=None, as_of=DAY, packs=PACKS)
    searched = what_if(
        now,
        moves_of(declared, found, now, PACKS),
        apply=after,
        decide=lambda facts: decide(facts, PACKS),
        vocabulary=PACKS.facts,
    )
    before = heaviest(decide(now, PACKS).possible)
    for option in searched.alternatives:
        promised = heaviest(option.possible)
        assert promised < before
        facts = after(option.levers)
        assert facts is not None
        assert decide(facts, PACKS).possible == option.possible
        for size in range(1, min(len(option.levers), 4)):
            for part in itertools.combinations(option.levers, size):
                facts = after(part)
                assert facts is None or not sound(facts) or heaviest(decide(facts, PACKS).possible) > promised


def heaviest(possible) -> int:
    return max(one.weight for one in possible)


def sound(facts) -> bool:
    return all(source.confidence != "L" for one in decide(facts, PACKS).possible for source in one.sources)


@given(
    st.sampled_from(sorted(load_lexicon().meanings)),
    st.sampled_from(("mask", "pseudonym", "generalise", "scrub", "shift", "keep")),
    st.sampled_from((True, None)),
)
def test_no_treatment_but_rough_places_makes_an_item_less_sensitive(meaning, action, relates) -> None:
    lexicon = load_lexicon()
    before = item("h.csv!t#a", meaning=meaning, subject="member").model_copy(
        update={"sensitive": lexicon.sensitivity(meaning, DAY)}
    )
    line = PlanLine(item=before.id, action=Action(action), params={"to": "bins", "width": 10}, why=same("test"))
    verdict, freed = treated_verdict(before, line, relates=relates, lexicon=lexicon)
    assert not freed
    assert verdict.sensitive == before.sensitive
    assert verdict.personal in (True, None)
    rough = line.model_copy(update={"action": Action.GENERALISE, "params": ONE_DEGREE})
    changed = treated_verdict(before, rough, relates=relates, lexicon=lexicon)[0].sensitive != before.sensitive
    assert changed == (meaning == "location")
