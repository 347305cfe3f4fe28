"""The command line: thin, it parses, calls and prints."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Sequence

_INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (DESIGN 4.9)."""
    try:
        from kouan.cli.dispatch import run_command

        return run_command(argv)
    except KeyboardInterrupt:  # while it starts or ends, outside the net of run_command
        return _INTERRUPTED


def _hush(_unraisable: object) -> None:
    """Say nothing of what went wrong inside a native reader's callback: its traceback may quote a cell (DESIGN 4.4)."""


def program() -> NoReturn:
    """Run one command as a process of its own and end it.

    It ends at once, without taking the interpreter apart: a reader's native thread that still looks for ragged rows
    after the refusal would call into an interpreter that is no longer there and abort the process.
    """
    sys.unraisablehook = _hush
    status = main()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):  # closed or full: already told where there was somebody to tell
            continue
    os._exit(status)
