"""What runs in the process apart: one library, one file after another, within limits that the system keeps.

It answers in lines of JSON. Arrow's own format would be shorter, but a process that hostile bytes have taken over could
then hand broken buffers to the one that started it.
"""

from __future__ import annotations

import json
import os
import resource
import socket
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

READERS = {
    "pdf": "kouan.formats.pdf.pages",
    "pdf-ocr": "kouan.formats.pdf.pages",
    "picture": "kouan.formats.picture.look",
    "dicom": "kouan.formats.dicom.header",
    "dicom-write": "kouan.formats.dicom.rewrite",
}
_REQUEST = 1 << 16
_LONGEST = 256 << 20


class RefusedError(Exception):
    """The file is not read; `code` says why, `facts` how much there is."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def main(reader: str, channel: str, memory: str) -> None:
    """Serve requests until the other side hangs up.

    Args:
        reader: which of the libraries.
        channel: number of the descriptor of a socket; each request brings an open file.
        memory: most bytes of address space.
    """
    _limit(int(memory))
    _mute()
    read = import_module(READERS[reader]).read
    with socket.socket(fileno=int(channel)) as line:
        _send(line, {"ready": True})
        while True:
            data, files, _, _ = socket.recv_fds(line, _REQUEST, 1)
            if not data:
                return
            while not data.endswith(b"\n") and len(data) < _LONGEST:
                more = line.recv(_REQUEST)
                if not more:
                    return
                data += more
            request = json.loads(data)
            _limit_time(request["seconds"])
            with os.fdopen(files[0], "rb") as stream:
                if not _answer(read, stream, request, line):
                    return


def _answer(
    read: Callable[[BinaryIO, Mapping[str, Any]], Iterator[dict[str, Any]]],
    stream: BinaryIO,
    request: Mapping[str, Any],
    line: socket.socket,
) -> bool:
    """Send what the reader finds; whether the process may serve another file."""
    try:
        for found in read(stream, request):
            _send(line, found)
    except RefusedError as error:
        _send(line, {"refused": error.code, "facts": error.facts, "again": True})
        return True
    except (MemoryError, RecursionError):
        _send(line, {"refused": "memory", "facts": {}})
        return False
    except Exception:  # noqa: BLE001 - whatever a library raises may quote the file, so nothing of it is passed on
        _send(line, {"refused": "damaged", "facts": {}})
        return False
    _send(line, {"end": True})
    return True


def _send(line: socket.socket, found: Mapping[str, object]) -> None:
    line.sendall(json.dumps(found).encode("ascii") + b"\n")


def _limit(memory: int) -> None:
    """Keep the process small, without files of its own and without a core dump, which would hold raw data."""
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))
    sys.setrecursionlimit(1000)


def _limit_time(seconds: int) -> None:
    """Give the next file so many seconds of processor time."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    with suppress(OSError, ValueError):
        most = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, most))


def _mute() -> None:
    """Let nothing that a library prints reach the terminal: it may quote the file."""
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
