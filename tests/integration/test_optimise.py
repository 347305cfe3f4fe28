"""`kouan optimise`: the plan that it writes protects as asked when it is applied, and nothing that loses less does."""

from __future__ import annotations

import itertools
import json
import random
from collections import Counter
from decimal import Decimal

import pytest

from tests.commands import Transfer, kouan

AGES = [f"{age};{age // 10 * 10}-{age // 10 * 10 + 9};{'young' if age < 40 else 'old'};*" for age in range(20, 60)]
PARTS = ["研发部;业务;*", "市场部;业务;*", "财务部;支持;*", "人事部;支持;*"]
K = 4


@pytest.fixture
def transfer(tmp_path):
    """Three hundred rows with ages, departments and grades, and the hierarchies of two of them."""
    made = Transfer.lay(tmp_path)
    dice = random.Random(7)
    rows = [(dice.randint(20, 59), dice.choice(PARTS).split(";")[0], dice.choice(["A", "B", "C"])) for _ in range(300)]
    made.data.write_text("\n".join(["年龄,部门,等级", *(",".join(map(str, row)) for row in rows)]) + "\n", "utf-8")
    (tmp_path / "age.csv").write_text("\n".join(AGES) + "\n", "utf-8")
    (tmp_path / "part.csv").write_text("\n".join(PARTS) + "\n", "utf-8")
    return made


WORDS = ("--hierarchy", "年龄=age.csv", "--hierarchy", "部门=part.csv")


def by_hand(transfer, suppress):
    """Return the least loss over all combinations of levels: cells' share of the leaves, a row that is kept back counts whole."""
    rows = [line.split(",") for line in transfer.data.read_text("utf-8").splitlines()[1:]]
    trees = [{line.split(";")[0]: line.split(";") for line in lines} for lines in (AGES, PARTS)]
    best = None
    for levels in itertools.product(range(4), range(3)):
        seen = [tuple(tree[cell][level] for tree, cell, level in zip(trees, row, levels, strict=False)) for row in rows]
        sizes = Counter(seen)
        held = sum(size for size in sizes.values() if size < K)
        if held > suppress * len(rows):
            continue
        loss = 1.0
        for tree, level, place in zip(trees, levels, (0, 1), strict=True):
            covered = Counter(path[level] for path in tree.values())
            cells = 0.0
            for group in seen:
                whole = sizes[group] < K
                cells += 1 if whole else (covered[group[place]] - 1) / (len(tree) - 1)
            loss *= 1 + cells / len(rows)
        best = loss if best is None else min(best, loss)
    return None if best is None else best**0.5 - 1


