"""Persons who come again: what was released this year counts beside a transfer only as far as others are in it.

`year_before` asks how many left before this transfer, and lets those be left out who come again in it (order 16 Arts 5,
7, 8 count persons). What is left out here is a range that holds for every number of persons that the transfer may have,
so that start and transfer together never come to fewer persons than there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kouan.evidence import FileKeyStore
from kouan.law import surely_counted
from kouan.meter.ledger import Ledger, YearCount
from kouan.meter.personset import together
from kouan.meter.shelf import Shelf
from kouan.meter.union import Part, unite
from kouan.model.declaration import PartyRole
from kouan.model.errors import KouanError
from kouan.model.facts import FactSet, Range

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from kouan.clearance.counting import Metered
    from kouan.law.portfolio import Flows
    from kouan.meter.personset import PersonSet
    from kouan.meter.union import Memo
    from kouan.model.decision import Decision
    from kouan.model.declaration import Declaration
    from kouan.packs import PackSet

KINDS = ("ordinary", "sensitive")
PERSONS = "persons"
"""Folder of the sets in the exporter's home."""
_NOBODY = Range(lo=0, hi=0)


def open_meter(home: Path) -> Ledger:
    """Return the book of an installation, with the sets of its releases where it has the key to them."""
    return Ledger(home / "meter.sqlite", find_shelf(home))


def find_shelf(home: Path) -> Shelf | None:
    """Return the sets of an installation, or None where it has no key to them."""
    try:
        return open_shelf(home)
    except (KouanError, OSError):
        return None


def open_shelf(home: Path) -> Shelf:
    """Return the sets of an installation. Raises KouanError K-EVI-… where it has no key."""
    return Shelf(home / PERSONS, FileKeyStore.open(home, create=False))


def released_set(decision: Decision, sets: Mapping[str, PersonSet]) -> PersonSet | None:
    """Return who may be among the persons that a release counts; None where that is not known of all of them.

    Args:
        decision: on the treated data.
        sets: by role, of the raw data.
    """
    roles = []
    for flow in decision.flows:
        if flow.counted is False:
            continue
        count = _part(decision.facts, [flow.id])
        known = sets.get(flow.id)
        if known is not None and _holds(known, count):
            roles.append(flow.id)
        elif count.ordinary.hi != 0 or count.sensitive.hi != 0:
            return None
    return together(sets[role] for role in roles)


def _holds(known: PersonSet, count: Part) -> bool:
    """Tell whether a set has room for a count: treatment adds nobody."""
    ordinary, sensitive = count.ordinary.hi, count.sensitive.hi
    if ordinary is None or sensitive is None:
        return False
    return ordinary + count.sensitive.lo <= known.most and sensitive <= known.most_sensitive


@dataclass(slots=True)
class Again:
    """Who is in a transfer, as far as somebody can be told again.

    Attributes:
        sets: by role, of the raw data; empty where nobody was marked.
    """

    sets: dict[str, PersonSet] = field(default_factory=dict)
    _joined: dict[tuple[str, ...], PersonSet] = field(default_factory=dict, repr=False)
    _memo: Memo = field(default_factory=dict, repr=False)

    def part(self, facts: FactSet, flows: Collection[str]) -> list[Part]:
        """Return some flows of the transfer as parts of a union: those whose persons are marked as one."""
        known = sorted(set(flows) & self.sets.keys())
        marked = tuple(role for role in known if _holds(self.sets[role], _part(facts, [role])))
        parts = [_part(facts, set(flows) - set(marked))]
        if marked:
            if marked not in self._joined:
                self._joined[marked] = together(self.sets[role] for role in marked)
            parts.append(replace(_part(facts, marked), persons=self._joined[marked]))
        return parts

    def beside(self, metered: Metered, facts: FactSet, packs: PackSet, adopted: Mapping[str, str]) -> Metered:
        """Return what was released as it counts beside this transfer: without those who come again in it.

        Args:
            metered: what each exporter released.
            facts: of the transfer, with the counters as they are without this.
            packs: the law, which says whose persons count.
            adopted: readings of its open points.
        """
        if all(one is None for one in metered):
            return metered
        flows = {kind: surely_counted(facts, packs, f"year_before.{kind}_persons", adopted) for kind in KINDS}
        surely = flows["ordinary"][0] & flows["sensitive"][0]
        own = self.part(facts, surely)
        most = _part(facts, flows["ordinary"][1] | flows["sensitive"][1])
        return tuple(one and self._less(one, own, most) for one in metered)

    def _less(self, year: YearCount, own: Sequence[Part], most: Part) -> YearCount:
        later = year.later and self._less(year.later, own, most)
        found = unite([*year.parts, *own], memo=self._memo) if own[-1].persons is not None else None
        counts = {}
        for kind in KINDS:
            before: Range = getattr(year, kind)
            least = sum(getattr(one, kind).lo for one in own)
            high = getattr(most, kind).hi
            lo = 0 if high is None else max(0, before.lo - high)
            hi = before.hi
            if found is not None and hi is not None and (whole := getattr(found, kind).hi) is not None:
                hi = min(hi, max(whole - least, lo))
            counts[kind] = Range(lo=lo, hi=hi)
        return replace(year, ordinary=counts["ordinary"], sensitive=counts["sensitive"], later=later)


