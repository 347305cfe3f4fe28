"""Where treatment takes every key away, classes are counted in persons by the key that the raw data have."""

from __future__ import annotations

import json

import pytest

from kouan.clearance.journey import clear
from kouan.clearance.tool import tool
from kouan.clearance.verify import verify_folder
from kouan.evidence import Log, TrustStore, open_signer, seal
from kouan.model.files import read_document
from kouan.model.inventory import Inventory
from kouan.model.risk import RiskReport
from tests.commands import Transfer, kouan
from tests.integration.attacking import TODAY, copied, settings_of

VISITS, PATIENTS = 4, 3
PARTS = ("男,研发部", "女,市场部")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """Two classes of twelve rows each, of three patients each; their number is dropped."""
    folder = tmp_path_factory.mktemp("classes")
    made = Transfer.lay(folder / "declared")
    rows = [f"P-{part}{who}00{who},{PARTS[part]},高血压" for part in (0, 1) for who in range(PATIENTS)] * VISITS
    made.data.write_text("\n".join(["病历号,性别,部门,诊断", *rows]) + "\n", "utf-8")
    made.declare("subjects: [employee]", "subjects: [patient]")
    plan = folder / "plan.yaml"
    done = kouan("plan", made.declaration, "--out", plan, home=made.home)
    assert done.returncode == 0, done.stderr
    text = act(plan.read_text("utf-8"), "病历号", "drop")
    for name in ("性别", "部门", "诊断"):
        text = act(text, name, "keep")
    plan.write_text(text, "utf-8")
    clear(made.declaration, folder / "cleared", settings=settings_of(folder / "home"), plan_path=plan)
    return folder


def act(text, name, action):
    head, item, rest = text.partition(f'"staff.csv!staff#{name}"')
    lines = rest.split("\n")
    at = next(n for n, line in enumerate(lines) if "action:" in line)
    lines[at] = lines[at][: lines[at].index("action:")] + f"action: {action}"
    if "params:" in lines[at + 1]:
        del lines[at + 1]
    return head + item + "\n".join(lines)


def table(folder):
    after = read_document(folder / "risk.json", RiskReport).after
    (found,) = after.tables
    (verdict,) = [one for one in after.verdicts if one.rule == "gbt-39725"]
    return found, verdict


def test_a_class_of_twelve_rows_of_three_patients_is_three_persons(root):
    found, verdict = table(root / "cleared")
    assert (found.unit, found.k, found.persons) == ("row", VISITS * PATIENTS, PATIENTS)
    assert (verdict.outcome, verdict.value.en) == ("fail", f"k={PATIENTS}")
    assert any("row by row" in note.en for note in verdict.notes)
    assert not any("each record counts as one person" in note.en for note in verdict.notes)


def test_the_diagnoses_that_are_left_are_of_as_many_patients_as_before(root):
    before = read_document(root / "cleared/inventory.json", Inventory)
    after = read_document(root / "cleared/inventory-treated.json", Inventory)
    (raw,), (treated,) = before.persons, after.persons
    assert (raw.persons.lo, raw.sensitive.lo) == (2 * PATIENTS, 2 * PATIENTS)
    assert treated.keys == ()
    assert (treated.persons.lo, treated.sensitive.lo) == (2 * PATIENTS, 2 * PATIENTS)


def changed(root, name, persons):
    folder = copied(root / "cleared", root / name)
    document = json.loads((folder / "risk.json").read_text("utf-8"))
    document["body"]["after"]["tables"][0]["persons"] = persons
    (folder / "risk.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    log = Log.open(root / "home/log", open_signer(root / "home", create=True))
    seal(folder, kind="clearance", transfer="t", log=log, clock=lambda: TODAY, tool=tool())
    return [one.code for one in verify_folder(folder, TrustStore.of_home(root / "home")).problems]


def test_what_was_sealed_holds_with_and_without_the_raw_data(root):
    assert verify_folder(root / "cleared", TrustStore.of_home(root / "home")).problems == ()
    said = kouan("verify", root / "cleared", "--raw", root / "declared", home=root / "home")
    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize("persons", [None, 13, 12])
def test_more_persons_than_the_verdict_says_or_none_told_are_found(root, persons):
    assert changed(root, f"persons-{persons}", persons) == ["K-CLR-140"]
