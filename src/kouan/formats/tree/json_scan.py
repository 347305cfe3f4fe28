"""JSON and JSON lines to nodes, strictly by RFC 8259; duplicate members are all kept: none escapes treatment."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from kouan.formats.tree.collect import Collector
from kouan.formats.tree.faults import Fault, ScanError
from kouan.formats.tree.nodes import Kind

if TYPE_CHECKING:
    from kouan.formats.options import Limits
    from kouan.formats.tree.nodes import Nodes

_STRING = rb'"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"'
_TOKEN = re.compile(
    rb"[ \t\r\n]*(?:(?P<string>" + _STRING + rb")|(?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
    rb"|(?P<literal>true|false|null)|(?P<mark>[{}\[\],:]))"
)
_BLANK = re.compile(rb"[ \t\r\n]*")
_KINDS = {"string": Kind.STRING, "number": Kind.NUMBER, "literal": Kind.LITERAL}
_OPENS = {b"{": Kind.OBJECT, b"[": Kind.ARRAY}
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
    re.DOTALL,
)
"""One escape after another; half of a surrogate pair stands for no character, so that it could not be written back."""


def scan_json(data: bytes, limits: Limits) -> Nodes:
    """Return the nodes of all JSON values in a UTF-8 text, one after another. Raises ScanError."""
    walk = _Walk(data, limits)
    at = 0
    while (at := _past_blanks(data, at)) < len(data):
        token = _TOKEN.match(data, at)
        if token is None:
            raise ScanError(Fault.SYNTAX, at)
        walk.take(token)
        at = token.end()
    if walk.open or not walk.nodes.parent:
        raise ScanError(Fault.SYNTAX, len(data))
    return finished(walk.nodes.done())


def finished(found: Nodes) -> Nodes:
    """Undo the escapes in names, and refuse values one after another that are not all objects or arrays."""
    roots = np.flatnonzero(found.parent < 0)
    if len(roots) > 1 and not np.isin(found.kind[roots], list(_OPENS.values())).all():
        raise ScanError(Fault.SYNTAX, int(found.start[roots[1]]))
    return replace(found, names=tuple(json.loads(f'"{name}"') for name in found.names))


def _past_blanks(data: bytes, at: int) -> int:
    blanks = _BLANK.match(data, at)
    return blanks.end() if blanks else at


class _Walk:
    """The state of one walk: open containers, and which token may come next."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data = data
        self.limits = limits
        self.nodes = Collector()
        self.open: list[int] = []
        self.next = "value"
        self.member = (-1, -1)

    def take(self, token: re.Match[bytes]) -> None:
        kind = token.lastgroup
        assert kind is not None
        start, end = token.span(kind)
        if kind == "mark":
            self._mark(token[kind], start)
        elif kind == "string" and self.next in {"name", "name or end"}:
            self._check(start, end)
            self.member = (self.nodes.intern(self.data[start + 1 : end - 1]), start)
            self.next = ":"
        else:
            self._value(_KINDS[kind], start, end)

    def _value(self, kind: Kind, start: int, end: int) -> None:
        if self.next not in {"value", "value or end"}:
            raise ScanError(Fault.SYNTAX, start)
        self._check(start, end)
        quote = 1 if kind is Kind.STRING else 0
        self._add(kind, start, end, (start + quote, end - quote))
        self.next = ", or end" if self.open else "value"

    def _mark(self, mark: bytes, at: int) -> None:
        if mark in _OPENS and self.next in {"value", "value or end"}:
            self.open.append(self._add(_OPENS[mark], at, at, (at, at)))
            if len(self.open) > self.limits.tree_depth:
                raise ScanError(Fault.DEPTH, at)
            self.next = "name or end" if mark == b"{" else "value or end"
        elif mark == b":" and self.next == ":":
            self.next = "value"
        elif mark == b"," and self.next == ", or end":
            self.next = "name" if self._inside(Kind.OBJECT) else "value"
        elif self._may_close(mark):
            self.nodes.close(self.open.pop(), inner_end=at + 1, end=at + 1)
            self.next = ", or end" if self.open else "value"
        else:
            raise ScanError(Fault.SYNTAX, at)

    def _may_close(self, mark: bytes) -> bool:
        if mark == b"}":
            return self._inside(Kind.OBJECT) and self.next in {"name or end", ", or end"}
        return mark == b"]" and self._inside(Kind.ARRAY) and self.next in {"value or end", ", or end"}

    def _inside(self, kind: Kind) -> bool:
        return bool(self.open) and self.nodes.kind[self.open[-1]] == kind

    def _add(self, kind: Kind, start: int, end: int, inner: tuple[int, int]) -> int:
        name, first = self.member
        self.member = (-1, -1)
        parent = self.open[-1] if self.open else -1
        return self.nodes.add(kind, parent, name, (start if name < 0 else first, end), inner)

    def _check(self, start: int, end: int) -> None:
        if end - start > self.limits.value_bytes:
            raise ScanError(Fault.VALUE, start)
        escaped = b"\\u" in self.data[start:end]
        if escaped and any(one["half"] for one in _ESCAPE.finditer(self.data, start, end)):
            raise ScanError(Fault.ENCODING, start)
