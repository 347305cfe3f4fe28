"""PDF files as sources; each is written by the tests."""

import random

import pytest

from kouan.formats import ReadOptions, open_source
from kouan.formats.apart import found
from kouan.formats.pdf.blocks import Line, blocks
from kouan.model.errors import KouanError
from tests.papers import pdf, without


def _rows(source, table):
    (entity,) = [one for one in source.entities if one.name == table]
    return [row for batch in entity.batches() for row in batch.to_pylist()]


def _open(path, **options):
    return open_source(path, name=path.name, options=ReadOptions(**options))


def test_pages_and_properties_are_tables(tmp_path):
    path = pdf(
        tmp_path / "a.pdf",
        [["Phone 13800138000", "A short line"], ["Second page"]],
        info={"Author": "Ceshi Yi", "CreationDate": "D:20240501101112Z"},
    )
    source = _open(path)
    assert (source.format, source.complete) == ("pdf", True)
    assert _rows(source, "pages") == [
        {"page": 1, "text": "Phone 13800138000"},
        {"page": 1, "text": "A short line"},
        {"page": 2, "text": "Second page"},
    ]
    assert _rows(source, "properties") == [{"author name": "Ceshi Yi", "CreationDate": "2024-05-01 10:11:12"}]
    assert any("tables" in note.en for note in source.notes)


def test_a_line_that_runs_on_is_one_block_with_the_next(tmp_path):
    lines = ["The applicant accepts what the company offers and the person to ask is", "Ceshi Yi of the office.", "End"]
    source = _open(pdf(tmp_path / "a.pdf", [lines]))
    assert [row["text"] for row in _rows(source, "pages")] == [" ".join(lines[:2]), "End"]


def test_chinese_lines_are_joined_without_a_space_and_a_soft_hyphen_goes():
    def line(text, row, right):
        return Line(text, (60, 700 - 14 * row, right, 711 - 14 * row))

    assert list(blocks([line("请联系欧", 0, 500), line("阳先生。", 1, 200)])) == ["请联系欧阳先生。"]
    assert list(blocks([line("infor\x02", 0, 500), line("mation", 1, 200)])) == ["information"]
    assert list(blocks([line("one", 0, 200), line("two", 1, 500)])) == ["one", "two"]
    assert list(blocks([Line("one"), Line("two")])) == ["one", "two"]


def test_form_comments_links_and_attachments(tmp_path):
    widget = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (id number) /V (11010519491231002X) /Rect [60 600 200 620] >>"
    )
    comment = b"<< /Type /Annot /Subtype /Text /Contents (call Ceshi) /T (Reviewer) /Rect [60 500 80 520] >>"
    link = b"<< /Type /Annot /Subtype /Link /Rect [60 400 80 420] /A << /S /URI /URI (mailto:ceshi@example.com) >> >>"
    held = b"<< /Type /Filespec /F (secret.xlsx) /UF (secret.xlsx) /EF << /F 10004 0 R >> >>"
    stream = b"<< /Type /EmbeddedFile /Length 3 >>\nstream\nabc\nendstream"
    source = _open(
        pdf(
            tmp_path / "a.pdf",
            [["Form"]],
            annotations="/Annots [10000 0 R 10001 0 R 10002 0 R]",
            catalog="/AcroForm << /Fields [10000 0 R] >> /Names << /EmbeddedFiles << /Names [(secret.xlsx) 10003 0 R] >> >>",
            more=[widget, comment, link, held, stream],
        )
    )
    assert _rows(source, "form") == [{"id number": "11010519491231002X"}]
    assert [row["text"] for row in _rows(source, "comments")] == ["call Ceshi", "mailto:ceshi@example.com"]
    assert not source.complete
    assert any("*.xlsx" in note.zh for note in source.notes)
    assert "secret" not in str(source.notes)
    assert _rows(source, "comments")[0]["author name"] == "Reviewer"


def test_scripts_and_earlier_versions_are_named(tmp_path):
    script = b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
    path = pdf(
        tmp_path / "a.pdf", [["x"]], catalog="/Names << /JavaScript << /Names [(a) 10000 0 R] >> >>", more=[script]
    )
    whole = path.read_bytes()
    start = int(whole.split(b"startxref\n")[1].split(b"\n")[0])
    path.write_bytes(
        whole
        + f"xref\n0 0\ntrailer\n<< /Root 1 0 R /Size 10001 /Prev {start} >>\nstartxref\n{len(whole)}\n%%EOF\n".encode()
    )
    said = " ".join(note.en for note in _open(path).notes)
    assert "JavaScript" in said
    assert "2 steps" in said


