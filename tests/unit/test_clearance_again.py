"""What left before counts beside a transfer without those who come again, and never as fewer than there are."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from kouan.clearance.again import Again
from kouan.clearance.facts import build_facts
from kouan.law import surely_counted
from kouan.meter.ledger import YearCount
from kouan.meter.personset import set_of
from kouan.meter.union import Part, unite
from kouan.model.declaration import YearToDate
from kouan.model.facts import FactSource, Range
from kouan.model.inventory import PersonCount
from kouan.model.text import same
from kouan.packs import builtin_root, load_packs
from kouan.recognize.across import Marks
from tests.declarations import DAY, declaration
from tests.inventories import inventory, item

PACKS = load_packs(builtin_root())
JANUARY = YearToDate(ordinary=0, sensitive=0, as_of=dt.date(DAY.year, 1, 1))
EXEMPT = {
    "hr.cross_border_management": True,
    "hr.labour_rules": True,
    "hr.collective_contract": True,
    "hr.necessary": True,
}
HIRED = dict.fromkeys(EXEMPT, False)
OTHERS = dict.fromkeys(
    (
        "data.important",
        "transfer.collected_abroad",
        "transfer.contract_party",
        "transfer.contract_necessary",
        "transfer.emergency",
        "transfer.legal_duty_necessary",
    ),
    False,
)


def some(first: int, last: int):
    numbers = np.arange(first, last, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    halves = np.stack([numbers, ~numbers], axis=1).astype(">u8")
    none = np.zeros(last - first, np.bool_)
    return set_of(Marks(np.frombuffer(halves.tobytes(), "V16"), none, none, rest=0, rest_sensitive=0))


def released(*persons, kept=True) -> YearCount:
    nobody = Range(lo=0, hi=0)
    parts = tuple(Part(Range(lo=one.most, hi=one.most), nobody, one if kept else None) for one in persons)
    found = unite(parts)
    return YearCount(found.ordinary, found.sensitive, YearCount(found.ordinary, found.sensitive, parts=parts), parts)


def facts_of(year, own, *, persons=None, facts=HIRED, counted=JANUARY):
    most = own.most
    count = PersonCount(
        subject="employee",
        persons=persons or Range(lo=most, hi=most),
        sensitive=Range(lo=0, hi=0),
        under14=Range(lo=0, hi=0),
        keys=(),
        method=same("test"),
    )
    found = inventory(item("hr.csv!hr#staff_no", subject="employee"), persons=[count])
    said = declaration({"hr.csv": None}).model_copy(update={"year_to_date": counted, "facts": {**OTHERS, **facts}})
    return build_facts(said, found, metered=(year,), as_of=DAY, packs=PACKS, again=Again({"employee": own}))


def before(facts):
    return next(fact for fact in facts.facts if fact.name == "year_before.ordinary_persons")


def test_who_comes_again_is_not_counted_before():
    fact = before(facts_of(released(some(0, 100), some(50, 150)), some(100, 200)))
    assert fact.value == Range(lo=0, hi=100)
    assert "told again in 2 of 2" in fact.evidence
    facts = facts_of(released(some(0, 100), some(0, 100)), some(0, 100))
    assert before(facts).value == Range(lo=0, hi=0)
    assert "told again in 2 of 2" in before(facts).evidence
    assert not facts.conflicts


def test_a_count_that_is_a_range_takes_out_only_its_least():
    facts = facts_of(released(some(0, 100)), some(0, 100), persons=Range(lo=30, hi=100))
    # With 30 persons in the transfer 70 others left before; with 100, nobody else.
    assert before(facts).value == Range(lo=0, hi=70)


def test_an_exempt_flow_takes_nobody_out():
    facts = facts_of(released(some(0, 100)), some(0, 100), facts=EXEMPT)
    assert surely_counted(facts, PACKS, "year_before.ordinary_persons", {})[0] == frozenset()
    assert before(facts).value.hi == 100


@pytest.mark.parametrize("reason", ["hr.labour_rules", "hr.necessary"])
def test_a_flow_that_may_be_exempt_takes_nobody_out_at_the_upper_end(reason):
    facts = facts_of(released(some(0, 100)), some(0, 100), facts={**EXEMPT, reason: None})
    assert before(facts).value.hi == 100


def test_a_reading_under_which_a_flow_is_exempt_is_enough_to_take_nobody_out():
    # Open point a3: one of rules and collective contract may do.
    facts = facts_of(released(some(0, 100)), some(0, 100), facts={**EXEMPT, "hr.collective_contract": False})
    assert before(facts).value.hi == 100


def test_without_sets_the_upper_end_stays_the_sum():
    year = released(some(0, 100), some(0, 100), kept=False)
    assert before(facts_of(year, some(0, 100))).value == Range(lo=0, hi=200)


def test_a_declared_number_below_what_was_released_stays_beaten():
    year = released(some(0, 100))
    year = YearCount(year.ordinary, year.sensitive, None, year.parts)
    counted = YearToDate(ordinary=10, sensitive=0, as_of=DAY)
    assert before(facts_of(year, some(0, 100), counted=counted)).value == Range(lo=10, hi=10)
    assert before(facts_of(year, some(100, 200), counted=counted)).value == Range(lo=10, hi=100)
    fact = before(facts_of(year, some(50, 150), counted=counted))
    assert (fact.value, fact.source) == (Range(lo=10, hi=50), FactSource.METERED)


@pytest.mark.parametrize("number", range(0, 101, 10))
def test_start_and_transfer_hold_the_truth_for_every_number_of_persons(number):
    """Of 100 persons in the data any may leave: the union lies between the ends whichever do."""
    facts = facts_of(released(some(0, 60)), some(20, 120), persons=Range(lo=0, hi=100))
    span = before(facts).value
    fewest, most = max(60, number), min(60 + number, 120)
    assert span.lo + number <= fewest
    assert most <= span.hi + number
