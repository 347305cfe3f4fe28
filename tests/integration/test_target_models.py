"""Privacy models in the declared target: the plan is made towards them, rows that fail stay here, and what leaves is counted."""

from __future__ import annotations

import csv
import json
from collections import defaultdict

import pytest

from tests.commands import Transfer, kouan

ILLS = ("肺炎", "骨折", "胃炎", "糖尿病")


def laid(folder, target: str) -> Transfer:
    """Sixty rows a class of sex and department; in one class of them everybody has the same illness."""
    transfer = Transfer.lay(folder)
    rows = []
    for at, (sex, part) in enumerate((sex, part) for sex in ("男", "女") for part in ("研发部", "市场部", "财务部")):
        rows += [f"{sex},{part},{ILLS[0] if at == 0 else ILLS[(n + at) % 4]}" for n in range(60)]
    transfer.data.write_text("\n".join(["性别,部门,诊断", *rows]) + "\n", "utf-8")
    with transfer.declaration.open("a", encoding="utf-8") as file:
        file.write("necessity: {items: {诊断: 统计病种}}\n")
        file.write(f"assessment: {{target: {target}, attacks: {{run: false}}}}\n")
    return transfer


def cleared(transfer: Transfer):
    done = kouan(*transfer.clear, home=transfer.home)
    assert done.returncode in {0, 3, 4}, done.stderr
    return done, json.loads((transfer.out / "risk.json").read_text("utf-8"))["body"]


def kinds(path):
    """Different illnesses of each class, as the staged file has them."""
    found = defaultdict(set)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found[tuple(value for name, value in row.items() if name != "诊断")].add(row["诊断"])
    return found


def test_without_models_the_class_with_one_illness_leaves_as_it_is(tmp_path):
    transfer = laid(tmp_path, "{verdicts: [], k: 20}")
    _, risk = cleared(transfer)
    assert min(map(len, kinds(transfer.out / "staged" / "staff.csv").values())) == 1
    assert risk["models"] == []


@pytest.mark.parametrize("model", ["l:诊断=3", "t:诊断=0.4", "entropy-l:诊断=2", "ordered-t:诊断=0.2", "beta:诊断=1.5"])
def test_the_plan_is_made_towards_the_declared_model_and_what_leaves_is_counted(tmp_path, model):
    transfer = laid(tmp_path, f"{{verdicts: [], models: ['k=20', '{model}']}}")
    done, risk = cleared(transfer)
    assert {one["model"].partition(":")[0]: one["failing"] for one in risk["models"]} == {
        "k=20": 0,
        model.partition(":")[0]: 0,
    }
    classes = kinds(transfer.out / "staged" / "staff.csv")
    assert min(map(len, classes.values())) > 1
    assert len(classes) < 6  # the class of one illness is hidden among others
    assert model in done.stdout.replace("\n", "")
    assert done.returncode != 4
    assert kouan("verify", transfer.out, home=transfer.home).returncode == 0


def test_rows_that_fail_stay_here_by_the_plan_where_some_may(tmp_path):
    target = "{verdicts: [], models: ['l:诊断=3'], suppress: 20%, coarsest: {性别: as_planned, 部门: as_planned}}"
    transfer = laid(tmp_path, target)
    _, risk = cleared(transfer)
    assert "l:staff.csv!staff#诊断=3" in (transfer.out / "plan.yaml").read_text("utf-8")
    (found,) = risk["models"]
    assert (found["rows"], found["failing"]) == (300, 0)
    assert min(map(len, kinds(transfer.out / "staged" / "staff.csv").values())) >= 3
    assert kouan("verify", transfer.out, home=transfer.home).returncode == 0


def test_a_model_out_of_reach_misses_the_target_and_says_by_how_many_rows(tmp_path):
    transfer = laid(tmp_path, "{verdicts: [], models: ['l:诊断=3'], coarsest: {性别: as_planned, 部门: as_planned}}")
    done, risk = cleared(transfer)
    (found,) = risk["models"]
    assert found["failing"] == 60
    assert "60 of 360 rows are in classes that do not meet it" in " ".join(done.stdout.split())
    assert done.returncode in {3, 4}
    assert kouan("release", transfer.out, home=transfer.home).returncode != 0


@pytest.mark.parametrize(
    ("models", "code"),
    [
        ("['l:诊断']", "K-DEI-065"),
        ("['l:病症=3']", "K-DEI-092"),
        ("['l:性别=2']", "K-DEI-120"),
        ("['k-map=5']", "K-DEI-120"),
    ],
)
def test_a_model_that_cannot_be_asked_is_refused_before_anything_is_treated(tmp_path, models, code):
    transfer = laid(tmp_path, f"{{models: {models}}}")
    done = kouan(*transfer.clear, home=transfer.home)
    assert done.returncode == 2
    assert code in done.stderr
    assert not transfer.out.exists()
