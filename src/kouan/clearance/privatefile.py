"""A file for one pair of eyes: 0600, without a name until it is whole, never over another one."""

from __future__ import annotations

import errno
import glob
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from kouan.clearance import unseal_messages as messages
from kouan.model.files import sync_directory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_MODE = 0o600
_NO_UNNAMED = frozenset({errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL})


@contextmanager
def private_file(path: Path) -> Iterator[tuple[BinaryIO, Callable[[], None]]]:
    """Yield a stream, and what gives its file the name once it is whole; without that call nothing is left.

    Where the file system has unnamed files, a killed process leaves nothing either; elsewhere it may leave
    `.<name>.<process>.tmp`, 0600, which the next call for this path removes.

    Raises:
        KouanError: K-CLR-197 where something of that name is there.
        OSError: as the system reports it.
    """
    if os.path.lexists(path):
        raise messages.OUT_THERE.at(str(path))
    for leftover in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
        leftover.unlink(missing_ok=True)
    handle, temporary = _open(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        with os.fdopen(handle, "w+b") as stream:

            def name_it() -> None:
                stream.flush()
                os.fsync(handle)
                try:
                    # A link fails where a file of that name came up meanwhile; a rename would replace it.
                    source = f"/proc/self/fd/{handle}" if temporary is None else temporary.name
                    os.link(source, path.name, src_dir_fd=folder, dst_dir_fd=folder, follow_symlinks=temporary is None)
                except FileExistsError:
                    raise messages.OUT_THERE.at(str(path)) from None
                sync_directory(path.parent)

            yield stream, name_it
    finally:
        os.close(folder)
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _open(path: Path) -> tuple[int, Path | None]:
    unnamed = getattr(os, "O_TMPFILE", None)
    if unnamed is not None:
        try:
            return os.open(path.parent, os.O_RDWR | unnamed | os.O_CLOEXEC, _MODE), None
        except OSError as error:
            if error.errno not in _NO_UNNAMED or not path.parent.is_dir():
                raise
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    return os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, _MODE), temporary
