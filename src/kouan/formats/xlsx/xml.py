"""Cut the XML of a workbook's parts into tags and text without building a tree, so that what stays keeps its bytes.

Works on parts that a parser has already found well-formed. Whatever no honest writer of workbooks produces (CDATA,
another encoding than UTF-8, names outside ASCII) raises `Unusual` instead of being guessed at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

MOST_BYTES = 64 << 20
"""Longest tag, text, row or small part that is held in memory."""

_BOM = b"\xef\xbb\xbf"
_ATTRIBUTE = rb"[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')"
_TAG = re.compile(rb"<(/?)((?:[\w.-]+:)?)([\w.-]+)((?:\s+" + _ATTRIBUTE + rb")*)\s*(/?)>")
_PAIR = re.compile(rb"([\w:.-]+)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([^\"']*)[\"']")
_REFERENCE = re.compile(r"&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(amp|lt|gt|quot|apos));")
_COUNT = re.compile(rb"(\scount\s*=\s*[\"'])\d+")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_SPECIAL = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class Unusual(Exception):  # noqa: N818 - it is no fault of the program but a verdict on the file
    """The part is written in a way that cannot be patched safely."""


@dataclass(frozen=True, slots=True)
class Token:
    """One tag or stretch of text.

    Attributes:
        kind: `start`, `end`, `empty` (`<a/>`), `text`, or `head` (byte order mark and XML declaration).
        raw: its bytes.
        name: local name of a tag.
        prefix: of a tag, with its colon.
        attributes: of a tag, as written.
    """

    kind: str
    raw: bytes
    name: bytes = b""
    prefix: bytes = b""
    attributes: bytes = b""


class Scanner:
    """The tokens of one part, read piece by piece."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._pieces = iter(pieces)
        self._buffer = b""
        self._at = 0

    def __iter__(self) -> Iterator[Token]:
        if head := self._head():
            yield Token("head", head)
        while token := self._token():
            if token.kind != "comment":
                yield token

    def each(self, name: bytes) -> Iterator[bytes]:
        """Yield every element of this name (with its prefix) whole, and the blanks between, up to their parent's end.

        The scanner stands behind the parent's start tag. The elements do not nest.
        """
        opening = re.compile(rb"<" + name + rb"(?:\s+" + _ATTRIBUTE + rb")*\s*(/?)>")
        closing = b"</" + name + b">"
        while True:
            if (space := self._upto(b"<")).strip():
                raise Unusual
            yield from [space] if space else []
            found = opening.match(self._buffer, self._at)
            if found is None:
                self._find(b">")
                found = opening.match(self._buffer, self._at)
            if found is None:
                if self._buffer.startswith(b"</", self._at):
                    return
                raise Unusual
            end = found.end() if found[1] else self._find(closing) + len(closing)
            element = self._take(end)
            if b"<!" in element or b"<?" in element:
                raise Unusual
            yield element

    def _head(self) -> bytes:
        self._more(256)
        start = self._at
        head = _BOM if self._buffer.startswith(_BOM) else b""
        if self._buffer.startswith(b"<?xml", start + len(head)):
            head = self._buffer[start : self._find(b"?>") + 2]
            stated = _ENCODING.search(head)
            if stated and stated[1].lower() not in {b"utf-8", b"us-ascii", b"ascii"}:
                raise Unusual
        self._at = start + len(head)
        return head

    def _token(self) -> Token | None:
        self._more(4)
        if self._at == len(self._buffer):
            return None
        if not self._buffer.startswith(b"<", self._at):
            return Token("text", self._upto(b"<"))
        if self._buffer.startswith(b"<!--", self._at):
            return Token("comment", self._take(self._find(b"-->") + 3))
        if self._buffer.startswith(b"<?", self._at):
            return Token("comment", self._take(self._find(b"?>") + 2))
        self._find(b">")
        found = _TAG.match(self._buffer, self._at)
        while found is None and self._more(len(self._buffer) - self._at + 1):  # a `>` inside an attribute
            found = _TAG.match(self._buffer, self._at)
        if found is None:
            raise Unusual
        self._at = found.end()
        closing, prefix, name, attributes, empty = found.groups()
        return Token("end" if closing else "empty" if empty else "start", found[0], name, prefix, attributes)

    def _upto(self, mark: bytes) -> bytes:
        place = self._find(mark, or_end=True)
        return self._take(place)

    def _take(self, end: int) -> bytes:
        taken = self._buffer[self._at : end]
        self._at = end
        return taken

    def _find(self, mark: bytes, *, or_end: bool = False) -> int:
        searched = 0
        while (place := self._buffer.find(mark, self._at + max(0, searched - len(mark)))) < 0:
            searched = len(self._buffer) - self._at
            if not self._more(searched + 1):
                if or_end:
                    return len(self._buffer)
                raise Unusual
        return place

    def _more(self, wanted: int) -> bool:
        """Have at least so many bytes ahead; returns whether they are there."""
        ahead = len(self._buffer) - self._at
        if ahead >= wanted:
            return True
        parts = [self._buffer[self._at :]]
        while ahead < wanted and (piece := next(self._pieces, None)) is not None:
            parts.append(piece)
            ahead += len(piece)
        self._buffer, self._at = b"".join(parts), 0
        if ahead > MOST_BYTES:
            raise Unusual
        return ahead >= wanted


