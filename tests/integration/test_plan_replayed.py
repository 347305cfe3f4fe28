"""A cleared folder shows by itself that its data keep to the plan: hierarchies lie in it, classes are counted again."""

from __future__ import annotations

import json
import random
import shutil

import pytest
import yaml

from kouan.clearance.verify import verify_folder
from kouan.evidence import TrustStore
from kouan.model.canonical import sha256_bytes
from tests.commands import Transfer, kouan
from tests.integration.attacking import copied, seal_again

AGES = [f"{age};{age // 10 * 10}-{age // 10 * 10 + 9};*" for age in range(20, 60)]
ROWS = 200


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A folder cleared by an optimal plan whose rows keep to k and l; its declaration and hierarchy are gone."""
    folder = tmp_path_factory.mktemp("plan")
    made = Transfer.lay(folder / "declared")
    dice = random.Random(3)
    rows = [f"{dice.randint(20, 59)},{dice.choice(['研发部', '市场部'])},{dice.choice('ABC')}" for _ in range(ROWS)]
    made.data.write_text("\n".join(["年龄,部门,等级", *rows]) + "\n", "utf-8")
    (made.declaration.parent / "tables").mkdir()
    (made.declaration.parent / "tables/age.csv").write_text("\n".join(AGES) + "\n", "utf-8")
    plan = folder / "plan.yaml"
    words = ("--hierarchy", "年龄=tables/age.csv", "--model", "k=12", "--model", "l:等级=3", "--suppress", "50%")
    done = kouan("optimise", made.declaration, *words, "-o", plan, home=made.home)
    assert done.returncode == 0, done.stderr
    # What is found may be coarser than what a forger would like: have some rows held back.
    text = plan.read_text("utf-8")
    loaded = yaml.safe_load(text)
    assert loaded["rows"]["models"][0].startswith("l:")
    done = kouan("clear", made.declaration, "--plan", plan, "--out", folder / "cleared", home=made.home)
    assert (folder / "cleared" / "report.html").exists(), done.stderr
    shutil.move(made.home, folder / "home")
    shutil.rmtree(folder / "declared")
    return folder


def problems(folder, root):
    return [one.code for one in verify_folder(folder, TrustStore.of_home(root / "home")).problems]


def test_the_folder_alone_is_enough(root):
    plan = yaml.safe_load((root / "cleared/plan.yaml").read_text("utf-8"))
    (line,) = (line for line in plan["lines"] if line["item"].endswith("#年龄"))
    assert line["params"]["to"] == "hierarchy"
    data = (root / "cleared/hierarchies/tables/age.csv").read_bytes()
    assert sha256_bytes(data) == line["params"]["sha256"]
    assert "hierarchies/tables/age.csv" in (root / "cleared/manifest.json").read_text("utf-8")
    assert problems(root / "cleared", root) == []


def forged(root, name, change):
    """Return a copy whose treated data were changed, with all digests made to fit, sealed again and without attacks."""
    folder = copied(root / "cleared", root / name)
    path = folder / "staged/staff.csv"
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    document = json.loads((folder / "treatment.json").read_text("utf-8"))
    document["body"]["files"][0]["sha256"] = sha256_bytes(path.read_bytes())
    document["body"]["files"][0]["bytes"] = len(path.read_bytes())
    (folder / "treatment.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    (folder / "attacks.json").unlink(missing_ok=True)
    seal_again(folder, root / "home")
    return folder


def without_some(text):
    """Take rows of one class out, so that it has fewer than k."""
    head, *rows = text.splitlines()
    first = rows[0].split(",")[0]
    mine = [row for row in rows if row.split(",")[0] == first]
    return "\n".join([head, *mine[:5], *(row for row in rows if row.split(",")[0] != first)]) + "\n"


def with_a_value(text):
    head, first, *rows = text.splitlines()
    return "\n".join([head, "27," + first.split(",", 1)[1], *rows]) + "\n"


@pytest.mark.parametrize(("change", "code"), [(without_some, "K-CLR-162"), (with_a_value, "K-CLR-163")])
def test_data_that_do_not_keep_to_the_plan_are_found(root, change, code):
    assert code in problems(forged(root, change.__name__, change), root)


def test_a_hierarchy_that_was_swapped_is_found(root):
    folder = copied(root / "cleared", root / "swapped")
    path = folder / "hierarchies/tables/age.csv"
    path.write_text(path.read_text("utf-8").replace("20-29", "20-39"), "utf-8")
    seal_again(folder, root / "home")
    assert "K-CLR-135" in problems(folder, root)
