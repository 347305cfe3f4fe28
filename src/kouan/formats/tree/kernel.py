"""What the compiled scanners share: the arrays they fill, and names told apart by their bytes."""

# ruff: noqa: PLR0917 - kernels take what they change by position
from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kouan.formats.compiled import compiled
from kouan.formats.tree.nodes import Nodes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kouan.formats.options import Limits
    from kouan.formats.tree.nodes import Bytes, Ids, Ints


def numbers(values: Iterable[int]) -> Any:
    """Return constants for kernels, of one type, so that no kernel is compiled once for each value."""
    return tuple(map(np.int64, values))


NONE, DONE, SYNTAX, DEPTH, VALUE, ENCODING, CROWDED = numbers(range(-1, 6))
"""How a walk ended; CROWDED: more nodes or names, or more names alike, than there is room for. NONE: no node."""
COUNT, NAMED, CURRENT, LEVEL, FAULT, AWAITED, MEMBER, MEMBER_AT = range(8)
"""Fields of a walk's state: nodes and names so far, the open node, how deep it is, how the walk ended; two more are
the scanner's own."""

_MOST_PROBES = 256
_BITS = (12, 17, 22)


class Columns(NamedTuple):
    """The arrays of `Nodes` while they are filled."""

    kind: Bytes
    parent: Ids
    name: Ids
    start: Ints
    end: Ints
    inner_start: Ints
    inner_end: Ints


class Names(NamedTuple):
    """Distinct names by open addressing: slots hold name numbers or -1; a name is a range of the document's bytes."""

    slots: Ids
    hashes: Any
    start: Ints
    end: Ints
    key: Any


class Walked(NamedTuple):
    """What a walk left.

    Attributes:
        code: how it ended.
        at: byte where its fault was seen.
        nodes: the nodes when it found no fault, their names as written.
    """

    code: int
    at: int
    nodes: Nodes | None


def walked(walk: Callable[..., int], data: bytes, room: int, limits: Limits) -> Walked:
    """Run a compiled walk with room for so many nodes, again with a larger table of names where it needs one."""
    columns = Columns(np.empty(room, np.uint8), *np.empty((2, room), np.int32), *np.empty((4, room), np.int64))
    for bits in _BITS:
        names = _names_for(bits)
        state = np.array([0, 0, -1, 0, DONE, 0, -1, -1], np.int64)
        at = walk(np.frombuffer(data, np.uint8), columns, names, state, limits.tree_depth, limits.value_bytes)
        if state[FAULT] != CROWDED:
            break
    if state[FAULT] != DONE:
        return Walked(int(state[FAULT]), int(at), None)
    ranges = zip(names.start[: state[NAMED]].tolist(), names.end[: state[NAMED]].tolist(), strict=True)
    written = tuple(data[first:past].decode(errors="replace") for first, past in ranges)  # the caller judges the bytes
    count = int(state[COUNT])
    return Walked(
        code=int(DONE),
        at=int(at),
        nodes=Nodes(
            kind=columns.kind[:count],
            parent=columns.parent[:count],
            name=columns.name[:count],
            start=columns.start[:count],
            end=columns.end[:count],
            inner_start=columns.inner_start[:count],
            inner_end=columns.inner_end[:count],
            names=written,
        ),
    )


def _names_for(bits: int) -> Names:
    """Return an empty table of 2**bits slots, half of which may be used, with a hash that nobody can foresee."""
    half = 1 << (bits - 1)
    key = np.array([secrets.randbits(64), secrets.randbits(64) | 1], np.uint64)
    start, end = np.empty((2, half), np.int64)
    return Names(np.full(2 * half, -1, np.int32), np.empty(half, np.uint64), start, end, key)


@compiled
def named(data: Bytes, first: int, past: int, names: Names, state: Ints) -> int:
    """Return the number of the name data[first:past], a new one when need be; -1 with the fault set when crowded."""
    key = names.key[1]
    code = names.key[0]
    for at in range(first, past):
        code = (code ^ np.uint64(data[at])) * key
    mask = len(names.slots) - 1
    slot = np.int64(code >> np.uint64(40)) & mask
    for _ in range(_MOST_PROBES):
        number = names.slots[slot]
        if number < 0:
            number = state[NAMED]
            if number == len(names.hashes):
                break
            state[NAMED] = number + 1
            names.slots[slot] = number
            names.hashes[number] = code
            names.start[number] = first
            names.end[number] = past
            return int(number)
        if names.hashes[number] == code and _same(data, first, past, names.start[number], names.end[number]):
            return int(number)
        slot = (slot + 1) & mask
    state[FAULT] = CROWDED
    return -1


@compiled
def _same(data: Bytes, first: int, past: int, other: int, other_past: int) -> bool:
    if past - first != other_past - other:
        return False
    for step in range(past - first):  # noqa: SIM110 - compiled
        if data[first + step] != data[other + step]:
            return False
    return True


@compiled
def add(
    out: Columns, state: Ints, kind: int, parent: int, name: int, start: int, end: int, inner_start: int, inner_end: int
) -> int:
    """Append a node and return its number; -1 with the fault set when there is no room."""
    node = state[COUNT]
    if node >= len(out.kind):
        state[FAULT] = CROWDED
        return -1
    state[COUNT] = node + 1
    out.kind[node] = kind
    out.parent[node] = parent
    out.name[node] = name
    out.start[node] = start
    out.end[node] = end
    out.inner_start[node] = inner_start
    out.inner_end[node] = inner_end
    return int(node)


@compiled
def past_blanks(data: Bytes, at: int) -> int:
    """Return the first byte at or after `at` that is no blank, or the length."""
    while at < len(data) and (data[at] == 32 or 9 <= data[at] <= 10 or data[at] == 13):  # noqa: PLR2004
        at += 1
    return at
