"""Persons in the classes of treated data from which every key is gone, counted by the key that the raw data have.

Treatment keeps the order of the rows, so that the rows which left stand beside the treated ones.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kouan.deidentify.cells import one_each
from kouan.deidentify.classing import Encoded, person_texts
from kouan.deidentify.rows import class_keys
from kouan.risk.codes import plain
from kouan.risk.table import roles_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kouan.formats.source import Entity, Source
    from kouan.model.inventory import Inventory
    from kouan.risk.table import Roles

    Kept = Mapping[tuple[str, str], npt.NDArray[np.bool_]]


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
    names = [roles.columns[item.id] for item in roles.quasi]
    of = _classes(treated, names)
    if not len(of):
        return 1
    least = least_by_rows(before, roles.name, int(np.unique(of, return_counts=True)[1].min()))
    if len(of) != len(owners):
        return least
    named = owners >= 0
    pairs = np.unique(np.stack([of[named], owners[named]]), axis=1)
    persons = np.bincount(pairs[0], minlength=int(of.max()) + 1)
    return max(least, int(persons[np.unique(of)].min()))  # other columns may tell apart whom the key does not name


def _owners(raw: Entity, known: Roles) -> npt.NDArray[np.int64]:
    """Return whose each row is, -1 where nobody is named."""
    assert known.key is not None
    key, owners = known.columns[known.key.id], Encoded()
    for batch in raw.batches([key]):
        owners.add(person_texts(one_each(batch.column(key)), known.key.meaning).dictionary_encode())
    codes, values = owners.codes()
    return np.where(codes == len(values) - 1, -1, codes)


def _classes(treated: Entity, names: Sequence[str]) -> npt.NDArray[np.int64]:
    """Return the class of each row by some columns; without any all rows are one."""
    if not names:
        rows = sum(batch.num_rows for batch in treated.batches(treated.schema.names[:1]))
        return np.zeros(rows, np.int64)
    classes = Encoded()
    for batch in treated.batches(names):
        classes.add(class_keys([plain(batch.column(name)) for name in names]).dictionary_encode())
    return classes.codes()[0]


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
