"""Equal values as the first row that has them; texts are compared only where a quick number of them is the same."""

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


def first_numbers(values: Any, rows: Any, table: Any, codes: Any) -> None:
    """Write for each row the first row with the same number.

    Args:
        values: numbers.
        rows: of each of them.
        table: room for more places than there are rows, a power of two of them, all -1.
        codes: by row; others are left as they are.
    """
    last = len(table) - 1
    for place in range(len(values)):
        value = values[place]
        slot = mixed(value & _MOST) & last
        while table[slot] >= 0 and values[table[slot]] != value:
            slot = slot + 1 & last
        if table[slot] < 0:
            table[slot] = place
        codes[rows[place]] = rows[table[slot]]


def first_texts(data: Any, offsets: Any, values: Any, rows: Any, table: Any, codes: Any) -> None:
    """Write for each row the first row with the same text.

    Args:
        data, offsets: as of `hash_rows`.
        values: what that wrote.
        rows, table, codes: as of `first_numbers`.
    """
    last = len(table) - 1
    for place in range(len(values)):
        slot = mixed(values[place]) & last
        while table[slot] >= 0 and not (
            values[table[slot]] == values[place]
            and same_bytes(data, offsets[table[slot]], offsets[table[slot] + 1], offsets[place], offsets[place + 1])
        ):
            slot = slot + 1 & last
        if table[slot] < 0:
            table[slot] = place
        codes[rows[place]] = rows[table[slot]]


def deal_pairs(left: Any, right: Any, where: Any, turn: Any, counts: Any) -> None:
    """Write when the pair of each row is told apart from others; equal ones at the same time, of no pair never: 0.

    Args:
        left, right: codes, -1 for none; a row without the left one has no pair.
        where: whether a row has one.
        turn: of each row, 0 to begin with.
        counts: one more than there are turns, 0; gets how many rows each of them has.
    """
    turns = len(counts) - 1
    for row in range(len(left)):
        if where[row] and left[row] >= 0:
            one = 1 + (mixed(left[row] << 31 ^ right[row] + 1) >> 20) % turns
            turn[row] = one
            counts[one] += 1


def first_pairs(left: Any, right: Any, turn: Any, one: int, table: Any, codes: Any) -> None:
    """Write for each row of one turn the first row with the same pair.

    Args:
        left, right, turn: as of `deal_pairs`.
        one: the turn.
        table, codes: as of `first_numbers`.
    """
    last = len(table) - 1
    for row in range(len(turn)):
        if turn[row] == one:
            slot = mixed(left[row] << 31 ^ right[row] + 1) & last
            while table[slot] >= 0 and not (left[table[slot]] == left[row] and right[table[slot]] == right[row]):
                slot = slot + 1 & last
            if table[slot] < 0:
                table[slot] = row
            codes[row] = table[slot]


def same_bytes(data: Any, at: int, end: int, other: int, stop: int) -> bool:
    """Tell whether two stretches hold the same bytes."""
    if end - at != stop - other:
        return False
    while at + ROOM <= end:
        if seven(data, at) != seven(data, other):
            return False
        at += STEP
        other += STEP
    while at < end:
        if data[at] != data[other]:
            return False
        at += 1
        other += 1
    return True
