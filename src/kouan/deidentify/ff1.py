"""FF1 of NIST SP 800-38G (March 2016): a keyed permutation of numeral strings of one radix and length.

The other method of that publication, FF3, is not here: NIST takes it out (second public draft of Revision 1, February
2025). The same drafts ask for at least a million possible inputs, which `LEAST` enforces. FF1 is deterministic and
not authenticated: whatever has the form decrypts to something. With SM4 in place of AES it is the same construction,
and not NIST's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.deidentify.blockcipher import BLOCK

if TYPE_CHECKING:
    from kouan.deidentify.blockcipher import BlockCipher, Blocks

LEAST = 1_000_000
"""Possible inputs that a domain must have."""
_ROUNDS = 10
_MOST_HALF = 1 << 96
"""So that what a round adds fits into one block."""
_FAST = 1 << 56
"""Halves below this fit into 64-bit arithmetic; longer ones are computed with whole numbers of any size."""

Numbers = np.ndarray[Any, Any]
"""One number for each value: unsigned 64-bit, or objects where a half may exceed `_FAST`."""


class Ff1:
    """FF1 over strings of `length` numerals, many at once, each given as the numbers of its two halves.

    Attributes:
        left, right: how many values the halves may have: radix^⌊length/2⌋ and radix^⌈length/2⌉.
        kind: dtype of the halves.
    """

    def __init__(self, cipher: BlockCipher, tweak: bytes, *, radix: int, length: int) -> None:
        """Prepare what does not hang on the values. `radix` from 2 to 65536; the domain is at least `LEAST`."""
        short, long = length // 2, length - length // 2
        self.left, self.right = radix**short, radix**long
        if self.left * self.right < LEAST or self.right > _MOST_HALF:
            raise ValueError("FF1 needs a domain of a million or more, and halves below 2^96")
        self.kind: Any = np.uint64 if self.right <= _FAST else object
        self._cipher = cipher
        self._width = -(-(self.right - 1).bit_length() // 8)
        self._drawn = 4 * (-(-self._width // 4)) + 4
        head = bytes((1, 2, 1)) + radix.to_bytes(3) + bytes((_ROUNDS, short % 256))
        self._start = np.frombuffer(cipher.one(head + length.to_bytes(4) + len(tweak).to_bytes(4)), dtype=np.uint8)
        self._lead = tweak + bytes(-(len(tweak) + self._width + 1) % BLOCK)

    def encrypt(self, left: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
        """Return the halves of the encrypted strings."""
        a, b = left, right
        for at in range(_ROUNDS):
            size = self.right if at % 2 else self.left
            a, b = b, (a + self._drawn_of(at, b, size)) % self._same(size)
        return a, b

    def decrypt(self, left: Numbers, right: Numbers) -> tuple[Numbers, Numbers]:
        """Return the halves of the strings that these are the encryption of."""
        a, b = left, right
        for at in reversed(range(_ROUNDS)):
            size = self.right if at % 2 else self.left
            a, b = (b + self._same(size) - self._drawn_of(at, a, size)) % self._same(size), a
        return a, b

    def _same(self, number: int) -> Any:
        return np.uint64(number) if self.kind is np.uint64 else number

    def _drawn_of(self, at: int, half: Numbers, size: int) -> Numbers:
        """Return what round number `at` adds, modulo `size`: steps 6.i to 6.vi of the publication's algorithm 7."""
        message = np.empty((len(half), len(self._lead) + 1 + self._width), dtype=np.uint8)
        message[:, : len(self._lead)] = np.frombuffer(self._lead, dtype=np.uint8)
        message[:, len(self._lead)] = at
        message[:, len(self._lead) + 1 :] = self._bytes(half)
        state = np.broadcast_to(self._start, (len(half), BLOCK))
        for first in range(0, message.shape[1], BLOCK):
            state = self._cipher.encrypt(state ^ message[:, first : first + BLOCK])
        return self._reduced(state[:, : self._drawn], size)

    def _bytes(self, half: Numbers) -> Blocks:
        if self.kind is np.uint64:
            return half.astype(">u8").view(np.uint8).reshape(-1, 8)[:, 8 - self._width :]
        data = b"".join(int(one).to_bytes(self._width) for one in half)
        return np.frombuffer(data, np.uint8).reshape(-1, self._width)

    def _reduced(self, drawn: Blocks, size: int) -> Numbers:
        """Return the big-endian numbers of some bytes modulo `size`, by steps that stay within 64 bits."""
        if self.kind is not np.uint64:
            found = np.empty(len(drawn), dtype=object)
            found[:] = [int.from_bytes(row.tobytes()) % size for row in drawn]
            return found
        step = 4 if size <= 1 << 32 else 2 if size <= 1 << 48 else 1
        limbs = np.ascontiguousarray(drawn).view(f">u{step}").astype(np.uint64)
        modulus, shift = np.uint64(size), np.uint64(8 * step)
        total: Numbers = limbs[:, 0] % modulus
        for limb in limbs.T[1:]:
            total = (total << shift | limb) % modulus
        return total
