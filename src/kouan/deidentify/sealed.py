"""Pseudonyms that the holder of the key can turn back: SIV (RFC 5297), deterministic and authenticated.

With AES-256, or with SM4 (GB/T 32907-2016) in the same construction, which is no standard of its own. GB/T 39725-2020
10.2 e) asks for an index of codes inside the controller where tracing back is needed; with these the key is that
index. They are pseudonyms as any other: still personal information (PIPL Arts 4, 73(3)).
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify import messages
from kouan.deidentify.blockcipher import BLOCK
from kouan.deidentify.columns import as_text, over_distinct
from kouan.deidentify.siv import Siv
from kouan.engine.persons import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LEADS = {"aes": "r", "sm4": "s"}
_LABELS = {"aes": (b"kouan/v1/aes-siv", "sha512"), "sm4": (b"kouan/v1/sm4-siv", "sha256")}


@dataclass(frozen=True, slots=True)
class Sealed:
    """Replaces every value by its encryption: a letter and hexadecimal digits, the same for one value, kind and key.

    Values are spelt as for other pseudonyms, and padded to whole blocks of 16 bytes, so that their length shows roughly
    only.

    Attributes:
        kind: what the value is; a pseudonym opens under its own kind only.
        key: 32 bytes from the key store.
        cipher: `aes` (the leading letter is `r`) or `sm4` (`s`).
    """

    kind: str
    key: bytes = field(repr=False)
    cipher: str = "aes"

    def __call__(self, column: pa.Array) -> pa.Array:
        """Return the pseudonyms; null and blank cells become null."""
        return over_distinct(as_text(column), self._distinct)

    def back(self, pseudonyms: pa.StringArray) -> pa.StringArray:
        """Return the values of pseudonyms; null for what was not made with this key, kind and cipher."""
        return pa.array(self._opened(pc.utf8_trim_whitespace(pseudonyms).to_pylist()), pa.string())

    def _distinct(self, values: pa.Array) -> pa.Array:
        spelt = normalise(self.kind, values).cast(pa.binary()).to_pylist()
        known = [_padded(one) for one in spelt if one]
        sealed, siv, lead = [b""] * len(known), self._siv(), _LEADS[self.cipher]
        for rows, blocks in _by_size(known):
            for row, one in zip(rows, siv.encrypt(blocks), strict=True):
                sealed[row] = one.tobytes()
        words = iter(sealed)
        return pa.array([lead + next(words).hex() if one else None for one in spelt], pa.string())

    def _opened(self, told: Sequence[str | None]) -> list[str | None]:
        raw = [_raw(one, _LEADS[self.cipher]) for one in told]
        siv, opened = self._siv(), cast("list[str | None]", [None] * len(raw))
        for rows, sealed in _by_size(raw, least=2):
            blocks, right = siv.decrypt(sealed)
            for row, one, is_right in zip(rows, blocks, right, strict=True):
                opened[row] = one.tobytes().rstrip(b"\0")[:-1].decode() if is_right else None
        return opened

    def _siv(self) -> Siv:
        label, digest = _LABELS[self.cipher]  # a key of its own, apart from the pseudonyms' and the other cipher's
        return Siv(self.cipher, hmac.digest(self.key, label, digest), f"v1|{self.kind}".encode())


def unseal(pseudonyms: Iterable[str], *, kind: str, key: bytes, where: str, cipher: str = "aes") -> list[str]:
    """Return the values behind sealed pseudonyms, in the one spelling of their kind.

    Args:
        pseudonyms: as they stand in the treated data.
        kind: of their line in the plan.
        key: that the key store derives for the plan's `key`.
        where: what they were read from, for the error.
        cipher: of their line.

    Raises:
        KouanError: K-DEI-024: one of them was not made with this key and kind; none is returned then.
    """
    found: list[str | None] = Sealed(kind, key, cipher).back(pa.array(list(pseudonyms), pa.string())).to_pylist()
    for number, one in enumerate(found, start=1):
        if one is None:
            raise messages.NOT_SEALED.at(where, number=number, kind=kind)
    return [one for one in found if one is not None]


def _raw(told: str | None, lead: str) -> bytes:
    """Return the bytes of a pseudonym; none where it is no such writing."""
    if not told or not told.startswith(lead):
        return b""
    try:
        return bytes.fromhex(told[len(lead) :])
    except ValueError:
        return b""


def _by_size(raw: Sequence[bytes], *, least: int = 1) -> Iterator[tuple[list[int], np.ndarray]]:
    """Yield the places of messages of as many whole blocks, and these, shape (messages, blocks, 16)."""
    places: dict[int, list[int]] = {}
    for at, one in enumerate(raw):
        if len(one) >= least * BLOCK and not len(one) % BLOCK:
            places.setdefault(len(one), []).append(at)
    for size, rows in places.items():
        blocks = np.frombuffer(b"".join(raw[at] for at in rows), np.uint8)
        yield rows, blocks.reshape(len(rows), size // BLOCK, BLOCK)


def _padded(value: bytes) -> bytes:
    """Return the value, a mark, and zeros up to a whole block (ISO/IEC 7816-4)."""
    return value + b"\x80" + b"\0" * (-(len(value) + 1) % BLOCK)
