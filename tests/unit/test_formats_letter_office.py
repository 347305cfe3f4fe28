"""docx and pptx: everything that is said in the package is read, and goes back treated with all else as it was."""

import zipfile

import pyarrow as pa
import pytest

from kouan.formats import ReadOptions, open_sink, open_source
from kouan.formats.options import Limits
from kouan.model.errors import KouanError
from tests.letters import A, P, W, core, docx, package, paragraph, parts_of, pptx, relations, run, table

LETTER = docx(
    paragraph("患者", run("欧阳", "<w:b/>"), run("甲，手机"), "<w:r><w:tab/></w:r>", run("13800000000。"))
    + paragraph(run("可见"), run("隐藏乙", "<w:vanish/>"), run("尾", '<w:vanish w:val="0"/>'))
    + '<w:p><w:del w:author="丙某" w:id="1"><w:r><w:delText>删去丁</w:delText></w:r></w:del>'
    '<w:moveFrom w:author="丙某" w:id="2"><w:r><w:t>移走戊</w:t></w:r></w:moveFrom></w:p>'
    + "<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>框中己</w:t></w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
    + table(["姓名", "电话"], ["庚某", "13900000001"], ["", "13900000002"], ["", ""])
    + table(["姓名", "辛某"], ["电话", "13700000001"])
    + '<w:p><w:bookmarkStart w:id="0" w:name="壬的书签"/><w:bookmarkStart w:id="1" w:name="_Toc123"/>'
    '<w:fldSimple w:instr=" PAGE "/><w:r><w:instrText> MERGEFIELD 癸 </w:instrText></w:r><!-- 注子 --></w:p>',
    {
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{paragraph("页眉丑")}</w:hdr>',
        "word/footnotes.xml": f'<w:ftn xmlns:w="{W}"><w:footnote>{paragraph("脚注寅")}</w:footnote></w:ftn>',
        "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:author="卯某" w:initials="MM" w:id="0">'
        f"{paragraph('批注辰')}</w:comment></w:comments>",
        "word/people.xml": f'<w:people xmlns:w="{W}"><w:person w:author="卯某"><w:presenceInfo w:providerId="AD" '
        'w:userId="mao@example.com"/></w:person></w:people>',
        "word/settings.xml": f'<w:settings xmlns:w="{W}"><w:docVars><w:docVar w:name="v" w:val="巳某"/></w:docVars>'
        '<w:rsid w:val="00A12345"/></w:settings>',
        "word/_rels/document.xml.rels": relations("mailto:wu@example.com", "https://example.com/%E5%8D%88"),
        "customXml/item1.xml": '<x who="未某"><y>申某</y></x>',
        "docProps/core.xml": core(creator="酉某", lastModifiedBy="戌某", created="2026-11-01T00:00:00Z", revision="3"),
        "docProps/app.xml": "<p><Company>亥公司</Company><Pages>3</Pages><T><l>附加</l></T></p>",
        "docProps/custom.xml": '<p><property name="经办" pid="2"><v>经办人某</v></property></p>',
    },
)
PERSONS = [
    "欧阳甲",
    "隐藏乙",
    "丙某",
    "删去丁",
    "移走戊",
    "框中己",
    "庚某",
    "辛某",
    "壬的",
    "癸",
    "注子",
    "页眉丑",
    "脚注寅",
    "卯某",
    "MM",
    "mao@",
    "批注辰",
    "巳某",
    "wu@",
    "午",
    "未某",
    "申某",
    "酉某",
    "戌某",
    "亥公司",
    "附加",
    "经办人某",
]
"""What stands in the letter: each must be seen."""


@pytest.fixture
def opened(tmp_path):
    def make(data, name="a.docx", **options):
        (tmp_path / name).write_bytes(data)
        return open_source(tmp_path / name, name=name, options=ReadOptions(**options))

    return make


def rows(source):
    return {
        one.name: [tuple(row.values()) for batch in one.batches() for row in batch.to_pylist()]
        for one in source.entities
    }


