"""The trial's data sets hold what real ones hold, are one study, and can be read by other people's tools."""

from __future__ import annotations

import csv
import datetime as dt
import re
import xml.etree.ElementTree as ET
from collections import Counter

import pyreadstat
import pytest

from examples.build import build
from examples.planted import planted as planted_in
from examples.trial.variables import DOMAINS
from examples.trial.write import planted_in_trial, write_trial
from kouan.formats import open_source
from kouan.formats.define import read_define

ODM = {"odm": "http://www.cdisc.org/ns/odm/v1.3"}
NAMES = [domain.name for domain in DOMAINS]
ISO = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d)?)?)?")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("trial")
    write_trial(out, 1, scale=1)
    return out


@pytest.fixture(scope="module")
def rows(folder):
    found = {}
    for name in NAMES:
        source = open_source(folder / f"{name.lower()}.xpt", name=f"{name.lower()}.xpt")
        (entity,) = source.entities
        found[name] = [row for batch in entity.batches() for row in batch.to_pylist()]
    return found


def column(rows, name):
    return [row[name] for row in rows]


def test_every_data_set_is_read_back_with_its_labels(folder):
    for domain in DOMAINS:
        source = open_source(folder / f"{domain.name.lower()}.xpt", name="x.xpt")
        (entity,) = source.entities
        assert source.notes == ()
        assert entity.schema.names == [one.name for one in domain.variables]
        assert [field.metadata[b"label"].decode() for field in entity.schema] == [one.label for one in domain.variables]


def test_another_tool_reads_the_same(folder, rows):
    for name in NAMES:
        read, meta = pyreadstat.read_xport(str(folder / f"{name.lower()}.xpt"), output_format="dict", encoding="UTF-8")
        assert meta.table_name == name
        assert meta.column_names == list(rows[name][0])
        for title, cells in read.items():
            theirs = [None if cell == "" or str(cell) == "nan" else cell for cell in cells]
            assert theirs == column(rows[name], title), f"{name}.{title}"


def test_subjects_are_in_number_and_every_record_is_of_one(rows):
    known = column(rows["DM"], "USUBJID")
    assert len(known) == len(set(known)) == 250
    for name in NAMES:
        assert set(column(rows[name], "USUBJID")) <= set(known)
        assert set(column(rows[name], "STUDYID")) == {"ZRF301"}
    for row in rows["DM"]:
        assert row["USUBJID"] == f"{row['STUDYID']}-{row['SITEID']}-{row['SUBJID']}"
        assert 18 <= row["AGE"] < 77


def test_sequence_numbers_are_unique_within_a_subject(rows):
    for name in ("AE", "EX", "LB", "VS", "DS", "CM", "CO"):
        pairs = [(row["USUBJID"], row[f"{name}SEQ"]) for row in rows[name]]
        assert len(pairs) == len(set(pairs))


def test_days_are_iso_partial_in_part_and_in_the_past(rows):
    lengths = {}
    for name in NAMES:
        for title in [title for title in rows[name][0] if title.endswith("DTC")]:
            cells = [cell for cell in column(rows[name], title) if cell]
            assert all(ISO.fullmatch(cell) and cell < "2026-10" for cell in cells)
            lengths[title] = {len(cell) for cell in cells}
    assert lengths["AESTDTC"] == lengths["CMSTDTC"] == lengths["BRTHDTC"] == {4, 7, 10}
    assert lengths["LBDTC"] == {16}


def test_study_days_follow_from_the_first_dose(rows):
    first = {row["USUBJID"]: row["RFSTDTC"] for row in rows["DM"]}
    checked = 0
    for name in ("LB", "VS"):
        for row in rows[name]:
            start = first[row["USUBJID"]]
            if not start:
                assert row[f"{name}DY"] is None
                continue
            apart = (dt.date.fromisoformat(row[f"{name}DTC"][:10]) - dt.date.fromisoformat(start)).days
            assert row[f"{name}DY"] == (apart + 1 if apart >= 0 else apart) != 0
            checked += 1
    assert checked > 10_000


def test_some_never_start_some_leave_and_some_die(rows):
    ends = Counter(row["DSDECOD"] for row in rows["DS"] if row["DSCAT"] == "DISPOSITION EVENT")
    assert set(ends) == {
        "COMPLETED",
        "SCREEN FAILURE",
        "DEATH",
        "WITHDRAWAL BY SUBJECT",
        "ADVERSE EVENT",
        "LOST TO FOLLOW-UP",
    }
    assert ends["COMPLETED"] > 180
    dead = [row for row in rows["DM"] if row["DTHFL"] == "Y"]
    assert len(dead) == ends["DEATH"] == sum(row["DTHDTC"] is not None for row in rows["DM"])
    failed = {row["USUBJID"] for row in rows["DM"] if row["ARMCD"] == "SCRNFAIL"}
    assert not failed & set(column(rows["EX"], "USUBJID"))
    for row in dead:
        days = [one["LBDTC"] for one in rows["LB"] if one["USUBJID"] == row["USUBJID"]]
        assert max(days)[:10] <= row["DTHDTC"]


