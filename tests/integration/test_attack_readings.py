"""What a decision rests on besides facts (readings, certificates, packs) cannot be changed in a folder, not even by its maker."""

from __future__ import annotations

import shutil

import pytest

from kouan.clearance.journey import clear
from tests.commands import DECLARATION, STAFF, kouan
from tests.integration.attacking import seal_again, settings_of

MORE = """\
readings: {a3: either}
attestations:
  - {kind: certificate, number: X-1, issuer: 某机构, scenarios: [hr_management], valid_from: 2026-01-01, valid_to: 2028-12-31}
"""
CHANGES = {
    "reading taken in the decision": ("decision.json", '"a3": "either"', '"a3": "both"'),
    "reading in the declaration": ("declaration.yaml", "a3: either", "a3: both"),
    "certificate in the declaration": ("declaration.yaml", "X-1", "X-2"),
    "certificate in the decision": ("decision.json", '"X-1"', '"X-2"'),
    "rule of the copied pack": ("packs/cn.order-16/rules.yaml", "counts: false", "counts: true"),
}


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("readings")
    (folder / "staff.csv").write_text(STAFF, "utf-8")
    text = DECLARATION.replace("hr.collective_contract: true", "hr.collective_contract: false")
    (folder / "transfer.yaml").write_text(text + MORE, "utf-8")
    clear(folder / "transfer.yaml", folder / "out", settings=settings_of(folder / "home"))
    assert kouan("verify", folder / "out", home=folder / "home").returncode == 0
    return folder


@pytest.mark.parametrize("sealed", [False, True], ids=["edited", "sealed again"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_found(root, tmp_path, change, sealed):
    name, old, new = CHANGES[change]
    folder = tmp_path / "changed"
    shutil.copytree(root / "out", folder)
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")
    if sealed:
        seal_again(folder, root / "home")
    found = kouan("verify", folder, home=root / "home")
    assert found.returncode == 5
    assert ("K-CLR-030" in found.stdout or "K-CLR-031" in found.stdout) is sealed
