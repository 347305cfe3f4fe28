"""Documents of standards are as valid after the treatment as before, by validators that are not ours.

FHIR R4: fhirkit, generated from the specification. ODM and Define-XML: the schemas that CDISC published, as odmlib carries
them, read by lxml. SAS transport files: pyreadstat. E2B(R3): its schemas may not be redistributed, so that the patterns of
its types are stated here, as HL7 gives them in datatypes-base.xsd (version 3, release 1).
"""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
from collections import Counter
from pathlib import Path

import fhirkit
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from examples.icsr.write import write_icsr
from examples.trial.write import write_trial
from kouan.formats import ReadOptions
from kouan.packs import load_sectors
from tests.commands import kouan
from tests.trees import rewrite, tables

DECLARATION = """\
transfer: {{name: sample, scenario: {scenario}, mode: controlled{profile}}}
parties:
  - {{role: exporter, name: 示例公司, ciio: false}}
  - {{role: recipient, name: Example Ltd, country: IE}}
purpose: 分析
basis: [legal_duty]
sources:
  - {{path: in/, subjects: [{subjects}]}}
year_to_date: {{ordinary: 0, sensitive: 0, as_of: 2026-01-01}}
facts: {{data.important: false, data.hgr: false, transfer.collected_abroad: false, transfer.domestic_data_added: false,
  transfer.trade_activity: false, transfer.contract_party: false, transfer.contract_necessary: false,
  transfer.emergency: false, hr.cross_border_management: false, hr.labour_rules: false,
  hr.collective_contract: false, hr.necessary: false}}
"""
BUNDLE = {
    "resourceType": "Bundle",
    "type": "collection",
    "link": [{"relation": "self", "url": "https://example.org/Patient?name=x"}],
    "entry": [
        {"resource": {"resourceType": "Patient", "id": "p1", "name": [{"family": "试", "given": ["验甲"]}],
                      "birthDate": "1961-02-03", "link": [{"other": {"reference": "Patient/p2"}, "type": "seealso"}]}},
        {"resource": {"resourceType": "Encounter", "status": "finished", "class": {"code": "AMB"},
                      "subject": {"reference": "Patient/p1"},
                      "location": [{"location": {"display": "一病区"}, "period": {"start": "2020-01-02"}}]}},
        {"resource": {"resourceType": "Group", "type": "person", "actual": True, "characteristic": [
            {"code": {"text": "x"}, "valueBoolean": True, "exclude": False}]}},
        {"resource": {"resourceType": "AuditEvent", "type": {"code": "110100"}, "recorded": "2020-01-02T03:04:05Z",
                      "agent": [{"requestor": True, "who": {"display": "试验乙"}}],
                      "source": {"observer": {"display": "试验丙"}}}},
        {"resource": {"resourceType": "MessageHeader", "eventUri": "urn:x",
                      "source": {"name": "a", "endpoint": "urn:y"},
                      "contained": [{"resourceType": "Observation", "id": "o", "status": "final",
                                     "code": {"text": "x"}, "note": [{"text": "试验甲复诊"}]}]}},
        {"resource": {"resourceType": "Endpoint", "status": "active", "connectionType": {"code": "dicom-wado-rs"},
                      "payloadType": [{"text": "x"}], "address": "https://example.org/1"}},
        {"resource": {"resourceType": "PaymentNotice", "status": "active", "created": "2020-01-02",
                      "payment": {"reference": "PaymentReconciliation/1"}, "recipient": {"display": "x"},
                      "amount": {"value": 1, "currency": "CNY"}}},
    ],
}  # fmt: skip
ODM = """<?xml version="1.0"?>
<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" ODMVersion="1.3.2" FileOID="F" FileType="Snapshot"
     CreationDateTime="2020-01-02T03:04:05">
  <ClinicalData StudyOID="S" MetaDataVersionOID="M">
    <SubjectData SubjectKey="001-试验甲"><StudyEventData StudyEventOID="SE"><FormData FormOID="F">
      <ItemGroupData ItemGroupOID="IG" ItemGroupRepeatKey="1">
        <AuditRecord><UserRef UserOID="U"/><LocationRef LocationOID="L"/>
          <DateTimeStamp>2020-01-02T03:04:05</DateTimeStamp></AuditRecord>
        <ItemData ItemOID="IT.BRTHDTC" Value="1961-02-03"/><ItemData ItemOID="IT.AGE" Value="58"/>
        <ItemData ItemOID="IT.AETERM" Value="Headache"/><ItemDataDate ItemOID="IT.AESTDTC">2020-01-01</ItemDataDate>
      </ItemGroupData></FormData></StudyEventData></SubjectData>
  </ClinicalData>
</ODM>
"""
(FHIR,) = (ReadOptions(shapes=(one.schema.tree,)) for one in load_sectors() if one.schema.id == "hl7-fhir-r4")
SCHEMAS = Path(importlib.util.find_spec("odmlib").submodule_search_locations[0]) / "schemas"
HL7 = "{urn:hl7-org:v3}"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
TS = re.compile(r"[0-9]{1,8}|([0-9]{9,14}|[0-9]{14}\.[0-9]+)([+-][0-9]{1,4})?")
OID = re.compile(r"[0-2](\.(0|[1-9][0-9]*))*")
REAL = re.compile(r"[+-]?[0-9]*\.?[0-9]+([eE][+-]?[0-9]+)?")
TIMES = {"birthTime", "deceasedTime", "creationTime", "availabilityTime", "effectiveTime", "low", "high", "center"}


