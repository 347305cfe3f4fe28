"""What a plan makes of the first values of each item, for people: no raw value is ever shown, and no key is used."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.deidentify.cells import Column, treat_batch, treated_type
from kouan.deidentify.columns import Learner, as_text
from kouan.deidentify.rules import Given, partner, transform
from kouan.model.canonical import sha256_bytes
from kouan.model.items import item_id
from kouan.model.plan import Action
from kouan.recognize.masks import mask, shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa

    from kouan.deidentify.hierarchies import PlanFile
    from kouan.formats.source import Source
    from kouan.model.inventory import Inventory, Item
    from kouan.model.plan import Plan, PlanLine

_ROWS, _EXAMPLES, _KEY_BYTES = 200, 2, 32


@dataclass(frozen=True, slots=True)
class Example:
    """One value before and after, both as they may be shown; `after` is None where nothing is left of it."""

    before: str
    after: str | None


def preview(
    plan: Plan, sources: Sequence[Source], inventory: Inventory, files: Mapping[str, PlanFile] | None = None
) -> dict[str, tuple[Example, ...]]:
    """Return up to two examples by item id, from the first 200 rows of each table.

    What was made coarser is shown as it would leave, unless it is still the value itself; all else is masked or shown
    by the kinds of its characters. Pseudonyms and moved dates are made with a key that nothing keeps. What a rule has
    to count first has no examples.

    Args:
        plan: checked.
        sources: the raw data.
        inventory: of them.
        files: that the plan names (see `read_hierarchies`).

    Raises:
        KouanError: K-DEI-009, or a reader's error.
    """
    lines = {line.item: line for line in plan.lines}
    items = {item.id: item for item in inventory.items}
    key = os.urandom(_KEY_BYTES)
    found: dict[str, tuple[Example, ...]] = {}
    for source in sources:
        for entity in source.entities:
            raw = next(iter(entity.batches()), None)
            if raw is None:
                continue
            raw = raw.slice(0, _ROWS)
            for field in entity.schema:
                name = item_id(source.name, entity.name, field.name)
                if name in lines and name in items:
                    given = Given(items[name].meaning, key, hierarchies=files or {})
                    examples = _examples(raw, field.name, lines[name], items[name], given)
                    found[name] = tuple(examples)
    return found


def _examples(raw: pa.RecordBatch, name: str, line: PlanLine, item: Item, given: Given) -> Iterator[Example]:
    after = _after(raw, name, line, given)
    if after is None:
        return
    left = dict(zip(_texts(raw.column(name)), after, strict=True))
    # In an order that has nothing to do with the rows: examples of several items must not make up one person.
    values = sorted((value for value in left if value is not None), key=lambda value: sha256_bytes(value.encode()))
    for before in values[:_EXAMPLES]:
        masked = mask(before, item.meaning)
        yield Example(masked, masked if line.action is Action.KEEP else _shown(line, before, left[before]))


def _after(raw: pa.RecordBatch, name: str, line: PlanLine, given: Given) -> list[str | None] | None:
    """Return what is left of each value, or None where that cannot be told from a few rows."""
    kind = treated_type(raw.schema.field(name).type)
    if kind is None:
        return None
    values = _texts(raw.column(name))
    if line.action is Action.DROP:
        return [None] * len(values)
    kernel = transform(line, given)
    if kernel is None:
        return values
    if isinstance(kernel, Learner):
        return None
    named = partner(line)
    by = None if named is None or line.params[named] == name else str(line.params[named])
    treated, _ = treat_batch(raw, [Column(name, line, kernel, kind, by)])
    return _texts(treated.column(0))


def _texts(column: pa.Array) -> list[str | None]:
    found: list[str | None] = as_text(column.flatten() if hasattr(column, "offsets") else column).to_pylist()
    return found


def _shown(line: PlanLine, before: str, after: str | None) -> str | None:
    if after is None:
        return None
    coarser = line.action is Action.GENERALISE and after != before
    if coarser and (after not in before or line.params.get("to") == "year"):
        return after
    kinds = shape(after)
    return "".join("*" if char == "*" else kind for char, kind in zip(after, kinds, strict=False)) + kinds[len(after) :]
