"""A user's own purpose: it judges, it may only tighten, and what it asks for less needs leave and shows to the end."""

from __future__ import annotations

import json
import shutil

import pytest

from kouan.model.errors import KouanError
from kouan.packs import builtin_root, find_purpose, find_slips, load_packs, open_purposes
from kouan.packs.purposes import builtin_purposes
from tests.commands import Transfer, kouan
from tests.integration.attacking import seal_again

HR = (builtin_purposes() / "hr_management.yaml").read_text("utf-8")
OWN = """\
id: firm_hr
also: [hr_management]
version: 1.0.0
label: {zh: 本所的人力资源管理, en: HR management of the firm}
instruments:
  o16: {zh: 某文件, en: some text}
persons: [employee]
questions:
  export: {ask: {zh: 问, en: ask}, facts: [hr.necessary], source: {instrument: o16, confidence: H}}
  persons: {ask: {zh: 问, en: ask}, source: {instrument: o16, confidence: H}}
  items: {ask: {zh: 问, en: ask}, source: {instrument: o16, confidence: H}}
items:
  - {meaning: [work_id, department], need: needed, reason: {zh: 因, en: why}, source: {instrument: judgement, confidence: L}}
"""
SALARY = (
    "  - {meaning: [salary], need: needed, reason: {zh: 因, en: why}, source: {instrument: judgement, confidence: L}}\n"
)


def _purpose(folder, text, name="firm_hr.yaml"):
    (folder / "purposes").mkdir(parents=True, exist_ok=True)
    (folder / "purposes" / name).write_text(text, "utf-8")
    return folder


def _body(folder, name):
    return json.loads((folder / name).read_text("utf-8"))["body"]


def _refused(*folders):
    with pytest.raises(KouanError) as caught:
        open_purposes(*folders)
    assert caught.value.code in [slip.code for slip in find_slips(builtin_root(), *folders)]
    return caught.value.code


def test_a_stricter_purpose_drops_more_and_the_folder_verifies(tmp_path):
    transfer = Transfer.lay(tmp_path / "t")
    kouan("clear", transfer.declaration, "--out", tmp_path / "plain", home=transfer.home)
    done = kouan(*transfer.clear, "--packs", _purpose(tmp_path / "firm", OWN), home=transfer.home)
    assert done.returncode in (0, 3), done.stderr
    assert "judged by the user's own purpose firm_hr 1.0.0" in done.stdout
    judged = _body(transfer.out, "necessity.json")
    assert (judged["purpose"]["id"], judged["purpose"]["user"], judged["overrides"]) == ("firm_hr", True, [])
    plain = {one["name"] for one in _body(tmp_path / "plain", "necessity.json")["items"] if one["leaves"]}
    mine = {one["name"] for one in judged["items"] if one["leaves"]}
    assert mine < plain
    verified = kouan("verify", transfer.out, home=transfer.home)
    assert verified.returncode == 0, verified.stdout
    assert "firm_hr 1.0.0" in verified.stdout


