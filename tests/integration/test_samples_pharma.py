"""The whole journey on published E2B, SDTM, FHIR and ODM files, looked at with readers that are not Kouan's own.

What is valid, whom the files name and what joins is found out from the raw files here, by lxml, json and pyreadstat.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyreadstat
import pytest
from lxml import etree

from tests.commands import kouan
from tests.planted import artefacts

if TYPE_CHECKING:
    from pathlib import Path

DECLARATION = """\
transfer: {{name: sample, scenario: {scenario}, mode: controlled}}
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
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
PATIENTS = ("Ned_Hintz", "Luigi_Wiegand")
_SHORTEST = 3


@dataclass(frozen=True)
class Cleared:
    """A folder of raw files and the clearance folder it became."""

    raw: Path
    folder: Path
    inventory: dict

    @property
    def staged(self) -> Path:
        return self.folder / "staged" / "in"

    def leaks(self, values: set[str], *, only: str = "") -> set[str]:
        """Return which values stand, as words of their own, in any artefact (or only under one folder)."""
        found = artefacts(self.folder / only) if only else artefacts(self.folder)
        files = b"\0".join(data for place, data in found.items() if "/packs/" not in place).decode("utf-8", "replace")
        long = {value for value in values if len(value) >= _SHORTEST and not value.isspace()}
        return {value for value in long if value in files and _as_word(value, files)}


def _as_word(value: str, text: str) -> bool:
    """Tell whether a value stands as a word; `CodeList.001` is none for subject 001."""
    return re.search(rf"(?<![A-Za-z0-9.]){re.escape(value)}(?![A-Za-z0-9])", text) is not None


def _clear(samples, root, scenario, subjects, files):
    (root / "in").mkdir()
    for name, path in files.items():
        shutil.copyfile(samples / "samples" / path, root / "in" / name)
    (root / "transfer.yaml").write_text(DECLARATION.format(scenario=scenario, subjects=subjects), "utf-8")
    done = kouan("clear", root / "transfer.yaml", "--out", root / "out", home=root / "home")
    assert done.returncode in {0, 3}, done.stdout + done.stderr
    checked = kouan("verify", root / "out", home=root / "home")
    assert checked.returncode == 0, checked.stdout
    body = json.loads((root / "out" / "inventory.json").read_text("utf-8"))["body"]
    return Cleared(root / "in", root / "out", body)


def _globbed(samples, folder, pattern):
    return {path.name: path.relative_to(samples / "samples") for path in (samples / "samples" / folder).glob(pattern)}


@pytest.fixture(scope="module")
def e2b(samples, tmp_path_factory):
    files = _globbed(samples, "icsr_e2b_r3", "*.xml")
    return _clear(samples, tmp_path_factory.mktemp("e2b"), "pharmacovigilance", "patient, reporter", files)


@pytest.fixture(scope="module")
def odm(samples, tmp_path_factory):
    files = _globbed(samples, "cdisc_odm", "*.xml")
    return _clear(samples, tmp_path_factory.mktemp("odm"), "multi_centre_trial", "participant", files)


@pytest.fixture(scope="module")
def sdtm(samples, tmp_path_factory):
    files = _globbed(samples, "cdisc_sdtm_xpt", "*.x*")
    return _clear(samples, tmp_path_factory.mktemp("sdtm"), "multi_centre_trial", "participant", files)


@pytest.fixture(scope="module")
def fhir(samples, tmp_path_factory):
    """Two patients, whose files are named after them at the source, with hospitals and practitioners."""
    found = _globbed(samples, "fhir", "*.json")
    files = {
        f"patient-{at}.json": path for at, who in enumerate(PATIENTS) for name, path in found.items() if who in name
    }
    files |= {name: path for name, path in found.items() if name.startswith(("hospital", "practitioner"))}
    return _clear(samples, tmp_path_factory.mktemp("fhir"), "multi_centre_trial", "patient", files)


# --- well formed, and nothing moved ---


def _names(path):
    """Return the elements of a document in order, by their path."""
    tree = etree.parse(path, PARSER)
    return [re.sub(r"\[\d+\]|\{[^}]*\}", "", tree.getelementpath(one)) for one in tree.iter(etree.Element)]


def _is_in_order(few, many):
    rest = iter(many)
    return all(one in rest for one in few)


@pytest.mark.parametrize("name", ["e2b", "odm"])
def test_xml_is_well_formed_and_its_elements_stand_in_the_order_of_the_source(name, request):
    cleared = request.getfixturevalue(name)
    raw = sorted(cleared.raw.glob("*.xml"))
    assert [path.name for path in sorted(cleared.staged.iterdir())] == [path.name for path in raw]
    for path in raw:
        before, after = _names(path), _names(cleared.staged / path.name)
        assert _is_in_order(after, before), path.name
        assert len(after) > len(before) / 2, path.name