@pytest.mark.parametrize("suppress", ["0", "5%", "0.2"])
def test_the_plan_protects_and_loses_least(transfer, suppress, tmp_path):
    plan = tmp_path / "plan.yaml"
    done = kouan(
        "optimise",
        transfer.declaration,
        *WORDS,
        "--k",
        K,
        "--suppress",
        suppress,
        "-o",
        plan,
        "--json",
        home=transfer.home,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    share = Decimal(suppress.removesuffix("%")) / (100 if "%" in suppress else 1)
    assert float(found["loss"]) == pytest.approx(by_hand(transfer, share), abs=1e-6)
    assert found["optimal"]
    out = tmp_path / "treated"
    treated = kouan("deidentify", transfer.declaration, "--plan", plan, "--out", out, home=transfer.home)
    assert treated.returncode == 0, treated.stderr
    lines = (out / "staff.csv").read_text("utf-8").splitlines()[1:]
    sizes = Counter(tuple(line.split(",")[:2]) for line in lines)
    assert min(sizes.values()) >= K
    assert len(lines) == 300 - found["suppressed"]


def told(transfer, *words, command="optimise"):
    done = kouan(command, transfer.declaration, *words, "--json", home=transfer.home)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_sensitive_values_are_kept_apart_too(transfer):
    strict = told(transfer, *WORDS, "--k", K, "--model", "l:等级=3")
    free = told(transfer, *WORDS, "--model", f"k={K}")
    assert float(strict["loss"]) >= float(free["loss"])


def classes_of(path):
    rows = [tuple(line.split(",")) for line in path.read_text("utf-8").splitlines()[1:]]
    classes = {}
    for row in rows:
        classes.setdefault(row[:2], []).append(row)
    return rows, classes


@pytest.mark.parametrize("model", ["l:等级=3", "t:等级=0.25", "beta:等级=0.8", "entropy-l:等级=2.5"])
def test_rows_of_classes_that_fail_any_model_stay_and_the_plan_says_so(transfer, model, tmp_path):
    plan = tmp_path / "plan.yaml"
    words = ("--k", K, "--model", model, "--suppress", "30%", "-o", plan)
    found = told(transfer, *WORDS, *words)
    assert f'models: ["{model.partition(":")[0]}:' in plan.read_text("utf-8")
    out = tmp_path / "treated"
    done = kouan("deidentify", transfer.declaration, "--plan", plan, "--out", out, "--json", home=transfer.home)
    assert done.returncode == 0, done.stderr
    rows, classes = classes_of(out / "staff.csv")
    assert len(rows) == 300 - found["suppressed"]
    assert min(map(len, classes.values())) >= K
    (said,) = json.loads(done.stdout)["classes"]
    assert said["held"] == found["suppressed"]
    if model == "l:等级=3":
        assert all(len({row[2] for row in some}) == 3 for some in classes.values())


def test_persons_count_once_however_many_rows_they_have(transfer):
    lines = transfer.data.read_text("utf-8").splitlines()
    numbered = ["工号,年龄,部门,等级", *(f"E{at // 3:05},{line}" for at, line in enumerate(lines[1:]))]
    transfer.data.write_text("\n".join(numbered) + "\n", "utf-8")
    rows = told(transfer, *WORDS, "--k", K)
    by = told(transfer, *WORDS, "--k", K, "--by", "工号")
    assert by["unit"].endswith("#工号")
    assert float(by["loss"]) >= float(rows["loss"])


def test_the_frontier_comes_out_the_same_again_and_a_point_can_be_picked(transfer, tmp_path):
    page = tmp_path / "frontier.html"
    first = told(transfer, *WORDS, "--explore", "-o", page, command="deidentify")
    again = told(transfer, *WORDS, "--explore", "-o", page, "--force")
    assert first == again
    html = page.read_text("utf-8")
    assert "<script" not in html
    assert "http://" not in html.replace("http://www.w3.org", "")
    best = [one for one in first["points"] if one["best"]]
    assert best
    for one in best:
        assert f"<code>{one['id']}</code>" in html
    one = next(point for point in best if point["models"])
    plan, out = tmp_path / "picked.yaml", tmp_path / "treated"
    told(transfer, *WORDS, "--pick", one["id"], "-o", plan, command="deidentify")
    done = kouan("deidentify", transfer.declaration, "--plan", plan, "--out", out, home=transfer.home)
    assert done.returncode == 0, done.stderr
    rows, classes = classes_of(out / "staff.csv")
    assert (len(rows), min(map(len, classes.values()))) == (one["kept"], one["k"])


def test_no_point_on_the_frontier_is_beaten_and_every_other_is(transfer):
    told_points = told(transfer, *WORDS, "--explore", "-o", transfer.declaration.with_name("f.html"))["points"]
    ranks = [
        (-float(one["information"]), float(one["largest"]), float(one["average"]), one["best"]) for one in told_points
    ]
    for one in ranks:
        beaten = any(
            other[:3] != one[:3] and all(a <= b for a, b in zip(other[:3], one[:3], strict=True)) for other in ranks
        )
        assert one[3] is not beaten


def test_without_hierarchy_files_the_steps_are_those_of_a_target_and_the_plan_does_what_was_searched(
    transfer, tmp_path
):
    words = [["工号", "年龄", "部门", "学历"]]
    words += [[f"E{at:05}", str(20 + at * 7 % 40), f"第{min(at % 17, 9)}部", "本科"] for at in range(300)]
    transfer.data.write_text("\n".join(map(",".join, words)) + "\n", "utf-8")
    plan, out = tmp_path / "plan.yaml", tmp_path / "treated"
    found = told(transfer, "--k", K, "-o", plan)
    assert "suppress" in plan.read_text("utf-8")
    done = kouan("deidentify", transfer.declaration, "--plan", plan, "--out", out, home=transfer.home)
    assert done.returncode == 0, done.stderr
    rows = [tuple(line.split(",")[1:]) for line in (out / "staff.csv").read_text("utf-8").splitlines()[1:]]
    assert min(Counter(rows).values()) >= K
    assert len(rows) == 300 - found["suppressed"]
    assert len(set(rows)) == found["classes"]


def test_a_point_that_is_not_there_is_refused_with_the_nearest(transfer):
    done = kouan("deidentify", transfer.declaration, *WORDS, "--pick", "k5-s7", home=transfer.home)
    assert done.returncode == 2
    assert "K-CLR-161" in done.stderr
    assert "k5-s" in done.stderr


def test_treating_without_a_folder_is_refused(transfer):
    assert "K-CLI-143" in kouan("deidentify", transfer.declaration, home=transfer.home).stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((*WORDS, "--table", "stuff"), "K-CLR-152"),
        ((*WORDS, "--model", "l:等级"), "K-DEI-065"),
        ((*WORDS, "--model", "k-map=3"), "K-DEI-066"),
        (("--hierarchy", "年龄"), "K-CLI-144"),
        (("--hierarchy", "工龄=age.csv"), "K-CLR-111"),
        (("--hierarchy", "年龄=none.csv"), "K-DEI-"),
        (("--hierarchy", "年龄=part.csv"), "K-DEI-043"),
        ((*WORDS, "--suppress", "120%"), "K-CLI-144"),
        ((*WORDS, "--k", "301"), "K-CLR-153"),
        ((*WORDS, "--lowest", "年龄=9"), "K-DEI-042"),
        ((*WORDS, "--model", "l:年龄=2"), "K-CLR-221"),
        ((*WORDS, "--model", "t:等级=1e-999999999"), "K-DEI-065"),
        ((*WORDS, "--ranges", "年龄"), "K-CLI-001"),
        (("--explore", "--local", "mondrian"), "K-CLI-001"),
    ],
)
def test_what_cannot_be_searched_is_refused_with_its_remedy(transfer, words, code):
    done = kouan("optimise", transfer.declaration, *words, home=transfer.home)
    assert done.returncode == 2
    assert code in done.stderr


