"""The verdict on an item after treatment, by what it was and what was done: on treated data, and before any is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.model.inventory import OPEN_TEXTS, SECRETS, IdentityRole
from kouan.model.items import split_item_id
from kouan.model.plan import Action
from kouan.recognize.lexicon import load_lexicon
from kouan.recognize.relating import is_intrinsic, still_relates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.model.inventory import Inventory, Item, Sensitivity
    from kouan.model.plan import PlanLine
    from kouan.model.text import Text
    from kouan.recognize.lexicon import Lexicon

ONE_DEGREE = {"to": "bins", "width": 1, "bottom": -180, "top": 180}
"""Coordinates in cells of one degree, about a hundred kilometres; the ends take in what is not written in degrees."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an item is to the law; fields as in the inventory."""

    label: Text
    category: str
    role: IdentityRole
    sensitive: Sensitivity
    personal: bool | None


def treated_verdict(
    before: Item, line: PlanLine | None, *, relates: bool | None, lexicon: Lexicon
) -> tuple[Verdict, bool]:
    """Return the verdict on a treated item, and whether treatment has cut its link to persons.

    Treatment leaves a verdict as it was, for de-identified data are personal information yet (PIPL Arts 4, 73 item 3).
    Two things change it: nothing left in the table leads to a person; a place is no longer precise. What a person took
    among the quasi-identifiers stays there, so that it is measured whether somebody can be told apart after all.

    Args:
        before: the raw item.
        line: what was done to it; None where nothing is known.
        relates: whether its table still relates to persons.
        lexicon: meanings and clauses.
    """
    linked = bool(before.personal) and not is_intrinsic(before.meaning, lexicon)
    if linked and relates is False:
        nothing = lexicon.clauses["not_personal"]
        category = SECRETS if before.category == SECRETS else "business"
        role = _role(before, line) if before.known is not None and before.known.quasi else IdentityRole.OTHER
        return Verdict(before.label, category, role, nothing, personal=False), True
    personal = relates if linked else before.personal
    sensitive = before.sensitive
    if _is_rough(before, line) and sensitive in (lexicon.clauses["location"], lexicon.clauses["track"]):
        sensitive = lexicon.clauses["rough_location"]
    return Verdict(before.label, before.category, _role(before, line), sensitive, personal), False


def foresee(inventory: Inventory, lines: Mapping[str, PlanLine], original: Inventory | None = None) -> tuple[Item, ...]:
    """Return the items of an inventory as they would be found after treatment, without treating anything.

    Of a table of which nothing is treated every item stays as it is. An item of a role of which no item is known to be
    personal any more describes no counted person, as in an inspection.

    Args:
        inventory: of the data as they are.
        lines: what would be done, by item id; items without a line stay.
        original: of the raw data, where `inventory` is of treated ones.
    """
    lexicon = load_lexicon()
    raw = {} if original is None else {item.id: item for item in original.items}
    tables: dict[tuple[str, str], list[Item]] = {}
    for item in inventory.items:
        tables.setdefault(split_item_id(item.id)[:2], []).append(item)
    found = {item.id: item for table in tables.values() for item in _table(table, lines, raw=raw, lexicon=lexicon)}
    counted = {item.subject for item in found.values() if item.personal}
    left = (found[item.id] for item in inventory.items if item.id in found)
    return tuple(item if item.subject in counted else item.model_copy(update={"subject": None}) for item in left)


def leading_to_persons(table: Sequence[Item], original: Inventory | None = None) -> tuple[Item, ...]:
    """Return the items of a table without which the rest of it would relate to nobody, by what they were when raw."""
    lexicon = load_lexicon()
    raw = {} if original is None else {item.id: item for item in original.items}
    return tuple(item for item in table if still_relates([raw.get(item.id, item)], lexicon) is not False)


def _table(
    table: Sequence[Item], lines: Mapping[str, PlanLine], *, raw: Mapping[str, Item], lexicon: Lexicon
) -> Sequence[Item]:
    if not any(item.id in lines for item in table):
        return table
    left = [item for item in table if item.id not in lines or lines[item.id].action is not Action.DROP]
    relates = still_relates([raw.get(item.id, item) for item in left], lexicon)
    return [_after(item, raw.get(item.id, item), lines.get(item.id), relates=relates, lexicon=lexicon) for item in left]


def _after(item: Item, before: Item, line: PlanLine | None, *, relates: bool | None, lexicon: Lexicon) -> Item:
    verdict, _ = treated_verdict(before, line, relates=relates, lexicon=lexicon)
    change: dict[str, object] = {"personal": verdict.personal, "category": verdict.category}
    if line is not None or verdict.personal is False:
        change |= {"role": verdict.role, "sensitive": verdict.sensitive}
    if line is not None and line.action is Action.PSEUDONYM:
        change["meaning"] = "pseudonym"
    return item.model_copy(update=change)


def _is_rough(before: Item, line: PlanLine | None) -> bool:
    return (
        before.meaning == "location"
        and line is not None
        and line.action is Action.GENERALISE
        and all(line.params.get(name) == value for name, value in ONE_DEGREE.items() if name != "width")
    )


def _role(before: Item, line: PlanLine | None) -> IdentityRole:
    action = None if line is None else line.action
    if action is Action.PSEUDONYM or (action is Action.SCRUB and before.meaning in OPEN_TEXTS):
        return IdentityRole.OTHER
    identifying = before.role in (IdentityRole.DIRECT, IdentityRole.QUASI)
    if action in (Action.MASK, Action.GENERALISE) and identifying:
        return IdentityRole.QUASI
    return before.role
