"""A printed document as its readers give it: paragraphs and grids of cells, in their order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid.

    Attributes:
        text: as printed, lines kept.
        own: False where it lies under a merged cell and repeats its text.
    """

    text: str
    own: bool = True


@dataclass(frozen=True, slots=True)
class Grid:
    """One table; rows may differ in length.

    Attributes:
        title: of the sheet, where there is one.
    """

    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""


Block = str | Grid
"""A paragraph or a table."""
