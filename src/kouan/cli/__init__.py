"""The command line: thin, it parses, calls and prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
