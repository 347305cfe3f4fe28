"""Printed lists: numbers, columns, merged and broken rows; hostile files are refused; nothing unread becomes a number."""

from __future__ import annotations

import datetime as dt
import os
import time
import zipfile

import pytest
import xlsxwriter

from kouan.formats.printed.read import MOST_CELLS, read_printed
from kouan.model.errors import KouanError
from kouan.model.printed import Cell, Grid
from kouan.packs import builtin_root, find_slips, load_packs
from kouan.packs.drafting import draft_list, write_draft
from kouan.packs.drafting.fields import fields_of, not_counted, rest_of, scenarios_of
from kouan.packs.drafting.numbers import PrintedBand, bands_of, persons
from tests.printed_lists import WORD, write_document

DAY = dt.date(2026, 11, 22)
HEAD = "（一）需要通过数据出境安全评估的数据清单"


@pytest.mark.parametrize(
    ("text", "number"),
    [("1000万", 10_000_000), ("10 万", 100_000), ("一万", 10_000), ("1.5万", 15_000), ("100,000", 100_000),
     ("十五万", 150_000), ("一百二十万", 1_200_000), ("两亿", 200_000_000), ("5千", 5_000), ("1.00005万", None),
     ("若干", None), ("", None)],
)  # fmt: skip
def test_printed_numbers(text, number):
    assert persons(text) == number


ORD, SEN = "个人信息（不含敏感个人信息）", "敏感个人信息"


@pytest.mark.parametrize(
    ("text", "bands"),
    [
        (f"累计向境外提供1000万人以上的{ORD}。", [("ordinary", 10_000_000, None)]),
        (f"100万人以上且不满\n1000万人的{ORD}", [("ordinary", 1_000_000, 10_000_000)]),
        (f"10万人以上、不满100万人{ORD}或者不满1万人{SEN}", [("ordinary", 100_000, 1_000_000), ("sensitive", None, 10_000)]),
        (f"超过10万人的{SEN}", [("sensitive", 100_001, None)]),
        (f"10万人以下的{SEN}", [("sensitive", None, 100_001)]),
        (f"达到一百万人以上的{ORD}", [("ordinary", 1_000_000, None)]),
        (f"１５万人以上的船员{SEN}", [("sensitive", 150_000, None)]),
    ],
)  # fmt: skip
def test_thresholds_are_read(text, bands):
    assert bands_of(text) == ([PrintedBand(*band) for band in bands], [])


@pytest.mark.parametrize(
    "text",
    [
        "100万人以上个人信息",  # of which kind it does not say
        f"10万至100万人的{ORD}",
        f"约50万人的{SEN}",
        f"1.00005万人以上的{SEN}",
        f"不满1万人且不满2万人的{SEN}",
        f"100万人以上且不满10万人的{SEN}",
        "100万人以上的数据",
    ],
)
def test_what_is_not_certain_is_named_and_gives_no_number(text):
    bands, unread = bands_of(text)
    assert bands == []
    assert unread


def test_fields_scenarios_and_exceptions():
    text = "包括业务中的信息，如姓名、证件有效期（起、止）、性别/称谓等信息。个人信息计算数量以自然人为单位。"
    (found,) = fields_of(text)
    assert found.names == ("姓名", "证件有效期(起、止)", "性别/称谓")
    assert found.open
    two = "仅限于甲场景、乙场景。甲场景包括姓名、电话等；乙场景包括卡号等。"
    assert [(one.scenario, one.names) for one in fields_of(two)] == [("甲", ("姓名", "电话")), ("乙", ("卡号",))]
    assert scenarios_of("", two) == ["甲", "乙"]
    assert scenarios_of("人身险再保\n险场景、财产险再保险场景", "") == ["人身险再保险", "财产险再保险"]
    assert rest_of("除第5、6项以外的个人信息") == [5, 6]
    assert rest_of("除第8至10项以外的个人信息") == [8, 9, 10]
    assert rest_of("个人信息") is None
    counted = "属于《促进和规范数据跨境流动规定》第三条、第五条第一款第一项至第三项规定情形的，不计入累计数量。"
    assert not_counted(counted) == ("O16-3", "O16-5(1)1", "O16-5(1)2", "O16-5(1)3")


def grid(*rows):
    return Grid(tuple(tuple(Cell(text) for text in row) for row in rows))


HEADER = ("数据类别", "场景名称", "数据子类", "数据基本特征与描述")


def drafted(*blocks, **options):
    return draft_list(blocks, name="t-1", title=None, start=DAY, **options)


