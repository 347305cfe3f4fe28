"""DICOM headers written back with treated values; pydicom reads what was written."""

import pyarrow as pa
import pydicom
import pytest

from kouan.formats import ReadOptions, open_sink, open_source
from kouan.model.errors import KouanError
from tests.papers import dicom

UID = "2.25.100000000000000000001"


def _open(path):
    return open_source(path, name=path.name, options=ReadOptions())


def _written(source, target, change=dict, drop=(), keep=None):
    """Write a source with changed values and without some columns; return the sink's notes."""
    (entity,) = source.entities
    names = [name for name in entity.schema.names if name not in drop]
    rows = [change({name: row[name] for name in names}) for batch in entity.batches() for row in batch.to_pylist()]
    schema = pa.schema([entity.schema.field(name) for name in names])
    with open_sink(target, source, schemas={entity.name: schema}) as sink:
        sink.write(entity.name, pa.RecordBatch.from_pylist(rows, schema=schema), keep)
    return sink.notes


def test_what_nobody_examined_goes_even_where_nothing_is_treated(tmp_path):
    path = dicom(tmp_path / "a.dcm", private=True, EncapsulatedDocument=b"held inside.")
    _written(_open(path), tmp_path / "b.dcm")
    was, made = pydicom.dcmread(path), pydicom.dcmread(tmp_path / "b.dcm")
    del was.EncapsulatedDocument
    was.remove_private_tags()
    assert made == was


def test_treated_values_stand_in_the_header_and_pixels_stay(tmp_path):
    path = dicom(tmp_path / "a.dcm", private=True, PixelData=bytes(range(64)), BurnedInAnnotation="NO")
    path.write_bytes(b"hidden here".ljust(128, b".") + path.read_bytes()[128:])

    def change(row):
        row |= {"PatientID": "k3v9", "StudyDate": "2024-05-31", "SOPInstanceUID": "p7w2", "PatientSex": None}
        row["RequestAttributesSequence.RequestingPhysician"] = "X=Y^Z"
        row["OtherPatientIDs"] = ["one", "two"]
        return row

    said = _written(_open(path), tmp_path / "b.dcm", change, drop=("PatientName", "PatientName.ideographic"))
    made = pydicom.dcmread(tmp_path / "b.dcm")
    assert (made.PatientName, made.PatientID, made.StudyDate) == ("", "k3v9", "20240531")
    assert made.get("PatientSex") in {"", None}
    assert list(made.OtherPatientIDs) == ["one", "two"]
    assert str(made.RequestAttributesSequence[0].RequestingPhysician) == "X Y Z"
    assert made.SOPInstanceUID == made.file_meta.MediaStorageSOPInstanceUID != UID
    assert made.SOPInstanceUID.is_valid
    assert made.ReferringPhysicianName == "Ceshi^Yisheng"
    assert made.PixelData == bytes(range(64))
    whole = (tmp_path / "b.dcm").read_bytes()
    assert [word for word in (b"hidden", b"ACME", UID.encode(), "测^试".encode("gb18030")) if word in whole] == []
    assert [
        word for word in ("1 个私有", "SOPInstanceUID", "像素数据原样") if word not in " ".join(one.zh for one in said)
    ] == []


def test_packed_pixels_stay_and_what_follows_them_goes(tmp_path):
    from pydicom.encaps import encapsulate
    from pydicom.uid import JPEG2000Lossless

    path = dicom(tmp_path / "a.dcm")
    data = pydicom.dcmread(path)
    data.file_meta.TransferSyntaxUID = JPEG2000Lossless
    data.PixelData = encapsulate([b"picture one.", b"picture two."])
    data["PixelData"].is_undefined_length = True
    data.add_new(0xFFFCFFFC, "OB", b"hidden")
    data.save_as(path, enforce_file_format=True)
    _written(_open(path), tmp_path / "b.dcm", lambda row: row | {"PatientID": "k3v9"})
    made = (tmp_path / "b.dcm").read_bytes()
    assert b"hidden" in path.read_bytes()
    assert b"hidden" not in made
    assert pydicom.dcmread(tmp_path / "b.dcm").PixelData == data.PixelData


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"StudyDate": "2024"}, "StudyDate"),
        ({"PatientAge": "30-34"}, "PatientAge"),
        ({"OtherPatientIDs": ["one"]}, "values"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_left(tmp_path, change, word):
    path = dicom(tmp_path / "a.dcm")
    with pytest.raises(KouanError) as caught:
        _written(_open(path), tmp_path / "b.dcm", lambda row: row | change)
    assert caught.value.code == "K-FMT-144"
    assert word in caught.value.what.en
    assert [one.name for one in tmp_path.iterdir()] == ["a.dcm"]


def test_a_folder_leaves_file_by_file_and_one_held_back_stays_here(tmp_path):
    (tmp_path / "in").mkdir()
    for number in range(3):
        dicom(tmp_path / "in" / f"{number}.dcm", number)
    keep = pa.array([True, False, True])
    _written(_open(tmp_path / "in"), tmp_path / "out", lambda row: row | {"PatientID": "k"}, keep=keep)
    assert sorted(one.name for one in (tmp_path / "out").iterdir()) == ["0.dcm", "2.dcm"]
    assert pydicom.dcmread(tmp_path / "out" / "2.dcm").PatientID == "k"
