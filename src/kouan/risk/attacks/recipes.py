"""Unkeyed ways to make a pseudonym, told by its shape: digests in hex or base64, whole or cut, of the bare value."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ALGORITHMS = tuple(name for name in ("md5", "sha1", "sha256", "sm3") if name in hashlib.algorithms_available)
"""SM3 only where the OpenSSL at hand has it."""
PREFIXES = ("", "+86", "86", "0086", "+86-", "+86 ", "tel:", "mobile:", "phone:", "id:", "ID:", "user:", "uid:")
"""What people obviously put in front of a number; none of it is a secret."""

_LEAD = re.compile(r"(?:[A-Za-z0-9]{1,12}[_:\-.])?")
_HEX = re.compile(r"[0-9a-fA-F]{8,64}\Z")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{22,43}={0,2}\Z")
_LEAST = 4
_MIDDLE = (8, 16)
"""Bytes 4 to 12 of an MD5, hexadecimal digits 8 to 24: the "16-digit MD5" of many Chinese systems."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way.

    Attributes:
        algorithm: a name of hashlib.
        writing: `hex` or `base64`.
        first, count: which bytes of the digest are kept.
        prefix: before the value.
    """

    algorithm: str
    writing: str
    first: int
    count: int
    prefix: str = ""

    def __str__(self) -> str:
        size = hashlib.new(self.algorithm).digest_size
        part = "" if self.count == size else f"[{self.first}:{self.first + self.count}]"
        value = f'"{self.prefix}" + x' if self.prefix else "x"
        return f"{self.writing}({self.algorithm}({value}){part})"

    def digests(self, values: Iterable[bytes]) -> list[bytes]:
        """Return what this recipe makes of plain values."""
        new: Callable[..., hashlib._Hash] | None = getattr(hashlib, self.algorithm, None)
        head, first, last = self.prefix.encode(), self.first, self.first + self.count
        if new is None:
            return [hashlib.new(self.algorithm, head + value).digest()[first:last] for value in values]
        return [new(head + value, usedforsecurity=False).digest()[first:last] for value in values]


def read_pseudonyms(texts: Sequence[str]) -> tuple[str, list[bytes]] | None:
    """Return the writing and the bytes of pseudonyms; None when they are not all digests of one length.

    A visible lead such as `u_` or `sha256:` that all of them share is taken off.
    """
    if not texts:
        return None
    lead = _LEAD.match(texts[0])
    head = lead[0] if lead and all(text.startswith(lead[0]) for text in texts) else ""
    bare = [text[len(head) :] for text in texts]
    if len({len(text.rstrip("=")) for text in bare}) != 1:
        return None
    if all(_HEX.match(text) for text in bare) and len(bare[0]) % 2 == 0:
        return "hex", [bytes.fromhex(text) for text in bare]
    if not all(_BASE64.match(text) for text in bare):
        return None
    try:
        return "base64", [_unbase64(text) for text in bare]
    except binascii.Error:
        return None


def recipes(writing: str, length: int, prefixes: Sequence[str] = PREFIXES) -> list[Recipe]:
    """Return the recipes that make pseudonyms of so many bytes, those without a prefix first."""
    found = []
    for prefix in prefixes if length >= _LEAST else ():
        for algorithm in ALGORITHMS:
            size = hashlib.new(algorithm).digest_size
            if size >= length:
                found.append(Recipe(algorithm, writing, 0, length, prefix))
            if algorithm == "md5" and length * 2 == _MIDDLE[1]:
                found.append(Recipe(algorithm, writing, _MIDDLE[0] // 2, length, prefix))
    return found


def _unbase64(text: str) -> bytes:
    bare = text.rstrip("=").replace("-", "+").replace("_", "/")
    return base64.b64decode(bare + "=" * (-len(bare) % 4), validate=True)
