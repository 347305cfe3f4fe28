"""Negative lists: a list decides every flow that it governs, and never asks for more than national law."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from kouan.law import decide
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.text import same
from kouan.packs import PackSet, load_packs

if TYPE_CHECKING:
    from kouan.model.decision import Decision

DAY = dt.date(2026, 3, 2)
FULL = ("shanghai-2024", "zhejiang-2024")
EDGES = (0, 1, 9_999, 10_000, 99_999, 100_000, 149_999, 150_000, 499_999, 500_000, 999_999, 1_000_000, 1_999_999,
         2_000_000, 4_999_999, 5_000_000, 9_999_999, 10_000_000, 20_000_000)  # fmt: skip
BASE = {
    "exporter.ciio": False, "data.important": False, "transfer.collected_abroad": False,
    "transfer.contract_party": False, "transfer.emergency": False, "hr.cross_border_management": False,
    "list.in_zone": False, "list.formalities": True,
}  # fmt: skip


@cache
def packs() -> PackSet:
    return load_packs()


def told(values: dict[str, object]) -> tuple[Fact, ...]:
    return tuple(
        Fact(name=name, value=Range(lo=value[0], hi=value[1]) if isinstance(value, tuple) else value,  # type: ignore[arg-type]
             source=FactSource.DECLARED)
        for name, value in values.items()
    )  # fmt: skip


def decided(common: dict[str, object], flow: dict[str, object]) -> Decision:
    flows = (FlowFacts(id="a", label=same("a"), facts=told({"flow.personal": True, "flow.employee": False, **flow})),)
    return decide(FactSet(as_of=DAY, facts=told({**BASE, **common}), flows=flows), packs())


@st.composite
def uses(draw: st.DrawFn) -> tuple[dict[str, object], dict[str, object]]:
    """A flow under a list that was read whole: any sector, scenario, fields, and numbers at the edges."""
    one = packs().editions[draw(st.sampled_from(FULL))]
    scenario = draw(st.sampled_from([*one.scenarios]))
    ordinary, sensitive = draw(st.sampled_from(EDGES)), draw(st.sampled_from(EDGES))
    listed = draw(st.sampled_from(EDGES))
    common: dict[str, object] = {
        "list.used": one.id,
        "exporter.zone": one.scope.zones[0],
        "list.sector": scenario.sector,
        "list.scenario": draw(st.sampled_from([scenario.id, "none"])),
    }
    for kind in ("ordinary", "sensitive"):
        common |= {f"year_before.{name}{kind}_persons": (listed, listed) for name in ("", "listed_", "unlisted_")}
    flow: dict[str, object] = {
        "flow.ordinary_persons": (ordinary, ordinary),
        "flow.sensitive_persons": (sensitive, sensitive),
        "flow.under14_persons": (0, 0),
        "flow.fields_named": draw(st.booleans()),
        "flow.fields_within_limits": draw(st.booleans()),
    }
    return common, flow


@given(uses())
def test_a_list_decides_every_flow_that_it_governs(case: tuple[dict[str, object], dict[str, object]]) -> None:
    decision = decided(*case)
    (flow,) = decision.flows
    assert decision.determined
    assert flow.basis == f"list:{case[0]['list.used']}"


@given(uses())
def test_a_list_is_never_heavier_than_national_law(case: tuple[dict[str, object], dict[str, object]]) -> None:
    common, flow = case
    (listed,) = decided(common, flow).possible
    (national,) = decided({**common, "list.used": "none"}, flow).possible
    assert listed.weight <= national.weight


@given(uses(), st.sampled_from(["list.scenario", "list.sector", "list.formalities", "list.used", "exporter.zone"]))
def test_what_is_not_known_never_makes_it_lighter(
    case: tuple[dict[str, object], dict[str, object]], missing: str
) -> None:
    common, flow = case
    common = {name: value for name, value in common.items() if name != missing} | {missing: None, "list.in_zone": None}
    known = {"list.off_list": False, "list.reference_status": "none", "exporter.region": "cn-other"}
    outcomes = {one.options for one in decided({**common, **known}, flow).possible}
    (full,) = decided({**case[0], **known, "list.in_zone": None}, flow).possible
    assert full.options in outcomes


@given(uses(), st.sampled_from(["flow.fields_named", "flow.fields_within_limits"]))
def test_fields_nobody_judged_leave_both_outcomes_open(
    case: tuple[dict[str, object], dict[str, object]], missing: str
) -> None:
    common, flow = case
    outcomes = {one.options for one in decided(common, {**flow, missing: None}).possible}
    for said in (True, False):
        (one,) = decided(common, {**flow, missing: said}).possible
        assert one.options in outcomes
