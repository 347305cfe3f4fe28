"""Write xlsx row by row in constant memory: same sheets and headers, typed cells, text always as text."""

from __future__ import annotations

import datetime as dt
import math
import shutil
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from kouan.formats import messages, notes
from kouan.formats.landing import PART_SUFFIX, Landing, writing
from kouan.formats.names import written_header
from kouan.formats.opened import FileSource
from kouan.formats.xlsx_columns import EXACT
from kouan.formats.xlsx_read import XlsxLayout
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Self

    from kouan.formats.source import Source

_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_FIRST_DAY = dt.date(1900, 3, 1)
_NEVER = dt.datetime(1980, 1, 1)  # noqa: DTZ001 - the format stores no zone; one fixed day keeps files reproducible
_ROW_LIMIT = Text(zh=f"{_MOST_ROWS} 行", en=f"{_MOST_ROWS} rows")
_COLUMN_LIMIT = Text(zh=f"{_MOST_COLUMNS} 列", en=f"{_MOST_COLUMNS} columns")
_CELL_LIMIT = Text(zh="每格 32767 字", en="32,767 characters a cell")


class XlsxSink:
    """A workbook being written (see `Sink`)."""

    def __init__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> None:
        layout = like.layout if isinstance(like, FileSource) else None
        headers = layout.headers if isinstance(layout, XlsxLayout) else {}
        self._path = path
        self._schemas = dict(schemas)
        self._headers = {name: written_header(headers.get(name), schema.names) for name, schema in schemas.items()}
        self._next_row: dict[str, int] = {}
        self._as_text: dict[str, None] = {}

    @property
    def notes(self) -> tuple[Text, ...]:
        """What an xlsx written here does not keep; complete once all rows are written."""
        return (notes.XLSX_LOST, *(notes.XLSX_AS_TEXT.fill(column=column) for column in self._as_text))

    def __enter__(self) -> Self:
        self._landing = Landing(self._path)
        try:
            with writing(self._path):
                self._rows_folder = tempfile.mkdtemp(PART_SUFFIX, f".{self._path.name[:64]}.", self._path.parent)
                self._begin()
        except BaseException:
            self._abandon()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        if exc and exc[0] is not None:
            self._abandon()
            return
        try:
            with writing(self._path):
                self._close()
            self._landing.land()
            shutil.rmtree(self._rows_folder, ignore_errors=True)
        except BaseException:
            self._abandon()
            raise

    def write(self, entity: str, batch: pa.RecordBatch, keep: pa.BooleanArray | None = None) -> None:
        """Append rows to a sheet. Raises KouanError: K-FMT-027, 028, 030."""
        if batch.schema.names != self._schemas[entity].names:
            raise ValueError("the batch does not belong to this table")
        batch = batch if keep is None else batch.filter(keep)
        start = self._next_row[entity]
        if start + batch.num_rows > _MOST_ROWS:
            raise messages.XLSX_TOO_SMALL.at(str(self._path), limit=_ROW_LIMIT)
        sheet = self._sheets[entity]
        columns = [_cells(column) for column in batch.columns]
        with writing(self._path):
            for row, cells in enumerate(zip(*columns, strict=True), start):
                for place, value in enumerate(cells):
                    if value is not None:
                        self._put(sheet, (row, place), value=value, name=batch.schema.names[place])
        self._next_row[entity] = start + batch.num_rows

    def _begin(self) -> None:
        self._book = xlsxwriter.Workbook(
            self._landing.stream,
            {
                "constant_memory": True,
                "tmpdir": self._rows_folder,
                "strings_to_formulas": False,
                "strings_to_numbers": False,
                "strings_to_urls": False,
            },
        )
        self._book.set_properties({"created": _NEVER})
        self._book.use_zip64()
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._sheets = {name: self._book.add_worksheet(name) for name in self._schemas}
        for name, sheet in self._sheets.items():
            header = self._headers[name]
            if len(self._schemas[name]) > _MOST_COLUMNS:
                raise messages.XLSX_TOO_SMALL.at(str(self._path), limit=_COLUMN_LIMIT)
            for place, cell in enumerate(header or ()):
                self._put_text(sheet, (0, place), cell)
            self._next_row[name] = int(header is not None)

    def _put(self, sheet: Any, at: tuple[int, int], *, value: Any, name: str) -> None:
        if isinstance(value, bool):
            sheet.write_boolean(*at, value)
        elif isinstance(value, int | float) and (
            abs(value) < EXACT or (isinstance(value, float) and math.isfinite(value))
        ):
            sheet.write_number(*at, value)
        elif isinstance(value, dt.date) and _day_of(value) >= _FIRST_DAY:
            sheet.write_datetime(*at, value, self._moment if isinstance(value, dt.datetime) else self._day)
        else:
            if not isinstance(value, str):
                self._as_text[name] = None
            self._put_text(sheet, at, str(value))

    def _put_text(self, sheet: Any, at: tuple[int, int], text: str) -> None:
        if text and sheet.write_string(*at, text) < 0:
            raise messages.XLSX_TOO_SMALL.at(str(self._path), limit=_CELL_LIMIT)

    def _close(self) -> None:
        try:
            self._book.close()
        except XlsxWriterException as error:
            cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError()
            raise cause from None

    def _abandon(self) -> None:
        book = getattr(self, "_book", None)
        if book is not None:
            book.fileclosed = True
            for sheet in book.worksheets():
                with suppress(OSError, AttributeError):
                    sheet.row_data_fh.close()
        self._landing.abandon()
        if hasattr(self, "_rows_folder"):
            shutil.rmtree(self._rows_folder, ignore_errors=True)


def _cells(column: pa.Array) -> list[Any]:
    """Return Python values of the five kinds that a cell can hold; anything else as its text."""
    kind = column.type
    naive = pa.types.is_timestamp(kind) and kind.tz is None
    plain = (pa.types.is_string, pa.types.is_boolean, pa.types.is_integer, pa.types.is_floating, pa.types.is_date)
    if naive:
        column = column.cast(pa.timestamp("us"), safe=False)
    elif not any(test(kind) for test in plain):
        column = column.cast(pa.string())
    values: list[Any] = column.to_pylist()
    return values


def _day_of(value: dt.date) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


def _is_exact(value: Any) -> bool:
    """Return whether Excel keeps this number: finite, and an integer of at most 15 digits."""
    return math.isfinite(value) if isinstance(value, float) else isinstance(value, int) and abs(value) < EXACT
