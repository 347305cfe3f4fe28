"""Elements that must be whole instants stay so in every plan, and a plan that breaks one is refused."""

from __future__ import annotations

import pyarrow as pa
import pytest

from kouan.deidentify import check_plan, read_plan
from kouan.deidentify.rules import Given, transform
from kouan.model.errors import KouanError
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same
from kouan.packs import load_sectors
from tests.inventories import inventory, item

KEY = bytes(range(32))
ISSUED = item("a.json!Observation#issued", meaning="health_date").model_copy(
    update={"sector": "hl7-fhir-r4", "element": "*.issued"}
)
WHEN = item("a.json!Observation#effectiveDateTime", meaning="health_date").model_copy(
    update={"sector": "hl7-fhir-r4", "element": "*.date"}
)
WHO = item("a.json!Observation#subject", meaning="person_id")
ABOUT = inventory(ISSUED, WHEN, WHO)


def kernel(action, **params):
    return transform(PlanLine(item="a!b#c", action=action, params=params, why=same("t")), Given("health_date", KEY))


def test_a_moved_instant_is_the_midnight_of_its_day_and_all_else_is_empty():
    cells = pa.array(["2024-05-03T10:30:15.123+08:00", "2024-05-03", "2024-05", "20240503", "x", None])
    who = pa.array(["7"] * 6)
    moved = kernel(Action.SHIFT, by="w", time="drop")(cells, who).to_pylist()
    found = kernel(Action.SHIFT, by="w", time="midnight")(cells, who).to_pylist()
    assert found == [f"{moved[0]}T00:00:00Z", f"{moved[0]}T00:00:00Z", None, None, None, None]


@pytest.mark.parametrize(
    ("unit", "first"),
    [
        ("month", "2024-05"),
        ("quarter", "2024-04"),
        ("year", "2024-01"),
        ("five_years", "2020-01"),
        ("ten_years", "2020-01"),
    ],
)
def test_a_generalised_instant_is_the_first_of_its_period(unit, first):
    made = kernel(Action.GENERALISE, to=unit, form="instant")
    cells = pa.array(["2024-05-03T10:30:15Z", None, "x"])
    assert made(cells).to_pylist() == [f"{first}-01T00:00:00Z", None, None]
    assert made(pa.array([None, "20240630"])).to_pylist()[1][:4] == first[:4]


def checked(issued, when="action: keep"):
    text = f"""kind: plan
version: 1
mode: controlled
key: pseudonym/2026
lines:
  - {{item: '{ISSUED.id}', {issued}, why: t}}
  - {{item: '{WHEN.id}', {when}, why: t}}
  - {{item: '{WHO.id}', action: pseudonym, why: t}}
"""
    check_plan(read_plan(text, "plan.yaml"), ABOUT, "plan.yaml", text=text)


SHIFT = "action: shift, params: {by: subject, time: drop}"
MONTH = "action: generalise, params: {to: month}"


@pytest.mark.parametrize("told", [SHIFT, MONTH])
def test_a_plan_that_breaks_an_instant_is_refused_with_its_line_and_the_remedy(told):
    checked("action: drop", when=told)
    with pytest.raises(KouanError) as caught:
        checked(told)
    assert (caught.value.code, caught.value.where) == ("K-DEI-080", "plan.yaml:6")
    assert "midnight" in caught.value.fix.en
    checked(told.replace("time: drop", "time: midnight").replace("to: month", "to: month, form: instant"))


@pytest.mark.parametrize(
    ("table", "path", "value"),
    [
        ("Observation", "issued", "instant"),
        ("DiagnosticReport", "issued", "instant"),
        ("Observation", "effectiveInstant", "instant"),
        ("Patient", "meta/lastUpdated", "instant"),
        ("Provenance", "recorded", "instant"),
        ("Appointment", "start", "instant"),
        ("Appointment", "requestedPeriod/start", None),
        ("DocumentReference", "date", "instant"),
        ("Composition", "date", None),
        ("Observation", "effectiveDateTime", None),
    ],
)
def test_the_schema_of_fhir_says_which_elements_are_instants(table, path, value):
    (sector,) = (one for one in load_sectors() if one.schema.id == "hl7-fhir-r4")
    found = sector.find(table, path)
    assert found is not None
    assert found.value == value
