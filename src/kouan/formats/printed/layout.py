"""Laying out tables with cells that span rows and columns, as docx and html have them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kouan.model.printed import Cell, Grid

if TYPE_CHECKING:
    from kouan.model.printed import Block

_WIDEST = 200


class TooMuchError(Exception):
    """The document holds more cells than are read."""


@dataclass(slots=True)
class LaidOut:
    """Blocks in their order, and how many cells they may still hold."""

    left: int
    blocks: list[Block] = field(default_factory=list)

    def paragraph(self, text: str) -> None:
        """Add a paragraph unless it is empty."""
        if text.strip():
            self.count(1)
            self.blocks.append(text.strip())

    def count(self, cells: int) -> None:
        """Take cells from what is left. Raises TooMuchError."""
        self.left -= cells
        if self.left < 0:
            raise TooMuchError


@dataclass(slots=True)
class Table:
    """A table while it is read: cells placed from left to right, around those that reach down from above.

    Attributes:
        here, below: by column, the text that reaches into this row and the next, and into how many more.
    """

    laid: LaidOut
    rows: list[list[Cell]] = field(default_factory=list)
    here: dict[int, tuple[str, int]] = field(default_factory=dict)
    below: dict[int, tuple[str, int]] = field(default_factory=dict)

    def row(self) -> None:
        """Begin a row, which takes room even while it is empty. Raises TooMuchError."""
        self.laid.count(1)
        self._fill()
        self.rows.append([])
        self.here, self.below = self.below, {}
        self._fill()

    def cell(self, text: str, *, across: int = 1, down: int = 1, own: bool = True) -> None:
        """Place a cell. Raises TooMuchError."""
        if not self.rows:
            self.row()
        self._fill()
        row = self.rows[-1]
        if not 1 <= across <= _WIDEST or len(row) + across > _WIDEST:
            raise TooMuchError
        self.laid.count(across)
        for place in range(across):
            if down > 1:
                self.below[len(row)] = (text, down - 2)
            row.append(Cell(text, own=own and place == 0))

    def block(self) -> Grid:
        """Return the table. Raises TooMuchError."""
        self.laid.count(1)
        self._fill()
        return Grid(tuple(tuple(row) for row in self.rows))

    def above(self) -> str:
        """Return the text that stands above the next cell."""
        if len(self.rows) < 2:  # noqa: PLR2004 - this row and one above
            return ""
        place = len(self.rows[-1])
        return self.rows[-2][place].text if place < len(self.rows[-2]) else ""

    def _fill(self) -> None:
        """Place what reaches down from above, up to the next free place."""
        if not self.rows:
            return
        row = self.rows[-1]
        while len(row) in self.here:
            text, more = self.here.pop(len(row))
            self.laid.count(1)
            if more > 0:
                self.below[len(row)] = (text, more - 1)
            row.append(Cell(text, own=False))
