"""A table as the search reads it: the levels of its items, its rows as codes, and whose they are."""

from __future__ import annotations

import difflib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.clearance import optimising_messages as messages
from kouan.clearance.labelling import find_item
from kouan.clearance.optimising import Prepared
from kouan.deidentify import read_hierarchies
from kouan.deidentify.asked_messages import POPULATION
from kouan.deidentify.cells import one_each
from kouan.deidentify.classing import Encoded, person_texts
from kouan.deidentify.columns import as_text
from kouan.deidentify.hierarchy import read_hierarchy
from kouan.deidentify.ladders import EMPTY, ladder_of_file, ladder_of_line
from kouan.deidentify.lattice import Sensitive, attribute, table
from kouan.deidentify.ordering import ranks
from kouan.deidentify.people import person_of
from kouan.model.inventory import IdentityRole
from kouan.model.items import split_item_id
from kouan.model.plan import Action
from kouan.risk.population import PERSONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from kouan.clearance.desk import Desk
    from kouan.clearance.optimising import Wanted
    from kouan.deidentify.hierarchies import PlanFile
    from kouan.deidentify.ladders import Ladder
    from kouan.formats.source import Entity, Source
    from kouan.model.inventory import Inventory, Item
    from kouan.model.plan import Plan, PlanLine

    Ints = npt.NDArray[np.int64]

_SENSITIVE = 3
"""Sensitive items of which a frontier asks l and t; more together can hardly be met."""


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of all rows: codes, and the values they stand for; the last is the empty cell."""

    codes: Ints
    values: tuple[str | None, ...]

    @property
    def present(self) -> list[str | None]:
        """Return the values that occur."""
        last = len(self.values) - 1
        return [*self.values[:last], *([None] if (self.codes == last).any() else [])]

    def placed(self, values: Sequence[str], *, trim: bool = False) -> Ints:
        """Return each row's place among the values, -1 where it is not one of them."""
        places = {value: at for at, value in enumerate(values)}
        number = [places.get(EMPTY if value is None else value.strip() if trim else value, -1) for value in self.values]
        return np.asarray(number, np.int64)[self.codes]

    def mapped(self, by: Mapping[str | None, str]) -> Ints:
        """Return codes of what the values are mapped to."""
        number: dict[str, int] = {}
        return np.asarray([number.setdefault(by[one], len(number)) for one in self.values], np.int64)[self.codes]


