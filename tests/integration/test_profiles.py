"""A treatment profile from the declaration to the sealed folder: it is kept, held to, and nobody takes it away."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil

import pyreadstat
import pytest
import yaml

from kouan.model.canonical import sha256_bytes
from tests.commands import Transfer, cells_in, kouan
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
    assert not cells_in(refused.stderr)


DEPARTMENTS = "研发部;技术;*\n市场部;业务;*\n"


def _with_file(folder, text=DEPARTMENTS):
    """Lay our own profile with a hierarchy beside it, pinned by its digest."""
    _own(folder)
    (folder / "profiles" / "departments.csv").write_text(text, "utf-8")
    digest = sha256_bytes(DEPARTMENTS.encode())
    rule = f"""  - id: departments
    meanings: [department]
    things: true
    action: generalise
    params: {{to: hierarchy, file: departments.csv, level: 1, sha256: "{digest}"}}
    why: {{zh: 部门归类, en: departments in groups}}
    source: {{instrument: judgement, confidence: L}}
"""
    (folder / "profiles" / "firm.yaml").write_text(OWN + rule, "utf-8")
    return folder


def test_a_hierarchy_beside_a_profile_is_kept_with_the_folder(tmp_path):
    transfer, packs = _declared(tmp_path, "firm"), _with_file(tmp_path / "packs")
    shown = kouan("plan", transfer.declaration, "--preview", "--packs", packs, home=transfer.home)
    assert shown.returncode == 0, shown.stderr
    done = kouan(*transfer.clear, "--packs", packs, home=transfer.home)
    assert done.returncode in (0, 3), done.stdout + done.stderr
    line = _lines(transfer)["部门"]
    assert line["params"]["file"] == "profile:departments.csv"
    staged = (transfer.out / "staged" / "staff.csv").read_text("utf-8")
    assert "技术" in staged
    assert "研发部" not in staged
    copy = transfer.out / "hierarchies" / "@profile" / "departments.csv"
    assert copy.read_text("utf-8") == DEPARTMENTS
    shutil.rmtree(packs)
    assert kouan("verify", transfer.out, home=transfer.home).returncode == 0
    copy.write_text(DEPARTMENTS.replace("技术", "业务"), "utf-8")
    assert kouan("verify", transfer.out, home=transfer.home).returncode == 5


def test_a_hierarchy_that_changed_since_its_profile_or_is_gone_is_refused(tmp_path):
    transfer = _declared(tmp_path, "firm")
    packs = _with_file(tmp_path / "packs", DEPARTMENTS + "财务部;职能;*\n")
    changed = kouan(*transfer.clear, "--packs", packs, home=transfer.home)
    assert (changed.returncode, "K-PCK-092" in changed.stderr) == (2, True)
    (packs / "profiles" / "departments.csv").unlink()
    assert kouan(*transfer.clear, "--packs", packs, home=transfer.home).returncode == 2
    assert not transfer.out.exists()


@pytest.mark.parametrize("name", ["../departments.csv", "departments.yaml", "/etc/passwd", "departments.csv"])
def test_a_profile_names_only_a_pinned_csv_beside_it(tmp_path, name):
    packs = _with_file(tmp_path / "packs")
    path = packs / "profiles" / "firm.yaml"
    text = (
        re.sub(r', sha256: "[^"]*"', "", path.read_text("utf-8"))
        if name == "departments.csv"
        else path.read_text("utf-8")
    )
    path.write_text(text.replace("file: departments.csv", f"file: {name}"), "utf-8")
    refused = kouan("profiles", "--packs", packs, home=tmp_path)
    assert (refused.returncode, "firm.yaml" in refused.stderr) == (2, True)


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


SAMPLE = """\
transfer: {{name: sample, scenario: {scenario}, profile: {profile}}}
parties:
  - {{role: exporter, name: 示例公司, ciio: false}}
  - {{role: recipient, name: Example Ltd, country: US}}
purpose: 分析
basis: [legal_duty]
sources:
  - {{path: in/, subjects: [{subjects}]}}
