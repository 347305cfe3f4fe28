"""Writing a workbook as Excel users leave it: long numbers that became floats, days in five spellings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa
    from numpy.random import Generator

_SPELLINGS = (
    "{0:%Y-%m-%d}",
    "{0.year}/{0.month}/{0.day}",
    "{0.year}年{0.month}月{0.day}日",
    "{0:%Y.%m.%d}",
    "{0:%Y%m%d}",
)
_AS_TEXT = 0.12
_CREATED = dt.datetime(2026, 11, 1, tzinfo=dt.UTC).replace(tzinfo=None)
_WIDTH = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet.

    Attributes:
        title: of the tab.
        columns: header to cells; a cell is text, a number, a day or None.
        rows: row numbers in the order in which they are written.
    """

    title: str
    columns: dict[str, list[Any]]
    rows: list[int]


def as_numbers(column: pa.Array, rng: Generator, share: float) -> list[Any]:
    """Return cells of which a share was typed as numbers: all digits beyond the fifteenth are lost, as in Excel."""
    drawn = rng.random(len(column))
    return [
        float(f"{int(value):.14e}")
        if value is not None and value.isascii() and value.isdigit() and chance < share
        else value
        for value, chance in zip(column.to_pylist(), drawn.tolist(), strict=True)
    ]


def as_days(column: pa.Array, rng: Generator) -> list[Any]:
    """Return cells of which most are real days and some are text in one of several spellings."""
    drawn = rng.random(len(column)).tolist()
    spelling = rng.integers(0, len(_SPELLINGS), len(column)).tolist()
    return [
        _SPELLINGS[which].format(day) if day is not None and chance < _AS_TEXT else day
        for day, chance, which in zip(column.to_pylist(), drawn, spelling, strict=True)
    ]


def write_workbook(path: Path, sheets: list[Sheet]) -> None:
    """Write sheets to an xlsx file; the same cells give the same bytes."""
    with xlsxwriter.Workbook(path, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"title": "员工主数据", "company": "示例", "created": _CREATED})
        head = book.add_format({"bold": True, "bottom": 1})
        for sheet in sheets:
            _write(book.add_worksheet(sheet.title), sheet, head)


def _write(page: Any, sheet: Sheet, head: Any) -> None:
    page.freeze_panes(1, 0)
    page.set_column(0, len(sheet.columns) - 1, _WIDTH)
    for place, (title, cells) in enumerate(sheet.columns.items()):
        page.write_string(0, place, title, head)
        for line, row in enumerate(sheet.rows, start=1):
            if (cell := cells[row]) is not None:
                _write_cell(page, line, place, cell=cell)


def _write_cell(page: Any, line: int, place: int, *, cell: object) -> None:
    if isinstance(cell, str):
        page.write_string(line, place, cell)
    elif isinstance(cell, dt.date):
        page.write_datetime(line, place, cell)
    else:
        page.write_number(line, place, cell)
