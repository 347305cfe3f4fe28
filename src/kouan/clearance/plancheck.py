"""Whether treated data keep to their plan, by what lies in the folder alone: levels of hierarchies, classes of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kouan.clearance import optimising_messages as messages
from kouan.clearance.opening import open_staged
from kouan.deidentify import read_hierarchies, read_plan
from kouan.deidentify.asked import asked_of_rows
from kouan.deidentify.cells import one_each
from kouan.deidentify.classing import Rows, failing, person_texts
from kouan.deidentify.columns import as_text
from kouan.deidentify.hierarchy import Hierarchy
from kouan.deidentify.local import LocalFile
from kouan.deidentify.rowcheck import rows_problem
from kouan.deidentify.rows import class_keys
from kouan.model.files import read_document
from kouan.model.inventory import Inventory
from kouan.model.items import item_id, split_item_id
from kouan.model.plan import Action
from kouan.packs import load_sectors
from kouan.risk.table import key_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from kouan.deidentify.asked import Asked
    from kouan.deidentify.hierarchies import PlanFile
    from kouan.formats.source import Entity, Source
    from kouan.model.declaration import Declaration
    from kouan.model.errors import KouanError
    from kouan.model.plan import Plan, PlanLine, RowRules
    from kouan.model.treatment import TreatedClasses, Treatment

HIERARCHIES = "hierarchies"
"""Folder of the copies of the hierarchy files and local recodings that a plan names."""


def plan_kept(copy: Path, staged: Path, *, declaration: Declaration, treatment: Treatment) -> list[KouanError]:
    """Return in what the treated data depart from their plan.

    k-map is not asked again: the table of the population stays with the exporter. Persons are counted where the column
    that names them left as it is or as a pseudonym, else rows.

    Args:
        copy: documents of the folder, hierarchies with them, checked against its seal.
        staged: the treated files, checked against it too.
        declaration: of the folder.
        treatment: of the folder.

    Raises:
        KouanError: for documents and files that cannot be read.
    """
    plan = read_plan((copy / "plan.yaml").read_text(encoding="utf-8"), "plan.yaml")
    files = read_hierarchies(plan, copy / HIERARCHIES, "plan.yaml", copied=True)
    tables = _tables(open_staged(treatment, staged, declaration, load_sectors()))
    problems = []
    for line in plan.lines:
        hierarchy = files.read.get(str(line.params.get("file"))) if _recoded(line) else None
        if isinstance(hierarchy, Hierarchy) and not _at_level(line, hierarchy, tables):
            problems.append(messages.LEVEL_DIFFERS.at(line.item, item=line.item))
    problems += _joint(plan, files.read, tables)
    inventory = read_document(copy / "inventory.json", Inventory, kind="inventory")
    return problems + _classes(plan, treatment, tables, inventory)


def _tables(sources: Sequence[Source]) -> dict[tuple[str, str], Entity]:
    return {(source.name, entity.name): entity for source in sources for entity in source.entities}


def _recoded(line: PlanLine) -> bool:
    return line.action is Action.GENERALISE and line.params.get("to") == "hierarchy"


def _at_level(line: PlanLine, hierarchy: Hierarchy, tables: Mapping[tuple[str, str], Entity]) -> bool:
    """Tell whether every cell of an item is a group of its level."""
    source, entity, name = split_item_id(line.item)
    table = tables.get((source, entity))
    if table is None or name not in table.schema.names:
        return True
    groups = {*hierarchy.at(int(line.params["level"])).values(), str(line.params.get("other", ""))}
    known = pa.array(sorted(groups), pa.string())
    return all(
        pc.all(pc.is_in(_texts(batch, name), value_set=known)).as_py() is not False for batch in table.batches([name])
    )


def _joint(plan: Plan, read: Mapping[str, PlanFile], tables: Mapping[tuple[str, str], Entity]) -> list[KouanError]:
    """Return the tables with rows that a local recoding never gives."""
    places = {str(line.params["file"]): split_item_id(line.item)[:2] for line in plan.lines if _local(line)}
    problems = []
    for name, place in places.items():
        joint, table = read[name], tables.get(place)
        if table is not None and isinstance(joint, LocalFile) and not _given(joint, table):
            problems.append(messages.LEVEL_DIFFERS.at(name, item=", ".join(joint.columns)))
    return problems


def _given(joint: LocalFile, table: Entity) -> bool:
    """Tell whether every row of a table reads as a local recoding gives it."""
    names = list(joint.columns)
    if not _has(table, names):
        return False
    batches = (batch.select(names).columns for batch in table.batches(names))
    return all(joint.gives([as_text(column) for column in columns]) for columns in batches)


def _local(line: PlanLine) -> bool:
    return line.action is Action.GENERALISE and line.params.get("to") == "local"


def _texts(batch: pa.RecordBatch, name: str) -> pa.Array:
    column = batch.column(name)
    return as_text(column.flatten() if pa.types.is_nested(column.type) else column).drop_null()


def _classes(
    plan: Plan, treatment: Treatment, tables: Mapping[tuple[str, str], Entity], inventory: Inventory
) -> list[KouanError]:
    rules = plan.rows
    asked = () if rules is None else asked_of_rows(rules, "plan.yaml")
    if rules is None or not asked:
        return []
    place = split_item_id(rules.over[0])[:2] if rules.over and "#" in rules.over[0] else ("", "")
    said = next((one for one in treatment.classes if one.entity == "!".join(place)), None)
    hidden = tuple(dict.fromkeys(one.item for one in asked if one.item is not None))
    where = None
    if rows_problem(rules, {line.item: line for line in plan.lines}, {item.id: item for item in inventory.items}):
        where = "plan.yaml"
    elif place in tables:
        told = (tuple(map(str, asked)), rules.over, _unit(rules, place, inventory), hidden)
        if said is None or told != (said.models, said.over, said.unit, tuple(one.item for one in said.shares)):
            where = "treatment.json"
        else:
            where = _failing(said, [one for one in asked if one.name != "k-map"], tables[place], plan, inventory)
    return [] if where is None else [messages.CLASSES_DIFFER.at(where, models=", ".join(one.brief() for one in asked))]


def _failing(
    said: TreatedClasses, asked: Sequence[Asked], table: Entity, plan: Plan, inventory: Inventory
) -> str | None:
    """Return what is wrong where classes of a table fail a model, or are not those that were told; else None."""
    hidden = [one.item for one in said.shares]
    if not _has(table, [split_item_id(item)[2] for item in (*said.over, *hidden)]):
        return "staged/"
    rows = _rows(said, hidden, table, plan, inventory)
    count = len(rows.keys.codes()[0]) + said.held
    try:
        failed = failing(rows, asked, shares={one.item: one for one in said.shares})
    except (ValueError, IndexError):
        return "treatment.json"
    if any(sum(one.counts) != count for one in said.shares):
        return "treatment.json"
    return "staged/" if failed.rows else None


def _has(table: Entity, names: Sequence[str]) -> bool:
    return set(names) <= set(table.schema.names)


def _unit(rules: RowRules, place: tuple[str, str], inventory: Inventory) -> str:
    """Return what the classes of a table count: the item that names its persons, or rows."""
    if rules.by is not None:
        return item_id(*place, rules.by)
    person = key_of(inventory, [item for item in inventory.items if split_item_id(item.id)[:2] == place])
    return "row" if person is None else person.id


def _rows(said: TreatedClasses, sensitive: Sequence[str], table: Entity, plan: Plan, inventory: Inventory) -> Rows:
    """Read what left as the classes that it makes."""
    names, values = ([split_item_id(item)[2] for item in items] for items in (said.over, sensitive))
    whose = _whose(said.unit, table, plan, inventory)
    by = None if whose is None else split_item_id(said.unit)[2]
    rows = Rows.of(sensitive, persons=whose is not None)
    for batch in table.batches(list(dict.fromkeys((*names, *values, *([by] if by is not None else []))))):
        persons = None if whose is None or by is None else whose(one_each(batch.column(by)))
        keys = class_keys([batch.column(name) for name in names])
        rows.add(keys, [as_text(batch.column(name)) for name in values], persons)
    return rows


def _whose(unit: str, table: Entity, plan: Plan, inventory: Inventory) -> Callable[[pa.Array], pa.Array] | None:
    """Return how the persons of the rows are read; None where the treated data do not tell them apart as exactly."""
    if unit == "row" or split_item_id(unit)[2] not in table.schema.names:
        return None
    line = next(line for line in plan.lines if line.item == unit)
    item = next(item for item in inventory.items if item.id == unit)
    if line.action is Action.KEEP:
        return lambda column: person_texts(column, item.meaning)
    plain = line.action is Action.PSEUDONYM and line.params.get("kind", item.meaning) == item.meaning
    return as_text if plain and "length" not in line.params else None