def attributes_of(raw: bytes) -> dict[str, str]:
    """Return attributes by name as written (`r:id`), references undone."""
    return {name.decode(): plain(one or other) for name, one, other in _PAIR.findall(raw)}


def without(tag: bytes, names: frozenset[bytes]) -> bytes:
    """Return a start tag without some attributes, named without their prefixes."""

    def kept(found: re.Match[bytes]) -> bytes:
        return b"" if found[1].rpartition(b":")[2] in names else found[0]

    return re.sub(rb"\s+" + _PAIR.pattern, kept, tag)


def plain(raw: bytes) -> str:
    """Return text with references undone."""
    text = raw.decode("utf-8")
    return _REFERENCE.sub(_character, text) if "&" in text else text


def quoted(text: str) -> bytes:
    """Return text as character data of a cell: references, and `_xHHHH_` for what XML cannot hold."""
    if _SPECIAL.search(text):
        text = _SPECIAL.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    return escape(text).encode("utf-8")


def _character(found: re.Match[str]) -> str:
    if found[3]:
        return _NAMED[found[3]]
    code = int(found[1]) if found[1] else int(found[2], 16)
    try:
        character = chr(code)
        character.encode("utf-8")
    except (ValueError, OverflowError):
        raise Unusual from None
    return character


def split(xml: bytes) -> tuple[bytes, list[bytes], bytes]:
    """Return an element's start tag (with what stands before it), its children whole, and its end tag."""
    opening, closing, depth = b"", b"", 0
    children: list[list[bytes]] = []
    for token in Scanner([xml]):
        if token.kind == "end":
            depth -= 1
        if depth == 0 and token.kind != "text":
            closing, opening = (token.raw, opening) if token.kind == "end" else (b"", opening + token.raw)
        elif depth == 1 and token.kind in {"start", "empty"}:
            children.append([token.raw])
        elif depth >= 1 and children and not (depth == 1 and token.kind == "text"):
            children[-1].append(token.raw)
        depth += token.kind == "start"
    return opening, [b"".join(child) for child in children], closing


def edit(
    tokens: Iterable[Token],
    *,
    drop: Callable[[bytes, bytes, int], bool],
    whole: Mapping[bytes, Callable[[bytes], bytes]] = {},
    strip: Mapping[bytes, frozenset[bytes]] = {},
    text: frozenset[bytes] = frozenset(),
) -> Iterator[bytes]:
    """Yield a part again, less what its rules take out; a part that they leave alone comes out byte for byte.

    Args:
        tokens: of the part.
        drop: hears local name, attributes and depth of each element; True takes it out with all that it holds.
        whole: elements given as a whole to a function that returns what stands in their place.
        strip: attributes taken out, by element.
        text: elements whose text stays; all other text is taken out.
    """
    path: list[bytes] = []
    source = iter(tokens)
    for token in source:
        if token.kind == "head":
            yield token.raw
        elif token.kind == "text":
            if not token.raw.strip() or (path and path[-1] in text):
                yield token.raw
        elif token.kind == "end":
            path.pop()
            yield token.raw
        elif drop(token.name, token.attributes, len(path)):
            _rest(token, source)
        elif judge := whole.get(token.name):
            yield judge(b"".join([token.raw, *_rest(token, source)]))
        else:
            yield without(token.raw, strip[token.name]) if token.name in strip else token.raw
            if token.kind == "start":
                path.append(token.name)


def _rest(token: Token, source: Iterator[Token]) -> list[bytes]:
    """Return what follows a start tag up to its end tag."""
    depth = int(token.kind == "start")
    rest: list[bytes] = []
    size = 0
    while depth:
        following = next(source)
        depth += (following.kind == "start") - (following.kind == "end")
        rest.append(following.raw)
        size += len(following.raw)
        if size > MOST_BYTES:
            raise Unusual
    return rest


def rejoined(xml: bytes, kept: Sequence[bytes]) -> bytes | None:
    """Return a list-like element or part with only these children and its `count` made true; None when none is left."""
    opening, children, closing = split(xml)
    if children and not kept:
        return None
    whole = b"".join([opening, *children, closing])
    if list(kept) == children and b"".join(xml.split()) == b"".join(whole.split()):  # no comment or text between
        return xml
    return _COUNT.sub(rb"\g<1>%d" % len(kept), opening) + b"".join(kept) + closing
