"""Open a DICOM file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.formats import messages, notes
from kouan.formats.apart import notes as words
from kouan.formats.apart.found import found_in, tables
from kouan.formats.apart.messages import DAMAGED, TOO_LARGE
from kouan.formats.apart.optional import need
from kouan.formats.apart.process import RefusedFileError
from kouan.formats.files import take_in
from kouan.formats.opened import FileSource
from kouan.model.text import shown

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.formats.apart.found import Found
    from kouan.formats.files import OpenedFile
    from kouan.formats.options import ReadOptions
    from kouan.model.errors import KouanError
    from kouan.model.text import Text

_BURNED = {"NO": words.DICOM_UNBURNED, "YES": words.DICOM_BURNED}


def open_dicom(path: Path, *, name: str, options: ReadOptions) -> FileSource:
    """Open a DICOM file: its header is one row of the table `header`, columns by the dictionary's keywords.

    Raises:
        KouanError: K-FMT-015, 025, 102 (extra `dicom` missing), 140 to 142.
    """
    need(path, "dicom", "DICOM")
    file = take_in(path)
    try:
        found = found_in(file, "dicom", {"bytes": options.limits.header_bytes})
        made = tables(found, options, {})
    except RefusedFileError as error:
        raise _refusal(error, file, options) from None
    said, complete = _said(found)
    return FileSource(name, file, "dicom", "DICOM", made, None, tuple(said), complete)


def _refusal(error: RefusedFileError, file: OpenedFile, options: ReadOptions) -> KouanError:
    where, limits = str(file.path), options.limits
    if error.code == "large":
        have = f"> {limits.header_bytes >> 20:,} MiB"
        return TOO_LARGE.at(where, kind=words.DICOM_FILE, have=have, most=f"{limits.header_bytes >> 20:,} MiB")
    if error.code == "columns":
        return messages.TOO_MANY_COLUMNS.at(where, columns=error.facts["columns"], limit=limits.columns)
    return DAMAGED.at(where, kind=words.DICOM_FILE)


def _said(found: Found) -> tuple[list[Text], bool]:
    """Return the notes, and whether all that may leave was read: pixels leave as they are, private elements do not."""
    complete = True
    said = []
    for one in found.of("pixels"):
        said.append(_BURNED.get(str(one.get("burned")), words.DICOM_PIXELS))
        complete = one.get("burned") == "NO"
    for one in found.of("private"):
        creators = notes.listed([shown(name) for name in map(str, one.get("creators") or ()) if name.isascii()])
        said.append(
            words.DICOM_PRIVATE.fill(count=one["count"], creators=creators if creators.zh else words.DICOM_NOBODY)
        )
    for one in found.of("unread"):
        names = [shown(str(name)) for name in one["names"]]
        said.append(words.DICOM_BINARY.fill(names=notes.listed(names)))
    return said, complete
