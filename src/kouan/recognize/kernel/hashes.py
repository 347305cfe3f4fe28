"""Equal values as the first row that has them; of texts by a quick number: who uses it compares them, too."""

from __future__ import annotations

from typing import Any

from kouan.recognize.kernel.words import ROOM, STEP, seven

_MIX = 0x9E3779B97F4A7C15 >> 1
_MOST = (1 << 63) - 1


def hash_rows(data: Any, offsets: Any, values: Any) -> None:
    """Write a number of 63 bits for each row of a string array; equal texts have the same, others hardly ever.

    Args:
        data: UTF-8 bytes of all rows.
        offsets: n + 1 bounds of the rows.
        values: of each row.
    """
    for row in range(len(offsets) - 1):
        at, end = offsets[row], offsets[row + 1]
        value = end - at
        while at + ROOM <= end:
            value = mixed(value ^ seven(data, at))
            at += STEP
        rest = 0
        for place in range(at, end):
            rest = rest << 7 ^ data[place]
        values[row] = mixed(value ^ rest)


def mixed(value: int) -> int:
    """Return a number that each bit of another tells on."""
    value = value * _MIX & _MOST
    return value ^ value >> 29


def first_places(values: Any, table: Any, firsts: Any) -> None:
    """Write for each row the first row with the same number.

    Args:
        values: numbers.
        table: room for more places than there are rows, a power of two of them, all -1.
        firsts: of each row.
    """
    last = len(table) - 1
    for row in range(len(values)):
        value = values[row]
        slot = mixed(value & _MOST) & last
        while table[slot] >= 0 and values[table[slot]] != value:
            slot = slot + 1 & last
        if table[slot] < 0:
            table[slot] = row
        firsts[row] = table[slot]
