"""What a file is, by its content and never by its suffix."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING
from xml.parsers import expat

from kouan.formats import messages
from kouan.formats.apart.marks import kind_of
from kouan.formats.collection.members import BROKEN
from kouan.formats.collection.messages import CONTAINER_DAMAGED
from kouan.formats.collection.unpack import GZIP, is_tar
from kouan.formats.columnar.arrow_layout import ARROW_MAGICS
from kouan.formats.columnar.parquet_read import ENCRYPTED, MAGIC
from kouan.formats.drawings import drawing_of
from kouan.formats.files import head_of, pieces_of
from kouan.formats.letter.kinds import HEAD_BYTES, MARKS, text_kind
from kouan.formats.xport.layout import LIBRARY_MARK
from kouan.model.text import Text, same

if TYPE_CHECKING:
    from pathlib import Path

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_KNOWN = (
    (MAGIC, "parquet"),
    (ENCRYPTED, "parquet"),
    (GZIP, "gzip"),
    (b"ORC", "orc"),
    *((magic, "arrow") for magic in ARROW_MAGICS),
    (LIBRARY_MARK, "xport"),
)
_XPORT_OTHERS = (
    (
        b"HEADER RECORD*******LIBV8   HEADER RECORD!!!!!!!",
        Text(zh="SAS 传输文件第 8 版", en="SAS transport, version 8"),
    ),
    (b"**COMPRESSED** **COMPRESSED** **COMPRESSED** ", same("SAS CPORT")),
    (b"LIB CONTROL ", same("SAS CPORT")),
)
_XML = re.compile(rb"\s*<[A-Za-z_?!\x80-\xff]")
_DELIMITER = re.compile(rb"[,;\t|]")
_JSON = re.compile(
    rb"\s*(?:\{\s*[\"}]|\[\s*(?:[\[{\"\]]|(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)\s*(?:[,\]]|\Z)))"
)
"""An array's first number, true, false or null stands alone: a line of a log may begin with its day in brackets."""
_OTHERS = (
    (b"BZh", same("bzip2")),
    (b"\xfd7zXZ\0", same("xz")),
    (b"\x28\xb5\x2f\xfd", same("zstd")),
    (b"7z\xbc\xaf\x27\x1c", same("7z")),
    (b"Rar!", same("rar")),
    (b"SQLite format 3\0", same("SQLite")),
    (b"FEA1", same("Feather V1")),
    (b"\0\0\0\x18ftyphei", Text(zh="HEIC 图片", en="HEIC picture")),
    (b"\0\0\0\x20ftyphei", Text(zh="HEIC 图片", en="HEIC picture")),
    (b"\0\0\0\x1cftyphei", Text(zh="HEIC 图片", en="HEIC picture")),
    (b"\0\0\0\x24ftyphei", Text(zh="HEIC 图片", en="HEIC picture")),
)
_OFFICE_BODY = re.compile(r"word/document\d*\.xml|ppt/presentation\d*\.xml")
_OFFICE = {"xl/workbook.bin": same("xlsb"), "content.xml": same("OpenDocument")}


def detect(path: Path) -> str:
    """Return the name of a known format. Raises KouanError: K-FMT-001…007, 031 for what is none of them."""
    head = head_of(path, 512)
    if head.startswith(_ZIP):
        return _zipped(path)
    if head.startswith(_OLE):
        raise (messages.PASSWORD if _holds(path, _ENCRYPTED_PACKAGE) else messages.LEGACY_EXCEL).at(str(path))
    known = next((name for magic, name in _KNOWN if head.startswith(magic)), None) or kind_of(head)
    if known is not None:
        return known
    drawing = drawing_of(head)
    if drawing is not None:
        raise messages.UNKNOWN_FORMAT.at(str(path), kind=drawing)
    for magic, kind in _XPORT_OTHERS:
        if head.startswith(magic):
            raise messages.XPORT_OTHER.at(str(path), kind=kind)
    for magic, kind in _OTHERS:
        if head.startswith(magic):
            raise messages.UNKNOWN_FORMAT.at(str(path), kind=kind)
    return "tar" if is_tar(head) else _text_format(head_of(path, HEAD_BYTES))


def _text_format(head: bytes) -> str:
    """Tell documents by the first characters that are not blank, and tables from what people write by their lines."""
    for mark, codec in MARKS:
        if head.startswith(mark):
            head = head[len(mark) :].decode(codec, "ignore").encode()
            break
    if _XML.match(head) and _begins_well(head):
        return "xml"
    return "json" if _JSON.match(head) else text_kind(head)


def _begins_well(head: bytes) -> bool:
    """Tell whether a text may be XML as far as it goes, damaged or not: a column may be named in angle brackets too."""
    if head.lstrip().startswith((b"<?xml", b"<!")) or not _DELIMITER.search(head.lstrip().split(b"\n")[0]):
        return True
    parser = expat.ParserCreate("utf-8")
    try:
        parser.Parse(head.decode("utf-8", "replace").encode(), False)
    except expat.ExpatError:
        return False
    return True


def _zipped(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except BROKEN:
        damaged = CONTAINER_DAMAGED if path.suffix.lower() == ".zip" else messages.XLSX_DAMAGED
        raise damaged.at(str(path), part="zip", kind="zip") from None
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "[Content_Types].xml" in names and (found := next(filter(None, map(_OFFICE_BODY.fullmatch, names)), None)):
        return "docx" if found[0].startswith("word") else "pptx"
    for part, kind in _OFFICE.items():
        if part in names:
            raise messages.UNKNOWN_FORMAT.at(str(path), kind=kind)
    return "zip"


def _holds(path: Path, marker: bytes) -> bool:
    last = b""
    for piece in pieces_of(path):
        if marker in last + piece:
            return True
        last = piece[-len(marker) :]
    return False
