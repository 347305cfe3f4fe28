"""Standard output as it may be: narrow in its encoding, full, closed, or gone."""

from __future__ import annotations

import io
import os
import sys


def never_refuse_a_character() -> None:
    """Escape what the terminal's encoding lacks, which JSON also allows."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def discard() -> None:
    """Send what was printed and will be printed to nowhere, so that no later flush fails again."""
    nowhere = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    finally:
        os.close(nowhere)
