"""The necessity of one transfer: its scenario's purpose, the exporter's words matched to items, and the plan."""

from __future__ import annotations

import difflib
import unicodedata
from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.law.necessity import Asked, judge_necessity
from kouan.model.items import split_item_id
from kouan.model.plan import Action

if TYPE_CHECKING:
    from kouan.model.declaration import Declaration
    from kouan.model.inventory import Inventory
    from kouan.model.necessity import Necessity
    from kouan.model.plan import Plan
    from kouan.packs import PurposePack

PURPOSE = "purpose.yaml"
"""The purpose's file among the packs of a clearance folder."""

REPLACED = "purpose-builtin.yaml"
"""The built-in purpose beside it, where the user's own is in its place."""


def necessity_of(
    declaration: Declaration, inventory: Inventory, pack: PurposePack | None, plan: Plan | None = None
) -> Necessity:
    """Judge a transfer's necessity.

    Args:
        declaration: scenario, and what the exporter says.
        inventory: of the raw data.
        pack: the purpose of the scenario; None where there is none.
        plan: what leaves in any form; None: everything would.

    Raises:
        KouanError: K-CLR-060 where the exporter justifies an item that is not in the data.
    """
    leaving = None if plan is None else frozenset(line.item for line in plan.lines if line.action is not Action.DROP)
    asked = Asked(
        scenario=declaration.transfer.scenario,
        inventory=inventory,
        claim=declaration.necessity,
        said=_said(declaration, inventory),
        facts=declaration.facts,
        leaving=leaving,
    )
    if pack is None:
        return judge_necessity(None, None, asked)
    replaces = pack.replaced.ref if pack.replaced is not None else None
    return judge_necessity(pack.purpose, pack.ref, asked, replaces=replaces, overrides=pack.overrides)


def _said(declaration: Declaration, inventory: Inventory) -> dict[str, str]:
    """Return the justification of each item; a name may be a column, `sheet#column`, an element or a whole item id."""
    names: dict[str, set[str]] = {}
    for item in inventory.items:
        _, entity, path = split_item_id(item.id)
        for name in (path, f"{entity}#{path}", item.id, item.element):
            names.setdefault(name, set()).add(item.id)
    names.pop("", None)
    said = {}
    for name, words in declaration.necessity.items.items():
        plain = unicodedata.normalize("NFC", name)
        if plain not in names and not all(source.complete for source in inventory.sources):
            continue  # it may stand in what could not be read
        if plain not in names:
            near = difflib.get_close_matches(plain, sorted(names), n=1)
            guess = f" ({near[0]}?)" if near else ""
            raise messages.JUSTIFIED_UNKNOWN.at("necessity.items", name=name, guess=guess)
        said.update(dict.fromkeys(names[plain], words))
    return said
