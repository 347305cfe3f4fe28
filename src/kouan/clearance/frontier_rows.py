"""What one point of the frontier comes to: which rows stay, and the risk of those that leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.asked import asked_of_rows
from kouan.deidentify.lattice.keys import Keys
from kouan.deidentify.local import loss
from kouan.model.base import ratio
from kouan.model.inventory import PROSE, IdentityRole
from kouan.model.items import item_id, split_item_id
from kouan.model.risk import TableRisk
from kouan.packs.thresholds import load_thresholds
from kouan.recognize.treating import foresee
from kouan.risk.classes import distinct_in
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
    attributes = prepared.table.attributes
    columns = [one.up[level][codes] for one, level, codes in zip(attributes, levels, prepared.codes, strict=True)]
    if prepared.population:
        there = [
            one.up[level][codes] for one, level, codes in zip(attributes, levels, prepared.population, strict=True)
        ]
        columns = [np.concatenate(both) for both in zip(columns, there, strict=True)]
    return _failing(prepared, columns, models)


def planned_rows(prepared: Prepared, levels: Sequence[int], plan: Plan) -> npt.NDArray[np.bool_]:
    """Return which rows stay here by a plan's own rule on rows.

    Args:
        prepared: the table.
        levels: of the plan's lines.
        plan: as it is made without a search.
    """
    asked = () if plan.rows is None else asked_of_rows(plan.rows, "plan")
    zipped = zip(prepared.ladders, prepared.table.attributes, levels, prepared.codes, strict=True)
    columns = {ladder.item: one.up[level][codes] for ladder, one, level, codes in zipped}
    columns |= {item.id: codes for item, codes in prepared.left}
    over = () if plan.rows is None else plan.rows.over
    if not asked or not columns.keys() >= set(over):  # of another table
        return np.zeros(prepared.table.rows, np.bool_)
    return _failing(prepared, [columns[item] for item in over], asked)


def lost(prepared: Prepared, levels: Sequence[int], held: npt.NDArray[np.bool_]) -> float:
    """Return the loss of Iyengar as the search has it; a row that stays here has lost all."""
    zipped = list(zip(prepared.table.attributes, levels, prepared.codes, strict=True))
    beyond = [
        np.where(held, one.leaves - 1, one.covered[level][one.up[level][codes]] - 1) for one, level, codes in zipped
    ]
    return loss(beyond, [one.leaves for one, _, _ in zipped], np.ones(len(held), np.int64)).joint


def _failing(prepared: Prepared, columns: Sequence[Ints], models: Sequence[Asked]) -> npt.NDArray[np.bool_]:
    """Return which rows stand in classes over these columns that fail a model; persons of the population come last."""
    rows = prepared.table.rows
    of = Keys(list(columns), [int(column.max()) + 1 for column in columns]).of
    inside = np.bincount(of[:rows], minlength=int(of.max()) + 1) > 0
    number = np.cumsum(inside) - 1
    here, classes = number[of[:rows]], int(inside.sum())
    there_too = np.bincount(of[rows:], minlength=len(inside))[inside].astype(np.float64)
    persons = None if prepared.person is None else _persons(here, classes, prepared.person[1]).astype(np.float64)
    counts = ClassCounts(
        np.bincount(here, minlength=classes).astype(np.float64),
        {
            one.name: histogram(
                here, one.codes, classes=classes, whole=np.bincount(one.codes, minlength=one.size) / rows
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
    return distinct_in(of, classes, persons, int(persons.max(initial=0)) + 1)


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
        pseudonyms=tuple(item.id for item in roles.pseudonyms),
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
    lines = {line.item: line for line in plan.lines}
    here = item_id(source, entity, "")
    items = [one for one in foresee(inventory, lines) if item_id(*split_item_id(one.id)[:2], "") == here]
    measured = {*(one.item for one in prepared.ladders), *(item.id for item, _ in prepared.left)}

    def of_role(role: IdentityRole) -> tuple[Item, ...]:
        return tuple(item for item in items if item.role is role)

    return Roles(
        name=prepared.entity,
        columns={item.id: split_item_id(item.id)[2] for item in items},
        direct=tuple(item for item in of_role(IdentityRole.DIRECT) if item.meaning not in PROSE),
        free_text=tuple(item for item in items if item.meaning in PROSE),
        pseudonyms=tuple(item for item in items if item.meaning == "pseudonym"),
        quasi=tuple(item for item in items if item.id in measured),
        sensitive=of_role(IdentityRole.SENSITIVE),
        others=(),  # the search looks at quasi-identifiers alone
        key=None if prepared.person is None else prepared.person[0],
    )
