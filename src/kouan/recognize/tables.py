"""Reading tables of a source in pieces that fit the kernels."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from kouan.engine.threads import map_merge
from kouan.recognize.calling import calls_of
from kouan.recognize.kernel.start import is_compiled
from kouan.recognize.profile import ENCODED, LOOKED_AT, Reading, empty_profile, merge_profiles, profile_column

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kouan.formats.source import Entity
    from kouan.model.time import LegalDay
    from kouan.recognize.lexicon import Lexicon
from kouan.recognize.profile import Profile

ROWS = 65_536


def slices(entity: Entity, columns: Sequence[str] | None = None) -> Iterator[Any]:
    """Yield the table's record batches, none longer than 65,536 rows."""
    for batch in entity.batches(columns):
        for start in range(0, len(batch), ROWS):
            yield batch.slice(start, ROWS)


def profile_table(
    entity: Entity, *, lexicon: Lexicon, today: LegalDay, threads: int, seen: Callable[[int], None]
) -> tuple[Profile, ...]:
    """Return the profiles of all columns of a table after one reading.

    Args:
        entity: the table.
        lexicon: words of values.
        today: legal day: later dates are no births.
        threads: kernels at a time.
        seen: hears of rows as they are profiled.
    """
    batches = _numbered(slices(entity))
    start = next(batches, None)
    if start is None:
        return tuple(empty_profile(field.name, field.type) for field in entity.schema)
    asked = {name: calls_of(entity.name, name, lexicon).asked for name in entity.schema.names}
    reading = Reading(lexicon, today, is_compiled(_size(entity, start[1])), asked=asked)
    head: tuple[Profile, ...] = ()
    for numbered in chain((start,), batches):  # one after the other until the rows that are all looked at are read
        part = _profiled(numbered, reading)
        head = _merge(head, part) if head else part
        reading = replace(
            reading,
            many=frozenset(one.name for one in head if one.distinct is None),
            encoded=frozenset(one.name for one in head if one.looks[ENCODED]),
        )
        seen(len(numbered[1]))
        if numbered[0] + len(numbered[1]) >= LOOKED_AT:
            break

    def kernel(numbered: tuple[int, Any]) -> tuple[Profile, ...]:
        profiles = _profiled(numbered, reading)
        seen(len(numbered[1]))
        return profiles

    rest = map_merge(batches, kernel, _merge, threads)
    return head if rest is None else _merge(head, rest)


def _numbered(batches: Iterator[Any]) -> Iterator[tuple[int, Any]]:
    first = 0
    for batch in batches:
        yield first, batch
        first += len(batch)


def _profiled(numbered: tuple[int, Any], reading: Reading) -> tuple[Profile, ...]:
    first, batch = numbered
    return tuple(
        profile_column(field.name, column, first, reading)
        for field, column in zip(batch.schema, batch.columns, strict=True)
    )


def _size(entity: Entity, batch: Any) -> int:
    """Return the bytes of a table in memory, guessed from its first batch; of unknown length it is taken for small."""
    rows = max(entity.rows or 0, len(batch))
    return int(batch.nbytes * rows / max(len(batch), 1))


def _merge(left: tuple[Profile, ...], right: tuple[Profile, ...]) -> tuple[Profile, ...]:
    return tuple(merge_profiles(one, other) for one, other in zip(left, right, strict=True))
