"""What an xlsx file holds and whether it is safe to parse, found out before any parser of cells sees it.

The archive is unpacked piece by piece, counted as it really unpacks rather than as it claims. Sheets go through
expat with document types refused, so that no entity is ever expanded.
"""

from __future__ import annotations

import zipfile
import zlib
from array import array
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from kouan.formats import messages
from kouan.formats.xlsx.sheet_scan import SheetScan, Unsafe, parse, text_lengths
from kouan.formats.zipped import Unpacking

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kouan.formats.options import Limits

_SHEET_MARK = b"sheetData"
_STRINGS = "sharedstrings.xml"
_UNREAD = {
    "macros": ("vbaproject.bin",),
    "comments": ("xl/comments", "xl/threadedcomments"),
    "pivots": ("xl/pivotcache",),
    "images": ("xl/media", "xl/drawings/drawing", "xl/charts"),
    "embedded": ("xl/embeddings", "xl/activex"),
    "links": ("xl/externallinks",),
    "connections": ("xl/connections.xml", "xl/querytables"),
}


_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    Unsafe,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


@dataclass(slots=True)
class WorkbookFacts:
    """Counts over all sheets of a workbook, and the kinds of parts that are not read (keys of `PART_NAMES`)."""

    formulas: int = 0
    errors: int = 0
    merged: int = 0
    hidden: int = 0
    unread: list[str] = field(default_factory=list)


def examine(path: Path, limits: Limits) -> WorkbookFacts:
    """Check an xlsx archive against the limits and count what its reader will not show.

    Raises:
        KouanError: K-FMT-007, 021, 022, 023.
    """
    part = "zip"
    try:
        with zipfile.ZipFile(path) as archive:
            unpacking = Unpacking(path, archive, limits)
            parts = _checked_parts(unpacking)
            examination = _Examination(path, limits, unpacking, WorkbookFacts(unread=_unread_parts(parts)))
            for info in sorted(parts, key=lambda info: not _is_strings(info.filename)):
                part = info.filename
                examination.see(info)
            return examination.facts
    except _BROKEN:
        raise messages.XLSX_DAMAGED.at(str(path), part=part) from None


@dataclass(slots=True)
class _Examination:
    """The parts of one archive, seen one after another; texts before the sheets that refer to them."""

    path: Path
    limits: Limits
    unpacking: Unpacking
    facts: WorkbookFacts
    lengths: array[int] = field(default_factory=lambda: array("L"))

    def see(self, info: zipfile.ZipInfo) -> None:
        """Unpack one part and judge it."""
        with closing(self.unpacking.pieces(info)) as pieces:
            if _is_strings(info.filename):
                self.lengths = text_lengths(pieces)
            elif info.filename.lower().endswith(".xml"):
                scan = SheetScan()
                parse(scan, pieces)
                self._judge(info, scan)
            else:
                _refuse_hidden_sheet(pieces)

    def _judge(self, info: zipfile.ZipInfo, scan: SheetScan) -> None:
        if scan.rows * scan.columns > self.limits.sheet_cells:
            raise messages.SHEET_TOO_LARGE.at(
                str(self.path), rows=scan.rows, columns=scan.columns, limit=self.limits.sheet_cells
            )
        if scan.shared * max(self.lengths, default=0) > self.limits.unzipped_bytes:
            self._check_text(info)
        self.facts.formulas += scan.formulas
        self.facts.errors += scan.errors
        self.facts.merged += scan.merged
        self.facts.hidden += scan.hidden
        if scan.header_footer and "header_footer" not in self.facts.unread:
            self.facts.unread.append("header_footer")

    def _check_text(self, info: zipfile.ZipInfo) -> None:
        """Refuse a sheet whose many references to few long texts would fill the memory."""
        scan = SheetScan(self.lengths)
        with closing(self.unpacking.pieces(info)) as pieces:
            parse(scan, pieces)
        if scan.text > self.limits.unzipped_bytes:
            raise self.unpacking.too_large(info.filename)


def _checked_parts(unpacking: Unpacking) -> list[zipfile.ZipInfo]:
    parts = unpacking.parts()
    if sum(_is_strings(info.filename) for info in parts) > 1:
        raise Unsafe
    return parts


def _refuse_hidden_sheet(pieces: Iterable[bytes]) -> None:
    """Unpack a part that is no XML by name, and refuse cells in it: they would escape the scan."""
    last = b""
    for piece in pieces:
        if _SHEET_MARK in last + piece:
            raise Unsafe
        last = piece[-len(_SHEET_MARK) :]


def _is_strings(name: str) -> bool:
    return name.lower().endswith(_STRINGS)


def _unread_parts(parts: list[zipfile.ZipInfo]) -> list[str]:
    names = [info.filename.lower() for info in parts]
    return [kind for kind, marks in _UNREAD.items() if any(mark in name for name in names for mark in marks)]
