"""Decide the transfers of a portfolio together: counters run over all of them (order 16 Arts 5, 7, 8).

Persons of different transfers are told again by what a release is told again by; who has no such mark may be the same
person or not, so that what the others add is a range.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan import law
from kouan.clearance import messages
from kouan.clearance.again import Together, open_shelf
from kouan.clearance.counting import exporter_key, exporter_name, plain_name
from kouan.clearance.desk import Desk
from kouan.clearance.opening import read_text
from kouan.meter.shelf import key_purpose
from kouan.model import strictyaml
from kouan.model.declaration import PartyRole
from kouan.model.errors import KouanError
from kouan.model.portfolio import Portfolio, PortfolioDecision, PortfolioEntry
from kouan.model.ports import silent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kouan.clearance.settings import Settings
    from kouan.law import Known, Strand
    from kouan.model.declaration import Declaration
    from kouan.model.facts import FactSet
    from kouan.model.portfolio import Finding, Sibling
    from kouan.model.ports import Progress

_START = {kind: f"year_before.{kind}_persons" for kind in ("ordinary", "sensitive")}


def decide_portfolio(
    path: Path, settings: Settings, *, person_key: bytes, progress: Progress = silent
) -> PortfolioDecision:
    """Decide every transfer of a portfolio on the data as they are.

    Args:
        path: `portfolio.yaml`.
        settings: of the run.
        person_key: tells persons apart inside one transfer, and again in another where the exporter has no key yet.
        progress: hears the stages.

    Raises:
        KouanError: K-CLR-008 when the transfers have different exporters, and those of every declaration.
    """
    portfolio = strictyaml.parse(Portfolio, read_text(path), path.name, "portfolio")
    desks = [Desk.open(path.parent / name, settings) for name in portfolio.transfers]
    exporters = {exporter_key(desk.declaration): exporter_name(desk.declaration) for desk in desks}
    if len(exporters) > 1:
        raise messages.PORTFOLIO_MIXED.at(str(path), names=", ".join(sorted(exporters.values())))
    across_key = _across_key(settings) or person_key
    facts = [_facts(desk, person_key, across_key, progress) for desk in desks]
    together = Together([(desk.declaration, desk.metered, desk.again) for desk in desks], facts, desks[0].packs)
    decisions = law.decide_portfolio(
        facts, desks[0].packs, adopted=[desk.declaration.readings for desk in desks], most=together.most
    )
    entries = tuple(
        PortfolioEntry(transfer=desk.declaration.transfer.name, path=name, decision=decision)
        for desk, name, decision in zip(desks, portfolio.transfers, decisions, strict=True)
    )
    return PortfolioDecision(
        exporter=exporter_name(desks[0].declaration),
        entries=entries,
        findings=_findings(portfolio, desks, facts),
    )


def _across_key(settings: Settings) -> bytes | None:
    """Return the key of this year's marks, so that those of releases can be compared; None before the first."""
    try:
        return open_shelf(settings.home).keys.derive(key_purpose(settings.as_of.year))
    except KouanError:
        return None


def _facts(desk: Desk, person_key: bytes, across_key: bytes, progress: Progress) -> FactSet:
    inventory = desk.inspect(person_key=person_key, progress=progress, across_key=across_key)
    return desk.facts(inventory, consent=desk.consent_now(inventory, person_key))


def _findings(portfolio: Portfolio, desks: Sequence[Desk], facts: Sequence[FactSet]) -> tuple[Finding, ...]:
    """Return what looks like splitting among the transfers and their declared siblings."""
    packs = desks[0].packs
    known = [law.read_alone(one, packs) for one in facts]
    strands = [_strand(desk.declaration, one, read) for desk, one, read in zip(desks, facts, known, strict=True)]
    strands += [_sibling(one, exporter_key(desks[0].declaration)) for one in portfolio.siblings]
    return law.find_splits(strands, law.floors_of(known[0].law), packs)


def _strand(declaration: Declaration, facts: FactSet, known: Known) -> Strand:
    counted = declaration.year_to_date
    abroad = (PartyRole.RECIPIENT, PartyRole.ONWARD_RECIPIENT)
    before = {} if counted is None else {_START[kind]: getattr(counted, kind) for kind in _START}
    return law.Strand(
        name=declaration.transfer.name,
        exporter=exporter_key(declaration),
        recipients=frozenset(plain_name(party.name) for party in declaration.parties if party.role in abroad),
        scenario=declaration.transfer.scenario,
        day=facts.as_of,
        persons=law.added_by(known),
        before={name: (number, number) for name, number in before.items() if number is not None},
        before_day=None if counted is None else counted.as_of,
    )


def _sibling(sibling: Sibling, exporter: str) -> Strand:
    persons = {_START[kind]: getattr(sibling, kind) for kind in _START}
    return law.Strand(
        name=sibling.name,
        exporter=exporter if sibling.exporter is None else plain_name(sibling.exporter),
        recipients=frozenset(map(plain_name, sibling.recipients)),
        scenario=sibling.scenario,
        day=sibling.day,
        persons={name: (number or 0, law.NO_END if number is None else number) for name, number in persons.items()},
        before={},
    )


def is_portfolio(path: Path) -> bool:
    """Tell whether a YAML file is a portfolio rather than one declaration."""
    value = strictyaml.load(read_text(path), path.name).value
    return isinstance(value, dict) and "transfers" in value