def treat(folder, files, scenario, subjects, profile=""):
    """Treat copies of files with the first plan; return the folders before and after."""
    (folder / "in").mkdir()
    for name, path in files.items():
        shutil.copyfile(path, folder / "in" / name)
    said = DECLARATION.format(scenario=scenario, subjects=subjects, profile=profile and f", profile: {profile}")
    (folder / "transfer.yaml").write_text(said, "utf-8")
    done = kouan("deidentify", folder / "transfer.yaml", "--out", folder / "out", home=folder / "home")
    assert done.returncode == 0, done.stderr
    return folder / "in", folder / "out" / "in"


def numbered(paths):
    return {f"{at:03}{path.suffix}": path for at, path in enumerate(sorted(paths))}


def in_pairs(raw, treated):
    names = sorted(path.name for path in treated.iterdir())
    assert names == sorted(path.name for path in raw.iterdir() if path.name != "define.xml")
    return [(raw / name, treated / name) for name in names]


# --- FHIR R4 ---


def fhir_faults(path):
    return [f"{issue.path}: {issue.message}" for issue in fhirkit.validate(path.read_bytes())]


def test_the_validator_of_fhir_finds_what_is_missing_and_what_is_wrong():
    assert fhirkit.validate({"resourceType": "Observation", "code": {"text": "x"}})
    assert fhirkit.validate({"resourceType": "Patient", "birthDate": "1961-13"})
    assert fhirkit.validate({"resourceType": "Patient", "name": []})


def test_resources_whose_required_elements_are_withheld_are_valid(tmp_path):
    (tmp_path / "raw.json").write_text(json.dumps(BUNDLE, ensure_ascii=False), "utf-8")
    assert fhir_faults(tmp_path / "raw.json") == []
    ((_, after),) = in_pairs(*treat(tmp_path, {"b.json": tmp_path / "raw.json"}, "multi_centre_trial", "patient"))
    assert fhir_faults(after) == []
    assert "masked" in after.read_text("utf-8")


@given(dice=st.randoms(use_true_random=False), share=st.floats(0, 1))
def test_whatever_is_dropped_resources_stay_valid(tmp_path_factory, dice, share):
    folder = tmp_path_factory.mktemp("any")
    (folder / "raw.json").write_text(json.dumps(BUNDLE), "utf-8")
    places = [(table, path) for table, some in tables(folder / "raw.json", FHIR).items() for path in some]
    gone = {one for one in places if dice.random() < share}
    rewrite(folder / "raw.json", folder / "out.json", drop=lambda *place: place in gone, options=FHIR)
    assert fhir_faults(folder / "out.json") == []


def test_published_bundles_stay_valid(samples, tmp_path):
    files = numbered((samples / "samples" / "fhir").glob("*.json"))
    for before, after in in_pairs(*treat(tmp_path, files, "multi_centre_trial", "patient")):
        assert fhir_faults(before) == []
        assert fhir_faults(after) == [], after.name


# --- ODM and Define-XML ---


