"""What a folder tells of the classes of its rows, changed and sealed again by its maker: verify says so, whatever it is."""

from __future__ import annotations

import csv
import json
import random

import pytest

from kouan.clearance.verify import verify_folder
from kouan.evidence import TrustStore
from kouan.model.canonical import sha256_bytes
from tests.commands import Transfer, kouan
from tests.integration.attacking import copied, seal_again

OVER = 'over: ["staff.csv!staff#年龄", "staff.csv!staff#岗位"]'


@pytest.fixture(scope="module")
def cleared(tmp_path_factory):
    """Two hundred rows of sixty persons, recoded locally under k, l and t."""
    made = Transfer.lay(tmp_path_factory.mktemp("forged"))
    dice = random.Random(3)
    rows = [
        (f"E-{7300000 + dice.randrange(60)}", dice.randint(20, 60), dice.choice("甲乙丙"), dice.randint(6, 30) * 1000)
        for _ in range(200)
    ]
    text = "\n".join(["工号,年龄,岗位,月薪", *(",".join(map(str, row)) for row in rows)])
    made.data.write_text(text + "\n", "utf-8")
    plan = made.folder / "plan.yaml"
    models = ("--model", "l:月薪=2", "--model", "t:月薪=0.5")
    ranges = ("--ranges", "年龄", "--ranges", "岗位")
    words = ("optimise", made.declaration, "--local", "mondrian", "--k", 3, *ranges, *models, "-o", plan)
    assert kouan(*words, home=made.home).returncode == 0
    kouan("clear", made.declaration, "--plan", plan, "--out", made.out, home=made.home)
    return made


def told(**changes):
    """Return what changes the classes that treatment.json tells."""

    def change(folder):
        path = folder / "treatment.json"
        document = json.loads(path.read_text("utf-8"))
        document["body"]["classes"][0].update(changes)
        path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")

    return change


def counted(**changes):
    """Return what changes the counts of the sensitive values there."""

    def change(folder):
        path = folder / "treatment.json"
        document = json.loads(path.read_text("utf-8"))
        shares = document["body"]["classes"][0]["shares"][0]
        shares.update({name: make(shares) for name, make in changes.items()})
        path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")

    return change


def planned(old, new):
    """Return what changes the plan."""

    def change(folder):
        path = folder / "plan.yaml"
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new), "utf-8")

    return change


def without_ages(folder):
    path = folder / "staged/staff.csv"
    rows = list(csv.reader(path.read_text("utf-8").splitlines()))
    at = rows[0].index("年龄")
    with path.open("w", newline="", encoding="utf-8") as stream:
        csv.writer(stream, lineterminator="\n").writerows([*row[:at], *row[at + 1 :]] for row in rows)
    document = json.loads((folder / "treatment.json").read_text("utf-8"))
    document["body"]["files"][0] |= {"sha256": sha256_bytes(path.read_bytes()), "bytes": path.stat().st_size}
    (folder / "treatment.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    (folder / "attacks.json").unlink()


def test_as_it_is_nothing_is_wrong(cleared):
    assert verify_folder(cleared.out, TrustStore.of_home(cleared.home)).problems == ()


@pytest.mark.parametrize(
    "forge",
    [
        told(unit="row"),  # rows are never fewer than persons
        told(unit="x"),
        told(shares=[]),
        counted(item=lambda _: "staff.csv!staff#zzz"),
        counted(counts=lambda one: [1_000_000 for _ in one["counts"]]),
        counted(counts=lambda one: [-1 for _ in one["counts"]]),
        counted(left=lambda one: [99 for _ in one["left"]]),
        planned(OVER, "over: []"),
        planned(OVER, 'over: ["zzz"]'),
        planned('by: "工号"', 'by: "zz"'),
        without_ages,
    ],
)
def test_classes_told_otherwise_are_seen(cleared, forge, tmp_path):
    forged = copied(cleared.out, tmp_path / "forged")
    forge(forged)
    seal_again(forged, cleared.home)
    assert "K-CLR-162" in [one.code for one in verify_folder(forged, TrustStore.of_home(cleared.home)).problems]
