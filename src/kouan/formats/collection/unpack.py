"""Open zip, tar and gzip against hostile content: everything is judged before the first byte of a member is read."""

from __future__ import annotations

import os
import tarfile
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from kouan.formats import notes
from kouan.formats.collection import messages
from kouan.formats.collection.member_names import NameCheck, is_hidden, zip_name
from kouan.formats.collection.members import BROKEN, Member, RangeMember, WholeMember, ZipMember
from kouan.formats.collection.spool import Spool
from kouan.formats.files import PIECE, head_of, opened, pieces_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kouan.formats.options import Limits
    from kouan.model.text import Text

GZIP = b"\x1f\x8b"
_BLOCK = 512
_SMALL = 1 << 20
_LOCAL = 30
_GZIP_WINDOW = 31
_PLAIN_TYPES = {tarfile.REGTYPE, tarfile.AREGTYPE}


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What an archive holds.

    Attributes:
        members: its files, hidden ones left out, by name.
        notes: what was left out.
        packed: a tar inside gzip.
    """

    members: tuple[Member, ...]
    notes: tuple[Text, ...] = ()
    packed: bool = False


def unpack_zip(path: Path, limits: Limits) -> Unpacked:
    """List a zip. Raises KouanError: K-FMT-042, 043, 045, 046, 048, 049."""
    try:
        archive = zipfile.ZipFile(path)
        infos = [info for info in archive.infolist() if not info.is_dir()]
        _check_count(path, len(infos), limits=limits)
        _check_overlap(path, archive)
    except BROKEN:
        raise messages.CONTAINER_DAMAGED.at(str(path), kind="zip") from None
    total = 0
    check = NameCheck(str(path))
    members = []
    for number, info in enumerate(infos, start=1):
        name = zip_name(info)
        check.admit(name, number)
        total += info.file_size
        _check_size(path, name, size=info.file_size, packed=info.compress_size, limits=limits)
        if total > limits.unpacked_bytes:
            raise _too_large(path, name, limits=limits)
        members.append(ZipMember(name, str(path), archive, info))
    return _shown(members)


def unpack_tar(path: Path, limits: Limits) -> Unpacked:
    """List a tar file. Raises KouanError: K-FMT-042, 045, 046, 047, 049."""
    return _shown(list(_tar_members(path, str(path), limits=limits)))


def unpack_gzip(path: Path, name: str, limits: Limits) -> Unpacked:
    """Unpack gzip: the one file in it, or the files of the tar in it.

    Raises:
        KouanError: K-FMT-042, 043, 045, 046, 047, 049.
    """
    spool = Spool.of(_gunzipped(path, limits))
    if spool.size and is_tar(head_of(spool.path, _BLOCK)):
        shown = _shown(list(_tar_members(spool.path, str(path), limits=limits, keep=spool)))
        return Unpacked(shown.members, shown.notes, packed=True)
    return Unpacked((WholeMember(name.removesuffix(".gz").removesuffix(".GZ"), spool),))


def is_tar(head: bytes) -> bool:
    """Return whether 512 bytes are the header of a tar entry: its checksum holds."""
    if len(head) < _BLOCK or not head[0]:
        return False
    try:
        claimed = int(head[148:156].strip(b" \0") or b"x", 8)
    except ValueError:
        return False
    return claimed == sum(head[:148]) + sum(head[156:_BLOCK]) + 8 * ord(" ")


def _gunzipped(path: Path, limits: Limits) -> Iterator[bytes]:
    """Yield what every member of a gzip file unpacks to, counted as it really does."""
    size = read = 0
    inflate = zlib.decompressobj(_GZIP_WINDOW)
    ended = False
    try:
        for piece in pieces_of(path):
            read += len(piece)
            data = piece
            while data:
                if ended:
                    data = data.lstrip(b"\0")  # padding of tapes and blocks
                    if not data:
                        break
                    inflate, ended = zlib.decompressobj(_GZIP_WINDOW), False
                out = inflate.decompress(data, PIECE)
                ended = inflate.eof
                data = inflate.unused_data if ended else inflate.unconsumed_tail
                size += len(out)
                used = read - len(data)
                if size > limits.unpacked_bytes or (size > _SMALL and size > limits.unpacked_ratio * used):
                    raise _too_large(path, path.name, limits=limits)
                yield out
    except zlib.error:
        ended = False
    if not ended:
        raise messages.CONTAINER_DAMAGED.at(str(path), kind="gzip")


class _Headers:
    """A tar file as the parser of headers sees it: it skips over content and never needs a long read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _SMALL:
            raise ValueError(size)
        return self._stream.read(size)

    def seek(self, offset: int) -> int:
        return self._stream.seek(offset)

    def tell(self) -> int:
        return self._stream.tell()


def _tar_members(path: Path, where: str, *, limits: Limits, keep: Spool | None = None) -> Iterator[Member]:
    check = NameCheck(where)
    try:
        with opened(path) as descriptor, os.fdopen(os.dup(descriptor), "rb") as stream:
            size = os.fstat(descriptor).st_size
            archive = tarfile.TarFile(fileobj=_Headers(stream))  # type: ignore[arg-type]
            for number, entry in enumerate(archive, start=1):
                _check_count(path, number, limits=limits, where=where)
                if entry.isdir():
                    continue
                if entry.type not in _PLAIN_TYPES or entry.issparse():
                    raise messages.MEMBER_KIND.at(where, number=number)
                if entry.offset_data + entry.size > size:
                    raise EOFError
                check.admit(entry.name.removeprefix("./"), number)
                yield RangeMember(entry.name.removeprefix("./"), path, entry.offset_data, entry.size, keep)
                archive.members.clear()  # type: ignore[attr-defined]  # one header at a time is enough
            if os.pread(descriptor, _BLOCK, archive.offset) != bytes(_BLOCK):  # cut off between two entries
                raise EOFError
    except (*BROKEN, tarfile.TarError):
        raise messages.CONTAINER_DAMAGED.at(where, kind="tar") from None


def _check_overlap(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse entries that share bytes with each other or with the directory (D. Fifield, A better zip bomb, 2019)."""
    end = archive.start_dir
    with opened(path) as descriptor:
        for info in sorted(archive.infolist(), key=lambda info: info.header_offset, reverse=True):
            head = os.pread(descriptor, _LOCAL, info.header_offset)
            if len(head) < _LOCAL:
                raise EOFError
            lengths = int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
            if info.header_offset + _LOCAL + lengths + info.compress_size > end:
                raise messages.OVERLAP.at(str(path))
            end = info.header_offset


def _check_size(path: Path, name: str, *, size: int, packed: int, limits: Limits) -> None:
    if size > max(_SMALL, limits.unpacked_ratio * packed):
        raise _too_large(path, name, limits=limits)


def _check_count(path: Path, count: int, *, limits: Limits, where: str | None = None) -> None:
    if count > limits.members:
        raise messages.TOO_MANY.at(where or str(path), limit=limits.members, depth=limits.folder_depth)


def _too_large(path: Path, name: str, *, limits: Limits) -> Exception:
    return messages.TOO_LARGE.at(
        str(path), file=name, limit=limits.unpacked_bytes // _SMALL, ratio=limits.unpacked_ratio
    )


def _shown(members: Sequence[Member]) -> Unpacked:
    hidden = [member.name for member in members if is_hidden(member.name)]
    kept = sorted((member for member in members if not is_hidden(member.name)), key=lambda member: member.name)
    said = (notes.HIDDEN_FILES.fill(count=len(hidden), files=notes.listed(hidden)),) if hidden else ()
    return Unpacked(tuple(kept), said)
