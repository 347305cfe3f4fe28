"""`kouan optimise --local`: the plan it writes protects as asked once applied, row by row, and the folder shows it."""

from __future__ import annotations

import csv
import json
import random
from collections import Counter

import pytest
import yaml

from kouan.clearance.verify import verify_folder
from kouan.evidence import TrustStore
from kouan.model.canonical import sha256_bytes
from tests.commands import Transfer, kouan
from tests.integration.attacking import copied, seal_again

AGES = [f"{age};{age // 10 * 10}-{age // 10 * 10 + 9};*" for age in range(20, 60)]
PARTS = ["研发部;业务;*", "市场部;业务;*", "财务部;支持;*", "人事部;支持;*"]
K = 4
HEAD = ["工号", "年龄", "部门", "等级", "薪资"]
WORDS = ("--hierarchy", "年龄=age.csv", "--hierarchy", "部门=part.csv")


@pytest.fixture
def transfer(tmp_path):
    """Three hundred rows of one hundred and fifty persons, and hierarchies of two items."""
    made = Transfer.lay(tmp_path)
    dice = random.Random(11)
    rows = [
        (
            f"E-{7300000 + dice.randrange(150)}",
            20 + int(40 * dice.random() ** 3),
            dice.choices(PARTS, [50, 40, 8, 2])[0].split(";")[0],
            dice.choice("ABC"),
        )
        for _ in range(300)
    ]
    written = [",".join(map(str, (*row, dice.randrange(80, 300) * 100))) for row in rows]
    made.data.write_text("\n".join([",".join(HEAD), *written]) + "\n", "utf-8")
    (tmp_path / "age.csv").write_text("\n".join(AGES) + "\n", "utf-8")
    (tmp_path / "part.csv").write_text("\n".join(PARTS) + "\n", "utf-8")
    return made


def optimise(transfer, *words, out=None):
    written = () if out is None else ("-o", out, "--force")
    return kouan("optimise", transfer.declaration, *words, *written, "--json", home=transfer.home)


