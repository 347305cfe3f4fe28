"""Thrift's compact protocol, as far as Parquet's footers and page headers need it.

The native reader of a footer ends the whole process at some damaged ones, so that ours looks first.
"""

from __future__ import annotations

from typing import Any

_TRUE, _FALSE, _BYTE, _I16, _I32, _I64, _DOUBLE, _BINARY, _LIST, _SET, _STRUCT = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12)
_DEEPEST = 12
_LONGEST_VARINT = 70


class BadThriftError(Exception):
    """The data are not in the protocol, or too deep."""


class Compact:
    """Reads structures as field number -> value. Raises IndexError at the end of the data, BadThriftError."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.place = 0

    def struct(self, depth: int = 0) -> dict[int, Any]:
        """Read one structure from where the last one ended."""
        fields: dict[int, Any] = {}
        number = 0
        while head := self._byte():
            step, kind = head >> 4, head & 15
            number = number + step if step else self._zigzag()
            fields[number] = self._value(kind, depth + 1)
        return fields

    def _value(self, kind: int, depth: int) -> Any:
        if depth > _DEEPEST:
            raise BadThriftError
        if kind in {_I16, _I32, _I64}:
            return self._zigzag()
        if kind == _STRUCT:
            return self.struct(depth)
        if kind in {_LIST, _SET}:
            return self._list(depth)
        if kind in {_BYTE, _DOUBLE, _BINARY}:
            return self._bytes(self._varint() if kind == _BINARY else 8 if kind == _DOUBLE else 1)
        if kind not in {_TRUE, _FALSE}:
            raise BadThriftError
        return kind == _TRUE

    def _list(self, depth: int) -> list[Any]:
        head = self._byte()
        count = self._varint() if head >> 4 == 15 else head >> 4  # noqa: PLR2004 - the protocol's mark for a long list
        flags = head & 15 in {_TRUE, _FALSE}
        return [self._byte() if flags else self._value(head & 15, depth + 1) for _ in range(count)]

    def _byte(self) -> int:
        value = self._data[self.place]
        self.place += 1
        return value

    def _bytes(self, length: int) -> bytes:
        end = self.place + length
        if end > len(self._data):
            raise IndexError
        value = self._data[self.place : end]
        self.place = end
        return value

    def _varint(self) -> int:
        value = shift = 0
        while True:
            byte = self._byte()
            value |= (byte & 127) << shift
            if byte < 128:  # noqa: PLR2004 - the last byte has no mark
                return value
            shift += 7
            if shift > _LONGEST_VARINT:
                raise BadThriftError

    def _zigzag(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)
