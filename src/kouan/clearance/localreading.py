"""One table as local recoding reads it: places of its quasi-identifiers, sensitive values, and whose the rows are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.clearance import optimising_messages
from kouan.clearance.labelling import find_item
from kouan.clearance.searching import read_columns, table_of, texts_left
from kouan.deidentify import messages as plan_messages
from kouan.deidentify import read_hierarchies
from kouan.deidentify.columns import can_be_text
from kouan.deidentify.hierarchy import read_hierarchy
from kouan.deidentify.lattice import attribute
from kouan.deidentify.lattice import messages as lattice_messages
from kouan.deidentify.local import Dimension, Rows, dimension, messages, over_hierarchy
from kouan.deidentify.ordering import ranks
from kouan.deidentify.people import person_of
from kouan.model.inventory import IdentityRole
from kouan.model.items import split_item_id
from kouan.model.plan import Action
from kouan.recognize.treating import foresee

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from pathlib import Path

    import numpy.typing as npt

    from kouan.deidentify.asked import Asked
    from kouan.deidentify.hierarchy import Hierarchy
    from kouan.deidentify.holding import Holder
    from kouan.formats.source import Entity, Source
    from kouan.model.inventory import Inventory, Item
    from kouan.model.plan import Plan, PlanLine
    from kouan.packs import ProfilePack

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

WAYS = ("mondrian", "cells")
EMPTY = "\0"
"""What an empty cell is among the values of a level: it stays empty."""


@dataclass(frozen=True, slots=True)
class LocalWanted:
    """What is asked for; items are named as `inspect` names them.

    Attributes:
        way: one of `WAYS`.
        models: all of them hold of every class.
        hierarchies: file of an item, relative to the declaration.
        ranges: items to be recoded by their own values; a hierarchy of one then only says how much is lost.
        lowest: least level of an item with a hierarchy.
        suppress: share of the rows that the global optimum may keep back, beside which this is shown; of `cells` also
            the rows of which cells are emptied; 0 tries several.
        table: as `source!entity` or its name; that of the items named, or else the one with the most
            quasi-identifiers.
        by: column that names the person; None takes the one that the inventory knows.
        seconds: time for the search of the optimum.
    """

    way: str
    models: tuple[Asked, ...]
    hierarchies: Mapping[str, str]
    ranges: tuple[str, ...]
    lowest: Mapping[str, int]
    suppress: Decimal
    table: str | None = None
    by: str | None = None
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Quasi:
    """One quasi-identifier.

    Attributes:
        item: id.
        dimension: its order.
        codes: int32 [rows], 0 where the cell is empty.
        places: by code from 1 on.
        ladder: one row for each value, its groups upwards; of an item without a hierarchy the value alone.
        leaf: int64 [rows], place of the row's value in `ladder`.
        scale: by code: how many values of the ladder come up to it; of ordered items.
        file: of its hierarchy.
        lowest: level below which no group leaves.
    """

    item: str
    dimension: Dimension
    codes: npt.NDArray[np.int32]
    places: Floats
    ladder: tuple[tuple[str, ...], ...]
    leaf: Ints
    scale: Ints
    file: str | None
    lowest: int

    @property
    def leaves(self) -> int:
        """How many values there are, an empty cell too where there is any."""
        return len(self.ladder)


@dataclass(frozen=True, slots=True)
class LocalTable:
    """The table.

    Attributes:
        quasi: the items to be recoded.
        rows: what models count.
        sensitive: id of each sensitive item by the name that was used for it.
        person: column that names the person.
        left: names of other quasi-identifiers that leave.
    """

    quasi: tuple[Quasi, ...]
    rows: Rows
    sensitive: Mapping[str, str]
    person: str | None
    left: tuple[str, ...]


def read_table(
    sources: Sequence[Source],
    inventory: Inventory,
    plan: Plan,
    base: Path,
    wanted: LocalWanted,
    *,
    profile: ProfilePack | None = None,
    hold: Holder | None = None,
) -> LocalTable:
    """Read one table.

    Args:
        sources: the raw data.
        inventory: of exactly these.
        plan: as it is made without a search; what it drops is not recoded.
        base: folder of the declaration, from which hierarchy files lead.
        wanted: names items and files.
        profile: that the plan was made by.
        hold: says which rows stay here for other reasons.

    Raises:
        KouanError: K-CLR-111, K-CLR-112 (items), K-CLR-150, K-DEI-012 to K-DEI-020, K-DEI-043, K-DEI-070, K-DEI-071,
            K-DEI-076 to K-DEI-078.
    """
    named = {one.item: find_item(inventory, one.item) for one in wanted.models if one.item is not None}
    files = {find_item(inventory, name).id: file for name, file in wanted.hierarchies.items()}
    free = [find_item(inventory, name).id for name in wanted.ranges]
    lowest = {find_item(inventory, name).id: level for name, level in wanted.lowest.items()}
    if idle := next((item for item in lowest if item not in files or (item in free and wanted.way != "cells")), None):
        raise optimising_messages.LOWEST_IDLE.at("--lowest", item=split_item_id(idle)[2])
    asked = [*files, *free, *lowest, *(item.id for item in named.values())]
    source, entity = table_of(sources, inventory, plan, items=asked, table=wanted.table)
    lines = {line.item: line for line in plan.lines}
    leaving = [one for one in foresee(inventory, lines) if split_item_id(one.id)[:2] == (source.name, entity.name)]
    raw = {item.id for item in inventory.items if item.role is IdentityRole.QUASI}
    quasi = [item for item in leaving if item.id in raw or item.role is IdentityRole.QUASI]
    items = list(dict.fromkeys((*files, *free))) or [item.id for item in quasi if item.id in raw]
    _check(items, entity, named, wanted, lines=lines, roles={item.id: item.role for item in inventory.items})
    person = person_of(source, entity, inventory, wanted.by and split_item_id(find_item(inventory, wanted.by).id)[2])
    columns, persons = read_columns(source, entity, [*items, *(one.id for one in named.values())], person, hold)
    known = read_hierarchies(plan, base, "plan", profile=profile).read
    made = []
    for item in items:
        hierarchy = read_hierarchy(base / files[item]) if item in files else None
        made.append(
            _quasi(
                item,
                columns[item],
                hierarchy,
                files.get(item),
                free=item in free,
                lowest=lowest.get(item, 0),
                joined=wanted.way != "cells",
            )
        )
    rows = Rows(
        [one.codes for one in made],
        [one.model(None if one.item is None else named[one.item].id) for one in wanted.models],
        {
            item.id: _sensitive(columns[item.id], texts_left(lines[item.id], item, columns[item.id], persons, known))
            for item in named.values()
        },
        persons,
    )
    return LocalTable(
        quasi=tuple(made),
        rows=rows,
        sensitive={name: item.id for name, item in named.items()},
        person=None if person is None else split_item_id(person.id)[2],
        left=tuple(item.name for item in quasi if item.id not in items),
    )


def _check(
    items: Sequence[str],
    entity: Entity,
    named: Mapping[str, Item],
    wanted: LocalWanted,
    *,
    lines: Mapping[str, PlanLine],
    roles: Mapping[str, IdentityRole],
) -> None:
    if not items:
        raise messages.NOTHING.at(entity.name)
    if any(one.name == "k-map" for one in wanted.models):
        raise messages.NO_POPULATION.at("k-map")
    for sensitive in named.values():
        if sensitive.id in items:
            raise messages.BOTH.at(entity.name, item=sensitive.name)
        if lines[sensitive.id].action is Action.DROP:
            raise optimising_messages.SENSITIVE_GONE.at("--model", item=sensitive.name)
    for item in items:
        if roles[item] is IdentityRole.DIRECT:
            what = plan_messages.DIRECT_PARTLY
            raise what.at(entity.name, item=item, what=plan_messages.DIRECT, action="generalise local")
    for name in (split_item_id(item)[2] for item in items):
        kind = entity.schema.field(name).type
        if pa.types.is_nested(kind) or not can_be_text(kind):
            raise messages.NESTED.at(entity.name, item=name)


def _quasi(
    item: str,
    column: tuple[Ints, list[str | None]],
    hierarchy: Hierarchy | None,
    file: str | None,
    *,
    free: bool,
    lowest: int,
    joined: bool,
) -> Quasi:
    name = split_item_id(item)[2]
    raw, values = column
    texts = [value.strip() if value is not None else "" for value in values]
    counts = np.bincount(raw, minlength=len(values))
    nothing = [at for at, text in enumerate(texts) if not text]
    empty = bool(counts[nothing].sum())
    if hierarchy is not None:
        attribute(name, hierarchy.rows, lowest=lowest)  # refuses a level that there is none of
    if hierarchy is None and not joined:
        # Cells that stay leave as they are written: "1.50" and "1.5" are two values to whoever reads them.
        own = Dimension(name, "values", values=tuple(sorted({*texts} - {""})), empty=empty)
    elif hierarchy is None or free:
        own = dimension(name, [text for text in texts if text], empty=empty)
    else:
        own = over_hierarchy(name, hierarchy.rows, empty=empty, lowest=lowest)
    if len(nothing) == len(texts) or not counts.sum() - counts[nothing].sum():
        raise messages.ALL_EMPTY.at(name, item=name)
    at = own.places(pa.array(texts, pa.string()))
    places = np.arange(len(own.values)) if own.kind == "hierarchy" else np.unique(at[np.isfinite(at)])
    code = np.where(np.isneginf(at), 0, np.searchsorted(places, at) + 1)
    ladder = hierarchy.rows if hierarchy is not None else tuple((own.word(float(place)),) for place in places)
    if empty:
        ladder = (*ladder, (EMPTY,) * len(ladder[0]))
    leaves = own.places(pa.array(["" if row[0] == EMPTY else row[0] for row in ladder], pa.string()))
    where = {place: number for number, place in enumerate(leaves.tolist())}
    leaf = np.array([where.get(place, -1) for place in at.tolist()], np.int64)
    if missing := int(counts[leaf < 0].sum()):
        raise lattice_messages.NOT_IN_HIERARCHY.at(name, column=name, count=f"{missing:,}")
    scale = np.searchsorted(np.sort(leaves[np.isfinite(leaves)]), places, side="right")
    return Quasi(
        item=item,
        dimension=own,
        codes=code[raw].astype(np.int32),
        places=places.astype(np.float64),
        ladder=tuple(ladder),
        leaf=leaf[raw],
        scale=np.concatenate([[0], scale]),
        file=file,
        lowest=lowest,
    )


def _sensitive(column: tuple[Ints, list[str | None]], to: Sequence[str | None]) -> tuple[Ints, int]:
    """Return codes of the values as they leave, in their order; an empty cell is a value of its own."""
    codes, values = column
    present = np.flatnonzero(np.bincount(codes, minlength=len(values))).tolist()
    found = list(dict.fromkeys(to[at] for at in present))
    order = dict(zip(found, ranks(found), strict=True))
    number = np.zeros(len(values), np.int64)
    number[present] = [order[to[at]] for at in present]
    return number[codes], len(found)
