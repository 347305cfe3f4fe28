"""Open folders, patterns and archives."""

from __future__ import annotations

import hashlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kouan.formats import messages as catalogue
from kouan.formats import notes
from kouan.formats.collection import messages
from kouan.formats.collection.grouping import Found, Grouping
from kouan.formats.collection.members import FileMember, Member, TableMember
from kouan.formats.collection.source import Collection, MergedEntity, Openers, Shelf
from kouan.formats.collection.unpack import Unpacked, unpack_gzip, unpack_tar, unpack_zip
from kouan.formats.collection.walk import split_pattern, walk
from kouan.formats.define import read_define, with_labels
from kouan.formats.files import take_in
from kouan.model.errors import KouanError
from kouan.model.text import Text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kouan.formats.files import OpenedFile
    from kouan.formats.options import ReadOptions
    from kouan.formats.source import Entity, Source

FATAL = {catalogue.CHANGED.code, catalogue.DISK_FULL.code, catalogue.WRITE_FAILED.code}
_UNPACKED_LATE = {"parquet", "arrow"}
"""Formats whose tables know their rows before a value has been unpacked."""


def open_folder(path: Path, *, name: str, options: ReadOptions, openers: Openers) -> Collection:
    """Open a folder, or the files that fit a pattern.

    Raises:
        KouanError: K-FMT-001, 003, 026, 040, 041, 042, and what unpacking a member needs (027, 028).
    """
    base, pattern = split_pattern(path)
    found = walk(base, pattern, options.limits)
    stats = _stats(found.members)
    shelf = Shelf(str(base), _data_of(found.members), openers=openers, options=options)
    gathered = Gathered.of(shelf, options=options, openers=openers)
    place = PurePosixPath(name)
    parts = [part for part in place.parts[: len(place.parts) - len(pattern)] if part not in {"..", ".", "/"}]
    entities = _labelled(gathered.entities(parts[-1] if parts else ""), found.members)

    def unchanged() -> None:
        if _stats(walk(base, pattern, options.limits).members) != stats:
            raise catalogue.CHANGED.at(str(path))

    unchanged()
    return Collection(
        name=name,
        path=path,
        format="folder",
        detail=gathered.detail(),
        size=sum(member.size for member in shelf.members),
        sha256=gathered.digest(),
        entities=entities,
        shelf=shelf,
        complete=gathered.complete,
        notes=(*found.notes, *_definition_notes(found.members), *gathered.notes(), *gathered.merged(entities)),
        unchanged=unchanged,
        pattern=pattern,
    )


def open_zip(path: Path, *, name: str, options: ReadOptions, openers: Openers) -> Collection:
    """Open a zip. Raises KouanError: K-FMT-025, 027, 028, 040 to 049."""
    file = take_in(path)
    return _archive(file, unpack_zip(path, options.limits), ("zip", name), options=options, openers=openers)


def open_tar(path: Path, *, name: str, options: ReadOptions, openers: Openers) -> Collection:
    """Open a tar file. Raises KouanError: K-FMT-025, 027, 028, 040 to 047, 049."""
    file = take_in(path)
    return _archive(file, unpack_tar(path, options.limits), ("tar", name), options=options, openers=openers)


def open_gzip(path: Path, *, name: str, options: ReadOptions, openers: Openers) -> Collection:
    """Open a gzip file or a tar inside one. Raises KouanError: K-FMT-025, 027, 028, 040 to 047, 049."""
    file = take_in(path)
    inner = path.stem if options.title is None else options.title
    unpacked = unpack_gzip(path, inner, options.limits)
    kind = "tar" if unpacked.packed else "gzip"
    if unpacked.packed and openers.inside:
        raise messages.NESTED_CONTAINER.at(str(path), kind="tar")
    return _archive(file, unpacked, (kind, name), options=options, openers=openers)


