"""A source of many files: tables that belong together are one, and every row knows its file."""

from __future__ import annotations

from collections import OrderedDict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from threading import Lock
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from kouan.formats import messages
from kouan.formats.collection.aligning import aligned
from kouan.formats.occurrences import RECORD, occurrences
from kouan.formats.opened import chosen
from kouan.model.errors import KouanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from kouan.formats.collection.grouping import Part
    from kouan.formats.collection.members import Held, Member
    from kouan.formats.options import ReadOptions
    from kouan.formats.source import Reader, Source
    from kouan.model.text import Text

_MOST_OPEN = 16
_MOST_DOCUMENTS = 1024
_MOST_BYTES = 256 << 20
_MOST_GATHERED = 256
_ENOUGH_ROWS = 4096


@dataclass(frozen=True, slots=True)
class Openers:
    """What a collection needs to know of single files.

    Attributes:
        read: opens one.
        is_document: of a format, whether its tables are kinds of records of documents.
        inside: the collection is itself a member of one: only a single file in gzip may be.
    """

    read: Reader
    is_document: Callable[[str], bool]
    inside: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A member that is open as long as this object lives."""

    source: Source
    held: Held


class Shelf:
    """The members of a collection; the last few stay open, and many documents, which hold little while they do.

    A member read again is opened again, and must be the same byte for byte; `seen` are digests of those that were
    opened before.
    """

    def __init__(
        self,
        where: str,
        members: Sequence[Member],
        *,
        openers: Openers,
        options: ReadOptions,
        seen: Mapping[int, str] | None = None,
    ) -> None:
        self.where = where
        self.members = tuple(members)
        self.openers = openers
        self.options = options
        self._digests = dict(seen or {})
        self._open: OrderedDict[int, Opened] = OrderedDict()
        self._documents: OrderedDict[int, Opened] = OrderedDict()
        self._lock = Lock()

    def digest(self, index: int) -> str:
        """Return the digest of a member that was opened. Raises KeyError."""
        return self._digests[index]

    def open(self, index: int) -> Opened:
        """Open a member. Raises KouanError as its reader does; K-FMT-025 when it is not the one seen before."""
        with self._lock:
            for kept in (self._documents, self._open):
                if index in kept:
                    kept.move_to_end(index)
                    return kept[index]
        member = self.members[index]
        held = member.hold()
        with self.errors_of(index, held.path):
            options = replace(self.options, title=PurePosixPath(member.name).stem, merged=None)
            found = Opened(self.openers.read(held.path, name=member.name, options=options), held)
        if self._digests.setdefault(index, found.source.sha256) != found.source.sha256:
            raise messages.CHANGED.at(f"{self.where} / {member.name}")
        self._keep(index, found)
        return found

    def _keep(self, index: int, found: Opened) -> None:
        with self._lock:
            if found.held.spool is None and self.openers.is_document(found.source.format):
                self._documents[index] = found
                if len(self._documents) > _MOST_DOCUMENTS:
                    self._documents.popitem(last=False)
                return
            self._open[index] = found
            while len(self._open) > 1 and (
                len(self._open) > _MOST_OPEN or sum(self.members[one].size for one in self._open) > _MOST_BYTES
            ):
                self._open.popitem(last=False)

    @contextmanager
    def errors_of(self, index: int, path: Path) -> Iterator[None]:
        """Name the member, not its place on disk or in memory, in errors of its reader."""
        try:
            yield
        except KouanError as error:
            error.where = error.where.replace(str(path), f"{self.where} / {self.members[index].name}")
            raise


@dataclass(frozen=True, slots=True)
class MergedEntity:
    """Tables of many files read as one; rows of small files are gathered, so that kernels have something to do.

    Attributes:
        document: whether its rows are records of documents.
        parts: the tables, in order.
    """

    name: str
    schema: pa.Schema
    document: bool
    parts: tuple[Part, ...]
    shelf: Shelf

    @property
    def rows(self) -> int | None:
        """Rows of all files, counted when they were opened."""
        return sum(part.rows for part in self.parts)

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read the files one after another. Raises KouanError as their readers do, K-FMT-025."""
        names = chosen(self.schema, columns)
        waiting: list[pa.RecordBatch] = []
        rows = 0
        for batch in self._apart(names):
            waiting.append(batch)
            rows += batch.num_rows
            if len(waiting) >= _MOST_GATHERED or rows >= _ENOUGH_ROWS:
                yield aligned(waiting, names, self.schema)
                waiting, rows = [], 0
        if waiting:
            yield aligned(waiting, names, self.schema)

    def occurrences(self, at: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Read one row for each element at a path inside a record of a document, file after file."""
        before = 0
        for part in self.parts:
            opened = self.shelf.open(part.member)
            entity = next(one for one in opened.source.entities if one.name == part.table)
            with self.shelf.errors_of(part.member, opened.held.path):
                for batch in occurrences(entity, at, columns) or ():
                    place = batch.schema.get_field_index(RECORD)
                    yield batch.set_column(place, RECORD, pc.add(batch.column(place), before))
            before += part.rows

    def _apart(self, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
        """Read the files one after another, each with those of the columns that it has."""
        for part in self.parts:
            opened = self.shelf.open(part.member)
            entity = next(one for one in opened.source.entities if one.name == part.table)
            known = frozenset(entity.schema.names)
            own = [name for name in names if name in known]
            seen = 0
            with self.shelf.errors_of(part.member, opened.held.path):
                for batch in entity.batches(own):
                    seen += batch.num_rows
                    yield batch
            if seen != part.rows:
                raise messages.CHANGED.at(f"{self.shelf.where} / {self.shelf.members[part.member].name}")


@dataclass(frozen=True, slots=True)
class Collection:
    """A folder, a pattern of names, or an archive (see `Source`).

    Attributes:
        pattern: parts of the pattern below `path`; none for a folder or archive.
        packed: a tar that is inside gzip.
        unchanged: raises KouanError when what was opened is no longer there as it was.
    """

    name: str
    path: Path
    format: str
    detail: str
    size: int
    sha256: str
    entities: tuple[MergedEntity, ...]
    shelf: Shelf
    complete: bool
    notes: tuple[Text, ...]
    unchanged: Callable[[], None]
    pattern: tuple[str, ...] = ()
    packed: bool = False

    @property
    def loose(self) -> bool:
        """Whether its files lie apart from one another and in no archive."""
        return self.format not in {"zip", "tar", "gzip"}

    @property
    def base(self) -> Path:
        """The folder that a pattern starts at; else where it lies."""
        return self.path.parents[len(self.pattern) - 1] if self.pattern else self.path

    def check_unchanged(self) -> None:
        """Raise K-FMT-025 if anything of it is no longer what was opened."""
        self.unchanged()
