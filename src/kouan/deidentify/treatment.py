"""Treat every source in a stream and write it in its own format."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import chain, repeat
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify import messages
from kouan.deidentify.checks import check_plan
from kouan.deidentify.columns import as_text, can_be_text
from kouan.deidentify.rules import transform
from kouan.engine.threads import map_ordered
from kouan.formats import member_names, open_sink, written_files
from kouan.model.canonical import sha256_file
from kouan.model.items import item_id
from kouan.model.plan import Action
from kouan.model.ports import silent
from kouan.model.text import Text
from kouan.model.treatment import TreatedFile, TreatedItem, TreatedPart, Treatment, staged_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kouan.deidentify.columns import Kernel
    from kouan.formats.source import Entity, Source
    from kouan.model.inventory import Inventory, Item
    from kouan.model.plan import Plan, PlanLine
    from kouan.model.ports import KeyStore, Progress

_EMPTY_TABLE = Text(
    zh="表“{entity}”没有留下任何列，未写出", en="no column of the table “{entity}” is left; it was not written"
)
_EMPTY_FILE = Text(zh="来源“{source}”没有留下任何列，未写出", en="no column of “{source}” is left; it was not written")


@dataclass(frozen=True, slots=True)
class _Column:
    """One column of a table and what happens to it; kernel None when it stays as it is."""

    name: str
    line: PlanLine
    kernel: Kernel | None
    type: pa.DataType


@dataclass(slots=True)
class _Tally:
    """Cells of one item."""

    cells: int = 0
    changed: int = 0
    emptied: int = 0

    def add(self, other: _Tally) -> None:
        self.cells += other.cells
        self.changed += other.changed
        self.emptied += other.emptied


@dataclass(frozen=True, slots=True)
class _Job:
    """What a run of the plan shares."""

    lines: Mapping[str, PlanLine]
    items: Mapping[str, Item]
    key: bytes
    out: Path
    threads: int
    progress: Progress
    total: int | None


def apply_plan(
    plan: Plan,
    sources: Sequence[Source],
    inventory: Inventory,
    *,
    keys: KeyStore,
    out: Path,
    threads: int,
    progress: Progress = silent,
) -> Treatment:
    """Treat the sources in bounded memory and write them under their own names below `out`.

    Treated columns are text; kept columns keep their type. Of a dropped column only the counts of the inventory are
    given (all its non-null cells count as changed and emptied); it is not read.

    Args:
        plan: checked again here.
        sources: the raw data, as the inventory describes them.
        inventory: of the raw data.
        keys: derives the pseudonym key for `plan.key`.
        out: folder for the treated files; names leading out of it (`../x.csv`) are written by their inner part.
        threads: batches treated at a time.
        progress: hears rows as stage `deidentify`.

    Raises:
        KouanError: K-DEI-001 to K-DEI-006 and K-DEI-008 to K-DEI-011, or a reader's or writer's error; files are
            written whole or not at all.
    """
    check_plan(plan, inventory, "plan")
    keyed = any(line.action is Action.PSEUDONYM for line in plan.lines)
    job = _Job(
        lines={line.item: line for line in plan.lines},
        items={item.id: item for item in inventory.items},
        key=keys.derive(plan.key) if keyed else b"",
        out=out,
        threads=threads,
        progress=progress,
        total=_rows(sources),
    )
    paths = _paths(sources)
    notes: list[Text] = []
    files: list[TreatedFile] = []
    tallies: dict[str, _Tally] = {line.item: _dropped(job.items[line.item]) for line in plan.lines if _gone(line)}
    for source in sources:
        done = sum(file.rows for file in files)
        written = _treat(source, paths[source.name], job, tallies=tallies, done=done)
        notes += [] if written else [_EMPTY_FILE.fill(source=source.name)]
        files += written
    items = tuple(_treated(line, tallies.get(line.item, _Tally())) for line in plan.lines)
    fingerprint = keys.fingerprint(plan.key) if keyed else None
    return Treatment(key=fingerprint, files=tuple(files), items=items, notes=tuple(notes))


def _treat(source: Source, name: str, job: _Job, *, tallies: dict[str, _Tally], done: int) -> list[TreatedFile]:
    tables = {entity.name: _columns(source, entity, job) for entity in source.entities}
    left = {entity: columns for entity, columns in tables.items() if columns}
    if not left:
        return []
    path = job.out / name
    if not member_names(source):
        path.parent.mkdir(parents=True, exist_ok=True)
    schemas = {entity: pa.schema([(one.name, one.type) for one in columns]) for entity, columns in left.items()}
    rows = 0
    with open_sink(path, source, schemas=schemas) as sink:
        for entity in source.entities:
            if entity.name not in left:
                continue
            columns = left[entity.name]
            batches = entity.batches([column.name for column in columns])
            for batch, counts in map_ordered(batches, partial(_run, columns=columns), job.threads):
                sink.write(entity.name, batch)
                rows += batch.num_rows
                job.progress("deidentify", done + rows, job.total)
                for column, tally in zip(columns, counts, strict=True):
                    tallies.setdefault(column.line.item, _Tally()).add(tally)
        source.check_unchanged()
    notes = (*sink.notes, *(_EMPTY_TABLE.fill(entity=entity) for entity in tables if entity not in left))
    return [
        TreatedFile(
            source=source.name,
            staged=file.path.relative_to(job.out).as_posix(),
            rows=file.rows,
            bytes=file.path.stat().st_size,
            sha256=sha256_file(file.path),
            notes=notes if first else (),
            parts=tuple(TreatedPart(member=one.member, table=one.table, entity=one.entity) for one in file.parts),
        )
        for first, file in zip(chain([True], repeat(False)), written_files(sink, path, rows), strict=False)
    ]


def _columns(source: Source, entity: Entity, job: _Job) -> list[_Column]:
    """Return the columns that stay, each with its kernel and its type after treatment."""
    columns = []
    for field in entity.schema:
        item = item_id(source.name, entity.name, field.name)
        line = job.lines.get(item)
        if line is None:
            raise messages.COLUMN_NEW.at(source.name, item=item)
        if _gone(line):
            continue
        kernel = transform(line, meaning=job.items[item].meaning, key=job.key)
        if kernel is not None and not can_be_text(field.type):
            raise messages.TYPE.at(source.name, item=item, type=field.type, action=line.action)
        columns.append(_Column(field.name, line, kernel, field.type if kernel is None else pa.string()))
    return columns


def _run(raw: pa.RecordBatch, columns: Sequence[_Column]) -> tuple[pa.RecordBatch, list[_Tally]]:
    treated = [_cells(array, column) for array, column in zip(raw.columns, columns, strict=True)]
    batch = pa.RecordBatch.from_arrays(
        [array for array, _ in treated], schema=pa.schema([(column.name, column.type) for column in columns])
    )
    return batch, [tally for _, tally in treated]


def _cells(array: pa.Array, column: _Column) -> tuple[pa.Array, _Tally]:
    if column.kernel is None:
        return array, _Tally(cells=len(array))
    try:
        treated = column.kernel(array)
        emptied = treated.null_count - array.null_count
        changed = emptied + (pc.sum(pc.not_equal(as_text(array), treated)).as_py() or 0)
    except pa.ArrowException:
        # Arrow's messages quote cells.
        raise messages.CELLS.at(column.line.item, item=column.line.item, type=array.type) from None
    return treated, _Tally(cells=len(array), changed=changed, emptied=emptied)


def _rows(sources: Sequence[Source]) -> int | None:
    rows = [entity.rows for source in sources for entity in source.entities]
    known = [count for count in rows if count is not None]
    return sum(known) if len(known) == len(rows) else None


def _gone(line: PlanLine) -> bool:
    return line.action is Action.DROP


def _dropped(item: Item) -> _Tally:
    full = item.cells - item.nulls
    return _Tally(cells=item.cells, changed=full, emptied=full)


def _treated(line: PlanLine, tally: _Tally) -> TreatedItem:
    return TreatedItem(
        item=line.item,
        action=line.action,
        params=line.params,
        cells=tally.cells,
        changed=tally.changed,
        emptied=tally.emptied,
    )


def _paths(sources: Sequence[Source]) -> dict[str, str]:
    """Return each source's file name below `out`."""
    paths: dict[str, str] = {}
    for source in sources:
        name = staged_name(source.name)
        if name in paths.values():
            raise messages.SAME_FILE.at(source.name, name=name)
        paths[source.name] = name
    return paths
