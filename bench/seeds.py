"""Small well-formed files from which fuzzing starts, one set for each reader; all content is invented."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import tarfile
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from pyarrow import orc

from kouan.formats.xport.fresh import write_xport
from kouan.model.shape import RecordShape, TreeShape

if TYPE_CHECKING:
    from collections.abc import Callable

_TABLE = pa.table(
    {
        "编号": ["P001", "P002", None],
        "age": [40, 41, None],
        "day": [dt.date(2024, 5, 3), None, dt.date(1999, 12, 31)],
        "note": ["王小明 13800000001", 'a,b;"c"\n', ""],
        "score": [1.5, -2e10, None],
    }
)
_XML = """<?xml version="1.0" encoding="UTF-8"?>
<!-- 注 --><cases xmlns="urn:x" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<case classCode="OBS"><id root="1.2.3" extension="A&amp;1"/><name>王<![CDATA[<小>]]>明</name>
<item><code code="29"/><value xsi:type="ST" value='48'/></item><?go on?></case><case><name/></case></cases>"""
_JSON = """{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "id": "p1",
"name": [{"family": "王", "given": ["小明", "\\u4e2d\\n"]}], "n": [1, -2.5e3, true, null, {}, []]}}]}"""

_DEFINE = """<?xml version="1.0" encoding="UTF-8"?>
<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" xmlns:def="http://www.cdisc.org/ns/def/v2.0" ODMVersion="1.3.2">
<Study OID="S1"><MetaDataVersion OID="M1" Name="m" def:DefineVersion="2.0.0" def:StandardName="SDTM-IG">
<ItemGroupDef OID="IG.DM" Name="DM" Repeating="No">
<Description><TranslatedText>Demographics</TranslatedText></Description>
<ItemRef ItemOID="IT.DM.AGE" Mandatory="No"/></ItemGroupDef>
<ItemDef OID="IT.DM.AGE" Name="AGE" DataType="integer" Length="3" def:Label="Age"><def:Origin Type="CRF"/></ItemDef>
</MetaDataVersion></Study></ODM>"""
_FILES = {"a.csv": b"id,city\n1,x\n2,y\n", "sub/b.json": b'{"a": [1, {"b": null}]}', "c.xml": b"<a><b c='1'/></a>"}

SHAPES = (
    TreeShape(
        id="cases",
        elements=("cases",),
        records=(RecordShape(name="case", at="case"),),
        keyed={"item": "code/@code", "id": "@root"},
        structural={"classCode": "[A-Z]{3}"},
        withheld=("nullFlavor", "MSK"),
    ),
    TreeShape(
        id="bundle",
        elements=("Bundle",),
        members=("resourceType",),
        records=(RecordShape(at="", name_by="resourceType"), RecordShape(at="entry/resource", name_by="resourceType")),
        value_attribute="value",
    ),
)


def _csv() -> list[bytes]:
    text = '姓名,手机,备注\n王小明,13800000001,"a\nb"\n李小红,,x\n'
    return [
        text.encode(),
        text.replace(",", ";").encode("gb18030"),
        text.encode("utf-16"),
        text.replace(",", "\t").encode(),
    ]


def _parquet() -> list[bytes]:
    made = []
    for compression in ("none", "snappy", "zstd"):
        stream = io.BytesIO()
        pq.write_table(_TABLE, stream, compression=compression)
        made.append(stream.getvalue())
    return made


def _orc() -> list[bytes]:
    made = []
    for compression in ("uncompressed", "zlib", "zstd"):
        stream = io.BytesIO()
        orc.write_table(_TABLE, stream, compression=compression)
        made.append(stream.getvalue())
    return made


def _arrow() -> list[bytes]:
    coded = _TABLE.set_column(0, "编号", _TABLE.column(0).dictionary_encode())
    made = []
    for make, table, codec in (
        (pa.ipc.new_file, _TABLE, None),
        (pa.ipc.new_stream, coded, "lz4"),
        (pa.ipc.new_file, coded, "zstd"),
    ):
        stream = io.BytesIO()
        with make(stream, table.schema, options=pa.ipc.IpcWriteOptions(compression=codec)) as writer:
            writer.write_table(table)
        made.append(stream.getvalue())
    return made


def _zip() -> list[bytes]:
    made = []
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", method) as archive:
            for name, data in _FILES.items():
                archive.writestr(zipfile.ZipInfo(name), data, method)
        made.append(stream.getvalue())
    return made


def _tar() -> list[bytes]:
    made = []
    for kind in (tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        stream = io.BytesIO()
        with tarfile.open(fileobj=stream, mode="w", format=kind) as archive:
            for name, data in _FILES.items():
                info = tarfile.TarInfo(("名" * 60 if kind != tarfile.USTAR_FORMAT else "") + name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        made.append(stream.getvalue())
    return made


def _gzip() -> list[bytes]:
    return [gzip.compress(data, mtime=0) for data in (*_FILES.values(), _tar()[0])]


def _json() -> list[bytes]:
    return [_JSON.encode(), b'{"a": 1}\n{"a": [2]}\n', b"[" * 40 + b"]" * 40]


def _xlsx() -> list[bytes]:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet("员工")
    for row, values in enumerate([["姓名", "年龄", "日期"], ["王小明", 40, 45000], ["李小红", None, 45001.5]]):
        sheet.write_row(row, 0, values)
    book.close()
    return [stream.getvalue()]


def _xport() -> list[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dm.xpt"
        table = _TABLE.rename_columns(["USUBJID", "AGE", "DAY", "NOTE", "SCORE"])
        write_xport(path, {"dm": table}, created=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
        return [path.read_bytes()]


def _xml() -> list[bytes]:
    gb18030 = _XML.replace("UTF-8", "GB18030").encode("gb18030")
    return [_XML.encode(), gb18030, _XML.split("?>", 1)[1].encode("utf-16")]


_RUNS = "<{0}:p><{0}:r><{0}:t>王小</{0}:t></{0}:r><{0}:r><{0}:tab/><{0}:t>明 13800000001</{0}:t></{0}:r></{0}:p>"
_CELLS = "".join(
    f"<w:tr>{''.join(f'<w:tc><w:p><w:r><w:t>{cell}</w:t></w:r></w:p></w:tc>' for cell in row)}</w:tr>"
    for row in (("姓名", "年龄"), ("王小明", "41"), ("李小红", "42"))
)
_MAIL = """From: =?utf-8?b?546L5bCP5piO?= <wang@example.com>
To: "B, C" <bc@example.com>, li@example.com
Subject: x
Date: Sun, 01 Nov 2026 10:00:00 +0800
Content-Type: multipart/mixed; boundary=b

