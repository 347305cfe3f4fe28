"""Write a collection back: each file by the sink of its own format, all of them or none."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from kouan.formats import notes
from kouan.formats.collection.aligning import narrowed
from kouan.formats.collection.packing import land_folder, pack
from kouan.formats.collection.source import Collection
from kouan.formats.collection.spool import Spool
from kouan.formats.landing import PART_SUFFIX, writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Self

    from kouan.formats.collection.grouping import Part
    from kouan.formats.collection.source import MergedEntity
    from kouan.formats.source import Sink, Source, Writer
    from kouan.model.text import Text

_KEEP = "\0keep"
_MOST_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A table of a written file that is part of a table of another name."""

    member: str
    table: str
    entity: str


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A file that a sink left.

    Attributes:
        rows: in it; held: of the source's file, that were left out.
    """

    path: Path
    rows: int
    held: int = 0
    parts: tuple[WrittenPart, ...] = ()


@dataclass(slots=True)
class _Waiting:
    """Rows of one file that wait in the spool, by its tables, and how many of them stay.

    Attributes:
        written: they did not wait: the file stands already.
    """

    batches: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    rows: int = 0
    kept: int = 0
    written: bool = False


@dataclass(slots=True)
class _Direct:
    """The file of one table that is being written while its rows come."""

    member: int
    path: Path
    table: str
    schema: pa.Schema
    sink: Sink | None


class CollectionSink:
    """A folder or archive being written (see `Sink`).

    Rows come table by table. Files of one table are written as they come; rows of other files wait in an anonymous
    file until the end.
    """

    def __init__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema], write: Writer) -> None:
        assert isinstance(like, Collection)
        self._path = path.parents[len(like.pattern) - 1] if like.pattern else path
        self._like = like
        self._schemas = dict(schemas)
        self._write = write
        self._entities = {entity.name: entity for entity in like.entities}
        self._places = {name: _places(self._entities[name]) for name in schemas}
        self._left = dict.fromkeys(schemas, 0)
        self._part: dict[str, Part] = {}
        self._waiting: dict[int, _Waiting] = {}
        self._notes: dict[Text, list[str]] = {}
        self._left_out = 0
        self._tables = Counter(part.member for name in schemas for part in self._entities[name].parts)
        self._direct: _Direct | None = None
        self.written: list[WrittenFile] = []

    @property
    def notes(self) -> tuple[Text, ...]:
        """What the sinks of the files say, equal sentences once; complete once it is closed."""
        said = [] if self._like.loose else [notes.ARCHIVE_LOST]
        if self._left_out:
            said.append(notes.LEFT_OUT.fill(count=self._left_out))
        if len(self._like.shelf.members) == 1:
            return (*said, *self._notes)
        return (
            *said,
            *(notes.OF_FILES.fill(files=notes.listed(files), note=note) for note, files in self._notes.items()),
        )

    def __enter__(self) -> Self:
        self._spool = Spool()
        with writing(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside = self._path if self._path.is_dir() else self._path.parent
            self._folder = Path(tempfile.mkdtemp(PART_SUFFIX, f".{self._path.name[:64]}.", beside))
        return self

    def __exit__(self, *exc: object) -> None:
        try:
            self._close(*exc)
            if not (exc and exc[0] is not None):
                self._finish()
        finally:
            del self._spool
            with suppress(OSError):
                shutil.rmtree(self._folder)

    def write(self, entity: str, batch: pa.RecordBatch, keep: pa.BooleanArray | None = None) -> None:
        """Take rows of a merged table and find out whose they are.

        Raises:
            KouanError: K-FMT-027, 028.
            ValueError: these are not the rows, or not all the rows, that the reader gave before.
        """
        if batch.schema.names != self._schemas[entity].names:
            raise ValueError("the batch does not belong to this table")
        while batch.num_rows:
            while not self._left[entity]:
                part = next(self._places[entity], None)
                if part is None:
                    raise ValueError("more rows than were read")
                self._part[entity], self._left[entity] = part, part.rows
            count = min(self._left[entity], batch.num_rows)
            self._put(self._part[entity], batch.slice(0, count), None if keep is None else keep.slice(0, count))
            self._left[entity] -= count
            batch, keep = batch.slice(count), None if keep is None else keep.slice(count)

    def _put(self, part: Part, batch: pa.RecordBatch, keep: pa.BooleanArray | None) -> None:
        if self._tables[part.member] == 1:
            self._pass_on(part, batch, keep)
            return
        if batch.nbytes > _MOST_BYTES and batch.num_rows > 1:  # what comes back from the spool is held in memory
            half = batch.num_rows // 2
            self._put(part, batch.slice(0, half), None if keep is None else keep.slice(0, half))
            self._put(part, batch.slice(half), None if keep is None else keep.slice(half))
            return
        waiting = self._waiting.setdefault(part.member, _Waiting())
        waiting.rows += batch.num_rows
        waiting.kept += batch.num_rows if keep is None else keep.true_count
        keep = pa.nulls(batch.num_rows, pa.bool_()) if keep is None else keep
        place = self._spool.append(batch.append_column(_KEEP, keep).serialize())
        waiting.batches.setdefault(part.table, []).append(place)

    def _pass_on(self, part: Part, batch: pa.RecordBatch, keep: pa.BooleanArray | None) -> None:
        """Write rows of a file that has no other table."""
        if self._direct is None or self._direct.member != part.member:
            self._close(None)
            self._direct = self._opened(part)
        waiting = self._waiting[part.member]
        waiting.rows += batch.num_rows
        waiting.kept += batch.num_rows if keep is None else keep.true_count
        if self._direct.sink is not None:
            self._direct.sink.write(part.table, narrowed(batch, self._direct.schema), keep)

    def _opened(self, part: Part) -> _Direct:
        """Begin the file of a table."""
        opened = self._like.shelf.open(part.member)
        (entity,) = (name for name in self._schemas if part in self._entities[name].parts)
        own = next(one for one in opened.source.entities if one.name == part.table)
        schema = _narrow(own.schema, self._schemas[entity])
        path = self._place(part.member)
        sink = None
        if len(schema):  # of columns of JSON, a file may know none of the paths that are left
            sink = self._write(path, opened.source, schemas={part.table: schema})
            sink.__enter__()
        self._waiting[part.member] = _Waiting(written=True)
        return _Direct(part.member, path, part.table, schema, sink)

    def _close(self, *exc: object) -> None:
        """Finish the file that is being written, if any; one of which no row stays goes."""
        direct, self._direct = self._direct, None
        if direct is None or direct.sink is None:
            return
        direct.sink.__exit__(*(exc if exc and exc[0] is not None else (None, None, None)))
        if exc and exc[0] is not None:
            return
        if not self._waiting[direct.member].kept:
            direct.path.unlink(missing_ok=True)
        for note in direct.sink.notes:
            self._notes.setdefault(note, []).append(self._like.shelf.members[direct.member].name)

    def _place(self, index: int) -> Path:
        path: Path = self._folder / self._like.shelf.members[index].name
        with writing(self._path):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        return path

    def _finish(self) -> None:
        if any(self._left.values()) or any(part.rows for parts in self._places.values() for part in parts):
            raise ValueError("fewer rows than were read")
        stays = self._stays()
        if not stays:
            return
        done = list(self._written(stays))
        if self._like.loose:
            land_folder(self._folder, self._path, [file.path for file in done])
            self.written = [replace(file, path=self._path / file.path.relative_to(self._folder)) for file in done]
        else:
            parts = tuple(part for file in done for part in file.parts)
            rows, kept = (sum(getattr(one, what) for one in self._waiting.values()) for what in ("rows", "kept"))
            self.written = [WrittenFile(self._path, kept, rows - kept, parts)]

    def _stays(self) -> dict[int, dict[str, str]]:
        """Return the files to write with the merged tables of their own; those that lose every row are left out."""
        entities: dict[int, dict[str, str]] = {}
        for name in self._schemas:
            for part in self._entities[name].parts:
                entities.setdefault(part.member, {})[part.table] = name
        empty = {index for index, waiting in self._waiting.items() if waiting.rows and not waiting.kept}
        self._left_out = len(empty)
        return {index: tables for index, tables in entities.items() if index not in empty}

    def _written(self, entities: Mapping[int, Mapping[str, str]]) -> Iterator[WrittenFile]:
        """Write the files that stay, one after another, into the hidden folder; of an archive, into it."""
        kind = None if self._like.loose else (self._like.format, self._like.packed)
        with pack(self._path, kind) as put:
            for index in sorted(entities):
                waiting = self._waiting.get(index, _Waiting())
                name = self._like.shelf.members[index].name
                path = self._place(index)
                if not waiting.written:
                    self._write_member(index, path, waiting, entities[index])
                if not path.exists():  # a document of which no record stays
                    self._left_out += 1
                    continue
                if put is not None:
                    put(name, path)
                    path.unlink()
                parts = tuple(
                    WrittenPart(name, table, entity) for table, entity in entities[index].items() if table != entity
                )
                yield WrittenFile(path, waiting.kept, waiting.rows - waiting.kept, parts)

    def _write_member(self, index: int, path: Path, waiting: _Waiting, entities: Mapping[str, str]) -> None:
        opened = self._like.shelf.open(index)
        schemas = {
            entity.name: _narrow(entity.schema, self._schemas[entities[entity.name]])
            for entity in opened.source.entities
            if entity.name in entities
        }
        schemas = {name: schema for name, schema in schemas.items() if len(schema)}
        if not schemas:
            return
        with self._write(path, opened.source, schemas=schemas) as sink:
            for table, schema in schemas.items():
                for place in waiting.batches.get(table, ()):
                    batch, keep = self._again(self._schemas[entities[table]], place)
                    sink.write(table, narrowed(batch, schema), keep)
        for note in sink.notes:
            self._notes.setdefault(note, []).append(self._like.shelf.members[index].name)

    def _again(self, schema: pa.Schema, place: tuple[int, int]) -> tuple[pa.RecordBatch, pa.BooleanArray | None]:
        """Return a batch from the spool, and its rows that stay (None for all)."""
        marked = schema.append(pa.field(_KEEP, pa.bool_()))
        batch = pa.ipc.read_record_batch(pa.py_buffer(self._spool.read(*place)), marked)
        keep = batch.column(len(schema))
        return batch.select(schema.names), None if keep.null_count else keep


def _places(entity: MergedEntity) -> Iterator[Part]:
    return iter([part for part in entity.parts if part.rows])


def _narrow(own: pa.Schema, treated: pa.Schema) -> pa.Schema:
    """Return the columns that a file has, with the types after treatment; single values stay single."""
    fields = []
    for one in own:
        place = treated.get_field_index(one.name)
        if place < 0:
            continue
        kind = treated.field(place).type
        single = pa.types.is_list(kind) and not pa.types.is_list(one.type)
        fields.append(pa.field(one.name, kind.value_type if single else kind, metadata=one.metadata))
    return pa.schema(fields)