def test_scans_without_what_reads_them_are_named_page_by_page(tmp_path):
    blank = (60, 80, bytes([255]) * 60 * 80 * 3)
    path = pdf(tmp_path / "a.pdf", [[], [], ["Words"], []], picture=blank)
    with without("rapidocr_onnxruntime"):
        source = _open(path)
    assert not source.complete
    assert [note.en for note in source.notes if "1-2, 4" in note.en and "kouan[ocr]" in note.en]


def test_without_the_extra_the_error_says_what_to_install(tmp_path):
    path = pdf(tmp_path / "a.pdf", [["x"]])
    with without("pypdfium2"), pytest.raises(KouanError) as caught:
        _open(path)
    assert caught.value.code == "K-FMT-102"
    assert "kouan[pdf]" in caught.value.fix.en


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:300]), "K-FMT-141"),
        (lambda path: path.write_bytes(b"%PDF-1.7\n"), "K-FMT-141"),
        (lambda path: path.write_bytes(path.read_bytes().replace(b"/Kids [10 0 R]", b"/Kids [2 0 R ]")), "K-FMT-141"),
    ],
)
def test_hostile_files_are_refused(tmp_path, make, code):
    path = pdf(tmp_path / "a.pdf", [["Words"]])
    make(path)
    with pytest.raises(KouanError) as caught:
        _open(path)
    assert caught.value.code == code


def test_a_claim_of_many_pages_is_not_believed(tmp_path):
    source = _open(pdf(tmp_path / "a.pdf", [["Words"]], claim=10**9))
    assert _rows(source, "pages") == [{"page": 1, "text": "Words"}]


def test_pages_that_double_level_by_level_end(tmp_path):
    levels = [
        f"<< /Type /Pages /Parent {9_999 + level} 0 R /Kids [{10_001 + level} 0 R {10_001 + level} 0 R] "
        f"/Count {2 ** (30 - level)} >>".encode()
        for level in range(30)
    ]
    leaf = b"<< /Type /Page /Parent 10029 0 R /MediaBox [0 0 9 9] >>"
    path = pdf(tmp_path / "a.pdf", [["x"]], more=[*levels, leaf])
    path.write_bytes(path.read_bytes().replace(b"/Pages 2 0 R", b"/Pages 10000 0 R"))
    with pytest.raises(KouanError) as caught:
        _open(path)
    assert caught.value.code in {"K-FMT-141", "K-FMT-142"}


@pytest.mark.parametrize(
    ("content", "complete"), [(b"q Q\n", True), (b"%" + random.Random(1).randbytes(1000).hex().encode(), False)]
)
def test_a_page_that_gives_nothing_must_have_nothing(tmp_path, content, complete):
    """Content that is there and is not read is told from a blank page by its weight."""
    stream = b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content)
    path = pdf(tmp_path / "a.pdf", [["x"], ["Words"]], more=[stream])
    path.write_bytes(path.read_bytes().replace(b"/Contents 11 0 R", b"/Contents 10000 0 R"))
    source = _open(path)
    assert source.complete is complete
    assert [row["page"] for row in _rows(source, "pages")] == [2]


def test_a_password_is_named(tmp_path):
    """The dictionary is one of standard encryption whose user key fits no empty password."""
    lock = b"<< /Filter /Standard /V 1 /R 2 /O (%b) /U (%b) /P -4 >>" % (b"o" * 32, b"u" * 32)
    path = pdf(tmp_path / "a.pdf", [["x"]], more=[lock])
    trailer = b"trailer\n<< /Encrypt 10000 0 R /ID [(0123456789abcdef) (0123456789abcdef)]"
    path.write_bytes(path.read_bytes().replace(b"trailer\n<<", trailer))
    with pytest.raises(KouanError) as caught:
        _open(path)
    assert caught.value.code == "K-FMT-007"


def test_a_file_is_read_once(tmp_path, monkeypatch):
    path = pdf(tmp_path / "a.pdf", [["Only once"]])
    _open(path)
    monkeypatch.setattr(found, "apart", None)
    assert _rows(_open(path), "pages") == [{"page": 1, "text": "Only once"}]
