"""Key files: 0600 in a 0700 folder of the same user, created once, never through links (DESIGN 4.6)."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from kouan.evidence import messages
from kouan.evidence.durable import failure
from kouan.model.files import sync_directory, write_new
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_LONGEST = 4096
_OTHERS = 0o077
_FILE = 0o600
_FOLDER = 0o700

_LINK = Text(zh="它是链接或特殊文件", en="it is a link or a special file")
_OWNER = Text(zh="它不归当前用户所有", en="another user owns it")


def open_private(folder: Path, name: str, *, make: Callable[[], bytes] | None, called: Text) -> bytes:
    """Return the content of a key file, created first when it is missing and `make` is given.

    Args:
        folder: of the key; made with mode 0700.
        name: of the file; made with mode 0600.
        make: gives the content of a new key; None when a missing key is an error.
        called: what the key is, for messages.

    Two processes that create at once both return the one key that remains.

    Raises:
        KouanError: K-EVI-001 (missing), K-EVI-002 (open to others), K-EVI-004 (link, special, foreign owner),
            K-EVI-014, K-EVI-015.
    """
    path = folder / name
    try:
        if make is not None:
            folder.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER)
            folder.mkdir(exist_ok=True, mode=_FOLDER)
        _check(folder, folder.lstat(), folder=True)
        if make is not None and not os.path.lexists(path):
            _create(path, make())
        return _read(path)
    except FileNotFoundError:
        raise messages.KEY_MISSING.at(str(path), key=called) from None
    except OSError as error:
        raise failure(error, str(path)) from None


def _create(path: Path, data: bytes) -> None:
    """Put the whole file in place, or leave the one that another process put there first."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)
    try:
        write_new(temporary, data, mode=_FILE)
        path.hardlink_to(temporary)
    except FileExistsError:
        return
    finally:
        temporary.unlink(missing_ok=True)
    sync_directory(path.parent)


def _read(path: Path) -> bytes:
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        if path.is_symlink():
            raise messages.KEY_NOT_PLAIN.at(str(path), problem=_LINK) from None
        raise
    with os.fdopen(handle, "rb") as stream:
        _check(path, os.fstat(handle), folder=False)
        return stream.read(_LONGEST)


def _check(path: Path, status: os.stat_result, *, folder: bool) -> None:
    plain = stat.S_ISDIR(status.st_mode) if folder else stat.S_ISREG(status.st_mode)
    if not plain:
        raise messages.KEY_NOT_PLAIN.at(str(path), problem=_LINK)
    if status.st_uid != os.geteuid():
        raise messages.KEY_NOT_PLAIN.at(str(path), problem=_OWNER)
    if status.st_mode & _OTHERS:
        wanted = "700" if folder else "600"
        mode = f"{stat.S_IMODE(status.st_mode):04o}"
        raise messages.KEY_EXPOSED.at(str(path), mode=mode, wanted=wanted, path=path)
