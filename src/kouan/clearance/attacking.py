"""`kouan clear` attacks what it treated: every staged table, bounded in rows and tries, from one seed."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.clearance import attack_messages as messages
from kouan.clearance.relying import staged_digests
from kouan.deidentify.checks import KEYED
from kouan.model.assessment import AssessmentSpec
from kouan.model.attacks import Attacked, AttackedTable
from kouan.model.errors import KouanError
from kouan.model.inventory import PROSE, IdentityRole
from kouan.model.items import item_id, split_item_id
from kouan.model.plan import Action
from kouan.risk.attacks import Asked, Held, attack_tables, kept_digests, read_pair, read_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kouan.clearance.alongside import Kept
    from kouan.clearance.labelsabove import Above
    from kouan.formats.source import Entity, Source
    from kouan.model.assessment import AttackSpec
    from kouan.model.attacks import AttackReport
    from kouan.model.declaration import Declaration
    from kouan.model.inventory import Inventory, Item
    from kouan.model.plan import Plan
    from kouan.model.risk import RiskView, TableRisk
    from kouan.model.text import Text
    from kouan.model.treatment import Treatment
    from kouan.model.utility import TableUtility, Utility
    from kouan.risk.attacks.pairs import Pair

ATTACKS = "attacks.json"
_COLUMNS, _SECRETS = 24, 4
"""Columns of a table that the attacker knows, and that he wants, at most."""
_PREDICATES, _NUMBERS = 20_000, 20_000
_ROLES = {IdentityRole.QUASI: 0, IdentityRole.SENSITIVE: 1}


@dataclass(frozen=True, slots=True)
class Staging:
    """What is attacked.

    Attributes:
        raw, treated: sources of a transfer before and after treatment, under the same names.
        plan: what was done.
        inventory: of the raw data.
        before: measures of the raw data, which say by which item persons are told apart.
        utility: of the treatment, which says how many rows each table has before and after.
        kept: which rows of each raw table left; a table that is not in it left whole.
        above: by item id and value, the labels that stand for it in the files of the plan.
    """

    raw: Sequence[Source]
    treated: Sequence[Source]
    plan: Plan
    inventory: Inventory
    before: RiskView
    utility: Utility
    kept: Kept
    above: Above = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class _Table:
    """One table and what of it is looked at."""

    source: str
    raw: Entity
    treated: Entity
    shared: tuple[str, ...]
    numbers: tuple[str, ...]
    quasi: tuple[str, ...]
    secrets: tuple[str, ...]
    person: str | None
    personal: bool
    size: TableUtility
    notes: tuple[Text, ...]


def spec_of(declaration: Declaration) -> AttackSpec:
    """Return how a declaration asks for attacks."""
    return (declaration.assessment or AssessmentSpec()).attacks


def attack_staged(spec: AttackSpec, staging: Staging) -> Attacked:
    """Attack every treated table.

    Args:
        spec: as the declaration sets it.
        staging: the data; nothing of them is kept.

    Raises:
        KouanError: of a reader.
    """
    found = tuple(_attacked(one, spec, staging) for one in _tables(staging)) if spec.run else ()
    return Attacked(run=spec.run, tries=spec.tries, most=spec.rows, seed=spec.seed, tables=found)


def attacked_inputs(raw: Sequence[Source], treatment: Treatment) -> dict[str, str]:
    """Return the digests of what was attacked, for the document's envelope."""
    return {f"source {source.name}": source.sha256 for source in raw} | staged_digests(treatment)


def without_seconds(attacked: Attacked) -> Attacked:
    """Return the same attacks without the time they took: what two runs with one seed agree on."""
    return attacked.model_copy(update={"tables": tuple(map(_timeless, attacked.tables))})


def _timeless(table: AttackedTable) -> AttackedTable:
    if table.report is None:
        return table
    results = [
        one
        if one.effort is None
        else one.model_copy(update={"effort": one.effort.model_copy(update={"seconds": 0, "whole_seconds": None})})
        for one in table.report.results
    ]
    return table.model_copy(update={"report": table.report.model_copy(update={"results": tuple(results)})})


def _tables(staging: Staging) -> Iterator[_Table]:
    items = {item.id: item for item in staging.inventory.items}
    after = {(source.name, one.name): one for source in staging.treated for one in source.entities}
    units = {one.entity: one for one in staging.before.tables}
    sizes = {one.entity: one for one in staging.utility.tables}
    for source in staging.raw:
        for entity in source.entities:
            treated, name = after.get((source.name, entity.name)), f"{source.name}!{entity.name}"
            if treated is not None:
                yield _table(source.name, entity, treated, items, unit=units.get(name), size=sizes[name])


