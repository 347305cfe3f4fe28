"""One spelling and one keyed hash per value that names a person, for counts and pseudonyms alike (DESIGN 4.6)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable

HASH_BYTES = 16
"""A person's hash has 128 bits."""

_BRACKETED = frozenset({"hkid", "moid", "cn.tw_permit", "cn.landline"})
_UPPER = _BRACKETED | {
    *("cn.ric", "cn.hmt_res", "cn.pr", "cn.pr15", "cn.passport", "cn.hkmo_permit", "twid"),
    *("driver_licence", "social_security", "cn.ssn", "cn.uscc", "cn.plate", "vin"),
}
_SEPARATED = _UPPER | {
    *("cn.mobile", "fax", "cn.ric15", "cn.driving_file", "disability_id"),
    *("cn.bankcard", "bank_account", "financial_account"),
}
_LOWER = frozenset({"email"})
_INVISIBLE = r"[\x{00AD}\x{200B}-\x{200F}\x{2060}\x{FEFF}]"
_DASHES = r"[\x{2010}-\x{2015}\x{2212}]"
_SEPARATORS = (b" ", b"-", "·".encode(), b"\t", b"\n", b"\f", b"\r")
_BLOCK = 64


def spell(text: Any) -> Any:
    """Return a string array as every kind of value is spelt.

    NFKC (full-width digits become plain ones), without invisible marks, with one dash, without outer blanks. ASCII has
    nothing of these but the blanks.
    """
    if _is_text(text) and _bytes_of(text).isascii():
        return pc.utf8_trim_whitespace(text)
    text = pc.utf8_normalize(text, form="NFKC")
    text = pc.replace_substring_regex(text, _INVISIBLE, "")
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(text, _DASHES, "-"))


def normalise(kind: str, text: Any) -> Any:
    """Return a string array in the one spelling that hashing of `kind` uses."""
    return by_kind(kind, spell(text))


def by_kind(kind: str, text: Any) -> Any:
    """Return an array that is spelt already in the way of its kind.

    Numbers issued by somebody: without blanks, hyphens and middle dots, and where a part of them stands in brackets
    without these; documents, plates and USCC in capitals; mobile numbers without +86; e-mail in small letters.
    Internal keys keep their case: some systems tell `aB1` from `AB1`.
    """
    held = _bytes_of(text)
    if kind in _SEPARATED and any(mark in held for mark in _SEPARATORS):
        text = pc.replace_substring_regex(text, r"[\s·-]", "")
    if kind in _BRACKETED and any(mark in held for mark in (b"(", b")")):
        text = pc.replace_substring_regex(text, r"[()]", "")
    if kind == "cn.mobile":
        text = pc.replace_substring_regex(text, r"^(?:\+?86|0086)(1\d{10})$", r"\1")
    if kind in _UPPER:
        if not held.isascii():
            return pc.utf8_upper(text)
        return text if held == held.upper() else pc.ascii_upper(text)
    if kind in _LOWER:
        if not held.isascii():
            return pc.utf8_lower(text)
        return text if held == held.lower() else pc.ascii_lower(text)
    return text


def _is_text(text: Any) -> bool:
    return bool(pa.types.is_string(text.type) or pa.types.is_large_string(text.type))


def _bytes_of(text: Any) -> bytes:
    """Return all bytes of a string array: one look tells what none of its values holds."""
    return b"".join(map(_held, text.chunks if isinstance(text, pa.ChunkedArray) else (text,)))


def _held(part: Any) -> bytes:
    _, marks, data = part.buffers()
    if data is None or len(part) == 0:
        return b""
    offsets = np.frombuffer(marks, np.int64 if pa.types.is_large_string(part.type) else np.int32)
    first, last = offsets[part.offset], offsets[part.offset + len(part)]
    return bytes(data.slice(first, last - first).to_pybytes())


def person_hashes(key: bytes, kind: str, normalised: Iterable[bytes], *, algorithm: str = "sha256") -> bytes:
    """Return HMAC over `v1|kind|normalised`, cut to 16 bytes, for each value, one after the other.

    The two keyed states (RFC 2104) are prepared once and copied per value: twice the rate of `hmac.digest`.

    Args:
        key: of the HMAC.
        kind: what the values are.
        normalised: values in their one spelling.
        algorithm: `sha256`, or `sm3` (GB/T 32905-2016), which has the same block and length.
    """
    padded = (hashlib.new(algorithm, key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    inner = hashlib.new(algorithm, bytes(byte ^ 0x36 for byte in padded) + f"v1|{kind}|".encode())
    outer = hashlib.new(algorithm, bytes(byte ^ 0x5C for byte in padded))
    digests = []
    for value in normalised:
        first = inner.copy()
        first.update(value)
        second = outer.copy()
        second.update(first.digest())
        digests.append(second.digest()[:HASH_BYTES])
    return b"".join(digests)


def can_hash(algorithm: str) -> bool:
    """Tell whether this Python's OpenSSL has a hash; SM3 is missing from some builds."""
    try:
        hashlib.new(algorithm)
    except ValueError:
        return False
    return True