def test_a_row_broken_over_pages_is_one_entry():
    draft = drafted(
        "试验清单（2026年版）",
        "一、零售领域",
        HEAD,
        grid(HEADER, ("个人信息", "会员场景", f"1.累计10万人以上的{SEN}。", "包括卡号、")),
        grid(("", "", "", "密码等信息。")),
    )
    assert [row.sort for row in draft.reading.rows] == ["header", "entry", "continuation"]
    assert draft.reading.rows[1].places == ["1.2", "2.1"]
    assert [field["zh"] for field in draft.body["field_sets"][0]["fields"]] == ["卡号", "密码"]
    assert draft.body["entries"][0]["bands"] == [{"counter": "sensitive", "at_least": 100_000}]
    assert (draft.body["edition"], draft.unread) == ("2026", [])
    assert draft.open_lists == ["1.2"]


def test_what_is_not_understood_is_kept_and_named_and_no_entry():
    draft = drafted(
        "一、零售领域",
        HEAD,
        grid(
            HEADER,
            ("个人信息", "会员场景", "1.大量个人信息。", "包括卡号等。"),
            ("个人信息", "会员场景", f"2.10万至20万人的{SEN}。", "包括卡号等。"),
            ("个人信息", "会员场景", f"3.10万人以上的{SEN}。", "见附件。"),
            ("重要数据", "会员场景", "4.甲类数据。", "包括乙等。"),
        ),
        "注：1.50万人以下的不在此列。",
    )
    assert [one["number"] for one in draft.body["entries"]] == [4]
    assert [miss.place for miss in draft.unread] == ["1.2", "1.3", "1.4", "note 1"]
    assert len(draft.reading.entries()) == 4
    assert draft.body["completeness"] == "partial"


def test_a_table_of_unknown_kind_or_sector_gives_no_entry():
    row = ("个人信息", "会员场景", f"1.10万人以上的{SEN}。", "包括卡号等。")
    assert drafted("一、零售领域", grid(HEADER, row)).body["entries"] == []
    assert drafted(HEAD, grid(HEADER, row)).body["entries"] == []


def test_columns_are_named_by_the_user():
    odd = ("甲", "乙", "丙", "丁")
    row = ("个人信息", "会员场景", f"1.10万人以上的{SEN}。", "包括卡号等。")
    with pytest.raises(KouanError) as caught:
        drafted("一、零售领域", HEAD, grid(odd, row))
    assert caught.value.code == "K-PCK-071"
    named = ["category=甲", "scenario=乙", "subclass=丙", "description=丁"]
    assert len(drafted("一、零售领域", HEAD, grid(odd, row), choices=named).body["entries"]) == 1
    counted = ["category=1", "scenario=2", "subclass=3", "description=4"]
    assert len(drafted("一、零售领域", HEAD, grid(row), choices=counted).body["entries"]) == 1
    for wrong in ("subclass", "colour=1", "subclass="):
        with pytest.raises(KouanError) as caught:
            drafted(grid(HEADER, row), choices=[wrong])
        assert caught.value.code == "K-PCK-070"


def refused(path):
    with pytest.raises(KouanError) as caught:
        read_printed(path)
    return caught.value.code


def test_hostile_documents_are_refused(tmp_path):
    path = tmp_path / "a.docx"
    body = f'<w:document xmlns:w="{WORD}"><w:body>{{}}</w:body></w:document>'
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + body.format(
        "<w:p><w:r><w:t>&e;</w:t></w:r></w:p>"
    )
    write_document(path, entity)
    assert refused(path) == "K-FMT-091"
    write_document(path, body.format("<w:p><w:r><w:t>" + "a" * (4 << 20) + "</w:t></w:r></w:p>"))
    assert refused(path) == "K-FMT-092"  # unpacks to far more than it is
    write_document(path, body.format("<w:x>" * 500 + "</w:x>" * 500))
    assert refused(path) == "K-FMT-092"
    wide = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="99999"/></w:tcPr></w:tc></w:tr></w:tbl>'
    write_document(path, body.format(wide))
    assert refused(path) == "K-FMT-092"
    path.write_bytes(b"PK\x03\x04 nonsense")
    assert refused(path) == "K-FMT-091"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("other.xml", "<a/>")
    assert refused(path) == "K-FMT-091"