def write(path, source, treat=lambda text: text, *, drop=(), keep=lambda _row: True):
    schemas = {
        one.name: pa.schema([field for field in one.schema if (one.name, field.name) not in drop])
        for one in source.entities
    }
    schemas = {name: schema for name, schema in schemas.items() if len(schema)}
    with open_sink(path, source, schemas=schemas) as sink:
        for one in (one for one in source.entities if one.name in schemas):
            for batch in one.batches(schemas[one.name].names):
                columns = [
                    pa.array([treat(text) if text else text for text in column.to_pylist()], pa.string())
                    if field.name != "part"
                    else column
                    for field, column in zip(batch.schema, batch.columns, strict=True)
                ]
                stays = pa.array([keep(tuple(row.values())) for row in batch.to_pylist()])
                sink.write(one.name, pa.RecordBatch.from_arrays(columns, schema=schemas[one.name]), stays)
    return path.read_bytes() if path.exists() else None


def test_everything_that_is_said_is_read(opened):
    found = rows(opened(LETTER, batch_rows=2))
    assert found["body"] == [
        ("body", "患者欧阳甲，手机\t13800000000。"),
        ("body", "可见尾"),
        ("hidden", "隐藏乙"),
        ("deleted", "删去丁移走戊"),
        ("text box", "框中己"),
        ("body", "姓名\t辛某"),
        ("body", "电话\t13700000001"),
        ("footnote", "脚注寅"),
        ("comment", "批注辰"),
        ("header", "页眉丑"),
    ]
    assert found["table 姓名"] == [("庚某", "13900000001"), (None, "13900000002")]
    assert found["properties"] == [("亥公司", "酉某", "戌某", "经办人某")]
    assert found["authors"] == [
        ("author", "丙某"), ("author", "卯某"), ("initials", "MM"), ("userId", "mao@example.com"),
    ]  # fmt: skip
    said = [text for _, text in found["elsewhere"]]
    assert {"壬的书签", "MERGEFIELD 癸", "巳某", "mailto:wu@example.com", "https://example.com/午"} <= set(said)
    assert not {"_Toc123", " PAGE ", "00A12345"} & set(said)
    everything = str(found)
    assert [one for one in PERSONS if one not in everything] == []


def test_untreated_it_is_the_same_bytes(opened, tmp_path):
    assert write(tmp_path / "out.docx", opened(LETTER)) == LETTER


def test_a_changed_paragraph_changes_its_part_alone_and_its_runs_keep_their_look(opened, tmp_path):
    done = parts_of(write(tmp_path / "o", opened(LETTER), lambda text: text.replace("欧阳甲", "［姓名］")))
    before = parts_of(LETTER)
    assert [name for name in before if done[name] != before[name]] == ["word/document.xml"]
    assert list(done) == list(before)
    text = done["word/document.xml"].decode()
    assert '<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">［姓名］</w:t>' in text
    assert text.replace("［姓名］", "欧阳", 1).replace("，手机", "甲，手机", 1) == before["word/document.xml"].decode()


def test_nothing_of_what_was_taken_out_is_left_in_any_part(opened, tmp_path):
    source = opened(LETTER)
    done = parts_of(write(tmp_path / "o.docx", source, lambda _text: "X"))
    whole = b"\n".join(done.values()).decode()
    assert [one for one in [*PERSONS, "13800000000", "13900000001", "13700000001", "%E5%8D%88"] if one in whole] == []
    data = write(
        tmp_path / "p.docx", source, drop={(one.name, name) for one in source.entities for name in one.schema.names}
    )
    whole = b"\n".join(parts_of(data).values()).decode()
    assert [one for one in PERSONS if one in whole] == []
    gone = {(one.name, name) for one in source.entities for name in one.schema.names if one.name != "body"}
    whole = b"\n".join(parts_of(write(tmp_path / "q.docx", source, drop=gone)).values()).decode()
    body = str(rows(source)["body"])
    assert {one for one in PERSONS if one in whole} == {one for one in PERSONS if one in body} - {"欧阳甲"}


def test_rows_held_back_stay_and_are_emptied(opened, tmp_path):
    source = opened(LETTER)
    data = write(tmp_path / "o.docx", source, keep=lambda row: "13900000001" not in row and "删去丁移走戊" not in row)
    found = rows(opened(data, "again.docx"))
    assert found["table 姓名"] == [(None, "13900000002")]
    assert "删去丁" not in str(found)
    assert write(tmp_path / "none.docx", source, keep=lambda _row: False) is None


