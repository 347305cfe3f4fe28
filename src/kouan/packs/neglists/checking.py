"""Checks inside one list: names that fit together, editions that exist, nothing called complete that is not."""

from __future__ import annotations

import difflib
from functools import partial
from typing import TYPE_CHECKING

from kouan.model.neglist import Completeness
from kouan.packs import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from kouan.model.neglist import NegativeList
    from kouan.model.strictyaml import Loaded, Location


def check_list(one: NegativeList, loaded: Loaded, *, lists: Collection[str]) -> None:
    """Raise KouanError K-PCK-041 to K-PCK-044 for the first thing that does not fit.

    Args:
        one: the list.
        loaded: its lines.
        lists: ids of all lists that are loaded.
    """
    _once(one, loaded)
    sectors = [sector.id for sector in one.sectors]
    scenarios = {scenario.id: scenario.sector for scenario in one.scenarios}
    sets = [each.id for each in one.field_sets]
    for name, at in _sectors(one):
        _known(name, sectors, partial(loaded.at, at))
    for sector, name, at in _scenarios(one):
        _known(name, [each for each, of in scenarios.items() if of == sector], partial(loaded.at, at))
    for place, entry in enumerate(one.entries):
        for name in entry.fields:
            _known(name, sets, partial(loaded.at, ("entries", place, "fields")))
    if one.superseded_by is not None and one.superseded_by not in lists:
        raise messages.LIST_SUCCESSOR.at(loaded.at(("superseded_by",)), name=one.superseded_by)
    _complete(one, loaded)


def _sectors(one: NegativeList) -> Iterator[tuple[str, Location]]:
    for key in ("scenarios", "field_sets", "entries"):
        for place, each in enumerate(getattr(one, key)):
            yield each.sector, (key, place, "sector")
    for place, rule in enumerate(one.important_numbers):
        if rule.sector is not None:
            yield rule.sector, ("important_numbers", place, "sector")


def _scenarios(one: NegativeList) -> Iterator[tuple[str, str, Location]]:
    for key in ("field_sets", "entries"):
        for place, each in enumerate(getattr(one, key)):
            for name in each.scenarios:
                yield each.sector, name, (key, place, "scenarios")


def _once(one: NegativeList, loaded: Loaded) -> None:
    for key in ("sectors", "scenarios", "field_sets", "entries", "steps", "changes", "important_numbers"):
        seen: set[str] = set()
        for place, each in enumerate(getattr(one, key)):
            if each.id in seen:
                raise messages.LIST_TWICE.at(loaded.at((key, place, "id")), name=each.id)
            seen.add(each.id)


def _known(name: str, known: Iterable[str], where: Callable[[], str]) -> None:
    known = sorted(known)
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        raise messages.LIST_NAME.at(where(), name=name, guess=f" ({near[0]}?)" if near else "")


def _complete(one: NegativeList, loaded: Loaded) -> None:
    """Refuse a sector that has neither residual entries for each counter nor asks a person: data would fall out."""
    for place, sector in enumerate(one.sectors):
        rest = [entry for entry in one.entries if entry.sector == sector.id and entry.residual]
        reached = {(entry.table, band.counter) for entry in rest for band in entry.bands}
        whole = all((table, counter) in reached for table in (1, 2) for counter in ("ordinary", "sensitive"))
        whole = whole and (None, "ordinary") in reached
        if sector.mechanism == whole:
            raise messages.LIST_GAP.at(loaded.at(("sectors", place)), name=sector.id)
        if one.completeness is Completeness.FULL and sector.mechanism:
            raise messages.LIST_GAP.at(loaded.at(("completeness",)), name=sector.id)
