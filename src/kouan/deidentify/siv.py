"""SIV (RFC 5297) with any block cipher of 128-bit blocks, over messages of whole blocks, many at once.

RFC 5297 names AES alone. With SM4 in its CMAC and CTR it is the same construction, which no standard names: SM4
(GB/T 32907-2016) is standardised, this use of it is not.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.deidentify.blockcipher import BLOCK, BlockCipher

if TYPE_CHECKING:
    from kouan.deidentify.blockcipher import Blocks

Messages = np.ndarray[Any, np.dtype[np.uint8]]
"""Shape (messages, blocks, 16)."""
_COUNTER = np.frombuffer(((1 << 128) - 1 ^ (1 << 63 | 1 << 31)).to_bytes(BLOCK), np.uint8)


class Siv:
    """Deterministic, authenticated encryption under one key and one associated string."""

    def __init__(self, cipher: str, key: bytes, about: bytes) -> None:
        """Prepare what does not hang on the messages. Half of `key` authenticates, the other half encrypts."""
        half = len(key) // 2
        self._mac, self._stream = BlockCipher(cipher, key[:half]), BlockCipher(cipher, key[half:])
        base = _double(self._mac.one(bytes(BLOCK)))
        self._last = np.frombuffer(base, np.uint8)
        self._added = np.frombuffer(_xor(_double(_cmac(self._mac, bytes(BLOCK))), _cmac(self._mac, about)), np.uint8)

    def encrypt(self, messages: Messages) -> Messages:
        """Return messages one block longer: the synthetic vector, then the ciphertext."""
        vectors = self._vectors(messages)
        return np.concatenate((vectors[:, None, :], messages ^ self._pad(vectors, messages.shape[1])), axis=1)

    def decrypt(self, sealed: Messages) -> tuple[Messages, np.ndarray[Any, np.dtype[np.bool_]]]:
        """Return the messages, and which of them are authentic; the others must not be used."""
        vectors, body = sealed[:, 0], sealed[:, 1:]
        messages = body ^ self._pad(vectors, body.shape[1])
        again = self._vectors(messages)
        right = [hmac.compare_digest(one.tobytes(), two.tobytes()) for one, two in zip(vectors, again, strict=True)]
        return messages, np.array(right, dtype=np.bool_)

    def _vectors(self, messages: Messages) -> Blocks:
        """Return S2V: of whole blocks it is a CMAC, with the associated string's value in the last block."""
        state = np.zeros((len(messages), BLOCK), dtype=np.uint8)
        for at in range(messages.shape[1] - 1):
            state = self._mac.encrypt(state ^ messages[:, at])
        return self._mac.encrypt(state ^ messages[:, -1] ^ self._added ^ self._last)

    def _pad(self, vectors: Blocks, blocks: int) -> Messages:
        """Return the key stream; the low 31 bits of the cleared vector count, and cannot run over."""
        start = vectors & _COUNTER
        counters = np.repeat(start[:, None, :], blocks, axis=1)
        low = start[:, 12:].copy().view(">u4").astype(np.uint32) + np.arange(blocks, dtype=np.uint32)
        counters[:, :, 12:] = low.astype(">u4")[:, :, None].view(np.uint8).reshape(len(vectors), blocks, 4)
        return self._stream.encrypt(counters.reshape(-1, BLOCK)).reshape(len(vectors), blocks, BLOCK)


def _cmac(cipher: BlockCipher, message: bytes) -> bytes:
    """Return the CMAC of one message (NIST SP 800-38B)."""
    subkey = _double(cipher.one(bytes(BLOCK)))
    if not message or len(message) % BLOCK:
        subkey, message = _double(subkey), message + b"\x80" + bytes(-(len(message) + 1) % BLOCK)
    state = bytes(BLOCK)
    for at in range(0, len(message) - BLOCK, BLOCK):
        state = cipher.one(_xor(state, message[at : at + BLOCK]))
    return cipher.one(_xor(_xor(state, message[-BLOCK:]), subkey))


def _double(block: bytes) -> bytes:
    """Return the block times x in GF(2^128)."""
    value = int.from_bytes(block) << 1
    return ((value ^ 0x87 if value >> 128 else value) & (1 << 128) - 1).to_bytes(BLOCK)


def _xor(one: bytes, two: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, two, strict=True))