def test_a_dropped_column_keeps_its_header(opened, tmp_path):
    data = write(tmp_path / "o.docx", opened(LETTER), drop={("table 姓名", "姓名")})
    assert rows(opened(data, "again.docx"))["table 姓名"] == [(None, "13900000001"), (None, "13900000002")]


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        (["ab", "cd"], "abXd", ["ab", "Xd"]),
        (["ab", "cd", "ef"], "aXf", ["aX", "", "f"]),
        (["ab", "cd"], "", ["", ""]),
        (["ab", "cd"], "abcdX", ["ab", "cdX"]),
        (["ab", "cd"], "Xabcd", ["Xab", "cd"]),
        (["ab", "\t", "cd"], "aX\tcd", ["aX", "cd"]),
        (["ab", "\t", "cd", "\t", "ef"], "ab\tX\tef", ["ab", "X", "ef"]),
        (["ab", "\t", "cd"], "X", ["X", ""]),
        (["ab", "\t", "cd"], "a\tb\tc", ["a b c", ""]),
        (["\t", "ab"], "X", ["X"]),
    ],
)
def test_a_new_text_is_spread_over_the_runs_that_differ(opened, tmp_path, before, after, runs):
    made = [run(one) if one != "\t" else "<w:r><w:tab/></w:r>" for one in before]
    data = write(
        tmp_path / "o.docx",
        opened(docx(paragraph(*made) + paragraph("z"))),
        lambda text: text if text == "z" else after,
    )
    body = parts_of(data)["word/document.xml"].decode()
    assert [piece.partition("</w:t>")[0] for piece in body.split('<w:t xml:space="preserve">')[1:-1]] == runs


HEADED = [["姓名", "年龄"], ["甲", "31"], ["乙", "32"]]


@pytest.mark.parametrize(
    ("made", "columns"),
    [
        (table(*HEADED), ["姓名", "年龄"]),
        (table(["Full name", "Mobile"], ["A", "1"]), ["Full name", "Mobile"]),
        (table(["项", "值"], ["x", "1"], ["y", "2"], marked=True), ["项", "值"]),
        (table(["姓名", "甲"], ["电话", "乙"], ["住址", "丙"]), None),
        (table(["甲", "31"], ["乙", "32"]), None),
        (table(["姓名", "13800000000"], ["x", "13900000000"]), None),
        (table(["他来了。", "他走了。"], ["1", "2"], ["3", "4"]), None),
        (table(["姓名"], ["甲"]), None),
        (table(["尉迟某某", "性别", "年龄", "电话"], ["x", "男", "3", "1"]), None),
        (table(["王某某", "年龄"], ["x", "1"], marked=True), None),
        (table(["姓名：王某某", "性别：男"], ["主诉", "头痛"], ["备注", "无"]), None),
        (table(["高血压", "任务", "年龄", "电话"], ["是", "a", "3", "1"]), ["高血压", "任务", "年龄", "电话"]),
        (table(["姓名", "年龄"]), None),
        (table(["姓名", "姓名"], ["甲", "乙"]), None),
    ],
)
def test_a_header_is_told_and_a_form_is_none(opened, made, columns):
    source = opened(docx(made + paragraph("z")))
    tables = [one.schema.names for one in source.entities if one.name.startswith("table")]
    assert tables == ([columns] if columns else [])


def test_a_custom_property_named_by_a_person_is_named_nowhere_and_its_name_can_be_taken_out(opened, tmp_path):
    custom = "<p><property name='公孙某某'><v>甲</v></property><property name='No'><v>乙</v></property></p>"
    source = opened(docx(paragraph("z"), {"docProps/custom.xml": custom}))
    by_name = {one.name: one for one in source.entities}
    assert by_name["properties"].schema.names == ["custom/property", "custom/No"]
    assert ("properties", "公孙某某") in rows(source)["elsewhere"]
    done = parts_of(write(tmp_path / "o.docx", source, lambda text: text.replace("公孙某某", "【姓名】")))
    assert "公孙" not in done["docProps/custom.xml"].decode()


