"""The Merkle tree of RFC 6962 section 2.1 (RFC 9162 section 2.1), SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

HASH_SIZE = 32

NodeReader = Callable[[int, int], bytes]
"""Gives the hash of the perfect subtree of 2**level leaves that starts at leaf index * 2**level."""

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of a leaf: SHA-256(0x00 || entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node: SHA-256(0x01 || left || right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def perfect_root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over 2**n hashes (one hash is its own root)."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


def split(size: int) -> int:
    """Return the largest power of two below `size` (at least 2), where RFC 6962 splits a tree."""
    return 1 << ((size - 1).bit_length() - 1)


def range_root(node: NodeReader, low: int, high: int) -> bytes:
    """Return MTH(D[low:high]) for a range that RFC 6962's recursion reaches."""
    size = high - low
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, low >> level)
    middle = low + split(size)
    return node_hash(range_root(node, low, middle), range_root(node, middle, high))


def tree_root(node: NodeReader, size: int) -> bytes:
    """Return the root of the first `size` leaves."""
    return range_root(node, 0, size) if size else EMPTY_ROOT
