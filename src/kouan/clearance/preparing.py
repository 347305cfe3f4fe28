"""A table as the search reads it: the levels of its items, its rows as codes, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.clearance import optimising_messages as messages
from kouan.clearance.labelling import find_item
from kouan.clearance.optimising import Prepared
from kouan.clearance.searching import as_column, read_columns, table_of
from kouan.deidentify import read_hierarchies
from kouan.deidentify.aiming.search import fewer
from kouan.deidentify.aiming.steps import ladder_of, treated
from kouan.deidentify.asked import asked_of_rows
from kouan.deidentify.asked_messages import LACKING, POPULATION, POPULATION_TABLE
from kouan.deidentify.classing import Encoded
from kouan.deidentify.columns import as_text
from kouan.deidentify.hierarchy import read_hierarchy
from kouan.deidentify.ladders import EMPTY, levels_of_file, levels_of_ladder
from kouan.deidentify.lattice import Sensitive, attribute, table
from kouan.deidentify.ordering import ranks
from kouan.deidentify.people import person_of, persons_of
from kouan.deidentify.rules import partner
from kouan.model.inventory import IdentityRole
from kouan.model.items import item_id, split_item_id
from kouan.model.plan import Action
from kouan.recognize.treating import foresee
from kouan.risk.population import PERSONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from kouan.clearance.desk import Desk
    from kouan.clearance.optimising import Wanted
    from kouan.deidentify.asked import Asked
    from kouan.deidentify.ladders import Levels
    from kouan.formats.source import Entity
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

    def mapped(self, to: pa.Array | None) -> Ints:
        """Return codes of what the values become; None leaves them."""
        if to is None:
            return self.codes
        number: dict[str | None, int] = {}
        return np.asarray([number.setdefault(one, len(number)) for one in [*to.to_pylist(), None]], np.int64)[
            self.codes
        ]


def prepare(desk: Desk, inventory: Inventory, plan: Plan, wanted: Wanted) -> Prepared:
    """Read one table of the transfer as codes.

    Args:
        desk: of the transfer.
        inventory: of its raw data.
        plan: as it is made without a search; nothing finer than its lines is looked at without hierarchy files.
        wanted: names items, files and models.

    Raises:
        KouanError: K-CLR-111, K-CLR-112 (items), K-CLR-150 to K-CLR-152, K-CLR-160, K-CLR-220, K-CLR-221, K-DEI-012
            to 020, K-DEI-040 to 044, K-DEI-066.
    """
    asked = (*wanted.hierarchies, *wanted.lowest, *(one.item for one in wanted.models if one.item is not None))
    source, entity = table_of(desk.sources, inventory, plan, items=asked, table=wanted.table)
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
    protect = tuple(dict.fromkeys(item.id for item in named.values()))
    of_rows = () if plan.rows is None else asked_of_rows(plan.rows, "plan")
    named |= {one.item: items[one.item] for one in of_rows if one.item in items}
    # A name of which the first character stays is a quasi-identifier once treated, whatever it was.
    after = {item.id for item in foresee(inventory, lines) if item.role is IdentityRole.QUASI}
    quasi = [item for item in items.values() if item.role is IdentityRole.QUASI or item.id in after]
    quasi = [item for item in quasi if item.id not in files and _searchable(item, lines[item.id], entity)]
    beside = {item.id: by for item in quasi if (by := _beside(lines[item.id], items)) is not None}
    person = person_of(source, entity, inventory, wanted.by and split_item_id(find_item(inventory, wanted.by).id)[2])
    wanted_ids = dict.fromkeys((*files, *(item.id for item in (*quasi, *named.values())), *beside.values()))
    read_, persons = read_columns(source, entity, list(wanted_ids), person, desk.holder(inventory))
    columns = {item: _Column(codes, tuple(values)) for item, (codes, values) in read_.items()}
    read = read_hierarchies(plan, desk.folder, "plan", profile=desk.profile).read
    whose = None if person is None or persons is None else (person, persons)
    raw = {item.id: as_column(read_[item.id], persons) for item in (*quasi, *named.values())}
    planned = {id_: treated(lines[id_], items[id_], column, read) for id_, column in raw.items()}
    left = [item for item in quasi if files or planned[item.id] is None]
    least = max((int(one.values[0]) for one in wanted.models if one.name == "k" and not wanted.sensitive), default=2)
    built = [
        ladder_of(item, lines[item.id], raw[item.id], least=least, hierarchies=read)
        for item in quasi
        if item not in left
    ]
    ladders = [_of_file(desk.folder, item, file, columns[item], lowest.get(item, 0)) for item, file in files.items()]
    for one in fewer(built):
        levels = levels_of_ladder(one, raw[one.item.id])
        ladders.append(replace(levels, lowest=max(levels.lowest, lowest.get(one.item.id, 0))))
    _check_lowest(lowest, ladders)
    if both := next((one.item for one in ladders if one.item in protect), None):
        raise messages.BOTH.at("--model", item=split_item_id(both)[2])
    if not ladders:
        raise messages.NOTHING.at(f"{source.name}!{entity.name}")
    attributes = [attribute(split_item_id(one.item)[2], one.rows, lowest=one.lowest) for one in ladders]
    codes = [columns[one.item].placed([row[0] for row in one.rows], trim=one.item in files) for one in ladders]
    sensitive = {
        name: (item.id, _sensitive(item.id, columns[item.id], planned[item.id])) for name, item in named.items()
    }
    population = _population(desk, ladders, files, wanted.models)
    return Prepared(
        entity=f"{source.name}!{entity.name}",
        ladders=tuple(ladders),
        codes=tuple(codes),
        sensitive=sensitive,
        person=whose,
        population=population,
        left=tuple((item, _left(columns, item.id, beside.get(item.id), planned[item.id])) for item in left),
        protect=protect,
        table=table(
            attributes,
            codes,
            sensitive=list({one.name: one for _, one in sensitive.values()}.values()),
            population=population,
            persons=None if whose is None else whose[1],
        ),
    )


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


def _check_lowest(lowest: Mapping[str, int], ladders: Sequence[Levels]) -> None:
    """Refuse a least level of what is not searched: it would be asked for and not kept."""
    idle = [item for item in lowest if item not in {one.item for one in ladders}]
    if idle:
        raise messages.LOWEST_IDLE.at("--lowest", item=split_item_id(idle[0])[2])


def _of_file(folder: Path, item: str, file: str, column: _Column, lowest: int) -> Levels:
    empty = None in column.present
    return levels_of_file(item, file, read_hierarchy(folder / file, file), empty=empty, lowest=lowest)


def _sensitive(item: str, column: _Column, leaves: pa.Array | None) -> Sensitive:
    """Return a sensitive item as it leaves, its values in their order; an empty cell is a value of its own."""
    after = column.values if leaves is None else [*leaves.to_pylist(), None]
    to = {before: one or None for before, one in zip(column.values, after, strict=True)}
    values = list(dict.fromkeys(to[value] for value in column.present))
    order = dict(zip(values, ranks(values), strict=True))
    places = [order.get(to[value], 0) for value in column.values]
    return Sensitive(item, np.asarray(places, np.int64)[column.codes], max(len(values), 1))


def _beside(line: PlanLine, items: Mapping[str, Item]) -> str | None:
    """Return the item that treatment reads beside this one, such as the person's, or None."""
    name = line.params.get(partner(line) or "")
    found = item_id(*split_item_id(line.item)[:2], str(name))
    return found if name is not None and found != line.item and found in items else None


