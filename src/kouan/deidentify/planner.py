"""The first plan: from what the data are, what the purpose needs and how the recipient will hold them."""

from __future__ import annotations

import difflib
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from kouan.deidentify import messages, reasons
from kouan.deidentify.defaults import Defaults
from kouan.deidentify.instants import as_instant
from kouan.deidentify.profiles import Profiled, rule_params
from kouan.model.declaration import ReleaseMode
from kouan.model.inventory import PROSE, SECRETS, IdentityRole
from kouan.model.items import item_id, split_item_id
from kouan.model.necessity import ItemStanding
from kouan.model.plan import Action, Plan, PlanLine

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.deidentify.defaults import Default
    from kouan.model.decision import Decision
    from kouan.model.declaration import Declaration, SourceSpec
    from kouan.model.inventory import Inventory, Item
    from kouan.model.necessity import Necessity
    from kouan.model.text import Text
    from kouan.packs import ProfilePack, Sector

Params = dict[str, int | str]

_UNTREATABLE = {
    **dict.fromkeys(PROSE, reasons.FREE_TEXT),
    **dict.fromkeys(("photo", "id_photo", "biometric", "genetic"), reasons.PICTURE),
}
_DROPPED_UNLESS_NEEDED = {
    "communication": reasons.FREE_TEXT,
    "credential": reasons.CREDENTIAL,
    "location": reasons.LOCATION,
    "source_code": reasons.SECRET,
    "trade_secret": reasons.SECRET,
}
_MONTHS = 12
_ANNUAL = ("年薪", "年收入", "annual", "yearly", "per_year")
_SALARY = {"width": 5_000, "top": 50_000}
"""Monthly pay in yuan: ten steps of 5,000, one class above."""
_STATED = frozenset({ItemStanding.NEEDED, ItemStanding.JUSTIFIED})


def make_plan(
    inventory: Inventory,
    decision: Decision,
    declaration: Declaration,
    sectors: Sequence[Sector] = (),
    necessity: Necessity | None = None,
    *,
    profile: ProfilePack | None = None,
) -> Plan:
    """Return the plan that a careful person would start from; every line can be edited.

    Where the declaration lists what the purpose needs, everything else is dropped. Where it does not, need is unknown
    and not "no": direct identifiers become pseudonyms; free text, pictures, credentials, coordinates and what is not
    understood are dropped; sensitive attributes are kept and marked. Where a sector's standard says what an item is,
    the standard's default comes first, and before it the profile that was chosen; words that the standard does not know
    are dropped. What lies outside the purpose and is
    not justified is dropped, listed or not.

    Args:
        inventory: what the data are.
        decision: its as-of year names the pseudonym key; pseudonyms of one year agree between transfers.
        declaration: release mode and `needed` of each source.
        sectors: standards whose defaults are known.
        necessity: how each item stands to the purpose; None leaves that out.
        profile: chosen treatment profile; never weakens what is dropped because the purpose does not need it.

    Raises:
        KouanError: K-DEI-007 when `needed` names something that is not in the file.
    """
    mode = declaration.transfer.mode
    needs = _needs(declaration, inventory)
    defaults = Defaults(sectors, inventory)
    profiled = None if profile is None else Profiled(profile.profile, mode, inventory, defaults)
    judged = necessity.items if necessity is not None else ()
    stated = {one.item for one in judged if one.standing in _STATED}
    lines = [
        _line(item, mode, defaults, profiled, needed=_is_needed(item, needs), stated=item.id in stated)
        for item in inventory.items
    ]
    outside = {one.item for one in judged if one.standing is ItemStanding.UNJUSTIFIED}
    lines = [_outside(line) if line.item in outside else line for line in lines]
    ref = None if profile is None else profile.ref
    return Plan(mode=mode, key=f"pseudonym/{decision.as_of.year}", profile=ref, lines=tuple(lines))


def not_needed(declaration: Declaration, inventory: Inventory) -> frozenset[str]:
    """Return the ids of items that stand outside what the declaration lists as needed. Raises K-DEI-007 as a plan."""
    needs = _needs(declaration, inventory)
    return frozenset(item.id for item in inventory.items if _is_needed(item, needs) is False)


def _needs(declaration: Declaration, inventory: Inventory) -> dict[str, frozenset[str] | None]:
    return {spec.path: _needed_ids(spec, inventory, at) for at, spec in enumerate(declaration.sources)}


def _outside(line: PlanLine) -> PlanLine:
    """Return a line that drops its item; one that drops it already keeps its reason."""
    if line.action is Action.DROP:
        return line
    return PlanLine(item=line.item, action=Action.DROP, why=reasons.OUTSIDE_PURPOSE)


def _needed_ids(spec: SourceSpec, inventory: Inventory, at: int) -> frozenset[str] | None:
    """Return the items that the purpose needs; a name may be a column, `sheet#column` or a whole item id."""
    if spec.needed is None:
        return None
    names: dict[str, set[str]] = {}
    for item in inventory.items:
        source, entity, path = split_item_id(item.id)
        if item_id(source, entity, path) == item_id(spec.path, entity, path):
            for name in (path, f"{entity}#{path}", item.id):
                names.setdefault(name, set()).add(item.id)
    found: set[str] = set()
    for name in spec.needed:
        plain = unicodedata.normalize("NFC", name)
        if plain not in names and any(one.path == spec.path and not one.complete for one in inventory.sources):
            continue  # it may stand in what could not be read
        if plain not in names:
            near = difflib.get_close_matches(plain, sorted(names), n=1)
            guess = f" ({near[0]}?)" if near else ""
            raise messages.NEEDED_UNKNOWN.at(f"sources[{at}].needed", name=name, guess=guess)
        found |= names[plain]
    return frozenset(found)


