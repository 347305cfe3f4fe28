"""One table as local recoding reads it: places of its quasi-identifiers, sensitive values, and whose the rows are."""

from __future__ import annotations

import difflib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.clearance import optimising_messages
from kouan.clearance.labelling import find_item
from kouan.deidentify.cells import one_each
from kouan.deidentify.classing import Encoded, person_texts
from kouan.deidentify.columns import as_text, can_be_text
from kouan.deidentify.hierarchy import read_hierarchy
from kouan.deidentify.lattice import messages as lattice_messages
from kouan.deidentify.local import Rows, dimension, messages, over_hierarchy
from kouan.deidentify.ordering import ranks
from kouan.deidentify.people import person_of
from kouan.model.inventory import IdentityRole
from kouan.model.items import split_item_id
from kouan.model.plan import Action

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from pathlib import Path

    import numpy.typing as npt

    from kouan.deidentify.asked import Asked
    from kouan.deidentify.hierarchy import Hierarchy
    from kouan.deidentify.local import Dimension
    from kouan.formats.source import Entity, Source
    from kouan.model.inventory import Inventory, Item
    from kouan.model.plan import Plan

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
    sources: Sequence[Source], inventory: Inventory, plan: Plan, base: Path, wanted: LocalWanted
) -> LocalTable:
    """Read one table.

    Args:
        sources: the raw data.
        inventory: of exactly these.
        plan: as it is made without a search; what it drops is not recoded.
        base: folder of the declaration, from which hierarchy files lead.
        wanted: names items and files.

    Raises:
        KouanError: K-CLR-111, K-CLR-112 (items), K-CLR-150, K-DEI-012 to K-DEI-020, K-DEI-043, K-DEI-070, K-DEI-071,
            K-DEI-076 to K-DEI-078.
    """
    named = {one.item: find_item(inventory, one.item) for one in wanted.models if one.item is not None}
    files = {find_item(inventory, name).id: file for name, file in wanted.hierarchies.items()}
    free = [find_item(inventory, name).id for name in wanted.ranges]
    lowest = {find_item(inventory, name).id: level for name, level in wanted.lowest.items()}
    source, entity = _table(sources, inventory, [*files, *free, *lowest, *(item.id for item in named.values())], wanted)
    lines = {line.item: line for line in plan.lines}
    quasi = [
        item
        for item in inventory.items
        if split_item_id(item.id)[:2] == (source.name, entity.name)
        and item.role is IdentityRole.QUASI
        and lines[item.id].action is not Action.DROP
    ]
    items = list(dict.fromkeys((*files, *free))) or [item.id for item in quasi]
    _check(items, entity, named, wanted)
    person = person_of(source, entity, inventory, wanted.by and split_item_id(find_item(inventory, wanted.by).id)[2])
    columns, persons = _read(entity, [*items, *(item.id for item in named.values())], person)
    made = []
    for item in items:
        hierarchy = read_hierarchy(base / files[item]) if item in files else None
        made.append(
            _quasi(item, columns[item], hierarchy, files.get(item), free=item in free, lowest=lowest.get(item, 0))
        )
    rows = Rows(
        [one.codes for one in made],
        [one.model(None if one.item is None else named[one.item].id) for one in wanted.models],
        {item.id: _sensitive(columns[item.id]) for item in named.values()},
        None if persons is None else _whose(persons),
    )
    return LocalTable(
        quasi=tuple(made),
        rows=rows,
        sensitive={name: item.id for name, item in named.items()},
        person=None if person is None else split_item_id(person.id)[2],
        left=tuple(item.name for item in quasi if item.id not in items),
    )


def _table(
    sources: Sequence[Source], inventory: Inventory, named: Sequence[str], wanted: LocalWanted
) -> tuple[Source, Entity]:
    """Return the table that is named, that of the items named, or else the one with the most quasi-identifiers."""
    entities = {(one.name, entity.name): (one, entity) for one in sources for entity in one.entities}
    places = {split_item_id(item)[:2] for item in named}
    if wanted.table is not None:
        known = {name: place for place in entities for name in (place[1], "!".join(place))}
        if wanted.table not in known:
            guess = difflib.get_close_matches(wanted.table, sorted(known), n=1)
            told = {"guess": f" ({guess[0]}?)" if guess else "", "tables": ", ".join(sorted(known))}
            raise optimising_messages.TABLE.at("--table", name=wanted.table, **told)
        places.add(known[wanted.table])
    if len(places) > 1:
        raise optimising_messages.ONE_TABLE.at("--hierarchy", count=len(places))
    if not places:
        quasi = Counter(split_item_id(item.id)[:2] for item in inventory.items if item.role is IdentityRole.QUASI)
        if not quasi:
            raise messages.NOTHING.at("")
        places = {quasi.most_common(1)[0][0]}
    return entities[places.pop()]


def _check(items: Sequence[str], entity: Entity, named: Mapping[str, Item], wanted: LocalWanted) -> None:
    if not items:
        raise messages.NOTHING.at(entity.name)
    if any(one.name == "k-map" for one in wanted.models):
        raise messages.NO_POPULATION.at("k-map")
    for sensitive in named.values():
        if sensitive.id in items:
            raise messages.BOTH.at(entity.name, item=sensitive.name)
    for name in (split_item_id(item)[2] for item in items):
        kind = entity.schema.field(name).type
        if pa.types.is_nested(kind) or not can_be_text(kind):
            raise messages.NESTED.at(entity.name, item=name)


def _read(
    entity: Entity, items: Sequence[str], person: Item | None
) -> tuple[dict[str, tuple[Ints, list[str | None]]], tuple[Ints, list[str | None]] | None]:
    """Return the columns as codes with their values, the last of them the empty cell."""
    names = [split_item_id(item)[2] for item in items]
    by = None if person is None else split_item_id(person.id)[2]
    held, persons = [Encoded() for _ in names], Encoded()
    for batch in entity.batches(list(dict.fromkeys([*names, *([by] if by is not None else [])]))):
        for name, one in zip(names, held, strict=True):
            one.add(as_text(one_each(batch.column(name))).dictionary_encode())
        if by is not None and person is not None:
            persons.add(person_texts(one_each(batch.column(by)), person.meaning).dictionary_encode())
    columns = {item: one.codes() for item, one in zip(items, held, strict=True)}
    return columns, None if person is None else persons.codes()


def _quasi(
    item: str,
    column: tuple[Ints, list[str | None]],
    hierarchy: Hierarchy | None,
    file: str | None,
    *,
    free: bool,
    lowest: int,
) -> Quasi:
    name = split_item_id(item)[2]
    raw, values = column
    texts = [value.strip() if value is not None else "" for value in values]
    counts = np.bincount(raw, minlength=len(values))
    nothing = [at for at, text in enumerate(texts) if not text]
    empty = bool(counts[nothing].sum())
    if hierarchy is None or free:
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


def _sensitive(column: tuple[Ints, list[str | None]]) -> tuple[Ints, int]:
    """Return codes in the item's order; an empty cell is a value of its own."""
    codes, values = column
    present = np.flatnonzero(np.bincount(codes, minlength=len(values)))
    order = ranks([values[at] for at in present.tolist()])
    number = np.zeros(len(values), np.int64)
    number[present] = order
    return number[codes], len(present)


def _whose(persons: tuple[Ints, list[str | None]]) -> Ints:
    """Return int64 [rows], a number for each person; a row that names nobody is somebody."""
    codes, values = persons
    codes = codes.copy()
    nobody = np.flatnonzero(codes == len(values) - 1)
    codes[nobody] += np.arange(len(nobody))
    return codes
