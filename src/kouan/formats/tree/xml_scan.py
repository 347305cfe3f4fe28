"""XML to nodes: expat judges the document, then a plain walk over bytes known to be well-formed finds the positions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.parsers import expat

from kouan.formats.tree.collect import Collector
from kouan.formats.tree.faults import Fault, ScanError
from kouan.formats.tree.nodes import Kind
from kouan.formats.tree.plain import is_plain

if TYPE_CHECKING:
    from kouan.formats.options import Limits
    from kouan.formats.tree.nodes import Nodes

_TOKEN = re.compile(
    rb"<!--(?P<comment>.*?)-->|<!\[CDATA\[(?P<cdata>.*?)\]\]>|<\?(?P<pi>.*?)\?>"
    rb"|<!DOCTYPE(?:[^>\"']|\"[^\"]*\"|'[^']*')*>|(?P<close></[^>]*>)"
    rb"|(?P<open><[^\s/>!?]+(?:[^>\"']|\"[^\"]*\"|'[^']*')*>)|(?P<text>[^<]+)",
    re.DOTALL,
)
_NAME = re.compile(rb"[^\s/>]+")
_ATTRIBUTE = re.compile(rb"([^\s=/<>\"']+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_FOREIGN = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);|#)")
_BLANKS = b" \t\r\n"
_FEW_TAGS = 1 << 16
"""Tags that may all be open at once without costing memory that counts."""
_SLASH = ord("/")
_ELEMENT, _IS_ATTRIBUTE = int(Kind.ELEMENT), int(Kind.ATTRIBUTE)  # an attribute of an enumeration is slow to come by
_DECLARATION = re.compile(rb"\A<\?xml[\s?]")


def judge_xml(data: bytes, limits: Limits, *, depth: bool = True) -> None:
    """Refuse what is no well-formed XML or what would need more than itself to be understood.

    A document type may be named, but nothing of it is fetched; declarations inside the document (entities, default
    attributes) are refused, and with them every bomb made of them.

    Args:
        data: UTF-8 text, whatever its declaration says.
        limits: `tree_depth`.
        depth: False when the caller has counted it already, which is three times as fast.

    Raises:
        ScanError: with the byte where it was seen.
    """
    parser = expat.ParserCreate("utf-8")
    level = 0

    def refuse(fault: Fault) -> None:
        raise ScanError(fault, parser.CurrentByteIndex)

    def doctype(_name: str, system: str | None, public: str | None, internal: int) -> None:
        if internal or not all(is_plain((text or "").encode()) for text in (system, public)):
            refuse(Fault.DECLARATIONS)

    def skipped(_name: str, _parameter: int) -> None:
        refuse(Fault.ENTITY)

    def start(_name: str, _attributes: object) -> None:
        nonlocal level
        level += 1
        if level > limits.tree_depth:
            refuse(Fault.DEPTH)

    def end(_name: str) -> None:
        nonlocal level
        level -= 1

    parser.StartDoctypeDeclHandler = doctype
    parser.SkippedEntityHandler = skipped
    if depth:
        parser.StartElementHandler = start
        parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except expat.ExpatError:
        raise ScanError(Fault.SYNTAX, max(parser.ErrorByteIndex, 0)) from None
    _judge_attributes(data)


def _judge_attributes(data: bytes) -> None:
    """Refuse references in attributes that only a document type could explain; expat passes over them in silence."""
    if b"<!DOCTYPE" not in data or _FOREIGN.search(data) is None:
        return
    for token in _TOKEN.finditer(data):
        found = _FOREIGN.search(token[0]) if token.lastgroup == "open" else None
        if found is not None:
            raise ScanError(Fault.ENTITY, token.start() + found.start())


def scan_xml(data: bytes, limits: Limits) -> Nodes:
    """Return the nodes of an XML document (see Nodes). Raises ScanError."""
    _judge(data, limits)
    walk = _Walk(data, limits)
    for token in _TOKEN.finditer(data):
        walk.take(token)
    return walk.nodes.done()


def _judge(data: bytes, limits: Limits) -> None:
    """Judge a document; of a small one the depth is counted while it is walked, and here only to tell what is wrong."""
    if data.count(b"<") > _FEW_TAGS:
        judge_xml(data, limits)
        return
    try:
        judge_xml(data, limits, depth=False)
    except ScanError:
        judge_xml(data, limits)
        raise


class _Walk:
    """The state of one walk: open elements and the character data that is being gathered."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self.data = data
        self.limits = limits
        self.most = limits.value_bytes
        self.nodes = Collector()
        self.open: list[int] = []
        self.text = -1

    def take(self, token: re.Match[bytes]) -> None:
        kind = token.lastgroup
        if kind == "open":
            self._start(token)
        elif kind == "close":
            self._finish(token)
        elif kind == "text":
            self._characters(token)
        elif kind == "cdata":
            self._gather(token.start(), token.end())
        elif kind == "comment":
            self._aside(Kind.COMMENT, token, "comment", -1)
        elif kind == "pi" and not _DECLARATION.match(token[0]):
            name = _NAME.match(token["pi"])
            self._aside(Kind.INSTRUCTION, token, "pi", self.nodes.intern(name[0] if name else b""))

    def _parent(self) -> int:
        return self.open[-1] if self.open else -1

    def _start(self, token: re.Match[bytes]) -> None:
        self.text = -1
        at, end = token.span()
        data, nodes = self.data, self.nodes
        name = _NAME.match(data, at + 1)
        assert name is not None
        node = nodes.add(_ELEMENT, self._parent(), nodes.intern(name[0]), (at, end), (end, end))
        if name.end() < end - 2:  # it may have attributes
            for found in _ATTRIBUTE.finditer(data, name.end(), end):
                inner = found.span(found.lastindex or 0)
                if inner[1] - inner[0] > self.most:
                    raise ScanError(Fault.VALUE, inner[0])
                nodes.add(_IS_ATTRIBUTE, node, nodes.intern(found[1]), found.span(), inner)
        if data[end - 2] != _SLASH:
            self.open.append(node)
            if len(self.open) > self.limits.tree_depth:
                raise ScanError(Fault.DEPTH, at)

    def _finish(self, token: re.Match[bytes]) -> None:
        self.text = -1
        self.nodes.close(self.open.pop(), inner_end=token.start(), end=token.end())

    def _characters(self, token: re.Match[bytes]) -> None:
        whole = token[0]
        left = whole.lstrip(_BLANKS)
        if left and self.open:
            self._gather(token.end() - len(left), token.start() + len(whole.rstrip(_BLANKS)))

    def _gather(self, start: int, end: int) -> None:
        """Make a node of character data, or let the one that is being gathered reach further."""
        if self.text < 0:
            self.text = self.nodes.add(Kind.TEXT, self._parent(), -1, (start, end), (start, end))
        else:
            start = self.nodes.start[self.text]
            self.nodes.close(self.text, inner_end=end, end=end)
        self._check(start, end)

    def _aside(self, kind: Kind, token: re.Match[bytes], group: str, name: int) -> None:
        self._check(*token.span(group))
        self.nodes.add(kind, self._parent(), name, token.span(), token.span(group))

    def _check(self, start: int, end: int) -> None:
        if end - start > self.most:
            raise ScanError(Fault.VALUE, start)
