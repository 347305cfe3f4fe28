"""Documents read last, kept in memory while there is room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """Something in memory."""

    @property
    def size(self) -> int:
        """Bytes, about."""


_Key = TypeVar("_Key")
_Value = TypeVar("_Value", bound=Sized)


class Kept(Generic[_Key, _Value]):
    """What was read or written last, while it fits in so many bytes together."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Key, _Value] = OrderedDict()
        self._size = 0

    def get(self, key: _Key) -> _Value | None:
        """Return what is kept under a key."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
            return found

    def put(self, key: _Key, value: _Value) -> None:
        """Keep something; what was not asked for longest goes when there is no room."""
        with self._lock:
            before = self._kept.pop(key, None)
            self._size += value.size - (before.size if before is not None else 0)
            self._kept[key] = value
            while self._size > self._room:
                _, old = self._kept.popitem(last=False)
                self._size -= old.size
