"""What a team says, or somebody writes into a certificate, does not beat what can be seen."""

from __future__ import annotations

import datetime as dt
import json
import shutil

import pytest

from kouan.evidence import Log, open_signer, seal
from tests.commands import Transfer, kouan
from tests.integration.test_certificates import certify, evaluation

NOISY = """\
kind: plan
version: 1
mode: controlled
key: pseudonym/2026
lines:
  - {item: "staff.csv!staff#工号", action: drop, why: 不需要}
  - {item: "staff.csv!staff#性别", action: keep, why: 需要}
  - {item: "staff.csv!staff#金额", action: noise, params: {by: 工号, scale: 1}, why: 加噪}
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def folder(home, tmp_path_factory):
    """A clearance of sexes that many share, and of amounts with noise that a key draws."""
    transfer = Transfer.lay(tmp_path_factory.mktemp("noisy"))
    rows = [f"E{number:06d},{'男女'[number % 2]},{1000 + 7 * number}" for number in range(200)]
    transfer.data.write_text("\n".join(["工号,性别,金额", *rows]) + "\n", "utf-8")
    plan = transfer.folder / "noisy.yaml"
    plan.write_text(NOISY, "utf-8")
    out = transfer.folder / "out"
    done = kouan("clear", transfer.declaration, "--plan", plan, "--out", out, home=home)
    assert done.returncode in {0, 3}, done.stderr
    return out


def gates_of(done):
    return {gate["id"]: gate["outcome"] for gate in json.loads(done.stdout)["gates"]}


def attacked(folder, home, path, *more, raw=None):
    done = kouan(
        "attack", raw or folder.parent / "staff.csv", folder / "staged" / "staff.csv", "--json", *more, home=home
    )
    path.write_text(done.stdout, "utf-8")
    return path


def test_a_key_that_still_lies_here_is_not_destroyed_whatever_is_answered(folder, home, tmp_path):
    done = certify(folder, evaluation(), tmp_path, home)
    assert gates_of(done)["reversible"] == "fail"
    assert json.loads(done.stdout)["effect"] == "de_identified"


def test_a_key_destroyed_later_makes_no_certificate_another_one(folder, home, tmp_path):
    other = shutil.copytree(home, tmp_path / "home")
    done = certify(folder, evaluation(M1="{answer: true, evidence: 另}"), tmp_path, other, "--out", tmp_path / "c")
    number = json.loads(done.stdout)["number"]
    (other / "keys" / "root.key").unlink()
    again = kouan("certificates", "--check", number, "--folder", folder, home=other)
    assert again.returncode == 0, again.stdout
    fresh = certify(folder, evaluation(M1="{answer: true, evidence: 又}"), tmp_path, other)
    assert gates_of(fresh)["reversible"] == "pass"


def test_a_destroyed_key_without_evidence_stays_open(folder, home, tmp_path):
    other = shutil.copytree(home, tmp_path / "home")
    (other / "keys" / "root.key").unlink()
    assert gates_of(certify(folder, evaluation(B5="{answer: true}"), tmp_path, other))["reversible"] == "unknown"


def test_one_try_that_fails_shows_nothing(folder, home, tmp_path):
    report = attacked(folder, home, tmp_path / "attacks.json", "--attacks", "1")
    found = gates_of(
        certify(folder, evaluation(M2="{answer: true, evidence: 另}"), tmp_path, home, "--attacks", report)
    )
    attacks = {name: outcome for name, outcome in found.items() if name.startswith("attack:singling")}
    assert attacks
    assert "pass" not in attacks.values()


def test_attacks_that_start_from_other_data_are_refused(folder, home, tmp_path):
    other = tmp_path / "staff.csv"
    other.write_text("工号,性别,金额\n" + "E999999,男,5\n" * 200, "utf-8")
    report = attacked(folder, home, tmp_path / "attacks.json", raw=other)
    refused = certify(folder, evaluation(M3="{answer: true, evidence: 另}"), tmp_path, home, "--attacks", report)
    assert "K-CLR-128" in refused.stderr


@pytest.mark.parametrize(
    "change",
    [
        {"valid_to": "2099-01-01"},
        {"conclusion": {"zh": "绝对匿名", "en": "anonymous for ever"}},
        {"recipients": ["Anybody Ltd"]},
        {"purpose": "任何目的"},
        {"items": []},
        {"missing": []},
        {"utility": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_certificate_that_was_changed_and_sealed_again_is_not_the_registered_one(home, folder, tmp_path, change):
    number, place = issued(home, folder, tmp_path)
    copy = shutil.copytree(place, tmp_path / "copy")
    document = json.loads((copy / "certificate.json").read_text("utf-8"))
    document["body"] |= change
    assert sealed_again(copy, folder, home, document=document, number=number) == 5


def test_papers_of_a_certificate_that_were_swapped_are_found(home, folder, tmp_path):
    number, place = issued(home, folder, tmp_path)
    copy = shutil.copytree(place, tmp_path / "copy")
    (copy / "certificate.zh.docx").write_bytes((copy / "certificate.en.docx").read_bytes())
    document = json.loads((copy / "certificate.json").read_text("utf-8"))
    assert sealed_again(copy, folder, home, document=document, number=number) == 5


def issued(home, folder, tmp_path):
    listed = json.loads(kouan("certificates", "--json", home=home).stdout)
    if not listed:
        certify(folder, evaluation(M4="{answer: true, evidence: 另}"), tmp_path, home)
        listed = json.loads(kouan("certificates", "--json", home=home).stdout)
    entry = listed[-1]["entry"]
    check = kouan("certificates", "--check", entry["number"], "--folder", folder, home=home)
    assert check.returncode == 0, check.stdout
    return entry["number"], entry["folder"]


def sealed_again(copy, folder, home, *, document, number):
    """Seal a changed certificate with the installation's own key and return what checking it gives."""
    (copy / "certificate.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    for name in ("manifest.json", "receipt"):
        (copy / name).unlink()
    seal(
        copy,
        kind="certificate",
        transfer=document["body"]["transfer"],
        log=Log.open(home / "log", open_signer(home, create=False)),
        clock=lambda: dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
        tool=json.loads((copy / "certificate.json").read_text("utf-8"))["body"]["tool"],
        parent=document["body"]["clearance"],
    )
    return kouan("certificates", "--check", number, "--folder", folder, "--at", copy, home=home).returncode


def test_a_certificate_by_itself_verifies_and_a_swapped_paper_does_not(home, folder, tmp_path):
    number, place = issued(home, folder, tmp_path)
    done = kouan("verify", place, home=home)
    assert (done.returncode, "kouan certificates" in done.stdout) == (0, True), done.stdout
    for name, change in (("certificate.en.docx", b"x"), ("evaluation.yaml", b"kind: evaluation\nversion: 1\n")):
        copy = shutil.copytree(place, tmp_path / f"copy-{name}")
        (copy / name).write_bytes(change)
        document = json.loads((copy / "certificate.json").read_text("utf-8"))
        assert sealed_again(copy, folder, home, document=document, number=number) == 5
        found = kouan("verify", copy, "--json", home=home)
        assert (found.returncode, json.loads(found.stdout)["problems"][0]["code"]) == (5, "K-CLR-210")
