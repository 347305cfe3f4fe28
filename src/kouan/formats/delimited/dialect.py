"""The dialect of a delimited text, from its first rows: delimiter, quote, line ending, who stands in quotes."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = (",", ";", "\t", "|")
_SNIFFED_ROWS = 100
_SNIFFED_CHARS = 1 << 16


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the sample; `quoted` when the whole of it stood in quotes."""

    value: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells and rows are set apart.

    Attributes:
        delimiter, quote: one character each.
        ending: of lines: LF, CRLF or CR.
        quoted: for each column, whether all its cells below the header stand in quotes.
        quoted_header: whether the header's cells do.
    """

    delimiter: str = ","
    quote: str = '"'
    ending: str = "\n"
    quoted: tuple[bool, ...] = ()
    quoted_header: bool = False


def records(text: str, *, delimiter: str, quote: str, whole: bool) -> Iterator[list[Cell]]:
    """Yield the rows of a text; the last one only when the text is `whole` or the row is ended. Blank lines give []."""
    pattern = _cell_pattern(delimiter, quote)
    row: list[Cell] = []
    position = 0
    while position < len(text):
        match = pattern.match(text, position)
        if match is None:  # an unclosed quote: everything to the end is one cell
            row.append(Cell(text[position + 1 :], quoted=False))
            break
        quoted, after, plain, end = match.groups()
        position = match.end()
        if not whole and position >= len(text):
            return
        if quoted is None:
            row.append(Cell(plain, quoted=False))
        else:
            row.append(Cell(quoted.replace(quote * 2, quote) + after, quoted=not after))
        if end == delimiter:
            if position == len(text):
                row.append(Cell("", quoted=False))
            continue
        yield [] if row == [Cell("", quoted=False)] else row
        row = []
    if row and whole:
        yield row


def sniff_delimiter(text: str, *, whole: bool, stated: str | None = None, quote: str | None = None) -> tuple[str, str]:
    """Return delimiter and quote: those that give the first rows the same number of cells, as many as possible."""
    sample, whole = text[:_SNIFFED_CHARS], whole and len(text) <= _SNIFFED_CHARS
    quotes = (quote,) if quote else ('"',) if '"' in sample else ("'", '"')
    best = (0.0, 0, stated or ",", quote or '"')
    for mark, delimiter in product(quotes, (stated,) if stated else DELIMITERS):
        rows = list(islice(records(sample, delimiter=delimiter, quote=mark, whole=whole), _SNIFFED_ROWS))
        rows = [row for row in rows if row]
        if mark == "'" and not quote and not _is_quoting(rows):
            continue
        share, width = _regularity(rows)
        if width > 1 and (share, width) > best[:2]:
            best = (share, width, delimiter, mark)
    return best[2:]


def quoting(rows: list[list[Cell]], width: int) -> tuple[bool, ...]:
    """Return for each column whether every filled cell of the sampled rows stands in quotes."""
    flags = []
    for index in range(width):
        filled = [row[index] for row in rows if index < len(row) and (row[index].value or row[index].quoted)]
        flags.append(bool(filled) and all(cell.quoted for cell in filled))
    return tuple(flags)


def first_ending(text: str) -> str:
    """Return the first line's ending; LF when there is none."""
    match = re.search(r"\r\n|\n|\r", text)
    return match[0] if match else "\n"


def _regularity(rows: list[list[Cell]]) -> tuple[float, int]:
    if not rows:
        return 0.0, 0
    width, count = max(Counter(map(len, rows)).items(), key=lambda pair: (pair[1], pair[0]))
    return count / len(rows), width


def _is_quoting(rows: list[list[Cell]]) -> bool:
    """Return whether apostrophes enclose cells in every row below the first, rather than stand in words."""
    broken = any("\n" in cell.value or "\r" in cell.value for row in rows for cell in row)
    return len(rows) > 1 and not broken and all(any(cell.quoted for cell in row) for row in rows[1:])


@lru_cache(maxsize=32)
def _cell_pattern(delimiter: str, quote: str) -> re.Pattern[str]:
    d, q = re.escape(delimiter), re.escape(quote)
    return re.compile(rf"(?:{q}((?:[^{q}]|{q}{q})*+){q}([^{d}\r\n]*)|((?!{q})[^{d}\r\n]*))({d}|\r\n|\n|\r|\Z)")
