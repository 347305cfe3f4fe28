import itertools
import time
import zipfile

import pytest

from kouan.formats import Limits, ReadOptions, open_source
from kouan.formats.xlsx.guard import examine
from kouan.model.errors import KouanError
from tests import workbooks


def error(path, limits=None):
    with pytest.raises(KouanError) as caught:
        open_source(path, name="x", options=ReadOptions(limits=limits or Limits()))
    return caught.value.code


ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


def test_the_raw_workbook_is_readable(tmp_path):
    source = open_source(workbooks.raw(tmp_path / "x", workbooks.sheet(ONE)), name="x")
    assert source.entities[0].rows == 1


def test_a_bomb_in_the_sheet(tmp_path):
    zeros = itertools.repeat(b" " * (1 << 20), 40)
    assert error(workbooks.raw(tmp_path / "x", zeros)) == "K-FMT-022"


def test_a_bomb_that_says_so_is_not_unpacked(tmp_path, monkeypatch):
    path = workbooks.raw(tmp_path / "x", itertools.repeat(b" " * (1 << 20), 40))
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_, **__: pytest.fail("unpacked"))
    assert error(path) == "K-FMT-022"


def test_more_than_may_be_unpacked(tmp_path):
    path = workbooks.raw(tmp_path / "x", workbooks.sheet(ONE), parts={"xl/media/a.bin": bytes(range(256)) * 4096})
    assert error(path, Limits(unzipped_bytes=1 << 18)) == "K-FMT-022"


def test_a_part_that_lies_about_its_size(tmp_path):
    path = workbooks.raw(tmp_path / "x", b" " * (1 << 22))
    data = bytearray(path.read_bytes())
    true, small = (1 << 22).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert true in data
    path.write_bytes(bytes(data).replace(true, small))
    assert error(path) == "K-FMT-022"


def test_claims_of_dimension_are_ignored_and_far_cells_measured(tmp_path):
    claim = workbooks.sheet(ONE).replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    assert open_source(workbooks.raw(tmp_path / "a", claim), name="x").entities[0].rows == 1
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert error(workbooks.raw(tmp_path / "b", workbooks.sheet(far))) == "K-FMT-023"


def test_few_long_texts_with_many_references(tmp_path):
    strings = f"<sst><si><t>{'x' * 30_000}</t></si></sst>".encode()
    cells = "".join('<row><c t="s"><v>0</v></c></row>' for _ in range(100))
    path = workbooks.raw(tmp_path / "x", workbooks.sheet(cells), parts={"xl/sharedStrings.xml": strings})
    assert error(path, Limits(unzipped_bytes=1 << 20)) == "K-FMT-022"
    mixed = f"<sst><si><t>{'x' * 30_000}</t></si><si><t>y</t></si></sst>".encode()
    cells = "".join('<row><c t="s"><v>1</v></c></row>' for _ in range(100))
    path = workbooks.raw(tmp_path / "y", workbooks.sheet(cells), parts={"xl/sharedStrings.xml": mixed})
    examine(path, Limits(unzipped_bytes=1 << 20))


def test_a_document_type_is_refused(tmp_path):
    sheet = b'<!DOCTYPE worksheet [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + workbooks.sheet(ONE)
    assert error(workbooks.raw(tmp_path / "x", sheet)) == "K-FMT-021"


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/media/sheet.png": workbooks.sheet(ONE)},
        {"xl/SharedStrings.xml": b"<sst/>", "other/sharedstrings.xml": b"<sst/>"},
        {"XL/workbook.xml": b"<a/>"},
    ],
)
def test_parts_that_would_escape_the_scan(tmp_path, parts):
    assert error(workbooks.raw(tmp_path / "x", workbooks.sheet(ONE), parts=parts)) == "K-FMT-021"


def test_odd_archives(tmp_path):
    path = workbooks.raw(tmp_path / "x", workbooks.sheet(ONE))
    good = path.read_bytes()
    path.write_bytes(good[:-30])
    assert error(path) == "K-FMT-021"
    path.write_bytes(good)
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = b"PK\x05\x06"
    assert error(path) == "K-FMT-021"
    data = bytearray(good)
    place = data.rindex(b"PK\x01\x02") + 8
    data[place] |= 1
    path.write_bytes(data)
    assert error(path) == "K-FMT-007"


@pytest.mark.parametrize("wrong", [b"<worksheet><sheetData>", b"no xml", b""])
def test_a_broken_sheet(tmp_path, wrong):
    assert error(workbooks.raw(tmp_path / "x", wrong)) == "K-FMT-021"


def test_a_million_empty_rows_cost_little(tmp_path):
    def rows():
        yield workbooks.sheet(ONE + "|").split(b"|")[0]
        for start in range(2, 1_000_002, 1000):
            block = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(start, start + 1000))
            yield block.encode()
        yield b"</sheetData></worksheet>"

    path = workbooks.raw(tmp_path / "x", rows())
    begin = time.process_time()
    table = open_source(path, name="x").entities[0].table
    assert (table.num_rows, table.num_columns) == (1, 1)
    assert table.nbytes < 1000
    assert time.process_time() - begin < 30


def test_what_is_not_read_is_known(tmp_path):
    parts = {
        "xl/vbaProject.bin": b"x",
        "xl/comments1.xml": b"<comments/>",
        "xl/pivotCache/pivotCacheRecords1.xml": b"<r/>",
        "xl/media/image1.png": b"x",
        "xl/drawings/vmlDrawing1.vml": b"<broken",
        "xl/embeddings/a.docx": b"x",
    }
    facts = examine(workbooks.raw(tmp_path / "x", workbooks.sheet(ONE), parts=parts), Limits())
    assert facts.unread == ["macros", "comments", "pivots", "images", "embedded"]
