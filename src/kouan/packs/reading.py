"""Files of packs as bytes: plain files of bounded size and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.packs import messages

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 4 << 20
"""Of one file: ten times the longest list that was published."""


def plain_bytes(path: Path, where: str) -> bytes:
    """Return a plain file of bounded size: a pipe or device would never end. Raises KouanError K-PCK-002, K-PCK-023."""
    try:
        if path.is_file():
            with path.open("rb") as stream:
                data = stream.read(_MOST_BYTES + 1)
            if len(data) > _MOST_BYTES:
                raise messages.LARGE.at(where, size=_MOST_BYTES >> 20)
            return data
    except OSError:
        pass
    raise messages.UNREADABLE.at(where)
