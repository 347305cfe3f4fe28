"""What a standard requires may be taken out, but not be missing: its own mark for what is masked stands there."""

import json
import re

import pytest

from kouan.formats import ReadOptions
from kouan.packs import load_sectors
from tests.trees import rewrite, tables

(FHIR,) = (one.schema.tree for one in load_sectors() if one.schema.id == "hl7-fhir-r4")
OPTIONS = ReadOptions(shapes=(FHIR,))
MARK = {"extension": [{"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "masked"}]}


def without(tmp_path, text, gone, name="x.json"):
    """Return a document without the values at some paths, and that reading it again finds no value that is new."""
    (tmp_path / name).write_text(text, "utf-8")
    out = tmp_path / f"out-{name}"
    rewrite(tmp_path / name, out, drop=lambda _table, path: re.fullmatch(gone, path) is not None, options=OPTIONS)
    before, after = tables(tmp_path / name, OPTIONS), tables(out, OPTIONS)
    assert all(set(after[table]) <= set(before[table]) for table in after)
    return out.read_text("utf-8")


@pytest.mark.parametrize(
    ("body", "gone", "left"),
    [
        ({"status": "final", "code": {"text": "x"}}, "status", {"_status": MARK, "code": {"text": "x"}}),
        ({"status": "final", "code": {"text": "x"}}, "code/text", {"status": "final", "code": MARK}),
        ({"status": "final", "issued": "2020"}, "issued", {"status": "final"}),
        ({"status": "final", "_status": {"id": "a"}}, "status", {"_status": {"id": "a"}}),
        ({"component": [{"code": {"text": "x"}, "valueString": "y"}]}, "component/code/text",
         {"component": [{"code": MARK, "valueString": "y"}]}),
        ({"component": [{"code": {"text": "x"}}], "status": "a"}, "component/code/text", {"status": "a"}),
    ],
)  # fmt: skip
def test_what_is_required_is_marked_and_all_else_left_out(tmp_path, body, gone, left):
    text = json.dumps({"resourceType": "Observation", **body})
    assert json.loads(without(tmp_path, text, gone)) == {"resourceType": "Observation", **left}


def test_lists_choices_and_what_nests_in_itself(tmp_path):
    raw = {"resourceType": "Questionnaire", "item": [{"linkId": "1", "text": "a", "item": [
        {"linkId": "2", "text": "b", "enableWhen": [{"question": "1", "answerCoding": {"code": "c"}}]}]}]}  # fmt: skip
    left = json.loads(without(tmp_path, json.dumps(raw), "item/linkId|.*(linkId|answerCoding/code)"))
    outer = left["item"][0]
    assert outer["_linkId"] == outer["item"][0]["_linkId"] == MARK
    assert outer["item"][0]["enableWhen"] == [{"question": "1", "answerCoding": MARK}]
    raw = {"resourceType": "Endpoint", "status": "a", "payloadType": [{"text": "x"}, {"text": "y"}]}
    left = json.loads(without(tmp_path, json.dumps(raw), "payloadType/text"))
    assert left == {"resourceType": "Endpoint", "status": "a", "payloadType": [MARK]}


def test_what_a_required_element_must_hold_itself_is_marked_in_it(tmp_path):
    raw = {"resourceType": "MessageHeader", "eventUri": "u:x", "source": {"name": "a", "endpoint": "u:y"}}
    left = json.loads(without(tmp_path, json.dumps(raw), "source/.*"))
    assert left["source"] == {**MARK, "_endpoint": MARK}


def test_a_contained_resource_is_one_of_its_own_kind(tmp_path):
    raw = {"resourceType": "Patient", "gender": "male", "contained": [
        {"resourceType": "Observation", "id": "a", "status": "final", "code": {"text": "x"}}]}  # fmt: skip
    left = json.loads(without(tmp_path, json.dumps(raw), "contained/status"))
    assert left["contained"][0]["_status"] == MARK


def test_in_xml_the_mark_stands_in_the_element(tmp_path):
    text = (
        '<Observation xmlns="http://hl7.org/fhir"><status value="final"/><code><text value="x"/></code>'
        '<component><code><text value="y"/></code><valueString value="z"/></component></Observation>'
    )
    mark = FHIR.absent.xml_mark
    left = without(tmp_path, text, "status|component/code/text", "x.xml")
    assert left == text.replace('<status value="final"/>', f"<status>{mark}</status>").replace(
        '<code><text value="y"/></code>', f"<code>{mark}</code>"
    )
    again = without(tmp_path, left, "code/text", "y.xml")
    assert again == left.replace('<code><text value="x"/></code>', f"<code>{mark}</code>")
