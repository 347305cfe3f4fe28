"""Rows of printed tables in their order: heads, entries, continuations, notes; none is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kouan.model.printed import Grid
from kouan.packs.drafting.columns import mapped
from kouan.packs.drafting.numbers import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kouan.model.printed import Block, Cell

_SECTOR = re.compile(r"[一二三四五六七八九十]+、(.{1,30})\Z")
_TABLE = re.compile(r"\([一二三四五六七八九十]+\)|表[0-9一二三四五六七八九十]+")
_NOTE = re.compile(r"注[:：0-9]|备注[:：]")
_COUNTED = re.compile(r"[0-9]{1,3}[.、]")
_NUMBER = re.compile(r"\s*([0-9]{1,3})\s*[.、．](?![0-9])\s*")
_DEFAULT_SHEET = re.compile(r"(?i)sheet\s*[0-9]*|工作表\s*[0-9]*")
_LONGEST_HEAD = 80


@dataclass(slots=True)
class PrintedRow:
    """One row of a table (or more, once continuations are joined).

    Attributes:
        places: `table.row` of each, from 1.
        sector, table: as the last headings say; table 1 is assessment, 2 contract or certification.
        cells: by role.
        raw: all own cells as printed.
        sort: `header`, `entry`, `continuation`, `heading`, `note`, `text`, `repeat`, `unread`.
        number: of the entry as printed.
    """

    places: list[str]
    sector: str
    table: int | None
    cells: dict[str, str]
    raw: list[str]
    sort: str
    number: int | None = None


@dataclass(slots=True)
class Sheet:
    """One grid: its header as mapped, for people to check."""

    place: int
    title: str
    rows: int
    columns: dict[str, str]


@dataclass(slots=True)
class Reading:
    """Everything that was printed.

    Attributes:
        rows: every row of every table, in order.
        notes, paragraphs: text beside the tables.
    """

    choices: Mapping[str, str]
    rows: list[PrintedRow] = field(default_factory=list)
    sheets: list[Sheet] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    sector: str = ""
    table: int | None = None
    columns: dict[int, str] = field(default_factory=dict)
    width: int = 0
    last: PrintedRow | None = None
    noting: bool = False

    def read(self, blocks: Iterable[Block]) -> Reading:
        """Take in a whole document."""
        for block in blocks:
            if isinstance(block, Grid):
                self._grid(block)
            else:
                self.paragraphs.append(block)
                self._beside(block)
        return self

    def entries(self) -> list[PrintedRow]:
        """Return the rows that are entries."""
        return [row for row in self.rows if row.sort == "entry"]

    def _beside(self, text: str) -> bool:
        """Take a paragraph as a heading or a note; return whether it was one."""
        bare = plain(text)
        if _NOTE.match(bare) or (self.noting and _COUNTED.match(bare)):
            self.notes.append(text)
            self.noting = True
            return True
        table = _table_of(bare)
        sector = _SECTOR.match(bare)
        if table is not None:
            self.table, self.last, self.noting = table, None, False
            return True
        if sector and "。" not in bare:
            self.sector = re.sub(r"(领域|行业)\Z", "", sector[1])
            self.table, self.last, self.noting = None, None, False
            return True
        return False

    def _grid(self, grid: Grid) -> None:
        width = max((len(row) for row in grid.rows), default=0)
        if width != self.width:
            self.columns = {}
        self.width = width
        self.noting = False
        if not self.columns and all(column.isdigit() for column in self.choices.values()):
            self.columns = {int(column) - 1: role for role, column in self.choices.items()}
        if grid.title and not _DEFAULT_SHEET.fullmatch(grid.title.strip()) and not self._beside(grid.title):
            self.sector, self.table, self.last = plain(grid.title), None, None
        sheet = Sheet(len(self.sheets) + 1, grid.title, len(grid.rows), {})
        self.sheets.append(sheet)
        for number, row in enumerate(grid.rows, start=1):
            self._row(row, f"{sheet.place}.{number}", sheet)

    def _row(self, row: Sequence[Cell], place: str, sheet: Sheet) -> None:
        raw = [cell.text for cell in row if cell.own and cell.text.strip()]
        found = PrintedRow([place], self.sector, self.table, {}, raw, "unread")
        self.rows.append(found)
        texts = [cell.text for cell in row]
        header = mapped(texts, self.choices)
        if header is not None:
            self.columns, self.last, found.sort = header, None, "header"
            sheet.columns = {role: texts[column] for column, role in sorted(header.items()) if column < len(texts)}
        elif not raw:
            found.sort = "repeat"
        elif len(set(texts)) == 1 and self._beside(raw[0]):
            found.sort = "note" if self.noting else "heading"
        elif len(set(texts)) == 1 and not self.columns:
            found.sort = "text"
            self.paragraphs.append(raw[0])
        elif self.columns:
            if not sheet.columns:
                sheet.columns = dict.fromkeys(dict.fromkeys(self.columns.values()), "↑")
            self._entry(found, row)

    def _entry(self, found: PrintedRow, row: Sequence[Cell]) -> None:
        own = set()
        for column, role in self.columns.items():
            if column < len(row) and row[column].text.strip():
                text = row[column].text.strip()
                if text not in found.cells.get(role, ""):
                    found.cells[role] = f"{found.cells[role]}\n{text}" if role in found.cells else text
                if row[column].own:
                    own.add(role)
        found.number = _number_of(found.cells)
        if self.last is not None and _continues(found, own, self.last):
            self._join(found, own)
            return
        if self.last is not None:
            for role in ("category", "scenario", "sector"):
                if role not in found.cells and role in self.last.cells and not ({"category"} & own):
                    found.cells[role] = self.last.cells[role]
        found.sort = "entry"
        found.sector = plain(found.cells.get("sector", "")) or self.sector
        self.last = found

    def _join(self, found: PrintedRow, own: set[str]) -> None:
        last = self.last
        assert last is not None
        found.sort = "continuation"
        last.places += found.places
        for role in ("subclass", "description", "note"):
            if role in own:
                last.cells[role] = last.cells.get(role, "") + found.cells[role]


def _table_of(bare: str) -> int | None:
    if len(bare) > _LONGEST_HEAD or not (_TABLE.match(bare) or "清单" in bare):
        return None
    if "标准合同" in bare or "认证" in bare:
        return 2 if "安全评估" not in bare else None
    return 1 if "安全评估" in bare else None


def _number_of(cells: Mapping[str, str]) -> int | None:
    text = plain(cells.get("number", ""))
    if text.isdigit() and len(text) <= 3:  # noqa: PLR2004 - as many digits as an entry's number has
        return int(text)
    found = _NUMBER.match(cells.get("subclass", ""))
    return int(found[1]) if found else None


def _continues(found: PrintedRow, own: set[str], last: PrintedRow) -> bool:
    """Whether a row goes on with the entry above: no number of its own, and nothing that begins a new one."""
    if found.number is not None and found.number != last.number:
        return False
    if found.number is not None:
        return "subclass" not in own and "number" not in own
    if last.number is not None:
        return not {"category", "scenario", "sector"} & own
    return "subclass" not in own and not {"category", "scenario"} & own


def without_number(text: str) -> str:
    """Return a subclass without its printed number."""
    return _NUMBER.sub("", text, count=1)