def _table(
    source: str, raw: Entity, treated: Entity, items: Mapping[str, Item], *, unit: TableRisk | None, size: TableUtility
) -> _Table:
    """Choose the columns: what identifies first, what is sensitive, then the rest, each as the file has it."""

    def item(name: str) -> Item | None:
        return items.get(item_id(source, raw.name, name))

    def rank(name: str) -> int:
        known = item(name)
        return 2 if known is None else _ROLES.get(known.role, 2)

    flat = {field.name for field in raw.schema if not pa.types.is_nested(field.type)}
    both = [field.name for field in treated.schema if field.name in flat and not pa.types.is_nested(field.type)]
    prose = {name for name in both if (known := item(name)) is not None and known.meaning in PROSE}
    usable = sorted((name for name in both if name not in prose), key=rank)
    shared = usable[:_COLUMNS]
    sensitive = [one for one in shared if (known := item(one)) is not None and known.role is IdentityRole.SENSITIVE]
    direct = [name for name in flat if (known := item(name)) is not None and known.role is IdentityRole.DIRECT]
    person = unit.unit if unit is not None and unit.unit != "row" else None
    column = split_item_id(person)[2] if person is not None else None
    notes = [messages.PROSE_LEFT.fill(names=", ".join(sorted(prose)))] if prose else []
    if len(usable) > _COLUMNS:
        notes.append(messages.COLUMNS_LEFT.fill(most=_COLUMNS, all=len(usable)))
    return _Table(
        source=source,
        raw=raw,
        treated=treated,
        shared=tuple(shared),
        numbers=tuple(name for name in raw.schema.names if name in direct and name not in prose),
        quasi=tuple(one for one in shared if rank(one) == 0),
        secrets=tuple(sensitive or [one for one in shared if rank(one) == 0] or shared),
        person=column if column in flat else None,
        personal=any(known is None or known.personal is not False for known in map(item, both)),
        size=size,
        notes=tuple(notes),
    )


def _attacked(table: _Table, spec: AttackSpec, staging: Staging) -> AttackedTable:
    size, notes = table.size, list(table.notes)
    name = item_id(table.source, table.raw.name, table.person) if table.person is not None else None
    empty = AttackedTable(entity=size.entity, person=name, rows=size.rows_after)
    if not table.personal:
        return empty.model_copy(update={"notes": (messages.NOBODY,)})
    if not table.shared or not size.rows_after:
        return empty.model_copy(update={"notes": (*notes, messages.NOTHING_ATTACKED)})
    pair, known = _pair(table, spec, staging), True
    if pair is None:
        known = False
        if max(size.rows_before, size.rows_after) > spec.rows:
            return empty.model_copy(update={"notes": (*notes, messages.ROWS_UNKNOWN.fill(most=f"{spec.rows:,}"))})
        pair = read_whole(table.raw, table.treated, shared=table.shared, further=table.numbers)
        notes.append(messages.NO_ORDER)
    used = pair.treated.num_rows
    outside = 0 if pair.control is None else pair.control.num_rows
    if known and used + outside < size.rows_after:
        notes.append(messages.ROWS_DRAWN.fill(used=f"{used + outside:,}", rows=f"{size.rows_after:,}"))
    try:
        report = _report(table, pair, spec, staging.plan, staging.above, known=known)
    except KouanError as error:
        return empty.model_copy(update={"notes": (*notes, error.what)})
    return empty.model_copy(update={"used": used, "outside": outside, "report": report, "notes": tuple(notes)})


def _pair(table: _Table, spec: AttackSpec, staging: Staging) -> Pair | None:
    """Read the rows; None where it is not known which of them belong together."""
    size, kept = table.size, staging.kept.get((table.source, table.raw.name))
    if size.rows_after != (size.rows_before if kept is None else np.count_nonzero(kept)):
        return None
    pair = read_pair(
        table.raw,
        table.treated,
        shared=table.shared,
        further=table.numbers,
        person=table.person,
        rows=size.rows_after,
        most=spec.rows,
        seed=spec.seed,
        classes=_classes(table, staging.plan),
        kept=kept,
    )
    return pair if pair.original.num_rows == pair.treated.num_rows else None


def _classes(table: _Table, plan: Plan) -> tuple[str, ...]:
    """Return the quasi-identifiers in which several persons may agree; pseudonyms and noise of each are his own."""
    keyed = {split_item_id(line.item) for line in plan.lines if line.action in KEYED}
    return tuple(name for name in table.quasi if (table.source, table.raw.name, name) not in keyed)


def _report(table: _Table, pair: Pair, spec: AttackSpec, plan: Plan, above: Above, *, known: bool) -> AttackReport:
    name = table.size.entity
    telling = [one for one in table.shared if len(pc.unique(pair.original.column(one).drop_null())) > 1]
    items = {one: item_id(table.source, table.raw.name, one) for one in table.shared}
    asked = Asked(
        # As many tries on either side: where all of them work, more on one would look like a gain (Wilson centres).
        attacks=spec.tries if pair.control is None else min(spec.tries, pair.control.num_rows),
        seed=spec.seed,
        predicates=_PREDICATES,
        numbers=_NUMBERS,
        limit=float("inf"),
        paired=known,
        wanted=tuple(one for one in table.secrets if one in telling)[:_SECRETS],
        parents={one: above[item] for one, item in items.items() if item in above},
    )
    control = None if pair.control is None else Held(messages.OUTSIDE_NAME, pair.control.select(list(table.shared)))
    original = pair.original.select(list(table.shared))
    report = attack_tables(Held(name, original), Held(f"staged/{name}", pair.treated), control, asked)
    tried = {one.secret for one in report.results if one.effort is not None}
    kept = [
        split_item_id(line.item)[2]
        for line in plan.lines
        if line.action is not Action.DROP and split_item_id(line.item)[:2] == (table.source, table.raw.name)
    ]
    columns = [one for one in kept if one in table.shared and one not in tried]
    values = _numbers(pair.original, table.numbers)
    more = kept_digests(pair.treated.select(columns), values, asked)
    return report.model_copy(update={"results": (*report.results, *more)})


def _numbers(original: pa.Table, names: Sequence[str]) -> list[str]:
    """Return the values of raw columns that name persons, of which a digest may have been made before."""
    found: list[str] = []
    for name in names:
        column = original.column(name)
        if not pa.types.is_nested(column.type):
            found += pc.unique(column.cast(pa.string()).drop_null()).to_pylist()
    return found
