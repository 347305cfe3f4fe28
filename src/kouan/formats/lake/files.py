"""Many files that are one table, with values that stand in none of them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from kouan.formats.collection.aligning import aligned
from kouan.formats.collection.open import Gathered
from kouan.formats.collection.source import Collection, Shelf
from kouan.formats.remote.spooling import spool_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kouan.formats.collection.source import Openers
    from kouan.formats.options import ReadOptions


@dataclass(frozen=True, slots=True)
class LakeFile:
    """One file of a table.

    Attributes:
        values: of the columns that the file's place or the log states, as text; None for null.
    """

    path: Path
    name: str
    values: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class LakeTable:
    """A table as its record describes it.

    Attributes:
        format: such as `delta`.
        detail: its version.
        stated: types of the columns that stand in no file.
        order: names of all columns, where the record says so.
    """

    format: str
    detail: str
    files: tuple[LakeFile, ...]
    stated: Mapping[str, pa.DataType]
    order: tuple[str, ...] = ()


def open_table(path: Path, table: LakeTable, *, name: str, options: ReadOptions, openers: Openers) -> Collection:
    """Read a table's files one after another and keep them as one.

    Raises:
        KouanError: of the first file that cannot be read; a table is read whole or not at all.
    """
    schema = _schema(table, options, openers)
    batches = _batches(table, schema, options, openers)
    return kept(path, table, schema, batches, name=name, options=options, openers=openers)


def kept(
    path: Path,
    table: LakeTable,
    schema: pa.Schema,
    batches: Iterator[pa.RecordBatch],
    *,
    name: str,
    options: ReadOptions,
    openers: Openers,
) -> Collection:
    """Keep the rows of a table as one Parquet file, and open it as a folder that holds only this."""
    stem = [part for part in Path(name).parts if part not in {"..", ".", "/"}][-1:] or ["table"]
    spooled = spool_table(stem[0], schema.names, schema.types, batches)
    apart = dataclasses.replace(options, merged={} if options.merged is None else options.merged)
    shelf = Shelf(str(path), [spooled.member], openers=openers, options=apart)
    gathered = Gathered.of(shelf, options=apart, openers=openers)
    return Collection(
        name=name,
        path=path,
        format=table.format,
        detail=gathered.detail(table.detail),
        size=spooled.member.size,
        sha256=gathered.digest(),
        entities=gathered.entities(stem[0]),
        shelf=shelf,
        complete=not gathered.failed,
        notes=(*spooled.notes, *gathered.notes()),
        unchanged=_kept,
    )


def _kept() -> None:
    """Nothing changes: what was read is kept here."""


def _schema(table: LakeTable, options: ReadOptions, openers: Openers) -> pa.Schema:
    """Return the columns of all files with the stated ones; types that differ become text."""
    kinds: dict[str, pa.DataType] = {}
    for file in table.files:
        for entity in openers.read(file.path, name=file.name, options=options).entities[:1]:
            for field in entity.schema:
                known = kinds.setdefault(field.name, field.type)
                kinds[field.name] = field.type if known in {field.type, pa.null()} else pa.string()
    kinds |= table.stated
    names = [one for one in table.order or kinds if one in kinds or table.order]
    return pa.schema([(one, kinds.get(one, pa.string())) for one in names])


def _batches(table: LakeTable, schema: pa.Schema, options: ReadOptions, openers: Openers) -> Iterator[pa.RecordBatch]:
    for file in table.files:
        for entity in openers.read(file.path, name=file.name, options=options).entities[:1]:
            own = [one for one in schema.names if one in entity.schema.names and one not in table.stated]
            for batch in entity.batches(own):
                for name, kind in table.stated.items():
                    value = pa.scalar(file.values.get(name), pa.string()).cast(kind)
                    batch = batch.append_column(name, pa.repeat(value, batch.num_rows))  # noqa: PLW2901
                yield aligned([batch], schema.names, schema)


def stated_kind(values: Sequence[str | None], wanted: pa.DataType) -> pa.DataType:
    """Return the type that all stated values can be read as: the wanted one, else text."""
    try:
        pa.array(values, pa.string()).cast(wanted)
    except pa.ArrowInvalid:
        return pa.string()
    return wanted
