"""Lists made to hang, swell or fetch, and a run that is killed: refused at once with what to do, nothing half-written."""

from __future__ import annotations

import contextlib
import os
import signal
import time
import zipfile

import pytest

from kouan.cli.dispatch import run_command
from kouan.formats.printed.read import MOST_CELLS, read_printed
from kouan.model.errors import KouanError
from kouan.packs import builtin_root, load_packs
from kouan.packs.drafting import writing
from tests.integration.attacking import killed
from tests.printed_lists import WORD, write_document

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
ROW = '<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c></row>'
LIST = """\
blocks:
- 试验清单（2026年版）
- 一、零售领域
- （一）需要通过数据出境安全评估的数据清单
- rows:
  - [数据类别, 业务场景, 数据子类, 数据基本特征与描述]
  - [个人信息, 会员场景, 1.累计10万人以上的敏感个人信息, 包括卡号等信息。]
"""


def _workbook(path, sheets, *, head=""):
    """Write a workbook from the XML of its sheets."""
    numbers = range(1, len(sheets) + 1)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        overrides = "".join(
            f'<Override PartName="/xl/worksheets/s{n}.xml" ContentType="{TYPES}.worksheet+xml"/>' for n in numbers
        )
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>{overrides}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{REL}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        listed = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
        archive.writestr(
            "xl/workbook.xml", f'{head}<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{listed}</sheets></workbook>'
        )
        places = "".join(
            f'<Relationship Id="r{n}" Type="{REL}/worksheet" Target="worksheets/s{n}.xml"/>' for n in numbers
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{PACKAGE}/relationships">{places}</Relationships>'
        )
        for n, sheet in zip(numbers, sheets, strict=True):
            archive.writestr(f"xl/worksheets/s{n}.xml", sheet)
    return path


def _sheet(rows, merged=(), head=""):
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in merged)
    merges = f"<mergeCells>{cells}</mergeCells>" if cells else ""
    return f'{head}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{merges}</worksheet>'


def _refused(path, *codes):
    started = time.process_time()
    with pytest.raises(KouanError) as caught:
        read_printed(path)
    assert time.process_time() - started < 20
    assert caught.value.code in codes, caught.value
    assert caught.value.fix.zh
    assert caught.value.fix.en


def test_a_workbook_of_raw_parts_is_read(tmp_path):
    path = _workbook(tmp_path / "a.xlsx", [_sheet(ROW.format(n=1, text="甲") + ROW.format(n=2, text="乙"))])
    assert [[cell.text for cell in row] for row in read_printed(path)[0].rows] == [["甲"], ["乙"]]


@pytest.mark.parametrize("merged", [["A1:XFD1048576"], ["A1:XFD1048576"] * 50, ["A1:A1048576", "B1:XFD9"]])
def test_absurd_merged_ranges_of_a_workbook(tmp_path, merged):
    path = _workbook(tmp_path / "a.xlsx", [_sheet(ROW.format(n=1, text="甲"), merged)])
    _refused(path, "K-FMT-092")