def _archive(
    file: OpenedFile, unpacked: Unpacked, kind_and_name: tuple[str, str], *, options: ReadOptions, openers: Openers
) -> Collection:
    kind, name = kind_and_name
    shelf = Shelf(str(file.path), _data_of(unpacked.members), openers=openers, options=options)
    gathered = Gathered.of(shelf, options=options, openers=openers)
    file.check_unchanged()
    stem = PurePosixPath(name).stem
    entities = _labelled(gathered.entities(PurePosixPath(stem).stem if unpacked.packed else stem), unpacked.members)
    return Collection(
        name=name,
        path=file.path,
        format=kind,
        detail=gathered.detail("gzip" if unpacked.packed else ""),
        size=file.size,
        sha256=file.sha256,
        entities=entities,
        shelf=shelf,
        complete=gathered.complete,
        notes=(*unpacked.notes, *_definition_notes(unpacked.members), *gathered.notes(), *gathered.merged(entities)),
        unchanged=file.check_unchanged,
        packed=unpacked.packed,
    )


@dataclass(frozen=True, slots=True)
class Gathered:
    """What opening every member gave.

    Attributes:
        partly: members of which a part was not read.
    """

    shelf: Shelf
    grouping: Grouping
    formats: Counter[str]
    failed: dict[int, KouanError]
    said: dict[Text, list[str]]
    partly: set[int] = field(default_factory=set)

    @property
    def complete(self) -> bool:
        """Whether all of every member was read."""
        return not self.failed and not self.partly

    @classmethod
    def of(cls, shelf: Shelf, *, options: ReadOptions, openers: Openers) -> Gathered:
        """Open every member once; one that cannot be read is remembered with its error.

        Raises:
            KouanError: K-FMT-040, 041, or of the first member when all are refused for one reason.
        """
        if not shelf.members:
            raise messages.NO_MEMBERS.at(shelf.where)
        done = cls(shelf, Grouping(options.merged), Counter(), {}, {})
        for index, member in enumerate(shelf.members):
            try:
                source, rows = _read_through(shelf, index)
            except KouanError as error:
                if error.code in FATAL:
                    raise
                error.__context__ = None  # what it was raised from holds the file open
                done.failed[index] = error.with_traceback(None)
                continue
            done.formats[source.format] += 1
            if not source.complete:
                done.partly.add(index)
            document = openers.is_document(source.format)
            if isinstance(source, Collection):  # one file in gzip
                document = any(entity.document for entity in source.entities)
            done.grouping.add(Found(index, member.name, source.format, document), source.entities, rows)
            for note in source.notes:
                done.said.setdefault(note, []).append(member.name)
        if not done.formats:
            first = next(iter(done.failed.values()))
            if len({error.code for error in done.failed.values()}) == 1:
                raise first
            names = [f"{shelf.members[index].name} {error.code}" for index, error in done.failed.items()]
            raise messages.NONE_READ.at(shelf.where, files=notes.listed(names))
        return done

    def entities(self, base: str) -> tuple[MergedEntity, ...]:
        """Return the tables."""
        return tuple(
            MergedEntity(name, group.schema, group.document, tuple(group.parts), self.shelf)
            for name, group in self.grouping.finish(base or "table").items()
        )

    def merged(self, entities: Sequence[MergedEntity]) -> Iterator[Text]:
        """Say which tables of files are read as one; kinds of records always are."""
        for entity in entities:
            if len(entity.parts) > 1 and not entity.document:
                files = [self.shelf.members[part.member].name for part in entity.parts]
                yield notes.ONE_TABLE.fill(count=len(files), table=entity.name, files=notes.listed(files))

    def detail(self, first: str = "") -> str:
        """Return the formats of the members with their numbers."""
        return ", ".join([*filter(None, [first]), *(f"{kind} × {count}" for kind, count in self.formats.items())])

    def digest(self) -> str:
        """Return the digest over lines `<hex>  <name>`, as `sha256sum` writes them, sorted by name.

        An unread member has the code of its error in place of its digest.
        """
        lines = [
            f"{self.failed[index].code if index in self.failed else self.shelf.digest(index).removeprefix('sha256:')}"
            f"  {member.name}\n"
            for index, member in enumerate(self.shelf.members)
        ]
        return f"sha256:{hashlib.sha256(''.join(lines).encode()).hexdigest()}"

    def notes(self) -> tuple[Text, ...]:
        """Return what was not read, and what the members' readers say; equal sentences are said once."""
        unread: dict[tuple[str, Text, Text], list[str]] = {}
        for index, error in self.failed.items():
            unread.setdefault((error.code, error.what, error.fix), []).append(shown(self.shelf.members[index].name))
        count = len(self.shelf.members)
        said = [
            notes.UNREAD_OF.fill(all=count, unread=len(self.failed), read=count - len(self.failed))
            for _ in list(self.failed)[:1]
        ]
        said += [
            notes.UNREAD_MEMBER.fill(count=len(files), code=code, what=what, files=notes.listed(files, 20), fix=fix)
            for (code, what, fix), files in unread.items()
        ]
        if len(self.shelf.members) == 1:
            return (*said, *self.said)
        return (
            *said,
            *(notes.OF_FILES.fill(files=notes.listed(files), note=note) for note, files in self.said.items()),
        )


