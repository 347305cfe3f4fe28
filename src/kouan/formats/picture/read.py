"""Open a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.formats import messages
from kouan.formats.apart import notes as words
from kouan.formats.apart.found import found_in, tables
from kouan.formats.apart.messages import DAMAGED, NOT_STARTED, TOO_LARGE
from kouan.formats.apart.optional import need
from kouan.formats.apart.process import RefusedFileError
from kouan.formats.files import take_in
from kouan.formats.opened import FileSource
from kouan.model.text import Text

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.formats.apart.found import Found
    from kouan.formats.files import OpenedFile
    from kouan.formats.options import ReadOptions
    from kouan.model.errors import KouanError

_SURE = 60


def open_picture(path: Path, *, name: str, options: ReadOptions) -> FileSource:
    """Open a picture; its words are recognised in a process apart.

    Tables are `lines` (page, text, confidence in percent) and, where there are any, `properties`.

    Raises:
        KouanError: K-FMT-025, 102 (extra `ocr` missing), 140 to 143.
    """
    need(path, "ocr", words.PICTURE)
    file = take_in(path)
    limits = options.limits
    if file.size > limits.paper_bytes:
        raise TOO_LARGE.at(
            str(path), kind=words.PICTURE, have=f"{file.size >> 20:,} MiB", most=f"{limits.paper_bytes >> 20:,} MiB"
        )
    try:
        found = found_in(file, "picture", {"pixels": limits.pixels, "frames": limits.frames})
        made = tables(found, options, {"lines": ("page", "text", "confidence")})
    except RefusedFileError as error:
        raise _refusal(error, file, options) from None
    said, complete = _said(found, options)
    return FileSource(name, file, "picture", "OCR", made, None, tuple(said), complete)


def _refusal(error: RefusedFileError, file: OpenedFile, options: ReadOptions) -> KouanError:
    where, limits = str(file.path), options.limits
    if error.code == "engine":
        return NOT_STARTED.at(where, kind=words.PICTURE, extra="ocr")
    if error.code == "large":
        have = Text(zh="{n} 像素", en="{n} pixels").fill(n=f"{error.facts.get('pixels', 0):,}")
        return TOO_LARGE.at(where, kind=words.PICTURE, have=have, most=f"{limits.pixels:,}")
    if error.code == "columns":
        return messages.TOO_MANY_COLUMNS.at(where, columns=error.facts["columns"], limit=limits.columns)
    return DAMAGED.at(where, kind=words.PICTURE)


def _said(found: Found, options: ReadOptions) -> tuple[list[Text], bool]:
    """Return the notes, and whether all was read: of a picture without words, nothing is known."""
    lines = found.rows.get("lines", [])
    said = [words.WORDS_SEEN if lines else words.NO_WORDS]
    unsure = sum(int(line.get("confidence", 0)) < _SURE for line in lines)
    if unsure:
        said.append(words.UNSURE.fill(count=unsure, least=_SURE))
    more = found.of("frames")
    said += [words.MORE_FRAMES.fill(count=one["count"], most=options.limits.frames) for one in more]
    return said, bool(lines) and not more