@pytest.mark.parametrize("link", ["mailto:ab@example.com", "https://example.com/a?to=ab%40example.com&amp;x=1%2541"])
def test_a_link_is_read_in_characters_and_a_phrase_fits_in_the_place_of_an_address(opened, tmp_path, link):
    source = opened(docx(paragraph("z"), {"word/_rels/document.xml.rels": relations(link)}))
    assert "ab@example.com" in rows(source)["elsewhere"][0][1]
    done = parts_of(
        write(tmp_path / "o.docx", source, lambda text: text.replace("ab@example.com", "[removed: e-mail]"))
    )
    assert b"[removed:%20e-mail]" in done["word/_rels/document.xml.rels"]


def test_a_document_of_which_every_text_was_taken_out_is_opened_again(opened, tmp_path):
    source = opened(docx(paragraph("z")))
    assert b"<w:t" in b"".join(parts_of(write(tmp_path / "o.docx", source, lambda _text: "")).values())
    again = open_source(tmp_path / "o.docx", name="o.docx", options=ReadOptions(columns=frozenset({"text"})))
    assert rows(again) == {}
    with pytest.raises(KouanError, match="K-FMT-083"):
        open_source(tmp_path / "o.docx", name="o.docx")


def test_tables_of_equal_columns_are_one_and_others_have_names_of_their_own(opened, tmp_path):
    other = [["姓名", "电话"], ["丙", "1"]]
    source = opened(docx(table(*HEADED) + table(*other) + table(*HEADED)))
    found = rows(source)
    assert [(name, len(some)) for name, some in found.items()] == [("table 姓名", 4), ("table 姓名 (2)", 1)]
    assert write(tmp_path / "o.docx", source, lambda text: text + "X") is not None


def test_merged_cells_keep_their_columns(opened):
    wide = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>'
    made = table(["姓名", "年龄", "备注"], ["乙", "3", "y"]).replace("</w:tbl>", f"{wide}</w:tbl>")
    assert rows(opened(docx(made)))["table 姓名"] == [("乙", "3", "y"), ("甲", None, "x")]


def test_slides_notes_and_comments(opened, tmp_path):
    def shape(text):
        return f"<p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r><a:br/><a:r><a:t>次行</a:t></a:r></a:p></p:txBody></p:sp>"

    data = pptx(
        *(shape(f"第{number}页") for number in range(1, 12)),
        parts={
            "ppt/notesSlides/notesSlide2.xml": f'<p:n xmlns:p="{P}" xmlns:a="{A}">{shape("备注")}</p:n>',
            "ppt/comments/comment1.xml": f'<p:c xmlns:p="{P}"><p:cm authorId="0"><p:text>评语</p:text></p:cm></p:c>',
            "ppt/commentAuthors.xml": f'<p:l xmlns:p="{P}"><p:cmAuthor id="0" name="甲某" initials="JM"/></p:l>',
        },
    )
    source = opened(data, "a.pptx")
    found = rows(source)
    assert source.format == "pptx"
    assert found["body"][1] == ("slide 2", "第2页\n次行")
    assert found["body"][10:] == [("slide 11", "第11页\n次行"), ("notes 2", "备注\n次行"), ("comment", "评语")]
    assert found["authors"] == [("author", "甲某"), ("initials", "JM")]
    done = parts_of(write(tmp_path / "o.pptx", source, lambda text: text.replace("次行", "X").replace("评语", "Y")))
    assert b"<a:t>X</a:t>" in done["ppt/slides/slide11.xml"]
    assert b"<p:text>Y</p:text>" in done["ppt/comments/comment1.xml"]


@pytest.mark.parametrize(
    ("part", "word"),
    [
        ("word/media/image1.png", "images"),
        ("word/embeddings/book1.xlsx", "embedded"),
        ("word/vbaProject.bin", "macros"),
        ("word/afchunk1.html", "embedded"),
        ("word/what.bin", "other parts"),
    ],
)
def test_what_is_not_read_makes_it_incomplete_and_is_named(opened, tmp_path, part, word):
    source = opened(docx(paragraph("甲"), {part: b"\x00\x01"}))
    assert not source.complete
    assert word in source.notes[0].en
    assert parts_of(write(tmp_path / "o.docx", source, lambda _text: "X"))[part] == b"\x00\x01"


