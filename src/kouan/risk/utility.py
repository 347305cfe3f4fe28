"""What the treated data can still tell: per item and per pair of items, in bits, beside the raw data.

Treatment that maps values to values can only lose Shannon entropy, and two items that are both mapped can only lose
mutual information (data processing inequality), so the shares kept say how much, whatever the transforms were. Noise
adds entropy that tells nothing; where it is used the distance of the distributions is the measure to read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

import pyarrow as pa

from kouan.engine.threads import map_ordered
from kouan.model.base import ratio
from kouan.model.items import item_id
from kouan.model.plan import Action
from kouan.model.prediction import Prediction
from kouan.model.text import Text
from kouan.model.utility import ItemUtility, PairUtility, TableUtility, Utility
from kouan.risk import messages
from kouan.risk.codes import is_list_of_text, plain, unified
from kouan.risk.information import CELLS, Column, distance, entropy, mutual
from kouan.risk.prediction import predict
from kouan.risk.sector import compare_sectors

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    import numpy.typing as npt

    from kouan.formats.source import Entity, Source
    from kouan.model.base import Ratio
    from kouan.model.inventory import Inventory
    from kouan.model.treatment import Treatment
    from kouan.packs.sectors import Sector

    Kept = Mapping[tuple[str, str], npt.NDArray[np.bool_]]

MOST_ROWS = 500_000
"""Rows of a table that are read; of more, whole batches spread evenly over it."""
MOST_PAIRS = 20
_PAIR_COLUMNS = 40
_PAIR_ROWS = 100_000
_LEAST_BITS = 0.02
"""Below, two items are taken for unrelated."""
_PLACES = 10_000
_UNKEPT = frozenset({Action.PSEUDONYM, Action.MASK, Action.GENERALISE, Action.SCRUB, Action.SHIFT})
"""Actions after which values are not comparable with those before."""


@dataclass(frozen=True, slots=True)
class _Table:
    rows: int
    read: int
    columns: Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the data besides what they hold; what is not given is not looked at.

    Attributes:
        sectors: whose own tables are compared too.
        inventory: of the raw data, for models.
        targets: items that models are to predict, as the declaration names them.
        kept: rows of each raw table that left; a table that it lacks left whole.
    """

    sectors: Sequence[Sector] = ()
    inventory: Inventory | None = None
    targets: Sequence[str] = ()
    kept: Kept = field(default_factory=dict)


def compare(
    raw: Sequence[Source],
    treated: Sequence[Source],
    treatment: Treatment,
    *,
    known: Known | None = None,
    threads: int = 2,
) -> Utility:
    """Compare the treated tables with the raw ones.

    Args:
        raw: as they were.
        treated: the staged files, opened under the names of their sources.
        treatment: what was done to each item.
        known: for tables of sectors and models.
        threads: batches read at a time.

    Raises:
        KouanError: K-RSK-001 for an inventory of other data; of a reader.
    """
    known = known or Known()
    after = {(source.name, entity.name): entity for source in treated for entity in source.entities}
    actions = {one.item: one.action for one in treatment.items}
    return Utility(
        tables=tuple(
            _table(source, entity, after.get((source.name, entity.name)), actions, known=known, threads=threads)
            for source in raw
            for entity in source.entities
        ),
        checks=compare_sectors(raw, treated, known.sectors, kept=known.kept, threads=threads),
    )


def _table(
    source: Source,
    raw: Entity,
    treated: Entity | None,
    actions: Mapping[str, Action],
    *,
    known: Known,
    threads: int,
) -> TableUtility:
    ids = {name: item_id(source.name, raw.name, name) for name in raw.schema.names}
    before = _read(raw, threads)
    after = _Table(0, 0, {}) if treated is None else _read(treated, threads)
    items = tuple(
        _item(ids[name], actions.get(ids[name], Action.DROP), column, after.columns.get(name))
        for name, column in before.columns.items()
    )
    pairs, kept = _pairs(before, after, ids)
    notes = [messages.UTILITY_PART.fill(most=f"{MOST_ROWS:,}")] if before.read < before.rows else []
    left = [name for name in raw.schema.names if name not in before.columns]
    if left:
        notes.append(messages.UTILITY_NESTED.fill(items=", ".join(left)))
    scored: Prediction | Text | None = None
    if known.inventory is not None:
        done = {name: actions.get(one, Action.DROP) for name, one in ids.items()}
        scored = predict(
            source,
            raw,
            treated,
            known.inventory,
            rows=before.rows,
            rows_after=after.rows,
            actions=done,
            kept=known.kept.get((source.name, raw.name)),
            targets=known.targets,
        )
    return TableUtility(
        entity=f"{source.name}!{raw.name}",
        rows_before=before.rows,
        rows_after=after.rows,
        read_before=before.read,
        read_after=after.read,
        items=items,
        pairs=pairs,
        pairs_kept=kept,
        prediction=scored if isinstance(scored, Prediction) else None,
        notes=(*notes, *((scored,) if isinstance(scored, Text) else ())),
    )


