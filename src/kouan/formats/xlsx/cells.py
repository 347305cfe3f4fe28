"""Rows of a sheet, patched one at a time: kept cells stay byte for byte, treated ones are new, all others emptied.

Nothing passes that is not of a known form: a cell is copied only as reference, style, type and one plain value; rich
text inside a cell, phonetic readings, metadata and unknown attributes are left behind when the cell is rebuilt. What
stands outside the table's kept columns and rows was never examined, or is held back, and is emptied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kouan.formats.xlsx.formula import areas_of, column_of, letters_of
from kouan.formats.xlsx.values import text_cell
from kouan.formats.xlsx.xml import Unusual, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kouan.formats.xlsx.values import Values

_ATTRIBUTES = rb"(?:\s+[\w:.-]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*'))*"
_CELL_ATTRIBUTE = re.compile(rb"\s([rst])\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_ROW_ATTRIBUTE = re.compile(
    rb"\s+(?:r|spans|s|customFormat|ht|hidden|customHeight|outlineLevel|collapsed|thickTop|thickBot|x14ac:dyDescent)"
    rb"\s*=\s*(?:\"[\w.: ]{0,64}\"|'[\w.: ]{0,64}')"
)
_ROW_NUMBER = re.compile(rb"\sr\s*=\s*[\"'](\d{1,7})[\"']")
_SPANS = re.compile(rb"\s+spans\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_REFERENCE = re.compile(rb"([A-Z]{1,3})([1-9]\d{0,6})")
_SHARED_GROUP = re.compile(rb"\ssi\s*=\s*[\"'](\d{1,9})[\"']")
_GROUP_AREA = re.compile(rb"\sref\s*=\s*[\"']\$?([A-Z]{1,3})\$?\d+(?::\$?([A-Z]{1,3})\$?\d+)?[\"']")
_FORMULA_ATTRIBUTE = re.compile(
    rb"\s+(?:t|ref|si|ca|aca|bx|dt2D|dtr|del1|del2|r1|r2|xml:space)\s*=\s*(?:\"[\w:$]{0,32}\"|'[\w:$]{0,32}')"
)
_TYPES = {b"", b"s", b"str", b"inlineStr", b"b", b"n", b"e", b"d"}
_SIMPLE = {b"", b"s", b"str", b"n"}
_TRUTHS = {None, b"", b"0", b"1", b"true", b"false"}
_ANY_TAG = re.compile(rb"<[^>]*>")
_RICH = re.compile(rb"<(?:\w+:)?rPh\b.*?</(?:\w+:)?rPh\s*>|<(?:\w+:)?phoneticPr\b[^>]*>", re.DOTALL)


def _never(_row: int) -> bool:
    return False


@dataclass(slots=True)
class Table:
    """What of a sheet's table leaves.

    Attributes:
        header: number of the header row, None without one.
        rows: numbers of the data rows, ascending.
        columns: column number -> its treated values, or None for a column that stays as it is.
        empty: column number -> by data row, whether the reader found nothing in a cell that stays as it is.
        titles: column number -> header text to write instead of the one that stands there.
        held: whether a data row, counted from 0, is held back.
        any_held: whether one is.
    """

    header: int | None = None
    rows: Sequence[int] = ()
    columns: Mapping[int, Values | None] = field(default_factory=dict)
    empty: Mapping[int, Sequence[bool]] = field(default_factory=dict)
    titles: Mapping[int, str] = field(default_factory=dict)
    held: Callable[[int], bool] = _never
    any_held: bool = False


@dataclass(slots=True)
class _Cell:
    """One cell as written: raw is all of it, body what stands between its tags, plain its value if there is no more."""

    raw: bytes
    column: int
    style: bytes
    kind: bytes
    body: bytes
    usual: bool
    plain: bytes | None = None


class Rows:
    """Patches the rows of one sheet in order.

    Attributes:
        used: shared texts that are still referred to, by number.
        formulas: formulas that gave way to their results.
    """

    def __init__(self, table: Table, *, prefix: bytes, strict: bool, used: set[int]) -> None:
        self._table, self._prefix, self._strict = table, prefix, strict
        self.used = used
        self.formulas = 0
        self._place = self._row = 0
        self._groups: dict[bytes, bool] = {}
        self._known: dict[bytes, int] = {}
        tag = re.escape(prefix)
        self._open = re.compile(rb"<" + tag + rb"row(" + _ATTRIBUTES + rb")\s*(/?)>")
        self._fast = re.compile(
            rb'<%sc r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d{1,6})")?(?: t="(\w{1,9})")?(?:/>|>(<%sv>([^<]*)</%sv>)?</%sc>)'
            % (tag, tag, tag, tag)
        )
        self._any = re.compile(rb"<%sc(%s)\s*(?:/>|>(.*?)</%sc>)" % (tag, _ATTRIBUTES, tag), re.DOTALL)
        self._formula = re.compile(rb"<%sf(%s)\s*(?:/>|>([^<]*)</%sf>)" % (tag, _ATTRIBUTES, tag))
        self._value = re.compile(rb"<%sv(?:\s+xml:space=\"preserve\")?\s*(?:/>|>([^<]*)</%sv>)" % (tag, tag))
        self._text = re.compile(rb"<%st%s\s*>([^<]*)</%st>" % (tag, _ATTRIBUTES, tag))
        self._inline = re.compile(
            rb"<%sis><%st(?:\s+xml:space=\"preserve\")?>[^<]*</%st></%sis>" % (tag, tag, tag, tag)
        )

    def patch(self, raw: bytes) -> bytes:
        """Return a row as it leaves. Raises Unusual, TooLong."""
        opening = self._open.match(raw)
        if opening is None:
            raise Unusual
        number = self._number(opening[1])
        table, place = self._table, self._place
        is_data = place < len(table.rows) and table.rows[place] == number
        if place < len(table.rows) and table.rows[place] < number:
            raise Unusual
        self._place += is_data
        start = opening[0] if _is_plain_row(opening[1]) else self._rebuilt(opening)
        if opening[2]:
            if is_data:
                raise Unusual
            return start
        end = raw.rfind(b"<")
        cells = self._cells(raw[opening.end() : end], number)
        if number == table.header:
            parts, wider = self._titled(cells)
            start = _SPANS.sub(b"", start) if wider else start
        elif is_data and not table.held(place):
            parts, wider = self._treated(cells, place)
            start = _SPANS.sub(b"", start) if wider else start
        else:
            parts = [self._emptied(cell) for cell in cells]
        return start + b"".join(parts) + raw[end:]

    def finish(self) -> None:
        """Raise Unusual when a row that was read did not come by."""
        if self._place != len(self._table.rows):
            raise Unusual

    def _number(self, attributes: bytes) -> int:
        found = _ROW_NUMBER.search(attributes)
        number = int(found[1]) if found else self._row + 1
        if number <= self._row:
            raise Unusual
        self._row = number
        return number

    def _rebuilt(self, opening: re.Match[bytes]) -> bytes:
        attributes = b"".join(_ROW_ATTRIBUTE.findall(opening[1]))
        return b"<%srow%s%s>" % (self._prefix, attributes, opening[2])

    def _cells(self, data: bytes, row: int) -> list[_Cell]:
        cells, at, column = [], 0, 0
        fast, digits = self._fast.match, b"%d" % row
        while at < len(data):
            if found := fast(data, at):
                letters, stated, style, kind, body, value = found.groups(b"")
                cell = _Cell(found[0], self._column(letters), style, kind, body, True, value or None)
                if stated != digits:
                    raise Unusual
            elif found := self._any.match(data, at):
                cell = self._odd(found, row, column + 1)
            elif data[at : at + 1].isspace():
                at += 1
                continue
            else:
                raise Unusual
            if cell.column <= column or cell.kind not in _TYPES:
                raise Unusual
            column, at = cell.column, found.end()
            cells.append(cell)
        return cells

    def _odd(self, found: re.Match[bytes], row: int, column: int) -> _Cell:
        """Return a cell that is not of the commonest form; one without a reference follows its neighbour."""
        own = {name: one or other for name, one, other in _CELL_ATTRIBUTE.findall(found[1])}
        if place := own.get(b"r"):
            reference = _REFERENCE.fullmatch(place)
            if reference is None or int(reference[2]) != row:
                raise Unusual
            column = self._column(reference[1])
        if not own.get(b"s", b"0").isdigit():
            raise Unusual
        rest = _CELL_ATTRIBUTE.sub(b"", found[1]).strip()
        return _Cell(found[0], column, own.get(b"s", b""), own.get(b"t", b""), found[2] or b"", usual=not rest)

    def _column(self, letters: bytes) -> int:
        if (column := self._known.get(letters)) is None:
            column = self._known[letters] = column_of(letters.decode())
        return column

    def _titled(self, cells: list[_Cell]) -> tuple[list[bytes], bool]:
        """Return the header's cells, and whether one was added."""
        columns, titles = self._table.columns, self._table.titles
        styles = {cell.column: cell.style for cell in cells}
        parts = [
            (cell.column, self._kept(cell, {}) if cell.column in columns else self._emptied(cell))
            for cell in cells
            if cell.column not in titles
        ]
        for column, title in titles.items():
            parts.append((column, self._made(column, styles.get(column, b""), text_cell(title, self._prefix))))
        return [part for _, part in sorted(parts)], bool(titles)

    def _treated(self, cells: list[_Cell], place: int) -> tuple[list[bytes], bool]:
        """Return a data row's cells, and whether one was added where none stood."""
        columns = self._table.columns
        parts: list[tuple[int, bytes]] = []
        seen = set()
        for cell in cells:
            if cell.column not in columns:
                parts.append((cell.column, self._emptied(cell)))
            elif (values := columns[cell.column]) is None:
                unread = self._table.empty[cell.column][place] and self._says(cell)
                parts.append((cell.column, self._emptied(cell) if unread else self._kept(cell, columns)))
            else:
                seen.add(cell.column)
                self.formulas += b"<" + self._prefix + b"f" in cell.body
                parts.append((cell.column, self._made(cell.column, cell.style, values.at(place, self._prefix))))
        wider = False
        for column, treated in columns.items():
            if treated is not None and column not in seen and (content := treated.at(place, self._prefix)):
                parts.append((column, self._made(column, b"", content)))
                wider = True
        return [part for _, part in (sorted(parts) if wider else parts)], wider

    def _made(self, column: int, style: bytes, content: tuple[bytes, bytes] | None) -> bytes:
        tag = b'<%sc r="%s%d"' % (self._prefix, letters_of(column).encode(), self._row)
        if style:
            tag += b' s="%s"' % style
        return tag + b"/>" if content is None else b"%s%s>%s</%sc>" % (tag, *content, self._prefix)

    def _emptied(self, cell: _Cell) -> bytes:
        if cell.usual and not cell.body and not cell.kind:
            return cell.raw
        self.formulas += b"<" + self._prefix + b"f" in cell.body
        return self._made(cell.column, cell.style, None)

    def _says(self, cell: _Cell) -> bool:
        """Return whether a cell in which the reader found nothing holds text after all, other than an error."""
        return cell.kind != b"e" and bool(_ANY_TAG.sub(b"", self._formula.sub(b"", cell.body)).strip())

    def _kept(self, cell: _Cell, columns: Mapping[int, object]) -> bytes:
        if cell.plain is not None and cell.kind in _SIMPLE:
            if cell.kind == b"s":
                self._use(cell.plain)
            return cell.raw
        if not cell.body:
            return cell.raw if cell.usual else self._made(cell.column, cell.style, None)
        formula = self._formula.match(cell.body)
        body = cell.body[formula.end() :] if formula else cell.body
        value = self._value.fullmatch(body)
        if value and cell.kind == b"s":
            self._use(value[1] or b"")
        if value and (cell.kind == b"inlineStr" or (cell.kind == b"b" and value[1] not in _TRUTHS)):
            raise Unusual
        stays = formula is None or self._formula_stays(formula, cell.column, columns)
        inline = cell.kind == b"inlineStr" and self._inline.fullmatch(body)
        if cell.usual and stays and (value or not body or inline):
            return cell.raw
        self.formulas += formula is not None
        if value:
            kind = b' t="%s"' % cell.kind if cell.kind else b""
            return self._made(cell.column, cell.style, (kind, value[0]))
        if cell.kind != b"inlineStr" or self._value.search(body):
            if body.strip():
                raise Unusual
            return self._made(cell.column, cell.style, None)
        text = b"".join(self._text.findall(_RICH.sub(b"", body)))
        return self._made(cell.column, cell.style, text_cell(_unescaped(plain(text)), self._prefix))

    def _use(self, index: bytes) -> None:
        if not index.isdigit():
            raise Unusual
        self.used.add(int(index))

    def _formula_stays(self, formula: re.Match[bytes], column: int, columns: Mapping[int, object]) -> bool:
        """Return whether a formula may stay: nothing was treated anywhere, or it shows nothing but kept cells."""
        text = plain(formula[2] or b"")
        if _FORMULA_ATTRIBUTE.sub(b"", formula[1]).strip():
            return False
        if b"t=" not in formula[1]:
            return self._is_clean(text, columns)
        group = _SHARED_GROUP.search(formula[1])
        if group is None:
            return not self._strict and self._is_clean(text, columns)
        if text:
            area = _GROUP_AREA.search(formula[1])
            alone = area is not None and area[1] == letters_of(column).encode() and area[2] in {None, area[1]}
            fits = not self._strict or (alone and not self._table.any_held)
            self._groups[group[1]] = fits and self._is_clean(text, columns)
        return self._groups.get(group[1], False)

    def _is_clean(self, text: str, columns: Mapping[int, object]) -> bool:
        if not self._strict:
            return "[" not in text
        areas = areas_of(text)
        if areas is None:
            return False
        first = self._table.rows[0]
        for area in areas:
            own_row = len(area.rows) == 1 and area.rows[0] == self._row
            if area.sheet is not None or not (own_row or (not self._table.any_held and area.rows[0] >= first)):
                return False
            if any(column not in columns or columns[column] is not None for column in area.columns):
                return False
        return True


def _is_plain_row(attributes: bytes) -> bool:
    return not _ROW_ATTRIBUTE.sub(b"", attributes).strip()


def _unescaped(text: str) -> str:
    """Undo `_xHHHH_`, so that it is not escaped twice."""
    characters = re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
    return characters.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
