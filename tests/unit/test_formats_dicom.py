"""DICOM files as sources; each is written by the tests."""

import struct

import pytest

from kouan.formats import ReadOptions, open_source
from kouan.formats.dicom.header import spoken
from kouan.model.errors import KouanError
from tests.papers import dicom, without

SEQUENCE = struct.pack("<HH2sHI", 0x0040, 0x0275, b"SQ", 0, 0xFFFFFFFF)
ITEM = struct.pack("<HHI", 0xFFFE, 0xE000, 0xFFFFFFFF)


def _open(path):
    return open_source(path, name=path.name, options=ReadOptions())


def _row(source):
    (entity,) = source.entities
    (row,) = [row for batch in entity.batches() for row in batch.to_pylist()]
    return row


def test_a_header_is_one_row_by_keywords(tmp_path):
    source = _open(dicom(tmp_path / "a.dcm", 3, BurnedInAnnotation="NO"))
    row = _row(source)
    assert source.entities[0].name == "header"
    assert row["PatientName"] == "Ceshi Yi3"
    assert row["PatientName.ideographic"] == "测试四"
    assert row["OtherPatientIDs"] == ["A3", "B3"]
    assert row["RequestAttributesSequence.RequestingPhysician"] == "Kaidan Yisheng"
    assert row["InstitutionName"] == "测试医院"
    assert "PixelData" not in row
    assert source.entities[0].schema.field("PatientBirthDate").metadata == {b"label": b"Patient's Birth Date"}
    assert source.complete


@pytest.mark.parametrize(
    ("more", "complete", "words"),
    [
        ({}, False, "BurnedInAnnotation"),
        ({"BurnedInAnnotation": "YES"}, False, "= YES"),
        ({"BurnedInAnnotation": "NO"}, True, "= NO"),
        ({"pixels": False}, True, ""),
        ({"pixels": False, "private": True}, True, "ACME 1.0"),
        ({"pixels": False, "EncapsulatedDocument": b"%PDF"}, True, "EncapsulatedDocument"),
    ],
)
def test_what_was_not_read_is_named(tmp_path, more, complete, words):
    source = _open(dicom(tmp_path / "a.dcm", **more))
    assert source.complete is complete
    assert words in " ".join(note.en for note in source.notes)
    assert "hidden" not in str(_row(source))


def test_a_maker_of_private_elements_who_is_named_as_persons_are_is_not_shown(tmp_path):
    data = dicom(tmp_path / "a.dcm", private=True).read_bytes()
    (tmp_path / "b.dcm").write_bytes(data.replace(b"ACME 1.0", "甲某某".encode("gb18030").ljust(8)))
    said = str(_open(tmp_path / "b.dcm").notes)
    assert "私有" in said
    assert "甲" not in said
    assert "ACME" not in said


def test_a_folder_of_files_is_one_table(tmp_path):
    for number in range(5):
        dicom(tmp_path / f"{number}.dcm", number, private=number == 2)
    source = _open(tmp_path)
    (entity,) = source.entities
    assert (entity.name, entity.rows) == ("header", 5)
    assert not source.complete


def test_names_are_as_people_write_them():
    assert spoken("Ceshi^Yi^^Dr") == "Ceshi Yi Dr"
    assert spoken("测^试一") == "测试一"


def test_without_the_extra_the_error_says_what_to_install(tmp_path):
    path = dicom(tmp_path / "a.dcm")
    with without("pydicom"), pytest.raises(KouanError) as caught:
        _open(path)
    assert caught.value.code == "K-FMT-102"
    assert "kouan[dicom]" in caught.value.fix.en


@pytest.mark.parametrize(
    ("make", "codes"),
    [
        (lambda data: data[:601], {"K-FMT-141"}),
        (lambda data: data[:200], {"K-FMT-141"}),
        (lambda data: data[:132], {"K-FMT-141"}),
        (lambda data: data[: data.index(b"PN")] + SEQUENCE + ITEM * 50_000, {"K-FMT-140", "K-FMT-141"}),
        (lambda data: data[: data.index(b"PN") - 4] + (SEQUENCE + ITEM) * 50_000, {"K-FMT-140", "K-FMT-141"}),
        (
            lambda data: data[: data.index(b"PN") - 4] + struct.pack("<HH2sHI", 0x0042, 0x0011, b"OB", 0, 1 << 31),
            {"K-FMT-142"},
        ),
    ],
)
def test_hostile_files_are_refused(tmp_path, make, codes):
    path = dicom(tmp_path / "a.dcm")
    path.write_bytes(make(path.read_bytes()))
    with pytest.raises(KouanError) as caught:
        _open(path)
    assert caught.value.code in codes