def _item(item: str, action: Action, before: Column, after: Column | None) -> ItemUtility:
    held = entropy(before.counts())
    left = 0.0 if after is None else entropy(after.counts())
    empty = 1.0 if after is None or not after.rows else after.empty()
    comparable = after is not None and action not in _UNKEPT and after.rows > 0
    return ItemUtility(
        item=item,
        action=action,
        distinct_before=len(before.values),
        distinct_after=0 if after is None else len(after.values),
        emptied=_ratio(max(empty - before.empty(), 0.0)),
        kept=_ratio(min(left / held, 1.0)) if held else None,
        distance=_ratio(distance(before, after)) if comparable and after is not None else None,
    )


def _pairs(before: _Table, after: _Table, ids: Mapping[str, str]) -> tuple[tuple[PairUtility, ...], Ratio | None]:
    """Compare what items told about each other; pairs with too many combinations for the rows read are left out."""
    found = []
    thin, thinner = _thinned(before), _thinned(after)
    for first, second in combinations(_telling(thin), 2):
        told = mutual(thin[first], thin[second])
        if told >= _LEAST_BITS:
            found.append((told, first, second))
    found.sort(key=lambda pair: -pair[0])
    pairs, whole, rest = [], 0.0, 0.0
    for told, first, second in found[:MOST_PAIRS]:
        one, other = thinner.get(first), thinner.get(second)
        left = 0.0 if one is None or other is None else min(mutual(one, other), told)
        whole, rest = whole + told, rest + left
        pairs.append(
            PairUtility(
                first=ids[first],
                second=ids[second],
                before=_ratio(told),
                after=_ratio(left),
                kept=_ratio(left / told),
            )
        )
    return tuple(pairs), _ratio(rest / whole) if whole else None


def _thinned(table: _Table) -> dict[str, Column]:
    """Return the columns with rows left out evenly, at most so many as pairs are counted on."""
    step = -(-max(table.read, 1) // _PAIR_ROWS)
    return {name: column.thinned(step) for name, column in table.columns.items()}


def _telling(columns: Mapping[str, Column]) -> list[str]:
    """Return the columns whose values repeat often enough to be told from chance; of many those with most to tell."""
    entropies = {
        name: entropy(column.counts())
        for name, column in columns.items()
        if len(column.values) > 1 and (len(column.values) + 1) * 3 * CELLS <= column.rows
    }
    chosen = sorted(entropies, key=lambda name: -entropies[name])[:_PAIR_COLUMNS]
    return [name for name in columns if name in chosen]


def _read(entity: Entity, threads: int) -> _Table:
    names = [field.name for field in entity.schema if not pa.types.is_nested(field.type) or is_list_of_text(field.type)]
    parts: list[list[pa.Array]] = [[] for _ in names]
    rows = read = 0
    for count, encoded in map_ordered(_spread(entity, names), _encoded, threads):
        rows += count
        if encoded is None:
            continue
        read += count
        for chunks, chunk in zip(parts, encoded, strict=True):
            chunks.append(chunk)
    columns = {name: Column(*unified(chunks)) for name, chunks in zip(names, parts, strict=True) if chunks}
    return _Table(rows, read, columns)


def _spread(entity: Entity, names: list[str]) -> Iterator[tuple[pa.RecordBatch, bool]]:
    """Yield batches and whether each is read: all up to the limit, else as many spread evenly, or the first ones."""
    step = 1 if entity.rows is None else -(-max(entity.rows, 1) // MOST_ROWS)
    taken = 0
    for at, batch in enumerate(entity.batches(names)):
        use = at % step == 0 and taken < MOST_ROWS
        taken += batch.num_rows if use else 0
        yield batch, use


def _encoded(part: tuple[pa.RecordBatch, bool]) -> tuple[int, list[pa.Array] | None]:
    batch, use = part
    return batch.num_rows, [plain(column).dictionary_encode() for column in batch.columns] if use else None


def _ratio(value: float) -> Ratio:
    return ratio(round(value * _PLACES), _PLACES)
