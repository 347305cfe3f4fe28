"""Trying the identifiers whose length and characters fit a run, strongest first."""

from __future__ import annotations

from typing import Any

from kouan.recognize.identifiers import IDENTIFIERS
from kouan.recognize.kernel.tables import STOPS

HITS = 64
"""Hits of one cell that are kept at a time."""
_FINDS = tuple(one.find for one in IDENTIFIERS)


def try_each(
    bits: int, data: Any, lo: int, hi: int, at: int, end: int, today: int, hits: Any, count: int
) -> tuple[int, int]:
    """Try the identifiers of `bits` at a run and add what is found to `hits`.

    Returns:
        How many hits there are now, and the end of the furthest.
    """
    reach = 0
    for key, find in enumerate(_FINDS):
        if bits >> key & 1:
            packed = find(data, lo, hi, at, end, today)
            if packed:
                hits[count] = packed
                hits[HITS + count] = key
                count += 1
                reach = max(reach, packed >> 33)
                if packed & 3 >= STOPS[key]:
                    break
    return count, reach
