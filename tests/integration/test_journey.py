"""The whole journey on small exports: clear, resume, verify, release, and what it must never leave behind."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from examples.build import build
from kouan.clearance.verify import verify_folder
from kouan.evidence import TrustStore
from tests.commands import forked, start

ROOT = Path(__file__).parents[2]
CLEARANCE_FILES = {
    "attacks.json",
    "necessity.json",
    "declaration.yaml",
    "dossier",
    "decision.json",
    "inventory.json",
    "inventory-treated.json",
    "manifest.json",
    "packs",
    "plan.yaml",
    "receipt",
    "report.html",
    "report.json",
    "risk.json",
    "run.json",
    "staged",
    "treatment.json",
    "utility.json",
}


def kouan(*words, home):
    """Run the command line, today and with the text model where it is installed."""
    here = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "KOUAN_HOME": str(home), "KOUAN_LANG": "en"}
    return forked(words, here)


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exports")
    build(folder, small=True)
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def cleared(exports, home, tmp_path_factory):
    """Every example cleared once; tests that change a folder copy it."""
    out = tmp_path_factory.mktemp("cleared")
    for name in ("hr", "retail", "retail-light"):
        done = kouan("clear", exports / name / "transfer.yaml", "--out", out / name, home=home)
        assert done.returncode == 0, done.stdout + done.stderr
    return out


def _decision(folder):
    return json.loads((folder / "decision.json").read_text("utf-8"))["body"]


def _options(decision):
    return [outcome["options"] for outcome in decision["possible"]]


def test_folder_holds_what_the_design_says(cleared):
    for name in ("hr", "retail", "retail-light"):
        assert {path.name for path in (cleared / name).iterdir()} == CLEARANCE_FILES
    assert not [path for path in cleared.iterdir() if path.name.startswith(".")]


def test_hr_employees_are_exempt_and_their_children_are_not(cleared):
    body = _decision(cleared / "hr")
    flows = {flow["id"]: flow["possible"] for flow in body["original"]["flows"]}
    assert flows["employee"][0]["options"] == ["exempt"]
    assert flows["child"][0]["options"] == ["standard_contract", "certification"]
    assert _options(body["original"]) == [["standard_contract", "certification"]]
    assert _options(body["treated"]) == [["exempt"]]


def test_retail_treated_without_persons_is_not_regulated(cleared):
    body = _decision(cleared / "retail-light")
    assert _options(body["original"]) != _options(body["treated"])
    assert _options(body["treated"]) == [["not_regulated"]]
    # Only anonymised information is no personal information, and a named person answers for that (PIPL Art 73 item 4).
    assert [one["id"] for one in body["treated"]["conditions"]] == ["pipl-73-anonymised"]
    assert "pipl-73-anonymised" not in [one["id"] for one in body["original"]["conditions"]]


def test_pseudonyms_stay_personal_information(cleared):
    body = _decision(cleared / "retail")
    persons = {fact["name"]: fact["value"] for flow in body["treated"]["facts"]["flows"] for fact in flow["facts"]}
    assert persons["flow.personal"] is True
    assert persons["flow.persons"]["hi"] >= 12_000


def test_second_run_is_up_to_date(cleared, exports, home):
    before = (cleared / "hr" / "manifest.json").read_bytes()
    done = kouan("clear", exports / "hr" / "transfer.yaml", "--out", cleared / "hr", "--json", home=home)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["fresh"] is False
    assert (cleared / "hr" / "manifest.json").read_bytes() == before


def test_verify_trusts_only_what_the_verifier_trusts(cleared, home, tmp_path):
    good = kouan("verify", cleared / "hr", home=home)
    assert good.returncode == 0, good.stdout + good.stderr
    stranger = kouan("verify", cleared / "hr", home=tmp_path)
    assert stranger.returncode == 5
    keys = list(home.glob("*.vkey"))
    assert len(keys) == 1
    told = kouan("verify", cleared / "hr", "--trust", keys[0], home=tmp_path)
    assert told.returncode == 0, told.stdout + told.stderr


def test_verify_names_every_changed_file(cleared, home, tmp_path):
    trust = TrustStore.of_home(home)
    folder = tmp_path / "copy"
    shutil.copytree(cleared / "hr", folder)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        original = path.read_bytes()
        data = bytearray(original)
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
        name = path.relative_to(folder).as_posix()
        places = [problem.where for problem in verify_folder(folder, trust).problems]
        assert any(name in place for place in places), (name, places)
        path.write_bytes(original)
    assert not verify_folder(folder, trust).problems


@pytest.mark.parametrize("change", ["add", "remove", "rename"])
def test_verify_counts_files(cleared, home, tmp_path, change):
    folder = tmp_path / "copy"
    shutil.copytree(cleared / "hr", folder)
    if change == "add":
        (folder / "staged" / "more.csv").write_text("a\n1\n")
    elif change == "remove":
        (folder / "risk.json").unlink()
    else:
        (folder / "risk.json").rename(folder / "risks.json")
    done = kouan("verify", folder, "--json", home=home)
    assert done.returncode == 5
    wanted = {"add": "more.csv", "remove": "risk.json", "rename": "risks.json"}[change]
    assert any(wanted in problem["where"] for problem in json.loads(done.stdout)["problems"])


def test_release_waits_for_every_condition(cleared, home, tmp_path):
    folder = tmp_path / "hr"
    shutil.copytree(cleared / "hr", folder)
    refused = kouan("release", folder, home=home)
    assert refused.returncode == 4, refused.stderr
    assert not (folder / "released").exists()
    conditions = [one["id"] for one in _decision(folder)["treated"]["conditions"]]
    words = [word for one in conditions for word in ("--attest", f"{one}=file 7")]
    done = kouan("release", folder, *words, "--by", "Li", "--json", home=home)
    assert done.returncode == 0, done.stderr
    names = {path.name for path in (folder / "released").iterdir()}
    assert {"data", "release.json", "label.dsse.json", "manifest.json", "receipt"} <= names
    assert kouan("verify", folder, home=home).returncode == 0
    assert kouan("release", folder, *words, "--by", "Li", home=home).returncode == 2
    (folder / "released" / "release.json").write_text("{}")
    assert kouan("verify", folder, home=home).returncode == 5


def test_killed_at_any_moment_it_resumes_and_ends_the_same(exports, home, cleared, tmp_path):
    out = tmp_path / "hr"
    for wait in (0.6, 0.9, 1.2, 1.5, 1.8, 2.1, 2.4):
        with start("clear", exports / "hr" / "transfer.yaml", "--out", out, home=home) as process:
            try:
                process.communicate(timeout=wait)
            except subprocess.TimeoutExpired:
                process.kill()
        if out.exists():
            assert {path.name for path in out.iterdir()} == CLEARANCE_FILES
    done = kouan("clear", exports / "hr" / "transfer.yaml", "--out", out, home=home)
    assert done.returncode == 0, done.stderr
    assert kouan("verify", out, home=home).returncode == 0
    same = ("plan.yaml", "risk.json")
    for name in same:
        first = json.loads((cleared / "hr" / name).read_text())["body"] if name.endswith("json") else None
        if first is not None:
            assert json.loads((out / name).read_text())["body"] == first
    assert (out / "staged" / "employees.xlsx").read_bytes() == (
        cleared / "hr" / "staged" / "employees.xlsx"
    ).read_bytes()


def test_two_runs_on_one_folder(exports, home, tmp_path):
    words = ("clear", exports / "hr" / "transfer.yaml", "--out", tmp_path / "o")
    pair = [start(*words, home=home) for _ in "ab"]
    texts = [process.communicate(timeout=120) for process in pair]
    codes = sorted(process.returncode for process in pair)
    assert codes[0] == 0, texts
    assert codes[1] in {0, 2}, texts
    if codes[1] == 2:
        assert any("K-CLR-010" in err for _, err in texts)
    assert kouan("verify", tmp_path / "o", home=home).returncode == 0
