"""The cases of tests/spec/law stand on every boundary of the packs: numbers, conditions, days and open points.

What is wanted is worked out from the packs by kouan.law.demands and kouan.law.turning, of which `kouan law check
--cases` uses the former too: a new threshold, exemption or date without its cases fails here.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from kouan.law import decide
from kouan.law.casebook import Verdict, read_cases, run_case
from kouan.law.demands import Bound, Demand, Lone, demands, shown
from kouan.law.linting import Lint
from kouan.law.turning import turned, turns
from kouan.model.errors import KouanError
from kouan.model.facts import FactSet, FlowFacts
from kouan.model.text import same
from kouan.packs import PackSet, load_packs


@cache
def _packs() -> PackSet:
    return load_packs()


@cache
def _verdicts() -> tuple[Verdict, ...]:
    cases = read_cases(Path(__file__).parent / "law")
    return tuple(run_case(case, _packs()) for case in cases)


@cache
def _lacking() -> frozenset[Demand]:
    return demands(_packs()) - shown(_verdicts(), _packs())


def test_every_bound_of_a_number_decides_in_a_case_on_it_and_in_one_just_below() -> None:
    assert sorted(one for one in _lacking() if isinstance(one, Bound)) == []


def test_each_condition_of_a_rule_alone_makes_it_hold_and_fail_in_some_case() -> None:
    assert sorted(one for one in _lacking() if isinstance(one, Lone)) == []


def test_the_check_of_the_product_finds_nothing_either() -> None:
    assert [str(one) for one in Lint(_packs()).untested(_verdicts())] == []


def test_every_change_of_the_law_has_a_case_on_the_day_and_on_the_day_before() -> None:
    assert sorted(turns(_packs()) - turned(_verdicts(), _packs())) == []


def test_before_the_first_law_nothing_is_decided() -> None:
    first = min(rule.in_force.start for rule in _packs().rules if rule.status == "in_force")
    flow = FlowFacts(id="a", label=same("a"), facts=())
    with pytest.raises(KouanError) as raised:
        decide(FactSet(as_of=first - dt.timedelta(days=1), facts=(), flows=(flow,)), _packs())
    assert raised.value.code == "K-LAW-001"


def _shown_points() -> set[str]:
    return {point.id for one in _verdicts() if one.decision for point in one.decision.open_points}


def test_every_open_point_is_read_by_default_and_by_each_other_option_and_left_out_where_idle() -> None:
    met: set[tuple[str, str]] = set()
    idle: set[str] = set()
    for verdict in _verdicts():
        case = verdict.case.case
        if case.open_points is None or verdict.decision is None:
            continue
        met |= {(point.id, point.chosen) for point in verdict.decision.open_points}
        idle |= {one.id for one in _packs().readings if one.in_force.holds(verdict.decision.as_of)} - set(
            case.open_points
        )
    bearing = [one for one in _packs().readings if one.id in _shown_points()]
    assert {(one.id, option.id) for one in bearing for option in one.options} - met == set()
    assert {one.id for one in bearing} - idle == set()


def test_only_an_exact_number_on_the_bound_counts() -> None:
    """What the checks above rest on: a range up to the bound shows nothing of it, the number itself does."""

    def bounds(title: str) -> set[Demand]:
        found = [one for one in _verdicts() if one.case.case.title == title]
        return {one for one in shown(found, _packs()) if isinstance(one, Bound)}

    few = Bound("o16-5-1-4-few", "year.ordinary_persons", 99_999)
    assert few in bounds("99,999人，不满10万，免予")
    assert few not in bounds("人数是范围，全在不满10万之内")