@dataclass(frozen=True, slots=True)
class Together:
    """Transfers of one exporter that are decided beside each other, and who is in them.

    Attributes:
        transfers: declaration, what was released, and who is in it.
        facts: of each.
        packs: the law.
    """

    transfers: Sequence[tuple[Declaration, Metered, Again]]
    facts: Sequence[FactSet]
    packs: PackSet
    _memo: Memo = field(default_factory=dict, repr=False)

    def most(self, place: int, name: str, flows: Flows) -> int | None:
        """Return how many persons a counter of one transfer starts with at most, beside flows of the others.

        None where that is not known by persons: no number was declared, or it is another counter than the year's.
        """
        kind = next((one for one in KINDS if name == f"year_before.{one}_persons"), None)
        declaration, metered, again = self.transfers[place]
        if kind is None:
            return None
        start = [f"year_before.{one}_persons" for one in KINDS]
        surely = [surely_counted(self.facts[place], self.packs, one, declaration.readings)[0] for one in start]
        own = again.part(self.facts[place], surely[0] & surely[1])
        others = [part for at, flow in sorted(flows) for part in self._flow(at, flow)]
        least = sum(getattr(one, kind).lo for one in own)
        bounds: list[int] = []
        for number, year in zip(_declared(declaration, kind), metered, strict=True):
            if number is None:
                return None
            for more, parts in _bases(number, year, kind):
                whole = getattr(unite([*parts, *others, *own], memo=self._memo), kind).hi
                if whole is None:
                    return None
                bounds.append(more + whole - least)
        return max(bounds)

    def _flow(self, place: int, flow: int) -> list[Part]:
        return self.transfers[place][2].part(self.facts[place], [self.facts[place].flows[flow].id])


def _declared(declaration: Declaration, kind: str) -> list[int | None]:
    """Return the numbers that the exporters declare, in their order."""
    exporters = declaration.parties_as(PartyRole.EXPORTER)
    said = [declaration.year_to_date, *(party.year_to_date for party in exporters[1:])]
    return [None if one is None else getattr(one, kind) for one in said]


def _bases(number: int, year: YearCount | None, kind: str) -> list[tuple[int, tuple[Part, ...]]]:
    """Return declared persons with the releases beside them, as the counter of an exporter takes both; see `facts`."""
    later = year.later.parts if year is not None and year.later is not None else ()
    more = year is not None and getattr(year, kind).lo > number
    return [(number, later), *([(0, year.parts)] if more and year is not None else [])]


def _part(facts: FactSet, flows: Collection[str]) -> Part:
    """Return the persons of some flows, as ranges."""
    total = dict.fromkeys(KINDS, _NOBODY)
    for flow in facts.flows:
        if flow.id in flows:
            said = {fact.name: fact.value for fact in flow.facts}
            for kind in KINDS:
                value = said.get(f"flow.{kind}_persons")
                total[kind] = total[kind].plus(value if isinstance(value, Range) else Range(lo=0, hi=None))
    return Part(total["ordinary"], total["sensitive"])
