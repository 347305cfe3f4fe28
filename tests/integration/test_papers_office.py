"""Files as other programs make them: a PDF with Chinese text by LibreOffice, scans in a Chinese typeface."""

import subprocess
from pathlib import Path

import pytest

from kouan.formats import ReadOptions, open_source
from kouan.model.errors import KouanError
from tests.papers import pdf
from tests.servers import installed, needed

pytestmark = pytest.mark.servers
FONTS = "usr/share/fonts"
ROWS = (
    "姓名,证件号码,说明\n欧阳测试,编号110105甲,请与司马试验女士联系\n王测试,编号220106乙,Dear Ms Li please contact us\n"
)
LOCK = (
    'pdf:calc_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
    '"DocumentOpenPassword":{"type":"string","value":"abc"}}'
)


def _converted(folder: Path, kind: str) -> Path:
    program = needed("localc", ["/usr/bin"], ["libreoffice-calc"])  # soffice alone may be without it
    (folder / "list.csv").write_text(ROWS, "utf-8")
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    asked = [program, home, "--headless", "--infilter=CSV:44,34,76", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*asked, str(folder / "list.csv")], check=True, timeout=180, capture_output=True)
    return folder / "list.pdf"


def _typeface() -> str | None:
    faces = sorted(Path("/", FONTS).rglob("Noto*CJK*")) + sorted(Path("/", FONTS).rglob("wqy*"))
    return str(faces[0]) if faces else None


def _texts(source):
    (entity,) = [one for one in source.entities if one.name in {"pages", "lines"}]
    return [row["text"] for batch in entity.batches() for row in batch.to_pylist()]


def test_chinese_text_of_another_program_is_read_and_rows_stay_apart(tmp_path):
    source = open_source(_converted(tmp_path, "pdf"), name="list.pdf", options=ReadOptions())
    texts = _texts(source)
    assert source.complete
    whole = " ".join(texts)
    cells = ["欧阳测试", "编号110105甲", "请与司马试验女士联系", "王测试", "Dear Ms Li please contact us"]
    assert [cell for cell in cells if cell not in whole] == []
    assert not any("欧阳测试" in text and "王测试" in text for text in texts)


def test_its_password_is_named(tmp_path):
    with pytest.raises(KouanError) as caught:
        open_source(_converted(tmp_path, LOCK), name="list.pdf", options=ReadOptions())
    assert caught.value.code == "K-FMT-007"


def test_chinese_words_of_a_scan_are_recognised(tmp_path):
    from PIL import Image, ImageDraw, ImageFont

    found = installed("a Chinese typeface", _typeface, ["fonts-wqy-microhei"])
    page = Image.new("RGB", (1240, 800), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(found, 40)
    for row, (label, value) in enumerate(
        [("姓名", "王测试"), ("住址", "北京市朝阳区测试路八号"), ("电话", "13800138000")]
    ):
        pen.text((100, 100 + 120 * row), f"{label}：", font=font, fill="black")
        pen.text((400, 100 + 120 * row), value, font=font, fill="black")
    page.save(tmp_path / "a.png")
    scan = pdf(tmp_path / "a.pdf", [[]], picture=(*page.size, page.tobytes()))
    wanted = ["姓名：王测试", "住址：北京市朝阳区测试路八号", "电话：13800138000"]
    for path in (tmp_path / "a.png", scan):
        source = open_source(path, name=path.name, options=ReadOptions())
        assert [text.replace(" ", "").replace(":", "：") for text in _texts(source)] == wanted