def test_a_laxer_purpose_needs_leave_and_shows_to_the_end(tmp_path):
    transfer = Transfer.lay(tmp_path / "t")
    folder = _purpose(tmp_path / "firm", OWN + SALARY)
    refused = kouan(*transfer.clear, "--packs", folder, home=transfer.home)
    assert (refused.returncode, refused.stderr[:10]) == (2, "K-PCK-084 ")
    assert "salary" in refused.stderr
    assert not transfer.out.exists()
    assert _refused(folder) == "K-PCK-084"

    done = kouan(*transfer.clear, "--packs", folder, "--allow-override", home=transfer.home)
    assert done.returncode in (0, 3), done.stderr
    assert "asks for less of “salary”" in done.stdout
    overrides = _body(transfer.out, "necessity.json")["overrides"]
    assert [(one["pack"], one["entry"], one["how"]) for one in overrides] == [("firm_hr", "salary", "purpose")]
    assert "用户规则包放宽了内置规则" in (transfer.out / "report.html").read_text("utf-8")
    assert kouan("verify", transfer.out, home=transfer.home).returncode == 0
    # Nobody takes the words about it away again, not even the maker with the key.
    for name, old, new in (
        ("necessity.json", '"how": "purpose"', '"how": "list"'),
        ("packs/purpose.yaml", "meaning: [salary], need: needed,", "meaning: [salary], need: not_needed,"),
        (
            "packs/purpose-builtin.yaml",
            "meaning: [salary]\n    need: needed_if",
            "meaning: [bonus]\n    need: needed_if",
        ),
    ):
        changed = tmp_path / "changed"
        shutil.copytree(transfer.out, changed)
        text = (changed / name).read_text("utf-8")
        assert old in text, name
        (changed / name).write_text(text.replace(old, new), "utf-8")
        assert kouan("verify", changed, home=transfer.home).returncode == 5
        seal_again(changed, transfer.home)
        found = kouan("verify", changed, home=transfer.home)
        assert found.returncode == 5, name
        shutil.rmtree(changed)


@pytest.mark.parametrize(
    ("old", "new", "entry"),
    [
        ("persons: [employee, candidate]", "persons: [employee, candidate, child]", None),
        ("    facts: [hr.necessary]\n", "", "hr.necessary"),
        ('en: "the foreign party pays the employee directly"', 'en: "always"', "bank_account"),
        (
            "  - meaning: [salary]\n    need: needed_if\n",
            "  - meaning: [salary, weather]\n    need: needed_if\n",
            None,
        ),
    ],
)
def test_every_way_of_asking_for_less_is_found(tmp_path, old, new, entry):
    assert HR.count(old) == 1
    text = HR.replace(old, new)
    folder = _purpose(tmp_path, text, "hr_management.yaml")
    assert _refused(folder) == "K-PCK-084"
    eased = find_purpose(open_purposes(folder, allow_override=True), "hr_management").overrides
    assert eased
    assert entry is None or entry in {one.entry for one in eased}


def test_the_same_purpose_is_no_looser(tmp_path):
    packs = open_purposes(_purpose(tmp_path, HR, "hr_management.yaml"))
    one = find_purpose(packs, "hr_management")
    assert one.ref.user
    assert one.replaced.ref == find_purpose(open_purposes(), "hr_management").ref
    assert find_purpose(packs, "payment").replaced is None


def test_a_purpose_of_a_scenario_of_ones_own_judges_it(tmp_path):
    own = OWN.replace("also: [hr_management]\n", "") + SALARY
    assert find_purpose(open_purposes(_purpose(tmp_path, own)), "firm_hr").overrides == ()


@pytest.mark.parametrize("name", ["firm_hr.yml", "firm_hr.YAML", "other.yaml"])
def test_a_purpose_under_a_wrong_name_is_not_silently_left_out(tmp_path, name):
    assert _refused(_purpose(tmp_path, OWN, name)) in {"K-PCK-003", "K-PCK-081"}


def test_two_purposes_of_one_scenario_are_refused(tmp_path):
    folder = _purpose(tmp_path, OWN)
    assert _refused(_purpose(folder, OWN.replace("id: firm_hr", "id: other"), "other.yaml")) == "K-PCK-080"


def test_a_folder_of_purposes_alone_is_a_pack_folder(tmp_path):
    folder = _purpose(tmp_path, OWN)
    assert load_packs(builtin_root(), folder).refs == load_packs(builtin_root()).refs
    checked = kouan("law", "check", folder, home=tmp_path / "home")
    assert checked.returncode == 0, checked.stdout
    (tmp_path / "empty" / "purposes").mkdir(parents=True)
    with pytest.raises(KouanError) as caught:
        load_packs(builtin_root(), tmp_path / "empty")
    assert caught.value.code == "K-PCK-001"
