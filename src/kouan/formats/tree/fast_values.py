"""Values put one after another by compiled code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.formats.compiled import compiled

if TYPE_CHECKING:
    from kouan.formats.tree.nodes import Bytes, Ints


@compiled
def fast_gather(data: Bytes, starts: Ints, offsets: Ints, out: Bytes) -> None:
    """Copy the ranges that begin at `starts` to where `offsets` (one more) say; all must lie within both arrays."""
    for value in range(len(starts)):
        first = starts[value]
        at = offsets[value]
        for step in range(offsets[value + 1] - at):
            out[at + step] = data[first + step]