def test_empty_cells_stay_empty_and_are_a_class_of_their_own(transfer, tmp_path):
    rows = [f"{20 + at % 40},研发部,A" for at in range(90)]
    transfer.data.write_text("\n".join(["年龄,部门,等级", *rows, *[",研发部,B"] * K]) + "\n", "utf-8")
    plan, out = tmp_path / "plan.yaml", tmp_path / "treated"
    told(transfer, *WORDS, "--k", K, "-o", plan)
    done = kouan("deidentify", transfer.declaration, "--plan", plan, "--out", out, home=transfer.home)
    assert done.returncode == 0, done.stderr
    rows, classes = classes_of(out / "staff.csv")
    assert len(classes["", "研发部"]) == K
    assert min(map(len, classes.values())) >= K
    refused = kouan("optimise", transfer.declaration, *WORDS, "--k", K + 1, home=transfer.home)
    assert "K-CLR-153" in refused.stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--suppress", "nan"], "K-CLI-144"),
        (["--seconds", "nan"], "K-CLI-144"),
        (["--seconds", "0"], "K-CLI-144"),
        (["--hierarchy", "年龄=part.csv"], "K-CLI-144"),
        (["--lowest", "等级=1"], "K-CLR-212"),
    ],
    ids=str,
)
def test_what_cannot_be_kept_is_refused_and_not_left_out(transfer, words, code, tmp_path):
    done = kouan("optimise", transfer.declaration, *WORDS, *words, home=tmp_path / "home")
    assert (done.returncode, code in done.stderr) == (2, True), done.stdout + done.stderr
