"""Files of keys, logs and seals: refusals as this room's errors, never through links, one writer at a time."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
import time
from typing import TYPE_CHECKING

from kouan.evidence import messages
from kouan.model import files
from kouan.model.text import same

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kouan.model.errors import KouanError

_PATIENCE = 30.0
_PAUSE = 0.02


def failure(error: OSError, where: str) -> KouanError:
    """Return the error to raise for a refusal of the operating system: K-EVI-014 (disk full) or K-EVI-015."""
    if error.errno in files.FULL:
        return messages.DISK_FULL.at(where)
    return messages.FILE_FAILED.at(where, problem=same(os.strerror(error.errno or 0)))


def write_whole(path: Path, data: bytes, *, scratch: Path) -> None:
    """Write a file so that it is seen complete or not at all, and stays after a power failure.

    Args:
        path: final name; missing parents are made.
        data: content.
        scratch: folder on the same file system for the file while it is written.

    Raises:
        KouanError: K-EVI-014, K-EVI-015.
    """
    try:
        make_folders(path.parent)
        files.write_whole(path, data, scratch=scratch)
    except OSError as error:
        raise failure(error, str(path)) from None


def make_folders(path: Path) -> None:
    """Make a folder and its missing parents, each entered in its parent for good. Raises OSError."""
    if path.is_dir():
        return
    make_folders(path.parent)
    with contextlib.suppress(FileExistsError):
        path.mkdir()
    files.sync_directory(path.parent)


def read_plain(path: Path, limit: int) -> bytes:
    """Read a plain file of at most `limit` bytes, never through a link.

    Raises:
        OSError: ELOOP for a link or special file, EFBIG over the limit.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        parts = []
        while limit >= 0 and (part := os.read(handle, limit + 1)):
            parts.append(part)
            limit -= len(part)
    finally:
        os.close(handle)
    if limit < 0:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return b"".join(parts)


def drop_leftovers(folder: Path, name: str) -> None:
    """Remove a file and what a killed writer of it left beside it. Raises KouanError K-EVI-015."""
    try:
        for leftover in (folder / name, *folder.glob(f".{name}.*.tmp")):
            leftover.unlink(missing_ok=True)
    except OSError as error:
        raise failure(error, str(folder / name)) from None


@contextlib.contextmanager
def locked(path: Path, *, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold an exclusive lock, which ends with the process however it ends.

    Raises:
        KouanError: K-EVI-010 after `patience` seconds, K-EVI-015.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise failure(error, str(path)) from None
    try:
        deadline = time.monotonic() + patience
        while not _try_lock(handle):
            if time.monotonic() > deadline:
                raise messages.LOG_BUSY.at(str(path))
            time.sleep(_PAUSE)
        yield
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
