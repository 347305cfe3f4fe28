"""SipHash-2-4 of 128 bits (Aumasson and Bernstein 2012), and keys as records that equal ones lie near in.

Words have 64 bits: what a sum or a shift puts above them is cut off by `word`, which compiled code has no need of.
"""

from __future__ import annotations

from typing import Any

from kouan.recognize.kernel.words import seven

RECORD = 5
"""Numbers of 32 bits in a record: a row and the four of its hash."""
_BYTES = 8
_TOP = 63
_MOST = (1 << 63) - 1
_LOW = (1 << 32) - 1
_S0, _S1 = 0x736F6D6570736575, 0x646F72616E646F6D ^ 0xEE
_S2, _S3 = 0x6C7967656E657261, 0x7465646279746573
_FIRST_END, _SECOND_END = 0xEE, 0xDD


def sip_texts(data: Any, offsets: Any, rows: Any, key: Any, words: Any) -> None:
    """Write the hashes of texts.

    Args:
        data: UTF-8 bytes of all rows.
        offsets: n + 1 bounds of the rows.
        rows: which are hashed.
        key: two words.
        words: of each of them two.
    """
    for place in range(len(rows)):
        at, end = offsets[rows[place]], offsets[rows[place] + 1]
        length = end - at
        a, b, c, d = key[0] ^ _S0, key[1] ^ _S1, key[0] ^ _S2, key[1] ^ _S3
        while at + _BYTES <= end:
            taken = seven(data, at) | data[at + _BYTES - 1] << 56
            a, b, c, d = mixed_in(a, b, c, d, taken)
            at += _BYTES
        rest = (length & 0xFF) << 56
        for one in range(at, end):
            rest |= data[one] << (one - at << 3)
        a, b, c, d = mixed_in(a, b, c, d, rest)
        words[2 * place], words[2 * place + 1] = ended(a, b, c, d)


def sip_numbers(values: Any, rows: Any, key: Any, words: Any) -> None:
    """Write the hashes of numbers, which are those of their eight bytes; arguments as for `sip_texts`."""
    for place in range(len(rows)):
        a, b, c, d = key[0] ^ _S0, key[1] ^ _S1, key[0] ^ _S2, key[1] ^ _S3
        a, b, c, d = mixed_in(a, b, c, d, values[rows[place]])
        a, b, c, d = mixed_in(a, b, c, d, _BYTES << 56)
        words[2 * place], words[2 * place + 1] = ended(a, b, c, d)


def mixed_in(a: int, b: int, c: int, d: int, taken: int) -> tuple[int, int, int, int]:
    """Return the state after a word."""
    d ^= taken
    a, b, c, d = turned_over(a, b, c, d)
    a, b, c, d = turned_over(a, b, c, d)
    return a ^ taken, b, c, d


def ended(a: int, b: int, c: int, d: int) -> tuple[int, int]:
    """Return the hash of a state."""
    c ^= _FIRST_END
    for _ in range(4):
        a, b, c, d = turned_over(a, b, c, d)
    first = a ^ b ^ c ^ d
    b ^= _SECOND_END
    for _ in range(4):
        a, b, c, d = turned_over(a, b, c, d)
    return word(first), word(a ^ b ^ c ^ d)


def turned_over(a: int, b: int, c: int, d: int) -> tuple[int, int, int, int]:
    """Return the state after one round."""
    a += b
    c += d
    b = turned(b, 13) ^ a
    d = turned(d, 16) ^ c
    a = turned(a, 32)
    c += b
    a += d
    b = turned(b, 17) ^ c
    d = turned(d, 21) ^ a
    c = turned(c, 32)
    return word(a), b, c, d


def turned(value: int, bits: int) -> int:
    """Return a word turned left."""
    return word(value << bits | value >> 64 - bits & (1 << bits) - 1)


def word(value: int) -> int:
    """Return the lowest 64 bits of a number."""
    return value & _MOST | (value >> _TOP & 1) << _TOP


def deal_records(words: Any, rows: Any, ends: Any, records: Any) -> None:
    """Write a record for each row, part by part; equal hashes are of one part, in which rows keep their order.

    Args:
        words: of each row two.
        rows: their numbers.
        ends: of as many parts as a power of two, all 0; gets where the next part begins.
        records: `RECORD` numbers for each row.
    """
    last = len(ends) - 1
    for place in range(len(rows)):
        ends[words[2 * place] & last] += 1
    total = 0
    for part in range(len(ends)):
        count = ends[part]
        ends[part] = total
        total += count
    for place in range(len(rows)):
        first, second = words[2 * place], words[2 * place + 1]
        part = first & last
        at = RECORD * ends[part]
        ends[part] += 1
        records[at] = rows[place]
        records[at + 1] = first & _LOW
        records[at + 2] = first >> 32 & _LOW
        records[at + 3] = second & _LOW
        records[at + 4] = second >> 32 & _LOW


def first_records(records: Any, table: Any, codes: Any) -> None:
    """Write for the row of each record the row of the first record with the same hash.

    Args:
        records: as of `deal_records`.
        table: room for more places than there are records, a power of two of them, all -1.
        codes: by row.
    """
    last = len(table) - 1
    for place in range(len(records) // RECORD):
        at = RECORD * place
        slot = records[at + 2] & last  # the lowest bits of the number before are those of the part
        while table[slot] >= 0 and not are_same(records, at, RECORD * table[slot]):
            slot = slot + 1 & last
        if table[slot] < 0:
            table[slot] = place
        codes[records[at]] = records[RECORD * table[slot]]


def are_same(records: Any, at: int, other: int) -> bool:
    """Tell whether two records have the same hash."""
    for one in range(1, RECORD):
        if records[at + one] != records[other + one]:
            return False
    return True
