"""The parts of an office document's zip, safe to unpack: counted as they really unpack, not as they claim."""

from __future__ import annotations

import copy
import os
import zipfile
import zlib
from typing import TYPE_CHECKING

from kouan.formats import messages
from kouan.formats.files import PIECE, opened

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from kouan.formats.options import Limits

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
"""What copying a part of a package may raise; `NotImplementedError` is zipfile's word for a method it cannot unpack."""
_MOST_PARTS = 20_000
_SMALL = 1 << 20
_ENCRYPTED, _DESCRIBED, _UTF8 = 0x1, 0x8, 0x800
_LOCAL, _CENTRAL, _END, _DESCRIPTOR = 30, 46, 22, 24


class Unpacking:
    """One archive whose parts are unpacked one after another within its limits."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._path, self._archive, self._limits = path, archive, limits
        self._used = 0

    def parts(self) -> list[zipfile.ZipInfo]:
        """Return the parts once the directory is plain: no repeats, no comment, known methods, sizes within bounds.

        Raises:
            KouanError: K-FMT-007, 022.
            zipfile.BadZipFile
        """
        parts, limits = self._archive.infolist(), self._limits
        if len(parts) > _MOST_PARTS or sum(info.file_size for info in parts) > limits.unzipped_bytes:
            raise self.too_large(f"{len(parts)} parts")
        for info in parts:  # a bomb that says so is not even unpacked
            if info.file_size > max(_SMALL, limits.zip_ratio * info.compress_size):
                raise self.too_large(info.filename)
        if any(info.flag_bits & _ENCRYPTED for info in parts):
            raise messages.PASSWORD.at(str(self._path))
        known = all(info.compress_type in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for info in parts)
        if len({info.filename.lower() for info in parts}) < len(parts) or self._archive.comment or not known:
            raise zipfile.BadZipFile
        return parts

    def pieces(self, info: zipfile.ZipInfo) -> Generator[bytes]:
        """Yield a part's bytes as they really are, whatever size it claims. Raises KouanError: K-FMT-022."""
        honest = copy.copy(info)
        honest.file_size = self._limits.unzipped_bytes + PIECE
        size = 0
        with self._archive.open(honest) as stream:
            while piece := stream.read(PIECE):
                size += len(piece)
                self._used += len(piece)
                over = size > _SMALL and size > self._limits.zip_ratio * info.compress_size
                if over or self._used > self._limits.unzipped_bytes:
                    raise self.too_large(info.filename)
                yield piece

    def too_large(self, part: str) -> Exception:
        """Return the error to raise for a part."""
        limit, ratio = self._limits.unzipped_bytes // _SMALL, self._limits.zip_ratio
        return messages.ZIP_TOO_LARGE.at(str(self._path), part=part, limit=limit, ratio=ratio)


def is_tight(path: Path, archive: zipfile.ZipFile) -> bool:
    """Tell whether a zip holds nothing but its parts: no bytes before, between or behind them, no comments."""
    end = 0
    described = False
    with opened(path) as descriptor:
        for info in sorted(archive.infolist(), key=lambda info: info.header_offset):
            head = os.pread(descriptor, _LOCAL, info.header_offset)
            gap = info.header_offset - end
            if len(head) < _LOCAL or info.comment or not 0 <= gap <= _DESCRIPTOR * described:
                return False
            lengths = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
            end = info.header_offset + _LOCAL + lengths + info.compress_size
            described = bool(info.flag_bits & _DESCRIBED)
        listed = sum(_CENTRAL + len(_name_of(info)) + len(info.extra) for info in archive.infolist())
        size = os.fstat(descriptor).st_size
    return 0 <= archive.start_dir - end <= _DESCRIPTOR * described and size == archive.start_dir + listed + _END


def _name_of(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("utf-8" if info.flag_bits & _UTF8 else "cp437")
