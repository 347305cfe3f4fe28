"""Gathers nodes one by one and hands them over as arrays."""

from __future__ import annotations

import numpy as np

from kouan.formats.tree.nodes import Nodes


class Collector:
    """Lists of what will be `Nodes`; names are interned as the bytes that were written."""

    def __init__(self) -> None:
        self.kind = bytearray()
        self.parent: list[int] = []
        self.name: list[int] = []
        self.start: list[int] = []
        self.end: list[int] = []
        self.inner_start: list[int] = []
        self.inner_end: list[int] = []
        self.names: dict[bytes, int] = {}

    def intern(self, name: bytes) -> int:
        """Return the number of a name."""
        return self.names.setdefault(name, len(self.names))

    def add(self, kind: int, parent: int, name: int, span: tuple[int, int], inner: tuple[int, int]) -> int:
        """Append a node and return its index."""
        self.kind.append(kind)
        self.parent.append(parent)
        self.name.append(name)
        self.start.append(span[0])
        self.end.append(span[1])
        self.inner_start.append(inner[0])
        self.inner_end.append(inner[1])
        return len(self.parent) - 1

    def close(self, node: int, *, inner_end: int, end: int) -> None:
        """Set where a node ends."""
        self.inner_end[node] = inner_end
        self.end[node] = end

    def done(self) -> Nodes:
        """Return the nodes."""
        return Nodes(
            kind=np.frombuffer(bytes(self.kind), np.uint8),
            parent=np.array(self.parent, np.int32),
            name=np.array(self.name, np.int32),
            start=np.array(self.start, np.int64),
            end=np.array(self.end, np.int64),
            inner_start=np.array(self.inner_start, np.int64),
            inner_end=np.array(self.inner_end, np.int64),
            names=tuple(name.decode() for name in self.names),
        )
