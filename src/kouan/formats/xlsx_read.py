"""xlsx workbooks: each sheet with values is a table.

A sheet is parsed once, when opened, into typed columns that stay in memory; `Limits.sheet_cells` bounds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import python_calamine as calamine

from kouan.formats import messages, notes
from kouan.formats.files import take_in
from kouan.formats.names import Header, is_header, named_header, positional_header
from kouan.formats.opened import FileSource, chosen
from kouan.formats.xlsx_columns import Column, text_of
from kouan.formats.xlsx_guard import WorkbookFacts, examine
from kouan.model.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from kouan.formats.options import ReadOptions


_SAMPLE_ROWS = 100
_CHUNK_ROWS = 65_536


@dataclass(frozen=True, slots=True)
class XlsxLayout:
    """Headers of a workbook's tables by sheet name."""

    headers: dict[str, Header]


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
    header: Header
    notes: tuple[Text, ...]


def open_xlsx(path: Path, *, name: str, options: ReadOptions) -> FileSource:
    """Open a workbook. Raises KouanError: K-FMT-007, 015, 021…025."""
    file = take_in(path)
    facts = examine(path, options.limits)
    said = list(_workbook_notes(facts))
    sheets = []
    for title, kind, rows in _calamine_rows(path):
        if kind == "other":
            said.append(notes.OTHER_SHEET.fill(table=title))
            continue
        if kind == "hidden":
            said.append(notes.HIDDEN_SHEET.fill(table=title))
        sheet = _parse(path, title, rows, options=options)
        if sheet is None:
            said.append(notes.EMPTY_SHEET.fill(table=title))
        else:
            sheets.append(sheet)
            said.extend(sheet.notes)
    file.check_unchanged()
    if not sheets:
        raise messages.NO_TABLE.at(str(path))
    entities = tuple(sheet.entity for sheet in sheets)
    layout = XlsxLayout({sheet.entity.name: sheet.header for sheet in sheets})
    detail = ", ".join(entity.name for entity in entities)
    return FileSource(name, file, "xlsx", detail, entities, layout, tuple(said))


def _calamine_rows(path: Path) -> Iterator[tuple[str, str, Iterator[list[Any]]]]:
    """Yield title, kind (sheet, hidden, other) and rows of every sheet; parser errors lose their text."""
    try:
        with calamine.load_workbook(str(path)) as book:
            for meta in book.sheets_metadata:
                if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                    yield meta.name, "other", iter(())
                    continue
                kind = "sheet" if meta.visible == calamine.SheetVisibleEnum.Visible else "hidden"
                yield meta.name, kind, book.get_sheet_by_name(meta.name).iter_rows()
    except calamine.PasswordError:
        raise messages.PASSWORD.at(str(path)) from None
    except (calamine.CalamineError, OSError, ValueError, OverflowError):
        raise messages.XLSX_DAMAGED.at(str(path), part="sheets") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the parser's own crash, not an Exception by its type
            raise
        raise messages.XLSX_DAMAGED.at(str(path), part="sheets") from None


def _parse(path: Path, title: str, rows: Iterator[list[Any]], *, options: ReadOptions) -> _Sheet | None:
    filled = _Filled(rows)
    first = list(islice(filled, _SAMPLE_ROWS))
    if not first:
        return None
    titles = _title_rows(first)
    texts = [[text_of(cell) for cell in row] for row in first[titles:]]
    has_header = is_header(texts[0], texts[1:]) if options.header is None else options.header
    body = _chain(first[titles + has_header :], filled)
    columns = _columns(body, len(first[0]))
    kept = [index for index, column in enumerate(columns) if (has_header and texts[0][index]) or not column.is_empty]
    if len(kept) > options.limits.columns:
        raise messages.TOO_MANY_COLUMNS.at(f"{path} / {title}", columns=len(kept), limit=options.limits.columns)
    header = (
        named_header([texts[0][index] for index in kept], title) if has_header else positional_header(len(kept), title)
    )
    arrays = [columns[index].finish() for index in kept]
    table = pa.table(arrays, schema=pa.schema(zip(header.names, (array.type for array in arrays), strict=True)))
    entity = XlsxTable(title, table, options.batch_rows)
    said = [*header.notes, *_table_notes(entity, titles=titles, blank=filled.blank)]
    said += _column_notes(title, {name: columns[index] for name, index in zip(header.names, kept, strict=True)})
    return _Sheet(entity, header, tuple(said))


class _Filled:
    """Rows that hold a value; counts the empty ones between and above them."""

    def __init__(self, rows: Iterator[list[Any]]) -> None:
        self._rows = rows
        self.blank = 0
        self._started = False
        self._waiting = 0

    def __iter__(self) -> Iterator[list[Any]]:
        return self

    def __next__(self) -> list[Any]:
        for row in self._rows:
            if row.count("") < len(row):
                self.blank += self._waiting
                self._waiting, self._started = 0, True
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
