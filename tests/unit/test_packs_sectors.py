"""Sector schemas load, find items by path in one order, and refuse every slip with its line."""

import pytest

from kouan.deidentify.rules import Given, transform
from kouan.model.errors import KouanError
from kouan.model.inventory import IdentityRole
from kouan.model.plan import Action, PlanLine
from kouan.packs import load_sectors
from kouan.recognize.lexicon import load_lexicon

BUILTIN = {one.schema.id: one for one in load_sectors()}
HEAD = """\
id: some-standard
version: 1.0.0
title: {zh: 某标准, en: some standard}
standard: Some Standard 1
short: SS
columns: [[STUDYID, USUBJID], [ID]]
subjects: {"{T,U}*": null, "*": patient}
keys: [K]
items:
"""
DOSE = (
    "x/primaryRole/subjectOf2/organizer(4)/component/substanceAdministration"
    "/outboundRelationship2/substanceAdministration"
)
KEY = "  - {path: key, element: K, label: {zh: 号, en: key}, meaning: patient_id, confidence: H}\n"


def entry(path, element="E", *, table="*", meaning="health"):
    return (
        f'  - {{table: "{table}", path: "{path}", element: {element}, label: {{zh: 项, en: item}}, '
        f"meaning: {meaning}, confidence: M}}\n"
    )


def load(tmp_path, *entries, head=HEAD):
    (tmp_path / "some.yaml").write_text(head + KEY + "".join(entries), "utf-8")
    (one,) = load_sectors(tmp_path)
    return one


def found(sector, path, table="t"):
    item = sector.find(table, path)
    return item and item.element


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("a/b", "a/b", True),
        ("a/b", "A/B", True),
        ("a/b", "a/b/c", False),
        ("a/*", "a/bcd", True),
        ("a/*", "a/b/c", False),
        ("a/**", "a/b/c", True),
        ("**/c", "a/b/c", True),
        ("**/c", "c", True),
        ("**/c", "abc", False),
        ("??DTC", "AEDTC", True),
        ("??DTC", "AEXDTC", False),
        ("a/{b,c*}", "a/cd", True),
        ("a/{b,c*}", "a/d", False),
        ("a{,/@x}", "a", True),
        ("a{,/@x}", "a/@x", True),
        ("id(1.2)/@x", "id(1.2)/@x", True),
        ("id(1.2)/@x", "id(1x2)/@x", False),
        ("e(race)/v", "e(http://x.test/y/race)/v", True),
    ],
)
def test_a_pattern_fits_what_it_says(tmp_path, pattern, path, fits):
    assert (found(load(tmp_path, entry(pattern)), path) == "E") is fits


def test_the_first_item_that_fits_says_what_it_is(tmp_path):
    sector = load(tmp_path, entry("a/b", "one"), entry("a/*", "two"), entry("**", "three", table="other"))
    assert [found(sector, path) for path in ("a/b", "a/c", "z")] == ["one", "two", None]
    assert found(sector, "z", "other") == "three"


def test_a_table_is_of_the_standard_when_it_has_one_set_of_its_columns(tmp_path):
    sector = load(tmp_path)
    assert sector.covers(["usubjid", "StudyID", "AGE"])
    assert sector.covers(["ID"])
    assert not sector.covers(["STUDYID", "AGE"])
    assert [sector.subject(table) for table in ("t1", "dm")] == [None, "patient"]


AGES = 'min_age: {doctor: {age: 16, element: "Q", values: ["1"], why: {zh: 甲, en: a}}}\n'


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (HEAD + KEY + entry("a{b"), "K-PCK-031", 11),
        (HEAD + KEY + entry("a{b,{c}}"), "K-PCK-031", 11),
        (HEAD + KEY + entry("a") + entry("a", "F"), "K-PCK-004", 12),
        (HEAD + KEY + entry("a") + entry("b", meaning="name"), "K-PCK-032", 12),
        (HEAD + entry("a"), "K-PCK-033", 8),
        (HEAD.replace("keys:", f"{AGES}keys:") + KEY + entry("a"), "K-PCK-033", 8),
        (HEAD + KEY + entry("a").replace("confidence: M", "confidence: X"), "K-MOD-005", 11),
        (HEAD + KEY + entry("a").replace("path", "paht"), "K-MOD-003", 11),
    ],
)
def test_a_slip_is_refused_with_its_line(tmp_path, text, code, line):
    (tmp_path / "some.yaml").write_text(text, "utf-8")
    with pytest.raises(KouanError) as caught:
        load_sectors(tmp_path)
    assert (caught.value.code, caught.value.where) == (code, f"some.yaml:{line}")