def test_merged_corners_the_wrong_way_round_give_no_room_back(tmp_path):
    rows = "".join(ROW.format(n=n, text="甲") for n in range(1, MOST_CELLS // 2 + 100))
    sheets = [_sheet(ROW.format(n=1, text="甲"), ["Z9999:A1", "A9999:Z1"]), _sheet(rows), _sheet(rows)]
    _refused(_workbook(tmp_path / "a.xlsx", sheets), "K-FMT-091", "K-FMT-092", "K-FMT-012")


def test_a_workbook_with_entities_or_that_swells(tmp_path):
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    swelling = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    for head, text in ((entity, "&e;"), (swelling, "&b;")):
        path = _workbook(tmp_path / "a.xlsx", [_sheet(ROW.format(n=1, text=text), head=head)])
        # Refused, or read as text that names the entity, or as nothing: never as what it stands for.
        with contextlib.suppress(KouanError):
            assert all(len(cell.text) < 5 for row in read_printed(path)[0].rows for cell in row)
    bomb = _sheet(ROW.format(n=1, text="甲" * (60 << 20)))
    with pytest.raises(KouanError) as caught:
        read_printed(_workbook(tmp_path / "b.xlsx", [bomb]))
    assert caught.value.code.startswith("K-FMT-")


def test_a_document_that_swells_by_its_entities_or_points_elsewhere(tmp_path):
    path = tmp_path / "a.docx"
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    body = f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t>{{}}</w:t></w:r></w:p></w:body></w:document>'
    for head in (f"<!DOCTYPE x [{laughs}]>", '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'):
        write_document(path, head + body.format("&l9;" if "l9" in head else "a"))
        _refused(path, "K-FMT-091")
    rows = f'<w:document xmlns:w="{WORD}"><w:body><w:tbl>{{}}</w:tbl></w:body></w:document>'
    cells = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='190'/></w:tcPr></w:tc></w:tr>"
    write_document(path, rows.format(cells * (MOST_CELLS // 190 + 1)))
    _refused(path, "K-FMT-092")
    write_document(path, rows.format("".join(f"<w:tr w:x='{n}'/>" for n in range(MOST_CELLS + 1))))
    _refused(path, "K-FMT-092")


@pytest.mark.parametrize(
    "text",
    [
        "<table>" + "<tr>" * (MOST_CELLS + 1),
        "<table></table>" * (MOST_CELLS + 1),
        "<b>" * 1_000_001,
        "<table><tr>" + "<td rowspan=999999>甲" * 190 + "<tr>" * 2_000,
        "<table><tr><td>甲</td></tr></table>" * (MOST_CELLS // 2),
    ],
)
def test_pages_that_swell(tmp_path, text):
    (tmp_path / "a.html").write_text(text, "utf-8")
    _refused(tmp_path / "a.html", "K-FMT-092")


def test_scripts_frames_and_pictures_of_a_page_are_neither_read_nor_fetched(tmp_path, monkeypatch):
    def never(*_args, **_more):
        raise AssertionError("a page made a connection")

    monkeypatch.setattr("socket.socket.connect", never)
    page = "<script>fetch('http://127.0.0.1:9/')</script><iframe src=http://127.0.0.1:9/></iframe>"
    page += "<img src=x onerror=alert(1)><p>清单</p><style>p{}</style><script>alert(2)"
    (tmp_path / "a.html").write_text(page, "utf-8")
    assert read_printed(tmp_path / "a.html") == ("清单",)


@pytest.mark.parametrize(
    "text",
    [
        "blocks: &a [x, *a]\n",
        "a: &a [x, x]\nb: &b [*a, *a]\nblocks: [*b, *b]\n",
        "blocks: " + "[" * 5_000,
        "blocks: !!python/object/apply:os.system id\n",
        "blocks: [a]\n---\nblocks: [b]\n",
    ],
)
def test_rows_that_swell_or_run_something(tmp_path, text):
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    _refused(tmp_path / "a.yaml", "K-MOD-001", "K-FMT-091")


@pytest.mark.parametrize("unit", ["、", "1万人", "（", "姓名、", "等", "1", "以上不满", "“", "除外", "（不含"])
def test_a_long_cell_is_drafted_in_time(tmp_path, unit):
    (tmp_path / "a.yaml").write_text(LIST.replace("包括卡号等信息。", f'"{unit * (200_000 // len(unit))}"'), "utf-8")
    started = time.process_time()
    status = run_command(["law", "import-list", str(tmp_path / "a.yaml"), "-o", str(tmp_path / "draft")])
    assert status in {0, 2, 6}
    assert time.process_time() - started < 20


@pytest.mark.parametrize("point", range(4))
def test_a_killed_run_leaves_no_pack_and_the_next_one_clears_up(tmp_path, monkeypatch, point):
    (tmp_path / "a.yaml").write_text(LIST, "utf-8")
    packs = tmp_path / "packs"
    command = ["law", "import-list", str(tmp_path / "a.yaml"), "-o", str(packs / "x-1")]
    calls = iter(range(9))

    def die_at(work):
        def run(*args, **more):
            if next(calls) == point:
                os.kill(os.getpid(), signal.SIGKILL)
            return work(*args, **more)

        return run

    with monkeypatch.context() as patched:
        patched.setattr(writing, "_write", die_at(writing._write))
        patched.setattr(writing, "_move", die_at(writing._move))
        ended = killed(lambda: run_command(command))
    assert ended == -signal.SIGKILL
    assert not (packs / "x-1").exists()
    found = list(packs.rglob("pack.yaml"))
    assert len(found) == (point == 3)  # only what is whole can be taken for a pack
    assert run_command(command) in {0, 6}
    assert [path.name for path in packs.iterdir()] == ["x-1"]
    assert load_packs(builtin_root(), packs).heads["draft.x-1"].status == "draft"