def prepare(desk: Desk, inventory: Inventory, plan: Plan, wanted: Wanted) -> Prepared:
    """Read one table of the transfer as codes.

    Args:
        desk: of the transfer.
        inventory: of its raw data.
        plan: as it is made without a search; nothing finer than its lines is looked at without hierarchy files.
        wanted: names items, files and models.

    Raises:
        KouanError: K-CLR-111, K-CLR-112 (items), K-CLR-150 to K-CLR-152, K-CLR-160, K-DEI-012 to K-DEI-020, K-DEI-040
            to 044, K-DEI-066.
    """
    source, entity = _table(desk.sources, inventory, plan, wanted)
    lines = {line.item: line for line in plan.lines}
    items = {item.id: item for item in inventory.items if split_item_id(item.id)[:2] == (source.name, entity.name)}
    files = {find_item(inventory, name).id: file for name, file in wanted.hierarchies.items()}
    lowest = {find_item(inventory, name).id: level for name, level in wanted.lowest.items()}
    named = {one.item: find_item(inventory, one.item) for one in wanted.models if one.item is not None}
    for item in named.values():
        if lines[item.id].action is Action.DROP:
            raise messages.SENSITIVE_GONE.at("--model", item=item.name)
    if wanted.sensitive:
        named = {**_to_protect(items, lines, entity), **named}
    quasi = [item for item in items.values() if item.role is IdentityRole.QUASI and item.id not in files]
    quasi = [item for item in quasi if _searchable(item, lines[item.id], entity)]
    person = person_of(source, entity, inventory, wanted.by and split_item_id(find_item(inventory, wanted.by).id)[2])
    wanted_ids = dict.fromkeys((*files, *(item.id for item in (*quasi, *named.values()))))
    columns, persons = _read(entity, list(wanted_ids), person)
    read = read_hierarchies(plan, desk.folder, "plan", profile=desk.profile).read
    ladders = [_of_file(desk.folder, item, file, columns[item], lowest.get(item, 0)) for item, file in files.items()]
    left = []
    for item in quasi:
        made = ladder_of_line(lines[item.id], item, columns[item.id].present, read)
        if made is None:
            left.append((item, columns[item.id].codes))
        elif files:
            left.append((item, columns[item.id].mapped(_treated(made))))
        else:
            ladders.append(replace(made, lowest=max(made.lowest, lowest.get(item.id, 0))))
    _check_lowest(lowest, ladders)
    if not ladders:
        raise messages.NOTHING.at(f"{source.name}!{entity.name}")
    attributes = [attribute(split_item_id(one.item)[2], one.rows, lowest=one.lowest) for one in ladders]
    codes = [columns[one.item].placed([row[0] for row in one.rows], trim=one.item in files) for one in ladders]
    sensitive = {
        name: (item.id, _sensitive(item, lines[item.id], columns[item.id], read)) for name, item in named.items()
    }
    population = _population(desk, ladders, files) if any(one.name == "k-map" for one in wanted.models) else ()
    whose = None if person is None else (person, _whose(persons))
    return Prepared(
        entity=f"{source.name}!{entity.name}",
        ladders=tuple(ladders),
        codes=tuple(codes),
        sensitive=sensitive,
        person=whose,
        population=population,
        left=tuple(left),
        table=table(
            attributes,
            codes,
            sensitive=list({one.name: one for _, one in sensitive.values()}.values()),
            population=population,
            persons=None if whose is None else whose[1],
        ),
    )


def _table(sources: Sequence[Source], inventory: Inventory, plan: Plan, wanted: Wanted) -> tuple[Source, Entity]:
    """Return the table to be searched."""
    asked = (*wanted.hierarchies, *wanted.lowest, *(one.item for one in wanted.models if one.item is not None))
    places = {split_item_id(find_item(inventory, name).id)[:2] for name in asked}
    entities = {(source.name, entity.name): (source, entity) for source in sources for entity in source.entities}
    if wanted.table is not None:
        known = {f"{source}!{entity}": (source, entity) for source, entity in entities}
        known |= {entity: (source, entity) for source, entity in entities}
        if wanted.table not in known:
            near = difflib.get_close_matches(wanted.table, sorted(known), n=1)
            guess = f" ({near[0]}?)" if near else ""
            raise messages.TABLE.at("--table", name=wanted.table, guess=guess, tables=", ".join(sorted(known)))
        places.add(known[wanted.table])
    if len(places) > 1:
        raise messages.ONE_TABLE.at("--hierarchy", count=len(places))
    if not places:
        leaving = {line.item for line in plan.lines if line.action is not Action.DROP}
        counts = Counter(
            split_item_id(item.id)[:2]
            for item in inventory.items
            if item.role is IdentityRole.QUASI and item.id in leaving
        )
        if not counts:
            raise messages.NOTHING.at("")
        places = {counts.most_common(1)[0][0]}
    return entities[places.pop()]


def _to_protect(items: Mapping[str, Item], lines: Mapping[str, PlanLine], entity: Entity) -> dict[str, Item]:
    """Return the first few sensitive items that leave, by id."""
    some = [
        item
        for item in items.values()
        if item.role is IdentityRole.SENSITIVE and _searchable(item, lines[item.id], entity)
    ]
    return {item.id: item for item in some[:_SENSITIVE]}


def _searchable(item: Item, line: PlanLine, entity: Entity) -> bool:
    kind = entity.schema.field(split_item_id(item.id)[2]).type
    return line.action is not Action.DROP and not pa.types.is_nested(kind)


