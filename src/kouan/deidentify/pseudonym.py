"""Keyed pseudonyms: HMAC-SHA256 or HMAC-SM3, 128 bits, over `v1|kind|normalised` (GB/T 37964-2019 annex A)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import as_text, over_distinct
from kouan.deidentify.references import is_uuid, split_reference
from kouan.engine.persons import HASH_BYTES, normalise, person_hashes

_WIDTH = 27
_GROUPS = 4
"""16 bytes in groups of five, each of which makes eight letters."""
_ALPHABET = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", dtype=np.uint8)
_LEAD = ord("p")
_HEX = np.frombuffer(b"0123456789abcdef", dtype=np.uint8)
_UUID_PLACES = [at for at in range(36) if at not in (8, 13, 18, 23)]
_UUID_VERSION, _UUID_VARIANT = 0x80, 0x80
_OID = "urn:oid:"
_OID_OF_UUID = "2.25."
"""Arc of OIDs made from UUIDs (ITU-T X.667)."""

ALGORITHMS = {"hmac-sha256": "sha256", "hmac-sm3": "sm3"}
"""Keyed hashes by their names in a plan: RFC 2104 over SHA-256 or SM3 (GB/T 32905-2016)."""
FORMS = ("code", "uuid", "reference", "digits", "short")
LENGTHS = {"code": _WIDTH, "reference": _WIDTH, "digits": 15, "short": 12}
"""Characters of each form unless the plan says otherwise; a UUID has 36."""
LEAST_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """Replaces every value by one drawn from its keyed hash, in a form that the field's standard allows.

    `code` is `p` and base32 letters (the leading letter keeps spreadsheets from reading a number), `short` its
    beginning (8 characters hold 35 bits: fit for some ten thousand persons); `uuid` a UUID of version 8 (RFC 9562);
    `digits` decimal digits, the first not 0; `reference` keeps what stands before the id (`Patient/`, `urn:uuid:`),
    gives a UUID for a UUID and a code for any other id. Forms of one kind agree: `Patient/1` as a reference and `1` as
    a code name one person.

    Attributes:
        kind: what the value is; equal values of one kind get one pseudonym in every file of the year.
        key: 32 bytes from the key store.
        form: one of `FORMS`.
        length: characters of the code or digits; None for the form's own.
        algorithm: one of `ALGORITHMS`.
    """

    kind: str
    key: bytes = field(repr=False)
    form: str = "code"
    length: int | None = None
    algorithm: str = "hmac-sha256"

    def __call__(self, column: pa.Array) -> pa.Array:
        """Return the pseudonyms; null and blank cells become null."""
        return over_distinct(as_text(column), self._distinct)

    def _distinct(self, values: pa.Array) -> pa.Array:
        if self.form == "reference":
            return self._references(values)
        if self.form == "uuid":
            values = pc.if_else(is_uuid(values), pc.utf8_lower(values), values)
        known, digests = self._hashed(values)
        return _spread(self._words(digests, self.form), known)

    def _hashed(self, values: pa.Array) -> tuple[pa.Array, bytes]:
        spelt = normalise(self.kind, values)
        known = pc.and_(pc.is_valid(spelt), pc.not_equal(spelt, ""))
        return known, person_hashes(
            self.key, self.kind, _bytes(spelt.filter(known)), algorithm=ALGORITHMS[self.algorithm]
        )

    def _words(self, digests: bytes, form: str) -> pa.Array:
        if form == "uuid":
            return _uuids(digests)
        length = self.length or LENGTHS[form]
        return _digits(digests, length) if form == "digits" else pc.utf8_slice_codeunits(_words(digests), 0, length)

    def _references(self, values: pa.Array) -> pa.Array:
        head, bare, tail = split_reference(pc.utf8_trim_whitespace(values))
        uuid_there = is_uuid(bare)
        known, digests = self._hashed(pc.if_else(uuid_there, pc.utf8_lower(bare), bare))
        ids = _spread(self._words(digests, "reference"), known)
        is_oid = pc.equal(head, _OID)
        if pc.any(pc.or_(uuid_there, is_oid)).as_py():
            uuids = _spread(self._words(digests, "uuid"), known)
            ids = pc.if_else(pc.fill_null(uuid_there, False), uuids, ids)
            ids = pc.replace_with_mask(ids, pc.fill_null(is_oid, False), _numbers(uuids.filter(is_oid)))
        return pc.binary_join_element_wise(head, ids, tail, "")


def _numbers(uuids: pa.Array) -> pa.Array:
    """Return the OID of each UUID."""
    found = [None if one is None else _OID_OF_UUID + str(uuid.UUID(one).int) for one in uuids.to_pylist()]
    return pa.array(found, pa.string())


def _bytes(values: pa.Array) -> list[bytes]:
    found: list[bytes] = values.cast(pa.binary()).to_pylist()
    return found


def _words(digests: bytes) -> pa.Array:
    """Return one string per 16 bytes: RFC 4648 base32 in small letters, without padding, after the lead letter."""
    count = len(digests) // HASH_BYTES
    raw = np.zeros((count, _GROUPS, 5), dtype=np.uint8)
    raw.reshape(count, 5 * _GROUPS)[:, :HASH_BYTES] = np.frombuffer(digests, dtype=np.uint8).reshape(count, HASH_BYTES)
    a, b, c, d, e = np.moveaxis(raw, 2, 0)
    five = (a >> 3, a << 2 | b >> 6, b >> 1, b << 4 | c >> 4, c << 1 | d >> 7, d >> 2, d << 3 | e >> 5, e)
    places = np.stack(five, axis=2).reshape(count, 8 * _GROUPS)[:, : _WIDTH - 1] & 31
    letters = np.full((count, _WIDTH), _LEAD, dtype=np.uint8)
    letters[:, 1:] = _ALPHABET[places]
    return _strings(letters)


def _strings(letters: np.ndarray[tuple[int, int], np.dtype[np.uint8]]) -> pa.Array:
    """Return one string per row of ASCII letters."""
    count, width = letters.shape
    offsets = np.arange(count + 1, dtype=np.int32) * width
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(letters.tobytes()))


def _uuids(digests: bytes) -> pa.Array:
    """Return one UUID per 16 bytes: version 8, variant of RFC 9562, the other 122 bits as they are."""
    raw = np.frombuffer(digests, dtype=np.uint8).reshape(-1, HASH_BYTES).copy()
    raw[:, 6] = raw[:, 6] & 0x0F | _UUID_VERSION
    raw[:, 8] = raw[:, 8] & 0x3F | _UUID_VARIANT
    letters = np.full((len(raw), len(_UUID_PLACES) + 4), ord("-"), dtype=np.uint8)
    letters[:, _UUID_PLACES] = _HEX[np.stack([raw >> 4, raw & 0x0F], axis=2).reshape(len(raw), 2 * HASH_BYTES)]
    return _strings(letters)


def _digits(digests: bytes, length: int) -> pa.Array:
    """Return one number of so many digits per 16 bytes, the first not 0."""
    first = 10 ** (length - 1)
    numbers = (int.from_bytes(digests[at : at + HASH_BYTES]) for at in range(0, len(digests), HASH_BYTES))
    return pa.array([str(first + number % (9 * first)) for number in numbers], pa.string())


def _spread(words: pa.Array, known: pa.Array) -> pa.Array:
    """Put the words back where a value was known."""
    if len(words) == len(known):
        return words
    place = np.cumsum(known.to_numpy(zero_copy_only=False)) - 1
    return words.take(pa.array(place, pa.int64(), mask=~known.to_numpy(zero_copy_only=False)))
