"""Small well-formed files from which fuzzing starts, one set for each reader; all content is invented."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from kouan.formats.xport_fresh import write_xport
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


SEEDS: dict[str, Callable[[], list[bytes]]] = {
    "csv": _csv,
    "parquet": _parquet,
    "xlsx": _xlsx,
    "xml": _xml,
    "json": lambda: [_JSON.encode(), b'{"a": 1}\n{"a": [2]}\n', b"[" * 40 + b"]" * 40],
    "xport": _xport,
}
"""Reader -> its seeds."""

SUFFIXES = {name: f".{name}" for name in SEEDS}


def write_seeds(reader: str, corpus: Path) -> None:
    """Put the seeds of a reader into its corpus."""
    for number, data in enumerate(SEEDS[reader]()):
        (corpus / f"seed-{number}").write_bytes(data)
