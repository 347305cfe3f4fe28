"""A key store in memory."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


@dataclass(frozen=True, slots=True)
class MemoryKeyStore:
    """Derives like the real one (HKDF-SHA256 from one root) and keeps the root in memory."""

    root: bytes = b"a root for tests, thirty-two byte"

    def derive(self, purpose: str, length: int = 32) -> bytes:
        return HKDF(algorithm=SHA256(), length=length, salt=None, info=purpose.encode()).derive(self.root)

    def fingerprint(self, purpose: str) -> str:
        return hashlib.sha256(self.derive(purpose)).hexdigest()[:16]
