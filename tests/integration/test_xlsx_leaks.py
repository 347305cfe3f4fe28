"""No treated, dropped, held-back or unexamined value survives in a workbook that was written back."""

import re
import xml.dom.minidom
import zipfile

import pyarrow as pa
import pytest

from kouan.formats import open_sink, open_source
from kouan.model.errors import KouanError
from tests import hiding, workbooks

KEPT = {"编号", "比值", "备注"}


def treated(tmp_path, *, macros=False, hold=True, leave=None):
    source = open_source(hiding.hide(tmp_path / "raw.xlsx", macros=macros), name="raw")
    (entity,) = source.entities
    schema = pa.schema([one for one in entity.schema if leave is None or one.name in leave])
    with open_sink(tmp_path / "out.xlsx", source, schemas={"数据": schema} if leave != set() else {}) as sink:
        for batch in entity.batches(schema.names) if leave != set() else ():
            columns = [
                pa.array([f"p{place}" for place in range(batch.num_rows)]) if name == "姓名" and leave else column
                for name, column in zip(schema.names, batch.columns, strict=True)
            ]
            keep = pa.array([place != 4 for place in range(batch.num_rows)]) if hold else None
            sink.write("数据", pa.RecordBatch.from_arrays(columns, names=schema.names), keep)
    return tmp_path / "out.xlsx", [note.en for note in sink.notes]


def test_the_search_finds_every_secret_in_the_raw_file(tmp_path):
    places = hiding.found(hiding.hide(tmp_path / "raw.xlsx", macros=True))
    assert {"Macro", "References", "Image", "Printer", "SplitRuns", "PivotRecords", "ShapeMail"} <= places
    assert len(places) > 90


@pytest.mark.parametrize("macros", [False, True])
def test_no_secret_survives_treatment(tmp_path, macros):
    out, said = treated(tmp_path, macros=macros, leave=KEPT | {"姓名"})
    assert hiding.found(out) == set()
    assert not any("密X" in note for note in said if "“数据”" not in note)
    table = open_source(out, name="o").entities[0].table
    assert table.column("姓名").to_pylist() == ["p0", "p1", "p2", "p3", "p5"]
    assert table.column("编号").to_pylist() == [3, 4, 5, 6, 8]
    assert table.column("比值").to_pylist() == [2, 4, 5, 6, 8]
    assert table.column("备注").to_pylist() == [f"x{row}" for row in (3, 4, 5, 6, 8)]


def test_notes_name_all_that_was_left_out(tmp_path):
    _, said = treated(tmp_path, macros=True, leave=KEPT | {"姓名"})
    removed = next(note for note in said if note.startswith("Written back"))
    for words in (
        *("macros", "comments", "pivot caches", "images", "embedded files", "external links", "data connections"),
        *("page headers", "author", "hyperlinks", "filter", "defined names", "table objects", "phonetic", "scenarios"),
        *(
            "custom views",
            "folder",
            "printer",
            "custom XML",
            "revision",
            "signatures",
            "extensions",
            "charts that hold",
        ),
    ):
        assert words in removed, words
    assert any("1 rows" in note for note in said)
    assert any(re.match(r"\d+ formulas gave way", note) for note in said)
    assert any("3 rules" in note for note in said)
    assert any(note.startswith("Charts stay") for note in said)


def test_what_is_harmless_stays(tmp_path):
    out, _ = treated(tmp_path, leave=KEPT | {"姓名"})
    parts = workbooks.parts_of(out)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for kept in (
        *('topLeftCell="A3" state="frozen"', 'width="21"', '<mergeCell ref="A30:B30"/>', 'filterMode="1"'),
        *('<autoFilter ref="A2:E8">', "<formula>60</formula>", "<formula2>9</formula2>", 'orientation="landscape"'),
        *('<c r="B3" s="1" t="inlineStr"><is><t>p0</t></is></c>', '<c r="C2" s="1"/>', '<drawing r:id="rDraw"/>'),
    ):
        assert kept in sheet, kept
    assert '<row r="7" spans="1:5"><c r="A7"/><c r="B7"/><c r="C7" s="1"/><c r="D7"/><c r="E7"/></row>' in sheet
    assert parts["xl/styles.xml"] == hiding.STYLES
    book = parts["xl/workbook.xml"].decode()
    assert "数据!$A$1:$E$8" in book
    assert 'state="veryHidden"' in book
    assert "<c:f>数据!$B$3:$B$8</c:f>" in parts["xl/charts/chart1.xml"].decode()
    assert "xl/charts/chart2.xml" not in parts


