"""One table of a transfer for a search: which it is, its columns as codes, and whose the rows are."""

from __future__ import annotations

import difflib
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.clearance import optimising_messages as messages
from kouan.clearance.labelling import find_item
from kouan.deidentify.aiming.steps import Column, treated
from kouan.deidentify.cells import one_each
from kouan.deidentify.classing import Encoded, person_texts
from kouan.deidentify.columns import as_text
from kouan.model.inventory import IdentityRole
from kouan.model.items import split_item_id
from kouan.model.plan import Action
from kouan.risk.codes import Codes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kouan.deidentify.hierarchies import PlanFile
    from kouan.deidentify.holding import Holder
    from kouan.formats.source import Entity, Source
    from kouan.model.inventory import Inventory, Item
    from kouan.model.plan import Plan, PlanLine

    Ints = npt.NDArray[np.int64]


def table_of(
    sources: Sequence[Source], inventory: Inventory, plan: Plan, *, items: Sequence[str], table: str | None
) -> tuple[Source, Entity]:
    """Return the table that is named, that of the items named, or else the one with most quasi-identifiers that leave.

    Args:
        sources: the raw data.
        inventory: of them.
        plan: says what leaves.
        items: as people name them.
        table: as `source!entity` or its name; None where it is not named.

    Raises:
        KouanError: K-CLR-111, K-CLR-112 (items), K-CLR-150 (several tables), K-CLR-151 (none), K-CLR-152.
    """
    places = {split_item_id(find_item(inventory, name).id)[:2] for name in items}
    entities = {(source.name, entity.name): (source, entity) for source in sources for entity in source.entities}
    if table is not None:
        known = {name: place for place in entities for name in (place[1], "!".join(place))}
        if table not in known:
            near = difflib.get_close_matches(table, sorted(known), n=1)
            guess = f" ({near[0]}?)" if near else ""
            raise messages.TABLE.at("--table", name=table, guess=guess, tables=", ".join(sorted(known)))
        places.add(known[table])
    if len(places) > 1:
        raise messages.ONE_TABLE.at("--hierarchy", count=len(places))
    if not places:
        leaving = {line.item for line in plan.lines if line.action is not Action.DROP}
        quasi = (item.id for item in inventory.items if item.role is IdentityRole.QUASI and item.id in leaving)
        counts = Counter(split_item_id(item)[:2] for item in quasi)
        if not counts:
            raise messages.NOTHING.at("")
        places = {counts.most_common(1)[0][0]}
    return entities[places.pop()]


def read_columns(
    source: Source, entity: Entity, items: Sequence[str], person: Item | None, hold: Holder | None
) -> tuple[dict[str, tuple[Ints, list[str | None]]], Ints | None]:
    """Return columns as int64 [rows] codes with their values, the last the empty cell, and int64 [rows] whose they are.

    Args:
        source: of the table.
        entity: the table.
        items: ids of its columns.
        person: item whose values are the persons, spelt as pseudonyms are made; None gives None.
        hold: says which rows stay here for other reasons: they make no class larger.

    Raises:
        KouanError: K-CLR-220 for a table without rows, or a reader's error.
    """
    names = [split_item_id(item)[2] for item in items]
    by = None if person is None else split_item_id(person.id)[2]
    held, persons = [Encoded() for _ in names], Encoded()
    deciding = () if hold is None else hold.columns(source.name, entity.name)
    for raw in entity.batches(list(dict.fromkeys([*names, *([by] if by is not None else []), *deciding]))):
        kept = hold.keep(source.name, entity.name, raw.select(list(deciding))) if hold and deciding else None
        batch = raw if kept is None else raw.filter(kept)
        for name, one in zip(names, held, strict=True):
            one.add(as_text(one_each(batch.column(name))).dictionary_encode())
        if by is not None and person is not None:
            persons.add(person_texts(one_each(batch.column(by)), person.meaning).dictionary_encode())
    columns = {item: one.codes() for item, one in zip(items, held, strict=True)}
    if not all(len(codes) for codes, _ in columns.values()):
        raise messages.NO_ROWS.at(entity.name)
    return columns, None if person is None else persons.subjects()[0]


def as_column(column: tuple[Ints, Sequence[str | None]], persons: Ints | None) -> Column:
    """Return a column that `read_columns` gave as steps are tried on it.

    Args:
        column: codes, and their values, the last the empty cell.
        persons: int64 [rows], whose each row is; None where every row counts as a person.
    """
    codes, values = column
    nothing = len(values) - 1
    numbers = Codes(np.where(codes == nothing, 0, codes + 1).astype(np.int32), len(values))
    return Column.of(numbers, pa.array(values[:nothing], pa.string()), persons)


def texts_left(
    line: PlanLine,
    item: Item,
    column: tuple[Ints, Sequence[str | None]],
    persons: Ints | None,
    hierarchies: Mapping[str, PlanFile],
) -> list[str | None]:
    """Return what a line makes of the values of a column; the values themselves where it reads more than these.

    Args:
        line: of the plan.
        item: that it treats.
        column: as `read_columns` gives it.
        persons: int64 [rows], whose each row is; None where every row counts as a person.
        hierarchies: that the line may name.
    """
    found = treated(line, item, as_column(column, persons), hierarchies)
    return list(column[1]) if found is None else [*found.to_pylist(), None]
