"""docx as paragraphs and tables: one part of the archive, parsed without document types and within bounds."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from kouan.formats.printed.layout import LaidOut, Table, TooMuchError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PART = "word/document.xml"
_MAIN = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_PIECE = 1 << 16
_DEEPEST = 200
_RATIO = 250
_SMALL = 1 << 20


class DamagedError(Exception):
    """The file is not what its name says, or not safe to read."""


def read_docx(path: Path, blocks: LaidOut, *, most_bytes: int) -> None:
    """Read a document's body; a table inside a cell is read as that cell's text.

    Raises:
        DamagedError, TooMuchError, zipfile.BadZipFile, expat.ExpatError
    """
    with zipfile.ZipFile(path) as archive:
        names = [info for info in archive.infolist() if info.filename == _PART]
        if len(names) != 1 or names[0].flag_bits & 1:
            raise DamagedError
        reader = _Reader(blocks)
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.StartElementHandler = reader.start
        parser.EndElementHandler = reader.end
        parser.CharacterDataHandler = reader.text
        for piece in _unpacked(archive, names[0], most_bytes=most_bytes * 4):
            parser.Parse(piece, False)
        parser.Parse(b"", True)


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, most_bytes: int) -> Iterator[bytes]:
    """Yield the part's bytes as they really are, whatever size it claims."""
    size = 0
    with archive.open(info) as stream:
        while piece := stream.read(_PIECE):
            size += len(piece)
            if size > most_bytes or (size > _SMALL and size > _RATIO * info.compress_size):
                raise TooMuchError
            yield piece


def _refuse(*_: object) -> None:
    raise DamagedError


@dataclass(slots=True)
class _Reader:
    """Builds blocks from the elements p, t, tab, br, tbl, tr, tc, gridSpan, vMerge; all else is passed through.

    Deleted text of a tracked change is another element (delText) and so is not read; inserted text is.
    """

    blocks: LaidOut
    depth: int = 0
    tables: int = 0
    table: Table | None = None
    pieces: list[str] = field(default_factory=list)
    taking: bool = False
    across: int = 1
    merge: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Open an element."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise TooMuchError
        space, _, tag = name.rpartition(" ")
        if space not in _MAIN:
            return
        if tag == "tbl":
            self.tables += 1
            if self.tables == 1:
                self.pieces, self.table = [], Table(self.blocks)
        elif tag == "tr" and self.tables == 1 and self.table is not None:
            self.table.row()
        elif tag == "tc" and self.tables == 1:
            self.pieces, self.across, self.merge = [], 1, None
        elif tag in ("gridSpan", "vMerge") and self.tables == 1:
            self._property(tag, attributes.get(f"{space} val", ""))
        elif tag in ("tab", "br", "cr"):
            self.pieces.append(" " if tag == "tab" else "\n")
        self.taking = tag == "t"

    def end(self, name: str) -> None:
        """Close an element."""
        self.depth -= 1
        self.taking = False
        space, _, tag = name.rpartition(" ")
        if space not in _MAIN:
            return
        if tag == "p":
            if self.table is None:
                self.blocks.paragraph("".join(self.pieces))
                self.pieces = []
            else:
                self.pieces.append("\n")
        elif tag == "tc" and self.tables == 1 and self.table is not None:
            self._cell(self.table)
        elif tag == "tbl":
            self.tables -= 1
            if self.tables == 0 and self.table is not None:
                self.blocks.blocks.append(self.table.block())
                self.pieces, self.table = [], None

    def text(self, data: str) -> None:
        """Take text of a run."""
        if self.taking:
            self.pieces.append(data)

    def _property(self, tag: str, value: str) -> None:
        if tag == "vMerge":
            self.merge = value or "continue"
        elif value.isascii() and value.isdigit() and len(value) < 6:  # noqa: PLR2004 - a width beyond all tables
            self.across = int(value)

    def _cell(self, table: Table) -> None:
        if self.merge == "continue":
            table.cell(table.above(), across=self.across, own=False)
        else:
            table.cell("".join(self.pieces).strip(), across=self.across)
        self.pieces = []
