"""The words of a page of HTML by the bytes that they take: between tags, in comments, scripts and attributes."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from kouan.formats.letter.cells import BREAK, Spot, target_of
from kouan.formats.tree.nodes import Kind

if TYPE_CHECKING:
    from kouan.formats.letter.markup import Pieces

_TOKEN = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(script|style)\b[^>]*>.*?(?:</\1\s*>|\Z)|<(/?)([A-Za-z][\w:-]*)((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+'){0,400}+)>"
    rb"|<[!?/][^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(rb"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_INLINE = frozenset(
    b"a abbr b bdi bdo big cite code del em font i ins kbd mark q s samp small span strike strong sub sup tt u var wbr "
    b"o:p".split()
)
_SAYING = frozenset({b"href", b"src", b"alt", b"title", b"content", b"value", b"cite", b"data", b"name", b"background"})
_BARE = 4
"""Group of a value without quotes."""
_BLANK = re.compile(r"[\s\u00a0]+")


def words_of(part: str, data: bytes) -> tuple[list[Pieces], list[Spot]]:
    """Return the lines of a page as runs, and what its attributes, comments and scripts say.

    Args:
        part: what the spots call it.
        data: UTF-8.
    """
    lines: list[Pieces] = [[]]
    asides: list[Spot] = []
    at = 0
    for token in _TOKEN.finditer(data):
        _add(lines[-1], part, data, at, token.start())
        at = token.end()
        name = (token[3] or b"").lower()
        if not name:
            asides += _aside(part, data, token)
            continue
        if name == b"br" and lines[-1]:
            lines[-1].append(BREAK)
        elif name not in _INLINE and lines[-1]:
            lines.append([])
        asides += _attributes(part, token)
    _add(lines[-1], part, data, at, len(data))
    return [line for line in lines if any(not isinstance(one, str) and one.text.strip() for one in line)], asides


def _add(line: Pieces, part: str, data: bytes, start: int, end: int) -> None:
    text = _BLANK.sub(" ", html.unescape(data[start:end].decode()))
    if text.strip() or (text and line):
        line.append(Spot(part, start, end, Kind.TEXT, text))


def _aside(part: str, data: bytes, token: re.Match[bytes]) -> list[Spot]:
    """Return a comment or script as a whole; sheets of style and declarations say nothing."""
    start, end = token.span()
    is_comment = data.startswith(b"<!--", start)
    if not is_comment and (token[1] or b"").lower() != b"script":
        return []
    text = " ".join(html.unescape(data[start:end].decode()).strip("<>!-").split())
    return [Spot(part, start, end, Kind.COMMENT, text)] if text else []


def _attributes(part: str, token: re.Match[bytes]) -> list[Spot]:
    found = []
    base = token.start(4)
    for one in _ATTRIBUTE.finditer(token[4]):
        if one[1].lower() not in _SAYING and not one[1].lower().startswith(b"data-"):
            continue
        group = next(number for number in (2, 3, 4) if one[number] is not None)
        start, end = base + one.start(group), base + one.end(group)
        text = html.unescape(one[group].decode())
        text = target_of(text) if group == _BARE else text
        if text.strip() and not text.startswith(("cid:", "#")):
            mark = "'" if group == 3 else '"'  # noqa: PLR2004 - the group of single quotes
            found.append(Spot(part, start, end, Kind.ATTRIBUTE, text, mark, link=group == _BARE))
    return found
