"""From a declared target to what must hold of every class."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.deidentify import aiming_messages as messages
from kouan.deidentify.asked import asked_all
from kouan.model.inventory import IdentityRole
from kouan.model.items import split_item_id
from kouan.risk.aims import Aim, aim_of, default_rules

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from kouan.deidentify.asked import Asked
    from kouan.model.inventory import Inventory, Item
    from kouan.model.target import TargetSpec
    from kouan.model.thresholds import ThresholdRule, Thresholds
    from kouan.risk.setting import Setting

_SIZE = "k"


@dataclass(frozen=True, slots=True)
class Goal:
    """What treatment must come to.

    Attributes:
        rules: verdicts that must be met.
        by_default: whether these are what the standards in force ask for, as the declaration named none.
        aim: what they and the declared numbers ask of every class.
        suppress: share of the rows of one table that may stay here.
        coarsest: last step by item id.
        models: declared beside the verdicts, each over the id of its item; k is in `aim`.
    """

    rules: tuple[ThresholdRule, ...]
    by_default: bool
    aim: Aim
    suppress: Decimal
    coarsest: dict[str, int | str]
    models: tuple[Asked, ...] = ()


def goal_of(spec: TargetSpec, thresholds: Thresholds, inventory: Inventory, setting: Setting) -> Goal:
    """Return the goal that a declared target comes to for these data.

    Raises:
        KouanError: K-DEI-090 for a verdict that there is none of, K-DEI-092 for an item, K-DEI-100 for a target that
            asks for nothing, K-DEI-065 and K-DEI-120 for a model, K-RSK-003.
    """
    rules = _rules(spec, thresholds, inventory.items, setting)
    if not rules and spec.k is None and spec.l is None and not spec.models:
        raise messages.NOTHING.at("assessment.target")
    models = models_of(spec, inventory)
    k = max([spec.k or 1, *(int(one.values[0]) for one in models if one.name == _SIZE)])
    aim = Aim(least=k, sure=k, l=spec.l)
    for rule in rules:
        one = aim_of(rule, setting)
        aim = aim if one is None else aim.joined(one)
    return Goal(
        rules=rules,
        by_default=spec.verdicts is None,
        aim=aim,
        suppress=spec.suppress,
        coarsest={item: step for name, step in spec.coarsest.items() for item in _items(name, inventory)},
        models=tuple(one for one in models if one.name != _SIZE),
    )


def models_of(spec: TargetSpec, inventory: Inventory) -> tuple[Asked, ...]:
    """Return the declared models over ids of items; a name that stands in several tables asks it of each.

    Raises:
        KouanError: K-DEI-065 for one that is not spelt right, K-DEI-092 for an item, K-DEI-120 for k-map or a
            quasi-identifier.
    """
    where, found = "assessment.target.models", []
    roles = {item.id: item.role for item in inventory.items}
    for one in asked_all(spec.models, where):
        if one.name == "k-map":
            raise messages.MODEL.at(where, model=one, problem=messages.NO_POPULATION)
        if one.item is None:
            found.append(one)
            continue
        for item in _items(one.item, inventory, where):
            if roles[item] is IdentityRole.QUASI:
                raise messages.MODEL.at(where, model=one, problem=messages.GROUPED_BY)
            found.append(one.over(item))
    return tuple(dict.fromkeys(found))


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


def _items(name: str, inventory: Inventory, where: str = "assessment.target.coarsest") -> list[str]:
    """Return the items that a name means: an id, `table#column`, or a column wherever it stands."""
    found = []
    for item in inventory.items:
        _, entity, path = split_item_id(item.id)
        if name in {item.id, path, f"{entity}#{path}"}:
            found.append(item.id)
    if not found:
        near = difflib.get_close_matches(name, [split_item_id(item.id)[2] for item in inventory.items], n=1)
        guess = f" ({near[0]}?)" if near else ""
        raise messages.ITEM.at(where, name=name, guess=guess)
    return found
