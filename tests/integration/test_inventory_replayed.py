"""Whoever verifies a folder recognises its data again: an inventory that makes them lighter does not pass."""

from __future__ import annotations

import json
import random
import shutil

import pytest

from kouan.clearance import desk, journey
from kouan.clearance.journey import clear
from kouan.clearance.verify import verify_folder
from kouan.evidence import TrustStore
from kouan.model.canonical import sha256_bytes
from kouan.model.facts import Range
from kouan.model.inventory import IdentityRole, Sensitivity
from kouan.recognize import inspect
from tests.commands import Transfer, kouan
from tests.integration.attacking import copied, seal_again, settings_of
from tests.recognizing import ric_of

ROWS = 60
LIGHT = {
    "meaning": "code",
    "personal": False,
    "role": IdentityRole.OTHER,
    "subject": None,
    "sensitive": Sensitivity(value=False),
}


def lay(folder):
    """Lay out a transfer with a resident ID that becomes a pseudonym, an age and a salary that stay."""
    made = Transfer.lay(folder)
    dice = random.Random(4)
    rows = [f"{ric_of(at)},{dice.randint(20, 59)},{dice.randint(5, 50) * 1000}" for at in range(1, ROWS + 1)]
    made.data.write_text("\n".join(["身份证号,年龄,月薪", *rows]) + "\n", "utf-8")
    return made


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inventory")
    made = lay(folder / "declared")
    clear(made.declaration, folder / "cleared", settings=settings_of(folder / "home"))
    return folder


def found(folder, root):
    return verify_folder(folder, TrustStore.of_home(root / "home")).problems


def codes(folder, root):
    return [one.code for one in found(folder, root)]


def falsifying(monkeypatch, change, *modules):
    """Let an installation of the exporter's own make say something else of what it recognised."""
    for module in modules:
        monkeypatch.setattr(module, "inspect", lambda *given, **more: change(inspect(*given, **more)))


def lighter(name):
    def change(inventory):
        items = [one.model_copy(update=LIGHT if one.name == name else {}) for one in inventory.items]
        return inventory.model_copy(update={"items": tuple(items)})

    return change


def test_what_was_sealed_is_recognised_again(root):
    assert found(root / "cleared", root) == ()


def test_an_item_that_a_falsified_installation_calls_no_personal_one_is_named(root, monkeypatch):
    falsifying(monkeypatch, lighter("年龄"), desk)
    clear(root / "declared/transfer.yaml", root / "hidden", settings=settings_of(root / "home"))
    raw = (root / "hidden/inventory.json").read_text("utf-8")
    assert '"meaning":"age"' not in raw.replace(" ", "")
    (problem,) = found(root / "hidden", root)
    assert problem.code == "K-CLR-245"
    assert problem.what.en == (
        "Recognised again, “staff.csv!staff#年龄” is age (quasi-identifier, personal, not sensitive); inventory.json says "
        "age (other, not personal, not sensitive)"
    )


def test_fewer_persons_than_there_are_are_found(root, monkeypatch):
    def fewer(inventory):
        few = {name: Range(lo=3, hi=3) for name in ("persons", "sensitive")}
        return inventory.model_copy(update={"persons": tuple(one.model_copy(update=few) for one in inventory.persons)})

    falsifying(monkeypatch, fewer, desk, journey)
    clear(root / "declared/transfer.yaml", root / "fewer", settings=settings_of(root / "home"))
    (one, other) = found(root / "fewer", root)
    assert (one.code, other.code) == ("K-CLR-247", "K-CLR-247")
    assert one.what.en.endswith(
        "are 60 in all, 60 sensitive, 0 under 14; inventory.json says 3 in all, 3 sensitive, 0 under 14"
    )


def test_a_dropped_item_that_was_hidden_is_found_with_the_raw_data_only(root, monkeypatch):
    falsifying(monkeypatch, lighter("身份证号"), desk)
    plan = root / "drops.yaml"
    home = settings_of(root / "home")
    clear(root / "declared/transfer.yaml", root / "first", settings=home)
    text = (root / "first/plan.yaml").read_text("utf-8")
    head, mine, rest = text.partition('"staff.csv!staff#身份证号"')
    plan.write_text(head + mine + rest.replace("keep", "drop", 1), "utf-8")
    clear(root / "declared/transfer.yaml", root / "dropped", settings=home, plan_path=plan)
    monkeypatch.undo()
    assert found(root / "dropped", root) == ()
    told = kouan("verify", root / "dropped", "--raw", root / "declared", home=root / "home")
    assert told.returncode == 5
    assert "K-CLR-245" in told.stdout
    assert "身份证号" in told.stdout


def staged_again(root, name, change):
    """Return a copy whose staged file was changed, with its digest put right and the attacks gone, sealed again."""
    folder = copied(root / "cleared", root / name)
    path = folder / "staged/staff.csv"
    path.write_text(change(path.read_text("utf-8")), "utf-8")
    document = json.loads((folder / "treatment.json").read_text("utf-8"))
    document["body"]["files"][0] |= {"sha256": sha256_bytes(path.read_bytes()), "bytes": path.stat().st_size}
    (folder / "treatment.json").write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    (folder / "attacks.json").unlink(missing_ok=True)
    seal_again(folder, root / "home")
    return folder


def test_values_that_the_plan_says_are_pseudonyms_are_recognised(root):
    raw = [line.split(",")[0] for line in (root / "declared/staff.csv").read_text("utf-8").splitlines()]

    def as_it_was(text):
        cells = [line.split(",", 1)[1] for line in text.splitlines()]
        return "\n".join(f"{one},{rest}" for one, rest in zip(raw, cells, strict=True)) + "\n"

    problems = found(staged_again(root, "as-it-was", as_it_was), root)
    assert [one.code for one in problems] == ["K-CLR-246"]
    assert "staff.csv!staff#身份证号" in problems[0].what.en
    assert not any(value in str(problems[0]) for value in raw[1:])


def test_a_column_of_which_nothing_is_said_is_found(root):
    def with_more(text):
        head, *rows = text.splitlines()
        return "\n".join([f"{head},手机号", *(f"{row},1380000{at:04}" for at, row in enumerate(rows))]) + "\n"

    folder = staged_again(root, "smuggled", with_more)
    assert "K-CLR-245" in codes(folder, root)
    shutil.rmtree(folder)
