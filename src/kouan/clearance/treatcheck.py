"""Whether the treated files are what the plan makes of the raw data, cell by cell and in the same order.

Figures alone would not show it: with rows exchanged they stay what they were, and attacks that compare a person's rows
before and after would fail on data that lead to him.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from kouan.clearance import verify_messages as messages
from kouan.clearance.effectgates import key_is_held
from kouan.clearance.opening import open_staged
from kouan.clearance.plancheck import HIERARCHIES
from kouan.clearance.tool import tool
from kouan.deidentify import apply_plan, read_hierarchies
from kouan.deidentify.checks import KEYED
from kouan.deidentify.columns import as_text
from kouan.evidence import FileKeyStore
from kouan.model.items import item_id
from kouan.model.plan import Action

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kouan.clearance.alongside import Alongside
    from kouan.clearance.settings import Settings
    from kouan.formats.source import Entity, Source

_ROWS = 50_000
"""Rows compared at a time."""


@dataclass(frozen=True, slots=True)
class TreatedAgain:
    """How many items came out the same, and how many nobody without the key can make again."""

    same: int
    left: int


def treat_again(made: Alongside, settings: Settings, *, sealed_with: str) -> TreatedAgain | None:
    """Treat the raw data again by the plan of a folder and compare with what lies in it.

    Items that take the key are compared where it is on this machine; free text only where the same edition sealed the
    folder, for what is recognised in texts changes between editions.

    Args:
        made: a verified folder and its data.
        settings: of the run.
        sealed_with: name and version of the software that sealed it.

    Returns:
        None where nobody here knows which persons were drawn.

    Raises:
        KouanError: K-CLR-271 (other cells), or an error of a reader or writer.
    """
    if made.kept is None:
        return None
    held = key_is_held(settings.home, made.plan, made.treatment)
    keys = FileKeyStore.open(settings.home, create=False) if held else FileKeyStore.passing(os.urandom(32))
    skipped = {line.item for line in made.plan.lines if line.action in KEYED and not held}
    if sealed_with != tool():
        skipped |= {line.item for line in made.plan.lines if line.action is Action.SCRUB}
    with tempfile.TemporaryDirectory(prefix="kouan-") as name:
        again = apply_plan(
            made.plan,
            made.sources,
            made.inventory,
            keys=keys,
            out=Path(name),
            threads=settings.threads,
            hold=made.holder,
            hierarchies=read_hierarchies(made.plan, made.folder / HIERARCHIES, "plan.yaml", copied=True).read,
            population=made.population,
        )
        opened = open_staged(again, Path(name), made.declaration, made.sectors) if again.files else ()
        same, left = _compared(made.staged, opened, skipped)
    return TreatedAgain(same, left)


def _compared(staged: Sequence[Source], again: Sequence[Source], skipped: set[str]) -> tuple[int, int]:
    """Return how many columns were compared and how many were not. Raises KouanError K-CLR-271."""
    there, made = _tables(staged), _tables(again)
    same = left = 0
    for source, entity in sorted({*there, *made}):
        one, other = there.get((source, entity)), made.get((source, entity))
        if one is None or other is None or one.schema.names != other.schema.names:
            raise messages.TREATED_OTHERWISE.at(source, entity=entity, place="–", item="–")
        names = [name for name in one.schema.names if item_id(source, entity, name) not in skipped]
        _same(one, other, names, source)
        same, left = same + len(names), left + len(one.schema.names) - len(names)
    return same, left


def _tables(sources: Sequence[Source]) -> dict[tuple[str, str], Entity]:
    return {(source.name, entity.name): entity for source in sources for entity in source.entities}


def _same(one: Entity, other: Entity, names: list[str], source: str) -> None:
    """Refuse tables of which a cell differs, or the number of rows."""
    read = names or one.schema.names[:1]
    first, second = _slices(one, read), _slices(other, read)
    done = 0
    while True:
        left, right = next(first, None), next(second, None)
        if left is None or right is None:
            break
        for name in names:
            if not _equal(left.column(name), right.column(name)):
                raise messages.TREATED_OTHERWISE.at(source, entity=one.name, place=f"{done + 1:,}", item=name)
        if left.num_rows != right.num_rows:
            break
        done += left.num_rows
    if left is not None or right is not None:
        raise messages.TREATED_OTHERWISE.at(source, entity=one.name, place=f"{done + 1:,}", item="–")


def _slices(entity: Entity, names: Sequence[str]) -> Iterator[pa.Table]:
    """Yield a table in pieces of `_ROWS` rows, the last with what is left; batches end where a reader likes."""
    waiting: list[pa.RecordBatch] = []
    rows = 0
    for batch in entity.batches(names):
        waiting.append(batch)
        rows += batch.num_rows
        while rows >= _ROWS:
            table = pa.Table.from_batches(waiting)
            yield table.slice(0, _ROWS)
            rest = table.slice(_ROWS)
            waiting, rows = rest.to_batches(), rest.num_rows
    if rows:
        yield pa.Table.from_batches(waiting)


def _equal(one: pa.ChunkedArray, other: pa.ChunkedArray) -> bool:
    """Tell whether two columns hold the same; what is no number equals itself here."""
    if one.equals(other):
        return True
    if one.type != other.type or not pa.types.is_floating(one.type) or len(one) != len(other):
        return False
    return bool(as_text(one.combine_chunks()).equals(as_text(other.combine_chunks())))
