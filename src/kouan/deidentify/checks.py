"""Whether a plan fits its inventory and leaves nobody named."""

from __future__ import annotations

import difflib
from collections import Counter
from typing import TYPE_CHECKING

from kouan.deidentify import messages, seal_messages
from kouan.deidentify.grid import same_grid
from kouan.deidentify.hierarchy import Hierarchy
from kouan.deidentify.instants import breaks_instant
from kouan.deidentify.params import BadParamsError
from kouan.deidentify.planfile import line_places, part_place
from kouan.deidentify.profiles import kept_from, unkept
from kouan.deidentify.rowcheck import rows_problem
from kouan.deidentify.rules import Given, partner, transform
from kouan.deidentify.unless import PARTNER
from kouan.model.inventory import PROSE, IdentityRole
from kouan.model.items import item_id, split_item_id
from kouan.model.plan import Action

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.deidentify.hierarchies import PlanFile
    from kouan.model.inventory import Inventory, Item
    from kouan.model.plan import Plan, PlanLine
    from kouan.packs import ProfilePack


KEYED = frozenset({Action.PSEUDONYM, Action.SHIFT, Action.NOISE})
"""Actions that need the year's key."""
KEY_PURPOSE = "pseudonym/"
"""What keys of plans begin with: by no other the same root key derives what persons are compared by here."""
_PARTIAL = frozenset({Action.NOISE, Action.MICROAGGREGATE, Action.SUPPRESS, Action.REPLACE})
_NUMERIC = frozenset({"bins", "rounded", "local"})


def check_plan(
    plan: Plan,
    inventory: Inventory,
    where: str,
    *,
    text: str | None = None,
    hierarchies: Mapping[str, PlanFile] | None = None,
    profile: ProfilePack | None = None,
) -> None:
    """Refuse a plan that does not fit.

    A direct identifier or free text may stay only where the line itself says why: `params: {accepted: "reason"}`.

    Args:
        plan: as made or as read back.
        inventory: of the raw data.
        where: the plan's name for error messages.
        text: the YAML it was read from; errors then name the line.
        hierarchies: that the plan names (see `read_hierarchies`).
        profile: that it was made by; what must never leave under it does not.

    Raises:
        KouanError: K-DEI-001 to K-DEI-006, K-DEI-022, K-DEI-025, K-DEI-027, K-DEI-063, K-DEI-080.
    """
    items = {item.id: item for item in inventory.items}
    places = {} if text is None else line_places(text, where)
    lines = {line.item: line for line in plan.lines}
    seen: set[str] = set()
    for line in plan.lines:
        place = places.get(line.item, where)
        if line.item not in items:
            raise messages.ITEM_UNKNOWN.at(place, item=line.item, guess=_guess(line.item, items))
        if line.item in seen:
            raise messages.ITEM_TWICE.at(place, item=line.item)
        seen.add(line.item)
        _check_line(line, items, place, hierarchies or {})
        _check_pair(line, lines, place)
    for item in inventory.items:
        if item.id not in seen:
            raise messages.ITEM_MISSING.at(part_place(text, where, "lines"), item=item.id)
    if profile is not None:
        _check_profile(plan, inventory, profile, places=places, where=where)
    if not plan.key.strip() and needs_key(plan):
        raise messages.KEY_MISSING.at(part_place(text, where, "key"))
    if not plan.key.startswith(KEY_PURPOSE) and needs_key(plan):
        raise messages.KEY_OTHER.at(part_place(text, where, "key"))
    problem = None if plan.rows is None else rows_problem(plan.rows, lines, items)
    if problem is not None:
        raise messages.ROWS.at(part_place(text, where, "rows"), problem=problem)


def needs_key(plan: Plan) -> bool:
    """Tell whether anything in a plan is drawn from the year's key."""
    sampled = plan.rows is not None and plan.rows.sample is not None
    return sampled or any(line.action in KEYED for line in plan.lines)


