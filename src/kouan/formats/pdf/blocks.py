"""Lines of a page put together as far as one runs on in the next, so that no name is torn apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_INDENT = 3.0
_SPACING = 2.2
_SHORT = 15.0
_RAGGED, _FLUSH = 6.0, 1.6
_SOFT_HYPHENS = "\x02\ufffe\u00ad"
_CJK = 0x2E80


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text.

    Attributes:
        box: where it stands, in points from the lower left corner; None where that is not known.
        cells: whether wide gaps part it, as they do a table's cells.
    """

    text: str
    box: tuple[float, float, float, float] | None = None
    cells: bool = False


def blocks(lines: Sequence[Line]) -> Iterator[str]:
    """Yield blocks of text in their order.

    A line runs on when it reaches the right edge of its column and the next one follows closely below it.
    """
    text = ""
    for place, line in enumerate(lines):
        text = joined(text, line.text) if text else line.text
        if place + 1 == len(lines) or not _runs_on(line, lines[place + 1], lines):
            if text.strip():
                yield text.strip()
            text = ""
    if text.strip():
        yield text.strip()


def joined(one: str, other: str) -> str:
    """Return two pieces of a sentence as one: with a space between words, without one between Chinese characters."""
    one, other = one.rstrip(), other.lstrip()
    if one and one[-1] in _SOFT_HYPHENS:
        return one[:-1] + other
    if not one or not other or ord(one[-1]) >= _CJK or ord(other[0]) >= _CJK or one[-1] == "-":
        return one + other
    return f"{one} {other}"


def _runs_on(line: Line, after: Line, lines: Sequence[Line]) -> bool:
    if line.box is None or after.box is None or line.cells or after.cells:
        return False
    left, bottom, right, top = line.box
    next_left, next_bottom, _, next_top = after.box
    size = max(top - bottom, next_top - next_bottom, 1.0)
    if not 0 < bottom - next_bottom < _SPACING * size or abs(next_left - left) > _INDENT * size:
        return False
    if right - left < _SHORT * size:  # a list, an address, a cell
        return False
    edge = max(one.box[2] for one in lines if one.box is not None and abs(one.box[0] - next_left) <= _INDENT * size)
    last = line.text.rstrip()[-1:] or " "
    return edge - right <= size * (_FLUSH if ord(last) >= _CJK else _RAGGED)