def test_fhir_resources_keep_their_type_and_hold_nothing_empty(fhir):
    for path in sorted(fhir.raw.iterdir()):
        before, after = (json.loads((folder / path.name).read_bytes()) for folder in (fhir.raw, fhir.staged))
        kinds = [[entry["resource"]["resourceType"] for entry in one["entry"]] for one in (before, after)]
        assert kinds[0] == kinds[1]
        assert not list(_empty(after)), path.name


def _empty(value, path=""):
    if value in ({}, [], ""):
        yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in members:
        yield from _empty(inner, f"{path}/{name}")


# --- what was joined still joins ---


def _references(value):
    if isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield value["reference"]
        for inner in value.values():
            yield from _references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(inner)


def _targets(bundles):
    for bundle in bundles:
        for entry in bundle["entry"]:
            resource = entry["resource"]
            if "fullUrl" in entry:
                yield entry["fullUrl"]
            yield f"{resource['resourceType']}/{resource.get('id')}"


def test_references_that_resolved_resolve_to_the_same_resource(fhir):
    place, pairs = {}, {}
    for folder in (fhir.raw, fhir.staged):
        bundles = [json.loads(path.read_bytes()) for path in sorted(folder.iterdir())]
        place[folder] = [*_targets(bundles)]
        pairs[folder] = [*_references(bundles)]
    assert len(place[fhir.raw]) == len(place[fhir.staged])
    assert len(pairs[fhir.raw]) == len(pairs[fhir.staged]) > 300
    where = {folder: {one: at for at, one in enumerate(found)} for folder, found in place.items()}
    for before, after in zip(pairs[fhir.raw], pairs[fhir.staged], strict=True):
        assert where[fhir.staged].get(after) == where[fhir.raw].get(before), "a reference leads elsewhere"


def test_local_references_lead_to_what_a_resource_contains(fhir):
    for path in sorted(fhir.raw.glob("patient-*")):
        before, after = (json.loads((folder / path.name).read_bytes()) for folder in (fhir.raw, fhir.staged))
        local = 0
        for one, other in zip(before["entry"], after["entry"], strict=True):
            raw, treated = one["resource"], other["resource"]
            ids = [[inner.get("id") for inner in each.get("contained", [])] for each in (raw, treated)]
            for old, new in zip(_references(raw), _references(treated), strict=True):
                if old.startswith("#"):
                    local += 1
                    assert new.startswith("#")
                    assert ids[1].index(new[1:]) == ids[0].index(old[1:])
        assert local > 0


def _frames(folder):
    found = sorted(folder.glob("*.xpt"))
    return {path.stem: pyreadstat.read_xport(str(path), output_format="dict")[0] for path in found}


def test_domains_of_the_study_join_as_before(sdtm):
    before, after = _frames(sdtm.raw), _frames(sdtm.staged)
    assert set(before) == set(after)
    assert "define.xml" not in {path.name for path in sdtm.staged.iterdir()}
    renamed = dict(zip(before["dm"]["USUBJID"], after["dm"]["USUBJID"], strict=True))
    assert len(set(renamed.values())) == len(renamed) == 306
    for name, frame in before.items():
        assert [renamed[key] for key in frame["USUBJID"]] == list(after[name]["USUBJID"]), name
        assert list(frame["DOMAIN" if "DOMAIN" in frame else "RDOMAIN"]) == list(
            after[name]["DOMAIN" if "DOMAIN" in frame else "RDOMAIN"]
        )


def _days(values):
    return [dt.date.fromisoformat(value[:10]) if len(value) >= 10 else None for value in map(str, values)]


def test_intervals_between_a_subjects_dates_are_what_they_were(sdtm):
    before, after = _frames(sdtm.raw), _frames(sdtm.staged)
    moved: dict[str, set[int]] = {}
    compared = 0
    for name, frame in before.items():
        for column in frame:
            if not column.endswith("DTC") or column not in after[name]:
                continue
            for key, old, new in zip(frame["USUBJID"], _days(frame[column]), _days(after[name][column]), strict=True):
                assert (old is None) == (new is None), (name, column)
                if old is not None:
                    moved.setdefault(key, set()).add((new - old).days)
                    compared += 1
    assert compared > 5_000
    assert all(len(days) == 1 for days in moved.values()), "dates of one person moved by different spans"
    assert len({days.pop() for days in moved.values()}) > 100


