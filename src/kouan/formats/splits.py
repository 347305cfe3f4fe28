"""Splits: pieces of a table that another process reads by itself, where the same files lie at the same place.

A split knows what was opened: a process that finds other bytes there refuses.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from kouan.formats import messages
from kouan.formats.collection.members import FileMember
from kouan.formats.collection.source import MergedEntity, Shelf
from kouan.formats.columnar.parquet_read import ParquetTable
from kouan.formats.files import reading, take_in
from kouan.formats.payload.entity import PayloadEntity
from kouan.formats.remote.s3 import ObjectMember

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from kouan.formats.collection.grouping import Part
    from kouan.formats.collection.members import Member
    from kouan.formats.collection.source import Openers
    from kouan.formats.files import OpenedFile
    from kouan.formats.options import ReadOptions
    from kouan.formats.source import Entity


_SPLIT_BYTES, _SPLIT_FILES = 64 << 20, 1024
"""Files of a folder that make one split."""


def splits_of(entity: Entity) -> tuple[Entity, ...] | None:
    """Return the splits of a table in order, each a table made of plain data; None where only this process can read.

    The row groups of a Parquet file are splits, and so are the files of a folder and the objects of a store. Rows of an
    archive or a database lie in temporary files of this process; a workbook, a document and other single files are
    read in one go.
    """
    if isinstance(entity, ParquetTable):
        groups = range(len(entity.footer.groups))
        bare = replace(entity, metadata=None)  # which hold the least and the greatest value of every column
        return tuple(GroupSplit(replace(bare, only=range(group, group + 1))) for group in groups)
    if isinstance(entity, PayloadEntity):
        inner = splits_of(entity.inner)
        return None if inner is None else tuple(replace(entity, inner=one) for one in inner)
    if isinstance(entity, MergedEntity):
        apart = [_elsewhere(entity.shelf.members[part.member]) for part in entity.parts]
        return None if None in apart else tuple(_folder_splits(entity))
    return None


def _elsewhere(member: Member) -> Member | None:
    """Return a file as another process can read it, or None."""
    if isinstance(member, ObjectMember):
        return member.elsewhere()
    return member if isinstance(member, FileMember) else None


@dataclass(frozen=True, slots=True)
class GroupSplit:
    """A row group of a Parquet file (see `splits_of`)."""

    table: ParquetTable

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.table.name

    @property
    def schema(self) -> pa.Schema:
        """Columns of the table."""
        return self.table.schema

    @property
    def rows(self) -> int:
        """Rows of the group."""
        return sum(self.table.footer.groups[group].rows for group in self.table.only or ())

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read it. Raises KouanError as the reader does, K-FMT-025 for other bytes."""
        return replace(self.table, file=seen_here(self.table.file)).batches(columns)


@dataclass(frozen=True, slots=True)
class FolderSplit:
    """Some files of a folder (see `splits_of`).

    Attributes:
        table: what these files have of the table; its shelf is made anew wherever it is read.
        members, digests: the files.
    """

    name: str
    schema: pa.Schema
    document: bool
    parts: tuple[Part, ...]
    where: str
    members: tuple[Member, ...]
    digests: tuple[str, ...] = field(repr=False)
    openers: Openers
    options: ReadOptions

    @property
    def rows(self) -> int:
        """Rows of these files."""
        return sum(part.rows for part in self.parts)

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read it. Raises KouanError as the readers do, K-FMT-025 for other bytes."""
        seen = dict(enumerate(self.digests))
        shelf = Shelf(self.where, self.members, openers=self.openers, options=self.options, seen=seen)
        return MergedEntity(self.name, self.schema, self.document, self.parts, shelf).batches(columns)


def _folder_splits(entity: MergedEntity) -> Iterator[FolderSplit]:
    waiting: list[Part] = []
    size = 0
    for part in entity.parts:
        more = entity.shelf.members[part.member].size
        if waiting and (size + more > _SPLIT_BYTES or len(waiting) >= _SPLIT_FILES):
            yield _folder_split(entity, waiting)
            waiting, size = [], 0
        waiting.append(part)
        size += more
    if waiting:
        yield _folder_split(entity, waiting)


def _folder_split(entity: MergedEntity, parts: Sequence[Part]) -> FolderSplit:
    shelf = entity.shelf
    members = list(dict.fromkeys(part.member for part in parts))
    return FolderSplit(
        name=entity.name,
        schema=entity.schema,
        document=entity.document,
        parts=tuple(replace(part, member=members.index(part.member)) for part in parts),
        where=shelf.where,
        members=tuple(one for one in (_elsewhere(shelf.members[one]) for one in members) if one is not None),
        digests=tuple(shelf.digest(one) for one in members),
        openers=shelf.openers,
        options=shelf.options,
    )


@lru_cache(maxsize=64)
def seen_here(file: OpenedFile) -> OpenedFile:
    """Return an opened file as this machine sees it: the same by its stat, or else by its digest.

    Raises:
        KouanError: K-FMT-025 for other bytes, K-FMT-001, 002 or 003 where this machine has none.
    """
    with reading(file.path):
        now = file.path.stat()
    if (now.st_size, now.st_mtime_ns, now.st_ino) == (file.size, file.mtime_ns, file.inode):
        return file
    here = take_in(file.path) if now.st_size == file.size else None
    if here is None or here.sha256 != file.sha256:
        raise messages.CHANGED.at(str(file.path))
    return here
