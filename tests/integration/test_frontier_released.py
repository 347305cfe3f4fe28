"""Every point of a frontier is what leaves once its plan is carried out, counted again row by row from the files."""

from __future__ import annotations

import csv
import json
import random

import pytest

from tests.commands import Transfer, kouan

POSTS = ("研发工程师", "测试工程师", "市场专员", "财务专员")
CONSENT = """\
basis: [consent]
consent:
  ledger: consents.csv
  key: {column: subject, matches: [staff.csv!staff#工号]}
  purposes: [统计]"""
HEAD = ("工号", "姓名", "性别", "年龄", "岗位", "入职日期", "月薪")


def rows_of(count, *, whole=False):
    """Return rows of which a third of the cells is empty, or none."""
    dice = random.Random(5)
    for at in range(count):
        row = (
            f"E-{7300541 + at}",
            f"{'赵钱孙李周吴郑王'[at % 8]}{chr(0x4E00 + at)}",
            "男女"[dice.randint(0, 1)],
            str(dice.randint(20, 60)),
            dice.choice(POSTS),
            f"{dice.randint(2001, 2020)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
            str(dice.randint(6, 30) * 1000),
        )
        yield [cell if whole or (at + place) % 3 else "" for place, cell in enumerate(row)]


def lay(folder, target, rows, needed=None):
    made = Transfer.lay(folder)
    if needed is not None:
        made.declare("subjects: [employee]", f"subjects: [employee], needed: [{needed}]")
    with made.data.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, lineterminator="\n").writerows([HEAD, *rows])
    if target is not None:
        with made.declaration.open("a", encoding="utf-8") as stream:
            stream.write(f"assessment:\n  target: {target}\n")
    return made


def explored(transfer):
    done = kouan(
        "deidentify", transfer.declaration, "--explore", "-o", transfer.folder / "f.html", "--json", home=transfer.home
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def released(transfer, name):
    """Return rows, persons of the smallest class and classes of what leaves by the plan of a point."""
    plan, out = transfer.folder / f"{name}.yaml", transfer.folder / f"out-{name}"
    done = kouan("deidentify", transfer.declaration, "--pick", name, "-o", plan, home=transfer.home)
    assert done.returncode == 0, done.stderr
    done = kouan("deidentify", transfer.declaration, "--plan", plan, "--out", out, home=transfer.home)
    assert done.returncode == 0, done.stderr
    with (out / "staff.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    names = [name for name in ("姓名", "性别", "年龄", "岗位", "入职日期") if name in rows[0]]
    names = [name for name in names if name != "姓名" or "*" in rows[0][name]]
    classes = {}
    for at, row in enumerate(rows):
        classes.setdefault(tuple(row[name] for name in names), set()).add(row["工号"] or at)
    return len(rows), min(map(len, classes.values())), len(classes)


@pytest.fixture(scope="module")
def aimed(tmp_path_factory):
    """Persons whose plan is aimed at a target: it puts rare posts together, and a rule on rows holds some back."""
    target = "{k: 3, verdicts: [gbt-42460], suppress: 10%}"
    transfer = lay(tmp_path_factory.mktemp("frontier"), target, rows_of(120))
    return transfer, {one["id"]: one for one in explored(transfer)["points"]}


@pytest.mark.parametrize("name", ["plan", "k2", "k10"])
def test_a_point_tells_what_leaves(aimed, name):
    transfer, points = aimed
    point = points[name]
    assert released(transfer, name) == (point["kept"], point["k"], point["classes"])


def test_the_plan_as_it_is_counts_rows_that_it_holds_back(aimed):
    _, points = aimed
    assert points["plan"]["kept"] < 120
    assert points["plan"]["k"] >= 5


def test_a_point_that_leaves_every_item_out_can_be_carried_out(aimed):
    transfer, points = aimed
    (gone,) = [one for one in points.values() if "k50" in (one["id"], *one["alike"])]
    assert {level["told"]["en"] for level in gone["levels"]} == {"left out"}
    rows, _, _ = released(transfer, gone["id"])
    assert rows == gone["kept"] == 120


def test_a_name_of_which_a_sign_stays_is_counted(tmp_path):
    transfer = lay(tmp_path, None, rows_of(60), needed="工号, 姓名, 性别, 年龄")
    point = next(one for one in explored(transfer)["points"] if one["id"] == "plan")
    assert released(transfer, "plan") == (point["kept"], point["k"], point["classes"])


def test_a_table_without_rows_is_refused_by_its_name(tmp_path):
    transfer = lay(tmp_path, None, [])
    for words in (("deidentify", "--explore"), ("optimise",), ("optimise", "--local", "mondrian")):
        done = kouan(words[0], transfer.declaration, *words[1:], home=transfer.home)
        assert done.returncode == 2
        assert "K-CLR-220" in done.stderr


def test_who_did_not_consent_makes_no_class_larger(tmp_path):
    rows = list(rows_of(120))
    transfer = lay(tmp_path, None, rows)
    transfer.declare("basis: [hr]", CONSENT)
    named = [row[0] for row in rows if row[0]]
    ledger = ["subject,purpose,recipient,agreed_on,withdrawn_on,separate_consent,guardian_consent,evidence"]
    ledger += [f"{name},统计,B AG,2026-01-05,,是,,v3" for name in named[::2]]
    (tmp_path / "consents.csv").write_text("\n".join(ledger) + "\n", "utf-8")
    point = next(one for one in explored(transfer)["points"] if one["id"] == "plan")
    assert point["kept"] == len(named[::2])
    assert released(transfer, "plan") == (point["kept"], point["k"], point["classes"])


@pytest.mark.parametrize(
    ("head", "last", "code"),
    [
        ("性别,年龄", "", "K-DEI-067"),
        ("性别,年龄,岗位,入职日期,persons", ",many", "K-DEI-067"),
        ("性别,年龄,岗位,入职日期,persons", ",-4", "K-DEI-067"),
        ("性别,年龄,岗位,入职日期,persons", ",1000000000000", None),
    ],
)
def test_a_population_that_does_not_do_is_refused_and_a_large_one_is_counted(tmp_path, head, last, code):
    rows = list(rows_of(60, whole=True))
    transfer = lay(tmp_path, None, rows)
    wide = head.count(",") + 1 - bool(last)
    people = [head, *(",".join(row[2 : 2 + wide]) + last for row in rows)]
    (tmp_path / "population.csv").write_text("\n".join(people) + "\n", "utf-8")
    with transfer.declaration.open("a", encoding="utf-8") as stream:
        stream.write("assessment:\n  population: {table: population.csv}\n")
    done = kouan("optimise", transfer.declaration, "--model", "k-map=3", "--json", home=transfer.home)
    assert done.returncode == (0 if code is None else 2), done.stderr
    assert code is None or code in done.stderr
    assert code or set(json.loads(done.stdout)["levels"].values()) == {1}