def test_the_picture_of_the_first_page_goes(opened, tmp_path):
    root = '<Relationships><Relationship Id="a" Target="word/document.xml"/><Relationship Id="b" Target="docProps/thumbnail.jpeg"/></Relationships>'
    source = opened(docx(paragraph("甲"), {"_rels/.rels": root, "docProps/thumbnail.jpeg": b"\xff\xd8"}))
    assert source.complete
    done = parts_of(write(tmp_path / "o.docx", source))
    assert "docProps/thumbnail.jpeg" not in done
    assert done["_rels/.rels"] == b'<Relationships><Relationship Id="a" Target="word/document.xml"/></Relationships>'


def test_a_signed_document_leaves_unchanged_or_not_at_all(opened, tmp_path):
    data = docx(paragraph("甲"), {"_xmlsignatures/sig1.xml": "<s/>"})
    source = opened(data)
    assert write(tmp_path / "o.docx", source) == data
    with pytest.raises(KouanError) as caught:
        write(tmp_path / "p.docx", source, lambda _text: "X")
    assert caught.value.code == "K-FMT-085"
    assert not (tmp_path / "p.docx").exists()


def test_bytes_that_are_no_part_do_not_leave(opened, tmp_path):
    data = write(tmp_path / "o.docx", opened(LETTER + b"SECRET"))
    assert b"SECRET" not in data
    assert parts_of(data) == parts_of(LETTER)
    with zipfile.ZipFile(tmp_path / "o.docx") as archive:
        assert archive.testzip() is None


def test_a_part_in_utf16_stays_so(opened, tmp_path):
    part = '\ufeff<?xml version="1.0" encoding="utf-16"?><x>甲</x>'.encode("utf-16-le")
    data = write(tmp_path / "o.docx", opened(docx("", {"customXml/item1.xml": part})), lambda _text: "乙")
    assert parts_of(data)["customXml/item1.xml"].decode("utf-16") == '<?xml version="1.0" encoding="utf-16"?><x>乙</x>'


BOMB = docx("", {"word/header1.xml": b"<x>" + b"x" * (4 << 20) + b"</x>"})
DTD = '<!DOCTYPE x [<!ENTITY a "欧阳机密甲">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (BOMB, "K-FMT-022"),
        (docx("", {"word/header1.xml": DTD}), "K-FMT-081"),
        (docx("", {"word/header1.xml": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x>甲</x>'}), "K-FMT-081"),
        (docx("<w:p>" * 300 + "</w:p>" * 300), "K-FMT-081"),
        (docx("<w:p><w:r>"), "K-FMT-081"),
        (docx("", {"word/header1.xml": "<x>甲</x>".encode("gb18030")}), "K-FMT-081"),
        (docx(""), "K-FMT-083"),
        (docx(paragraph("".join(map(str, range(200_000))))), "K-FMT-082"),
    ],
)
def test_hostile_and_broken_documents_are_refused(opened, data, code):
    with pytest.raises(KouanError) as caught:
        opened(data, limits=Limits(office_bytes=1 << 20) if code == "K-FMT-082" else Limits())
    assert caught.value.code == code
    assert "欧阳机密甲" not in str(caught.value)


def test_documents_of_a_folder_are_one(opened, tmp_path):
    folder = tmp_path / "letters"
    folder.mkdir()
    for name in "ab":
        (folder / f"{name}.docx").write_bytes(docx(paragraph(f"信{name}") + table(*HEADED)))
    source = open_source(folder, name="letters", options=ReadOptions())
    found = rows(source)
    assert found["body"] == [("body", "信a"), ("body", "信b")]
    assert len(found["table 姓名"]) == 4
    with open_sink(tmp_path / "out", source, schemas={one.name: one.schema for one in source.entities}) as sink:
        for one in source.entities:
            for batch in one.batches():
                sink.write(one.name, batch)
    assert (tmp_path / "out" / "b.docx").read_bytes() == (folder / "b.docx").read_bytes()


def test_an_unknown_package_is_a_zip(tmp_path):
    (tmp_path / "a.zip").write_bytes(package({"[Content_Types].xml": "<Types/>", "a.csv": "a,b\n1,2\n"}))
    assert open_source(tmp_path / "a.zip", name="a.zip", options=ReadOptions()).format == "zip"
