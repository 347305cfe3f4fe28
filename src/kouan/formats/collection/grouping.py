"""Which tables of many files belong together, and what the table that they form is called."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pyarrow as pa

from kouan.formats.payload.entity import PayloadEntity
from kouan.formats.source import SHAPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.formats.source import Entity

_TAIL = "-_.() 0123456789"


@dataclass(frozen=True, slots=True)
class Part:
    """One table of one file.

    Attributes:
        member: place of the file in its collection.
        table: name of the table inside the file.
    """

    member: int
    table: str
    rows: int


@dataclass(frozen=True, slots=True)
class Found:
    """One file as it was opened.

    Attributes:
        member: its place.
        name: path inside the collection.
        kind: format; tables of different formats never merge.
        document: whether its tables are the kinds of records of a document.
    """

    member: int
    name: str
    kind: str
    document: bool


@dataclass(slots=True)
class Group:
    """Tables that form one.

    Attributes:
        names: what it may be called, the best first.
        marks: metadata of the tables, which all have in common.
    """

    document: bool
    fields: dict[str, pa.Field] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    titled: bool = False
    fixed: str | None = None
    marks: dict[bytes, bytes] | None = None

    @property
    def schema(self) -> pa.Schema:
        """Union of the columns, in the order in which they were first seen."""
        return pa.schema(list(self.fields.values()), metadata=self.marks)

    def add(self, part: Part, file: str, schema: pa.Schema) -> None:
        """Take in one more table."""
        for one in schema:
            known = self.fields.get(one.name)
            if known is None:
                self.fields[one.name] = one.with_nullable(True)
            elif known.type != one.type:
                self.fields[one.name] = known.with_type(_common(known.type, one.type))
        self.parts.append(part)
        self.files.append(file)

    def names(self, base: str) -> list[str]:
        """Return what the table may be called; `base` is the collection's own name."""
        if self.fixed is not None:
            return [self.fixed]
        table, first = self.parts[0].table, PurePosixPath(self.files[0])
        if self.titled:
            return [table, f"{first.with_suffix('')}/{table}", f"{first}/{table}"]
        if len(self.parts) == 1:
            return [table, str(first.with_suffix("")), str(first)]
        above = os.path.commonpath([str(PurePosixPath(file).parent) for file in self.files])
        stems = _common_start([PurePosixPath(file).stem for file in self.files]).rstrip(_TAIL)
        return [name for name in (PurePosixPath(above).name or base, stems, str(first.with_suffix(""))) if name]


class Grouping:
    """The tables of a collection, added in the order of its files.

    Tables of documents belong together when their kinds of records have one name in one standard; other tables when
    format, column names and types are equal, and, for files of several tables, the table's name.
    """

    def __init__(self, merged: Mapping[str, Mapping[str, str]] | None) -> None:
        self._merged = merged
        self._groups: dict[object, Group] = {}

    def add(self, found: Found, entities: Sequence[Entity], rows: Sequence[int]) -> None:
        """Add the tables of one file."""
        for entity, count in zip(entities, rows, strict=True):
            titled = not found.document and len(entities) > 1
            fixed = entity.name if found.document else None
            if self._merged is not None:
                fixed = self._merged.get(found.name, {}).get(entity.name, entity.name)
            marks = entity.schema.metadata if found.document else None
            kind = (marks or {}).get(SHAPE, b"")
            key = (fixed, kind) if fixed is not None else (found.kind, _columns(entity), titled and entity.name)
            group = self._groups.setdefault(key, Group(found.document, titled=titled, fixed=fixed, marks=marks))
            group.add(Part(found.member, entity.name, count), found.name, entity.schema)

    def finish(self, base: str) -> dict[str, Group]:
        """Return the tables by their names, all different, in the order in which they were first seen."""
        groups = list(self._groups.values())
        choices = [group.names(base) for group in groups]
        level = [0] * len(groups)
        while True:
            names = [_nfc(some[place]) for some, place in zip(choices, level, strict=True)]
            count = Counter(names)
            shared = [
                index for index, name in enumerate(names) if count[name] > 1 and level[index] + 1 < len(choices[index])
            ]
            if not shared:
                break
            for index in shared:
                level[index] += 1
        return dict(zip(_distinct(names), groups, strict=True))


def _columns(entity: Entity) -> frozenset[tuple[str, str]]:
    """Return the columns of a table as its file has them: of a column of JSON, each file may know other paths."""
    schema = entity.inner.schema if isinstance(entity, PayloadEntity) else entity.schema
    return frozenset((one.name, str(one.type)) for one in schema)


def _common(one: pa.DataType, other: pa.DataType) -> pa.DataType:
    """Return the type that holds both: a value that repeats in some record is a list in all."""
    if pa.types.is_null(one) or pa.types.is_null(other):
        return other if pa.types.is_null(one) else one
    if pa.types.is_list(one) or pa.types.is_list(other):
        return pa.list_(pa.string())
    return pa.string()


def _common_start(words: list[str]) -> str:
    first, last = min(words), max(words)
    same = next((place for place, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:same]


def _distinct(names: list[str]) -> list[str]:
    taken = set(names)
    seen: set[str] = set()
    result = []
    for name in names:
        one, number = name, 2
        while one in seen or (one != name and one in taken):
            one, number = f"{name} ({number})", number + 1
        seen.add(one)
        result.append(one)
    return result


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)
