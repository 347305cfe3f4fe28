"""Reading tables of a source in pieces that fit the kernels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from kouan.engine.threads import map_ordered
from kouan.formats.compiled import is_available
from kouan.recognize.calling import calls_of
from kouan.recognize.kernel.start import is_compiled
from kouan.recognize.profile import (
    ENCODED,
    LOOKED_AT,
    Profile,
    Reading,
    empty_profile,
    foretell,
    merge_profiles,
    profile_column,
    settled,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kouan.engine.maps import Engine
    from kouan.formats.source import Entity
    from kouan.model.time import LegalDay
    from kouan.recognize.lexicon import Lexicon

_TELLING = 25_000
"""First rows by which a column with more than 20,000 distinct values shows."""
_READ = 4_096
"""First rows, of which all texts are read: a part by themselves, or other threads would wait for their batch."""
_WAIT = 16_384
"""Cells that wait to be looked at together."""


@dataclass(frozen=True, slots=True)
class Profiling:
    """Makes profiles of all columns of a batch (see `Kernel`)."""

    reading: Reading

    def __call__(self, first: int, batch: Any) -> tuple[Profile, ...]:
        """Profile a batch."""
        reading = self.reading
        if reading.compiled and not is_available():  # another machine's Python may lack what this one has
            reading = replace(reading, compiled=False)
        return tuple(
            profile_column(field.name, column, first, reading)
            for field, column in zip(batch.schema, batch.columns, strict=True)
        )


def profile_table(
    entity: Entity, *, lexicon: Lexicon, today: LegalDay, engine: Engine, seen: Callable[[int], None]
) -> tuple[Profile, ...]:
    """Return the profiles of all columns of a table after one reading.

    Args:
        entity: the table.
        lexicon: words of values.
        today: legal day: later dates are no births.
        engine: where the rows after the first ones are profiled.
        seen: hears of rows as they are profiled.
    """
    rows = engine.rows(entity)
    start = next(rows, None)
    if start is None:
        return tuple(empty_profile(field.name, field.type) for field in entity.schema)
    asked = {name: calls_of(entity.name, name, lexicon).asked for name in entity.schema.names}
    reading = Reading(lexicon, today, is_compiled(_size(entity, start[1])), asked=asked, waits=not engine.apart)
    total: tuple[Profile, ...] = ()
    if len(start[1]) > LOOKED_AT:  # it tells enough of its columns to be profiled beside the others
        reading = _first_seen(reading, start[1], engine.here.threads)
        rows.back(start[1].slice(_READ))
        rows.back(start[1].slice(0, _READ))
    else:
        for first, batch in chain((start,), rows):  # one after the other until the rows that are all looked at are read
            part = Profiling(reading)(first, batch)
            total = _merge(total, part) if total else part
            reading = _seen(reading, total)
            seen(len(batch))
            if first + len(batch) >= LOOKED_AT:
                break
    for part in rows.rest(Profiling(reading), merge=_merge, seen=seen):
        total = tuple(settled(one, reading, most_rows=_WAIT) for one in _merge(total, part)) if total else part
    return tuple(map_ordered(total, partial(settled, reading=reading), engine.here.threads))


def _first_seen(reading: Reading, batch: Any, threads: int) -> Reading:
    """Return how to read on, from the first rows of a table."""
    head = batch.slice(0, _TELLING)
    each = map_ordered(_named(head), lambda one: foretell(*one, reading.lexicon), threads)
    told = dict(zip(head.schema.names, each, strict=True))
    return replace(
        reading,
        many=frozenset(name for name, (many, _) in told.items() if many),
        encoded=frozenset(name for name, (_, encoded) in told.items() if encoded),
    )


def _seen(reading: Reading, profiles: tuple[Profile, ...]) -> Reading:
    """Return how to read on, from the profiles of the first rows of a table."""
    return replace(
        reading,
        many=frozenset(one.name for one in profiles if one.distinct is None),
        encoded=frozenset(one.name for one in profiles if one.looks[ENCODED]),
    )


def _named(batch: Any) -> Iterator[tuple[str, Any]]:
    return zip(batch.schema.names, batch.columns, strict=True)


def _size(entity: Entity, batch: Any) -> int:
    """Return the bytes of a table in memory, guessed from its first batch; of unknown length it is taken for small."""
    rows = max(entity.rows or 0, len(batch))
    return int(batch.nbytes * rows / max(len(batch), 1))


def _merge(left: tuple[Profile, ...], right: tuple[Profile, ...]) -> tuple[Profile, ...]:
    return tuple(merge_profiles(one, other) for one, other in zip(left, right, strict=True))
