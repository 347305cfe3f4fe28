"""Files that appear whole or not at all: temporary sibling, fsync, rename (DESIGN 4.9)."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from kouan.model import messages
from kouan.model.base import Frozen
from kouan.model.canonical import file_bytes, strict_json
from kouan.model.document import Document, Input

if TYPE_CHECKING:
    from pathlib import Path

B = TypeVar("B", bound=Frozen)
VERSION = 1
"""Of every kind's schema so far."""


FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Error numbers of a disk, quota or file size limit that is used up."""


def write_whole(path: Path, data: bytes, *, scratch: Path | None = None, mode: int = 0o644) -> None:
    """Write a file so that a reader sees the old content or the new one, also after a crash.

    Args:
        path: final name, in a folder that exists.
        data: content.
        scratch: folder on the same file system for the file while it is written; None is the file's own.
        mode: of the file.

    Raises:
        OSError: as the system reports it; nothing is left under the final name.
    """
    temporary = (scratch or path.parent) / f".{path.name}.{os.getpid()}.tmp"
    temporary.unlink(missing_ok=True)
    try:
        write_new(temporary, data, mode=mode)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)


def write_new(path: Path, data: bytes, *, mode: int) -> None:
    """Create a file that must not exist, write it and flush it to the disk. Raises OSError."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_directory(path: Path) -> None:
    """Make what was created, renamed or removed in a directory durable. Raises OSError."""
    handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_document(path: Path, kind: str, body: Frozen, inputs: tuple[Input, ...] = ()) -> None:
    """Write a body in its envelope, version 1, as readable JSON."""
    write_whole(path, file_bytes(Document(kind=kind, version=VERSION, inputs=inputs, body=body)))


def read_document(path: Path, body: type[B], *, kind: str | None = None) -> B:
    """Return the body of one of our own documents (see `read_envelope`)."""
    return read_envelope(path, body, kind=kind).body


def read_envelope(path: Path, body: type[B], *, kind: str | None = None) -> Document[B]:
    """Return one of our own documents.

    Args:
        path: of the file.
        body: what the document holds.
        kind: what the envelope must say; None when the reader has just written the file itself.

    Raises:
        KouanError: K-MOD-006 when it cannot be read as such a document; what it holds is not quoted.
    """
    try:
        data = path.read_bytes()
        document: Document[B] = Document[body].model_validate_json(data)  # type: ignore[valid-type]
        if strict_json(data) is None:
            problem = "repeated key"
        elif document.version != VERSION or kind not in {None, document.kind}:
            problem = "kind or version"
        else:
            return document
    except OSError as error:
        problem = os.strerror(error.errno or 0)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]["type"]
    raise messages.DOCUMENT_UNREADABLE.at(str(path), problem=problem, kind=body.__name__)
