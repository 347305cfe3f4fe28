"""Persons in the classes of treated data from which every key is gone, counted by the key that the raw data have.

Treatment keeps the order of the rows, so that the rows which left stand beside the treated ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.cells import one_each
from kouan.deidentify.classing import person_texts
from kouan.risk.classes import distinct_in, group
from kouan.risk.codes import encoded, read_with_values, unified
from kouan.risk.table import roles_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kouan.formats.source import Entity, Source
    from kouan.model.inventory import Inventory
    from kouan.risk.classes import Classes
    from kouan.risk.table import Roles

    Kept = Mapping[tuple[str, str], npt.NDArray[np.bool_]]

_THREADS = 2


def persons_of_classes(
    raw: Sequence[Source], treated: Sequence[Source], *, before: Inventory, after: Inventory, kept: Kept
) -> dict[str, int]:
    """Return the fewest persons who share a combination of quasi-identifiers, by `source!entity`.

    Only of tables in which no key is left that the raw data had; a row whose person is not named may be of any other.

    Args:
        raw: the data before treatment.
        treated: what was made of them.
        before: inventory of the raw data.
        after: inventory of the treated data.
        kept: which rows left; a table that is not in it left whole.

    Raises:
        KouanError: K-FMT-… from readers.
    """
    tables = {(source.name, entity.name): (source, entity) for source in raw for entity in source.entities}
    found = {}
    for source in treated:
        for entity in source.entities:
            roles, place = roles_of(source, entity, after), (source.name, entity.name)
            if roles.key is not None or place not in tables:
                continue
            was = tables[place]
            known = roles_of(*was, before)
            if known.key is not None:
                found[roles.name] = _fewest(was[1], known, entity, roles, before=before, kept=kept.get(place))
    return found


def _fewest(
    raw: Entity,
    known: Roles,
    treated: Entity,
    roles: Roles,
    *,
    before: Inventory,
    kept: npt.NDArray[np.bool_] | None,
) -> int:
    """Return the fewest persons of a class; where the rows do not stand beside each other, a bound from below."""
    owners = _owners(raw, known)
    if kept is not None and len(kept) == len(owners):
        owners = owners[kept]
    classes = _classes(treated, [roles.columns[item.id] for item in roles.quasi])
    if not classes.count:
        return 1
    least = least_by_rows(before, roles.name, int(classes.rows().min()))
    if len(classes.of) != len(owners):
        return least
    named = owners >= 0
    persons = distinct_in(classes.of[named], classes.count, owners[named], int(owners.max(initial=0)) + 1)
    return max(least, int(persons.min()))  # other columns may tell apart whom the key does not name


def _owners(raw: Entity, known: Roles) -> npt.NDArray[np.int64]:
    """Return whose each row is, -1 where nobody is named."""
    assert known.key is not None
    key = known.columns[known.key.id]
    codes, values = unified([encoded(one_each(batch.column(key))) for batch in raw.batches([key])])
    named = person_texts(values, known.key.meaning).dictionary_encode().indices.fill_null(-1)
    owner = np.append(-1, np.asarray(named, np.int64))
    result: npt.NDArray[np.int64] = owner[codes.values]
    return result


def _classes(treated: Entity, names: Sequence[str]) -> Classes:
    """Return the classes of some columns; without any all rows are one."""
    read = read_with_values(treated, names or treated.schema.names[:1], threads=_THREADS)
    columns = [codes for codes, _ in read.values()]
    return group(columns if names else [], len(columns[0].values) if columns else 0)


def least_by_rows(before: Inventory, entity: str, k: int) -> int:
    """Return how many persons a class of k rows holds at least, all rows beyond the first of a person standing in it.

    Args:
        before: inventory of the raw data.
        entity: `source!entity`.
        k: rows of its smallest class.
    """
    path, _, name = entity.partition("!")
    reports = (one for source in before.sources if source.path == path for one in source.entities)
    rows = sum(one.rows for one in reports if one.name == name)
    here = {item.subject for item in before.items if item.id.startswith(f"{entity}#") and item.subject}
    tables = {item.id.partition("#")[0] for item in before.items if item.subject in here}
    if tables != {entity} or len(here) != 1:  # who else stands in other tables only, nobody knows
        return 1
    persons = next((one.persons.lo for one in before.persons if one.subject in here), 1)
    return max(1, k - (rows - persons))


def has_key(before: Inventory, entity: str) -> bool:
    """Tell whether a key told the persons of a table apart before treatment."""
    return any(key.partition("#")[0] == entity for count in before.persons for key in count.keys)
