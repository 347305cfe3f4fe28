"""Keyed pseudonyms: HMAC-SHA256, 128 bits, over `v1|kind|normalised` (DESIGN 4.6; GB/T 37964-2019 annex A)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import as_text, over_distinct
from kouan.deidentify.normalise import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

_BLOCK = 64
_BYTES = 16
_WIDTH = 27
_ALPHABET = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype=np.uint8)
_LEAD = ord("p")


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """Replaces every value by `p` and 26 base32 letters; the leading letter keeps spreadsheets from reading a number.

    Attributes:
        kind: what the value is; equal values of one kind get one pseudonym in every file of the year.
        key: 32 bytes from the key store.
    """

    kind: str
    key: bytes

    def __call__(self, column: pa.Array) -> pa.Array:
        """Return the pseudonyms; null and blank cells become null."""
        return over_distinct(as_text(column), self._distinct)

    def _distinct(self, values: pa.Array) -> pa.Array:
        spelt = normalise(self.kind, values)
        known = pc.and_(pc.is_valid(spelt), pc.not_equal(spelt, ""))
        digests = hmac_many(self.key, f"v1|{self.kind}|".encode(), _bytes(spelt.filter(known)))
        return _spread(_words(digests), known)


def hmac_many(key: bytes, prefix: bytes, values: Iterable[bytes]) -> bytes:
    """Return the first 16 bytes of HMAC-SHA256(key, prefix + value) for each value, one after the other.

    The two keyed states (RFC 2104) are prepared once and copied per value: twice the rate of `hmac.digest`.
    """
    padded = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + prefix)
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in padded))
    digests = []
    for value in values:
        first = inner.copy()
        first.update(value)
        second = outer.copy()
        second.update(first.digest())
        digests.append(second.digest()[:_BYTES])
    return b"".join(digests)


def _bytes(values: pa.Array) -> list[bytes]:
    found: list[bytes] = values.cast(pa.binary()).to_pylist()
    return found


def _words(digests: bytes) -> pa.Array:
    """Return one string per 16 bytes: RFC 4648 base32 in small letters, without padding, after the lead letter."""
    count = len(digests) // _BYTES
    bits = np.unpackbits(np.frombuffer(digests, dtype=np.uint8).reshape(count, _BYTES), axis=1)
    bits = np.pad(bits, ((0, 0), (0, 2))).reshape(count, _WIDTH - 1, 5)
    letters = np.full((count, _WIDTH), _LEAD, dtype=np.uint8)
    letters[:, 1:] = _ALPHABET[bits @ np.array([16, 8, 4, 2, 1], dtype=np.uint8)]
    offsets = np.arange(count + 1, dtype=np.int32) * _WIDTH
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(letters.tobytes()))


def _spread(words: pa.Array, known: pa.Array) -> pa.Array:
    """Put the words back where a value was known."""
    if len(words) == len(known):
        return words
    place = np.cumsum(known.to_numpy(zero_copy_only=False)) - 1
    return words.take(pa.array(place, pa.int64(), mask=~known.to_numpy(zero_copy_only=False)))
