"""A sector's standard says what its items are; a person's word and plain identifiers go before it."""

import datetime as dt

import pyarrow as pa
import pytest

from kouan.formats.source import SHAPE
from kouan.model.declaration import ItemHint
from kouan.model.inventory import IdentityRole, Tier
from kouan.packs import load_sectors
from tests.recognizing import given, look, mobile_of, ric_of

SECTORS = load_sectors()
SITES = ["701", "702"] * 20
SUBJECTS = [f"S-{number // 2:03d}" for number in range(40)]


def table(shape, **columns):
    return pa.table(columns).replace_schema_metadata({SHAPE: shape} if shape else None)


def trial(**columns):
    return {"dm": pa.table({"STUDYID": ["X1"] * 40, "USUBJID": SUBJECTS, **columns})}


def items(tables, **more):
    inventory = look(given(tables, sectors=SECTORS, **more))
    return {item.name: item for item in inventory.items}, {one.subject: one for one in inventory.persons}, inventory


def test_a_clinical_table_is_told_by_its_columns_and_its_subjects_are_counted():
    found, persons, _ = items(trial(SITEID=SITES, AETERM=["headache"] * 40, AESTDTC=["2024-05"] * 40))
    assert {name: item.element for name, item in found.items()} == {
        "STUDYID": "STUDYID",
        "USUBJID": "USUBJID",
        "SITEID": "SITEID",
        "AETERM": "--TERM",
        "AESTDTC": "--DTC",
    }
    assert {item.tier for item in found.values()} == {Tier.CONFIRMED}
    assert found["USUBJID"].role is IdentityRole.DIRECT
    assert found["SITEID"].role is IdentityRole.QUASI
    assert found["AETERM"].sensitive.value is True
    assert "SDTM" in found["AETERM"].reason.zh
    assert (persons["participant"].persons.lo, persons["participant"].persons.hi) == (20, 20)


def test_without_the_standard_s_columns_nothing_is_taken_from_it():
    found, _, _ = items({"dm": pa.table({"STUDYID": ["X1"] * 40, "AETERM": ["headache"] * 40})})
    assert [item.element for item in found.values()] == ["", ""]


def test_a_person_s_word_goes_before_the_standard():
    found, _, _ = items(trial(SITEID=SITES), items={"SITEID": ItemHint(meaning="store")})
    assert (found["SITEID"].meaning, found["SITEID"].element) == ("store", "")


def test_a_person_s_word_on_the_subject_alone_leaves_the_standard_s_meaning():
    found, persons, _ = items(trial(INVID=["I1", "I2"] * 20), items={"INVID": ItemHint(subject="monitor")})
    assert (found["INVID"].element, found["INVID"].subject) == ("INVID", "monitor")
    assert persons["monitor"].persons.hi == 2


@pytest.mark.parametrize(
    ("values", "meaning"),
    [
        ([mobile_of(number) for number in range(40)], "cn.mobile"),
        ([ric_of(number) for number in range(40)], "cn.ric"),
        ([f"called {ric_of(number)} about it" for number in range(40)], "free_text"),
    ],
)
def test_values_that_are_plainly_identifiers_overrule_the_standard_with_a_note(values, meaning):
    found, _, _ = items(trial(AESEV=values))
    assert (found["AESEV"].meaning, found["AESEV"].element) == (meaning, "")
    assert any("SDTM" in note.zh and "SDTM" in note.en for note in found["AESEV"].notes)
    assert not any(str(value) in note.zh + note.en for note in found["AESEV"].notes for value in values)


def test_an_identifier_that_the_standard_expects_is_no_surprise():
    found, _, _ = items(trial(SUBJID=[mobile_of(number) for number in range(40)]))
    assert (found["SUBJID"].meaning, found["SUBJID"].notes) == ("patient_id", ())


@pytest.mark.parametrize(("unit", "young"), [("YEARS", 20), ("MONTHS", 0)])
def test_an_age_in_months_makes_nobody_a_child_and_nobody_an_adult(unit, young):
    _, persons, _ = items(trial(AGE=[9] * 40, AGEU=[unit] * 40))
    under14 = persons["participant"].under14
    assert (under14.lo, under14.hi) == (young, 20)


