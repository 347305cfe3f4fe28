"""Facts of a transfer from what is declared, observed and metered; one flow per kind of subject.

A flow is decided by itself because exemptions are: order 16 Art 5(1)(2) covers employees, not their children.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance.again import Again
from kouan.clearance.listfacts import declared_list, field_facts, listed_before
from kouan.dossier.metered import evidence as metered_evidence
from kouan.dossier.terms import subject
from kouan.model.attestation import NamedParty
from kouan.model.declaration import Basis, Declaration, PartyRole
from kouan.model.facts import Conflict, Fact, FactSet, FactSource, FactValue, FlowFacts, Range
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kouan.clearance.counting import Metered
    from kouan.meter.ledger import YearCount
    from kouan.model.consent import Consent
    from kouan.model.declaration import Party, YearToDate
    from kouan.model.inventory import Inventory, Item, PersonCount
    from kouan.model.necessity import Necessity
    from kouan.model.time import LegalDay
    from kouan.packs import PackSet

_STAFF = {"employee"}
_GENETIC = {"genetic"}
BY_CANDIDATES = "inventory: candidates:"
"""Evidence of `data.important` that stays open because of what was found in the data."""
_KINDS = ("ordinary", "sensitive")
_NECESSARY = {"hr.necessary", "transfer.contract_necessary"}


def build_facts(
    declaration: Declaration,
    inventory: Inventory,
    *,
    metered: Metered | None,
    as_of: LegalDay,
    original: Inventory | None = None,
    consent: Consent | None = None,
    necessity: Necessity | None = None,
    repeat: bool = False,
    packs: PackSet | None = None,
    again: Again | None = None,
    certified: str | None = None,
) -> FactSet:
    """Return everything the law engine needs to know of this transfer.

    Args:
        declaration: what the exporter says.
        inventory: what was observed in the data.
        metered: persons this installation has released since 1 January for each exporter, in their declared order;
            None for one without a release, and for all where nothing is asked of the meter.
        as_of: legal day.
        original: of the raw data, when `inventory` is of the treated ones.
        consent: what the ledger says of the persons in the raw data; who has no standing consent is not in the treated.
        necessity: of what the plan lets leave, when `inventory` is of the treated data.
        repeat: whether this is a later batch under an authorisation.
        packs: the law, whose negative lists say which items they name, and which persons count beside the metered ones.
        again: who is in the data, so that those who left before are told again.
        certified: number of the certificate of effect that was checked against the treated data; None without one.
    """
    personal_before = original is not None and any(item.personal is not False for item in original.items)
    declared, conflicts = _held_to_necessity(_declared(declaration), necessity)
    declared, open_ones = _held_to_candidates(declared, inventory)
    conflicts += open_ones
    common = [*declared, *_parties(declaration), *_basis(declaration)]
    before, clashes = _before(declaration, metered)
    conflicts += clashes
    flows = [_treated(flow, personal_before=personal_before) for flow in _flows(inventory)]
    flows = [_compared(flow, declaration, inventory, original, packs=packs, as_of=as_of) for flow in flows]
    if certified is not None:
        flows = [_certified(flow, certified) for flow in flows]
    unread = not all(source.complete for source in (original or inventory).sources)
    if consent is not None:
        complete = original is not None or consent.complete
        flows = [_consented(flow, consent, complete=complete, declaration=declaration) for flow in flows]
    if unread:
        flows.append(_unread())
    found = FactSet(
        as_of=as_of,
        facts=(*common, _fact("transfer.repeat", repeat, FactSource.DERIVED, "clearance: --under"), *before),
        flows=tuple(flows),
        conflicts=tuple(conflicts),
        attestations=declaration.attestations,
        attestations_complete=declaration.attestations_complete,
        parties=tuple(_named(party) for party in declaration.parties if party.role is not PartyRole.PROCESSOR),
    )
    return found if packs is None else _beside(found, declaration, metered, packs=packs, again=again)


def _named(party: Party) -> NamedParty:
    names = tuple(name for name in (party.name, party.uscc) if name)
    return NamedParty(role="exporter" if party.role is PartyRole.EXPORTER else "recipient", names=names)


def _treated(flow: FlowFacts, *, personal_before: bool) -> FlowFacts:
    """Return a flow that says whether its data were made from personal information: somebody then answers for it."""
    fact = _fact("flow.treated_from_personal", personal_before, FactSource.DERIVED, "inventory: items before treatment")
    return flow.model_copy(update={"facts": (*flow.facts, fact)})


def _certified(flow: FlowFacts, number: str) -> FlowFacts:
    fact = _fact("flow.certified_anonymised", True, FactSource.DERIVED, f"certificate: {number}")
    return flow.model_copy(update={"facts": (*flow.facts, fact)})


def _compared(
    flow: FlowFacts,
    declaration: Declaration,
    inventory: Inventory,
    original: Inventory | None,
    *,
    packs: PackSet | None,
    as_of: LegalDay,
) -> FlowFacts:
    """Return a flow that says whether its items are fields of the negative list that is used."""
    items = [item for item in inventory.items if item.id in flow.items]
    under14 = next(fact.value for fact in flow.facts if fact.name == "flow.under14_persons")
    assert isinstance(under14, Range)
    facts = field_facts(items, under14, declaration, packs=packs, as_of=as_of, original=original)
    return flow.model_copy(update={"facts": (*flow.facts, *facts)}) if facts else flow


def _consented(flow: FlowFacts, consent: Consent, *, complete: bool, declaration: Declaration) -> FlowFacts:
    """Return a flow with what the ledger says of it; a flow of other persons does not rest on consent."""
    concerned = any(consent.concerns(subject) for subject in flow.subjects or (None,))
    if concerned:
        fact = _fact("consent.separate_complete", complete, FactSource.OBSERVED, "consent ledger")
    elif flow.subjects and Basis.CONSENT in declaration.basis:
        fact = _fact(
            "basis.consent", value=False, source=FactSource.DECLARED, evidence="declaration: consent.applies_to"
        )
    else:
        return flow
    return flow.model_copy(update={"facts": (*flow.facts, fact)})


def with_counters(
    facts: FactSet,
    declaration: Declaration,
    *,
    metered: Metered | None,
    as_of: LegalDay,
    packs: PackSet | None = None,
    again: Again | None = None,
) -> FactSet:
    """Return the same facts on another day of the year, with what the meter says then; see `build_facts`."""
    found = _with_before(facts, *_before(declaration, metered)).model_copy(update={"as_of": as_of})
    return found if packs is None else _beside(found, declaration, metered, packs=packs, again=again)


def _beside(
    facts: FactSet, declaration: Declaration, metered: Metered | None, *, packs: PackSet, again: Again | None
) -> FactSet:
    """Return the facts with what was released as it counts beside this transfer.

    What left under a negative list stays whole: whether this transfer counts under it, too, is another question.
    """
    if metered is None or all(one is None for one in metered):
        return facts
    near = (again or Again()).beside(metered, facts, packs, declaration.readings)
    return _with_before(facts, *_year_before(declaration, metered, near))


def _with_before(facts: FactSet, before: list[Fact], conflicts: list[Conflict]) -> FactSet:
    fresh = {fact.name: fact for fact in before}
    kept = tuple(fresh.get(fact.name, fact) for fact in facts.facts)
    others = tuple(one for one in facts.conflicts if one.kept.name not in fresh)
    return facts.model_copy(update={"facts": kept, "conflicts": (*others, *conflicts)})


def _fact(name: str, value: FactValue, source: FactSource, evidence: str) -> Fact:
    return Fact(name=name, value=value, source=source, evidence=evidence)


def _declared(declaration: Declaration) -> list[Fact]:
    evidence = "declaration: facts"
    facts = [_fact(name, value, FactSource.DECLARED, evidence) for name, value in sorted(declaration.facts.items())]
    return [*facts, *declared_list(declaration)]


def _held_to_necessity(declared: list[Fact], necessity: Necessity | None) -> tuple[list[Fact], list[Conflict]]:
    """Return the declared facts; that data are needed does not stand against items that leave and are not.

    An item outside the purpose shows that not all of it is needed; one that nobody understands leaves it open.
    """
    if necessity is None or not (necessity.outside or necessity.not_understood):
        return declared, []
    value = False if necessity.outside else None
    kept: list[Fact] = []
    conflicts: list[Conflict] = []
    for fact in declared:
        if fact.name in _NECESSARY and fact.value is True:
            observed = _fact(fact.name, value, FactSource.OBSERVED, "necessity: items that leave")
            conflicts.append(Conflict(kept=observed, dropped=fact))
            kept.append(observed)
        else:
            kept.append(fact)
    return kept, conflicts


def _held_to_candidates(declared: list[Fact], inventory: Inventory) -> tuple[list[Fact], list[Conflict]]:
    """Return the declared facts; that no data are important stays open while a published text describes some of them.

    A person who has checked every candidate says so in `data.important_checked`; the rest is order 16 Art 2.
    """
    found = [one.id for one in inventory.candidates if one.published]
    said = {fact.name: fact for fact in declared}
    answer = said.get("data.important")
    checked = said.get("data.important_checked")
    if not found or (answer is not None and answer.value is True) or (checked is not None and checked.value is True):
        return declared, []
    kept = _fact("data.important", None, FactSource.OBSERVED, f"{BY_CANDIDATES} {', '.join(found)}")
    others = [fact for fact in declared if fact is not answer]
    denied = answer is not None and answer.value is False
    return [*others, kept], [Conflict(kept=kept, dropped=answer)] if answer is not None and denied else []


def _parties(declaration: Declaration) -> list[Fact]:
    exporters = declaration.parties_as(PartyRole.EXPORTER)
    known = [party.ciio for party in exporters]
    ciio: bool | None = True if True in known else (None if None in known else False)
    onward = declaration.parties_as(PartyRole.ONWARD_RECIPIENT)
    processors = declaration.parties_as(PartyRole.PROCESSOR)
    abroad = (*declaration.parties_as(PartyRole.RECIPIENT), *onward)
    countries = _countries(abroad)
    where = "declaration: parties"
    facts = [
        _fact("exporter.ciio", ciio, FactSource.DECLARED, where),
        _fact("exporter.several", len(exporters) > 1, FactSource.DECLARED, where),
        _fact("recipient.countries", countries, FactSource.DECLARED, where),
        _fact("recipient.onward_countries", _countries(onward), FactSource.DECLARED, where),
        _fact("transfer.entrusted_processor", bool(processors), FactSource.DECLARED, where),
        _fact("transfer.onward", bool(onward), FactSource.DECLARED, where),
        _fact("transfer.scenario", declaration.transfer.scenario, FactSource.DECLARED, "declaration: transfer"),
        _fact("transfer.standing", declaration.transfer.standing, FactSource.DECLARED, "declaration: transfer"),
        _fact("transfer.mode", declaration.transfer.mode.value, FactSource.DECLARED, "declaration: transfer"),
    ]
    if all(party.country for party in abroad):
        # The two guides of the Greater Bay Area are apart: one contract reaches Hong Kong or Macao, nowhere else.
        for name, code in (("hong_kong", "HK"), ("macao", "MO")):
            facts.append(_fact(f"recipient.{name}_only", countries == (code,), FactSource.DERIVED, where))
    zones = {None if party.zone is None or party.zone.lower() == "none" else party.zone for party in exporters}
    regions = {party.region for party in exporters}
    if len(regions) == 1 and None not in regions:
        facts.append(_fact("exporter.region", exporters[0].region, FactSource.DECLARED, where))
    if None not in zones:
        if len(zones) == 1:  # of exporters in different zones it stays open which one counts
            facts.append(_fact("exporter.zone", exporters[0].zone, FactSource.DECLARED, where))
        return facts
    if None in zones and declaration.list is not None:
        facts.append(_fact("exporter.zone", "none", FactSource.DECLARED, where))
    if "list.in_zone" not in declaration.facts and declaration.list is None:
        # A zone is named by the exporter or there is none: nobody is in a pilot zone without knowing it.
        facts.append(_fact("list.in_zone", value=False, source=FactSource.DECLARED, evidence=where))
    return facts


def _countries(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(sorted({party.country for party in parties if party.country}))


def _basis(declaration: Declaration) -> list[Fact]:
    if not declaration.basis:
        return []
    return [
        _fact(f"basis.{basis.value}", basis in declaration.basis, FactSource.DECLARED, "declaration: basis")
        for basis in Basis
    ]


def _before(declaration: Declaration, metered: Metered | None) -> tuple[list[Fact], list[Conflict]]:
    before, conflicts = _year_before(declaration, metered)
    return [*before, *listed_before(declaration, before, metered)], conflicts


def _year_before(
    declaration: Declaration, metered: Metered | None, near: Metered | None = None
) -> tuple[list[Fact], list[Conflict]]:
    """Return both counters before this transfer, as the exporter with most persons has them.

    Each exporter is judged by its own counters and the heaviest outcome governs; more persons are never lighter, so
    that the largest counters give that outcome at once.
    """
    exporters = declaration.parties_as(PartyRole.EXPORTER)
    declared = [declaration.year_to_date, *(party.year_to_date for party in exporters[1:])]
    released = metered or (None,) * len(exporters)
    beside = near or released
    facts: list[Fact] = []
    conflicts: list[Conflict] = []
    for kind in _KINDS:
        own = [_of_exporter(kind, *each) for each in zip(declared, released, beside, strict=True)]
        facts.append(_heaviest([fact for fact, _ in own]))
        conflicts += [conflict for _, conflict in own if conflict is not None]
    return facts, conflicts


def _of_exporter(
    kind: str, counted: YearToDate | None, metered: YearCount | None, near: YearCount | None
) -> tuple[Fact, Conflict | None]:
    """Return a counter of one exporter; what was metered beats a lighter declared number.

    Args:
        kind: of the counter.
        counted: as declared.
        metered: what was released.
        near: the same without those who come again in the transfer; what was declared is held against all of it.
    """
    name = f"year_before.{kind}_persons"
    number = getattr(counted, kind) if counted is not None else None
    declared = _fact(
        name,
        None if number is None else Range(lo=number, hi=number),
        FactSource.DECLARED,
        "declaration: year_to_date" if counted is not None else "declaration: year_to_date is missing",
    )
    if metered is None or near is None:
        return declared, None
    own: Range = getattr(near, kind)
    later: Range = getattr(near.later, kind) if near.later else Range(lo=0, hi=0)
    evidence = metered_evidence(releases=len(metered.parts), joined=metered.joined, lost=metered.lost)
    if number is None:
        # The exporter may have released more elsewhere: the meter gives the lower end and no upper one.
        return _fact(name, Range(lo=own.lo, hi=None), FactSource.METERED, evidence), None
    fits = getattr(metered, kind).lo <= number
    if fits and later.hi == 0:
        told = f"{declared.evidence}; {evidence}" if metered.joined else declared.evidence
        return declared.model_copy(update={"evidence": told}), None
    # What left after the day of the declared count is not in it: at worst all of it are other persons.
    highs = [Range(lo=number, hi=number).plus(later).hi, *(() if fits else (own.hi,))]
    hi = None if None in highs else max(high or 0 for high in highs)
    kept = _fact(name, Range(lo=max(own.lo, number), hi=hi), FactSource.METERED, evidence)
    return kept, Conflict(kept=kept, dropped=declared) if kept.value != declared.value else None


def _heaviest(facts: list[Fact]) -> Fact:
    """Return a count as the exporter with most persons has it; one that has not said may have any number."""
    if len(facts) == 1:
        return facts[0]
    values = [fact.value if isinstance(fact.value, Range) else Range(lo=0, hi=None) for fact in facts]
    highs = [value.hi for value in values]
    value = Range(lo=max(value.lo for value in values), hi=None if None in highs else max(hi or 0 for hi in highs))
    metered = [fact for fact in facts if fact.source is FactSource.METERED]
    first = (metered or facts)[0]
    evidence = f"{first.evidence}; declaration: parties, year_to_date"
    return first.model_copy(update={"value": value, "evidence": evidence})


def _flows(inventory: Inventory) -> list[FlowFacts]:
    flows = [_flow(count, inventory) for count in inventory.persons]
    covered = {count.subject for count in inventory.persons}
    rest = tuple(item for item in inventory.items if item.subject not in covered)
    if not flows or any(item.personal is not False for item in rest):
        flows.append(_rest(inventory, tuple(item.id for item in rest)))
    return flows


def _flow(count: PersonCount, inventory: Inventory) -> FlowFacts:
    items = [item for item in inventory.items if item.subject == count.subject]
    ids = tuple(item.id for item in items)
    personal = _any_personal([item.personal for item in items])
    evidence = "inventory: persons"
    return FlowFacts(
        id=count.subject,
        label=subject(count.subject),
        subjects=(count.subject,),
        items=ids,
        facts=(
            _fact("flow.subject", count.subject, FactSource.OBSERVED, evidence),
            _fact("flow.employee", count.subject in _STAFF, FactSource.DERIVED, "declaration: sources.subjects"),
            _fact("flow.personal", personal, FactSource.OBSERVED, "inventory: items"),
            _genetic(items),
            _fact("flow.persons", count.persons, FactSource.OBSERVED, evidence),
            _fact("flow.ordinary_persons", _minus(count.persons, count.sensitive), FactSource.OBSERVED, evidence),
            _fact("flow.sensitive_persons", count.sensitive, FactSource.OBSERVED, evidence),
            _fact("flow.under14_persons", count.under14, FactSource.OBSERVED, evidence),
        ),
    )


def _rest(inventory: Inventory, ids: tuple[str, ...]) -> FlowFacts:
    """Return the flow of items that describe no declared subject; persons in it, if any, are not counted."""
    personal = _any_personal([item.personal for item in inventory.items if item.id in ids])
    none = Range(lo=0, hi=0)
    open_end = none if personal is False else Range(lo=0, hi=None)
    evidence = "inventory: items"
    return FlowFacts(
        id="data",
        label=Text(zh="不对应特定主体的数据", en="data of no declared subject"),
        items=ids,
        facts=(
            _fact("flow.personal", personal, FactSource.OBSERVED, evidence),
            _genetic([item for item in inventory.items if item.id in ids]),
            _fact("flow.employee", value=False, source=FactSource.DERIVED, evidence=evidence),
            *(
                _fact(f"flow.{kind}persons", open_end, FactSource.OBSERVED, evidence)
                for kind in ("", "ordinary_", "sensitive_", "under14_")
            ),
        ),
    )


def _unread() -> FlowFacts:
    """Return the flow of data that could not be read, of which nothing is known: it may be of any kind and of anybody.

    It stays after treatment: a lighter pathway must never come from a file that nobody could look into.
    """
    evidence = "inventory: sources that are not complete"
    unknown = ("flow.personal", "flow.genetic", "flow.employee", "flow.treated_from_personal")
    return FlowFacts(
        id="unread",
        label=Text(zh="未能读取的数据", en="data that could not be read"),
        facts=(
            *(_fact(name, None, FactSource.OBSERVED, evidence) for name in unknown),
            *(
                _fact(f"flow.{kind}persons", Range(lo=0, hi=None), FactSource.OBSERVED, evidence)
                for kind in ("", "ordinary_", "sensitive_", "under14_")
            ),
        ),
    )


def _genetic(items: list[Item]) -> Fact:
    return _fact(
        "flow.genetic", any(item.meaning in _GENETIC for item in items), FactSource.OBSERVED, "inventory: items"
    )


def _any_personal(values: list[bool | None]) -> bool | None:
    """Return whether any item is personal, in Kleene logic."""
    if True in values:
        return True
    return None if None in values else False


def _minus(whole: Range, part: Range) -> Range:
    lo = 0 if part.hi is None else max(0, whole.lo - part.hi)
    hi = None if whole.hi is None else max(lo, whole.hi - part.lo)
    return Range(lo=lo, hi=hi)
