"""Walking a folder that may be hostile: links are never followed, names and numbers have limits, memory stays small."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kouan.evidence import messages
from kouan.evidence.durable import failure
from kouan.model.text import Text, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from kouan.model.errors import KouanError

MOST_FILES = 100_000
DEEPEST = 32
LONGEST_PATH = 1024

_CHUNK = 1 << 20
_LINK = Text(zh="符号链接", en="a symbolic link")
_SPECIAL = Text(zh="设备、管道或套接字", en="a device, pipe or socket")
_MANY = Text(zh="文件和目录多于 {most} 个", en="more than {most} files and folders").fill(most=MOST_FILES)
_DEEP = Text(zh="目录层数多于 {most} 层", en="folders nested more than {most} deep").fill(most=DEEPEST)
_LONG = Text(zh="路径长于 {most} 字节", en="a path longer than {most} bytes").fill(most=LONGEST_PATH)
_NOT_NFC = Text(zh="未采用 Unicode NFC 形式", en="it is not in Unicode form NFC")
_CONTROL = Text(zh="含有控制字符、反斜杠或不是 UTF-8", en="it holds control characters or a backslash, or is not UTF-8")


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in a folder, by path relative to it with forward slashes.

    Attributes:
        files: sizes of the plain files.
        folders: every folder.
        problems: what is neither, and names that cannot be used.
        skipped: names of the top level that were left out and are there.
        prefix: put before paths in problems.
    """

    files: dict[str, int] = field(default_factory=dict)
    folders: set[str] = field(default_factory=set)
    problems: list[KouanError] = field(default_factory=list)
    skipped: set[str] = field(default_factory=set)
    prefix: str = ""

    def place(self, path: str) -> str:
        """Return a path as problems show it."""
        return shown(self.prefix + path)


def find(folder: Path, *, skip: Collection[str] = (), prefix: str = "") -> Found:
    """Return what lies in a folder.

    Args:
        folder: the folder.
        skip: names of the top level to leave out.
        prefix: put before paths in problems.

    Raises:
        KouanError: K-EVI-022 (over a limit), K-EVI-023 (no such folder), K-EVI-015.
    """
    if not folder.is_dir():
        raise messages.FOLDER_MISSING.at(shown(str(folder)))
    found = Found(prefix=prefix)
    try:
        with _opened(os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)) as handle:
            _walk(handle, "", found, skip)
    except OSError as error:
        raise failure(error, shown(str(folder))) from None
    return found


def digest_of(folder: Path, path: str, limit: int) -> tuple[int, str]:
    """Return size and `sha256:<hex>` of a file, reading at most one byte beyond `limit`, through no link at any step.

    Raises:
        OSError: when a step is a link, is missing or is not a plain file.
    """
    *parents, name = path.split("/")
    with contextlib.ExitStack() as stack:
        at = stack.enter_context(_opened(os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)))
        for parent in parents:
            at = stack.enter_context(_opened(_enter(parent, at)))
        handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=at)
        stack.enter_context(_opened(handle))
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError
        digest, size = hashlib.sha256(), 0
        while piece := os.read(handle, min(_CHUNK, limit + 1 - size)):
            digest.update(piece)
            size += len(piece)
    return size, "sha256:" + digest.hexdigest()


def name_problem(path: str) -> Text | None:
    """Return why a relative path cannot stand in a manifest, or None when it can."""
    if len(path.encode("utf-8", "surrogatepass")) > LONGEST_PATH:
        return _LONG
    if "\\" in path or any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in path):
        return _CONTROL
    if any(part in {"", ".", ".."} for part in path.split("/")):
        return _CONTROL
    return None if unicodedata.is_normalized("NFC", path) else _NOT_NFC


def _walk(handle: int, prefix: str, found: Found, skip: Collection[str]) -> None:
    with os.scandir(handle) as entries:
        for entry in entries:
            path = prefix + entry.name
            if not prefix and entry.name in skip:
                found.skipped.add(entry.name)
                continue
            if len(found.files) + len(found.folders) + len(found.problems) >= MOST_FILES:
                raise messages.FOLDER_TOO_BIG.at(found.place(prefix), problem=_MANY)
            _take(entry, path, handle, found)


def _take(entry: os.DirEntry[str], path: str, handle: int, found: Found) -> None:
    problem = name_problem(path)
    status = entry.stat(follow_symlinks=False)
    if problem is not None:
        found.problems.append(messages.NAME_UNUSABLE.at(found.place(path), problem=problem))
    elif stat.S_ISREG(status.st_mode):
        found.files[path] = status.st_size
    elif stat.S_ISDIR(status.st_mode):
        found.folders.add(path)
        if path.count("/") + 1 >= DEEPEST:
            raise messages.FOLDER_TOO_BIG.at(found.place(path), problem=_DEEP)
        with _opened(_enter(entry.name, handle)) as inner:
            _walk(inner, path + "/", found, ())
    else:
        kind = _LINK if stat.S_ISLNK(status.st_mode) else _SPECIAL
        found.problems.append(messages.NOT_PLAIN.at(found.place(path), problem=kind))


def _enter(name: str, at: int) -> int:
    return os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=at)


@contextlib.contextmanager
def _opened(handle: int) -> Iterator[int]:
    try:
        yield handle
    finally:
        os.close(handle)
