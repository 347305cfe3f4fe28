"""The command line: thin, it parses, calls and prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status (DESIGN 4.9)."""
    from kouan.cli.main import run_command

    return run_command(argv)
