"""Seeded transfers that differ in facts, persons, purpose, place and list: what one decision kept is of little use."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING

from examples.people import TODAY
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts, Range
from kouan.model.text import same
from kouan.model.vocabulary import FactScope, FactType

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kouan.model.facts import FactValue
    from kouan.model.neglist import NegativeList
    from kouan.packs import PackSet

_SEED = 2026
_LARGEST = 3_000_000
_OFTEN, _SELDOM = 0.5, 0.08
_FIRST = dt.date(TODAY.year, 6, 1)
"""From this day to TODAY the same lists are in force."""
_COUNTRIES = ("HK", "MO", "SG", "JP", "KR", "DE", "FR", "IE", "NL", "GB", "US", "BR", "AE", "AU")
_PURPOSES = (
    *("pharmacovigilance", "clinical_trial", "hr", "e_commerce", "payment", "booking", "logistics", "marketing"),
    *("after_sales", "research", "connected_vehicle", "reinsurance", "audit", "supplier_management"),
)
_USUAL = {
    *("transfer.standing", "transfer.contract_necessary", "transfer.contract_party", "basis.consent", "basis.contract"),
    *("basis.hr", "hr.necessary", "list.in_zone", "list.formalities", "list.off_list", "transfer.repeat"),
    *("exporter.group", "hr.labour_rules", "hr.cross_border_management"),
}
"""Facts as often true as false; others are seldom true."""
_OPEN = (
    *("exporter.ciio", "data.important", "transfer.contract_party", "transfer.contract_necessary", "basis.contract"),
    *("basis.hr", "hr.necessary", "hr.labour_rules", "hr.collective_contract", "transfer.collected_abroad"),
    *("transfer.domestic_data_added", "transfer.trade_activity", "transfer.emergency", "basis.consent"),
    *("list.in_zone", "list.off_list", "transfer.treaty", "recipient.entrusted", "transfer.legal_duty_necessary"),
)
_LIST_OPEN = (
    *("list.sector", "list.scenario", "list.entry_mechanism", "list.reference_status", "list.off_list"),
    *("list.in_zone", "list.formalities", "exporter.ciio", "data.important", "transfer.contract_necessary"),
)
_REFERENCE = ("published", "filed", "recognised", "none")
_MECHANISMS = ("security_assessment", "standard_contract", "exempt", "national")


def transfers(
    packs: PackSet, number: int, *, open_facts: int = 0, listed: bool = False, flows: int = 1
) -> list[FactSet]:
    """Return transfers drawn from a fixed seed.

    Args:
        packs: whose vocabulary and lists are drawn from.
        number: of transfers.
        open_facts: facts that decide and are left out of each, others every time.
        listed: whether each is made under one of the lists in force, drawn anew.
        flows: of each.
    """
    draw = random.Random(f"{_SEED}/{open_facts}/{listed}/{flows}")  # noqa: S311 - a drawing, no secret
    lists = [one for one in packs.editions.values() if one.in_force.holds(_FIRST) and one.in_force.holds(TODAY)]
    return [_transfer(draw, packs, lists if listed else [], open_facts, flows) for _ in range(number)]


def alike(packs: PackSet, number: int) -> list[FactSet]:
    """Return one transfer over and over, with other persons: what a decision kept serves the next."""
    draw = random.Random(_SEED)  # noqa: S311
    first = _transfer(draw, packs, [], 0, 1)
    flow = first.flows[0]
    facts = [fact for fact in flow.facts if fact.name not in {"flow.ordinary_persons", "flow.persons"}]
    sensitive = next(
        v for fact in facts if fact.name == "flow.sensitive_persons" and isinstance(v := fact.value, Range)
    )
    found = []
    for _ in range(number):
        ordinary = _persons(draw)
        more = _facts(
            {"flow.ordinary_persons": ordinary, "flow.persons": ordinary.plus(sensitive)}, flow.facts[0].source
        )
        found.append(first.model_copy(update={"flows": (flow.model_copy(update={"facts": (*facts, *more)}),)}))
    return found


def under_each_list(packs: PackSet) -> list[FactSet]:
    """Return one transfer under each list, and one under none: what is worked out once a day is then there."""
    draw = random.Random(_SEED)  # noqa: S311
    lists = [one for one in packs.editions.values() if one.in_force.holds(_FIRST) and one.in_force.holds(TODAY)]
    return [_transfer(draw, packs, several, 0, 1) for several in ([], *([one] for one in lists))]


def _transfer(
    draw: random.Random, packs: PackSet, lists: Sequence[NegativeList], open_facts: int, flows: int
) -> FactSet:
    values = dict(_common(draw, packs))
    if lists:
        values |= _of_list(draw, draw.choice(lists))
    for name in draw.sample(_LIST_OPEN if lists else _OPEN, open_facts):
        values[name] = None
    day = _FIRST + dt.timedelta(days=draw.randrange((TODAY - _FIRST).days + 1))
    return FactSet(
        as_of=day,
        facts=_facts(values, FactSource.DECLARED),
        flows=tuple(_flow(draw, packs, f"flow-{place}") for place in range(flows)),
        attestations_complete=draw.random() < _OFTEN,
    )


def _common(draw: random.Random, packs: PackSet) -> Iterator[tuple[str, FactValue]]:
    for fact in packs.facts.values():
        if fact.scope is FactScope.TRANSFER and fact.type is FactType.BOOL:
            yield fact.name, draw.random() < (_OFTEN if fact.name in _USUAL else _SELDOM)
        elif fact.scope is FactScope.TRANSFER and fact.type is FactType.COUNT:
            yield fact.name, _persons(draw) if draw.random() < _OFTEN else Range(lo=0, hi=0)
    yield "recipient.countries", tuple(sorted(draw.sample(_COUNTRIES, draw.randint(1, 3))))
    yield "transfer.mode", draw.choice(("controlled", "open"))
    yield "transfer.scenario", draw.choice(_PURPOSES)
    yield "list.used", "none"


def _of_list(draw: random.Random, one: NegativeList) -> Mapping[str, FactValue]:
    sector = draw.choice(one.sectors).id
    scenarios = [scenario.id for scenario in one.scenarios if scenario.sector == sector]
    return {
        "list.used": one.id,
        "exporter.zone": draw.choice(one.scope.zones),
        "list.in_zone": True,
        "list.sector": sector,
        "list.scenario": draw.choice((*scenarios, "none")),
        "list.reference_status": draw.choice(_REFERENCE),
        "list.entry_mechanism": draw.choice(_MECHANISMS),
    }


def _flow(draw: random.Random, packs: PackSet, name: str) -> FlowFacts:
    ordinary, sensitive, under14 = _persons(draw), _persons(draw), Range(lo=0, hi=draw.choice((0, 0, 0, 900)))
    subject = draw.choice(("member", "employee", "patient", "reporter", "driver", "supplier"))
    known = {one.name for one in packs.facts.values() if one.scope is FactScope.FLOW and one.type is FactType.BOOL}
    values: dict[str, FactValue] = {
        fact: draw.random() < _SELDOM for fact in sorted(known) if fact != "consent.separate_complete"
    }
    values |= {
        "flow.subject": subject,
        "flow.personal": draw.random() >= _SELDOM,
        "flow.employee": subject == "employee",
        "flow.fields_named": draw.random() < _OFTEN,
        "flow.fields_within_limits": draw.random() < _OFTEN,
        "consent.separate_complete": draw.random() < _OFTEN,
        "flow.ordinary_persons": ordinary,
        "flow.sensitive_persons": sensitive,
        "flow.under14_persons": Range(lo=0, hi=min(under14.hi or 0, sensitive.hi or 0)),
        "flow.persons": ordinary.plus(sensitive),
    }
    return FlowFacts(id=name, label=same(name), subjects=(subject,), facts=_facts(values, FactSource.OBSERVED))


def _persons(draw: random.Random) -> Range:
    """Return a count between 1 and the largest, as likely of each size, known to within some percent."""
    least = int(_LARGEST ** draw.random())
    return Range(lo=least, hi=least + draw.randrange(least // 10 + 1))


def _facts(values: Mapping[str, FactValue], source: FactSource) -> tuple[Fact, ...]:
    return tuple(Fact(name=name, value=value, source=source) for name, value in values.items())
