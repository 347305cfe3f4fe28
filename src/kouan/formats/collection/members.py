"""Members of a folder or archive: where their bytes are, and how they get a path that readers can open."""

from __future__ import annotations

import copy
import os
import struct
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kouan.formats.collection import messages
from kouan.formats.collection.spool import Spool
from kouan.formats.files import PIECE, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kouan.model.errors import KouanError

_ENCRYPTED = 0x1 | 0x40
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    IndexError,  # an entry without a name
)
"""What the parser of an archive may raise for a damaged one."""


@dataclass(frozen=True, slots=True)
class Held:
    """A member that can be read as long as this object lives."""

    path: Path
    spool: Spool | None = None


class Member(Protocol):
    """One file of a collection."""

    @property
    def name(self) -> str:
        """Path inside the collection, with `/`."""

    @property
    def size(self) -> int:
        """Bytes when unpacked."""

    def hold(self) -> Held:
        """Give it a path. Raises KouanError: K-FMT-026, 027, 028, 043, 049, 050, 051."""


@dataclass(frozen=True, slots=True)
class FileMember:
    """A file in a folder."""

    name: str
    path: Path
    size: int

    def hold(self) -> Held:
        """It has a path already."""
        return Held(self.path)


@dataclass(frozen=True, slots=True)
class RefusedMember:
    """A name in a folder that is not read at all."""

    name: str
    error: KouanError
    size: int = 0

    def hold(self) -> Held:
        """Raise the reason."""
        raise self.error


@dataclass(frozen=True, slots=True)
class WholeMember:
    """A file that was unpacked or fetched once, such as the one inside a gzip file."""

    name: str
    spool: Spool

    @property
    def size(self) -> int:
        """Bytes when unpacked."""
        return self.spool.size

    def hold(self) -> Held:
        """It is unpacked already."""
        return Held(self.spool.path, self.spool)


@dataclass(frozen=True, slots=True)
class TableMember(WholeMember):
    """A table that came in a stream and was kept by this software: reading it through shows no damage."""


@dataclass(frozen=True, slots=True)
class RangeMember:
    """A stretch of a tar file.

    Attributes:
        keep: what keeps `archive` alive when that is itself unpacked.
    """

    name: str
    archive: Path
    offset: int
    size: int
    keep: Spool | None = None

    def hold(self) -> Held:
        """Copy the stretch."""
        spool = Spool.of(self._pieces())
        if spool.size != self.size:
            raise messages.CONTAINER_DAMAGED.at(f"{self.archive} / {self.name}", kind="tar")
        return Held(spool.path, spool)

    def _pieces(self) -> Iterator[bytes]:
        with opened(self.archive) as descriptor:
            place, end = self.offset, self.offset + self.size
            while place < end and (piece := os.pread(descriptor, min(PIECE, end - place), place)):
                yield piece
                place += len(piece)


@dataclass(frozen=True, slots=True)
class ZipMember:
    """A file inside a zip, which unpacks to exactly as many bytes as it claims, or is damaged.

    Attributes:
        where: the zip, for errors.
        archive: stays open, so that its directory is parsed once.
    """

    name: str
    where: str
    archive: zipfile.ZipFile
    info: zipfile.ZipInfo

    @property
    def size(self) -> int:
        """Bytes as the directory claims; they were checked against the limits."""
        return self.info.file_size

    def hold(self) -> Held:
        """Unpack it."""
        where = f"{self.where} / {self.name}"
        if self.info.flag_bits & _ENCRYPTED:
            raise messages.MEMBER_LOCKED.at(where)
        if self.info.compress_type not in _METHODS:
            raise messages.METHOD.at(where, method=self.info.compress_type)
        spool = Spool()
        try:
            for piece in self._pieces():
                spool.append(piece)
        except BROKEN:
            raise messages.CONTAINER_DAMAGED.at(where, kind="zip") from None
        if spool.size != self.size:
            raise messages.CONTAINER_DAMAGED.at(where, kind="zip")
        return Held(spool.path, spool)

    def _pieces(self) -> Iterator[bytes]:
        honest = copy.copy(self.info)
        honest.file_size += 1  # the parser stops at the claimed size; one byte more shows a claim that is too small
        with self.archive.open(honest) as stream:
            size = 0
            while size <= self.size and (piece := stream.read(PIECE)):
                size += len(piece)
                yield piece
