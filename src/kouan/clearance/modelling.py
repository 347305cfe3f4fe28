"""Whether treated data meet the privacy models that their declaration asks for, counted from the files that leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from kouan.deidentify.aiming import models_of
from kouan.deidentify.cells import one_each
from kouan.deidentify.classing import Rows, failing
from kouan.deidentify.columns import as_text
from kouan.deidentify.rows import class_keys
from kouan.model.risk import ModelRisk
from kouan.risk.table import roles_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kouan.deidentify.asked import Asked
    from kouan.formats.source import Entity, Source
    from kouan.model.declaration import Declaration
    from kouan.model.inventory import Inventory
    from kouan.model.treatment import ItemShares, Treatment
    from kouan.risk.table import Roles


def model_risks(
    declaration: Declaration, sources: Sequence[Source], *, raw: Inventory, treated: Inventory, treatment: Treatment
) -> tuple[ModelRisk, ...]:
    """Count the rows of classes that fail each declared model, table by table; an item that stays here is no question.

    Shares in the whole table are those before rows were held back by the same classes, as when they were.

    Args:
        declaration: of the transfer.
        sources: the treated files.
        raw: inventory of the raw data, in which the models name items.
        treated: of the treated ones.
        treatment: what was done.

    Raises:
        KouanError: K-DEI-065, K-DEI-092, K-DEI-120, or a reader's error.
    """
    said = declaration.assessment
    if said is None or said.target is None or not said.target.models:
        return ()
    models = models_of(said.target, raw)
    return tuple(
        found
        for source in sources
        for entity in source.entities
        for found in _of_table(source, entity, models, treated=treated, treatment=treatment)
    )


def _of_table(
    source: Source, entity: Entity, models: Sequence[Asked], *, treated: Inventory, treatment: Treatment
) -> Iterator[ModelRisk]:
    roles = roles_of(source, entity, treated)
    asked = [one for one in models if one.item is None or (one.item in roles.columns)]
    if not asked or not (roles.quasi or roles.pseudonyms or any(one.item for one in asked)):
        return
    named = list(dict.fromkeys(one.item for one in asked if one.item is not None))
    rows, count = _read(entity, roles, named)
    held = _shares(roles, named, treatment)
    for one in asked:
        if count:
            only = {name: held[name] for name in named if name in held}
            yield ModelRisk(table=roles.name, model=str(one), rows=count, failing=_failing(rows, one, only))


def _failing(rows: Rows, one: Asked, held: Mapping[str, ItemShares]) -> int:
    try:
        return failing(rows, [one], shares=held).rows
    except (ValueError, IndexError):  # what treatment says of the values before does not fit what left
        return failing(rows, [one]).rows


def _read(entity: Entity, roles: Roles, named: Sequence[str]) -> tuple[Rows, int]:
    over, values = ([roles.columns[item] for item in items] for items in ([one.id for one in roles.quasi], named))
    by = None if roles.key is None else roles.columns[roles.key.id]
    rows, count = Rows.of(named, persons=by is not None), 0
    wanted = list(dict.fromkeys((*over, *values, *([by] if by is not None else [])))) or entity.schema.names[:1]
    for batch in entity.batches(wanted):
        count += batch.num_rows
        whole = pa.array([""] * batch.num_rows, pa.string())
        keys = class_keys([batch.column(name) for name in over]) if over else whole
        persons = None if by is None else as_text(one_each(batch.column(by)))
        rows.add(keys, [as_text(batch.column(name)) for name in values], persons)
    return rows, count


def _shares(roles: Roles, named: Sequence[str], treatment: Treatment) -> dict[str, ItemShares]:
    mine = [one for one in treatment.classes if one.entity == roles.name]
    return {shares.item: shares for one in mine for shares in one.shares if shares.item in named}
