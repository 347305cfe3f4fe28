"""Files made to hurt: each is small on disk (or sparse) and asks its reader for time, memory or a way out of its folder."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from tests.folders import tarred, zipped
from tests.papers import png_claim

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

SECRET = "欧阳机密甲"
"""Stands in every file that can hold a value; no message may show it."""
GIB = 1 << 30
_LOL = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData></worksheet>'
)
_BOOK = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}


def _text(text: str | bytes) -> Callable[[Path], object]:
    data = text.encode() if isinstance(text, str) else text
    return lambda path: path.write_bytes(data)


def _made(make: Callable[[], str | bytes]) -> Callable[[Path], object]:
    """Make large content only when its file is laid."""
    return lambda path: _text(make())(path)  # noqa: PLW0108 - the content is made late


def _deep_header() -> bytes:
    """Return a DICOM header of sequences inside one another without end."""
    opened = b"\x40\x00\x75\x02SQ\0\0\xff\xff\xff\xff" + b"\xfe\xff\x00\xe0\xff\xff\xff\xff"
    syntax = b"\x02\x00\x10\x00UI\x14\x001.2.840.10008.1.2.1\0"
    return bytes(128) + b"DICM" + syntax + opened * 100_000


def _sparse(head: str, tail: str, size: int = 2 * GIB) -> Callable[[Path], object]:
    """Lay a file of one value of so many bytes, which takes no room on disk."""

    def lay(path: Path) -> None:
        with path.open("wb") as stream:
            stream.write(head.encode())
            stream.seek(size)
            stream.write(tail.encode())

    return lay


def _zip_bomb(path: Path) -> None:
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("a.csv", "w", force_zip64=True) as out,
    ):
        for _ in range(256):
            out.write(bytes(1 << 20))


def _locked_zip(path: Path) -> None:
    zipped(path, {"a.csv": f"名\n{SECRET}\n".encode()})
    data = bytearray(path.read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    path.write_bytes(data)


def _leading_out(path: Path) -> None:
    with tarfile.open(path, "w") as archive:
        link = tarfile.TarInfo("a.csv")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)


def _workbook(rows: str) -> Callable[[Path], object]:
    parts = {name: text.encode() for name, text in _BOOK.items()}
    return lambda path: zipped(path, parts | {"xl/worksheets/sheet1.xml": _SHEET.format(rows=rows).encode()})


def _endless(path: Path) -> None:
    """Lay a table of very many equal rows: run lengths make them a few kilobytes."""
    stream = io.BytesIO()
    rows = 4_000_000
    table = pa.table(
        {name: pa.DictionaryArray.from_arrays(pa.nulls(rows, pa.int32()), [SECRET]) for name in "abcdefgh"}
    )
    with pq.ParquetWriter(stream, table.schema, compression="zstd") as writer:
        for _ in range(8):
            writer.write_table(table, row_group_size=rows)
    path.write_bytes(stream.getvalue())


def _wide(path: Path, columns: int) -> None:
    pq.write_table(pa.table({f"c{number}": [number] for number in range(columns)}), path)


def _csv(columns: int) -> str:
    return ",".join(f"c{n}" for n in range(columns)) + "\n" + ",".join(str(n % 7) for n in range(columns)) + "\n"


REFUSED: dict[str, tuple[str, Callable[[Path], object]]] = {
    "entities.xml": ("K-FMT-071", _text(f'<!DOCTYPE a [<!ENTITY l0 "{SECRET}">{_LOL}]><a>&l9;</a>')),
    "quadratic.xml": (
        "K-FMT-071",
        _made(lambda: f'<!DOCTYPE a [<!ENTITY b "{"x" * 100_000}">]><a>{"&b;" * 100_000}</a>'),
    ),
    "outside.xml": ("K-FMT-071", _text('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>')),
    "network.xml": ("K-FMT-071", _text('<!DOCTYPE a [<!ENTITY % b SYSTEM "http://192.0.2.1/a.dtd">%b;]><a>x</a>')),
    "depth.xml": ("K-FMT-073", _text("<a>" * 10_000 + SECRET + "</a>" * 10_000)),
    "depth.json": ("K-FMT-073", _text("[" * 10_000 + f'"{SECRET}"' + "]" * 10_000)),
    "objects.json": ("K-FMT-073", _text('{"a":' * 10_000 + "1" + "}" * 10_000)),
    "torn.xml": ("K-FMT-072", _text(f"<a><b>{SECRET}".encode() + b"\xff\xfe\xff</b></a>")),
    "torn.json": ("K-FMT-072", _text(b'{"a": "' + SECRET.encode() + b'\xff\xc0\xaf"}')),
    "torn.csv": ("K-FMT-009", _text(f"名,城\n{SECRET},x\n".encode() + b"\xff\xfe\xff,\xc0\xaf\n")),
    "nul.csv": ("K-FMT-012", _text(f"名,城\n{SECRET},a\0b\n")),
    "nul.xml": ("K-FMT-070", _text(f"<a>{SECRET}\0</a>")),
    "nul.json": ("K-FMT-070", _text(f'{{"a": "{SECRET}\0"}}')),
    "cell.csv": ("K-FMT-012", _sparse(f'名,城\n{SECRET},"', '"\n')),
    "long.csv": ("K-FMT-014", _made(lambda: f'名,城\n{SECRET},"{"x" * (64 << 20)}"\n')),
    "cell.json": ("K-FMT-074", _sparse(f'{{"a": "{SECRET}', '"}')),
    "cell.xml": ("K-FMT-074", _sparse(f"<a><b>{SECRET}", "</b></a>")),
    "columns.csv": ("K-FMT-015", _made(lambda: _csv(10_001))),
    "columns.json": ("K-FMT-075", _made(lambda: json.dumps({f"k{n}": n for n in range(10_001)}))),
    "columns.parquet": ("K-FMT-015", lambda path: _wide(path, 10_001)),
    "endless.parquet": ("K-FMT-077", _endless),
    "bomb.zip": ("K-FMT-043", _zip_bomb),
    "way-out.zip": ("K-FMT-045", lambda path: zipped(path, {"../../way-out.csv": b"a,b\n1,2\n"})),
    "way-out.tar": ("K-FMT-047", _leading_out),
    "absolute.tar": ("K-FMT-045", lambda path: tarred(path, {"/tmp/way-out.csv": b"a,b\n1,2\n"})),
    "locked.zip": ("K-FMT-050", _locked_zip),
    "locked.xlsx": ("K-FMT-007", _text(_OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"))),
    "pixels.png": ("K-FMT-142", _made(lambda: png_claim(50_000, 50_000))),
    "deep.dcm": ("K-FMT-140", _made(_deep_header)),
    "bare.pdf": ("K-FMT-141", _text(b"%PDF-1.7\n/Encrypt 5 0 R\n" + SECRET.encode())),
}
"""Name -> code by which it is refused, and what lays it."""

READ: dict[str, Callable[[Path], object]] = {
    "hundred.xml": _text("<a>" * 100 + SECRET + "</a>" * 100),
    "hundred.json": _text('{"a":' * 100 + f'"{SECRET}"' + "}" * 100),
    "attribute.xml": _made(lambda: f'<a><b c="{"x" * 10_000_000}"/><b c="y"/></a>'),
    "twice.json": _text(f'{{"a": "{SECRET}", "a": "x"}}'),
    "dtd.xml": _text('<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a><b>x</b></a>'),
    "columns-many.csv": _made(lambda: _csv(1_000)),
    "columns-many.json": _made(lambda: json.dumps({f"k{n}": n for n in range(1_000)})),
    "columns-many.parquet": lambda path: _wide(path, 1_000),
    "claims.xlsx": _workbook(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>名</t></is></c></row><row r="2"><c r="A2"><v>7</v></c></row>'
    ),
}
"""Name -> what lays it; at the edge, and read in full."""


def lay(folder: Path, names: Iterable[str]) -> None:
    """Write the named files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        make = REFUSED[name][1] if name in REFUSED else READ[name]
        make(folder / name)


def loops(folder: Path) -> None:
    """Lay links that lead to each other and to their own folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "one.csv").symlink_to("two.csv")
    (folder / "two.csv").symlink_to("one.csv")
    (folder / "again").symlink_to(".")
