"""Pseudonyms that the holder of the key can turn back: AES-256-SIV (RFC 5297), deterministic and authenticated.

GB/T 39725-2020 10.2 e) asks for an index of codes inside the controller where tracing back is needed; with these the
key is that index. They are pseudonyms as any other: still personal information (PIPL Arts 4, 73(3)).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from kouan.deidentify import messages
from kouan.deidentify.columns import as_text, over_distinct
from kouan.engine.persons import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAD = "r"
_BLOCK = 16
_LABEL = b"kouan/v1/aes-siv"


@dataclass(frozen=True, slots=True)
class Sealed:
    """Replaces every value by its encryption: `r` and hexadecimal digits, the same for one value of one kind and key.

    Values are spelt as for other pseudonyms, and padded to whole blocks of 16 bytes, so that their length shows roughly
    only.

    Attributes:
        kind: what the value is; a pseudonym opens under its own kind only.
        key: 32 bytes from the key store.
    """

    kind: str
    key: bytes = field(repr=False)

    def __call__(self, column: pa.Array) -> pa.Array:
        """Return the pseudonyms; null and blank cells become null."""
        return over_distinct(as_text(column), self._distinct)

    def _distinct(self, values: pa.Array) -> pa.Array:
        cipher, about = _cipher(self.key), [f"v1|{self.kind}".encode()]
        spelt = normalise(self.kind, values).cast(pa.binary()).to_pylist()
        return pa.array(
            [_LEAD + cipher.encrypt(_padded(one), about).hex() if one else None for one in spelt], pa.string()
        )


def unseal(pseudonyms: Iterable[str], *, kind: str, key: bytes, where: str) -> list[str]:
    """Return the values behind sealed pseudonyms, in the one spelling of their kind.

    Args:
        pseudonyms: as they stand in the treated data.
        kind: of their line in the plan.
        key: that the key store derives for the plan's `key`.
        where: what they were read from, for the error.

    Raises:
        KouanError: K-DEI-024: one of them was not made with this key and kind; none is returned then.
    """
    cipher, about = _cipher(key), [f"v1|{kind}".encode()]
    found = []
    for number, one in enumerate(pseudonyms, start=1):
        try:
            if not one.startswith(_LEAD):
                raise InvalidTag  # noqa: TRY301 - the same to the reader
            padded = cipher.decrypt(bytes.fromhex(one[len(_LEAD) :]), about)
        except (InvalidTag, ValueError):
            raise messages.NOT_SEALED.at(where, number=number, kind=kind) from None
        found.append(padded.rstrip(b"\0")[:-1].decode())
    return found


def _cipher(key: bytes) -> AESSIV:
    return AESSIV(hmac.digest(key, _LABEL, "sha512"))  # a key of its own, apart from the pseudonyms'


def _padded(value: bytes) -> bytes:
    """Return the value, a mark, and zeros up to a whole block (ISO/IEC 7816-4)."""
    return value + b"\x80" + b"\0" * (-(len(value) + 1) % _BLOCK)
