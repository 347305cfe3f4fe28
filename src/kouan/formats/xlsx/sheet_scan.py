"""A light pass over one XML part of a workbook: where its values lie, and what else stands in it."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTERS = re.compile(r"[A-Za-z]{1,3}")
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_MOST_DIGITS = 7


class Unsafe(Exception):  # noqa: N818 - it is no fault of the program but a verdict on the file
    """The part breaks a rule that no honest writer breaks."""


class SheetScan:
    """Extent and oddities of a sheet; parts that are no sheets leave it empty.

    Attributes:
        shared: cells that refer to shared text.
        text: characters that those cells hold together; counted only when the lengths are given.
        formulas, errors, merged, hidden: counts.
        header_footer: whether the printed page has one.
    """

    def __init__(self, lengths: array[int] | None = None) -> None:
        self.shared = self.text = self.formulas = self.errors = self.merged = self.hidden = 0
        self.header_footer = False
        self._lengths = lengths
        self._row = self._column = 0
        self._first_row, self._last_row, self._filled_row = _MOST_ROWS, 0, 0
        self._filled_columns: set[int] = set()
        self._is_shared = self._in_value = False
        self._index = self._digits = ""
        self._places: dict[str, int] = {}

    @property
    def rows(self) -> int:
        """Rows from the first to the last value."""
        return max(0, self._last_row - self._first_row + 1)

    @property
    def columns(self) -> int:
        """Columns from the first to the last value."""
        return max(self._filled_columns) - min(self._filled_columns) + 1 if self._filled_columns else 0

    def start(self, tag: str, attributes: list[str]) -> None:
        """Hear of an element; attributes are names and values in turn."""
        local = tag.rpartition(":")[2] if ":" in tag else tag
        if local == "c":
            self._cell(attributes)
        elif local in {"v", "is"}:
            self._value()
        elif local == "row":
            self._new_row(attributes)
        elif local == "f":
            self.formulas += 1
        elif local == "mergeCell":
            self.merged += 1
        elif local == "col":
            self.hidden += _is_hidden(attributes)
        elif local == "sst":  # shared text under another name would escape the count of its lengths
            raise Unsafe
        elif local in {"oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"}:
            self.header_footer = True

    def end(self, tag: str) -> None:
        """Hear of an element's end."""
        if self._in_value and tag.rpartition(":")[2] == "v":
            self._in_value = False
            if self._lengths is not None and self._index.strip().isdigit():
                place = int(self._index)
                self.text += self._lengths[place] if place < len(self._lengths) else 0

    def characters(self, data: str) -> None:
        """Hear of text."""
        if self._in_value:
            self._index += data

    def _new_row(self, attributes: list[str]) -> None:
        self._row += 1
        self._column = 0
        self._digits = ""
        for place in range(0, len(attributes), 2):
            if attributes[place] == "r":
                self._digits = attributes[place + 1]
                self._row = _bounded(self._digits, _MOST_ROWS)
            elif attributes[place] == "hidden":
                self.hidden += attributes[place + 1] in {"1", "true"}

    def _cell(self, attributes: list[str]) -> None:
        self._column += 1
        self._is_shared = False
        for place in range(0, len(attributes), 2):
            name, value = attributes[place], attributes[place + 1]
            if name == "r":
                self._refer(value)
            elif name == "t":
                self._is_shared = value == "s"
                self.errors += value == "e"

    def _refer(self, reference: str) -> None:
        letters = reference.rstrip("0123456789")
        self._column = self._places.get(letters) or self._learn(letters)
        digits = reference[len(letters) :]
        if digits != self._digits:
            self._digits, self._row = digits, _bounded(digits, _MOST_ROWS)

    def _learn(self, letters: str) -> int:
        if not _LETTERS.fullmatch(letters):
            raise Unsafe
        column = 0
        for letter in letters.upper():
            column = column * 26 + ord(letter) - 64
        if column > _MOST_COLUMNS:
            raise Unsafe
        self._places[letters] = column
        return column

    def _value(self) -> None:
        self._filled_columns.add(self._column)
        if self._row != self._filled_row:
            self._filled_row = self._row
            self._last_row = max(self._row, self._last_row)
            self._first_row = min(self._row, self._first_row)
        if self._is_shared:
            self.shared += 1
            self._in_value, self._index = True, ""


def parse(scan: SheetScan, pieces: Iterable[bytes]) -> None:
    """Run an XML part through a scan. Raises Unsafe for a document type, ExpatError for what is no XML."""
    parser = _parser()
    parser.StartElementHandler = scan.start
    if scan._lengths is not None:  # noqa: SLF001 - same module
        parser.EndElementHandler = scan.end
        parser.CharacterDataHandler = scan.characters
    _feed(parser, pieces)


def text_lengths(pieces: Iterable[bytes]) -> array[int]:
    """Return the number of characters of each shared text. Raises as `parse`."""
    lengths: array[int] = array("L")

    def start(tag: str, _attributes: list[str]) -> None:
        if tag.rpartition(":")[2] == "si":
            lengths.append(0)

    def characters(data: str) -> None:
        if lengths:
            lengths[-1] += len(data)

    parser = _parser()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = characters
    _feed(parser, pieces)
    return lengths


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.ordered_attributes = True
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise Unsafe


def _feed(parser: expat.XMLParserType, pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def _bounded(value: str, most: int) -> int:
    if not value.isdecimal() or len(value) > _MOST_DIGITS or not 1 <= int(value) <= most:
        raise Unsafe
    return int(value)


def _is_hidden(attributes: list[str]) -> bool:
    return any(
        name == "hidden" and value in {"1", "true"}
        for name, value in zip(attributes[::2], attributes[1::2], strict=True)
    )