def treated(transfer, plan, folder):
    done = kouan("deidentify", transfer.declaration, "--plan", plan, "--out", folder, home=transfer.home)
    assert done.returncode == 0, done.stderr
    with (folder / "staff.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def raw(transfer):
    with transfer.data.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def covered(before, after, tree):
    path = next(line.split(";") for line in tree if line.startswith(f"{before};"))
    if after.startswith("["):
        low, high = after[1:-1].split(",")
        return int(low) <= int(before) <= int(high)
    return after == "" or after in path


@pytest.mark.parametrize(
    "words",
    [
        ("--local", "mondrian"),
        ("--local", "mondrian", "--ranges", "年龄"),
        ("--local", "mondrian", "--model", "l:等级=3", "--model", "t:等级=0.3"),
        ("--local", "cells"),
        ("--local", "cells", "--suppress", "40%"),
        ("--local", "cells", "--model", "l:等级=2"),
    ],
)
def test_every_row_leaves_in_a_class_that_protects(transfer, words, tmp_path):
    plan = tmp_path / "plan.yaml"
    done = optimise(transfer, *WORDS, "--k", K, *words, out=plan)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["unit"] == "工号"
    rows, before = treated(transfer, plan, tmp_path / "treated"), raw(transfer)
    assert len(rows) == len(before) == found["found"]["rows"]
    assert found["found"]["held"] == 0
    classes: dict[tuple[str, str], list[int]] = {}
    for place, row in enumerate(rows):
        assert covered(before[place]["年龄"], row["年龄"], AGES)
        assert covered(before[place]["部门"], row["部门"], PARTS)
        classes.setdefault((row["年龄"], row["部门"]), []).append(place)
    assert len(classes) == found["found"]["classes"]
    whole = Counter(row["等级"] for row in before)
    for part in classes.values():
        assert len({before[place]["工号"] for place in part}) >= K
        grades = Counter(before[place]["等级"] for place in part)
        if "l:等级=3" in words:
            assert len(grades) == 3
            assert sum(abs(grades[one] / len(part) - whole[one] / 300) for one in whole) / 2 <= 0.3 + 1e-9
        if "l:等级=2" in words:
            assert len(grades) >= 2
    emptied = sum(row[name] == "" for row in rows for name in ("年龄", "部门"))
    assert emptied == found["found"]["emptied"]
    assert emptied > 0 if "--suppress" in words else "cells" in words or not emptied
    if found["optimum"] is not None and "cells" not in words:
        assert float(found["found"]["loss"]) <= float(found["optimum"]["loss"])


def test_the_loss_is_that_of_the_cells(transfer, tmp_path):
    plan = tmp_path / "plan.yaml"
    done = optimise(transfer, *WORDS, "--ranges", "年龄", "--k", K, "--local", "mondrian", out=plan)
    found = json.loads(done.stdout)["found"]
    rows = treated(transfer, plan, tmp_path / "treated")
    shares = {"年龄": 0.0, "部门": 0.0}
    ncp = 0.0
    for row in rows:
        ends = row["年龄"].strip("[]").split(",")
        covers = int(ends[-1]) - int(ends[0]) + 1
        parts = sum(row["部门"] in line.split(";") for line in PARTS)
        shares["年龄"] += (covers - 1) / 39
        shares["部门"] += (parts - 1) / 3
        ncp += (covers / 40 if covers > 1 else 0) + (parts / 4 if parts > 1 else 0)
    means = [share / len(rows) for share in shares.values()]
    assert float(found["granularity"]) == pytest.approx(sum(means) / 2, abs=1e-6)
    assert float(found["loss"]) == pytest.approx(((1 + means[0]) * (1 + means[1])) ** 0.5 - 1, abs=1e-6)
    assert float(found["ncp"]) == pytest.approx(ncp / len(rows) / 2, abs=1e-6)


def test_bands_are_kept_where_they_are_asked_for(transfer, tmp_path):
    plan = tmp_path / "plan.yaml"
    done = optimise(transfer, *WORDS, "--lowest", "年龄=1", "--k", K, "--local", "mondrian", out=plan)
    assert done.returncode == 0, done.stderr
    ages = {row["年龄"] for row in treated(transfer, plan, tmp_path / "treated")}
    assert ages <= {path for line in AGES for path in line.split(";")[1:]}


def test_without_hierarchies_the_quasi_identifiers_are_recoded_by_their_values(transfer, tmp_path):
    plan = tmp_path / "plan.yaml"
    done = optimise(transfer, "--ranges", "年龄", "--ranges", "部门", "--k", K, "--local", "mondrian", out=plan)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["optimum"] is None
    rows = treated(transfer, plan, tmp_path / "treated")
    assert any(row["部门"].startswith("{") or row["部门"] == "*" or "部" in row["部门"] for row in rows)
    assert min(Counter((row["年龄"], row["部门"]) for row in rows).values()) >= K


def test_the_plan_pins_its_file(transfer, tmp_path):
    plan = tmp_path / "plan.yaml"
    optimise(transfer, *WORDS, "--k", K, "--local", "mondrian", out=plan)
    file = tmp_path / "plan.mondrian.jsonl"
    made = file.read_bytes()
    file.write_bytes(made + b"\n")  # put in its place after the search
    done = kouan("deidentify", transfer.declaration, "--plan", plan, "--out", tmp_path / "out", home=transfer.home)
    assert done.returncode == 2
    assert "K-DEI-021" in done.stderr
    assert not (tmp_path / "out").exists()
    file.write_bytes(made)
    # Other data than it was made from.
    transfer.data.write_text(transfer.data.read_text("utf-8") + "E-7300001,91,研发部,A,100\n", "utf-8")
    done = kouan("deidentify", transfer.declaration, "--plan", plan, "--out", tmp_path / "out", home=transfer.home)
    assert done.returncode == 2
    assert "K-DEI-074" in done.stderr
    assert "91" not in done.stderr.replace(str(tmp_path), "")  # pytest numbers its folders
    assert not (tmp_path / "out").exists()
    file.unlink()
    done = kouan("deidentify", transfer.declaration, "--plan", plan, "--out", tmp_path / "out", home=transfer.home)
    assert "K-DEI-073" in done.stderr


@pytest.mark.parametrize(
    ("change", "words", "code"),
    [
        (None, ("--k", "301"), "K-DEI-072"),
        (None, ("--model", "l:等级=4"), "K-DEI-072"),
        (lambda rows: rows[:1], ("--k", "2"), "K-DEI-072"),
        (
            lambda rows: [f"{row.split(',')[0]},,{row.split(',', 2)[2]}" for row in rows],
            ("--ranges", "年龄"),
            "K-DEI-070",
        ),
        (lambda rows: [f"{row.split(',')[0]},95,{row.split(',', 2)[2]}" for row in rows], (), "K-DEI-043"),
        (None, ("--model", "l:部门=2"), "K-DEI-078"),
        (None, ("--model", "k-map=5"), "K-DEI-077"),
        (None, ("--ranges", "没有这一项"), "K-CLR-111"),
        (None, ("--ranges", "工号"), "K-DEI-022"),
        (None, ("--lowest", "年龄=9"), "K-DEI-042"),
        (None, ("--lowest", "薪资=1"), "K-CLR-212"),
    ],
)
@pytest.mark.parametrize("way", ["mondrian", "cells"])
def test_bad_input_is_refused_with_the_remedy(transfer, way, change, words, code, tmp_path):  # noqa: PLR0917
    if change is not None:
        head, *rows = transfer.data.read_text("utf-8").splitlines()
        transfer.data.write_text("\n".join([head, *change(rows)]) + "\n", "utf-8")
    done = kouan(
        "optimise", transfer.declaration, *WORDS, *words, "--local", way, "-o", tmp_path / "p.yaml", home=transfer.home
    )
    assert done.returncode == 2
    assert code in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "p.yaml").exists()


