"""Write xlsx by patching the source: what treatment leaves alone keeps its bytes, no raw value stays behind.

The source's package is copied part by part at the end, when all rows are known. What is kept, changed, removed:

- Kept byte for byte: styles and number formats, theme, widths, heights, merges, frozen panes, hidden rows, columns and
  sheets, page setup, protection; cells of columns that leave unchanged; names and print areas that are plain areas.
- A treated cell becomes an inline text (or number, or day) under its old style. Column by column, not cell by cell: a
  formula, rich text or phonetic reading of a treated column goes even where its value did not change.
- A dropped column is emptied, header included; columns do not move, or every formula, merge and chart would break.
- A row that is held back is emptied and stays as a blank row, for the same reason. (Who may not learn that there is
  such a row must be given another file.)
- Cells outside the table (titles, remarks beside it) are not examined and so emptied; so are sheets not in `schemas`.
- Formulas: as long as nothing in the workbook is treated, those in kept columns stay, unless they point outside the
  file. Otherwise only plain ones stay that refer to kept cells of their own sheet; the others give way to their
  stored result, which is what was read and examined. Rules of formatting and validation likewise, or they go.
- Charts stay without stored values and words; a chart that holds data of its own goes.
- Gone, and named in the notes, treated or not, since nobody examined them: comments, authors and other properties,
  macros, pivot tables and their caches, external links, connections, embedded objects, images and text boxes, custom
  XML, revision logs, links, page headers and footers, filter criteria, table objects that lose a column, extensions.
- Shared texts that no kept cell refers to are blanked. The calculation chain goes; programs rebuild it.
- Refused: sheets of macros or dialogs, parts in a form that no common program writes.

Whether a column was treated is seen from its values and its type, so a plan cannot forget to say it.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from kouan.formats import messages, notes
from kouan.formats.landing import Landing, writing
from kouan.formats.names import written_header
from kouan.formats.opened import FileSource
from kouan.formats.xlsx.cells import Table
from kouan.formats.xlsx.package import UnsafeSheet
from kouan.formats.xlsx.patch import PartError, Patched, patch
from kouan.formats.xlsx.read import SAMPLE_ROWS, Places, XlsxLayout, XlsxTable, reads_as
from kouan.formats.xlsx.values import MOST_CHARACTERS, TooLong, Values
from kouan.formats.zipped import BROKEN
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Self

    from kouan.formats.source import Source

_CELL_LIMIT = Text(zh=f"每格 {MOST_CHARACTERS} 字", en=f"{MOST_CHARACTERS:,} characters a cell")


@dataclass(slots=True)
class _Sheet:
    """One table as it comes in; of a column that comes as it was read, nothing is stored."""

    raw: pa.Table
    places: Places
    schema: pa.Schema
    rows: int = 0
    treated: dict[str, list[pa.Array]] = field(default_factory=dict)
    held: list[pa.Array] = field(default_factory=list)

    def add(self, batch: pa.RecordBatch, keep: pa.BooleanArray | None) -> None:
        """Take in the next rows."""
        raw = self.raw.slice(self.rows, batch.num_rows)
        if batch.schema.names != self.schema.names or raw.num_rows != batch.num_rows:
            raise ValueError("the batch does not belong to this table")
        for place, name in enumerate(self.schema.names):
            column, before = batch.column(place), raw.column(name)
            if name not in self.treated:
                if column.type == before.type and pa.chunked_array([column], column.type).equals(before):
                    continue
                self.treated[name] = list(self.raw.column(name).slice(0, self.rows).chunks) if self.rows else []
            self.treated[name].append(column)
        kept = pa.repeat(True, batch.num_rows) if keep is None else pc.fill_null(keep, False)
        self.held.append(pc.invert(kept))
        self.rows += batch.num_rows

    def leaving(self, most: int) -> pa.Table:
        """Return the first rows as they leave."""
        columns = [
            pa.chunked_array(self.treated.get(field.name) or self.raw.column(field.name).chunks, field.type)
            for field in self.schema
        ]
        table = pa.table(columns, schema=self.schema)
        return (table.filter(pc.invert(pa.chunked_array(self.held, pa.bool_()))) if self.held_rows else table).slice(
            0, most
        )

    @property
    def dropped(self) -> list[str]:
        """Columns that do not leave."""
        return [name for name in self.raw.schema.names if name not in self.schema.names]

    @property
    def is_changed(self) -> bool:
        """Whether anything was treated, dropped or held back."""
        return bool(self.treated or self.dropped or self.held_rows)

    @property
    def held_rows(self) -> int:
        """Rows held back."""
        return sum(pc.sum(part).as_py() or 0 for part in self.held)


class XlsxSink:
    """A workbook being written (see `Sink`)."""

    def __init__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> None:
        layout = like.layout if isinstance(like, FileSource) else None
        if not isinstance(like, FileSource) or not isinstance(layout, XlsxLayout):
            raise TypeError("an xlsx file is written from the workbook that was read")
        self._path, self._like, self._layout = path, like, layout
        tables = {entity.name: entity.table for entity in like.entities if isinstance(entity, XlsxTable)}
        self._sheets = {name: _Sheet(tables[name], layout.places[name], schema) for name, schema in schemas.items()}
        self._values: list[tuple[str, Values]] = []
        self._done = Patched()

    @property
    def notes(self) -> tuple[Text, ...]:
        """What became of the workbook besides treated values; complete once it is written."""
        return tuple(self._notes())

    def __enter__(self) -> Self:
        self._landing = Landing(self._path)
        return self

    def __exit__(self, *exc: object) -> None:
        if exc and exc[0] is not None:
            self._landing.abandon()
            return
        try:
            self._patch()
            self._landing.land()
        except BaseException:
            self._landing.abandon()
            raise

    def write(self, entity: str, batch: pa.RecordBatch, keep: pa.BooleanArray | None = None) -> None:
        """Take in rows; they are written at the end. Raises ValueError for rows that are not the table's."""
        self._sheets[entity].add(batch, keep)

    def _patch(self) -> None:
        self._like.check_unchanged()
        for name, sheet in self._sheets.items():
            if sheet.rows != sheet.raw.num_rows:
                raise ValueError("not all rows of the table were written")
            self._check_header(name, sheet)
        strict = len(self._sheets) < len(self._layout.places) or any(one.is_changed for one in self._sheets.values())
        try:
            with writing(self._path), zipfile.ZipFile(self._like.path) as source:
                from_1904 = _from_1904(source)
                tables = {name: self._table(one, from_1904=from_1904) for name, one in self._sheets.items()}
                self._done = patch(source, self._landing.stream, tables=tables, strict=strict)
        except PartError as error:
            raise messages.XLSX_UNUSUAL.at(str(self._like.path), part=str(error)) from None
        except UnsafeSheet as error:
            raise messages.XLSX_SHEET_KIND.at(str(self._like.path), kind=str(error)) from None
        except TooLong:
            raise messages.XLSX_TOO_SMALL.at(str(self._path), limit=_CELL_LIMIT) from None
        except BROKEN:
            raise messages.XLSX_DAMAGED.at(str(self._like.path), part="zip") from None
        self._like.check_unchanged()

    def _table(self, sheet: _Sheet, *, from_1904: bool) -> Table:
        places = sheet.places
        numbers = dict(zip(places.header.names, places.columns, strict=True))
        columns: dict[int, Values | None] = {}
        for column in sheet.schema:
            chunks = sheet.treated.get(column.name)
            before = sheet.raw.schema.field(column.name).type
            days = pa.types.is_temporal(before)
            values = None if chunks is None else Values(chunks, column.type, days=days, from_1904=from_1904)
            columns[numbers[column.name]] = values
            if values is not None:
                self._values.append((column.name, values))
        held = pa.chunked_array(sheet.held, pa.bool_()).to_numpy() if sheet.held_rows else None
        return Table(
            header=places.header_row,
            rows=places.rows,
            columns=columns,
            empty={
                numbers[name]: sheet.raw.column(name).is_null().to_numpy()
                for name in sheet.schema.names
                if name not in sheet.treated
            },
            titles=_titles(sheet, numbers),
            held=(lambda _row: False) if held is None else (lambda row: bool(held[row])),
            any_held=held is not None,
        )

    def _check_header(self, name: str, sheet: _Sheet) -> None:
        """Refuse what would be read with another header than it is written with."""
        places, most = sheet.places, SAMPLE_ROWS
        if not places.guessed or not sheet.schema.names:
            return
        header = places.header_row is not None
        rows: list[list[Any]] = [list(_header(sheet))] if header else []
        table = sheet.leaving(most)
        columns = [["" if value is None else value for value in column.to_pylist()] for column in table.columns]
        rows += [list(row) for row in zip(*columns, strict=True)]
        filled = [row for row in rows if row.count("") < len(row)][:most]
        if filled and reads_as(filled) != (0, header):
            raise messages.XLSX_HEADER_LOST.at(str(self._like.path), table=name)

    def _notes(self) -> Iterator[Text]:
        for name in self._layout.places:
            sheet = self._sheets.get(name)
            if sheet is None:
                yield notes.XLSX_TABLE_EMPTIED.fill(table=name)
                continue
            if sheet.dropped:
                yield notes.XLSX_DROPPED.fill(table=name, columns=notes.listed(sheet.dropped))
            if sheet.held_rows:
                yield notes.XLSX_HELD.fill(table=name, count=sheet.held_rows)
        yield from self._said()
        for column, values in self._values:
            if values.as_text:
                yield notes.XLSX_AS_TEXT.fill(column=column)

    def _said(self) -> Iterator[Text]:
        done = self._done
        if done.removed:
            yield notes.XLSX_REMOVED.fill(parts=notes.joined([notes.REMOVED_NAMES[kind] for kind in done.removed]))
        if done.formulas:
            yield notes.XLSX_FORMULAS.fill(count=done.formulas)
        if done.rules:
            yield notes.XLSX_RULES.fill(count=done.rules)
        if done.charts:
            yield notes.XLSX_CHARTS


def _header(sheet: _Sheet) -> tuple[str, ...]:
    return written_header(sheet.places.header, sheet.schema.names) or ()


def _titles(sheet: _Sheet, numbers: Mapping[str, int]) -> dict[int, str]:
    """Return header cells that must be written anew: names made by the reader that would come out otherwise."""
    header = sheet.places.header
    if header.cells is None:
        return {}
    own = dict(zip(header.names, header.cells, strict=True))
    wanted = zip(sheet.schema.names, _header(sheet), strict=True)
    return {numbers[name]: cell for name, cell in wanted if cell != own[name]}


def _from_1904(source: zipfile.ZipFile) -> bool:
    with source.open("xl/workbook.xml") as stream:
        head = stream.read(1 << 16)
    return b'date1904="1"' in head or b'date1904="true"' in head
