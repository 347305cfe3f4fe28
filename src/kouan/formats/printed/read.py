"""Which reader a printed document takes, and the limits that all of them keep."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from xml.parsers import expat

from kouan.formats.printed import messages
from kouan.formats.printed.layout import LaidOut, TooMuchError
from kouan.formats.printed.web import read_html
from kouan.formats.printed.word import DamagedError, read_docx
from kouan.model import strictyaml
from kouan.model.printed import Cell, Grid

if TYPE_CHECKING:
    from pathlib import Path

    from python_calamine import CalamineSheet

    from kouan.model.printed import Block

MOST_BYTES = 32 << 20
MOST_CELLS = 200_000
_KINDS = ".xlsx .docx .html .htm .yaml .yml"


def read_printed(path: Path) -> tuple[Block, ...]:
    """Read a document by its suffix.

    Raises:
        KouanError: K-FMT-090 (no kind that is read), K-FMT-091 (damaged or hostile), K-FMT-092 (too large), and for a
            workbook what `examine` raises.
    """
    kind = path.suffix.lower()
    if kind not in _KINDS.split():
        raise messages.PRINTED_KIND.at(str(path), kinds=_KINDS)
    if not path.is_file():  # a pipe or device would never end
        raise messages.PRINTED_DAMAGED.at(str(path))
    try:
        if path.stat().st_size > MOST_BYTES:
            raise messages.PRINTED_LARGE.at(str(path), size=MOST_BYTES >> 20, cells=MOST_CELLS)
        blocks = LaidOut(MOST_CELLS)
        if kind == ".xlsx":
            _read_xlsx(path, blocks)
        elif kind == ".docx":
            read_docx(path, blocks, most_bytes=MOST_BYTES)
        elif kind in (".html", ".htm"):
            read_html(_text(path), blocks)
        else:
            _read_rows(_text(path), path.name, blocks)
    except (TooMuchError, strictyaml.TooManyError):
        raise messages.PRINTED_LARGE.at(str(path), size=MOST_BYTES >> 20, cells=MOST_CELLS) from None
    except (DamagedError, zipfile.BadZipFile, expat.ExpatError, OSError, UnicodeDecodeError):
        raise messages.PRINTED_DAMAGED.at(str(path)) from None
    return tuple(blocks.blocks)


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def _read_xlsx(path: Path, blocks: LaidOut) -> None:
    """Read every sheet; merged areas repeat what their first cell says."""
    import python_calamine as calamine  # noqa: PLC0415 - only workbooks need it

    from kouan.formats.options import Limits  # noqa: PLC0415
    from kouan.formats.xlsx.guard import examine  # noqa: PLC0415

    examine(path, Limits(sheet_cells=MOST_CELLS, unzipped_bytes=MOST_BYTES * 4))
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    except calamine.CalamineError:
        raise DamagedError from None
    for name, sheet in sheets:
        _add_sheet(blocks, name, sheet)


def _add_sheet(blocks: LaidOut, name: str, sheet: CalamineSheet) -> None:
    if sheet.end is not None:  # before any cell is made: one lone cell may stand in the last row and column
        blocks.count((sheet.end[0] + 1) * (sheet.end[1] + 1))
    rows = [[_shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    covered: dict[tuple[int, int], str] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        text = rows[top][left] if top < len(rows) and left < len(rows[top]) else ""
        # Corners the wrong way round must not give back what other tables took.
        blocks.count(max(0, bottom - top + 1) * max(0, right - left + 1))
        covered |= {
            (row, column): text
            for row in range(top, min(bottom + 1, len(rows)))
            for column in range(left, min(right + 1, len(rows[row])))
            if (row, column) != (top, left)
        }
    grid = [
        tuple(
            Cell(covered[row, column], own=False) if (row, column) in covered else Cell(text)
            for column, text in enumerate(texts)
        )
        for row, texts in enumerate(rows)
    ]
    blocks.blocks.append(Grid(tuple(grid), title=name))


def _shown(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _read_rows(text: str, where: str, blocks: LaidOut) -> None:
    """Read the neutral form: `blocks`, each a paragraph or `{title, rows: [[cell, …], …]}`."""
    # A cell, and at worst a row of its own for it: what holds more is refused before all of it is read.
    value = strictyaml.load(text, where, most=2 * MOST_CELLS).value
    found = value.get("blocks") if isinstance(value, dict) else None
    if not isinstance(found, list):
        raise DamagedError
    for one in found:
        if isinstance(one, str):
            blocks.paragraph(one)
            continue
        rows = one.get("rows") if isinstance(one, dict) else None
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            raise DamagedError
        blocks.count(sum(map(len, rows)))
        grid = tuple(tuple(Cell("" if cell is None else str(cell)) for cell in row) for row in rows)
        blocks.blocks.append(Grid(grid, title=str(one.get("title", ""))))
