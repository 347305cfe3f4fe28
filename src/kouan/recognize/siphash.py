"""SipHash-2-4 of 128 bits (Aumasson and Bernstein 2012) over whole arrays.

It makes keyed values of one width for temporary files. These never leave a run, and their key is made for it and never
written. What is kept is hashed by `engine.persons`. Large data take the compiled run of `kernel.sips`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.recognize.cells import view

if TYPE_CHECKING:
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Words = npt.NDArray[np.uint64]

KEY_BYTES = 16
_WORD = 8
_ROWS = 8192
"""Rows at a time, so that the state stays in the processor's cache."""
_START = (0x736F6D6570736575, 0x646F72616E646F6D ^ 0xEE, 0x6C7967656E657261, 0x7465646279746573)
_FINAL = 4


def keyed(key: bytes, values: Any) -> Words:
    """Return (rows, 2) words for an int64 or string array without nulls; numbers hash as their eight bytes.

    Args:
        key: 16 bytes.
        values: `pa.Int64Array` or `pa.StringArray`.
    """
    result = np.empty((len(values), 2), np.uint64)
    if values.type == "int64":
        numbers = np.asarray(values).astype("<i8").view(np.uint64)
        end = np.full(_ROWS, _WORD << 56, np.uint64)
        for start in range(0, len(numbers), _ROWS):
            part = numbers[start : start + _ROWS]
            result[start : start + _ROWS] = _hash(key, [part, end[: len(part)]])
        return result
    data, offsets = view(values)
    lengths = np.diff(offsets)
    words = lengths // _WORD
    for count in np.unique(words).tolist():
        rows = np.flatnonzero(words == count)
        for start in range(0, len(rows), _ROWS):
            at = rows[start : start + _ROWS]
            result[at] = _hash(key, _words(data, offsets[at], lengths[at], count + 1))
    return result


def words_of(key: bytes) -> tuple[int, int]:
    """Return a key as two words."""
    return int.from_bytes(key[:_WORD], "little"), int.from_bytes(key[_WORD:], "little")


def _words(data: npt.NDArray[np.uint8], starts: Ints, lengths: Ints, count: int) -> list[Words]:
    """Return the words of texts of `count - 1` whole words each; the last holds the rest and the length."""
    places = np.arange(count * _WORD)
    bytes_ = data[np.minimum(starts[:, None] + places, max(len(data) - 1, 0))] if len(data) else _nothing(starts, count)
    bytes_[places >= lengths[:, None]] = 0
    bytes_[:, -1] = lengths.astype(np.uint8)
    return list(np.ascontiguousarray(bytes_.view("<u8").T).astype(np.uint64, copy=False))


def _nothing(starts: Ints, count: int) -> npt.NDArray[np.uint8]:
    return np.zeros((len(starts), count * _WORD), np.uint8)


def _hash(key: bytes, words: list[Words]) -> Words:
    k0, k1 = words_of(key)
    v = [np.full(len(words[0]), start ^ half, np.uint64) for start, half in zip(_START, (k0, k1, k0, k1), strict=True)]
    for word in words:
        v[3] ^= word
        _rounds(v, 2)
        v[0] ^= word
    v[2] ^= np.uint64(0xEE)
    _rounds(v, _FINAL)
    first = v[0] ^ v[1] ^ v[2] ^ v[3]
    v[1] ^= np.uint64(0xDD)
    _rounds(v, _FINAL)
    return np.stack([first, v[0] ^ v[1] ^ v[2] ^ v[3]], axis=1)


def _rounds(v: list[Words], times: int) -> None:
    a, b, c, d = v
    for _ in range(times):
        a += b
        c += d
        b, d = _turned(b, 13), _turned(d, 16)
        b ^= a
        d ^= c
        a = _turned(a, 32)
        c += b
        a += d
        b, d = _turned(b, 17), _turned(d, 21)
        b ^= c
        d ^= a
        c = _turned(c, 32)
    v[:] = a, b, c, d


def _turned(word: Words, bits: int) -> Words:
    turned: Words = (word << np.uint64(bits)) | (word >> np.uint64(64 - bits))
    return turned
