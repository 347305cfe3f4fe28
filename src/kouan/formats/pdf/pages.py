"""Reading a PDF file by PDFium, in the process apart."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, BinaryIO

import pypdfium2
import pypdfium2.raw as c

from kouan.formats.apart.child import RefusedError
from kouan.formats.pdf.blocks import Line, blocks
from kouan.formats.pdf.parts import attachments, bookmarks, comments, form, is_blank, scripts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_OBJECTS = 10_000
_DRAWN = 20
_LARGE = 0.02
_UNTOLD = 0.1
_DPI = 200
_POINTS = 72
_RENDERED = 40_000_000
_GAP = 1.5
_MOMENT = re.compile(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)")
_NAMES = {"Title": "heading", "Subject": "topic", "Author": "author name"}
"""Names under which recognition knows them: a title may be a position, a subject a person."""


def read(stream: BinaryIO, request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what a PDF file holds.

    Args:
        stream: its bytes.
        request: `pages` and `text`, most pages and characters of text; `ocr`, whether pictures of words are read;
            `pictured`, most pages that are read as pictures.

    Raises:
        RefusedError: `password`, `damaged`, `large`.
    """
    data = stream.read()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) in {c.FPDF_ERR_PASSWORD, c.FPDF_ERR_SECURITY}
        raise RefusedError("password" if locked or "assword" in str(error) else "damaged") from None
    count = len(document)
    if not count:
        raise RefusedError("damaged")
    if count > request["pages"]:
        raise RefusedError("large", pages=count)
    document.init_forms()
    properties = _properties(document)
    if properties:
        yield {"entity": "properties", "rows": [properties]}
    yield from bookmarks(document)
    yield from _pages(document, count, request)
    yield from attachments(document)
    yield from scripts(document)
    revisions = data.count(b"startxref") - (b"/Linearized" in data[:2048])
    if revisions > 1:
        yield {"note": "revisions", "count": revisions}


def _properties(document: Any) -> dict[str, str]:
    """Return what the file says of itself; its title is none of a person, its days are written as people write them."""
    found = {}
    for name, value in document.get_metadata_dict().items():
        day = _MOMENT.match(value)
        text = f"{day[1]}-{day[2]}-{day[3]} {day[4]}:{day[5]}:{day[6]}" if day else value.strip()
        if text:
            found[_NAMES.get(name, name)] = text
    return found