def test_intervals_of_a_case_are_what_they_were(e2b):
    for path in sorted(e2b.raw.glob("*.xml")):
        found = []
        for folder in (e2b.raw, e2b.staged):
            tree = etree.parse(folder / path.name, PARSER)
            reactions = tree.xpath("//*[local-name()='observation']/*[local-name()='effectiveTime']//*[@value]")
            found.append([one.get("value") for one in reactions if re.fullmatch(r"\d{8}\d*", one.get("value"))])
        assert len(found[0]) == len(found[1]) > 0
        spans = {(a - b).days for a, b in zip(*(_days(map(_dashed, each)) for each in found), strict=True)}
        assert len(spans) == 1


def _dashed(value):
    return f"{value[:4]}-{value[4:6]}-{value[6:8]}"


def test_what_is_withheld_is_marked_only_where_the_list_of_elements_allows_it(e2b):
    """Of the sender's person (C.3.3, C.3.4) elements are left out; reporter and patient are marked MSK."""
    for path in sorted(e2b.raw.glob("*.xml")):
        tree = etree.parse(e2b.staged / path.name, PARSER)
        (sender,) = tree.xpath(
            "//*[local-name()='investigationEvent']/*[local-name()='subjectOf1']//*[local-name()='assignedEntity'][1]"
        )[:1]
        assert not sender.xpath(".//@nullFlavor[.='MSK']")
        assert not sender.xpath(
            ".//*[local-name()='given' or local-name()='telecom' or local-name()='streetAddressLine']"
        )
        assert tree.xpath("//*[local-name()='player1']/*[local-name()='name']/@nullFlavor") == ["MSK"]


# --- whom the raw files name stands nowhere ---


def _texts(tree, *names):
    path = "|".join(f"//*[local-name()='{name}']" for name in names)
    return {text.strip() for one in tree.xpath(path) for text in one.itertext() if text.strip()}


def test_no_direct_identifier_of_a_case_is_left(e2b):
    planted: set[str] = set()
    for path in e2b.raw.glob("*.xml"):
        tree = etree.parse(path, PARSER)
        for maker in tree.xpath("//*[local-name()='manufacturerOrganization']"):  # of a device: no natural person
            maker.getparent().remove(maker)
        planted |= _texts(tree, "given", "family", "prefix", "streetAddressLine", "postalCode", "city")
        planted |= {value.partition(":")[2] for value in tree.xpath("//*[local-name()='telecom']/@value")}
        planted |= {one.text for one in tree.xpath("//*[local-name()='player1']/*[local-name()='name']")}
        planted |= set(tree.xpath("//*[local-name()='birthTime']/@value"))
        planted |= set(tree.xpath("//*[local-name()='asIdentifiedEntity']/*[local-name()='id']/@extension"))
    assert len(planted) > 10
    assert e2b.leaks({value for value in planted if value}) == set()


def test_no_direct_identifier_of_a_patient_or_practitioner_is_left(fhir):
    people: set[str] = set()
    organisations: set[str] = set()
    for path in fhir.raw.iterdir():
        for entry in json.loads(path.read_bytes())["entry"]:
            one = entry["resource"]
            if one["resourceType"] == "Organization":
                organisations |= {one["name"], one["id"], *(line for at in one["address"] for line in at["line"])}
                organisations |= {value for at in one["address"] for value in (at.get("city"), at.get("postalCode"))}
                organisations |= {at["value"] for at in one.get("telecom", [])}
            if one["resourceType"] not in ("Patient", "Practitioner"):
                continue
            people |= {one["id"], *(value for at in one["identifier"] for value in [at["value"]])}
            people |= {word for name in one["name"] for word in (name["family"], *name["given"])}
            people |= {at["value"] for at in one.get("telecom", [])} | {one.get("birthDate", "")}
            people |= {line for at in one.get("address", []) for line in at["line"]}
            people |= {f"{name['given'][0]} {name['family']}" for name in one["name"]}
            people |= {
                each["valueString"] for each in one.get("extension", []) if each["url"].endswith("mothersMaidenName")
            }
    assert len(people) > 300
    # practitioners of the samples have their organisation's address and numbers (0, 10, …) that are ordinals
    shared = {value for value in people if value in organisations or (value.isdigit() and len(value) <= 4)}
    assert fhir.leaks(people - shared) == set()


def test_no_subject_is_left_in_the_study(sdtm):
    frames = _frames(sdtm.raw)
    unique = {value for frame in frames.values() for value in frame["USUBJID"]}
    assert len(unique) == 306
    assert sdtm.leaks(unique) == set()
    # numbers of four digits are also counts of rows and values in the papers
    assert sdtm.leaks(set(frames["dm"]["SUBJID"]), only="staged") == set()


@pytest.mark.parametrize("name", ["e2b", "odm", "sdtm", "fhir"])
def test_every_item_is_named_by_its_standard(name, request):
    for item in request.getfixturevalue(name).inventory["items"]:
        assert item["element"], item["id"]
        assert item["meaning"] != "unknown", item["id"]
