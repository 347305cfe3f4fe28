"""What an xlsx file holds and whether it is safe to parse, found out before any parser of cells sees it.

The archive is unpacked piece by piece, counted as it really unpacks rather than as it claims. Sheets go through
expat with document types refused, so that no entity is ever expanded.
"""

from __future__ import annotations

import copy
import zipfile
import zlib
from array import array
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from kouan.formats import messages
from kouan.formats.files import PIECE
from kouan.formats.xlsx.sheet_scan import SheetScan, Unsafe, parse, text_lengths

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path

    from kouan.formats.options import Limits

_MOST_PARTS = 20_000
_SMALL = 1 << 20
_ENCRYPTED = 0x1
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
            parts = _checked_parts(path, archive, limits=limits)
            examination = _Examination(path, limits, archive, WorkbookFacts(unread=_unread_parts(parts)))
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
    archive: zipfile.ZipFile
    facts: WorkbookFacts
    used: int = 0
    lengths: array[int] = field(default_factory=lambda: array("L"))

    def see(self, info: zipfile.ZipInfo) -> None:
        """Unpack one part and judge it."""
        with closing(self._unpack(info)) as pieces:
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
        with closing(self._unpack(info)) as pieces:
            parse(scan, pieces)
        if scan.text > self.limits.unzipped_bytes:
            raise _too_large(self.path, info.filename, limits=self.limits)

    def _unpack(self, info: zipfile.ZipInfo) -> Generator[bytes]:
        """Yield a part's bytes as they really are, whatever size it claims."""
        honest = copy.copy(info)
        honest.file_size = self.limits.unzipped_bytes + PIECE
        size = 0
        with self.archive.open(honest) as stream:
            while piece := stream.read(PIECE):
                size += len(piece)
                self.used += len(piece)
                over = size > _SMALL and size > self.limits.zip_ratio * info.compress_size
                if over or self.used > self.limits.unzipped_bytes:
                    raise _too_large(self.path, info.filename, limits=self.limits)
                yield piece


def _checked_parts(path: Path, archive: zipfile.ZipFile, *, limits: Limits) -> list[zipfile.ZipInfo]:
    """Return the parts once the directory is plain: no repeats, no comment, known methods, sizes within bounds."""
    parts = archive.infolist()
    names = {info.filename.lower() for info in parts}
    if len(parts) > _MOST_PARTS or sum(info.file_size for info in parts) > limits.unzipped_bytes:
        raise _too_large(path, f"{len(parts)} parts", limits=limits)
    for info in parts:  # a bomb that says so is not even unpacked
        if info.file_size > max(_SMALL, limits.zip_ratio * info.compress_size):
            raise _too_large(path, info.filename, limits=limits)
    if any(info.flag_bits & _ENCRYPTED for info in parts):
        raise messages.PASSWORD.at(str(path))
    known = all(info.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for info in parts)
    strings = sum(_is_strings(name) for name in names)
    if len(names) < len(parts) or archive.comment or not known or strings > 1:
        raise messages.XLSX_DAMAGED.at(str(path), part="zip")
    return parts


def _too_large(path: Path, part: str, *, limits: Limits) -> Exception:
    return messages.ZIP_TOO_LARGE.at(
        str(path), part=part, limit=limits.unzipped_bytes // _SMALL, ratio=limits.zip_ratio
    )


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
