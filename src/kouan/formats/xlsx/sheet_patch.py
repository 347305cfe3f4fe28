"""One sheet or chart sheet, patched in a stream: around its cells stays only what is known to hold no data.

Outside the cells a sheet keeps views, widths, merges, page setup, rules of formatting and validation, tables, charts.
What may hold text or copies of cells goes: links, page headers and footers, filter criteria, scenarios, other persons'
views, controls, extensions (sparklines, slicers). Once anything is treated, only rules with plain formulas stay.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.formats.xlsx.cells import Rows, Table
from kouan.formats.xlsx.formula import areas_of
from kouan.formats.xlsx.xml import Scanner, Unusual, attributes_of, edit, plain, rejoined, split

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kouan.formats.xlsx.xml import Token

_KEPT = {
    *(b"sheetPr", b"dimension", b"sheetViews", b"sheetFormatPr", b"cols", b"sheetData", b"sheetCalcPr"),
    *(b"sheetProtection", b"autoFilter", b"mergeCells", b"phoneticPr", b"conditionalFormatting", b"dataValidations"),
    *(b"printOptions", b"pageMargins", b"pageSetup", b"rowBreaks", b"colBreaks", b"ignoredErrors", b"drawing"),
    *(b"tableParts", b"cellWatches", b"headerFooter"),
}
_REMOVED = {
    b"filterColumn": "filters",
    b"sortState": "filters",
    b"hyperlinks": "hyperlinks",
    b"scenarios": "scenarios",
    b"customSheetViews": "views",
    b"legacyDrawing": "",  # of comments and controls, which are named by their own parts
    b"legacyDrawingHF": "images",
    b"picture": "images",
    b"controls": "embedded",
    b"oleObjects": "embedded",
    b"AlternateContent": "embedded",
    b"drawing": "",
}
_STRIPPED = {b"pageSetup": frozenset({b"id"})}
_RULE_TEXT = {b"text", b"error", b"prompt", b"errorTitle", b"promptTitle"}
_CODES = re.compile(
    r"(?:&[LCRPNDTABIUESXY]|&[0-9]{1,2}|&\"(?:[A-Za-z ]{1,32}|-),[A-Za-z ]{1,16}\"|[-/ ]|Page|of|第|共|页)*"
)
_TEXTS = frozenset({b"f", b"formula", b"formula1", b"formula2"})


class SheetPatch:
    """Patches one sheet's part.

    Attributes:
        formulas: formulas that gave way to their results.
        removed: kinds of content taken out (keys of `notes.REMOVED_NAMES`).
        rules: rules of formatting and validation taken out.
    """

    def __init__(
        self, table: Table, *, strict: bool, used: set[int], sheets: frozenset[str], parts: Callable[[str], bool]
    ) -> None:
        self._table, self._strict, self._used, self._sheets, self._parts = table, strict, used, sheets, parts
        self.removed: dict[str, None] = {}
        self.rules = 0
        self.formulas = 0
        self._seen = False
        self._waiting: list[Iterator[bytes]] = []

    def patch(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the sheet as it leaves. Raises Unusual, TooLong."""
        scanner = Scanner(pieces)
        tokens = iter(scanner)
        whole = {
            b"conditionalFormatting": self._rules,
            b"dataValidations": self._rules,
            b"tableParts": self._tables,
            b"headerFooter": self._printed,
        }
        edited = edit(self._watched(tokens, scanner), drop=self._is_dropped, whole=whole, strip=_STRIPPED, text=_TEXTS)
        for piece in edited:
            yield piece
            while self._waiting:
                yield from self._waiting.pop()
        if not self._seen and self._table.rows:
            raise Unusual

    def _watched(self, tokens: Iterator[Token], scanner: Scanner) -> Iterator[Token]:
        """Pass tokens on; the rows themselves never become tokens."""
        depth = 0
        for token in tokens:
            if token.name == b"sheetData" and token.kind != "end":
                if depth != 1 or self._seen:
                    raise Unusual
                self._seen = True
                rows = Rows(self._table, prefix=token.prefix, strict=self._strict, used=self._used)
                data = self._data(rows, scanner, is_empty=token.kind == "empty", name=token.prefix + b"row")
                self._waiting.append(data)
            depth += (token.kind == "start") - (token.kind == "end")
            yield token

    def _data(self, rows: Rows, scanner: Scanner, *, is_empty: bool, name: bytes) -> Iterator[bytes]:
        if not is_empty:
            for raw in scanner.each(name):
                yield raw if raw.isspace() else rows.patch(raw)
        rows.finish()
        self.formulas += rows.formulas

    def _is_dropped(self, name: bytes, attributes: bytes, depth: int) -> bool:
        gone = (depth == 1 and name not in _KEPT) or name in {b"filterColumn", b"sortState", b"AlternateContent"}
        gone = gone or name == b"extLst"
        if name == b"drawing" and depth == 1:
            gone = not self._parts(_relation(attributes))
        if gone:
            self._remove(_REMOVED.get(name, "extensions"))
        return gone

    def _remove(self, kind: str) -> None:
        if kind:
            self.removed[kind] = None

    def _rules(self, xml: bytes) -> bytes:
        """Return a list of rules less those that are not plain; nothing when none is left."""
        rules = split(xml)[1]
        kept = [rule for rule in map(_without_extensions, rules) if not self._strict or self._is_plain(rule)]
        self.rules += len(rules) - len(kept)
        return rejoined(xml, kept) or b""

    def _is_plain(self, rule: bytes) -> bool:
        formula = False
        for token in Scanner([rule]):
            attributes = attributes_of(token.attributes)
            if any(value and key.encode() in _RULE_TEXT for key, value in attributes.items()):
                return False
            if token.name == b"cfvo" and not self._is_reading(attributes.get("val", "")):
                return False
            if token.kind == "text" and formula and not self._is_reading(plain(token.raw)):
                return False
            formula = token.kind == "start" and token.name in _TEXTS
        return True

    def _is_reading(self, formula: str) -> bool:
        areas = areas_of(formula)
        return areas is not None and all(area.sheet is None or area.sheet in self._sheets for area in areas)

    def _printed(self, xml: bytes) -> bytes:
        """Return the page's header and footer when they are made of codes alone (page number, day, sheet)."""
        texts = [plain(token.raw) for token in Scanner([xml]) if token.kind == "text"]
        if not all(_CODES.fullmatch(text) for text in texts):
            self._remove("header_footer")
            return b""
        return xml

    def _tables(self, xml: bytes) -> bytes:
        return rejoined(xml, [table for table in split(xml)[1] if self._parts(_relation(table))]) or b""


def _relation(attributes: bytes) -> str:
    found = re.search(rb"\s\w+:id\s*=\s*[\"']([^\"']*)[\"']", attributes)
    return plain(found[1]) if found else ""


def _without_extensions(xml: bytes) -> bytes:
    if b"extLst" not in xml:
        return xml
    return b"".join(edit(Scanner([xml]), drop=lambda name, *_: name == b"extLst", text=_TEXTS))
