"""From a declaration to the setting in which data are judged."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kouan.formats import open_source
from kouan.model.assessment import AssessmentSpec, PopulationSpec
from kouan.model.declaration import PartyRole
from kouan.packs.thresholds import load_thresholds
from kouan.risk import Context, Population, Setting
from kouan.risk import messages as risk_messages

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kouan.formats.source import Source
    from kouan.model.declaration import Declaration
    from kouan.model.plan import PlanLine
    from kouan.model.thresholds import Thresholds

_ABROAD = (PartyRole.RECIPIENT, PartyRole.ONWARD_RECIPIENT)


def setting_of(
    declaration: Declaration,
    population: Source | None,
    lines: Iterable[PlanLine] = (),
    thresholds: Thresholds | None = None,
) -> Setting:
    """Return where the data go as the declaration says it; what it does not say is unknown.

    Args:
        declaration: of the transfer.
        population: table of the population, opened.
        lines: what was done to the items.
        thresholds: by which it will be judged; None means this Kouan's.
    """
    said = declaration.assessment or AssessmentSpec()
    exporters = declaration.parties_as(PartyRole.EXPORTER)
    abroad = [party for role in _ABROAD for party in declaration.parties_as(role)]
    regions = tuple(place for party in exporters for place in (party.region, party.zone) if place and place != "none")
    countries = tuple(party.country for party in abroad if party.country)
    return Setting(
        mode=declaration.transfer.mode,
        context=_context(said, thresholds or load_thresholds()),
        regions=regions or None,
        # A recipient of an unknown country may be anywhere.
        countries=countries if all(party.country for party in abroad) else None,
        recipients=len(abroad),
        sharing=said.sharing,
        environment=said.environment,
        measures=said.measures,
        scenario_risk=said.scenario_risk,
        management=said.management,
        basic_security=said.basic_security,
        secure=said.secure,
        population=Population(
            size=None if said.population is None else said.population.size,
            table=None if population is None else population.entities[0],
        ),
        lines={line.item: line for line in lines},
    )


def declared_otherwise(
    declaration: Declaration, *, sharing: str | None, environment: str | None, size: int | None
) -> Declaration:
    """Return a declaration that says some of the assessment otherwise; None leaves it. Raises K-RSK-004, K-RSK-006."""
    said = declaration.assessment or AssessmentSpec()
    changes: dict[str, object] = {}
    if sharing is not None:
        changes["sharing"] = sharing
    if environment is not None:
        try:
            factor = Decimal(environment)
        except InvalidOperation:
            factor = Decimal(0)
        if not (factor.is_finite() and factor > 0):
            raise risk_messages.ENVIRONMENT.at("--environment")
        changes["environment"] = factor
    if size is not None:
        if size < 1:
            raise risk_messages.POPULATION_SMALL.at("--population", size=size, records=1)
        changes["population"] = (said.population or PopulationSpec()).model_copy(update={"size": size})
    return declaration.model_copy(update={"assessment": said.model_copy(update=changes)}) if changes else declaration


def open_population(declaration: Declaration, folder: Path) -> Source | None:
    """Open the table of the population that a declaration names, if any. Raises KouanError K-FMT-…."""
    said = declaration.assessment
    if said is None or said.population is None or said.population.table is None:
        return None
    return open_source(folder / said.population.table, name=said.population.table)


def _context(said: AssessmentSpec, thresholds: Thresholds) -> Context | None:
    given, usual = said.context, Context.usual(thresholds.overall)
    if given is None:
        return None
    return Context(
        attempt=usual.attempt if given.attempt is None else given.attempt,
        acquaintance=given.acquaintance,
        breach=usual.breach if given.breach is None else given.breach,
    )
