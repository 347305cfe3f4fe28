"""A regular file on disk: opened safely, known by its stat and digest, and watched for change."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.formats import messages
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kouan.model.errors import Message

PIECE = 1 << 20

_KINDS = (
    (stat.S_ISDIR, Text(zh="目录", en="folder")),
    (stat.S_ISFIFO, Text(zh="管道", en="pipe")),
    (stat.S_ISCHR, Text(zh="字符设备", en="character device")),
    (stat.S_ISBLK, Text(zh="块设备", en="block device")),
)
_SOCKET = Text(zh="套接字", en="socket")

Watch = Callable[[bytes], None]
"""Sees every piece of a file while it is hashed."""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """One file as it was when opened.

    Attributes:
        path: where it lies; symbolic links are followed.
        size, mtime_ns, inode: stat by which a change is noticed.
        sha256: digest of the raw bytes, `sha256:<hex>`.
    """

    path: Path
    size: int
    mtime_ns: int
    inode: int
    sha256: str

    def check_unchanged(self) -> None:
        """Raise K-FMT-025 if size, time or inode differ from those at opening."""
        try:
            now = self.path.stat()
        except OSError:
            raise messages.CHANGED.at(str(self.path)) from None
        if (now.st_size, now.st_mtime_ns, now.st_ino) != (self.size, self.mtime_ns, self.inode):
            raise messages.CHANGED.at(str(self.path))


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """Give a read-only descriptor of a regular file, never blocking on a pipe or device.

    Raises:
        KouanError: K-FMT-001, 002, 003, 026.
    """
    with reading(path):
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            kind = next((text for test, text in _KINDS if test(mode)), _SOCKET)
            raise messages.NOT_A_FILE.at(str(path), kind=kind)
        yield descriptor
    except OSError as error:
        raise messages.READ_FAILED.at(str(path), error=_errno_name(error)) from None
    finally:
        os.close(descriptor)


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn errors of the operating system into K-FMT-001, 002, 003 or 026."""
    try:
        yield
    except OSError as error:
        raise _refusal(error).at(str(path), error=_errno_name(error), kind=_SOCKET) from None


def head_of(path: Path, length: int) -> bytes:
    """Return the first bytes of a regular file. Raises KouanError, K-FMT-004 when there are none."""
    with opened(path) as descriptor:
        head = _read_exactly(descriptor, length)
    if not head:
        raise messages.EMPTY_FILE.at(str(path))
    return head


def tail_of(path: Path, length: int) -> bytes:
    """Return the last bytes of a regular file. Raises KouanError."""
    with opened(path) as descriptor:
        os.lseek(descriptor, max(0, os.fstat(descriptor).st_size - length), os.SEEK_SET)
        return _read_exactly(descriptor, length)


def size_of(path: Path) -> int:
    """Return the bytes of a regular file. Raises KouanError."""
    with opened(path) as descriptor:
        return os.fstat(descriptor).st_size


def take_in(path: Path, watch: Watch | None = None) -> OpenedFile:
    """Hash a file in one pass, showing each piece to `watch`. Raises K-FMT-025 when it changes meanwhile."""
    digest = hashlib.sha256()
    with opened(path) as descriptor:
        facts = os.fstat(descriptor)
        for piece in _pieces(descriptor):
            digest.update(piece)
            if watch is not None:
                watch(piece)
    file = OpenedFile(path, facts.st_size, facts.st_mtime_ns, facts.st_ino, f"sha256:{digest.hexdigest()}")
    file.check_unchanged()
    return file


def pieces_of(path: Path) -> Iterator[bytes]:
    """Yield a file's bytes in pieces of 1 MiB. Raises KouanError."""
    with opened(path) as descriptor:
        yield from _pieces(descriptor)


def _pieces(descriptor: int) -> Iterator[bytes]:
    while piece := os.read(descriptor, PIECE):
        yield piece


def _read_exactly(descriptor: int, length: int) -> bytes:
    parts = []
    while length and (piece := os.read(descriptor, length)):
        parts.append(piece)
        length -= len(piece)
    return b"".join(parts)


def _refusal(error: OSError) -> Message:
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return messages.NOT_FOUND
    if error.errno in {errno.EACCES, errno.EPERM}:
        return messages.NO_PERMISSION
    return messages.NOT_A_FILE if error.errno == errno.ENXIO else messages.READ_FAILED


def _errno_name(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, "EIO")
