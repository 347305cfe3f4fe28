"""The first plan follows a sector's standard, unless the purpose or a person says otherwise."""

import pytest

from kouan.deidentify import check_plan, make_plan, plan_yaml, read_plan
from kouan.model.inventory import IdentityRole
from kouan.packs import load_sectors
from tests.declarations import decision, declaration
from tests.inventories import inventory, item

SECTORS = load_sectors()
CASE = "controlActProcess/subject/investigationEvent"
NUMBER = f"{CASE}/id(2.16.840.1.113883.3.989.2.1.3.1)/@extension"
ONSET = (
    f"{CASE}/component/adverseEventAssessment/subject1/primaryRole/subjectOf2/observation(29)/effectiveTime/low/@value"
)
NAME = f"{CASE}/component/adverseEventAssessment/subject1/primaryRole/player1/name"


def known(table, path, element, meaning, role="other", **more):
    kind = more.pop("type", "string")
    said = next(
        sector.schema.id
        for sector in SECTORS
        if (found := sector.find(table, path)) is not None and found.element == element
    )
    return item(f"a.xml!{table}#{path}", meaning=meaning, role=role, **more).model_copy(
        update={"element": element, "sector": said, "type": kind}
    )


ITEMS = {
    "number": known("case", NUMBER, "C.1.1", "case_number"),
    "onset": known("case", ONSET, "E.i.4", "health_date", "quasi_identifier"),
    "name": known("case", NAME, "D.1", "name", "direct_identifier"),
    "text": known("case", f"{CASE}/text", "H.1", "narrative", "sensitive_attribute", sensitive=True),
}


def plan_of(*items, needed=None):
    found = inventory(*items)
    plan = make_plan(found, decision(), declaration({"a.xml": needed}), SECTORS)
    check_plan(plan, found, "plan")
    assert read_plan(plan_yaml(plan, found, "zh"), "plan.yaml") == plan
    return {line.item.partition("#")[2]: line for line in plan.lines}


def test_a_safety_report_keeps_its_number_moves_its_dates_and_withholds_the_name():
    lines = plan_of(*ITEMS.values())
    assert {path: (line.action, line.params) for path, line in lines.items()} == {
        NUMBER: ("keep", {}),
        ONSET: ("shift", {"by": NUMBER}),
        NAME: ("drop", {}),
        f"{CASE}/text": ("scrub", {}),
    }
    assert all("E2B(R3)" in line.why.zh and "E2B(R3)" in line.why.en for line in lines.values())
    assert "E.i.4" in lines[ONSET].why.zh


def test_words_beside_a_code_are_scrubbed_and_the_code_stays():
    at = f"{CASE}/component/adverseEventAssessment/subject1/primaryRole/subjectOf2/observation(29)/value"
    both = [known("case", f"{at}/@{name}", "E.i.2.1b", "health") for name in ("code", "displayName")]
    assert [line.action for line in plan_of(*both, ITEMS["number"]).values()][:2] == ["keep", "scrub"]


def test_what_the_purpose_does_not_need_stays_here_whatever_the_standard_keeps():
    lines = plan_of(*ITEMS.values(), needed=[ONSET])
    assert [line.action for line in lines.values()] == ["drop", "shift", "drop", "drop"]


def test_a_name_that_the_purpose_needs_is_masked_rather_than_dropped():
    assert plan_of(ITEMS["name"], needed=[NAME])[NAME].action == "mask"


@pytest.mark.parametrize("beside", [[], [ITEMS["number"].model_copy(update={"type": "list<item: string>"})]])
def test_dates_without_a_number_of_their_person_keep_the_year(beside):
    line = plan_of(ITEMS["onset"], *beside)[ONSET]
    assert (line.action, line.params) == ("generalise", {"to": "year"})
    assert "E.i.4" in line.why.en


def test_an_item_that_is_not_what_the_standard_says_goes_by_the_general_rules():
    found = ITEMS["onset"].model_copy(update={"meaning": "cn.mobile", "role": IdentityRole.DIRECT})
    assert plan_of(known("case", NUMBER, "C.1.1", "case_number"), found)[ONSET].action == "pseudonym"


def test_numbers_and_references_of_patients_agree_in_kind_and_form():
    lines = plan_of(
        known("Patient", "id", "Patient.id", "patient_id", "direct_identifier"),
        known("Encounter", "subject/reference", "*.subject", "patient_id", "direct_identifier"),
        known("Encounter", "period/start", "*.care.period", "health_date", "quasi_identifier"),
    )
    assert lines["id"].params == lines["subject/reference"].params == {"kind": "fhir_id", "form": "reference"}
    assert (lines["period/start"].action, lines["period/start"].params) == ("shift", {"by": "subject/reference"})


def test_a_trial_moves_dates_by_subject_and_bands_ages():
    lines = plan_of(
        known("ae", "USUBJID", "USUBJID", "patient_id", "direct_identifier"),
        known("ae", "AESTDTC", "--DTC", "health_date", "quasi_identifier"),
        known("ae", "AGE", "AGE", "age", "quasi_identifier", type="double"),
        known("ae", "AESTDY", "--DY", "number"),
    )
    assert {path: (line.action, line.params) for path, line in lines.items()} == {
        "USUBJID": ("pseudonym", {"kind": "patient_id"}),
        "AESTDTC": ("shift", {"by": "USUBJID"}),
        "AGE": ("generalise", {"to": "age_band", "width": 5, "top": 90}),
        "AESTDY": ("keep", {}),
    }
