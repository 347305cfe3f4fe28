"""The software's own name and version, as documents record it."""

from __future__ import annotations

from kouan import __version__


def tool() -> str:
    """Return `kouan <version>`."""
    return f"kouan {__version__}"
