"""What one point of the frontier comes to: which rows stay, and the risk of those that leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.lattice.keys import Keys
from kouan.model.base import ratio
from kouan.model.inventory import PROSE, IdentityRole
from kouan.model.items import item_id, split_item_id
from kouan.model.plan import Action
from kouan.model.risk import TableRisk
from kouan.packs.thresholds import load_thresholds
from kouan.risk.classes import distinct_of
from kouan.risk.distribution import Distribution
from kouan.risk.privacy import ClassCounts
from kouan.risk.privacy.counts import histogram
from kouan.risk.table import Measured, Roles

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.clearance.optimising import Prepared
    from kouan.deidentify.asked import Asked
    from kouan.model.declaration import ReleaseMode
    from kouan.model.inventory import Inventory, Item
    from kouan.model.plan import Plan

    Ints = npt.NDArray[np.int64]


def held_rows(prepared: Prepared, levels: Sequence[int], models: Sequence[Asked]) -> npt.NDArray[np.bool_]:
    """Return which rows stay here: those of classes over the items searched that fail a model."""
    rows, attributes = prepared.table.rows, prepared.table.attributes
    columns = [one.up[level][codes] for one, level, codes in zip(attributes, levels, prepared.codes, strict=True)]
    if prepared.population:
        there = [
            one.up[level][codes] for one, level, codes in zip(attributes, levels, prepared.population, strict=True)
        ]
        columns = [np.concatenate(both) for both in zip(columns, there, strict=True)]
    of = Keys(columns, [one.sizes[level] for one, level in zip(attributes, levels, strict=True)]).of
    inside = np.bincount(of[:rows], minlength=int(of.max()) + 1) > 0
    number = np.cumsum(inside) - 1
    here, classes = number[of[:rows]], int(inside.sum())
    there_too = np.bincount(of[rows:], minlength=len(inside))[inside].astype(np.float64)
    persons = None if prepared.person is None else _persons(here, classes, prepared.person[1]).astype(np.float64)
    counts = ClassCounts(
        np.bincount(here, minlength=classes).astype(np.float64),
        {
            one.name: histogram(
                here, one.codes, np.ones(rows), classes=classes, whole=np.bincount(one.codes, minlength=one.size) / rows
            )
            for _, one in prepared.sensitive.values()
        },
        there_too if prepared.population else None,
        persons,
    )
    fails = np.zeros(classes, np.bool_)
    for model in prepared.models(models):
        fails |= ~model.meets(counts)
    found: npt.NDArray[np.bool_] = fails[here]
    return found


def _persons(of: Ints, classes: int, persons: Ints) -> Ints:
    most = int(persons.max(initial=0)) + 1
    return np.bincount(distinct_of(of * most + persons) // most, minlength=classes).astype(np.int64)


def measured_rows(
    prepared: Prepared,
    levels: Sequence[int],
    held: npt.NDArray[np.bool_],
    plan: Plan,
    *,
    inventory: Inventory,
    mode: ReleaseMode,
) -> Measured:
    """Measure what leaves over every quasi-identifier that leaves, as `assess` does after treatment."""
    kept = np.flatnonzero(~held)
    columns = [
        one.up[level][codes[kept]]
        for one, level, codes in zip(prepared.table.attributes, levels, prepared.codes, strict=True)
    ]
    columns += [codes[kept] for _, codes in prepared.left]
    sizes = [int(column.max(initial=0)) + 1 for column in columns]
    of = Keys(columns, sizes).of if len(kept) else kept
    classes = int(of.max(initial=-1)) + 1
    counted = np.bincount(of, minlength=classes)
    if prepared.person is not None and len(kept):
        counted = _persons(of, classes, prepared.person[1][kept])
    distribution = Distribution.of(counted.tolist())
    roles = _roles(prepared, plan, inventory)
    least = load_thresholds().overall.least[mode]
    worst, average = (
        ratio(*distribution.largest_risk.as_integer_ratio()),
        ratio(distribution.classes, distribution.records),
    )
    report = TableRisk(
        entity=prepared.entity,
        unit="row" if prepared.person is None else prepared.person[0].id,
        direct=tuple(item.id for item in roles.direct),
        quasi=tuple(item.id for item in roles.quasi),
        records=distribution.records,
        classes=distribution.classes,
        k=distribution.k,
        prosecutor_max=worst,
        prosecutor_avg=average,
        class_avg=ratio(*distribution.class_average.as_integer_ratio()),
        share_at_risk=ratio(distribution.records_below(least), distribution.records),
        journalist_max=worst,
        marketer=average,
    )
    return Measured(roles, distribution, report)


def _roles(prepared: Prepared, plan: Plan, inventory: Inventory) -> Roles:
    """Return what is left of the table's items by what they are to an attacker, as treatment will leave them."""
    source, entity = split_item_id(f"{prepared.entity}#")[:2]
    lines = {line.item: line.action for line in plan.lines}
    items = [
        item
        for item in inventory.items
        if item_id(*split_item_id(item.id)[:2], "") == item_id(source, entity, "") and lines[item.id] is not Action.DROP
    ]
    raw = [item for item in items if lines[item.id] is Action.KEEP]

    def of_role(some: Sequence[Item], role: IdentityRole) -> tuple[Item, ...]:
        return tuple(item for item in some if item.role is role)

    return Roles(
        name=prepared.entity,
        columns={item.id: split_item_id(item.id)[2] for item in items},
        direct=tuple(item for item in of_role(raw, IdentityRole.DIRECT) if item.meaning not in PROSE),
        free_text=tuple(item for item in items if item.meaning in PROSE),
        pseudonyms=tuple(item for item in items if lines[item.id] is Action.PSEUDONYM),
        quasi=of_role(items, IdentityRole.QUASI),
        sensitive=of_role(items, IdentityRole.SENSITIVE),
        key=None if prepared.person is None else prepared.person[0],
    )