def xml_faults(schema, path):
    judge = etree.XMLSchema(etree.parse(SCHEMAS / schema))
    judge.validate(etree.parse(path))
    return Counter(re.sub(r"'[^'{]*'", "'…'", one.message) for one in judge.error_log)


def test_clinical_data_of_odm_stay_valid(tmp_path):
    (tmp_path / "raw.xml").write_text(ODM, "utf-8")
    ((before, after),) = in_pairs(
        *treat(tmp_path, {"odm.xml": tmp_path / "raw.xml"}, "multi_centre_trial", "participant", "pharma-sdtm")
    )
    schema = "odm/1.3.2/ODM1-3-2.xsd"
    assert xml_faults(schema, after) - xml_faults(schema, before) == Counter()
    assert after.read_bytes() != before.read_bytes()


def test_published_odm_files_gain_no_fault(samples, tmp_path):
    found = (samples / "samples" / "cdisc_odm").glob("*.xml")
    files = numbered(path for path in found if b"/odm/v2.0" in path.read_bytes())
    assert len(files) == 3
    for before, after in in_pairs(*treat(tmp_path, files, "multi_centre_trial", "participant", "pharma-sdtm")):
        assert xml_faults("odm/2.0/ODM.xsd", after) - xml_faults("odm/2.0/ODM.xsd", before) == Counter()


def test_the_define_of_the_example_is_valid(tmp_path):
    write_trial(tmp_path, 1, scale=100)
    assert xml_faults("define/2.0/define2-0-0.xsd", next(tmp_path.rglob("define.xml"))) == Counter()


# --- SAS transport files ---


def test_variables_keep_name_order_label_and_room(samples, tmp_path):
    files = {path.name: path for path in (samples / "samples" / "cdisc_sdtm_xpt").glob("*.xpt")}
    for before, after in in_pairs(*treat(tmp_path, files, "multi_centre_trial", "participant", "pharma-sdtm")):
        told = [pyreadstat.read_xport(str(path), output_format="dict") for path in (before, after)]
        (_, old), (cells, new) = told
        assert (new.table_name, new.file_label, new.number_rows) == (old.table_name, old.file_label, old.number_rows)
        assert new.column_names == [name for name in old.column_names if name in cells]
        for name in new.column_names:
            assert new.column_names_to_labels[name] == old.column_names_to_labels[name]
            assert 0 < new.variable_storage_width[name] <= 200
            if new.readstat_variable_types[name] != old.readstat_variable_types[name]:
                assert name == "AGE", "only an age that becomes a band turns from a number to text"


# --- E2B(R3) ---


def e2b_faults(path):
    """Return values that their HL7 type does not take, and what may not be empty."""
    found = []
    for one in etree.parse(path).iter(etree.Element):
        name, value = one.tag.removeprefix(HL7), one.get("value")
        kind = (one.get(TYPE) or "").rpartition(":")[2]
        if one.get("nullFlavor") and (value or (one.text or "").strip()):
            found.append(f"{name}: a value beside a nullFlavor")
        if name in TIMES and value is not None and kind not in {"PQ", "INT"} and one.getparent().get(TYPE) != "IVL_PQ":
            found += [f"{name}: no TS"] * (not TS.fullmatch(value))
        if kind == "PQ" and value is not None:
            found += [f"{name}: no REAL"] * (not REAL.fullmatch(value))
        for attribute in ("root", "codeSystem"):
            if (given := one.get(attribute)) is not None and not re.search("[a-zA-Z-]", given):
                found += [f"{name}/@{attribute}: no OID"] * (not OID.fullmatch(given))
        found += [f"{name}/@{word}: empty" for word, given in one.attrib.items() if not given]
    return Counter(found)


@pytest.mark.parametrize("origin", ["samples", "example"])
def test_case_reports_gain_no_fault(request, tmp_path, origin):
    if origin == "samples":
        found = (request.getfixturevalue("samples") / "samples" / "icsr_e2b_r3").glob("*.xml")
    else:
        write_icsr(tmp_path, 1, scale=100)
        found = (tmp_path / "cases").glob("*.xml")
    for before, after in in_pairs(
        *treat(tmp_path, numbered(found), "pharmacovigilance", "patient, reporter", "pharma-icsr")
    ):
        assert e2b_faults(after) - e2b_faults(before) == Counter(), after.name
