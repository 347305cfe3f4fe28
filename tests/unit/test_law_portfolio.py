"""Transfers decided beside each other, and signs of splitting."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest

from kouan.law import Strand, decide, decide_portfolio, find_splits, floors_of, read_alone
from kouan.model.decision import Decision, Pathway
from kouan.model.errors import KouanError
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.text import same
from kouan.packs import load_packs

PACKS = load_packs()
DAY = dt.date(2026, 11, 22)
NO = (
    "exporter.ciio", "data.important", "transfer.collected_abroad", "transfer.domestic_data_added",
    "transfer.contract_party", "transfer.contract_necessary", "hr.cross_border_management", "hr.labour_rules",
    "hr.collective_contract", "hr.necessary", "list.in_zone", "transfer.trade_activity",
)  # fmt: skip
EXEMPT = (Pathway.EXEMPT,)
CONTRACT = (Pathway.STANDARD_CONTRACT, Pathway.CERTIFICATION)
ASSESSMENT = (Pathway.SECURITY_ASSESSMENT,)
ORDINARY, SENSITIVE = "year_before.ordinary_persons", "year_before.sensitive_persons"


def transfer(ordinary: Any = 0, sensitive: Any = 0, *, day: dt.date = DAY, **more: Any) -> FactSet:
    common = {**dict.fromkeys(NO, False), "transfer.emergency": False, ORDINARY: 0, SENSITIVE: 0, **more}
    flow = {"flow.personal": True, "flow.employee": False, "flow.ordinary_persons": ordinary}
    return FactSet(
        as_of=day,
        facts=_facts(common),
        flows=(FlowFacts(id="f", label=same("f"), facts=_facts({**flow, "flow.sensitive_persons": sensitive})),),
    )


def _facts(values: dict[str, Any]) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            name=name,
            value=Range(lo=value[0], hi=value[1]) if isinstance(value, tuple) else value,
            source=FactSource.DECLARED,
        )
        for name, value in values.items()
    )


def options(decision: Decision) -> list[tuple[Pathway, ...]]:
    return [outcome.options for outcome in decision.possible]


def test_the_same_persons_or_others() -> None:
    both = decide_portfolio([transfer(60_000), transfer(60_000)], PACKS)
    assert [options(one) for one in both] == [[EXEMPT, CONTRACT]] * 2


def test_a_large_one_settles_a_small_one() -> None:
    small, large = decide_portfolio([transfer(10), transfer(100_010)], PACKS)
    assert options(small) == options(large) == [CONTRACT]


def test_persons_counted_before_may_be_those_of_another() -> None:
    beside = decide_portfolio([transfer(10, **{ORDINARY: 90_000}), transfer(50_000)], PACKS)[0]
    assert options(beside) == [EXEMPT, CONTRACT]


def test_an_exempt_transfer_adds_nothing() -> None:
    alone = decide(transfer(60_000), PACKS)
    exempt = transfer(2_000_000, 50_000, **{"transfer.emergency": True})
    assert decide_portfolio([transfer(60_000), exempt], PACKS)[0] == alone


def test_whether_another_counts_may_be_open() -> None:
    perhaps = transfer(1_000_000, **{"transfer.emergency": None})
    assert options(decide_portfolio([transfer(60_000), perhaps], PACKS)[0]) == [EXEMPT, ASSESSMENT]


def test_an_unknown_start_keeps_its_open_end() -> None:
    open_ = decide_portfolio([transfer(10, **{ORDINARY: None}), transfer(1_000_010)], PACKS)[0]
    assert options(open_)[-1] == ASSESSMENT
    assert options(open_)[0] == options(decide(transfer(10, **{ORDINARY: None}), PACKS))[0]


def test_order_does_not_matter() -> None:
    several = [transfer((50_000, 70_000)), transfer(0, 4_000), transfer(40_000, 7_000)]
    wanted = dict(zip("abc", decide_portfolio(several, PACKS), strict=True))
    for order in itertools.permutations("abc"):
        given = [several["abc".index(name)] for name in order]
        assert dict(zip(order, decide_portfolio(given, PACKS), strict=True)) == wanted


def test_each_decision_is_replayed_by_itself() -> None:
    for one in decide_portfolio([transfer(60_000), transfer(60_000, 20)], PACKS):
        assert decide(one.facts, PACKS) == one


def test_two_years_are_refused() -> None:
    with pytest.raises(KouanError) as caught:
        decide_portfolio([transfer(1), transfer(1, day=dt.date(2025, 11, 22))], PACKS)
    assert caught.value.code == "K-LAW-011"


def strand(name: str, ordinary: Any, **more: Any) -> Strand:
    span = ordinary if isinstance(ordinary, tuple) else (ordinary, ordinary)
    return Strand(
        **{
            "name": name,
            "exporter": "A",
            "recipients": frozenset({"R"}),
            "scenario": "s",
            "day": DAY,
            "persons": {ORDINARY: span, SENSITIVE: (0, 0)},
            "before": {},
            **more,
        }
    )


FLOORS = floors_of(read_alone(transfer(), PACKS).law)


@pytest.mark.parametrize(
    ("strands", "found"),
    [
        ([strand("a", 60_000), strand("b", 60_000)], ["together"]),
        ([strand("a", 60_000), strand("b", 30_000)], []),
        ([strand("a", 60_000), strand("b", 60_000, scenario="t")], []),
        ([strand("a", 60_000), strand("b", 60_000, recipients=frozenset({"Q"}))], []),
        ([strand("a", 60_000), strand("b", 60_000, exporter="B")], ["exporters"]),
        ([strand("a", 600_000), strand("b", 600_000, exporter="B")], ["exporters"]),
        ([strand("a", 60_000, day=dt.date(2026, 12, 20)), strand("b", 60_000, day=dt.date(2027, 1, 5))], ["new_year"]),
        ([strand("a", 60_000, day=dt.date(2026, 10, 20)), strand("b", 60_000, day=dt.date(2027, 1, 5))], []),
        (
            [
                strand("a", 10, before={ORDINARY: (100, 100)}, before_day=DAY),
                strand("b", 5_000, day=dt.date(2026, 3, 1)),
            ],
            ["left_out"],
        ),
        (
            [strand("a", 10, before={ORDINARY: (100, 100)}, before_day=dt.date(2026, 2, 1)), strand("b", 5_000)],
            [],
        ),
    ],
)
def test_signs_of_splitting(strands: list[Strand], found: list[str]) -> None:
    findings = find_splits(strands, FLOORS, PACKS)
    assert [one.id for one in findings] == found
    assert [one.id for one in find_splits(strands[::-1], FLOORS, PACKS)] == found
    for one in findings:
        assert {(source.instrument, source.article) for source in one.sources} == {("O13", "4(3)"), ("O20", "5(4)")}
        assert set(one.transfers) == {"a", "b"}


def test_the_highest_floor_is_named() -> None:
    finding = find_splits([strand("a", 600_000), strand("b", 600_000)], FLOORS, PACKS)[0]
    assert "1,000,000" in finding.text.en
    assert "100 万" in finding.text.zh