def test_two_schemas_of_one_standard_are_refused(tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(HEAD + KEY, "utf-8")
    with pytest.raises(KouanError, match="K-PCK-030"):
        load_sectors(tmp_path)


def test_the_digest_is_that_of_the_file(tmp_path):
    before = load(tmp_path).ref
    assert load(tmp_path, entry("a")).ref.sha256 != before.sha256
    assert load(tmp_path).ref == before


@pytest.mark.parametrize("sector", BUILTIN.values(), ids=BUILTIN)
def test_every_meaning_is_known_and_no_identifier_is_kept(sector):
    meanings = load_lexicon().meanings
    assert sector.schema.items
    for item in sector.schema.items:
        assert item.meaning in meanings, item.path
        role = item.role or meanings[item.meaning].role
        kept = item.treatment is not None and item.treatment.action is Action.KEEP
        assert not (kept and role is IdentityRole.DIRECT), item.path
        assert not (kept and item.meaning in ("free_text", "narrative")), item.path


@pytest.mark.parametrize("sector", BUILTIN.values(), ids=BUILTIN)
def test_every_default_can_be_carried_out(sector):
    for item in sector.schema.items:
        assert item.treatment is not None, item.path
        params = dict(item.treatment.params)
        if item.treatment.action is Action.SHIFT:
            params["by"] = "key"  # the planner names it
        line = PlanLine(item="a!b#c", action=item.treatment.action, params=params, why=item.label)
        transform(line, Given(meaning=item.meaning, key=b"k" * 32))


@pytest.mark.parametrize(
    ("standard", "table", "path", "element", "meaning"),
    [
        ("ich-e2b-r3", "case", "x/primaryRole/player1/name", "D.1", "name"),
        ("ich-e2b-r3", "case", "x/primaryRole/player1/asIdentifiedEntity(3)/id/@extension", "D.1.1.3", "patient_id"),
        ("ich-e2b-r3", "case", "x/primaryRole/player1/deceasedTime/@value", "D.9.1", "health_date"),
        ("ich-e2b-r3", "case", "x/primaryRole/subjectOf2/observation(22)/value/@value", "D.6", "health_date"),
        ("ich-e2b-r3", "case", "x/investigationEvent/component/observationEvent(36)/value", "H.5.r.1a", "narrative"),
        ("ich-e2b-r3", "parent", "associatedPerson/birthTime/@value", "D.10.2.1", "birth_date"),
        ("ich-e2b-r3", "case", f"{DOSE}/effectiveTime/comp/low/@value", "G.k.4.r.4", "health_date"),
        ("ich-e2b-r3", "case", f"{DOSE}/effectiveTime/comp/period/@value", "G.k.4.r.2", "health"),
        ("ich-e2b-r3", "case", f"{DOSE}/effectiveTime/comp/width/@value", "G.k.4.r.6", "health"),
        ("ich-e2b-r3", "parent", "subjectOf2/organizer(1)/component/observation/code/@code", "D.10.7.1.r.1b", "health"),
        ("ich-e2b-r3", "reporter", "assignedPerson/name/family", "C.2.r.1.4", "name"),
        ("ich-e2b-r3", "reporter", "assignedPerson/asQualifiedEntity/code/@code", "C.2.r.4", "position"),
        ("ich-e2b-r3", "sender", "telecom/@value", "C.3.4.6", "cn.mobile"),
        ("hl7-fhir-r4", "Patient", "identifier(NNCHN)/value", "Patient.identifier(NNCHN)", "cn.ric"),
        ("hl7-fhir-r4", "Patient", "contact/name/family", "Patient.contact.name", "name"),
        ("hl7-fhir-r4", "Patient", "photo/data", "Patient.photo", "photo"),
        ("hl7-fhir-r4", "Observation", "performer/display", "*.subject.display", "name"),
        ("hl7-fhir-r4", "Observation", "note/text", "*.note", "narrative"),
        ("hl7-fhir-r4", "DocumentReference", "content/attachment/url", "*.attachment", "free_text"),
        ("hl7-fhir-r4", "FamilyMemberHistory", "bornDate", "FamilyMemberHistory.born", "birth_date"),
        ("cdisc-odm", "subject", "StudyEventData(V1)/FormData(F)/ItemGroupData(DM)/ItemData(BRTHDTC)/@Value",
         "ItemData.BRTHDTC", "birth_date"),
        ("cdisc-odm", "subject", "StudyEventData(V1)/ItemGroupData(G)/ItemData(IT.AE.AETERM)/Value",
         "ItemData.TERM", "narrative"),
        ("cdisc-odm", "subject", "StudyEventData(V1)/ItemGroupData(G)/ItemDataDate(I.DOB)", "ItemData.BRTHDTC",
         "birth_date"),
        ("cdisc-odm", "user", "Email", "User.Email", "email"),
        ("hl7-fhir-r4", "Patient", "meta/source", "*.meta.source", "text"),
        ("hl7-fhir-r4", "ExplanationOfBenefit", "total/category/text", "*.total.category", "amount"),
        ("hl7-fhir-r4", "ExplanationOfBenefit", "total/category/coding/system", "*.total.category", "amount"),
        ("ich-e2b-r3", "case", "value/@xsi:type", "structure", "code"),
        ("cdisc-sdtm", "ae", "AEREASND", "--REASND", "narrative"),
        ("cdisc-sdtm", "dm", "INVNAM", "INVNAM", "name"),
        ("cdisc-sdtm", "co", "COVAL1", "COVAL", "free_text"),
        ("cdisc-sdtm", "suppdm", "QNAM", "--SEQ", "code"),
    ],
)  # fmt: skip
def test_items_are_what_their_standard_says(standard, table, path, element, meaning):
    item = BUILTIN[standard].find(table, path)
    assert item is not None
    assert (item.element, item.meaning) == (element, meaning)


@pytest.mark.parametrize("standard", ["ich-e2b-r3", "cdisc-odm", "hl7-fhir-r4"])
def test_an_attribute_of_a_foreign_namespace_is_left_to_recognition(standard):
    found = BUILTIN[standard].find("case", "@k:who")
    assert found is None or found.element not in {"structure", "xml", "system"}


@pytest.mark.parametrize("column", ["LAT", "NOTES", "PATNAM", "MELODY", "TEL"])
def test_a_column_that_only_ends_like_a_variable_is_left_to_recognition(column):
    assert BUILTIN["cdisc-sdtm"].find("dm", column) is None
