"""Many 16-byte blocks through AES (FIPS 197) or SM4 (GB/T 32907-2016) at once, each by itself.

Only a part of the constructions beside it (FF1, SIV): block by block, equal blocks show.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 16
"""Bytes of a block of either cipher."""

Blocks = np.ndarray[Any, np.dtype[np.uint8]]
"""Shape (count, 16)."""


@dataclass(frozen=True, slots=True)
class BlockCipher:
    """One key of one cipher.

    Attributes:
        name: of `CIPHERS`.
        key: 16 bytes for SM4; 16, 24 or 32 for AES.
    """

    name: str
    key: bytes = field(repr=False)

    def encrypt(self, blocks: Blocks) -> Blocks:
        """Return every block encrypted, shape (count, 16)."""
        return np.frombuffer(self._run().update(np.ascontiguousarray(blocks).data), np.uint8).reshape(-1, BLOCK)

    def one(self, block: bytes) -> bytes:
        """Return one block encrypted."""
        return bytes(self._run().update(block))

    def _run(self) -> Any:
        # Made per call: a context serves one thread only.
        return Cipher(CIPHERS[self.name](self.key), modes.ECB()).encryptor()  # noqa: S305 - a part of FF1 and SIV


CIPHERS: dict[str, Any] = {"aes": algorithms.AES, "sm4": algorithms.SM4}


def can_encrypt(name: str) -> bool:
    """Tell whether this machine's OpenSSL has a cipher; SM4 is missing from some builds."""
    try:
        BlockCipher(name, bytes(BLOCK)).one(bytes(BLOCK))
    except UnsupportedAlgorithm:
        return False
    return True
