"""The measures of one table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kouan.model.base import ratio
from kouan.model.inventory import PROSE, IdentityRole
from kouan.model.items import item_id, split_item_id
from kouan.model.risk import Diversity, TableRisk
from kouan.risk import messages
from kouan.risk.classes import group, how_many
from kouan.risk.distribution import Distribution
from kouan.risk.grouped import Read, read_table
from kouan.risk.others import is_measured, measure_others, others_among
from kouan.risk.population import among
from kouan.risk.rollup import entries_of
from kouan.risk.superpopulation import population_uniques
from kouan.risk.uniques import MOST, effects_of, minimal_uniques

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.engine.maps import Engine
    from kouan.formats.source import Entity, Source
    from kouan.model.inventory import Inventory, Item
    from kouan.model.text import Text
    from kouan.risk.classes import Classes
    from kouan.risk.codes import Codes
    from kouan.risk.population import Among
    from kouan.risk.rollup import Entries
    from kouan.risk.setting import Population


@dataclass(frozen=True, slots=True)
class Roles:
    """The items of one table by what they are to an attacker.

    Attributes:
        name: `source!entity`.
        columns: column name of each item id.
        direct, free_text, pseudonyms, quasi, sensitive: items.
        others: those outside the quasi-identifiers, sensitive ones among them.
        key: item whose distinct values are persons, or None.
    """

    name: str
    columns: Mapping[str, str]
    direct: tuple[Item, ...]
    free_text: tuple[Item, ...]
    pseudonyms: tuple[Item, ...]
    quasi: tuple[Item, ...]
    sensitive: tuple[Item, ...]
    others: tuple[Item, ...]
    key: Item | None


@dataclass(frozen=True, slots=True)
class Measured:
    """A table's roles, exact class sizes and the report made from them."""

    roles: Roles
    distribution: Distribution
    report: TableRisk

    @property
    def persons(self) -> int:
        """Fewest persons of a class; of a table that never had a key its rows."""
        return self.distribution.k if self.report.persons is None else self.report.persons

    def with_persons(self, persons: int | None) -> Measured:
        """Return the table with the fewest persons of a class, as the key of the raw data tells them."""
        return self if persons is None else replace(self, report=self.report.model_copy(update={"persons": persons}))


def roles_of(source: Source, entity: Entity, inventory: Inventory) -> Roles:
    """Sort a table's items. Raises K-RSK-001 when the inventory has an item that the table lacks."""
    columns = {item_id(source.name, entity.name, name): name for name in entity.schema.names}
    items = [item for item in inventory.items if _belongs(item, source.name, entity.name)]
    for item in items:
        if item.id not in columns:
            raise messages.OTHER_DATA.at(source.name, item=item.id)
    with_role = {role: tuple(item for item in items if item.role is role) for role in IdentityRole}
    quasi = with_role[IdentityRole.QUASI]
    return Roles(
        name=f"{source.name}!{entity.name}",
        columns=columns,
        direct=tuple(item for item in with_role[IdentityRole.DIRECT] if item.meaning not in PROSE),
        free_text=tuple(item for item in items if item.meaning in PROSE),
        pseudonyms=tuple(item for item in items if item.meaning == "pseudonym"),
        quasi=quasi,
        sensitive=with_role[IdentityRole.SENSITIVE],
        others=others_among(items),
        key=key_of(inventory, items),
    )


def measure_table(
    entity: Entity, roles: Roles, least: int, *, engine: Engine, population: Population | None = None
) -> Measured:
    """Measure one table.

    Args:
        entity: the table.
        roles: of its items.
        least: smallest class whose risk is not above tau (20, 5 or 3).
        engine: reads it.
        population: of whom the table is a sample.

    Raises:
        KouanError: K-RSK-002 for nested columns, K-RSK-006 to 008 for a population that does not fit, K-ENG-….
    """
    kinds = {item.id: entity.schema.field(roles.columns[item.id]).type for item in roles.others}
    others = [item for item in roles.others if is_measured(item, kinds[item.id])]
    wanted = [*roles.quasi, *roles.sensitive, *others, *([roles.key] if roles.key else [])]
    names = list(dict.fromkeys(roles.columns[item.id] for item in wanted))
    read = read_table(entity, names, engine)
    rows = read.rows
    unit, key_name = _unit(roles, read)
    read = read if key_name is None else read.apart(key_name)
    codes = {name: column for name, (column, _) in read.columns.items()}
    key = None if key_name is None else codes[key_name]
    quasi = [codes[roles.columns[item.id]] for item in roles.quasi]
    classes = group(quasi, rows if read.weight is None else len(read.weight), read.weight)
    sizes = classes.rows() if key is None else classes.persons(key)
    distribution = Distribution.of(sizes)
    report = _report(roles, distribution, least, unit=unit).model_copy(
        update={
            "diversity": tuple(
                _diversity(item, classes, codes[roles.columns[item.id]]) for item in roles.sensitive if rows
            ),
            "notes": _notes(roles, rows, key, quasi=quasi),
        }
    )
    if rows and roles.others:
        beside = {item.id: codes[roles.columns[item.id]] if item in others else None for item in roles.others}
        found, everything = measure_others(classes, quasi, beside, key)
        report = report.model_copy(update={"others": found, "everything": everything})
    if rows and quasi:
        entries = entries_of(classes, quasi, key)
        report = _with_uniques(report, entries, least)
        if population is not None and population.table is not None:
            columns = {roles.columns[item.id]: read.columns[roles.columns[item.id]] for item in roles.quasi}
            sample = Read(columns, read.weight, read.spell)
            counted = among(population.table, classes, sample, sizes=sizes, threads=engine.here.threads)
            report = _with_population(report, counted)
    if rows and population is not None and population.size is not None:
        persons = None if key is None else how_many(*key.subjects())
        report = _with_estimate(report, distribution, persons=persons, size=population.size)
    return Measured(roles, distribution, report)


