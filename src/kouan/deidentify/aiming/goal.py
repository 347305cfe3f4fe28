"""From a declared target to what must hold of every class."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.deidentify import aiming_messages as messages
from kouan.model.items import split_item_id
from kouan.risk.aims import Aim, aim_of, default_rules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kouan.model.inventory import Inventory, Item
    from kouan.model.target import TargetSpec
    from kouan.model.thresholds import ThresholdRule, Thresholds
    from kouan.risk.setting import Setting


@dataclass(frozen=True, slots=True)
class Goal:
    """What treatment must come to.

    Attributes:
        rules: verdicts that must be met.
        by_default: whether these are what the standards in force ask for, as the declaration named none.
        aim: what they and the declared numbers ask of every class.
        suppress: share of the rows of one table that may stay here.
        coarsest: last step by item id.
    """

    rules: tuple[ThresholdRule, ...]
    by_default: bool
    aim: Aim
    suppress: Decimal
    coarsest: dict[str, int | str]


def goal_of(spec: TargetSpec, thresholds: Thresholds, inventory: Inventory, setting: Setting) -> Goal:
    """Return the goal that a declared target comes to for these data.

    Raises:
        KouanError: K-DEI-090 for a verdict that there is none of, K-DEI-092 for an item, K-RSK-003.
    """
    rules = _rules(spec, thresholds, inventory.items, setting)
    aim = Aim(least=spec.k or 1, sure=spec.k or 1, l=spec.l)
    for rule in rules:
        one = aim_of(rule, setting)
        aim = aim if one is None else aim.joined(one)
    return Goal(
        rules=rules,
        by_default=spec.verdicts is None,
        aim=aim,
        suppress=spec.suppress,
        coarsest={item: step for name, step in spec.coarsest.items() for item in _items(name, inventory)},
    )


def _rules(
    spec: TargetSpec, thresholds: Thresholds, items: Sequence[Item], setting: Setting
) -> tuple[ThresholdRule, ...]:
    if spec.verdicts is None:
        return default_rules(thresholds, items, setting)
    known = {rule.id: rule for rule in thresholds.rules}
    for name in spec.verdicts:
        if name not in known:
            raise messages.VERDICT.at("assessment.target.verdicts", name=name, known=", ".join(known))
    return tuple(known[name] for name in dict.fromkeys(spec.verdicts))


def _items(name: str, inventory: Inventory) -> list[str]:
    """Return the items that a name means: an id, `table#column`, or a column wherever it stands."""
    found = []
    for item in inventory.items:
        _, entity, path = split_item_id(item.id)
        if name in {item.id, path, f"{entity}#{path}"}:
            found.append(item.id)
    if not found:
        near = difflib.get_close_matches(name, [split_item_id(item.id)[2] for item in inventory.items], n=1)
        guess = f" ({near[0]}?)" if near else ""
        raise messages.ITEM.at("assessment.target.coarsest", name=name, guess=guess)
    return found