def test_every_relationship_and_content_type_leads_somewhere(tmp_path):
    out, _ = treated(tmp_path, macros=True, leave=KEPT | {"姓名"})
    parts = workbooks.parts_of(out)
    for name, data in parts.items():
        xml.dom.minidom.parseString(data)
        if name.endswith(".rels"):
            folder = name.replace("_rels/", "").rsplit("/", 1)[0] if "/" in name.replace("_rels/", "", 1) else ""
            for target in re.findall(r'Target="([^"]*)"', data.decode()):
                parted = (
                    [*folder.split("/"), *target.split("/")] if not target.startswith("/") else target[1:].split("/")
                )
                path = []
                for step in parted:
                    path = path[:-1] if step == ".." else [*path, step] if step else path
                assert "/".join(path) in parts, (name, target)
    for part in re.findall(r'PartName="/([^"]*)"', parts["[Content_Types].xml"].decode()):
        assert part in parts
    used = set(re.findall(r'r:id="([^"]*)"', parts["xl/worksheets/sheet1.xml"].decode()))
    assert used == {"rDraw"}


def test_unexamined_secrets_go_even_when_nothing_is_treated(tmp_path):
    out, _ = treated(tmp_path, hold=False)
    in_cells = {
        "DroppedHeader",
        "Dropped",
        "Treated3",
        "SplitRuns",
        "References",
        "CachedText",
        "HeldTreated",
        "HeldKept",
    }
    in_rules = {
        "FormulaLiteral",
        "KeptLiteral",
        "ArrayConstant",
        "RuleText",
        "RuleFormula",
        "Prompt",
        "Error",
        "InlineList",
    }
    in_names = {"NameConstant", "NameComment", "PartTitle"}
    assert hiding.found(out) - {"RichRun"} == in_cells | in_rules | in_names


def test_a_workbook_of_which_nothing_leaves(tmp_path):
    out, said = treated(tmp_path, leave=set())
    assert hiding.found(out) == set()
    assert any("emptied" in note for note in said)
    assert not re.search(rb"<v>|<t>", workbooks.parts_of(out)["xl/worksheets/sheet1.xml"])


@pytest.mark.parametrize("kind", ["xlMacrosheet", "dialogsheet"])
def test_sheets_that_cannot_be_examined_are_refused(tmp_path, kind):
    path = hiding.hide(tmp_path / "raw.xlsx")
    parts = workbooks.parts_of(path)
    listing = parts["xl/_rels/workbook.xml.rels"].decode()
    odd = f'<Relationship Id="rOdd" Type="http://schemas.microsoft.com/office/2006/relationships/{kind}" Target="odd.xml"/>'
    parts["xl/_rels/workbook.xml.rels"] = listing.replace("</Relationships>", f"{odd}</Relationships>").encode()
    parts["xl/odd.xml"] = b"<a/>"
    source = open_source(workbooks.package(path, parts), name="raw")
    with pytest.raises(KouanError) as caught, open_sink(tmp_path / "o.xlsx", source, schemas={}):
        pass
    assert caught.value.code == "K-FMT-061"
    assert not (tmp_path / "o.xlsx").exists()


def test_output_is_a_plain_archive_with_fixed_times(tmp_path):
    out, _ = treated(tmp_path, leave=KEPT)
    with zipfile.ZipFile(out) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any(info.extra or info.comment for info in archive.infolist())
