"""A treatment profile from the declaration to the sealed folder: it is kept, held to, and nobody takes it away."""

from __future__ import annotations

import shutil

import yaml

from tests.commands import CELLS, Transfer, kouan
from tests.integration.attacking import seal_again

OWN = """\
id: firm
version: 1.0.0
title: {zh: 本所, en: our own}
about: {zh: 试, en: for a test}
modes: [controlled]
keys: [work_id]
rules:
  - id: mobiles
    meanings: [cn.mobile]
    action: drop
    never: true
    why: {zh: 不用, en: not used}
    source: {instrument: judgement, confidence: L}
"""


def _plan(transfer):
    return yaml.safe_load((transfer.out / "plan.yaml").read_text("utf-8"))


def _lines(transfer):
    return {line["item"].partition("#")[2]: line for line in _plan(transfer)["lines"]}


def _declared(folder, name="hr-group"):
    transfer = Transfer.lay(folder)
    transfer.declare("scenario: hr_management}", f"scenario: hr_management, profile: {name}}}")
    return transfer


def _own(folder):
    (folder / "profiles").mkdir(parents=True)
    (folder / "profiles" / "firm.yaml").write_text(OWN, "utf-8")
    return folder


def test_a_declared_profile_makes_the_plan_and_lies_in_the_folder(tmp_path):
    transfer = _declared(tmp_path)
    done = kouan(*transfer.clear, home=transfer.home)
    assert done.returncode in (0, 3), done.stderr
    plan, lines = _plan(transfer), _lines(transfer)
    assert (plan["profile"]["id"], plan["edited"]) == ("hr-group", False)
    assert lines["手机号"]["action"] == "drop"
    assert lines["工号"]["why"]["en"].startswith("profile hr-group (numbers): ")
    assert (transfer.out / "packs" / "profile.yaml").read_text("utf-8").startswith("# 集团人力资源管理")
    verified = kouan("verify", transfer.out, home=transfer.home)
    assert verified.returncode == 0, verified.stdout
    again = kouan(*transfer.clear, home=transfer.home)
    assert again.returncode == done.returncode


def test_even_the_maker_with_the_key_cannot_leave_a_profile(tmp_path):
    transfer = _declared(tmp_path, "firm")
    done = kouan(*transfer.clear, "--packs", _own(tmp_path / "packs"), home=transfer.home)
    assert done.returncode in (0, 3), done.stderr
    assert kouan("verify", transfer.out, home=transfer.home).returncode == 0
    plan = (transfer.out / "plan.yaml").read_text("utf-8")
    head = next(line for line in plan.splitlines() if line.startswith("profile: "))
    changes = (
        ("plan.yaml", head + "\n", ""),
        ("plan.yaml", "version: 1.0.0", "version: 1.0.1"),
        ("packs/profile.yaml", "meanings: [cn.mobile]", "meanings: [fax]"),
        ("declaration.yaml", "profile: firm", "profile: hr-group"),
    )
    for name, old, new in changes:
        changed = tmp_path / "changed"
        shutil.copytree(transfer.out, changed)
        text = (changed / name).read_text("utf-8")
        assert old in text, name
        (changed / name).write_text(text.replace(old, new), "utf-8")
        seal_again(changed, transfer.home)
        found = kouan("verify", changed, home=transfer.home)
        assert found.returncode == 5, (name, found.stdout)
        assert "K-CLR-121" in found.stdout + found.stderr, (name, found.stdout)
        shutil.rmtree(changed)


def test_a_profile_given_as_kouans_own_is_compared_with_the_verifiers(tmp_path):
    transfer = _declared(tmp_path, "firm")
    kouan(*transfer.clear, "--packs", _own(tmp_path / "packs"), home=transfer.home)
    path = transfer.out / "plan.yaml"
    path.write_text(path.read_text("utf-8").replace(", user: true}", "}"), "utf-8")
    seal_again(transfer.out, transfer.home)
    found = kouan("verify", transfer.out, home=transfer.home)
    assert found.returncode == 0
    assert "firm 1.0.0" in found.stdout


def test_a_plan_for_a_profile_is_edited_and_cleared(tmp_path):
    transfer = Transfer.lay(tmp_path)
    plan = tmp_path / "plan.yaml"
    made = kouan("plan", transfer.declaration, "--profile", "hr-group", "-o", plan, home=transfer.home)
    assert made.returncode == 0, made.stderr
    done = kouan(*transfer.clear, "--plan", plan, home=transfer.home)
    assert done.returncode in (0, 3), done.stderr
    assert (_plan(transfer)["profile"]["id"], _plan(transfer)["edited"]) == ("hr-group", False)
    assert kouan("verify", transfer.out, home=transfer.home).returncode == 0
    treated = kouan("deidentify", transfer.declaration, "--plan", plan, "-o", tmp_path / "t", home=transfer.home)
    assert treated.returncode == 0, treated.stderr


def test_a_plan_of_another_profile_than_the_declared_one_is_refused(tmp_path):
    transfer = Transfer.lay(tmp_path)
    plan = tmp_path / "plan.yaml"
    kouan("plan", transfer.declaration, "-o", plan, home=transfer.home)
    transfer.declare("scenario: hr_management}", "scenario: hr_management, profile: hr-group}")
    refused = kouan(*transfer.clear, "--plan", plan, home=transfer.home)
    assert (refused.returncode, refused.stderr[:10]) == (2, "K-CLR-120 ")
    assert not transfer.out.exists()


def test_what_never_leaves_is_refused_with_the_line(tmp_path):
    transfer = _declared(tmp_path, "firm")
    packs, plan = _own(tmp_path / "packs"), tmp_path / "plan.yaml"
    kouan("plan", transfer.declaration, "--packs", packs, "-o", plan, home=transfer.home)
    text = plan.read_text("utf-8")
    at = text.index("#手机号")
    plan.write_text(text[:at] + text[at:].replace("action: drop", "action: pseudonym", 1), "utf-8")
    refused = kouan(*transfer.clear, "--packs", packs, "--plan", plan, home=transfer.home)
    assert (refused.returncode, refused.stderr[:10]) == (2, "K-DEI-063 ")
    assert "[plan.yaml:" in refused.stderr
    assert not any(cell in refused.stderr for cell in CELLS)


def test_profiles_are_listed_and_shown(tmp_path):
    listed = kouan("profiles", "--packs", _own(tmp_path / "packs"), home=tmp_path)
    assert listed.returncode == 0, listed.stderr
    assert "health-beijing" in listed.stdout
    assert "firm 1.0.0 (your own)" in listed.stdout
    shown = kouan("profiles", "health-beijing", home=tmp_path)
    assert "must never leave: name, cn.ric" in shown.stdout
    assert "GB/T 39725-2020 10.2 a, confidence M" in " ".join(shown.stdout.split())
    zh = kouan("profiles", "hipaa-safe-harbor", home=tmp_path, lang="zh")
    assert "不得出境：name" in zh.stdout
    unknown = kouan("profiles", "hipaa", home=tmp_path)
    assert (unknown.returncode, unknown.stderr[:10]) == (2, "K-PCK-088 ")


def test_an_unknown_profile_is_refused_with_its_line(tmp_path):
    transfer = _declared(tmp_path, "hr-grup")
    refused = kouan("plan", transfer.declaration, home=transfer.home)
    assert (refused.returncode, refused.stderr[:10]) == (2, "K-PCK-088 ")
    assert "hr-group?" in refused.stderr
    assert "[transfer.yaml:1]" in refused.stderr
