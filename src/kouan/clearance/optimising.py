"""`kouan optimise`: the plan whose generalisation loses least and still protects as asked, exactly."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pyarrow.compute as pc

from kouan.clearance import optimising_messages as messages
from kouan.clearance.labelling import find_item
from kouan.deidentify.columns import as_text
from kouan.deidentify.hierarchy import read_hierarchy
from kouan.deidentify.lattice import Sensitive, attribute, optimum, table
from kouan.model.inventory import IdentityRole
from kouan.model.items import split_item_id
from kouan.model.plan import Action, PlanLine, RowRules
from kouan.risk.privacy import DistinctDiversity, EqualCloseness, KAnonymity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt
    import pyarrow as pa

    from kouan.deidentify.hierarchy import Hierarchy
    from kouan.deidentify.lattice import Optimum, Table
    from kouan.formats.source import Entity, Source
    from kouan.model.inventory import Inventory
    from kouan.model.plan import Plan
    from kouan.risk.privacy import Model

    Codes = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; items are named as `inspect` names them.

    Attributes:
        hierarchies: file of each item to be generalised, relative to the declaration.
        k: rows that share their values, at the least.
        diversity: different values of a sensitive item in each class, at the least.
        closeness: distance of a sensitive item's distribution in a class from that of the table, at the most.
        suppress: share of the rows that may stay here instead.
        lowest: least level of an item, such as 1 for "in 5-year bands or wider".
        seconds: time for the search; None for as long as it takes.
    """

    hierarchies: Mapping[str, str]
    k: int
    diversity: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    closeness: Mapping[str, Decimal] = field(default_factory=lambda: MappingProxyType({}))
    suppress: Decimal = Decimal(0)
    lowest: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The optimum of one table.

    Attributes:
        items: ids, in the order of `result.levels`.
        heights: highest level of each.
        rows: of the table.
    """

    items: tuple[str, ...]
    heights: tuple[int, ...]
    rows: int
    result: Optimum


@dataclass(frozen=True, slots=True)
class Prepared:
    """A table read once for any number of searches.

    Attributes:
        items: ids to be generalised.
        files, hierarchies: by which.
        sensitive: column of each sensitive item by the name that was used for it.
        table: their rows, grouped.
        left: other quasi-identifiers of the table, which the search does not look at.
    """

    items: tuple[str, ...]
    files: tuple[str, ...]
    hierarchies: tuple[Hierarchy, ...]
    sensitive: Mapping[str, str]
    table: Table
    left: tuple[str, ...]

    def search(self, wanted: Wanted) -> Found:
        """Return the optimum under what is wanted. Raises KouanError K-DEI-045, K-DEI-046."""
        models: list[Model] = [KAnonymity(wanted.k)]
        models += [DistinctDiversity(self.sensitive[name], count) for name, count in wanted.diversity.items()]
        models += [EqualCloseness(self.sensitive[name], float(most)) for name, most in wanted.closeness.items()]
        result = optimum(self.table, models, suppression=wanted.suppress, seconds=wanted.seconds)
        return Found(self.items, tuple(one.height for one in self.hierarchies), self.table.rows, result)


def prepare(sources: Sequence[Source], inventory: Inventory, base: Path, wanted: Wanted) -> Prepared:
    """Read the named items of one table as codes.

    Args:
        sources: the raw data.
        inventory: of exactly these.
        base: folder of the declaration, from which hierarchy files lead.
        wanted: names items and files.

    Raises:
        KouanError: K-CLR-111, K-CLR-112 (items), K-CLR-150 to K-CLR-152, K-DEI-012 to K-DEI-020, K-DEI-040 to 044.
    """
    if wanted.suppress and (wanted.diversity or wanted.closeness):
        raise messages.SUPPRESS_ONLY_K.at("--suppress")
    asked = (*wanted.hierarchies, *wanted.diversity, *wanted.closeness, *wanted.lowest)
    ids = {name: find_item(inventory, name).id for name in asked}
    tables = {split_item_id(item)[:2] for item in ids.values()}
    if len(tables) != 1:
        raise messages.ONE_TABLE.at("--hierarchy", count=len(tables))
    ((source, name),) = tables
    (entity,) = (one for held in sources if held.name == source for one in held.entities if one.name == name)
    known = {told: split_item_id(item)[2] for told, item in ids.items()}
    columns = _columns(entity, list(dict.fromkeys(known.values())))
    hierarchies = {told: read_hierarchy(base / file) for told, file in wanted.hierarchies.items()}
    attributes = [
        attribute(known[told], one.rows, lowest=wanted.lowest.get(told, 0)) for told, one in hierarchies.items()
    ]
    codes = [_leaves(known[told], columns[known[told]], one) for told, one in hierarchies.items()]
    sensitive = {told: known[told] for told in (*wanted.diversity, *wanted.closeness)}
    counted = [_sensitive(column, columns[column]) for column in dict.fromkeys(sensitive.values())]
    return Prepared(
        items=tuple(ids[told] for told in hierarchies),
        files=tuple(wanted.hierarchies.values()),
        hierarchies=tuple(hierarchies.values()),
        sensitive=sensitive,
        table=table(attributes, codes, sensitive=counted),
        left=tuple(
            item.name
            for item in inventory.items
            if split_item_id(item.id)[:2] == (source, name)
            and item.role is IdentityRole.QUASI
            and item.id not in {ids[told] for told in hierarchies}
        ),
    )


def planned(plan: Plan, prepared: Prepared, found: Found, wanted: Wanted) -> Plan:
    """Return a plan whose lines for the items searched are those of the optimum.

    Raises:
        KouanError: K-CLR-153 when nothing within the limits protects enough.
    """
    if found.result.levels is None:
        raise messages.NO_SOLUTION.at("--k", k=wanted.k, suppress=f"{wanted.suppress:%}")
    chosen = dict(zip(found.items, zip(prepared.files, found.result.levels, strict=True), strict=True))
    lines = tuple(_line(line, *chosen[line.item]) if line.item in chosen else line for line in plan.lines)
    rules = plan.rows
    if found.result.suppressed:
        rules = (rules or RowRules()).model_copy(update={"k": wanted.k, "over": found.items})
    return plan.model_copy(update={"lines": lines, "rows": rules, "edited": True})


def _line(line: PlanLine, file: str, level: int) -> PlanLine:
    if level == 0:
        return PlanLine(item=line.item, action=Action.KEEP, why=messages.WHY_KEPT)
    params: dict[str, int | str] = {"to": "hierarchy", "file": file, "level": level}
    return PlanLine(item=line.item, action=Action.GENERALISE, params=params, why=messages.WHY_LEVEL.fill(level=level))


def _columns(entity: Entity, names: list[str]) -> dict[str, list[pa.Array]]:
    parts: dict[str, list[pa.Array]] = {name: [] for name in names}
    for batch in entity.batches(names):
        for name, column in zip(names, batch.columns, strict=True):
            parts[name].append(as_text(column).dictionary_encode())
    return parts


def _leaves(name: str, parts: Sequence[pa.Array], hierarchy: Hierarchy) -> Codes:
    """Return the leaf of each row; an empty cell stays empty under treatment and belongs to no group."""
    places = {row[0]: at for at, row in enumerate(hierarchy.rows)}
    if empty := sum(part.null_count for part in parts):
        raise messages.EMPTY_CELLS.at(name, item=name, count=f"{empty:,}")
    return _mapped(parts, lambda value: -1 if value is None else places.get(value, -1))


def _sensitive(name: str, parts: Sequence[pa.Array]) -> Sensitive:
    """Return codes of a sensitive item; an empty cell is a value of its own."""
    places: dict[str | None, int] = {}
    codes = _mapped(parts, lambda value: places.setdefault(value, len(places)))
    return Sensitive(name, codes, max(len(places), 1))


def _mapped(parts: Sequence[pa.Array], code: Callable[[str | None], int]) -> Codes:
    found = [np.zeros(0, np.int64)]
    for part in parts:
        codes = np.array([*(code(value) for value in part.dictionary.to_pylist()), 0], np.int64)
        if part.null_count:
            codes[-1] = code(None)
        found.append(codes[np.asarray(pc.fill_null(part.indices, -1), np.int64)])
    return np.concatenate(found)
