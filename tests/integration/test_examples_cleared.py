"""Examples cleared with the first plan: identifiers planted in them stand in no artefact, and who took consent back stays."""

from __future__ import annotations

import json
import shutil

import pytest
from lxml import etree

from examples.build import build
from examples.planted import planted
from kouan.clearance.journey import clear
from kouan.clearance.release import release
from kouan.clearance.verify import verify_folder
from kouan.evidence import TrustStore
from kouan.formats import open_source
from kouan.model.decision import Pathway
from tests.integration.attacking import settings_of
from tests.planted import artefacts

NAMES = ("icsr", "trial")
AUTHORISED = "\nauthorised: {ordinary: 100, sensitive: 1000, until: 2027-06-30}\n"
_SHORTEST = 3


@pytest.fixture(scope="module")
def cleared(tmp_path_factory):
    root = tmp_path_factory.mktemp("cleared")
    build(root / "exports", only=NAMES, small=True)
    for name in NAMES:
        clear(root / "exports" / name / "transfer.yaml", root / name, settings=settings_of(root / "home"))
    return root


@pytest.mark.parametrize("name", NAMES)
def test_no_planted_identifier_stands_in_an_artefact(cleared, name):
    known = [one for one in planted(name, small=True) if len(one.value) >= _SHORTEST]
    raw = artefacts(cleared / "exports" / name)
    files = artefacts(cleared / name, cleared / "home")
    assert len(known) > 35
    for one in known:
        value = one.value.encode()
        assert any(value in data for data in raw.values())
        assert not [place for place, data in files.items() if value in data], (one.subject, one.kind)


def test_subjects_without_consent_are_kept_back(cleared):
    rows = {}
    for folder in (cleared / "exports/trial", cleared / "trial/staged"):
        (entity,) = open_source(folder / "dm.xpt", name="dm.xpt").entities
        rows[folder.name] = entity.rows
    assert rows == {"trial": 12, "staged": 10}


def test_dosing_intervals_stay_and_no_item_is_unknown(cleared):
    body = json.loads((cleared / "icsr" / "inventory.json").read_text("utf-8"))["body"]
    assert [item["id"] for item in body["items"] if not item["element"] or item["meaning"] == "unknown"] == []
    seen = 0
    for path in sorted((cleared / "exports/icsr/cases").glob("*.xml")):
        trees = [etree.parse(one) for one in (path, cleared / "icsr/staged/cases" / path.name)]
        spans = [tree.xpath("//*[local-name()='period' or local-name()='width']") for tree in trees]
        before, after = ([(one.get("value"), one.get("unit")) for one in each] for each in spans)
        assert before == after
        seen += len(before)
    assert seen > 3


@pytest.mark.parametrize("name", NAMES)
def test_released_with_every_condition_and_a_second_batch_leaves_under_it(cleared, tmp_path, name):
    shutil.copytree(cleared / "home", tmp_path / "home")
    shutil.copytree(cleared / "exports" / name, tmp_path / "exports")
    declaration = tmp_path / "exports" / "transfer.yaml"
    declaration.write_text(declaration.read_text("utf-8") + AUTHORISED, "utf-8")
    settings = settings_of(tmp_path / "home")
    first, second = tmp_path / "first", tmp_path / "second"
    for folder, under in ((first, None), (second, first)):
        clear(declaration, folder, settings=settings, under=under)
        body = json.loads((folder / "decision.json").read_text("utf-8"))["body"]["treated"]
        pathway = Pathway(body["possible"][0]["options"][0])
        binding = [one for one in body["conditions"] if not one["pathways"] or pathway in one["pathways"]]
        owed = [one["id"] for one in binding if under is None or one["each"]]
        assert len(owed) > 2
        release(folder, settings=settings, pathway=pathway, attested=dict.fromkeys(owed, "no 7"), by="Li")
        assert not verify_folder(folder, TrustStore.of_home(tmp_path / "home")).problems
        files = artefacts(folder, tmp_path / "home")
        known = {one.value.encode() for one in planted(name, small=True) if len(one.value) >= _SHORTEST}
        assert not [value for value in known if any(value in data for data in files.values())]
