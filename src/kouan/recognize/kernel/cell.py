"""One cell: its maximal runs of letters and digits, and what begins at each of them."""

from __future__ import annotations

from typing import Any

from kouan.recognize.identifier import LONGEST
from kouan.recognize.kernel.dispatch import HITS, try_each
from kouan.recognize.kernel.tables import AFTER, ALNUM, BEFORE, FIRST, GROUPS, KINDS, OTHERS, RUNS, SEPARATOR, bits_of
from kouan.recognize.kernel.words import ROOM, STEP, all_high, seven

_MINUS, _SPACE = 45, 32
_SHORTEST_WRITTEN, _LONGEST_WRITTEN = 8, 40
_MOST_GROUPS, _LONGEST_GROUP = 6, 14
_IS_CHECK = bytes(byte in b"Xx" for byte in range(256))


def scan_cell(
    data: Any, lo: int, hi: int, kinds: int, today: int, wanted: int, hits: Any, work: Any, read: Any, resume: int
) -> tuple[int, int]:
    """Find all identifiers of one trimmed cell in plain form.

    Args:
        data: bytes that hold the cell at [lo, hi).
        lo, hi: bounds.
        kinds: of all its bytes.
        today: the legal day as YYYYMMDD.
        wanted: bits of the identifiers looked for.
        hits: room for HITS packed hits, and for the number of the identifier of each after them.
        work: room for LONGEST bytes.
        read: the same room, for reading.
        resume: where to go on in a cell with more hits than there is room for; `lo` at first.

    Returns:
        How many hits there are, and where to go on; `hi` at the end.
    """
    count, at = 0, resume
    if kinds & OTHERS == 0 and kinds & SEPARATOR and resume == lo:
        count = _written(data, lo, hi, today, wanted, hits, work, read)
        if count:
            return count, hi
    while count <= HITS // 2:  # one run gives fewer hits than there are identifiers
        at = _next_run(data, at, hi)
        if at == hi:
            break
        end, run = _run_end(data, at, hi) if kinds & ~ALNUM else (hi, kinds)
        stop = end
        bits = bits_of(run, data, lo, hi, at, end) & wanted
        if bits:
            count, reach = try_each(bits, data, lo, hi, at, end, today, hits, count)
            stop = max(stop, reach)
        if run == 1 and stop == end and end < hi and (data[end] == _SPACE or data[end] == _MINUS):
            count, reach = _grouped(data, hi, at, today, wanted, hits, work, read, count)
            stop = max(stop, reach)
        at = stop
    return count, at


def _next_run(data: Any, at: int, hi: int) -> int:
    """Return where the next letter or digit stands, `hi` where none does."""
    while at < hi:
        if at + ROOM <= hi and all_high(seven(data, at)):
            at += STEP
        elif KINDS[data[at]] & ALNUM:
            break
        else:
            at += 1
    return at


def _run_end(data: Any, at: int, hi: int) -> tuple[int, int]:
    """Return the end of a run of letters and digits, and its kinds."""
    run = 0
    while at < hi:
        kind = KINDS[data[at]] & ALNUM
        if kind == 0:
            break
        run |= kind
        at += 1
    return at, run


def _written(data: Any, lo: int, hi: int, today: int, wanted: int, hits: Any, work: Any, read: Any) -> int:
    """Find what a whole cell of letters, digits and separators is without its separators; return how many hits."""
    if not _SHORTEST_WRITTEN <= hi - lo <= _LONGEST_WRITTEN or data[lo] == _MINUS:
        return 0
    size, kinds = 0, 0
    for at in range(lo, hi):
        kind = KINDS[data[at]]
        if kind & ALNUM:
            work[size] = data[at]
            kinds |= kind
            size += 1
    bits = RUNS[size * 8 + kinds] & FIRST[read[0]] & BEFORE[0] & AFTER[0] & wanted
    if bits == 0:
        return 0
    count, _ = try_each(bits, read, 0, size, 0, size, today, hits, 0)
    for place in range(count):
        hits[place] = hits[place] & 3 | lo << 2 | hi << 33
    return count


def _grouped(
    data: Any, hi: int, at: int, today: int, wanted: int, hits: Any, work: Any, read: Any, count: int
) -> tuple[int, int]:
    """Find a number that is written in groups with single blanks or hyphens, such as 138 1234 5678, inside a text.

    Returns:
        How many hits there are now, and the end of the number (0 when there is none).
    """
    signature, size, place = 0, 0, at
    best_size, best_bits, best_end = 0, 0, 0
    for _ in range(_MOST_GROUPS):
        length = _group(data, place, hi, work, size)
        if length == 0:
            break
        place += length
        size += length
        signature = signature << 4 | length
        for known in range(0, len(GROUPS), 2):
            if GROUPS[known] == signature:
                best_size, best_bits, best_end = size, GROUPS[known + 1] & wanted, place
        if place >= hi or (data[place] != _SPACE and data[place] != _MINUS):
            break
        place += 1
    if best_bits == 0:
        return count, 0
    first = count
    count, _ = try_each(best_bits, read, 0, best_size, 0, best_size, today, hits, count)
    for one in range(first, count):
        hits[one] = hits[one] & 3 | at << 2 | best_end << 33
    return count, best_end if count > first else 0


def _group(data: Any, at: int, hi: int, work: Any, size: int) -> int:
    """Copy the digits at a place, and an X that ends them as a check does; return how many, 0 when it is no group."""
    length = 0
    while at + length < hi and KINDS[data[at + length]] == 1:
        work[size + length] = data[at + length]
        length += 1
        if length > _LONGEST_GROUP or size + length >= LONGEST - 1:
            return 0
    if length and at + length < hi and _IS_CHECK[data[at + length]]:
        work[size + length] = data[at + length]
        length += 1
    return 0 if at + length < hi and KINDS[data[at + length]] & ALNUM != 0 else length
