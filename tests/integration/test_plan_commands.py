"""Treatments through the command line: a whole clearing by an edited plan, what it refuses, and what verification sees."""

from __future__ import annotations

import csv
import json
from collections import Counter

import pytest

from kouan.deidentify.sealed import unseal
from kouan.evidence import FileKeyStore
from tests.commands import Transfer, kouan

DEPARTMENTS = ("研发部", "市场部", "财务部", "法务部")
HIERARCHY = "研发部;技术;*\n市场部;业务;*\n财务部;职能;*\n"
ITEM = "staff.csv!staff#"


def ask(transfer, *words):
    return kouan(*words, home=transfer.home)


@pytest.fixture(scope="module")
def transfer(tmp_path_factory):
    """240 persons, the plan written by the command and then edited."""
    made = Transfer.lay(tmp_path_factory.mktemp("plan"))
    rows = [["工号", "姓名", "手机号", "部门", "出生日期", "薪资"]]
    for at in range(240):
        name = f"欧阳{chr(0x4E00 + at)}{chr(0x5000 + at)}"
        born = f"{1970 + at % 3 * 10}-0{1 + at % 9}-1{at % 9}"
        rows.append([f"E-{7300541 + at}", name, f"1380013{8000 + at}", DEPARTMENTS[at % 4], born, str(9000 + 37 * at)])
    with made.data.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream).writerows(rows)
    (made.folder / "dept.csv").write_text(HIERARCHY, "utf-8")
    done = ask(made, "plan", made.declaration, "--out", made.folder / "made.yaml")
    assert done.returncode == 0, done.stderr
    return made


def edited(transfer, *pairs):
    text = (transfer.folder / "made.yaml").read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    plan = transfer.folder / "plan.yaml"
    plan.write_text(text, "utf-8")
    return plan


WHOLE = (
    ("params: {kind: work_id}", "params: {kind: work_id, form: sealed}"),
    ("params: {kind: cn.mobile}", "params: {kind: cn.mobile, algorithm: hmac-sm3}"),
    ("action: keep\n", "action: generalise\n    params: {to: hierarchy, file: dept.csv, level: 1, other: 其他}\n"),
    (
        "action: generalise\n    params: {to: bins, width: 5000, top: 50000}",
        "action: noise\n    params: {by: 工号, scale: 500, bottom: 0}",
    ),
    (
        "edited: false\n",
        f'edited: false\nrows: {{sample: 60%, by: 工号, k: 5, over: ["{ITEM}部门", "{ITEM}出生日期"]}}\n',
    ),
)


def staged(folder):
    with (folder / "staged" / "staff.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_plan_of_many_treatments_is_cleared_and_verified_and_follows_its_hierarchy(transfer):
    clear = (*transfer.clear, "--plan", edited(transfer, *WHOLE))
    done = ask(transfer, *clear)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = staged(transfer.out)
    assert 40 < len(rows) < 240
    assert {row["部门"] for row in rows} <= {"技术", "业务", "职能", "其他"}
    assert min(Counter((row["部门"], row["出生日期"]) for row in rows).values()) >= 5
    key = FileKeyStore.open(transfer.home, create=False).derive("pseudonym/2026")
    known = {f"E-{7300541 + at}": 9000 + 37 * at for at in range(240)}
    opened = unseal([row["工号"] for row in rows], kind="work_id", key=key, where="staff.csv")
    assert set(opened) < set(known)
    assert 0 < sum(abs(int(row["薪资"]) - known[who]) for row, who in zip(rows, opened, strict=True)) / len(rows) < 1500
    body = json.loads((transfer.out / "treatment.json").read_text("utf-8"))["body"]
    assert body["held"] == 240 - len(rows)
    assert ask(transfer, "verify", transfer.out).returncode == 0

    digest = next(one["params"]["sha256"] for one in body["items"] if "sha256" in one["params"])
    assert digest in (transfer.out / "plan.yaml").read_text("utf-8")
    (transfer.folder / "dept.csv").write_text(HIERARCHY + "法务部;职能;*\n", "utf-8")
    assert ask(transfer, *clear).returncode == 0
    assert digest not in (transfer.out / "plan.yaml").read_text("utf-8")
    assert "其他" not in {row["部门"] for row in staged(transfer.out)}


@pytest.mark.parametrize(
    ("old", "new", "code", "mark"),
    [
        (
            "action: keep\n",
            "action: generalise\n    params: {to: hierarchy, file: no.csv, level: 1}\n",
            "K-DEI-012",
            "no.csv",
        ),
        ("params: {kind: work_id}", "params: {kind: work_id, algorithm: md5}", "K-DEI-004", "plan.yaml:"),
        (
            "action: pseudonym\n    params: {kind: name}",
            "action: suppress\n    params: {below: 5}",
            "K-DEI-022",
            "plan.yaml:",
        ),
        ("action: pseudonym\n    params: {kind: name}", "action: keep", "K-DEI-005", "plan.yaml:"),
        ("edited: false\n", "edited: false\nrows: {sample: 5%, by: 编号}\n", "K-DEI-025", "plan.yaml:"),
        (f'item: "{ITEM}姓名"', f'item: "{ITEM}名"', "K-DEI-001", "plan.yaml:"),
    ],
)
@pytest.mark.parametrize("command", ["clear", "deidentify"])
def test_what_does_not_fit_is_refused_and_nothing_is_written(transfer, command, old, new, *, code, mark):
    out = transfer.folder / "refused"
    done = ask(transfer, command, transfer.declaration, "--out", out, "--plan", edited(transfer, (old, new)))
    assert done.returncode == 2, done.stdout
    assert code in done.stderr
    assert mark in done.stderr
    assert not out.exists()
