"""What is said of DICOM headers, column by column, and whose pictures they are."""

import datetime as dt

from kouan.formats import ReadOptions, open_source
from kouan.model.declaration import SourceSpec
from kouan.model.items import split_item_id
from kouan.packs import load_sectors
from kouan.recognize import SourceInput, inspect
from tests.papers import dicom

WANTED = {
    "PatientName": ("name", "patient"),
    "PatientName.ideographic": ("name", "patient"),
    "PatientID": ("patient_id", "patient"),
    "PatientBirthDate": ("birth_date", "patient"),
    "PatientSex": ("sex", "patient"),
    "PatientAge": ("age", "patient"),
    "OtherPatientIDs": ("patient_id", "patient"),
    "StudyDate": ("health_date", "patient"),
    "InstitutionName": ("care_site", "patient"),
    "ReferringPhysicianName": ("name", "practitioner"),
    "RequestAttributesSequence.RequestingPhysician": ("name", "practitioner"),
    "SOPInstanceUID": ("record_id", "patient"),
    "Rows": ("code", "patient"),
}


def test_every_column_of_a_folder_is_judged(tmp_path):
    for number in range(12):
        dicom(tmp_path / f"{number}.dcm", number, PatientID=f"MRN{number % 4}")
    source = open_source(tmp_path, name="scans", options=ReadOptions())
    inventory = inspect(
        [SourceInput(SourceSpec(path="scans"), source, load_sectors())],
        as_of=dt.date(2026, 11, 22),
        person_key=b"k" * 32,
        threads=1,
    )
    found = {split_item_id(item.id)[2]: (item.meaning, item.subject) for item in inventory.items}
    assert {path: found[path] for path in WANTED} == WANTED
    (patients,) = [one for one in inventory.persons if one.subject == "patient"]
    assert (patients.persons.lo, patients.persons.hi) == (4, 4)
    assert not inventory.sources[0].complete
