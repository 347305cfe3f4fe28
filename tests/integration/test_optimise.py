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


def test_sensitive_values_are_kept_apart_too_and_the_frontier_falls(transfer):
    strict = kouan("optimise", transfer.declaration, *WORDS, "--k", K, "--l", "等级=3", "--json", home=transfer.home)
    free = kouan("optimise", transfer.declaration, *WORDS, "--k", K, "--json", home=transfer.home)
    assert float(json.loads(strict.stdout)["loss"]) >= float(json.loads(free.stdout)["loss"])
    told = json.loads(kouan("optimise", transfer.declaration, *WORDS, "--explore", "--json", home=transfer.home).stdout)
    for share in {one["suppress"] for one in told}:
        losses = [float(one["loss"]) for one in told if one["suppress"] == share and one["loss"] is not None]
        assert losses == sorted(losses)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), "K-CLI-143"),
        (("--hierarchy", "年龄"), "K-CLI-144"),
        (("--hierarchy", "工龄=age.csv"), "K-CLR-111"),
        (("--hierarchy", "年龄=none.csv"), "K-DEI-"),
        (("--hierarchy", "年龄=part.csv"), "K-DEI-043"),
        ((*WORDS, "--l", "等级=2", "--suppress", "5%"), "K-CLR-152"),
        ((*WORDS, "--suppress", "120%"), "K-CLI-144"),
        ((*WORDS, "--k", "301"), "K-CLR-153"),
        ((*WORDS, "--lowest", "年龄=9"), "K-DEI-042"),
    ],
)
def test_what_cannot_be_searched_is_refused_with_its_remedy(transfer, words, code):
    done = kouan("optimise", transfer.declaration, *words, home=transfer.home)
    assert done.returncode == 2
    assert code in done.stderr


def test_empty_cells_are_refused(transfer):
    transfer.data.write_text("年龄,部门,等级\n,研发部,A\n30,研发部,B\n", "utf-8")
    assert "K-CLR-151" in kouan("optimise", transfer.declaration, *WORDS, home=transfer.home).stderr
