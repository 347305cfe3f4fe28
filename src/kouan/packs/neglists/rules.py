"""Rules of a list: bands of named fields, the residual, what is off the list, what a person reads off it.

On a flow that the list governs (used, in scope, no CIIO, formalities done; Order 16 Art 6) national numbers yield to
the group `list-governed`. So for a covered sector some list rule holds for either counter: named fields inside their
scenario take their own bands, all else the residual entry, or, where no entry was found, the mechanism that a person
reads off the official text. Elsewhere no list rule holds and national law stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kouan.model.decision import Pathway
from kouan.model.neglist import Counter
from kouan.model.pack import UNCONFIRMED, Cited
from kouan.model.provision import Rule, Yield
from kouan.packs.neglists.clauses import Shared, every, fact, no, persons, some
from kouan.packs.neglists.words import (
    CIIO,
    CIIO_REASON,
    OFF_LIST,
    OFF_LIST_REASON,
    band_label,
    band_reason,
    open_label,
    open_reason,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.model.clause import Clause
    from kouan.model.neglist import Band, ListEntry, NegativeList
    from kouan.model.strictyaml import Location

GROUP = "list-governed"
"""Group of the rules to which national numbers yield."""

# A list is a normative document: what Order 16 Arts 3 to 5(1)(3) free stays free, and the lists say so themselves.
_ABOVE = (Yield(to="o16-3-to-6", by="rank", article="O16 3"),)
_TABLES: dict[int | None, tuple[Pathway, ...]] = {
    1: (Pathway.SECURITY_ASSESSMENT,),
    2: (Pathway.STANDARD_CONTRACT, Pathway.CERTIFICATION),
    None: (Pathway.EXEMPT,),
}
_MECHANISMS = {"security_assessment": 1, "standard_contract": 2, "exempt": None}
"""Words of `list.entry_mechanism` and the table that each stands for; `national` is a word too and no list rule."""


class RuleMaker:
    """Makes the rules of one list, each with its place in `list.yaml`."""

    def __init__(self, one: NegativeList, shared: Shared) -> None:
        self._list = one
        self._shared = shared
        self._sectors = {sector.id: sector for sector in one.sectors}
        self._unread = Cited(instrument=one.instrument, confidence="L")

    def _rule(self, *parts: str, pathways: tuple[Pathway, ...], when: list[Clause], **rest: Any) -> Rule:
        gives = pathways == (Pathway.EXEMPT,)
        if gives:
            when = [*when, fact("data.important", is_=False)]
        return Rule(
            id="-".join((self._list.id, *parts)),
            when=every(*when),
            in_force=self._list.in_force,
            groups=(GROUP,),
            yields_to=_ABOVE,
            **{"gives" if gives else "requires": pathways},
            **rest,
        )

    def bands(self) -> Iterator[tuple[Rule, Location]]:
        """Yield a rule for each band of each entry on personal information."""
        for place, entry in enumerate(self._list.entries):
            for number, band in enumerate(entry.bands):
                yield self._band(entry, band), ("entries", place, "bands", number)

    def _band(self, entry: ListEntry, band: Band) -> Rule:
        counter = persons("residual" if entry.residual else "listed", band.counter)
        pathways = _TABLES[entry.table]
        when = [*self._shared.governs, fact("list.sector", is_=entry.sector)]
        when += self._reach(entry, band)
        if band.counter is Counter.SENSITIVE:
            when.append(fact(persons("flow", Counter.SENSITIVE), at_least=1))
        elif entry.residual and entry.table is None:
            when.append(fact(persons("flow", Counter.SENSITIVE), at_most=0))
        when += self._numbers(entry, band, counter)
        sector = self._sectors[entry.sector].label
        return self._rule(
            entry.id,
            *([band.counter.value] if len(entry.bands) > 1 else []),
            pathways=pathways,
            when=when,
            article=entry.article or f"entry {entry.number}",
            source=entry.source or Cited(instrument=self._list.instrument, confidence=entry.confidence),
            label=band_label(sector, entry, band),
            reason=band_reason(sector, entry, band, counter),
        )

    def _reach(self, entry: ListEntry, band: Band) -> list[Clause]:
        """Return which data an entry is about: its named fields, or those that no entry names for the counter."""
        if not entry.residual:
            return [self._shared.inside(entry.scenarios)]
        named = self._shared.named(entry.sector, band.counter)
        return [] if named is None or band.counter in entry.adds else [no(named)]

    def _numbers(self, entry: ListEntry, band: Band, counter: str) -> list[Clause]:
        """Return the tests of a band; where named fields count in a residual entry too, either counter reaches it."""
        found = [] if band.below is None else [fact(counter, below=band.below)]
        if band.at_least is None:
            return found
        reached = fact(counter, at_least=band.at_least)
        named = self._shared.named(entry.sector, band.counter)
        if entry.residual and band.counter in entry.adds and named is not None:
            own = fact(persons("listed", band.counter), at_least=band.at_least)
            reached = some(reached, every(named, own))
        return [reached, *found]

    def unread(self) -> Iterator[tuple[Rule, Location]]:
        """Yield the rules of sectors whose entries were not found: off the list, or as a person reads off it."""
        open_ = [(place, one.id) for place, one in enumerate(self._list.sectors) if one.mechanism]
        if not open_:
            return
        at: Location = ("sectors", open_[0][0])
        sectors = tuple(sector for _, sector in open_)
        covered = [*self._shared.governs, fact("list.sector", among=sectors)]
        when = [*covered, *self._unbanded(sectors)]
        if self._list.kind == "negative":
            named = self._named(sectors)
            yield (
                self._rule(
                    "off-list",
                    pathways=(Pathway.EXEMPT,),
                    when=[*covered, *(no(one) for one in named), fact("list.off_list", is_=True)],
                    article=UNCONFIRMED,
                    source=self._unread,
                    counts=False,
                    label=OFF_LIST,
                    reason=OFF_LIST_REASON,
                ),
                at,
            )
            on_list = fact("list.off_list", is_=False)
            when.append(some(on_list, *named) if named else on_list)
        for word, table in _MECHANISMS.items():
            yield (
                self._rule(
                    "open",
                    word.replace("_", "-"),
                    pathways=_TABLES[table],
                    when=[*when, fact("list.entry_mechanism", is_=word)],
                    article=UNCONFIRMED,
                    source=self._unread,
                    label=open_label(table),
                    reason=open_reason(table),
                ),
                at,
            )

    def _named(self, sectors: tuple[str, ...]) -> list[Clause]:
        """Return when the fields that a sector names are meant: such data are on the list, whatever else is said."""
        return [
            every(fact("list.sector", is_=sector), inside)
            for sector in sectors
            for counter in Counter
            if (inside := self._shared.named(sector, counter)) is not None
        ]

    def _unbanded(self, sectors: tuple[str, ...]) -> list[Clause]:
        """Return that no band settles the flow: one does only where all its persons are of the counter it numbers."""
        found = []
        for sector in sectors:
            banded = {counter: self._shared.named(sector, counter) for counter in Counter}
            for counter, inside in banded.items():
                if inside is None:
                    continue
                parts = [fact("list.sector", is_=sector), inside, fact(persons("flow", counter), at_least=1)]
                others = [other for other, named in banded.items() if named is None]
                parts += [fact(persons("flow", other), at_most=0) for other in others]
                found.append(no(every(*parts)))
        return found

    def ciio(self) -> Iterator[tuple[Rule, Location]]:
        """Yield the rule of measures that send a critical operator to assessment."""
        cited = self._list.scope.ciio_assessment
        if cited is None:
            return
        shared = self._shared
        operator, personal = fact("exporter.ciio", is_=True), fact("flow.personal", is_=True)
        yield (
            self._rule(
                "ciio",
                pathways=(Pathway.SECURITY_ASSESSMENT,),
                when=[shared.used, shared.scope, shared.covered, operator, personal],
                article=cited.article,
                source=cited.source,
                label=CIIO,
                reason=CIIO_REASON,
            ),
            ("scope", "ciio_assessment"),
        )
