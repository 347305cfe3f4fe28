"""Write documents and mail back: treated texts in their places, all else as it was.

A paragraph, table row or header field that is held back stays, emptied. What is about to get its name is read again and
compared.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kouan.formats.landing import Landing, writing
from kouan.formats.letter import messages, notes
from kouan.formats.letter.cells import left
from kouan.formats.letter.mail import MailFile
from kouan.formats.letter.office import OfficeFile
from kouan.formats.notes import listed
from kouan.formats.opened import FileSource

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Self

    import pyarrow as pa

    from kouan.formats.letter.cells import Patch
    from kouan.formats.letter.loaded import Loaded
    from kouan.formats.letter.tables import Table
    from kouan.formats.source import Source
    from kouan.model.text import Text

_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*?/?>(?:\s*</(?:\w+:)?Relationship>)?")
_OVERRIDE = re.compile(rb"<(?:\w+:)?Override\s[^<>]*?/>")
_ROOT = "_rels/.rels"
_TYPES = "[Content_Types].xml"
_LEFT = re.compile("[\u2011\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff?]")


@dataclass(slots=True)
class _Table:
    """A table as it comes in.

    Attributes:
        expected: what is read again of each column.
    """

    table: Table
    names: list[str]
    at: int = 0
    held: int = 0
    expected: dict[str, list[str]] = field(default_factory=dict)


class SplicedSink:
    """A document being written (see `Sink`); one of which no row stays is not written."""

    def __init__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> None:
        layout = like.layout if isinstance(like, FileSource) else None
        if not isinstance(layout, OfficeFile | MailFile):
            raise TypeError("a document is written like the document it comes from")
        self._path, self._like, self._document = path, like, layout
        self._loaded = layout.load()
        self._patches: dict[str, list[tuple[int, int, bytes]]] = {}
        self._tables = {
            name: _Table(table, schemas[name].names if name in schemas else [])
            for name, table in self._loaded.tables.items()
        }
        self._kept = 0
        for name, one in self._tables.items():
            if name not in schemas:
                for row in one.table.rows:
                    for cell in row:
                        self._put(cell.patches("") if cell is not None and cell.text else ())

    @property
    def notes(self) -> tuple[Text, ...]:
        """What became of the document besides treated values."""
        return tuple(self._notes())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        if exc and exc[0] is not None:
            return
        if any(one.at != len(one.table.rows) for one in self._tables.values() if one.names):
            raise ValueError("not all rows of the table were written")
        held = sum(one.held for one in self._tables.values())
        if held and not self._kept:
            return
        if self._patches and self._loaded.signed:
            raise messages.SIGNED.at(self._like.name)
        landing = Landing(self._path)
        try:
            with writing(self._path):
                self._document.write(landing.stream, self._patches, self._loaded)
                landing.stream.flush()
            self._like.check_unchanged()
            if self._patches:
                self._compare(self._document.again(landing.part))
            landing.land()
        except BaseException:
            landing.abandon()
            raise

    def write(self, entity: str, batch: pa.RecordBatch, keep: pa.BooleanArray | None = None) -> None:
        """Take the treated values of the next rows."""
        one = self._tables[entity]
        rows = one.table.rows[one.at : one.at + batch.num_rows]
        if batch.schema.names != one.names or len(rows) != batch.num_rows:
            raise ValueError("the batch does not belong to this table")
        stays = [True] * batch.num_rows if keep is None else [bool(stay) for stay in keep.to_pylist()]
        given = {name: batch.column(place).to_pylist() for place, name in enumerate(batch.schema.names)}
        for column, name in enumerate(one.table.columns):
            if name in one.table.fixed:
                continue
            news = given.get(name, [None] * len(rows))
            for row, new, stay in zip(rows, news, stays, strict=True):
                cell, text = row[column], (new or "") if stay else ""
                if cell is None:
                    continue
                if text != cell.text:
                    self._put(cell.patches(text))
                one.expected.setdefault(name, []).append(left(cell, text))
        one.at += batch.num_rows
        self._kept += sum(stays)
        one.held += batch.num_rows - sum(stays)

    def _put(self, patches: Iterable[Patch]) -> None:
        for part, start, end, new in patches:
            self._patches.setdefault(part, []).append((start, end, new))

    def _compare(self, again: Loaded) -> None:
        """Hold what is read of the written document against what was given."""
        lost = (one.table for name, one in self._tables.items() if name not in again.tables)
        headers = _said(table.header for table in lost)
        for name, one in self._tables.items():
            found = again.tables.get(name)
            for column in one.table.columns:
                if column in one.table.fixed:
                    continue
                expected = _said(one.expected.get(column, []))
                there: list[str] = []
                if found is not None and column in found.columns:
                    at = found.columns.index(column)
                    there = _said(cell.text for row in found.rows if (cell := row[at]) is not None)
                if name == "body":
                    there = _without(there, headers)
                if (set(expected) != set(there)) if one.table.bag else (expected != there):
                    raise messages.OFFICE_CHANGED.at(str(self._path), table=name, column=column)
        for name in again.tables.keys() - self._tables.keys() - ({"body"} if headers else set()):
            raise messages.OFFICE_CHANGED.at(str(self._path), table=name, column="")

    def _notes(self) -> Iterator[Text]:
        for name, one in self._tables.items():
            gone = [column for column in one.table.columns if column not in one.names and column not in one.table.fixed]
            if gone:
                yield notes.OFFICE_EMPTIED.fill(table=name, columns=listed(gone))
            if one.held:
                yield notes.OFFICE_HELD.fill(table=name, count=one.held)
        if self._loaded.extra:
            yield notes.OFFICE_THUMBNAIL


def _without(texts: list[str], gone: list[str]) -> list[str]:
    """Return texts less one of each of those that are gone."""
    left = Counter(gone)
    kept = []
    for text in texts:
        if left[text]:
            left[text] -= 1
        else:
            kept.append(text)
    return kept


def _said(texts: Iterable[str]) -> list[str]:
    """Return texts that say something, white space and what XML cannot hold left out of account."""
    tidy = ("".join(_LEFT.sub("", text).split()) for text in texts)
    return [text for text in tidy if text]
