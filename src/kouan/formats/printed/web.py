"""HTML as paragraphs and tables, by the standard library's parser; nothing is fetched or run."""

from __future__ import annotations

from html.parser import HTMLParser

from kouan.formats.printed.layout import LaidOut, Table, TooMuchError

_BREAKS = frozenset({"p", "div", "br", "li", "h1", "h2", "h3", "h4", "h5", "h6", "title", "caption"})
_MOST_TAGS = 1_000_000
_SILENT = frozenset({"script", "style", "template", "noscript"})


def read_html(text: str, blocks: LaidOut) -> None:
    """Read a page; a table inside a cell is read as that cell's text. Raises TooMuchError."""
    reader = _Reader(blocks)
    end = text.rfind(">") + 1
    # The parser looks for the end of every tag that has none, through all that is left: nothing is, after the last.
    reader.feed(text[:end] + text[end:].partition("<")[0])
    reader.close()
    reader.finish()


class _Reader(HTMLParser):
    def __init__(self, blocks: LaidOut) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks = blocks
        self._text: list[str] = []
        self._tags = 0
        self._silent = 0
        self._depth = 0
        self._table: Table | None = None
        self._span: tuple[int, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a table, row or cell, or break a line."""
        self._tags += 1
        if self._tags > _MOST_TAGS:
            raise TooMuchError
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self._paragraph()
                self._table = Table(self._blocks)
        elif self._depth > 1 or tag in _BREAKS:
            self._break()
        elif self._table is not None and tag == "tr":
            self._end_cell()
            self._table.row()
        elif self._table is not None and tag in ("td", "th"):
            self._end_cell()
            known = dict(attrs)
            self._span = (_number(known.get("colspan")), _number(known.get("rowspan")))
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._depth:
            self._depth -= 1
            if self._depth == 0 and self._table is not None:
                self._end_cell()
                self._blocks.blocks.append(self._table.block())
                self._table = None
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        """Collect text."""
        if not self._silent:
            self._text.append(" ".join(data.split()))

    def finish(self) -> None:
        """Keep what an unclosed page left open."""
        if self._table is not None:
            self._end_cell()
            self._blocks.blocks.append(self._table.block())
        else:
            self._paragraph()

    def _break(self) -> None:
        if self._table is None:
            self._paragraph()
        else:
            self._text.append("\n")

    def _paragraph(self) -> None:
        self._blocks.paragraph("".join(self._text))
        self._text = []

    def _end_cell(self) -> None:
        if self._table is not None and self._span is not None:
            across, down = self._span
            self._table.cell("".join(self._text).strip(), across=across, down=down)
        self._span, self._text = None, []


def _number(text: str | None) -> int:
    """Return a span; a nonsense one is 1, a huge one is refused where it is placed."""
    return int(text) if text and text.isascii() and text.isdigit() and 0 < len(text) <= 6 and int(text) else 1  # noqa: PLR2004
