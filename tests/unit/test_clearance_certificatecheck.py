"""A paper of a certificate that is no Word document is another paper, whatever its bytes do to a parser."""

import io
import zipfile

import pytest

from kouan.clearance.certificatecheck import _members


def packed():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", "<a/>" * 900)
    return bytearray(held.getvalue())


def damaged(data):
    for at in range(47, 60):  # the compressed bytes
        data[at] ^= 0xFF
    return data


def encrypted(data):
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return data


def cut(data):
    return data[: len(data) // 2]


def unknown_method(data):
    data[8] = data[data.index(b"PK\x01\x02") + 10] = 97
    return data


@pytest.mark.parametrize("spoil", [damaged, encrypted, cut, unknown_method])
def test_what_is_no_document_has_no_members(tmp_path, spoil):
    path = tmp_path / "certificate.en.docx"
    path.write_bytes(packed())
    assert _members(path) == [("word/document.xml", b"<a/>" * 900)]
    path.write_bytes(spoil(packed()))
    assert _members(path) is None
    assert _members(tmp_path / "none.docx") is None