def _check_profile(
    plan: Plan, inventory: Inventory, profile: ProfilePack, *, places: Mapping[str, str], where: str
) -> None:
    """Refuse a plan that lets out what never leaves under its profile."""
    for name, why in unkept(plan.lines, kept_from(profile, plan.mode, inventory)):
        raise messages.PROFILE_NEVER.at(places.get(name, where), item=name, profile=profile.ref.id, why=why)


def _check_line(line: PlanLine, items: Mapping[str, Item], place: str, hierarchies: Mapping[str, PlanFile]) -> None:
    item = items[line.item]
    try:
        transform(line, Given(meaning=item.meaning, key=b"", hierarchies=hierarchies))
        if (name := partner(line)) is not None:
            _check_partner(line, name, items)
    except BadParamsError as error:
        raise messages.PARAMS.at(place, item=line.item, problem=error.problem) from None
    if breaks_instant(item, line.action, line.params):
        raise seal_messages.INSTANT.at(place, item=line.item, element=item.element)
    free_text = item.meaning in PROSE
    if line.action is Action.KEEP and "accepted" not in line.params and (free_text or item.role is IdentityRole.DIRECT):
        what = messages.FREE_TEXT if free_text else messages.DIRECT
        raise messages.DIRECT_KEPT.at(place, item=line.item, what=what)
    if (_is_partial(line) or _one_by_one(line, hierarchies)) and (free_text or item.role is IdentityRole.DIRECT):
        what = messages.FREE_TEXT if free_text else messages.DIRECT
        raise messages.DIRECT_PARTLY.at(place, item=line.item, what=what, action=_told(line))


def _is_partial(line: PlanLine) -> bool:
    """Tell whether a treatment lets values stay that name a person, or lie so near that they still do."""
    if line.action is Action.GENERALISE:
        return line.params.get("to") in _NUMERIC
    return line.action in _PARTIAL or PARTNER in line.params


def _one_by_one(line: PlanLine, hierarchies: Mapping[str, PlanFile]) -> bool:
    """Tell whether a hierarchy gives some value a group of its own: the value again, or a pseudonym without a key."""
    held = hierarchies.get(str(line.params.get("file", "")))
    if line.action is not Action.GENERALISE or not isinstance(held, Hierarchy):
        return False
    return 1 in Counter(held.at(int(line.params["level"])).values()).values()


def _told(line: PlanLine) -> str:
    return f"{line.action} {line.params['to']}" if line.action is Action.GENERALISE else line.action


def _check_partner(line: PlanLine, name: str, items: Mapping[str, Item]) -> None:
    """Refuse a line that names a column which its table does not have."""
    source, entity, path = split_item_id(line.item)
    by = str(line.params[name])
    if by == path:
        if line.action is Action.REPLACE:
            return
        raise BadParamsError(messages.PARAM_BY_ITSELF.fill(param=name))
    if item_id(source, entity, by) not in items:
        near = [
            other for name in items if (parts := split_item_id(name))[:2] == (source, entity) and (other := parts[2])
        ]
        guess = difflib.get_close_matches(by, sorted(near), n=1)
        raise BadParamsError(messages.PARAM_BY.fill(param=name, name=by, guess=f" ({guess[0]}?)" if guess else ""))


def _check_pair(line: PlanLine, lines: Mapping[str, PlanLine], place: str) -> None:
    """Refuse a coordinate on a grid beside which the other one leaves with more detail."""
    if line.action is not Action.GENERALISE or "with" not in line.params:
        return
    source, entity, path = split_item_id(line.item)
    other = lines.get(item_id(source, entity, str(line.params["with"])))
    if other is not None and other.action is not Action.DROP and not same_grid(line, other, path=path):
        problem = messages.PARAM_PAIR.fill(name=line.params["with"])
        raise messages.PARAMS.at(place, item=line.item, problem=problem)


def _guess(name: str, items: Mapping[str, Item]) -> str:
    near = difflib.get_close_matches(name, sorted(items), n=1)
    return f" ({near[0]}?)" if near else ""