@pytest.mark.parametrize("way", ["mondrian", "cells"])
def test_what_is_told_is_what_leaves(transfer, way, tmp_path):
    """Numbers written in two ways, and a sensitive item of which the plan makes bands."""
    dice = random.Random(3)
    rows = [
        (f"E-{7300000 + dice.randrange(40)}", dice.choice(("1.50", "1.5", "2.0", "2", "+5", "-0", "0", "")), "甲", "A")
        for _ in range(120)
    ]
    pay = (dice.choice((8000, 9000, 10000)) for _ in rows)
    written = [",".join(map(str, (*row, one))) for row, one in zip(rows, pay, strict=True)]
    transfer.data.write_text("\n".join([",".join(HEAD), *written]) + "\n", "utf-8")
    plan = tmp_path / "plan.yaml"
    words = ("--local", way, "--ranges", "年龄", "--k", 3, "--model", "l:薪资=2", "--model", "t:薪资=0.3")
    told = json.loads(optimise(transfer, *words, out=plan).stdout)["found"]
    left = treated(transfer, plan, tmp_path / "out")
    sizes = Counter(row["年龄"] for row in left)
    assert (told["held"], told["classes"], told["smallest"]) == (120 - len(left), len(sizes), min(sizes.values()))
    pays = Counter(row["薪资"] for row in left)
    for name in sizes:
        own = Counter(row["薪资"] for row in left if row["年龄"] == name)
        assert len({row["工号"] for row in left if row["年龄"] == name}) >= 3
        assert len(own) >= 2
        assert sum(abs(own[one] / sizes[name] - pays[one] / len(left)) for one in pays) / 2 <= 0.3 + 1e-9


def test_what_was_emptied_is_one_class_with_what_was_empty(transfer, tmp_path):
    rows = [f"E-{7300000 + at},{age},甲,A,8000" for at, age in enumerate(["20"] * 5 + ["21", "22", "23"] + [""] * 4)]
    transfer.data.write_text("\n".join([",".join(HEAD), *rows]) + "\n", "utf-8")
    words = ("--local", "cells", "--ranges", "年龄", "--ranges", "部门", "--k", 3)
    told = json.loads(optimise(transfer, *words, out=tmp_path / "plan.yaml").stdout)["found"]
    left = treated(transfer, tmp_path / "plan.yaml", tmp_path / "out")
    assert Counter(row["年龄"] for row in left) == {"20": 5, "": 7}
    assert (told["classes"], told["smallest"]) == (2, 5)


@pytest.mark.parametrize("way", ["mondrian", "cells"])
def test_a_cleared_folder_shows_that_its_rows_keep_to_the_plan(transfer, way, tmp_path):
    plan = tmp_path / "plan.yaml"
    optimise(transfer, *WORDS, "--k", K, "--local", way, "--suppress", "10%", out=plan)
    done = kouan("clear", transfer.declaration, "--plan", plan, "--out", transfer.out, home=transfer.home)
    assert (transfer.out / "report.html").exists(), done.stderr
    lines = yaml.safe_load((transfer.out / "plan.yaml").read_text("utf-8"))["lines"]
    pinned = {line["params"]["sha256"] for line in lines if line.get("params", {}).get("to") == "local"}
    assert pinned == {sha256_bytes((transfer.out / f"hierarchies/plan.{way}.jsonl").read_bytes())}
    trust = TrustStore.of_home(transfer.home)
    assert [one.code for one in verify_folder(transfer.out, trust).problems] == []
    forged = copied(transfer.out, tmp_path / "forged")
    staged = forged / "staged/staff.csv"
    head, first, *rows = staged.read_text("utf-8").splitlines()
    names, cells = next(csv.reader([head])), next(csv.reader([first]))
    cells[names.index("年龄")] = "27-28"
    staged.write_text("\n".join([head, ",".join(f'"{cell}"' for cell in cells), *rows]) + "\n", "utf-8")
    document = json.loads((forged / "treatment.json").read_text("utf-8"))
    document["body"]["files"][0] |= {"sha256": sha256_bytes(staged.read_bytes()), "bytes": staged.stat().st_size}
    (forged / "treatment.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    (forged / "attacks.json").unlink(missing_ok=True)
    seal_again(forged, transfer.home)
    assert "K-CLR-163" in [one.code for one in verify_folder(forged, trust).problems]