def _pages(document: Any, count: int, request: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the text of each page, and which pages were not read."""
    left = request["text"]
    eyes = _Eyes(request["pictured"] if request["ocr"] else 0)
    whole = False
    filled: dict[str, list[str]] = {}
    for place in range(count):
        try:
            page = document[place]
        except pypdfium2.PdfiumError:
            yield {"note": "broken", "page": place + 1}
            continue
        whole = True
        rows, notes = eyes.read(document, page, place)
        yield from ({"note": note, "page": place + 1} for note in notes)
        left -= sum(len(str(row["text"])) for row in rows)
        if left < 0:
            raise RefusedError("text")
        yield {"entity": "pages", "rows": [{"page": place + 1, **row} for row in rows]}
        yield from comments(page, place + 1)
        for name, value in form(document, page):
            filled.setdefault(name, []).append(value)
        page.close()
    if not whole:
        raise RefusedError("damaged")
    if filled:
        yield {"entity": "form", "rows": [filled]}


class _Eyes:
    """Reads pages: their text, and as long as that is wanted and possible, their pictures.

    Attributes:
        left: pages that may still be read as pictures.
    """

    def __init__(self, left: int) -> None:
        self.left = left

    def read(self, document: Any, page: Any, place: int) -> tuple[list[dict[str, Any]], list[str]]:
        """Return the rows of a page, and what is to be said of it."""
        lines, told = _lines(page)
        rows: list[dict[str, Any]] = [{"text": text} for text in blocks(lines)] if told else []
        boxes, drawn = _pictures(page, lines if told else [])
        if not boxes and not drawn and told:
            return rows, ["empty"] if not rows and not is_blank(document, place) else []
        notes = []
        if self.left > 0 and not _can_look():
            self.left = 0
            notes.append("engine")
        if self.left <= 0:
            return rows, [*notes, "partly" if rows else "scan" if told else "untold"]
        self.left -= 1
        seen = _seen(page, boxes if rows else [])
        return rows + seen, ["pictured" if seen else "shown" if rows else "wordless"]


def _can_look() -> bool:
    from kouan.formats.picture.words import is_ready  # noqa: PLC0415 - only once a page has no text

    return is_ready()


def _lines(page: Any) -> tuple[list[Line], bool]:
    """Return the lines of a page, and whether its letters can be told: a font may not say what its glyphs mean."""
    text_page = page.get_textpage()
    text = text_page.get_text_range()
    known = text_page.count_chars() == len(text)
    lines, start = [], 0
    for line in text.split("\n"):
        words = line.strip("\r\n \t")
        if words:
            first = start + line.index(words[0])
            box = _box(text_page, first, first + len(words) - 1) if known else None
            lines.append(Line(words, box, box is not None and " " in words and _is_parted(text_page, first, words)))
        start += len(line) + 1
    text_page.close()
    letters = [one for one in text if not one.isspace()]
    odd = len([one for one in letters if one in "\0\ufffd" or "\ue000" <= one <= "\uf8ff"])
    return lines, odd <= _UNTOLD * len(letters)


def _box(text_page: Any, first: int, last: int) -> tuple[float, float, float, float] | None:
    try:
        one, other = text_page.get_charbox(first, loose=True), text_page.get_charbox(last, loose=True)
    except pypdfium2.PdfiumError:
        return None
    return (one[0], one[1], other[2], one[3])


def _is_parted(text_page: Any, first: int, words: str) -> bool:
    """Tell whether a gap in a line is wider than any between words."""
    boxes = sorted(text_page.get_rect(place) for place in range(text_page.count_rects(first, len(words))))
    gaps = (after[0] - before[2] for before, after in pairwise(boxes))
    return any(gap > _GAP * (box[3] - box[1]) for gap, box in zip(gaps, boxes, strict=False))


def _pictures(page: Any, lines: list[Line]) -> tuple[list[tuple[float, float, float, float]], bool]:
    """Return where pictures large enough to hold words stand without text over them, and whether all is drawn."""
    width, height = page.get_size()
    found, shapes = [], 0
    for place, one in enumerate(page.get_objects(max_depth=3)):
        if place >= _OBJECTS:
            break
        if one.type != c.FPDF_PAGEOBJ_IMAGE:
            shapes += one.type == c.FPDF_PAGEOBJ_PATH
            continue
        left, bottom, right, top = one.get_bounds()
        across = max(0.0, min(right, width) - max(left, 0.0)) * max(0.0, min(top, height) - max(bottom, 0.0))
        if across >= _LARGE * width * height and not any(
            _stands_in(line, (left, bottom, right, top)) for line in lines
        ):
            found.append((left, bottom, right, top))
    return found, not lines and (bool(found) or shapes >= _DRAWN)


def _stands_in(line: Line, box: tuple[float, float, float, float]) -> bool:
    if line.box is None:
        return False
    across, up = (line.box[0] + line.box[2]) / 2, (line.box[1] + line.box[3]) / 2
    return box[0] <= across <= box[2] and box[1] <= up <= box[3]


def _seen(page: Any, boxes: list[tuple[float, float, float, float]]) -> list[dict[str, Any]]:
    """Return the lines that are seen on a page as a picture: inside the boxes, or everywhere if there are none."""
    from kouan.formats.picture.words import words  # noqa: PLC0415 - only once a page has no text

    width, height = page.get_size()
    scale = min(_DPI / _POINTS, (_RENDERED / max(1.0, width * height)) ** 0.5)
    picture = page.render(scale=scale).to_numpy()
    return [
        {"text": one.text, "confidence": one.confidence}
        for one in words(picture)
        if not boxes or any(b[0] <= one.x / scale <= b[2] and b[1] <= height - one.y / scale <= b[3] for b in boxes)
    ]
