"""Keyed pseudonyms: HMAC-SHA256, 128 bits, over `v1|kind|normalised` (DESIGN 4.6; GB/T 37964-2019 annex A)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import as_text, over_distinct
from kouan.engine.persons import HASH_BYTES, normalise, person_hashes

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
        digests = person_hashes(self.key, self.kind, _bytes(spelt.filter(known)))
        return _spread(_words(digests), known)


def _bytes(values: pa.Array) -> list[bytes]:
    found: list[bytes] = values.cast(pa.binary()).to_pylist()
    return found


def _words(digests: bytes) -> pa.Array:
    """Return one string per 16 bytes: RFC 4648 base32 in small letters, without padding, after the lead letter."""
    count = len(digests) // HASH_BYTES
    bits = np.unpackbits(np.frombuffer(digests, dtype=np.uint8).reshape(count, HASH_BYTES), axis=1)
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
