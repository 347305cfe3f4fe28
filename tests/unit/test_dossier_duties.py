"""Duties by pathway: those of a way that may not be taken stand apart from those owed in any case."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kouan.dossier.duties import ALWAYS, STOPPED, by_pathway
from kouan.law import decide
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.text import same
from kouan.packs import load_packs

if TYPE_CHECKING:
    from kouan.model.decision import Decision


def decided(sensitive: int, **more: bool) -> Decision:
    values = {
        "exporter.ciio": False, "data.important": False, "transfer.collected_abroad": False,
        "transfer.contract_party": False, "transfer.emergency": False, "hr.cross_border_management": False,
        "list.in_zone": False,
    }  # fmt: skip
    values |= {name.replace("__", "."): value for name, value in more.items()}
    counts = {f"year_before.{kind}_persons": Range(lo=0, hi=0) for kind in ("ordinary", "sensitive")}
    own = {"flow.personal": True, "flow.employee": False, "flow.under14_persons": Range(lo=0, hi=0)}
    own |= {"flow.ordinary_persons": Range(lo=0, hi=0), "flow.sensitive_persons": Range(lo=sensitive, hi=sensitive)}

    def facts(given: dict[str, bool | Range]) -> tuple[Fact, ...]:
        return tuple(Fact(name=name, value=value, source=FactSource.DECLARED) for name, value in given.items())

    flow = FlowFacts(id="member", label=same("member"), facts=facts(own))
    return decide(FactSet(as_of=dt.date(2026, 11, 22), facts=facts(values | counts), flows=(flow,)), load_packs())


def test_duties_of_contract_and_certification_stand_apart() -> None:
    groups = by_pathway(decided(300))
    headings = [heading.zh for heading, _ in groups]
    assert headings[0] == ALWAYS.zh
    named = {heading.zh: {duty.id for duty in duties} for heading, duties in groups}
    assert "o13-contract-filing" in named["限订立标准合同并备案"]
    assert "o20-8-validity" in named["限通过个人信息出境认证（个人信息保护认证）"]
    assert {"pipl-39-tell", "o16-keep-counting"} <= named[ALWAYS.zh]


def test_one_pathway_makes_one_group_and_no_duty_is_lost() -> None:
    decision = decided(20_000)
    ((heading, duties),) = by_pathway(decision)
    assert heading == ALWAYS
    assert duties == decision.duties


def test_a_transfer_that_may_not_happen_lists_no_duty_of_exporting() -> None:
    decision = decided(300, recipient__restricted=True)
    ((heading, duties),) = by_pathway(decision)
    assert heading == STOPPED
    assert {duty.id for duty in duties} == {"pipl-42-do-not-provide", "pipl-66-liability"}
    assert decision.conditions == decision.papers == decision.triggers == ()