def _with_uniques(report: TableRisk, entries: Entries, least: int) -> TableRisk:
    uniques, touched = minimal_uniques(entries, report.quasi)
    notes = report.notes
    if uniques.most < min(MOST, len(report.quasi)):
        notes = (*notes, messages.SHORTER.fill(most=uniques.most))
    effects = effects_of(entries, report.quasi, touched, least)
    return report.model_copy(update={"uniques": uniques, "effects": effects, "notes": notes})


def _with_estimate(report: TableRisk, distribution: Distribution, *, persons: int | None, size: int) -> TableRisk:
    """Estimate uniques of a population of this size where a record is a person; else say that it is not.

    Args:
        report: of the table.
        distribution: of its classes.
        persons: whom the key tells apart, where some have several rows.
        size: of the population.

    Raises:
        KouanError: K-RSK-006 when it is smaller than the persons of the data.
    """
    if persons is not None and size < persons:
        raise messages.POPULATION_SMALL.at("population", size=size, records=persons)
    if persons is not None:
        return report.model_copy(update={"notes": (*report.notes, messages.NO_ESTIMATE)})
    return report.model_copy(update={"population_uniques": population_uniques(distribution, size)})


def _with_population(report: TableRisk, found: Among) -> TableRisk:
    notes = tuple(note for note in report.notes if note != messages.SAMPLE_ONLY)
    if found.uncovered:
        notes = (*notes, messages.UNCOVERED.fill(classes=f"{found.uncovered:,}"))
    return report.model_copy(
        update={
            "journalist_max": found.largest,
            "journalist_avg": found.average,
            "marketer": found.marketer,
            "population": found.persons,
            "notes": notes,
        }
    )


def _belongs(item: Item, source: str, entity: str) -> bool:
    return item_id(*split_item_id(item.id)[:2], "") == item_id(source, entity, "")


def key_of(inventory: Inventory, items: Sequence[Item]) -> Item | None:
    """Return the strongest key of the subject that most quasi-identifiers of a table describe, then of any other.

    Args:
        inventory: says which items are keys.
        items: of the table.
    """
    here = {item.id: item for item in items}
    described = Counter(item.subject for item in items if item.role is IdentityRole.QUASI)
    for count in sorted(inventory.persons, key=lambda person: -described[person.subject]):
        for key in count.keys:
            if key in here:
                return here[key]
    return None


def _unit(roles: Roles, read: Read) -> tuple[str, str | None]:
    """Return "row", or the subject key's item id and column when some person has several rows."""
    if roles.key is None:
        return "row", None
    name = roles.columns[roles.key.id]
    key, _ = read.columns[name]
    there = key.values != 0
    filled = int(there.sum() if read.weight is None else read.weight[there].sum())
    return (roles.key.id, name) if key.count - 1 < filled else ("row", None)


def _diversity(item: Item, classes: Classes, codes: Codes) -> Diversity:
    farthest = ratio(*classes.farthest(codes).as_integer_ratio())
    return Diversity(item=item.id, distinct_l=int(classes.distinct(codes).min()), t=farthest)


def _notes(roles: Roles, rows: int, key: Codes | None, *, quasi: Sequence[Codes]) -> tuple[Text, ...]:
    notes = [messages.FREE_TEXT.fill(item=item.name) for item in roles.free_text]
    if not rows:
        notes.append(messages.NO_ROWS)
    elif not roles.quasi:
        notes.append(messages.NO_QUASI)
    else:
        notes.append(messages.SAMPLE_ONLY)
    if any(column.has_nulls for column in quasi):
        notes.append(messages.NULLS)
    if key is not None and roles.key is not None:
        notes.append(messages.PERSONS.fill(key=roles.key.name))
    return tuple(notes)


def _report(roles: Roles, sizes: Distribution, least: int, *, unit: str) -> TableRisk:
    largest, average = sizes.largest_risk, sizes.class_average
    overall = ratio(sizes.classes, sizes.records)
    return TableRisk(
        entity=roles.name,
        unit=unit,
        direct=tuple(item.id for item in roles.direct),
        quasi=tuple(item.id for item in roles.quasi),
        pseudonyms=tuple(item.id for item in roles.pseudonyms),
        records=sizes.records,
        classes=sizes.classes,
        k=sizes.k,
        prosecutor_max=ratio(*largest.as_integer_ratio()),
        prosecutor_avg=overall,
        class_avg=ratio(*average.as_integer_ratio()),
        share_at_risk=ratio(sizes.records_below(least), sizes.records),
        journalist_max=ratio(*largest.as_integer_ratio()),
        journalist_avg=overall,
        marketer=overall,
        sample_uniques=ratio(dict(sizes.sizes).get(1, 0), sizes.records),
        histogram=sizes.histogram(),
    )