def read_through(source: Source) -> None:
    """Read a single file as far as opening did not, so that damage shows. Raises KouanError as its reader does."""
    for entity in source.entities:
        _rows(entity, source.format)


def _read_through(shelf: Shelf, index: int) -> tuple[Source, list[int]]:
    """Return a member's source and the rows of its tables, read through where opening does not show all damage."""
    opened = shelf.open(index)
    if isinstance(shelf.members[index], TableMember):
        return opened.source, [entity.rows or 0 for entity in opened.source.entities]
    with shelf.errors_of(index, opened.held.path):
        return opened.source, [_rows(entity, opened.source.format) for entity in opened.source.entities]


def _rows(entity: Entity, kind: str) -> int:
    if entity.rows is None:
        return sum(batch.num_rows for batch in entity.batches([]))
    if kind in _UNPACKED_LATE:
        return sum(batch.num_rows for batch in entity.batches())
    return entity.rows


def _data_of(members: Sequence[Member]) -> list[Member]:
    """Leave out what describes data and is none: a define.xml beside SAS transport files."""
    described = {str(PurePosixPath(member.name).parent) for member in members if _suffix(member) == ".xpt"}
    return [member for member in members if not _is_definition(member, described)]


def _labelled(entities: Sequence[MergedEntity], members: Sequence[Member]) -> tuple[MergedEntity, ...]:
    """Return the tables with the labels that a define.xml beside them gives; one that cannot be read gives none."""
    data = {member.name for member in _data_of(members)}
    done = tuple(entities)
    for member in (member for member in members if member.name not in data):
        with suppress(KouanError):
            define = read_define(member.hold().path)
            done = tuple(replace(one, schema=with_labels(one.schema, one.name, define)) for one in done)
    return done


def _definition_notes(members: Sequence[Member]) -> tuple[Text, ...]:
    data = {member.name for member in _data_of(members)}
    names = [member.name for member in members if member.name not in data]
    return (notes.DEFINITION.fill(files=notes.listed(names)),) if names else ()


def _is_definition(member: Member, described: set[str]) -> bool:
    place = PurePosixPath(member.name)
    return place.name.lower() == "define.xml" and str(place.parent) in described


def _suffix(member: Member) -> str:
    return PurePosixPath(member.name).suffix.lower()


def _stats(members: Sequence[Member]) -> list[tuple[str, int, int, int]]:
    """Return what shows a change of a folder's files."""
    facts = []
    for member in members:
        now = (0, 0, 0)
        if isinstance(member, FileMember):
            try:
                found = member.path.stat()
                now = (found.st_size, found.st_mtime_ns, found.st_ino)
            except OSError:
                pass
        facts.append((member.name, *now))
    return facts
