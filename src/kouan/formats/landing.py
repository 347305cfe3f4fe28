"""Writing a file so that it is there whole or not at all: hidden sibling, fsync, rename (DESIGN 4.9)."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kouan.formats import messages
from kouan.model.files import FULL, sync_directory

if TYPE_CHECKING:
    from collections.abc import Iterator

PART_SUFFIX = ".kouan-part"
"""Ending of the hidden siblings; what a killed process left may be swept by it, under the folder's lock."""


class Landing:
    """A hidden temporary sibling of the final path, readable by its owner alone."""

    def __init__(self, final: Path) -> None:
        self.final = final
        with writing(final):
            descriptor, name = tempfile.mkstemp(PART_SUFFIX, f".{final.name[:64]}.", final.parent)
        self.part = Path(name)
        self.stream: BinaryIO = os.fdopen(descriptor, "wb")

    def land(self) -> None:
        """Give the file its final name once its bytes are on disk."""
        with writing(self.final):
            self.stream.flush()
            os.fsync(self.stream.fileno())
            self.stream.close()
            self.part.replace(self.final)
            sync_directory(self.final.parent)

    def abandon(self) -> None:
        """Remove what was written so far."""
        with suppress(OSError):
            self.stream.close()
        with suppress(OSError):
            self.part.unlink(missing_ok=True)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn errors of the operating system into K-FMT-027 (disk full) or K-FMT-028."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise messages.DISK_FULL.at(str(path)) from None
        raise messages.WRITE_FAILED.at(str(path), error=errno.errorcode.get(error.errno or 0, "EIO")) from None