def _is_needed(item: Item, needs: Mapping[str, frozenset[str] | None]) -> bool | None:
    source, _, _ = split_item_id(item.id)
    needed = needs.get(source)
    return None if needed is None else item.id in needed


def _line(
    item: Item,
    mode: ReleaseMode,
    defaults: Defaults,
    profiled: Profiled | None,
    *,
    needed: bool | None,
    stated: bool,
) -> PlanLine:
    """Return the line of an item; `stated`: the purpose's scenario, or the exporter's reason, says that it is needed.

    What is stated without a list changes the words alone: nothing is let out by it.
    """
    sensitive = reasons.SENSITIVE_STATED if stated else reasons.SENSITIVE_OPEN
    sensitive = reasons.SENSITIVE_NEEDED if needed else sensitive
    action: Action
    params: Params
    found = None if needed is False else _found(item, defaults, profiled, needed=needed)
    if found is None and needed is None and item.meaning == "text" and defaults.is_foreign(item):
        action, params, why = Action.DROP, {}, reasons.FOREIGN
    elif found is None:
        action, params, why = _intent(item, mode, sensitive, needed=needed)
    else:
        action, params, why = found.action, found.params, found.why
        if action is Action.KEEP:
            why = reasons.joined(why, _why_kept(item, sensitive))
    return PlanLine(item=item.id, action=action, params=as_instant(item, action, params), why=why)


def _found(item: Item, defaults: Defaults, profiled: Profiled | None, *, needed: bool | None) -> Default | None:
    """Return what the profile does to an item, or else its sector's standard; None where the general rules decide.

    What is listed as needed is not dropped by either, unless the profile says that it never leaves. A rule for a whole
    kind of item does not let out what the standard of its sector leaves behind. Where both do the same, the standard
    says in which form, so that references of its documents still lead where they led.
    """
    standard = defaults.find(item)
    if standard is not None and needed and standard.action is Action.DROP:
        standard = None
    rule = profiled.rule(item) if profiled is not None else None
    own = profiled.find(item) if profiled is not None else None
    if rule is None or own is None or (needed and own.action is Action.DROP and not rule.never):
        return standard
    if standard is not None and standard.action is own.action:
        return replace(own, params={**own.params, **standard.params, **rule_params(rule)})
    left_behind = standard is not None and standard.action is Action.DROP
    return standard if left_behind and not rule.elements else own


def _intent(item: Item, mode: ReleaseMode, sensitive: Text, *, needed: bool | None) -> tuple[Action, Params, Text]:
    why_dropped = _why_dropped(item, needed=needed)
    if why_dropped is not None:
        return Action.DROP, {}, why_dropped
    if item.role is IdentityRole.DIRECT:
        return _direct(item, needed=needed)
    if item.personal is not False and item.meaning == "order_id":
        return Action.PSEUDONYM, {"kind": item.meaning}, reasons.TRACEABLE
    if item.personal is not False and item.role in {IdentityRole.QUASI, IdentityRole.SENSITIVE}:
        coarser = _coarser(item, mode)
        if coarser:
            hidden = item.role is IdentityRole.SENSITIVE
            why = reasons.SENSITIVE_COARSER if hidden else reasons.QUASI_GENERALISED
            return Action.MASK if "keep_start" in coarser else Action.GENERALISE, coarser, why
    return Action.KEEP, {}, _why_kept(item, sensitive)


def _why_dropped(item: Item, *, needed: bool | None) -> Text | None:
    """Return why an item stays here, or None when it may leave in some form."""
    if needed is False:
        return reasons.NOT_LISTED if item.personal is False else reasons.NOT_NEEDED
    if item.meaning in _UNTREATABLE:
        return _UNTREATABLE[item.meaning]
    if needed or (item.personal is False and item.category != SECRETS):
        return None
    if item.personal is None and item.meaning == "unknown":
        return reasons.NOT_UNDERSTOOD
    return _DROPPED_UNLESS_NEEDED.get(item.meaning)


def _direct(item: Item, *, needed: bool | None) -> tuple[Action, Params, Text]:
    if item.meaning == "address":
        return Action.GENERALISE, {"to": "city"}, reasons.ADDRESS
    if item.meaning == "name" and needed:
        return Action.MASK, {"keep_start": 1}, reasons.NAME
    return Action.PSEUDONYM, {"kind": item.meaning}, reasons.PSEUDONYM


def _coarser(item: Item, mode: ReleaseMode) -> Params:
    """Return the parameters that make a quasi-identifier or sensitive number coarser; none when no rule applies."""
    public = mode is ReleaseMode.PUBLIC
    if item.meaning == "salary":
        times = _MONTHS if any(word in item.name.lower() for word in _ANNUAL) else 1
        return {"to": "bins", **{name: value * times for name, value in _SALARY.items()}}
    rules: dict[str, Params] = {
        "birth_date": {"to": "five_years" if public else "year"},
        "hire_date": {"to": "year" if public else "month"},
        "event_date": {"to": "year" if public else "month"},
        "account_time": {"to": "year" if public else "month"},
        "health_date": {"to": "year" if public else "month"},
        "postcode": {"keep_start": 2},
        "age": {"to": "age_band", "width": 5, "top": 80},
        "address": {"to": "province" if public else "city"},
    }
    return rules.get(item.meaning, {})


def _why_kept(item: Item, sensitive: Text) -> Text:
    if item.personal is False:
        return reasons.BUSINESS
    if item.sensitive.value is None and item.role is not IdentityRole.QUASI:
        return reasons.SENSITIVE_JUDGE
    if item.sensitive.value or item.role is IdentityRole.SENSITIVE:
        return sensitive
    return reasons.QUASI_KEPT if item.role is IdentityRole.QUASI else reasons.PERSONAL_KEPT
