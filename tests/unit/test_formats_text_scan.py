import pytest

from kouan.formats.delimited.scan import scan
from kouan.model.errors import KouanError

CHINESE = "姓名,部门\n" + "张三,研发中心\n李四,财务部\n" * 50


def scanned(tmp_path, data, stated=None):
    path = tmp_path / "f.csv"
    path.write_bytes(data)
    _, encoding, counts = scan(path, stated)
    return encoding, counts


@pytest.mark.parametrize(
    ("codec", "label"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8 BOM"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("utf-16", "utf-16-le BOM"),
    ],
)
def test_sniffed(tmp_path, codec, label):
    encoding, counts = scanned(tmp_path, CHINESE.encode(codec))
    assert (encoding.label, counts.lines) == (label, 101)


def test_utf16_big_endian(tmp_path):
    encoding, _ = scanned(tmp_path, b"\xfe\xff" + CHINESE.encode("utf-16-be"))
    assert encoding.codec == "utf-16-be"


@pytest.mark.parametrize("codec", ["big5", "utf-16-le", "cp1252", "utf-8"])
def test_stated(tmp_path, codec):
    text = "naïve,café\n" if codec == "cp1252" else "姓名,部門\n"
    encoding, counts = scanned(tmp_path, text.encode(codec), codec)
    assert (encoding.codec, counts.lines, counts.nul_line) == (codec, 1, None)


def code_and_line(tmp_path, data, stated=None):
    with pytest.raises(KouanError) as caught:
        scanned(tmp_path, data, stated)
    return caught.value.code, caught.value.what.en


@pytest.mark.parametrize("stated", [None, "utf-8"])
def test_damaged_utf8_is_not_read_as_garbage(tmp_path, stated):
    data = CHINESE.encode() + "王五,".encode() + b"\xe7\xa0" + "\n赵六,市场部\n".encode()
    code, what = code_and_line(tmp_path, data, stated)
    assert code == "K-FMT-009"
    assert "line 102" in what


def test_cut_off_inside_a_character(tmp_path):
    assert code_and_line(tmp_path, CHINESE.encode()[:-2])[0] == "K-FMT-009"


def test_gb18030_with_a_wrong_byte_deep_inside(tmp_path):
    text = CHINESE * 4000
    data = bytearray(text.encode("gb18030"))
    place = data.rindex("\n李四".encode("gb18030"))
    data[place + 1] = 0xFF
    line = data[: place + 1].count(b"\n") + 1
    code, what = code_and_line(tmp_path, bytes(data))
    assert len(data) > 2 << 20
    assert code == "K-FMT-009"
    assert f"line {line} " in what


def test_a_western_encoding_is_not_taken_for_chinese(tmp_path):
    assert code_and_line(tmp_path, "naam,stad\nMüller,Köln\nJürgen,Münster\n".encode("cp1252"))[0] in {
        "K-FMT-009",
        "K-FMT-010",
    }


def test_nul_bytes_and_unknown_codecs(tmp_path):
    code, what = code_and_line(tmp_path, b"a,b\n1,2\n3,\x00\n")
    assert (code, "Line 3" in what) == ("K-FMT-012", True)
    assert code_and_line(tmp_path, "a,b\n".encode("utf-16-le"))[0] == "K-FMT-012"
    assert code_and_line(tmp_path, b"a,b\n", "klingon")[0] == "K-FMT-011"
    assert code_and_line(tmp_path, b"a,b\n", "base64")[0] == "K-FMT-011"


def test_counts_over_piece_borders(tmp_path):
    line = b"x" * 1022 + b"\r\n"
    _, counts = scanned(tmp_path, line * 3000)
    assert (counts.lines, counts.crlf, counts.cr, counts.blank) == (3000, 3000, 3000, False)
    _, counts = scanned(tmp_path, b"a\n" + b"x" * ((1 << 20) - 3) + b"\n" + b"\n" + b"y\n")
    assert counts.blank