--b
Content-Transfer-Encoding: base64

546L5bCP5piO
--b
Content-Type: text/html; charset=utf-8; name=王.html
Content-Transfer-Encoding: quoted-printable

<p title=3D"x">=E7=8E=8B<b>a</b><!-- c --></p>
--b--
"""


def _package(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _docx() -> list[bytes]:
    body = f"<w:d xmlns:w='urn:w'>{_RUNS.format('w')}<w:tbl>{_CELLS}</w:tbl><w:del w:author='李'>x</w:del></w:d>"
    props = '<p xmlns:d="urn:d"><d:creator>王</d:creator><title>t</title></p>'
    link = '<Relationships><Relationship Target="mailto:a@b" TargetMode="External"/></Relationships>'
    parts = {"word/document.xml": body, "docProps/core.xml": props, "word/_rels/document.xml.rels": link}
    return [_package(parts), _package({"word/document.xml": body, "_xmlsignatures/a.xml": "<a/>"})]


def _pptx() -> list[bytes]:
    slide = f"<p:s xmlns:p='urn:p' xmlns:a='urn:a'>{_RUNS.format('a')}<p:cNvPr name='王'/></p:s>"
    return [_package({"ppt/presentation.xml": "<p/>", "ppt/slides/slide1.xml": slide})]


def _mail() -> list[bytes]:
    return [_MAIL.encode(), _MAIL.replace("\n", "\r\n").encode("gb18030")]


def _mbox() -> list[bytes]:
    return [b"".join(b"From a@example.com Sun Nov  1 10:00:00 2026\n" + one for one in _mail() * 2)]


def _text() -> list[bytes]:
    text = "王小明说，他来了。\r\n\r\n  x = 1;\n末行。"
    return [text.encode(), text.encode("gb18030"), text.encode("utf-16")]


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "csv": _csv,
    "parquet": _parquet,
    "orc": _orc,
    "arrow": _arrow,
    "xlsx": _xlsx,
    "xml": _xml,
    "json": _json,
    "xport": _xport,
    "zip": _zip,
    "tar": _tar,
    "gzip": _gzip,
    "docx": _docx,
    "pptx": _pptx,
    "mail": _mail,
    "mbox": _mbox,
    "text": _text,
    "define": lambda: [_DEFINE.encode(), _DEFINE.replace("v2.0", "v1.0").encode("utf-16")],
    "xlsx-back": _xlsx,
    "xml-back": _xml,
    "json-back": _json,
    "xport-back": _xport,
    "docx-back": _docx,
    "pptx-back": _pptx,
    "mail-back": _mail,
    "mbox-back": _mbox,
    "text-back": _text,
}
"""Reader -> its seeds; `-back` reads, treats at random, writes back and reads what was written."""

SUFFIXES = {name: f".{name.partition('-')[0]}" for name in SEEDS}


def write_seeds(reader: str, corpus: Path) -> None:
    """Put the seeds of a reader into its corpus."""
    for number, data in enumerate(SEEDS[reader]()):
        (corpus / f"seed-{number}").write_bytes(data)
