r"""Cells in another writing: percent signs of addresses, base64, and `\u` of JSON, with the place of every byte.

What stands in them is found by the same recognizers, and counted as standing inside longer text.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.recognize.cells import kind_of, view
from kouan.recognize.texts import texts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Piece = tuple[int, int, bytes]
    """Bounds of a part of a text, and the bytes that it stands for."""

LONGEST = 1 << 20
"""Bytes of a cell that is decoded; a longer one stays as it is. No decoded form is longer than its original."""
DEPTH = 2
"""Layers that are taken off: base64 of an address with percent signs has two."""
_LIKELY_BASE64 = r"^\s*(?:[A-Za-z0-9+/_\-]{14,}={1,2}|[A-Za-z0-9+/_\-]{24,})\s*$"
_LIKELY = rf"%[0-9A-Fa-f]{{2}}|\\u[0-9A-Fa-f]{{4}}|{_LIKELY_BASE64}"
_SHORTEST, _SHORTEST_PADDED, _SHORTEST_BASE64 = 3, 15, 24
"""Bytes of a cell that can match: any, base64 with padding, and without."""
_PERCENT = re.compile(rb"%([0-9A-Fa-f]{2})")
_ESCAPED = re.compile(rb"\\u[0-9A-Fa-f]{4}")
_PAIR = rb"\\u[dD][89abAB][0-9A-Fa-f]{2}\\u[dD][c-fC-F][0-9A-Fa-f]{2}"
_ESCAPE = re.compile(rb"(?P<pair>" + _PAIR + rb")|(?P<one>\\u[0-9A-Fa-f]{4})|\\(?P<mark>[\"\\/bfnrt])")
_BASE64 = re.compile(rb"\s*((?:[A-Za-z0-9+/_-]{14,}={1,2}|[A-Za-z0-9+/_-]{24,}))\s*")
"""Whole cells; without padding longer ones only, because tokens are written in the same characters."""
_QUARTET = 4
_MARKS = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t"}
_CONTROL = re.compile(r"[\x00-\x07\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a cell says in plain writing.

    Attributes:
        text: UTF-8 bytes.
        layers: of each layer, outermost first, its bytes and the parts of them that stand for others.
    """

    text: bytes
    layers: tuple[tuple[bytes, tuple[Piece, ...]], ...]

    def places(self) -> list[tuple[int, int]]:
        """Return for each byte of `text` the range of bytes of the cell that it comes from."""
        outer: list[tuple[int, int]] | None = None
        for text, pieces in self.layers:
            inner = _places(text, pieces)
            outer = inner if outer is None else [(outer[start][0], outer[end - 1][1]) for start, end in inner]
        return outer or []

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the bytes of the cell that `text[start:end]`, which must not be empty, comes from."""
        places = self.places()
        return places[start][0], places[end - 1][1]


def decode(cell: bytes) -> Decoded | None:
    """Return what a cell says in plain writing; None when it is in no other writing, too long, or not of text."""
    text = cell
    layers: list[tuple[bytes, tuple[Piece, ...]]] = []
    while len(layers) < DEPTH and len(cell) <= LONGEST:
        found = next((one for one in (layer(text) for layer in _LAYERS) if one is not None), None)
        if found is None:
            break
        layers.append((text, found))
        text = _joined(text, found)
    return Decoded(text, tuple(layers)) if layers else None


def _percent(text: bytes) -> tuple[Piece, ...] | None:
    pieces = ((one.start(), one.end(), bytes.fromhex(one[1].decode())) for one in _PERCENT.finditer(text))
    return _checked(text, tuple(pieces))


def _escapes(text: bytes) -> tuple[Piece, ...] | None:
    if not _ESCAPED.search(text):
        return None
    return _checked(text, tuple((one.start(), one.end(), _unescaped(one)) for one in _ESCAPE.finditer(text)))


def _unescaped(one: re.Match[bytes]) -> bytes:
    if one["mark"]:
        return _MARKS.get(one["mark"], one["mark"])
    units = bytes.fromhex(one[0].replace(b"\\u", b"").decode())
    return units.decode("utf-16-be", "replace").encode()


def _base64(text: bytes) -> tuple[Piece, ...] | None:
    match = _BASE64.fullmatch(text)
    if match is None:
        return None
    code = match[1].rstrip(b"=")
    if len(code) % _QUARTET == 1:
        return None
    plain = base64.urlsafe_b64decode(code.replace(b"+", b"-").replace(b"/", b"_") + b"=" * (-len(code) % _QUARTET))
    first, last = match.span(1)
    pieces = [
        (at, min(at + _QUARTET, last), plain[(at - first) // _QUARTET * 3 :][:3])
        for at in range(first, first + len(code), _QUARTET)
    ]
    return _checked(text, ((0, first, b""), *pieces, (last, len(text), b"")))


_LAYERS: tuple[Callable[[bytes], tuple[Piece, ...] | None], ...] = (_percent, _escapes, _base64)


def _checked(text: bytes, pieces: tuple[Piece, ...]) -> tuple[Piece, ...] | None:
    """Return pieces when there are some and they make a text of people: UTF-8 without control characters."""
    try:
        plain = _joined(text, pieces).decode() if pieces else ""
    except UnicodeDecodeError:
        return None
    return pieces if plain and not _CONTROL.search(plain) else None


def _joined(text: bytes, pieces: Sequence[Piece]) -> bytes:
    parts, at = [], 0
    for start, end, plain in pieces:
        parts += [text[at:start], plain]
        at = end
    return b"".join((*parts, text[at:]))


def _places(text: bytes, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    places, at = [], 0
    for start, end, plain in (*pieces, (len(text), len(text), b"")):
        places += [(place, place + 1) for place in range(at, start)]
        places += [(start, end)] * len(plain)
        at = end
    return places


def encoded_cells(column: Any) -> int:
    """Return how many cells of a part of a column are in another writing; of columns that hold no text, none."""
    if len(column) == 0 or kind_of(column.type) != "text":
        return 0
    texts, _, _ = texts_of(column, None)
    return sum(decode(cell.encode()) is not None for cell in _likely(texts)[1])


def take_encoded(texts: Any, weights: Ints | None) -> tuple[Ints, Any, Ints]:
    """Take the cells in another writing out of texts.

    Args:
        texts: `pa.StringArray`.
        weights: cells that each stands for; None: one each, nulls none.

    Returns:
        Weights without those cells; what they say, in plain writing; and the weights of that.
    """
    if weights is None:
        weights = np.asarray(texts.is_valid(), np.int64)
    rows, cells = _likely(texts)
    plain = [decode(cell.encode()) for cell in cells]
    found = np.array([one is not None for one in plain], np.bool_)
    taken = rows[found]
    rest = weights.copy()
    rest[taken] = 0
    said = pa.array([one.text.decode() for one in plain if one is not None], pa.string())
    return rest, said, weights[taken]


def _likely(texts: Any) -> tuple[Ints, list[str]]:
    """Return the rows that may be in another writing, and their cells; without a sign only long ones can be."""
    held = view(texts)[0].tobytes()
    signs = b"%" in held or b"\\u" in held
    least = _SHORTEST if signs else _SHORTEST_PADDED if b"=" in held else _SHORTEST_BASE64
    long = np.asarray(pc.greater_equal(pc.binary_length(texts), least).fill_null(fill_value=False), np.bool_)
    rows = np.flatnonzero(long)
    if len(rows) == 0:
        return rows, []
    part = texts if len(rows) == len(texts) else texts.take(pa.array(rows))
    likely = pc.match_substring_regex(part, _LIKELY if signs else _LIKELY_BASE64)
    return rows[np.asarray(likely, np.bool_)], part.filter(likely).to_pylist()