def test_hostile_pages_and_rows_are_refused(tmp_path):
    page = tmp_path / "a.html"
    page.write_text("<table><tr><td colspan=100000>a</td></tr></table>", "utf-8")
    assert refused(page) == "K-FMT-092"
    page.write_text("<table>" + "<tr>" + "<td>a</td>" * 190 + "</tr>" + "</table>", "utf-8")
    assert len(read_printed(page)[0].rows[0]) == 190
    page.write_text("<table>" + ("<tr>" + "<td>a</td>" * 150 + "</tr>") * (MOST_CELLS // 150 + 1) + "</table>", "utf-8")
    assert refused(page) == "K-FMT-092"
    rows = tmp_path / "a.yaml"
    rows.write_text("blocks: 3\n", "utf-8")
    assert refused(rows) == "K-FMT-091"
    rows.write_text("blocks:\n- rows:\n" + "  - [a, b]\n" * (MOST_CELLS // 2 + 1), "utf-8")
    assert refused(rows) == "K-FMT-092"
    other = tmp_path / "a.pdf"
    other.write_bytes(b"%PDF")
    assert refused(other) == "K-FMT-090"
    assert refused(tmp_path / "none.html") == "K-FMT-091"


def test_merged_cells_of_a_page(tmp_path):
    page = tmp_path / "a.html"
    page.write_text(
        "<p>题<script>x()</script></p><table><tr><th rowspan=2>甲<th colspan=2>乙<tr><td>丙<td>丁<br>戊</table>",
        "utf-8",
    )
    title, table = read_printed(page)
    assert title == "题"
    assert [[cell.text for cell in row] for row in table.rows] == [["甲", "乙", "乙"], ["甲", "丙", "丁\n戊"]]
    assert [[cell.own for cell in row] for row in table.rows] == [[True, True, False], [False, True, True]]


def test_a_draft_loads_and_decides_nothing_and_is_never_replaced(tmp_path):
    draft = drafted(
        "试验清单（2026年版）",
        "一、零售领域",
        HEAD,
        grid(
            HEADER,
            ("个人信息", "会员场景", f"1.累计10万人以上的{SEN}。", "包括卡号等信息。"),
            ("重要数据", "会员场景", "2.甲类数据。", "包括乙等。"),
            ("除第1项以外的个人信息", "会员场景", f"3.10万人以上的{ORD}。", ""),
        ),
    )
    folder = tmp_path / "t-1"
    write_draft(draft, folder, source="list: a.docx", digest="sha256:0")
    assert find_slips(builtin_root(), folder) == ()
    packs = load_packs(builtin_root(), folder)
    assert packs.heads["draft.t-1"].status == "draft"
    assert packs.overrides == ()
    assert "t-1" not in packs.editions
    assert {one.id for one in packs.rules} == {one.id for one in load_packs().rules}
    head = folder / "pack.yaml"
    head.write_text(head.read_text("utf-8").replace("status: draft", "status: in_force", 1), "utf-8")
    with pytest.raises(KouanError) as caught:
        load_packs(builtin_root(), folder)
    assert caught.value.code == "K-PCK-067"
    live = load_packs(builtin_root(), folder, allow_override=True)
    assert "t-1" in live.editions
    assert [one.how for one in live.overrides] == ["list"]
    with pytest.raises(KouanError) as caught:
        write_draft(draft, folder, source="a.docx", digest="sha256:0")
    assert caught.value.code == "K-PCK-072"


@pytest.mark.parametrize("text", ["<" * 2_000_000, "<!--" * 500_000, "<a " * 500_000, "</" * 500_000])
def test_a_page_of_open_tags_is_read_at_once(tmp_path, text):
    page = tmp_path / "list.html"
    page.write_text("<p>清单</p>" + text, "utf-8")
    started = time.process_time()
    assert read_printed(page)[0] == "清单"
    assert time.process_time() - started < 5  # it took minutes when every tag was looked for to the end


def test_a_workbook_with_a_lone_cell_in_its_last_corner_is_refused(tmp_path):
    path = tmp_path / "list.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_string(1_048_575, 16_383, "x")
    with pytest.raises(KouanError) as caught:
        read_printed(path)
    assert caught.value.code == "K-FMT-092"


def test_what_is_no_workbook_and_what_is_no_file_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "word.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    os.mkfifo(tmp_path / "pipe.html")
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    (tmp_path / "folder.docx").mkdir()
    for name in ("word.xlsx", "pipe.html", "zero.yaml", "folder.docx", "missing.html"):
        with pytest.raises(KouanError) as caught:
            read_printed(tmp_path / name)
        assert caught.value.code == "K-FMT-091", name
