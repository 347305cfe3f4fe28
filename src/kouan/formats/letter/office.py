"""A Word or PowerPoint document in memory: what each of its parts says, as tables."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from kouan.formats.files import take_in
from kouan.formats.kept import Kept
from kouan.formats.letter import messages
from kouan.formats.letter.labels import is_markup, is_thumbnail, label_of, unread_kind
from kouan.formats.letter.loaded import Loaded, source_of
from kouan.formats.letter.markup import MarkupReader
from kouan.formats.letter.package import TYPES, part_text, write_package
from kouan.formats.letter.properties import APP, CORE, CUSTOM, properties
from kouan.formats.letter.tables import Table, flat, headed, texts, told
from kouan.formats.tree.faults import ScanError
from kouan.formats.tree.scan import scan
from kouan.formats.zipped import BROKEN, Unpacking

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

    from kouan.formats.files import OpenedFile
    from kouan.formats.letter.cells import Spot
    from kouan.formats.letter.markup import Marked, Pieces
    from kouan.formats.letter.package import Patches
    from kouan.formats.opened import FileSource
    from kouan.formats.options import Limits, ReadOptions
    from kouan.formats.tree.nodes import Nodes

_ROOM = 128 << 20
_BYTES_IN_MEMORY = 12
_BROKEN = (*BROKEN, OSError, RuntimeError, ValueError)


_KEPT = Kept[tuple[str, str, "Limits"], Loaded](_ROOM)


@dataclass(frozen=True)
class OfficeFile:
    """A document on disk and the limits within which it is read."""

    file: OpenedFile
    kind: str
    limits: Limits

    def load(self) -> Loaded:
        """Return what it says. Raises KouanError: K-FMT-007, 022, 025, 081, 082."""
        key = (self.file.sha256, self.kind, self.limits)
        loaded = _KEPT.get(key)
        if loaded is None:
            loaded = load_office(self.file.path, self.kind, self.limits)
            self.file.check_unchanged()
            _KEPT.put(key, loaded)
        return loaded

    def again(self, path: Path) -> Loaded:
        """Return what a document says that was written in this one's manner."""
        return load_office(path, self.kind, self.limits)

    def write(self, out: IO[bytes], patches: Patches, loaded: Loaded) -> None:
        """Write the document with texts changed. Raises KouanError: K-FMT-081."""
        try:
            write_package(self.file.path, out, patches, loaded.extra)
        except BROKEN:
            raise messages.OFFICE_DAMAGED.at(str(self.file.path), kind=self.kind, part="zip") from None


def load_office(path: Path, kind: str, limits: Limits) -> Loaded:
    """Read a document. Raises KouanError: K-FMT-007, 022, 081, 082."""
    part = "zip"
    try:
        with zipfile.ZipFile(path) as archive:
            unpacking = Unpacking(path, archive, limits)
            said = _Said()
            size = 0
            for info in sorted(unpacking.parts(), key=_reading_order):
                part = info.filename
                if info.is_dir():
                    continue
                if not is_markup(part):
                    for _ in unpacking.pieces(info):  # proven to unpack, though no one reads it
                        pass
                    said.pass_over(part)
                    continue
                data = part_text(b"".join(unpacking.pieces(info)))
                size += len(data)
                if size > limits.office_bytes:
                    raise messages.OFFICE_LARGE.at(str(path), limit=limits.office_bytes >> 20)
                if b"<!DOCTYPE" in data:
                    raise messages.OFFICE_DAMAGED.at(str(path), kind=kind, part=part)
                said.take(part, data, scan(data, "xml", limits))
    except (*_BROKEN, ScanError):
        raise messages.OFFICE_DAMAGED.at(str(path), kind=kind, part=part) from None
    memory = size * _BYTES_IN_MEMORY + 4096
    signed = "signature" in said.unread
    return Loaded(said.tables(), said.unread, said.counts, tuple(said.extra), memory, signed)


def _reading_order(info: zipfile.ZipInfo) -> tuple[int, str, int, str]:
    """Put what a reader sees first: the text, then what stands around it, then all else; slides by number."""
    label = label_of(info.filename)
    word, _, number = label.partition(" ")
    first = ["body", "slide", "notes", "footnote", "comment", "header", "footer"]
    rank = first.index(word) if word in first else len(first)
    return rank, word if rank < len(first) else "", int(number) if number.isdigit() else 0, info.filename


class _Said:
    """What the parts say, gathered one after another."""

    def __init__(self) -> None:
        self.unread: dict[str, int] = {}
        self.counts: dict[str, int] = {}
        self.extra: list[str] = []
        self._lines: list[tuple[str, Pieces]] = []
        self._grids: list[tuple[str, Table]] = []
        self._authors: list[tuple[str, Spot]] = []
        self._asides: list[tuple[str, Spot]] = []
        self._properties: dict[str, tuple[bytes, Nodes]] = {}

    def pass_over(self, part: str) -> None:
        """Count a part that cannot be read."""
        if is_thumbnail(part):
            self.extra.append(part)
        elif kind := unread_kind(part):
            self.unread[kind] = self.unread.get(kind, 0) + 1

    def take(self, part: str, data: bytes, nodes: Nodes) -> None:
        """Take in what a part says."""
        if part == TYPES:
            return
        if part in {CORE, APP, CUSTOM}:
            self._properties[part] = (data, nodes)
            return
        label = label_of(part)
        self._add(label, MarkupReader(part, data, nodes, any_name=label in {"custom XML", "properties"}).read())

    def _add(self, label: str, found: Marked) -> None:
        lines = [(at, place, pieces) for at, place, pieces in found.lines]
        for at, rows in found.grids:
            table = headed(rows)
            if table is not None:
                self._grids.append(table)
            else:
                lines += [(at, "", line) for line in flat(rows)]
        for _, place, pieces in sorted(lines, key=lambda line: line[0]):
            (alone, *more) = pieces
            if label == "layout" and not more and not isinstance(alone, str):
                self._asides.append((label, alone))  # the same invitation to write on every layout
                continue
            self._lines.append((place or label, pieces))
            for kind in {place, label} & {"deleted", "hidden", "comment"}:
                self.counts[kind] = self.counts.get(kind, 0) + 1
        self._authors += found.authors
        self._asides += [(label, spot) for spot in found.asides]

    def tables(self) -> dict[str, Table]:
        """Return the tables that have rows, by name."""
        row, rest = properties(self._properties)
        done = {"body": texts(self._lines)}
        done |= _named(self._grids)
        done["properties"] = row
        done["authors"] = told("author_name", self._authors)
        done["elsewhere"] = told("text", [*self._asides, *rest])
        return {name: table for name, table in done.items() if table.rows}


def _named(grids: list[tuple[str, Table]]) -> dict[str, Table]:
    """Put tables of the same columns together, and give the others names of their own."""
    done: dict[str, Table] = {}
    for title, table in grids:
        name, number = title, 2
        while name in done and done[name].columns != table.columns:
            name, number = f"{title} ({number})", number + 1
        if name in done:
            done[name].rows += table.rows
        else:
            done[name] = table
    return done


def _open(path: Path, *, name: str, options: ReadOptions, kind: str) -> FileSource:
    document = OfficeFile(take_in(path), kind, options.limits)
    return source_of(document, name=name, options=options)


open_docx = partial(_open, kind="docx")
"""Open a Word document. Raises KouanError: K-FMT-007, 022, 025, 081, 082, 083."""
open_pptx = partial(_open, kind="pptx")
"""Open a presentation. Raises KouanError: K-FMT-007, 022, 025, 081, 082, 083."""
