"""Open a PDF file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.formats import messages, notes
from kouan.formats.apart import notes as words
from kouan.formats.apart.found import Found, found_in, tables
from kouan.formats.apart.messages import DAMAGED, TOO_LARGE
from kouan.formats.apart.optional import has, need
from kouan.formats.apart.process import RefusedFileError
from kouan.formats.files import take_in
from kouan.formats.opened import FileSource
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kouan.formats.files import OpenedFile
    from kouan.formats.options import ReadOptions
    from kouan.model.errors import KouanError

_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
_BYTES_OF_A_SCAN = 2048
_FEW_SCANS = 50
_UNREAD = (("scan", words.PDF_SCANS), ("partly", words.PDF_PARTLY), ("untold", words.PDF_UNTOLD))
_UNKNOWN = (("broken", words.PDF_BROKEN), ("empty", words.PDF_EMPTY), ("wordless", words.PDF_WORDLESS))


def open_pdf(path: Path, *, name: str, options: ReadOptions) -> FileSource:
    """Open a PDF file; its pages are read in a process apart.

    Tables are `pages` (page, text), `properties`, and where there are any `form`, `comments` and `bookmarks`.

    Raises:
        KouanError: K-FMT-007, 025, 102 (extra `pdf` missing), 140 to 142.
    """
    need(path, "pdf", "PDF")
    file = take_in(path)
    limits = options.limits
    if file.size > limits.paper_bytes:
        raise TOO_LARGE.at(str(path), kind=words.PDF_FILE, have=_mib(file.size), most=_mib(limits.paper_bytes))
    request = {
        "pages": limits.pages,
        "text": limits.page_letters,
        "pictured": max(_FEW_SCANS, file.size // _BYTES_OF_A_SCAN),
        "ocr": has("ocr"),
    }
    try:
        found = found_in(file, "pdf-ocr" if request["ocr"] else "pdf", request)
        made = tables(found, options, {"pages": ("page", "text")})
    except RefusedFileError as error:
        raise _refusal(error, file, options) from None
    said, complete = _said(found, ocr=bool(request["ocr"]) and not found.of("engine"))
    detail = "PDF, OCR" if found.pages("pictured") else "PDF"
    return FileSource(name, file, "pdf", detail, made, None, tuple(said), complete)


def _refusal(error: RefusedFileError, file: OpenedFile, options: ReadOptions) -> KouanError:
    where, limits = str(file.path), options.limits
    if error.code == "password":
        return messages.PASSWORD.at(where)
    if error.code == "large":
        have = Text(zh="{n} 页", en="{n} pages").fill(n=f"{error.facts.get('pages', 0):,}")
        return TOO_LARGE.at(where, kind=words.PDF_FILE, have=have, most=f"{limits.pages:,}")
    if error.code == "text":
        have = Text(zh="文字过多", en="too many letters")
        return TOO_LARGE.at(where, kind=words.PDF_FILE, have=have, most=f"{limits.page_letters:,}")
    if error.code == "columns":
        return messages.TOO_MANY_COLUMNS.at(where, columns=error.facts["columns"], limit=limits.columns)
    return DAMAGED.at(where, kind=words.PDF_FILE)


def _said(found: Found, *, ocr: bool) -> tuple[list[Text], bool]:
    """Return the notes, and whether all was read."""
    unread = list(_unread(found, ocr=ocr))
    said = [words.PDF_TABLES] if found.rows.get("pages") else []
    pictured = found.pages("pictured")
    if pictured:
        said.append(words.PDF_PICTURED.fill(pages=words.pages_of(pictured)))
    shown_only = found.pages("shown")
    if shown_only:
        said.append(words.PDF_SHOWN.fill(pages=words.pages_of(shown_only)))
    said += [words.PDF_SCRIPTS.fill(count=one["count"]) for one in found.of("scripts")]
    said += [words.PDF_REVISIONS.fill(count=one["count"]) for one in found.of("revisions")]
    return [*unread, *said], not unread


def _unread(found: Found, *, ocr: bool) -> Iterator[Text]:
    fix = words.PDF_MOST_PICTURED if ocr else words.INSTALL_OCR
    for note, wording in _UNREAD:
        pages = found.pages(note)
        if pages:
            yield wording.fill(pages=words.pages_of(pages), fix=fix)
    for note, wording in _UNKNOWN:
        if pages := found.pages(note):
            yield wording.fill(pages=words.pages_of(pages))
    names = [_ending(str(one.get("name", ""))) for one in found.of("attached")]
    if names:
        yield words.PDF_ATTACHED.fill(count=len(names), files=notes.listed(names))
    if found.of("xfa"):
        yield words.PDF_XFA
    if found.of("more"):
        yield words.PDF_MORE


def _ending(name: str) -> str:
    """Return how the name of an attached file ends: the rest of it may be a person's, and notes stand everywhere."""
    found = _ENDING.search(name)
    return f"*{found[0].lower()}" if found else "*"


def _mib(size: int) -> str:
    return f"{size >> 20:,} MiB"