def test_a_document_is_told_by_the_shape_that_cut_it_and_roles_follow_the_record():
    found, persons, _ = items(
        {
            "case": table(
                "ich-e2b-r3", **{"x/investigationEvent/id(2.16.840.1.113883.3.989.2.1.3.1)/@extension": ["C1"]}
            ),
            "reporter": table(
                "ich-e2b-r3", **{"assignedPerson/name/family": ["Doe"], "assignedPerson/name/given": [["A", "B"]]}
            ),
        }
    )
    assert found["assignedPerson/name/family"].subject == "reporter"
    assert {role: one.persons.hi for role, one in persons.items()} == {"patient": 1, "reporter": 1}


def test_the_declaration_s_own_word_for_the_main_role_is_taken_over():
    _, persons, _ = items(trial(), subjects=("volunteer",))
    assert set(persons) == {"volunteer"}


def test_roles_that_the_declaration_names_for_others_stay_theirs():
    reporter = table("ich-e2b-r3", **{"assignedPerson/name/family": ["Doe"]})
    case = table("ich-e2b-r3", **{"x/primaryRole/player1/name": ["AB"]})
    _, persons, _ = items({"case": case, "reporter": reporter}, subjects=("reporter",))
    assert set(persons) == {"patient", "reporter"}


def test_patients_and_references_to_them_are_the_same_persons():
    ids = ["4f9d3f7e-0000-4000-8000-00000000000a", "4f9d3f7e-0000-4000-8000-00000000000b"]
    _, persons, _ = items(
        {
            "Bundle": table("hl7-fhir-r4", **{"entry/fullUrl": [[f"urn:uuid:{one}" for one in ids]]}),
            "Patient": table("hl7-fhir-r4", id=ids),
            "Observation": table(
                "hl7-fhir-r4", id=["1", "2"], **{"subject/reference": [f"Patient/{one}" for one in ids]}
            ),
            "Condition": table("hl7-fhir-r4", id=["1", "2"], **{"subject/reference": [f"urn:uuid:{ids[0]}"] * 2}),
        }
    )
    assert {role: (one.persons.lo, one.persons.hi) for role, one in persons.items()} == {"patient": (2, 2)}


def test_numbers_that_may_mean_an_organisation_count_nobody():
    claim = table(
        "hl7-fhir-r4", id=["1"], **{"patient/reference": ["Patient/1"], "provider/reference": ["Organization/9"]}
    )
    found, persons, _ = items({"Claim": claim})
    assert found["provider/reference"].role is IdentityRole.DIRECT
    assert set(persons) == {"patient"}


def test_the_metadata_of_a_study_is_about_nobody():
    study = table("cdisc-odm", **{"Study/@OID": ["S"], "Study/GlobalVariables/StudyName": ["A trial"]})
    found, persons, _ = items({"ODM": study})
    assert {item.personal for item in found.values()} == {False}
    assert persons == {}


def test_a_reference_keeps_its_person_after_treatment():
    raw = given(
        {"Patient": table("hl7-fhir-r4", id=["1", "2"], birthDate=["2015-01-01", "1980-01-01"])}, sectors=SECTORS
    )
    before = look(raw)
    after = look(
        given(
            {"Patient": table("hl7-fhir-r4", id=["1", "2"], birthDate=["2015", "1980"])},
            sectors=SECTORS,
            original=before,
        ),
        as_of=dt.date(2026, 11, 22),
    )
    assert [one.persons.hi for one in after.persons] == [2]
    assert [item.element for item in after.items] == [item.element for item in before.items]


def test_where_a_standard_says_about_whom_bare_files_miss_nobody():
    _, persons, inventory = items(trial(SITEID=SITES), subjects=("person",))
    assert persons
    assert not any("declared subjects" in note.en for note in inventory.notes)
    _, _, other = items(trial(SITEID=SITES), subjects=("participant", "child"))
    assert any("child" in note.en for note in other.notes)