"""


def _treated(root, files, profile, scenario, subjects):
    """Lay files that nobody in this project wrote, treat them by a profile and return the clearance folder."""
    (root / "in").mkdir()
    for number, path in enumerate(files):
        shutil.copyfile(path, root / "in" / f"{number}{path.suffix}")
    said = SAMPLE.format(scenario=scenario, profile=profile, subjects=subjects)
    (root / "transfer.yaml").write_text(said, "utf-8")
    done = kouan("clear", root / "transfer.yaml", "--out", root / "out", home=root / "home")
    assert done.returncode in (0, 3), done.stdout + done.stderr
    assert kouan("verify", root / "out", home=root / "home").returncode == 0
    return root / "out"


INSTANT = re.compile(
    r"([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)-(0[1-9]|1[0-2])-(0[1-9]|[1-2][0-9]|3[0-1])"
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?(Z|(\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00))"
)
"""As the StructureDefinition of FHIR R4 has it."""


def _outcomes(folder):
    after = json.loads((folder / "risk.json").read_text("utf-8"))["body"]["after"]
    return {one["rule"]: one["outcome"] for one in after["verdicts"]}


def test_a_published_patient_record_treated_for_beijing_still_joins_and_names_nobody(samples, tmp_path):
    (path,) = (samples / "samples" / "fhir").glob("Ned_Hintz*.json")
    folder = _treated(tmp_path, [path], "health-beijing", "multi_centre_trial", "patient")
    raw = [one["resource"] for one in json.loads(path.read_text("utf-8"))["entry"]]
    (staged,) = (folder / "staged" / "in").glob("*.json")
    text = staged.read_text("utf-8")
    entries = json.loads(text)["entry"]
    (patient,) = (one for one in raw if one["resourceType"] == "Patient")
    gone = [patient["birthDate"], patient["name"][0]["family"], patient["address"][0]["line"][0], patient["id"]]
    assert not [value for value in gone if value in text]
    (whose,) = (one["fullUrl"] for one in entries if one["resource"]["resourceType"] == "Patient")
    subjects = {one["resource"]["subject"]["reference"] for one in entries if "subject" in one["resource"]}
    assert subjects == {whose}
    # Intervals of one patient's dates stay, and no time of day does.
    days = [one.get("effectiveDateTime") for one in raw if one["resourceType"] == "Observation"]
    moved = [one["resource"].get("effectiveDateTime") for one in entries]
    moved = [day for one, day in zip(entries, moved, strict=True) if one["resource"]["resourceType"] == "Observation"]
    shifts = {dt.date.fromisoformat(a[:10]) - dt.date.fromisoformat(b) for a, b in zip(days, moved, strict=True)}
    assert len(shifts) == 1
    assert shifts.pop() > dt.timedelta(0)
    # FHIR R4, datatypes: what is an instant is one still, and says no time of day.
    instants = [one["resource"]["issued"] for one in entries if "issued" in one["resource"]]
    assert len(instants) == sum("issued" in one for one in raw) > 0
    assert all(INSTANT.fullmatch(one) and one.endswith("T00:00:00Z") for one in instants)


def test_the_pilot_study_treated_by_phuse_keeps_its_study_days(samples, tmp_path):
    files = sorted((samples / "samples" / "cdisc_sdtm_xpt").glob("*.xpt"))
    folder = _treated(tmp_path, files, "pharma-sdtm", "multi_centre_trial", "participant")
    raw = _table(next(path for path in files if path.name == "ae.xpt"))
    done = [_table(path) for path in sorted((folder / "staged" / "in").glob("*.xpt"))]
    treated = next(table for table in done if "AEDECOD" in table)
    assert treated["AESTDY"] == raw["AESTDY"]
    assert treated["AEDECOD"] == raw["AEDECOD"]
    assert not set(treated["USUBJID"]) & set(raw["USUBJID"])
    whole = [(a, b) for a, b in zip(raw["AESTDTC"], treated["AESTDTC"], strict=True) if len(a) == len("2024-01-02")]
    assert whole
    assert all(a != b for a, b in whole)
    assert not any("INVNAM" in table for table in done)
    (continents,) = (table["COUNTRY"] for table in done if "COUNTRY" in table)
    assert set(continents) == {"Americas"}


def _table(path):
    found = pyreadstat.read_xport(path, output_format="dict")[0]
    return {name: [None if one != one else one for one in cells] for name, cells in found.items()}  # noqa: PLR0124


def test_safe_harbour_meets_the_verdict_that_it_aims_at(tmp_path):
    transfer = _declared(tmp_path, "hipaa-safe-harbor")
    transfer.declare("country: DE", "country: US")
    transfer.data.write_text(
        "病案号,姓名,手机号,年龄,入院日期,诊断\nP1,欧阳试验甲,13800138000,92,2026-01-02,高血压\n"
        "P2,慕容试验乙,13900139001,41,2026-02-03,糖尿病\n",
        "utf-8",
    )
    transfer.declare("subjects: [employee]", "subjects: [patient]")
    transfer.declare("scenario: hr_management", "scenario: real_world_study")
    done = kouan(*transfer.clear, home=transfer.home)
    assert done.returncode in (0, 3), done.stderr
    assert _outcomes(transfer.out)["hipaa-safe-harbor"] == "pass"


def test_a_preview_shows_what_becomes_of_each_item_and_no_value(tmp_path):
    transfer = _declared(tmp_path)
    shown = kouan("plan", transfer.declaration, "--preview", home=transfer.home)
    assert shown.returncode == 0, shown.stderr
    lines = [line.strip() for line in shown.stdout.splitlines()]
    assert "手机号: drop" in lines
    assert "138****8000 → (does not leave)" in lines
    assert {line for line in lines if line.endswith(("→ 1990", "→ 1991", "→ 1992"))}
    assert any(line.endswith(("→ [10000,15000)", "→ [20000,25000)")) for line in lines)
    assert not cells_in(shown.stdout)
    assert "kind: plan" not in shown.stdout
