import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kouan.formats import FORMATS
from kouan.formats.detect import detect
from kouan.model.errors import KouanError
from tests import workbooks


def test_content_decides_and_not_the_suffix(tmp_path):
    pq.write_table(pa.table({"a": [1]}), tmp_path / "p.csv")
    workbooks.honest(tmp_path / "x.parquet", {"S": [["a"], [1]]})
    (tmp_path / "c.xlsx").write_text("a,b\n1,2\n")
    assert [detect(tmp_path / name) for name in ("p.csv", "x.parquet", "c.xlsx")] == ["parquet", "xlsx", "csv"]
    assert {"csv", "parquet", "xlsx", "xml", "json", "folder", "gzip", "tar", "zip"} <= set(FORMATS)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (OLE + "Workbook".encode("utf-16-le"), "K-FMT-006"),
        (OLE + bytes((1 << 20) - 520) + "EncryptedPackage".encode("utf-16-le"), "K-FMT-007"),
        (b"FEA1" + bytes(60), "K-FMT-005"),
        (b"\0\0\0\x18ftypheic" + bytes(60), "K-FMT-005"),
        (b"PK\x03\x04 cut off", "K-FMT-021"),
    ],
)
def test_what_is_none_of_them(tmp_path, data, code):
    (tmp_path / "f").write_bytes(data)
    with pytest.raises(KouanError) as caught:
        detect(tmp_path / "f")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("part", "kind"),
    [("xl/workbook.bin", "xlsb"), ("content.xml", "Open")],
)
def test_other_archives_are_named(tmp_path, part, kind):
    with zipfile.ZipFile(tmp_path / "f", "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(KouanError) as caught:
        detect(tmp_path / "f")
    assert caught.value.code == "K-FMT-005"
    assert kind in caught.value.what.zh


def test_a_zip_that_is_cut_off_is_called_what_it_is_named(tmp_path):
    (tmp_path / "f.zip").write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(KouanError) as caught:
        detect(tmp_path / "f.zip")
    assert caught.value.code == "K-FMT-049"
