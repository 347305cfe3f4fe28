"""Pictures as sources; each is drawn by the tests."""

import pytest
from PIL import Image

from kouan.formats import ReadOptions, open_source
from kouan.formats.detect import detect
from kouan.formats.picture.words import Words, rows
from kouan.model.errors import KouanError
from tests.papers import page_of_words, pdf, png_claim, without

LINES = ["Name: CESHI YI", "Phone: 13800138000"]


def _open(path):
    return open_source(path, name=path.name, options=ReadOptions())


def _rows(source, table):
    (entity,) = [one for one in source.entities if one.name == table]
    return [row for batch in entity.batches() for row in batch.to_pylist()]


def _squeezed(text):
    return text.replace(" ", "").casefold()


@pytest.fixture(scope="module")
def drawn():
    return page_of_words(LINES, (700, 220))


def test_words_place_and_maker(tmp_path, drawn):
    exif = Image.Exif()
    exif[0x013B] = "Ceshi Yi"
    exif.get_ifd(0x8825).update({1: "S", 2: (39.0, 54.0, 18.0), 3: "E", 4: (116.0, 24.0, 0.0)})
    exif.get_ifd(0x8769)[0xA431] = "SN12345"
    drawn.save(tmp_path / "a.jpg", exif=exif, quality=95)
    source = _open(tmp_path / "a.jpg")
    found = _rows(source, "lines")
    assert [_squeezed(row["text"]) for row in found] == [_squeezed(line) for line in LINES]
    assert all(50 < row["confidence"] <= 100 for row in found)
    (properties,) = _rows(source, "properties")
    assert properties == {
        "author name": "Ceshi Yi",
        "BodySerialNumber": "SN12345",
        "latitude": "-39.905000",
        "longitude": "116.400000",
    }
    assert source.complete


def test_a_picture_without_words_is_not_known(tmp_path):
    Image.new("RGB", (64, 64), "white").save(tmp_path / "a.png")
    source = _open(tmp_path / "a.png")
    assert _rows(source, "lines") == []
    assert not source.complete


def test_scanned_pages_are_recognised(tmp_path):
    picture = page_of_words(LINES)
    source = _open(pdf(tmp_path / "a.pdf", [[]], picture=(*picture.size, picture.tobytes())))
    assert [_squeezed(row["text"]) for row in _rows(source, "pages")] == [_squeezed(line) for line in LINES]
    assert source.complete
    assert source.detail == "PDF, OCR"


def test_what_stands_side_by_side_is_one_row():
    found = [Words("Yi", 90, 300, 52, 20), Words("Name:", 99, 100, 50, 20), Words("below", 80, 100, 90, 20)]
    assert [(one.text, one.confidence) for one in rows(found)] == [("Name:  Yi", 90), ("below", 80)]


@pytest.mark.parametrize("suffix", ["png", "jpg", "tif", "bmp", "webp", "gif"])
def test_kinds_are_told_by_content(tmp_path, suffix):
    Image.new("RGB", (8, 8)).save(tmp_path / f"a.{suffix}")
    assert detect(tmp_path / f"a.{suffix}") == "picture"


def test_a_table_whose_first_column_begins_with_bm_is_none(tmp_path):
    (tmp_path / "a.csv").write_text("BMI,age\n22,41\n")
    assert detect(tmp_path / "a.csv") == "csv"


def test_without_the_extra_a_folder_names_its_pictures(tmp_path):
    (tmp_path / "a.csv").write_text("id,phone\n1,13800138000\n")
    Image.new("RGB", (8, 8)).save(tmp_path / "b.png")
    with without("rapidocr_onnxruntime"):
        source = _open(tmp_path)
        with pytest.raises(KouanError) as caught:
            _open(tmp_path / "b.png")
    assert caught.value.code == "K-FMT-102"
    assert not source.complete
    assert any("b.png" in note.en and "kouan[ocr]" in note.en for note in source.notes)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (png_claim(50_000, 50_000), "K-FMT-142"),
        (png_claim(3_000, 3_000), "K-FMT-141"),
        (png_claim(8, 8)[:40], "K-FMT-141"),
    ],
)
def test_hostile_pictures_are_refused(tmp_path, data, code):
    (tmp_path / "a.png").write_bytes(data)
    with pytest.raises(KouanError) as caught:
        _open(tmp_path / "a.png")
    assert caught.value.code == code


def test_an_engine_that_does_not_run_here_is_no_fault_of_the_file(tmp_path, monkeypatch):
    """Its library is installed and cannot be loaded, as on a system without libGL."""
    from kouan.formats.apart import found

    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "rapidocr_onnxruntime.py").write_text("raise ImportError('libGL.so.1')\n")
    monkeypatch.syspath_prepend(str(broken))
    found.apart("picture").stop()
    found.apart("pdf-ocr").stop()
    try:
        Image.new("RGB", (9, 9), "red").save(tmp_path / "a.png")
        with pytest.raises(KouanError) as caught:
            _open(tmp_path / "a.png")
        scan = _open(pdf(tmp_path / "a.pdf", [["Words"], []], picture=(60, 80, bytes([7]) * 60 * 80 * 3)))
    finally:
        found.apart("picture").stop()
        found.apart("pdf-ocr").stop()
    assert caught.value.code == "K-FMT-143"
    assert [row["text"] for row in _rows(scan, "pages")] == ["Words"]
    assert not scan.complete
    assert any("kouan[ocr]" in note.en for note in scan.notes)
