"""Conditions that the provisions of a list share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kouan.model.clause import Clause

if TYPE_CHECKING:
    from kouan.model.neglist import Counter, NegativeList

REFERENCE = "list-reference"
"""The open point whose options say when another zone's list may be used."""
_STATUS = {
    "published": ("published", "filed", "recognised"),
    "filed": ("filed", "recognised"),
    "recognised": ("recognised",),
}
_WRITTEN = {"is_": "is", "among": "in"}


def fact(name: str, **test: Any) -> Clause:
    """Return a test of one fact, such as `fact("flow.personal", is_=True)`."""
    return Clause.model_validate({"fact": name, **{_WRITTEN.get(key, key): value for key, value in test.items()}})


def every(*parts: Clause) -> Clause:
    """Return the conjunction."""
    return Clause.model_validate({"all": parts})


def some(*parts: Clause) -> Clause:
    """Return the disjunction."""
    return Clause.model_validate({"any": parts})


def no(part: Clause) -> Clause:
    """Return the negation."""
    return Clause.model_validate({"not": part})


def persons(kind: str, counter: Counter) -> str:
    """Return the name of a counter of persons: `year.listed_ordinary_persons`, `flow.sensitive_persons`."""
    return f"flow.{counter}_persons" if kind == "flow" else f"year.{kind}_{counter}_persons"


class Shared:
    """The conditions of one list.

    Attributes:
        used: the exporter uses it, or an edition that it replaced.
        covered: the sector is on it.
        touched: of its procedure: used, in scope, no CIIO, sector covered.
        governs: what else must hold for its rules to decide a flow: scope, no CIIO, formalities done where the measures
            put them before the export, personal.
    """

    def __init__(self, one: NegativeList, earlier: tuple[str, ...]) -> None:
        self._list = one
        self.used = fact("list.used", among=(one.id, *earlier))
        self.scope = self._scope()
        self.covered = fact("list.sector", among=tuple(sector.id for sector in one.sectors))
        outside = fact("exporter.ciio", is_=False)
        self.touched = every(self.used, self.scope, outside, self.covered)
        done = (fact("list.formalities", is_=True),) if one.formalities_first else ()
        self.governs = (self.scope, outside, *done, fact("flow.personal", is_=True))

    def _scope(self) -> Clause:
        scope = self._list.scope
        parts = [fact("exporter.zone", among=scope.zones)] if scope.zones else []
        parts += [fact("exporter.region", among=scope.regions)] if scope.regions else []
        for pilot in scope.pilots:
            inside = every(fact("list.pilot", is_=True), fact("exporter.region", among=pilot.regions))
            parts.append(inside.model_copy(update={"in_force": pilot.in_force}))
        for option, words in _STATUS.items():
            status = fact("list.reference_status", among=words)
            parts.append(status.model_copy(update={"under": {REFERENCE: option}}))
        return some(*parts)

    def inside(self, scenarios: tuple[str, ...]) -> Clause:
        """Return that a flow lies in some scenarios and has only the fields that they name, within their limits."""
        named, within = fact("flow.fields_named", is_=True), fact("flow.fields_within_limits", is_=True)
        return every(fact("list.scenario", among=scenarios), named, within)

    def named(self, sector: str, counter: Counter) -> Clause | None:
        """Return when a flow has only fields that the sector's entries name for a counter; None without such."""
        scenarios = {
            scenario: None
            for entry in self._list.entries
            if entry.sector == sector and entry.fields and any(band.counter is counter for band in entry.bands)
            for scenario in entry.scenarios
        }
        return self.inside(tuple(scenarios)) if scenarios else None
