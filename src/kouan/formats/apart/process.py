"""The processes apart: started when first needed, asked for one file at a time, replaced when they fail."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from kouan.formats.apart import messages, notes
from kouan.formats.files import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BOOT = (
    "import json, sys, types; sys.path[:], own = json.loads(sys.argv[1]); "
    "room = types.ModuleType('kouan.formats'); room.__path__ = [own]; sys.modules[room.__name__] = room; "
    "from kouan.formats.apart.child import main; main(*sys.argv[2:])"
)
"""The room is entered without its front door, which would load every format and Arrow: memory and half a second."""
_PIECE = 1 << 20
_START = 120
_ROOM = Path(__file__).parent.parent
_EXTRAS = {"picture": "ocr", "dicom-write": "dicom", "pdf-ocr": "ocr"}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one file may cost the process that reads it.

    Attributes:
        memory: bytes of address space.
        seconds: of processor time.
        silence: seconds without a line of an answer, by the clock.
        answer: bytes of one answer in all.
    """

    memory: int
    seconds: int
    silence: int
    answer: int


class Apart:
    """One library in its own process; the same process serves many files, one after another."""

    def __init__(self, reader: str, bounds: Bounds) -> None:
        self._reader = reader
        self._bounds = bounds
        self._process: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self._finished = True
        self._fails = False
        self._lock = Lock()

    def ask(self, path: Path, request: Mapping[str, object]) -> list[dict[str, Any]]:
        """Return what the reader found in a file, line by line.

        Raises:
            RefusedFileError: the reader says why it does not read the file.
            KouanError: K-FMT-001 to 003, K-FMT-140 when the process died or did not end, K-FMT-143 when it does not
                start.
        """
        with self._lock, opened(path) as descriptor:
            try:
                line = self._started(path)
                words = json.dumps({**request, "seconds": self._bounds.seconds}).encode("ascii") + b"\n"
                line.settimeout(self._bounds.silence)
                sent = socket.send_fds(line, [words], [descriptor])
                line.sendall(words[sent:])
                return list(self._answer(path, line))
            except OSError:
                raise messages.READER_ENDED.at(str(path), how=notes.CRASHED) from None
            finally:
                if self._line is not None and not self._finished:
                    self.stop()

    def stop(self) -> None:
        """End the process; the next file starts another."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._line = self._process = None

    def _started(self, path: Path) -> socket.socket:
        """Return the line to a process that is ready; one that does not start is not tried again."""
        self._finished = False
        if self._line is not None:
            return self._line
        if not self._fails:
            self._line = self._start()
            self._line.settimeout(_START)
            with suppress(OSError):
                if self._line.recv(_PIECE):
                    return self._line
            self._fails = True
        raise messages.NOT_STARTED.at(str(path), kind=self._reader, extra=_EXTRAS.get(self._reader, self._reader))

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with theirs:
            paths = [str(Path(one).resolve()) for one in sys.path if one]
            self._process = subprocess.Popen(  # noqa: S603 - this Python and this software
                [
                    *(sys.executable, "-I", "-c", _BOOT, json.dumps([paths, str(_ROOM)])),
                    *(self._reader, str(theirs.fileno()), str(self._bounds.memory)),
                ],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        return ours

    def _answer(self, path: Path, line: socket.socket) -> Iterator[dict[str, Any]]:
        """Yield the lines of an answer up to its end."""
        waiting = bytearray()
        size = 0
        until = time.monotonic() + self._bounds.silence
        while True:
            line.settimeout(max(0.01, until - time.monotonic()))
            try:
                piece = line.recv(_PIECE)
            except TimeoutError:
                raise messages.READER_ENDED.at(str(path), how=notes.TOO_LONG) from None
            if not piece:
                raise messages.READER_ENDED.at(str(path), how=self._death())
            size += len(piece)
            if size > self._bounds.answer:
                raise messages.READER_ENDED.at(str(path), how=notes.TOO_MUCH)
            waiting += piece
            if b"\n" not in piece:
                continue
            until = time.monotonic() + self._bounds.silence
            *lines, rest = waiting.split(b"\n")
            waiting = bytearray(rest)
            for found in map(_parsed, lines):
                if "end" in found:
                    self._finished = True
                    return
                if "refused" in found:
                    self._finished = found.get("again") is True
                    if found["refused"] == "memory":
                        raise messages.READER_ENDED.at(str(path), how=notes.TOO_MUCH)
                    raise RefusedFileError(str(found["refused"]), found.get("facts") or {})
                yield found

    def _death(self) -> object:
        """Say how the process ended: by its limit of processor time, or otherwise."""
        status = 0
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                status = self._process.wait(5)
        return notes.TOO_LONG if status == -signal.SIGXCPU else notes.CRASHED


class RefusedFileError(Exception):
    """The reader does not read a file; its room turns this into an error for people."""

    def __init__(self, code: str, facts: Mapping[str, object]) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def _parsed(line: bytes | bytearray) -> dict[str, Any]:
    """Return one line of an answer; a process that was taken over may have written anything."""
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"refused": "damaged"}
