"""Bytes on disk that no name leads to: raw data unpacked there are gone when the process is, however it ends."""

from __future__ import annotations

import os
import tempfile
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kouan.formats.landing import writing

if TYPE_CHECKING:
    from collections.abc import Iterable

_DESCRIPTORS = Path("/proc/self/fd")


class Spool:
    """An anonymous temporary file, open as long as this object lives.

    Attributes:
        path: opens the file for reading, any number of times; worth nothing once the object is gone. Where the system
            shows no descriptors as files, the file has a name in a private folder that is removed at exit.
        size: bytes.
    """

    def __init__(self) -> None:
        with writing(Path(tempfile.gettempdir())):
            if _DESCRIPTORS.is_dir():
                stream: BinaryIO = tempfile.TemporaryFile("w+b", buffering=0, prefix="kouan-")  # noqa: SIM115 - it lives as long as this object
                self.path = _DESCRIPTORS / str(stream.fileno())
                weakref.finalize(self, stream.close)
            else:
                folder = tempfile.TemporaryDirectory(prefix="kouan-")
                self.path = Path(folder.name, "spool")
                stream = self.path.open("w+b", buffering=0)
                weakref.finalize(self, _remove, folder, stream)
        self._stream = stream
        self.size = 0

    @classmethod
    def of(cls, pieces: Iterable[bytes]) -> Spool:
        """Write pieces one after another. Raises KouanError K-FMT-027, 028, and what the pieces raise."""
        spool = cls()
        for piece in pieces:
            spool.append(piece)
        return spool

    def append(self, data: bytes | memoryview) -> tuple[int, int]:
        """Write at the end and return (offset, length). Raises KouanError K-FMT-027, 028."""
        start, view = self.size, memoryview(data)
        with writing(Path(tempfile.gettempdir())):
            while view:
                done = self._stream.write(view)
                view = view[done:]
        self.size += len(data)
        return start, len(data)

    def read(self, offset: int, length: int) -> bytes:
        """Return bytes from inside."""
        return os.pread(self._stream.fileno(), length, offset)


def _remove(folder: tempfile.TemporaryDirectory[str], stream: BinaryIO) -> None:
    stream.close()
    folder.cleanup()
