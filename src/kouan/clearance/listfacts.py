"""Facts on the use of a negative list: what is declared, and which items are fields that it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.law.scoping import edition_on
from kouan.model.declaration import PartyRole
from kouan.model.facts import Fact, FactSource, Range
from kouan.model.inventory import OPEN_TEXTS
from kouan.model.neglist import Completeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kouan.clearance.counting import Metered
    from kouan.model.declaration import Declaration, ListUse
    from kouan.model.inventory import Inventory, Item
    from kouan.model.neglist import ListField, NegativeList
    from kouan.model.time import LegalDay
    from kouan.packs import PackSet

_COMMON = (
    "used", "sector", "scenario", "reference_status", "pilot", "formalities", "off_list", "entry_mechanism",
)  # fmt: skip
_EVIDENCE = "declaration: list"
_UNTOLD = OPEN_TEXTS | {"unknown"}
_SHOWN = 5


def declared_list(declaration: Declaration) -> list[Fact]:
    """Return what the declaration says of the list it uses."""
    use = declaration.list
    if use is None:
        return []
    said = {name: getattr(use, name) for name in _COMMON}
    return [
        Fact(name=f"list.{name}", value=value, source=FactSource.DECLARED, evidence=_EVIDENCE)
        for name, value in said.items()
        if value is not None
    ]


def listed_before(declaration: Declaration, before: Sequence[Fact], metered: Metered | None) -> list[Fact]:
    """Return the counters of named entries and of all else before this transfer, from those of the year.

    Who left under named entries is among those who left at all. What was metered after the declared day may be of
    either. One person may be in both, so what is outside lies between the difference and the whole. Of several
    exporters only one number is declared, so that another of them may have sent as many under them as at all.
    """
    use = declaration.list
    if use is None:
        return []
    year = {fact.name: fact for fact in before}
    facts = []
    for kind in ("ordinary", "sensitive"):
        whole_fact = year[f"year_before.{kind}_persons"]
        whole = whole_fact.value if isinstance(whole_fact.value, Range) else Range(lo=0, hi=None)
        since = [getattr(one.later, kind) for one in metered or () if one is not None and one.later is not None]
        listed = _listed(getattr(use, kind), whole, since[0] if since else None)
        if len(declaration.parties_as(PartyRole.EXPORTER)) > 1:
            listed = Range(lo=listed.lo, hi=whole.hi if whole.hi is None else max(listed.lo, whole.hi))
        least = 0 if listed.hi is None else max(0, whole.lo - listed.hi)
        for name, value in (("listed", listed), ("unlisted", Range(lo=least, hi=whole.hi))):
            facts.append(
                Fact(
                    name=f"year_before.{name}_{kind}_persons", value=value, source=whole_fact.source, evidence=_EVIDENCE
                )
            )
    return facts


def _listed(said: int | None, whole: Range, later: Range | None) -> Range:
    if said is None:
        return Range(lo=0, hi=whole.hi)
    return Range(lo=said, hi=said).plus(Range(lo=0, hi=later.hi) if later is not None else Range(lo=0, hi=0))


def field_facts(
    items: Iterable[Item],
    under14: Range,
    declaration: Declaration,
    *,
    packs: PackSet | None,
    as_of: LegalDay,
    original: Inventory | None = None,
) -> tuple[Fact, ...]:
    """Return whether the items of a flow are fields that the list names for the scenario, within its limits.

    A field is met by its printed name or by a meaning of recognition; a treated item also by what it was before, for
    a pseudonym or a month in the place of a named field tells less of the same. What an item means may be open, and
    lists of fields that the packs do not hold are open altogether. Persons under 14 are sensitive whatever the field
    (PIPL Art 28), so that fields named for ordinary information do not cover them.
    """
    use = declaration.list
    one = edition_on(use.used, packs, as_of) if use is not None and use.used is not None and packs is not None else None
    if use is None or one is None:
        return ()
    personal = [item for item in items if item.personal is not False]
    fields = one.fields_in(use.scenario) if use.scenario is not None else ()
    raw = {item.id: item for item in original.items} if original is not None else {}
    met = {item.id: _field(item, fields) or _field(raw.get(item.id, item), fields) for item in personal}
    told = {item.id: not (_untold(item) or _untold(raw.get(item.id, item))) for item in personal}
    named, evidence = _named(use, one, told, met, under14)
    limited = sorted(item for item, field in met.items() if field is not None and field.limit is not None)
    within: bool | None = None if limited or not fields else True
    limits = f"inventory: fields with limits: {_listing(limited)}" if limited else "inventory: items"
    return (
        _fact("flow.fields_named", use.fields_named, named, evidence),
        _fact("flow.fields_within_limits", use.fields_within_limits, within, limits),
    )


def _fact(name: str, said: bool | None, found: bool | None, evidence: str) -> Fact:  # noqa: FBT001
    """Return a person's verdict, which goes before the comparison."""
    if said is not None:
        return Fact(name=name, value=said, source=FactSource.DECLARED, evidence=_EVIDENCE)
    return Fact(name=name, value=found, source=FactSource.OBSERVED, evidence=evidence)


def _named(
    use: ListUse,
    one: NegativeList,
    told: Mapping[str, bool],
    met: Mapping[str, ListField | None],
    under14: Range,
) -> tuple[bool | None, str]:
    if use.scenario is None:
        return None, "declaration: list.scenario is missing"
    if use.scenario not in {scenario.id for scenario in one.scenarios}:
        return False, f"{one.id}: no such scenario"
    open_ = [item for item, field in met.items() if field is None and not told[item]]
    missing = [item for item, field in met.items() if field is None and told[item]]
    if missing:
        whole = one.completeness is Completeness.FULL
        return (False if whole else None), f"{one.id}: not among its fields: {_listing(missing)}"
    if open_:
        return None, f"{one.id}: to be judged: {_listing(open_)}"
    if under14.hi != 0:
        return (False if under14.lo else None), f"{one.id}: persons under 14 or perhaps under 14"
    return True, f"{one.id}: all among its fields"


def _untold(item: Item) -> bool:
    return item.personal is None or item.meaning in _UNTOLD


def _field(item: Item, fields: Sequence[ListField]) -> ListField | None:
    """Return the field that an item is: by printed name first, else by meaning, one without a limit first."""
    name = _plain(item.name)
    for field in fields:
        if name in (_plain(field.zh), _plain(field.en)):
            return field
    same = [field for field in fields if item.meaning in field.meanings]
    return min(same, key=lambda field: field.limit is not None) if same else None


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _listing(items: Sequence[str]) -> str:
    more = f" (+{len(items) - _SHOWN})" if len(items) > _SHOWN else ""
    return ", ".join(items[:_SHOWN]) + more
