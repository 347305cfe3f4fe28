"""Reading tables of a source in pieces that fit the kernels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kouan.engine.threads import map_merge
from kouan.recognize.profile import empty_profile, merge_profiles, profile_column

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

    def kernel(batch: Any) -> tuple[Profile, ...]:
        profiles = tuple(
            profile_column(field.name, column, lexicon=lexicon, today=today)
            for field, column in zip(batch.schema, batch.columns, strict=True)
        )
        seen(len(batch))
        return profiles

    merged = map_merge(slices(entity), kernel, _merge, threads)
    return merged or tuple(empty_profile(field.name, field.type) for field in entity.schema)


def _merge(left: tuple[Profile, ...], right: tuple[Profile, ...]) -> tuple[Profile, ...]:
    return tuple(merge_profiles(one, other) for one, other in zip(left, right, strict=True))
