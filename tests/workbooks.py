"""Workbooks for tests: honest ones by XlsxWriter, odd and hostile ones from raw parts."""

from __future__ import annotations

import datetime as dt
import zipfile
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def honest(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], **options: Any) -> Path:
    """Write rows of str, int, float, bool, date, datetime, time, None; text stays text."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False, "strings_to_formulas": False, **options})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(place, column, value)
                elif hasattr(value, "isoformat"):
                    sheet.write_datetime(place, column, value, day)
                elif value is not None:
                    sheet.write(place, column, value)
    book.close()
    return path


def raw(path: Path, sheet: bytes | Iterable[bytes], *, parts: Mapping[str, bytes] = {}) -> Path:
    """Write a workbook with one sheet of the given XML, and further parts."""
    fixed = {
        "[Content_Types].xml": (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
            '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument'
            '.spreadsheetml.sheet.main+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>'
            '<sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
            f'Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
            f'Type="{_DOCUMENT}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
        ),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in fixed.items():
            archive.writestr(name, text)
        for name, data in parts.items():
            archive.writestr(name, data)
        with archive.open("xl/worksheets/sheet1.xml", "w") as stream:
            for piece in [sheet] if isinstance(sheet, bytes) else sheet:
                stream.write(piece)
    return path


def of_table(path: Path, tables: Mapping[str, pa.Table]) -> Path:
    """Write tables with their names as headers; what is no text, number, day or truth value as its text."""
    sheets = {}
    for title, table in tables.items():
        rows = [[_cell(value) for value in row.values()] for row in table.to_pylist()]
        sheets[title] = [table.column_names, *rows]
    return honest(path, sheets)


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | bool | dt.date) else str(value)


def package(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Write a workbook out of nothing but these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    """Return every part of a workbook, unpacked."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet(rows: str) -> bytes:
    """Wrap rows of XML into a sheet."""
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'.encode()
