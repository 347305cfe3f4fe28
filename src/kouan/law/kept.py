"""Bounded caches of what was worked out before; they have no effect on results."""

from __future__ import annotations

from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


def keep(cache: dict[K, V], key: K, made: V, *, most: int) -> V:
    """Keep a value and return it; a full cache is emptied first. Threads may share the cache."""
    if len(cache) >= most:
        cache.clear()
    cache[key] = made
    return made
