"""The case reports hold what real ones hold: partial dates, null flavours, follow-ups, mothers, and names in free text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from xml.parsers import expat

import pytest

from examples.build import build
from examples.icsr.write import planted_in_icsr, write_icsr
from examples.planted import planted as planted_in

HL7 = {"v3": "urn:hl7-org:v3"}
ICH = "2.16.840.1.113883.3.989.2.1"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
PATIENT = ".//v3:primaryRole/v3:player1"


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    folder = tmp_path_factory.mktemp("icsr")
    write_icsr(folder, 1, scale=1)
    return {path.name: path.read_bytes() for path in sorted(folder.glob("cases/*.xml"))}


@pytest.fixture(scope="module")
def reports(raw):
    return {name: ET.fromstring(data) for name, data in raw.items()}


@pytest.fixture(scope="module")
def planted():
    return planted_in_icsr(1, scale=1)


def numbers(report, root):
    return [
        one.get("extension") for one in report.findall(f".//v3:investigationEvent/v3:id[@root='{ICH}.3.{root}']", HL7)
    ]


def texts(report):
    """Return whatever somebody wrote freely."""
    values = [one for one in report.iter(f"{{{HL7['v3']}}}value") if one.get(TYPE) == "ED"]
    return " ".join(one.text or "" for one in [*report.findall(".//v3:investigationEvent/v3:text", HL7), *values])


def coded(report, number):
    """Return the values of observations with a number of the ICH list."""
    return [
        one.find("v3:value", HL7)
        for one in report.findall(".//v3:observation", HL7)
        if (code := one.find("v3:code", HL7)) is not None
        and (code.get("code"), code.get("codeSystem")) == (number, f"{ICH}.1.19")
    ]


def test_every_report_is_well_formed_utf8(raw):
    assert len(raw) == 300
    for data in raw.values():
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
        assert data.decode().count("<?xml") == 1


def test_line_ends_marks_and_sections_vary(raw):
    assert sum(data.startswith(b"\xef\xbb\xbf") for data in raw.values()) == 1
    crlf = [data for data in raw.values() if b"\r\n" in data]
    assert 20 < len(crlf) < 40
    assert all(data.count(b"\n") == data.count(b"\r\n") for data in crlf)
    assert 20 < sum(b"<![CDATA[" in data for data in raw.values()) < 60


def test_follow_ups_share_the_number_of_their_case(reports):
    again = [name for name in reports if name.endswith("_2.xml")]
    assert len(again) == 30
    for name in again:
        first, second = reports[name.replace("_2.xml", "_1.xml")], reports[name]
        for root in ("1", "2"):
            assert numbers(first, root) == numbers(second, root) == [name.removesuffix("_2.xml")]
        days = [one.find(".//v3:availabilityTime", HL7).get("value") for one in (first, second)]
        assert days[0] < days[1]
    assert len({number for report in reports.values() for number in numbers(report, "1")}) == 270


def test_patients_are_named_in_full_by_initials_or_not_at_all(reports):
    names = [report.find(f"{PATIENT}/v3:name", HL7) for report in reports.values()]
    flavours = Counter(one.get("nullFlavor") for one in names)
    assert flavours.keys() == {None, "MSK", "ASKU", "UNK"}
    given = [one.text for one in names if one.text]
    assert sum(bool(re.fullmatch(r"[A-Z]\.[A-Z]\.", one)) for one in given) > 80
    assert sum(bool(re.fullmatch(r"[一-鿿]{2,4}", one)) for one in given) > 60
    assert len(given) == flavours[None]


def test_each_kind_of_record_number_occurs_and_some_are_masked(reports):
    ids = [one for report in reports.values() for one in report.findall(f"{PATIENT}/v3:asIdentifiedEntity/v3:id", HL7)]
    roots = {one.get("root").rpartition(".")[2] for one in ids}
    assert roots == {"7", "8", "9", "10"}
    assert 0 < sum(one.get("nullFlavor") == "MSK" for one in ids) < len(ids) / 4


def test_days_are_full_partial_or_withheld_and_never_to_come(reports):
    starts = [
        one.find("v3:effectiveTime/v3:low", HL7)
        for report in reports.values()
        for one in report.findall(".//v3:observation[v3:location]", HL7)
    ]
    assert {one.get("nullFlavor") for one in starts} == {None, "ASKU", "NASK"}
    assert {len(one.get("value")) for one in starts if one.get("value")} == {4, 6, 8}
    for report in reports.values():
        latest = report.find(".//v3:availabilityTime", HL7).get("value")
        assert latest < "20261101"
        told = [one.get("value") for one in report.find(PATIENT + "/..", HL7).iter() if one.tag.endswith("}low")]
        assert all(day <= latest for day in filter(None, told))


def test_people_die_and_mothers_are_told(reports):
    dead = [report for report in reports.values() if report.find(f"{PATIENT}/v3:deceasedTime", HL7) is not None]
    assert len(dead) >= 15
    for report in dead:
        assert any(one.get("value") == "true" for one in coded(report, "34"))
        assert coded(report, "32")
    mothers = [one for report in reports.values() if (one := report.find(f"{PATIENT}/v3:role", HL7)) is not None]
    assert len(mothers) >= 10
    for one in mothers:
        assert one.find("v3:associatedPerson/v3:birthTime", HL7).get("value") < "2003"


def test_reporters_are_of_all_kinds_and_some_withhold_themselves(reports):
    people = [
        one
        for report in reports.values()
        for one in report.findall(".//v3:outboundRelationship//v3:assignedPerson", HL7)
    ]
    kinds = Counter(one.find("v3:asQualifiedEntity/v3:code", HL7).get("code") for one in people)
    assert kinds.keys() == {"1", "2", "5"}
    assert {one.find("v3:name/v3:family", HL7).get("nullFlavor") for one in people} == {None, "MSK", "ASKU", "NASK"}
    primary = [len(report.findall(".//v3:priorityNumber", HL7)) for report in reports.values()]
    assert set(primary) == {1}


def test_narratives_stand_in_both_languages(reports):
    main = [report.find(".//v3:investigationEvent/v3:text", HL7).text for report in reports.values()]
    assert 200 < sum(text.isascii() or text.startswith("This is ") for text in main) < 270
    native = sum(
        value.get("language") == "zho"
        for report in reports.values()
        for value in report.iter()
        if "}value" in value.tag
    )
    assert 200 < native < 270


def test_free_text_names_people(reports, planted):
    found = Counter(
        (one.subject, one.kind) for one in planted if one.value in texts(reports[one.file.removeprefix("cases/")])
    )
    for kind in ("name", "latin_name", "mobile", "address", "record_number", "resident_id"):
        assert found["patient", kind] >= 5, kind
    for kind in ("name", "latin_name", "phone", "mailbox"):
        assert found["reporter", kind] >= 5, kind
    assert found["parent", "name"] >= 5


def test_planted_identifiers_stand_in_their_files(raw, planted):
    assert {one.file.removeprefix("cases/") for one in planted} == set(raw)
    assert all(one.value.encode() in raw[one.file.removeprefix("cases/")] for one in planted)
    assert all(one.file and one.subject and len(one.value) >= 2 for one in planted)


def test_comments_name_people_now_and_then(raw, planted):
    names = {one.value for one in planted if one.kind in {"name", "latin_name"}}
    comments = [text for data in raw.values() for text in re.findall(r"<!--(.*?)-->", data.decode())]
    assert sum(any(name in text for name in names) for text in comments) > 30


def test_numbers_and_addresses_are_made_up(raw):
    whole = "".join(data.decode() for data in raw.values())
    assert {found[:8] for found in re.findall(r"010-\d{8}", whole)} == {"010-5550"}
    assert {found.rpartition("@")[2] for found in re.findall(r"[\w.]+@[a-z.]+[a-z]", whole)} == {
        "example.com",
        "example.cn",
    }
    terms = re.findall(r'code="(\d+)" codeSystem="2\.16\.840\.1\.113883\.6\.163"', whole)
    assert terms
    assert all(code.startswith("1099") and len(code) == 8 for code in terms)


def test_few_reports_still_hold_the_special_ones(tmp_path):
    write_icsr(tmp_path, 1, scale=100)
    found = {path.name: ET.parse(path).getroot() for path in tmp_path.glob("cases/*.xml")}
    assert len(found) == 6
    assert sum(name.endswith("_2.xml") for name in found) == 1
    assert sum(report.find(f"{PATIENT}/v3:deceasedTime", HL7) is not None for report in found.values()) == 1
    assert sum(report.find(f"{PATIENT}/v3:role", HL7) is not None for report in found.values()) == 1


def test_identifiers_of_the_example_are_those_of_its_files(tmp_path):
    build(tmp_path, only=["icsr"], small=True)
    known = planted_in("icsr", small=True)
    assert len(known) > 20
    assert all(one.value.encode() in (tmp_path / "icsr" / one.file).read_bytes() for one in known)
