"""Long names of items, cut for a terminal."""

from __future__ import annotations

LONGEST = 28


def short(name: str) -> str:
    """Return the last steps of a long path: the first ones are alike in a document, the last ones tell most."""
    if len(name) <= LONGEST or "/" not in name:
        return name
    first, *steps = name.split("/")
    tail = ""
    for step in reversed(steps):
        if len(step) + len(tail) >= LONGEST:
            break
        tail = f"/{step}{tail}"
    return f"…{tail}" if tail else f"{first[: LONGEST // 2]}…{name[-LONGEST // 2 + 1 :]}"
