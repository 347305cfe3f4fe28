"""xlsx workbooks: each sheet with values is a table.

A sheet is parsed once, when opened, into typed columns that stay in memory; `Limits.sheet_cells` bounds them.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import python_calamine as calamine

from kouan.formats import messages, notes
from kouan.formats.files import take_in
from kouan.formats.names import Header, is_header, named_header, positional_header
from kouan.formats.opened import FileSource, chosen
from kouan.formats.xlsx.columns import Column, text_of
from kouan.formats.xlsx.guard import WorkbookFacts, examine
from kouan.model.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kouan.formats.options import ReadOptions


SAMPLE_ROWS = 100
_CHUNK_ROWS = 65_536


@dataclass(frozen=True, slots=True)
class Places:
    """Where a table stands in its sheet; rows and columns count from 1.

    Attributes:
        header: names of the columns.
        header_row: None without a header.
        rows: of the data, ascending.
        columns: in the table's order.
        guessed: whether the cells told if there is a header, not the user.
    """

    header: Header
    header_row: int | None
    rows: array[int]
    columns: tuple[int, ...]
    guessed: bool


@dataclass(frozen=True, slots=True)
class XlsxLayout:
    """Places of a workbook's tables by sheet title."""

    places: dict[str, Places]


@dataclass(frozen=True, slots=True)
class XlsxTable:
    """One sheet, parsed."""

    name: str
    table: pa.Table
    batch_rows: int

    @property
    def schema(self) -> pa.Schema:
        """Columns and types."""
        return self.table.schema

    @property
    def rows(self) -> int | None:
        """Rows below the header, empty ones left out."""
        return int(self.table.num_rows)

    def batches(self, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
        """Read the table from its start, without copying."""
        yield from self.table.select(chosen(self.schema, columns)).to_batches(max_chunksize=self.batch_rows)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A parsed sheet with what is to be said of it."""

    entity: XlsxTable
    places: Places
    notes: tuple[Text, ...]


def open_xlsx(path: Path, *, name: str, options: ReadOptions) -> FileSource:
    """Open a workbook. Raises KouanError: K-FMT-007, 015, 021…025."""
    file = take_in(path)
    facts = examine(path, options.limits)
    said = list(_workbook_notes(facts))
    sheets = []
    for title, kind, left, rows in _calamine_rows(path):
        if kind == "other":
            said.append(notes.OTHER_SHEET.fill(table=title))
            continue
        if kind == "hidden":
            said.append(notes.HIDDEN_SHEET.fill(table=title))
        sheet = _parse(path, title, rows, left=left, options=options)
        if sheet is None:
            said.append(notes.EMPTY_SHEET.fill(table=title))
        else:
            sheets.append(sheet)
            said.extend(sheet.notes)
    file.check_unchanged()
    if not sheets:
        raise messages.NO_TABLE.at(str(path))
    entities = tuple(sheet.entity for sheet in sheets)
    layout = XlsxLayout({sheet.entity.name: sheet.places for sheet in sheets})
    detail = ", ".join(entity.name for entity in entities)
    return FileSource(name, file, "xlsx", detail, entities, layout, tuple(said))


def _calamine_rows(path: Path) -> Iterator[tuple[str, str, int, Iterator[list[Any]]]]:
    """Yield title, kind (sheet, hidden, other), first column and rows of every sheet; parser errors lose their text.

    Rows are given from the first of the sheet on, columns from the first that is used.
    """
    try:
        with calamine.load_workbook(str(path)) as book:
            for meta in book.sheets_metadata:
                if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                    yield meta.name, "other", 0, iter(())
                    continue
                kind = "sheet" if meta.visible == calamine.SheetVisibleEnum.Visible else "hidden"
                sheet = book.get_sheet_by_name(meta.name)
                yield meta.name, kind, sheet.start[1] if sheet.start else 0, sheet.iter_rows()
    except calamine.PasswordError:
        raise messages.PASSWORD.at(str(path)) from None
    except (calamine.CalamineError, OSError, ValueError, OverflowError):
        raise messages.XLSX_DAMAGED.at(str(path), part="sheets") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the parser's own crash, not an Exception by its type
            raise
        raise messages.XLSX_DAMAGED.at(str(path), part="sheets") from None


def reads_as(rows: list[list[Any]]) -> tuple[int, bool]:
    """Return how many of a sheet's first filled rows are titles, and whether a header follows."""
    titles = _title_rows(rows)
    texts = [[text_of(cell) for cell in row] for row in rows[titles:]]
    return titles, is_header(texts[0], texts[1:])


def _parse(path: Path, title: str, rows: Iterator[list[Any]], *, left: int, options: ReadOptions) -> _Sheet | None:
    filled = _Filled(rows)
    first = list(islice(filled, SAMPLE_ROWS))
    if not first:
        return None
    titles, has_header = reads_as(first)
    has_header = has_header if options.header is None else options.header
    texts = [text_of(cell) for cell in first[titles]]
    body = _chain(first[titles + has_header :], filled)
    columns = _columns(body, len(first[0]))
    kept = [index for index, column in enumerate(columns) if (has_header and texts[index]) or not column.is_empty]
    if len(kept) > options.limits.columns:
        raise messages.TOO_MANY_COLUMNS.at(f"{path} / {title}", columns=len(kept), limit=options.limits.columns)
    header = (
        named_header([texts[index] for index in kept], title)
        if has_header
        else positional_header(len(kept), title, [left + index + 1 for index in kept])
    )
    arrays = [columns[index].finish() for index in kept]
    table = pa.table(arrays, schema=pa.schema(zip(header.names, (array.type for array in arrays), strict=True)))
    entity = XlsxTable(title, table, options.batch_rows)
    said = [*header.notes, *_table_notes(entity, titles=titles, blank=filled.blank)]
    said += _column_notes(title, {name: columns[index] for name, index in zip(header.names, kept, strict=True)})
    numbers = filled.numbers
    places = Places(
        header,
        numbers[titles] if has_header else None,
        numbers[titles + has_header :],
        tuple(left + index + 1 for index in kept),
        guessed=options.header is None,
    )
    return _Sheet(entity, places, tuple(said))


class _Filled:
    """Rows that hold a value, with their numbers; counts the empty ones between."""

    def __init__(self, rows: Iterator[list[Any]]) -> None:
        self._rows = rows
        self.blank = 0
        self.numbers = array("I")
        self._number = 0
        self._started = False
        self._waiting = 0

    def __iter__(self) -> Iterator[list[Any]]:
        return self

    def __next__(self) -> list[Any]:
        for row in self._rows:
            self._number += 1
            if row.count("") < len(row):
                self.blank += self._waiting
                self._waiting, self._started = 0, True
                self.numbers.append(self._number)
                return row
            self._waiting += self._started
        raise StopIteration


def _title_rows(rows: list[list[Any]]) -> int:
    """Return how many rows stand above the header: those filled less than half as wide as the widest."""
    filled = [len(row) - row.count("") for row in rows]
    return next(place for place, count in enumerate(filled) if 2 * count >= max(filled))


def _columns(rows: Iterable[list[Any]], width: int) -> list[Column]:
    columns = [Column() for _ in range(width)]
    source = iter(rows)
    while chunk := list(islice(source, _CHUNK_ROWS)):
        for column, cells in zip(columns, zip(*chunk, strict=True), strict=True):
            column.add(cells)
    return columns


def _chain(first: list[list[Any]], rest: Iterator[list[Any]]) -> Iterator[list[Any]]:
    yield from first
    yield from rest


def _table_notes(entity: XlsxTable, *, titles: int, blank: int) -> Iterator[Text]:
    if titles:
        yield notes.TITLE_ROWS.fill(table=entity.name, count=titles)
    if blank:
        yield notes.BLANK_ROWS.fill(table=entity.name, count=blank)
    if not entity.rows:
        yield notes.NO_ROWS.fill(table=entity.name)


def _column_notes(title: str, columns: Mapping[str, Column]) -> Iterator[Text]:
    """Say what is wrong with columns; those that mix the same types share one sentence."""
    mixed: dict[Text, list[Text]] = {}
    for name, column in columns.items():
        if column.damaged:
            yield notes.DAMAGED_NUMBERS.fill(table=title, column=name, count=column.damaged)
        if mixture := column.mixture():
            mixed.setdefault(notes.joined(mixture), []).append(same(name))
    for kinds, names in mixed.items():
        yield notes.MIXED_TYPES.fill(table=title, columns=notes.joined(names), kinds=kinds)


def _workbook_notes(facts: WorkbookFacts) -> Iterator[Text]:
    counted = (
        (notes.FORMULAS, facts.formulas),
        (notes.ERROR_CELLS, facts.errors),
        (notes.MERGED, facts.merged),
        (notes.HIDDEN_PARTS, facts.hidden),
    )
    for note, count in counted:
        if count:
            yield note.fill(count=count)
    if facts.unread:
        yield notes.UNREAD_PARTS.fill(parts=notes.joined([notes.PART_NAMES[part] for part in facts.unread]))
