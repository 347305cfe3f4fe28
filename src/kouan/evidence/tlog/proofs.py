"""Inclusion and consistency proofs: made as in RFC 6962 section 2.1, verified with the loops of RFC 9162.

The loops of RFC 9162 (2.1.3.2, 2.1.4.2) walk the bits of the first and the last index and refuse proofs that are
too short or too long, which recursive verifiers have let pass.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.evidence.tlog.tree import EMPTY_ROOT, HASH_SIZE, node_hash, range_root, split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.evidence.tlog.tree import NodeReader

Proof = tuple[bytes, ...]


def inclusion_proof(index: int, size: int, *, node: NodeReader) -> Proof:
    """Return PATH(index, D[0:size]), from the leaf's sibling upwards. Raises ValueError outside the tree."""
    if not 0 <= index < size:
        raise ValueError(index)
    low, high = 0, size
    path: list[bytes] = []
    while high - low > 1:
        middle = low + split(high - low)
        if index < middle:
            path.append(range_root(node, middle, high))
            high = middle
        else:
            path.append(range_root(node, low, middle))
            low = middle
    return tuple(reversed(path))


def consistency_proof(old: int, new: int, *, node: NodeReader) -> Proof:
    """Return PROOF(old, D[0:new]); empty when old is 0 or equals new. Raises ValueError when old exceeds new."""
    if not 0 <= old <= new:
        raise ValueError(old)
    if old in {0, new}:
        return ()
    low, high = 0, new
    whole = True
    path: list[bytes] = []
    while old != high:
        middle = low + split(high - low)
        if old <= middle:
            path.append(range_root(node, middle, high))
            high = middle
        else:
            path.append(range_root(node, low, middle))
            low = middle
            whole = False
    if not whole:
        path.append(range_root(node, low, high))
    return tuple(reversed(path))


def verify_inclusion(leaf: bytes, index: int, *, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Tell whether the proof leads from a leaf's hash to the root (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size or any(len(part) != HASH_SIZE for part in (leaf, *proof)):
        return False
    first, last, result = index, size - 1, leaf
    for part in proof:
        if last == 0:
            return False
        if first & 1 or first == last:
            result = node_hash(part, result)
            first, last = _skip_even(first, last)
        else:
            result = node_hash(result, part)
        first, last = first >> 1, last >> 1
    return last == 0 and result == root


def verify_consistency(old: int, new: int, *, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Tell whether the old tree is the beginning of the new one (RFC 9162 section 2.1.4.2)."""
    if not 0 <= old <= new or any(len(part) != HASH_SIZE for part in proof):
        return False
    if old == 0:
        return not proof and old_root == EMPTY_ROOT
    if old == new:
        return not proof and old_root == new_root
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not proof:
        return False
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    old_result = new_result = path[0]
    for part in path[1:]:
        if last == 0:
            return False
        if first & 1 or first == last:
            old_result = node_hash(part, old_result)
            new_result = node_hash(part, new_result)
            first, last = _skip_even(first, last)
        else:
            new_result = node_hash(new_result, part)
        first, last = first >> 1, last >> 1
    return last == 0 and old_result == old_root and new_result == new_root


def _skip_even(first: int, last: int) -> tuple[int, int]:
    """Shift both until the first is odd or zero: on these levels the node has no sibling on its right."""
    while first and not first & 1:
        first, last = first >> 1, last >> 1
    return first, last
