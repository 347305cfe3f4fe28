"""The exporter's root key and what is derived from it (DESIGN 4.6)."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kouan.evidence import messages
from kouan.evidence.private import open_private
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KEYS = "keys"
"""Folder of the private keys in the exporter's home."""

_SIZE = 32
_FILE = "root.key"
_FORM = re.compile(rb"kouan-root-key/v1 hkdf-sha256 ([0-9a-f]{64})\n\Z")
_CALLED = Text(zh="根密钥", en="root key")


@dataclass(frozen=True, slots=True)
class FileKeyStore:
    """A KeyStore whose root is a file of the exporter's home; the root never leaves it."""

    _root: bytes = field(repr=False)

    @classmethod
    def open(cls, home: Path, *, create: bool, random: Callable[[int], bytes] = os.urandom) -> Self:
        """Open the store, making the root key on first use.

        Args:
            home: the exporter's home; the key lies in `keys/root.key`, 0600 in a 0700 folder.
            create: whether a missing key is made.
            random: source of randomness.

        Raises:
            KouanError: K-EVI-001 to K-EVI-004, K-EVI-014, K-EVI-015.
        """

        def make() -> bytes:
            return b"kouan-root-key/v1 hkdf-sha256 " + random(_SIZE).hex().encode() + b"\n"

        data = open_private(home / KEYS, _FILE, make=make if create else None, called=_CALLED)
        match = _FORM.match(data)
        if match is None:
            raise messages.KEY_MALFORMED.at(str(home / KEYS / _FILE))
        return cls(bytes.fromhex(match[1].decode()))

    @classmethod
    def passing(cls, root: bytes) -> Self:
        """Return a store that nothing keeps: for what is derived, compared and forgotten in one run."""
        return cls(root)

    def derive(self, purpose: str, length: int = 32) -> bytes:
        """Return `length` bytes by HKDF-SHA256 (RFC 5869) for a purpose with its year, such as `pseudonym/2026`.

        Keys of different lengths are unrelated too: the length is part of what is derived from.
        """
        info = f"kouan/v1/{length}/{purpose}".encode()
        return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=info).derive(self._root)

    def fingerprint(self, purpose: str) -> str:
        """Return `hkdf-sha256:` and 16 hexadecimal digits that name the purpose's key and reveal nothing of it."""
        digest = hmac.new(self.derive(purpose), b"kouan/v1/fingerprint", hashlib.sha256).hexdigest()
        return f"hkdf-sha256:{digest[:16]}"