def _read(entity: Entity, items: Sequence[str], person: Item | None) -> tuple[dict[str, _Column], Encoded]:
    names = [split_item_id(item)[2] for item in items]
    by = None if person is None else split_item_id(person.id)[2]
    held, persons = [Encoded() for _ in names], Encoded()
    for batch in entity.batches([*names, *([by] if by is not None and by not in names else [])]):
        for name, one in zip(names, held, strict=True):
            one.add(as_text(one_each(batch.column(name))).dictionary_encode())
        if by is not None and person is not None:
            persons.add(person_texts(one_each(batch.column(by)), person.meaning).dictionary_encode())
    columns = (one.codes() for one in held)
    return {item: _Column(codes, tuple(values)) for item, (codes, values) in zip(items, columns, strict=True)}, persons


def _check_lowest(lowest: Mapping[str, int], ladders: Sequence[Ladder]) -> None:
    """Refuse a least level of what is not searched: it would be asked for and not kept."""
    idle = [item for item in lowest if item not in {one.item for one in ladders}]
    if idle:
        raise messages.LOWEST_IDLE.at("--lowest", item=split_item_id(idle[0])[2])


def _of_file(folder: Path, item: str, file: str, column: _Column, lowest: int) -> Ladder:
    empty = None in column.present
    return ladder_of_file(item, file, read_hierarchy(folder / file, file), empty=empty, lowest=lowest)


def _treated(ladder: Ladder) -> dict[str | None, str]:
    """Return what the plan as it is makes of each value."""
    found: dict[str | None, str] = {row[0]: row[ladder.lowest] for row in ladder.rows}
    return {**found, None: EMPTY}


def _sensitive(item: Item, line: PlanLine, column: _Column, hierarchies: Mapping[str, PlanFile]) -> Sensitive:
    """Return a sensitive item as it leaves, its values in their order; an empty cell is a value of its own."""
    ladder = ladder_of_line(line, item, column.present, hierarchies)
    to = {value: value or EMPTY for value in column.values} if ladder is None else _treated(ladder)
    values = list(dict.fromkeys(None if to[value] == EMPTY else to[value] for value in column.present))
    order = dict(zip(values, ranks(values), strict=True))
    places = [order.get(None if to[value] == EMPTY else to[value], 0) for value in column.values]
    return Sensitive(item.id, np.asarray(places, np.int64)[column.codes], max(len(values), 1))


def _whose(persons: Encoded) -> Ints:
    """Return int64 [rows], a number for each person; a row that names nobody is somebody."""
    codes, values = persons.codes()
    codes = codes.copy()
    nobody = np.flatnonzero(codes == len(values) - 1)
    codes[nobody] += np.arange(len(nobody))
    return codes


def _population(desk: Desk, ladders: Sequence[Ladder], files: Mapping[str, str]) -> tuple[Ints, ...]:
    """Return the population's values as places of the ladders; persons with a value that the data lack fit no class."""
    held = desk.population_table
    if held is None:
        raise POPULATION.at("k-map")
    names = [split_item_id(one.item)[2] for one in ladders]
    weight = next((name for name in PERSONS if name in held.schema.names and name not in names), None)
    parts, weights = [Encoded() for _ in names], []
    for batch in held.batches([*names, *([weight] if weight else [])]):
        for name, one in zip(names, parts, strict=True):
            one.add(as_text(batch.column(name)).dictionary_encode())
        ones = np.ones(batch.num_rows, np.int64)
        weights.append(ones if weight is None else pc.cast(batch.column(weight), pa.int64()).to_numpy())
    columns = (_Column(codes, tuple(values)) for codes, values in (one.codes() for one in parts))
    places = [
        column.placed([row[0] for row in one.rows], trim=one.item in files)
        for column, one in zip(columns, ladders, strict=True)
    ]
    known = np.all([place >= 0 for place in places], axis=0)
    times = np.concatenate(weights)[known]
    return tuple(np.repeat(place[known], times) for place in places)
