"""Surrogates: pseudonyms that keep the format of their values, for systems that take no other.

One way by a keyed hash, or reversible by FF1 (NIST SP 800-38G). They are pseudonyms as any other: still personal
information (PIPL Arts 4, 73(3)); reversible ones are not authenticated.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.blockcipher import BlockCipher
from kouan.deidentify.columns import as_text, spread
from kouan.deidentify.ff1 import Ff1
from kouan.deidentify.shapes import SHAPES
from kouan.engine.persons import HASH_BYTES, normalise, person_hashes

if TYPE_CHECKING:
    from kouan.deidentify.ff1 import Numbers
    from kouan.deidentify.shapes.domain import Domain, Group, Letters

UNSHAPED = "unshaped"
"""Kind under which values are counted that do not have the form, or whose form has less than a million values."""
METHODS = ("hash", "ff1")
_LABEL = "kouan/v1/surrogate"
_TWEAK = 8
"""Bytes: with halves of up to seven, a round of FF1 is one block."""


@dataclass(frozen=True, slots=True)
class Surrogate:
    """Replaces every value by one of its form; the same for one value of one kind and key.

    Values are spelt as for other pseudonyms. What does not have the form becomes null and is counted. By `hash`, two
    of n values come to one surrogate in about n²/2N cases, where N values have the form; by `ff1` never.

    Attributes:
        kind: what the values are.
        key: 32 bytes from the key store.
        shape: one of `SHAPES`.
        method: one of `METHODS`.
        cipher: of FF1: `aes` (256 bits) or `sm4`.
        right_check: whether a check digit in the surrogate is right.
        prefix: stands before every surrogate and says what it is.
        algorithm: of the hash: `sha256` or `sm3`.
    """

    kind: str
    key: bytes = field(repr=False)
    shape: str = "characters"
    method: str = "hash"
    cipher: str = "aes"
    right_check: bool = False
    prefix: str = ""
    algorithm: str = "sha256"

    def __call__(self, column: pa.Array) -> pa.Array:
        """Return the surrogates."""
        return self.run(column)[0]

    def run(self, column: pa.Array) -> tuple[pa.Array, Counter[str]]:
        """Return the surrogates, and how many cells hold a value that has not the form."""
        encoded = as_text(column).dictionary_encode()
        spelt = normalise(self.kind, encoded.dictionary)
        known = pc.and_(pc.is_valid(spelt), pc.not_equal(spelt, ""))
        words = self._spread(spelt.filter(known), np.flatnonzero(known.to_numpy(zero_copy_only=False)), len(spelt))
        cells = pc.sum(spread(pc.and_(known, pc.is_null(words)), encoded.indices)).as_py() or 0
        return spread(words, encoded.indices), Counter({UNSHAPED: cells})

    def back(self, surrogates: pa.StringArray) -> pa.StringArray:
        """Return the values of reversible surrogates; null for what cannot be one."""
        text = surrogates
        if self.prefix:
            text = pc.if_else(pc.starts_with(text, self.prefix), pc.utf8_slice_codeunits(text, len(self.prefix)), None)
        known = pc.and_(pc.is_valid(text), pc.not_equal(text, ""))
        known = pc.fill_null(known, False)
        rows = np.flatnonzero(known.to_numpy(zero_copy_only=False))
        return self._spread(text.filter(known), rows, len(text), back=True)

    def _spread(self, values: pa.StringArray, rows: np.ndarray, count: int, *, back: bool = False) -> pa.StringArray:
        """Return the new words of `values` at `rows` of an array of so many; null elsewhere."""
        place = np.full(count, -1, dtype=np.int64)
        parts: list[pa.StringArray] = []
        done = 0
        for group in SHAPES[self.shape](right_check=self.right_check).read(values, back=back):
            left, right = self._moved(group, values, back=back)
            parts.append(_strings(group.write(left, right)))
            place[rows[group.rows]] = np.arange(done, done + len(group.rows))
            done += len(group.rows)
        words = pa.concat_arrays(parts) if parts else pa.array([], pa.string())
        if self.prefix and not back:
            words = pc.binary_join_element_wise(self.prefix, words, "")
        return spread(words, pa.array(place, pa.int64(), mask=place < 0))

    def _moved(self, group: Group, values: pa.StringArray, *, back: bool) -> tuple[Numbers, Numbers]:
        if self.method == "hash":
            return self._drawn(group, values.take(pa.array(group.rows)))
        permutation = self._permutation(group.domain)
        step = permutation.decrypt if back else permutation.encrypt
        left, right = step(group.left.astype(permutation.kind), group.right.astype(permutation.kind))
        while not (inside := group.domain.holds(left, right)).all():
            out = np.flatnonzero(~inside)
            left[out], right[out] = step(left[out], right[out])
        return left, right

    def _permutation(self, domain: Domain) -> Ff1:
        size = "sha256" if self.cipher == "aes" else "sha512"
        key = hmac.digest(self.key, f"{_LABEL}/ff1-{self.cipher}".encode(), size)
        tweak = hashlib.sha256(f"v1|{self.kind}".encode()).digest()[:_TWEAK]
        cipher = BlockCipher(self.cipher, key if self.cipher == "aes" else key[:16])
        return Ff1(cipher, tweak, radix=domain.radix, length=domain.length)

    def _drawn(self, group: Group, values: pa.StringArray) -> tuple[Numbers, Numbers]:
        """Return the halves of a number drawn from the keyed hash of each value."""
        key = hmac.digest(self.key, f"{_LABEL}/hash".encode(), "sha256")  # its own: codes must not tell surrogates
        digests = person_hashes(key, self.kind, values.cast(pa.binary()).to_pylist(), algorithm=self.algorithm)
        domain, size, right = group.domain, group.domain.size, group.domain.right
        drawn = [
            divmod(domain.low + int.from_bytes(digests[at : at + HASH_BYTES]) % size, right)
            for at in range(0, len(digests), HASH_BYTES)
        ]
        halves = np.array(drawn, dtype=group.left.dtype).reshape(-1, 2)
        return halves[:, 0], halves[:, 1]


def _strings(letters: Letters) -> pa.StringArray:
    count, width = letters.shape
    offsets = np.arange(count + 1, dtype=np.int32) * width
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(letters.tobytes()))