def test_terms_are_written_in_chinese_and_english(rows):
    for name, title in (("AE", "AETERM"), ("CM", "CMTRT")):
        cells = column(rows[name], title)
        assert 0.2 < sum(cell.isascii() for cell in cells) / len(cells) < 0.8
    assert {bool(name.isascii()) for name in column(rows["DM"], "INVNAM")} == {True, False}


def test_ledger_shows_who_agreed_and_two_in_a_hundred_who_do_not_stand(folder, rows):
    with (folder / "consents.csv").open(encoding="utf-8", newline="") as stream:
        entries = list(csv.DictReader(stream))
    assert {entry["受试者编号"] for entry in entries} == set(column(rows["DM"], "USUBJID"))
    assert {entry["接收方"] for entry in entries} == {"Example Biosciences GmbH"}
    standing = {one["受试者编号"] for one in entries if one["单独同意"] == "是" and not one["撤回日期"]}
    withdrawn = {one["受试者编号"] for one in entries if one["撤回日期"]}
    assert withdrawn & standing
    assert 4 <= 250 - len(standing) <= 8
    signed = {row["USUBJID"]: row["RFICDTC"] for row in rows["DM"]}
    assert all(one["同意日期"] >= signed[one["受试者编号"]] for one in entries)


def test_define_names_every_variable_and_file(folder):
    root = ET.parse(folder / "define.xml").getroot()
    items = {one.get("OID"): one for one in root.iter(f"{{{ODM['odm']}}}ItemDef")}
    for domain in DOMAINS:
        group = root.find(f".//odm:ItemGroupDef[@Name='{domain.name}']", ODM)
        refs = [one.get("ItemOID") for one in group.findall("odm:ItemRef", ODM)]
        assert [items[one].get("Name") for one in refs] == [one.name for one in domain.variables]
        texts = [items[one].find("odm:Description/odm:TranslatedText", ODM).text for one in refs]
        assert texts == [one.label for one in domain.variables]
        (leaf,) = [one for one in group if one.tag.endswith("}leaf")]
        assert (folder / leaf.get("{http://www.w3.org/1999/xlink}href")).is_file()
    assert len(items) == sum(len(domain.variables) for domain in DOMAINS)


def test_define_is_read_by_its_reader(folder):
    read = read_define(folder / "define.xml")
    assert read.datasets == {domain.name: domain.label for domain in DOMAINS}
    assert read.items["AE", "AETERM"].label == "Reported Term for the Adverse Event"
    assert {one.origin for one in read.items.values()} == {"Assigned", "Derived", "CRF"}


def test_planted_identifiers_stand_in_free_text(rows):
    known = planted_in_trial(1, scale=1)
    for one in known:
        cells = (cell for row in rows[one.file.removesuffix(".xpt").upper()] for cell in row.values())
        if one.file in {"co.xpt", "ds.xpt", "ae.xpt"} and one.kind != "usubjid":
            assert any(one.value in cell for cell in cells if isinstance(cell, str))
    found = Counter((one.file, one.subject, one.kind) for one in known)
    for kind in ("name", "latin_name", "mobile", "mailbox", "address", "record_number"):
        assert found["co.xpt", "participant", kind] >= 5, kind
    assert found["ae.xpt", "participant", "name"] >= 5
    assert found["dm.xpt", "participant", "usubjid"] == 250


def test_few_subjects_still_hold_the_special_ones(tmp_path):
    build(tmp_path, only=["trial"], small=True)
    source = open_source(tmp_path / "trial/dm.xpt", name="dm.xpt")
    found = [row for batch in source.entities[0].batches() for row in batch.to_pylist()]
    assert len(found) == 12
    assert sum(row["DTHFL"] == "Y" for row in found) == 1
    assert sum(row["ARMCD"] == "SCRNFAIL" for row in found) == 1
    ledger = (tmp_path / "trial/consents.csv").read_text(encoding="utf-8")
    assert ledger.count("否") == 1
    assert len(re.findall(r"是,\d{4}", ledger)) == 1
    assert {one.file for one in planted_in("trial", small=True)} >= {"dm.xpt", "co.xpt"}