def _left(columns: Mapping[str, _Column], item: str, beside: str | None, leaves: pa.Array | None) -> Ints:
    """Return an item that is not searched as the plan treats it, never more alike than that."""
    column = columns[item]
    if beside is not None:  # equal dates of two persons come apart when they are moved
        other = columns[beside]
        pairs: Ints = np.unique(column.codes * len(other.values) + other.codes, return_inverse=True)[1].reshape(-1)
        return pairs
    return column.mapped(leaves)


def _population(
    desk: Desk, ladders: Sequence[Levels], files: Mapping[str, str], models: Sequence[Asked]
) -> tuple[Ints, ...]:
    """Return the population's values as places of the ladders; none where nobody asks for k-map.

    Persons with a value that the data lack fit no class. Of equal persons no more are told than k-map asks for.
    """
    most = max((int(one.values[0]) for one in models if one.name == "k-map"), default=None)
    if most is None:
        return ()
    held = desk.population_table
    if held is None:
        raise POPULATION.at("k-map")
    names = [split_item_id(one.item)[2] for one in ladders]
    weight = next((name for name in PERSONS if name in held.schema.names and name not in names), None)
    if lacking := [name for name in names if name not in held.schema.names]:
        raise POPULATION_TABLE.at(held.name, problem=LACKING.fill(names=", ".join(lacking)))
    parts, weights = [Encoded() for _ in names], [np.zeros(0, np.int64)]
    for batch in held.batches([*names, *([weight] if weight else [])]):
        for name, one in zip(names, parts, strict=True):
            one.add(as_text(batch.column(name)).dictionary_encode())
        weights.append(np.minimum(persons_of(batch, weight, held.name).to_numpy(), most))
    columns = (_Column(codes, tuple(values)) for codes, values in (one.codes() for one in parts))
    places = [
        column.placed([row[0] for row in one.rows], trim=one.item in files)
        for column, one in zip(columns, ladders, strict=True)
    ]
    known = np.all([place >= 0 for place in places], axis=0)
    times = np.concatenate(weights)[known]
    return tuple(np.repeat(place[known], times) for place in places)
