"""Whose the rows are, and how many persons of a population a class fits."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify import asked_messages as messages
from kouan.deidentify.cells import treat_batch
from kouan.deidentify.rows import class_keys
from kouan.model.items import item_id
from kouan.risk.population import PERSONS
from kouan.risk.table import roles_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.deidentify.cells import Column
    from kouan.formats.source import Entity, Source
    from kouan.model.inventory import Inventory, Item


def person_of(source: Source, entity: Entity, inventory: Inventory, by: str | None = None) -> Item | None:
    """Return the item whose values are the persons of a table: the one named, or the key that the inventory knows."""
    if by is not None:
        wanted = item_id(source.name, entity.name, by)
        return next(item for item in inventory.items if item.id == wanted)
    return roles_of(source, entity, inventory).key


def persons_by_class(population: Entity, columns: Sequence[Column], over: Sequence[str]) -> Counter[str]:
    """Return how many persons of the population stand behind each class key, their values treated like the data's.

    Args:
        population: table of it, a row a person or with a column `persons`.
        columns: of the data that make the classes, in any order.
        over: their names, in the order of the class keys.

    Raises:
        KouanError: K-DEI-067.
    """
    schema = population.schema
    weight = next((name for name in PERSONS if name in schema.names and name not in over), None)
    if lacking := [name for name in over if name not in schema.names]:
        raise messages.POPULATION_TABLE.at(population.name, problem=messages.LACKING.fill(names=", ".join(lacking)))
    own = [column if column.kernel else replace(column, type=schema.field(column.name).type) for column in columns]
    found: Counter[str] = Counter()
    for raw in population.batches([*(column.name for column in own), *([weight] if weight else [])]):
        batch, _ = treat_batch(raw, own)
        keys = class_keys([batch.column(name) for name in over])
        counts = pa.table({"key": keys, "persons": persons_of(raw, weight, population.name)})
        summed = counts.group_by("key").aggregate([("persons", "sum")])
        for key, persons in zip(summed["key"].to_pylist(), summed["persons_sum"].to_pylist(), strict=True):
            found[key] += persons
    return found


def persons_of(raw: pa.RecordBatch, weight: str | None, where: str) -> pa.Array:
    """Return how many persons of the population each row stands for: int64 [rows].

    Args:
        raw: rows of its table.
        weight: the column that says so; None where a row is a person.
        where: the table's name for error messages.

    Raises:
        KouanError: K-DEI-067.
    """
    if weight is None:
        return pa.array([1] * raw.num_rows, pa.int64())
    try:
        persons = pc.cast(raw.column(weight), pa.int64())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise messages.POPULATION_TABLE.at(where, problem=messages.PERSONS) from None
    if persons.null_count or (pc.min(persons).as_py() or 0) < 0:
        raise messages.POPULATION_TABLE.at(where, problem=messages.PERSONS)
    return persons
