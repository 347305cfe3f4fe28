"""A reviewer asks the register, runs certificates again, and finds what was tampered with."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kouan.clearance.certify import certify, withdraw
from kouan.clearance.journey import clear
from tests.commands import Transfer, kouan
from tests.integration.attacking import TODAY, settings_of
from tests.integration.test_certificates import evaluation


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An installation with three certificates: one anonymised, one de-identified, one of another exporter, withdrawn."""
    root = tmp_path_factory.mktemp("office")
    settings, numbers, folders = settings_of(root / "home"), {}, {}
    rows = [f"{sex},{part}" for sex in ("男", "女") for part in ("研发部", "市场部") for _ in range(60)]
    for name, exporter, text in (
        ("shared", "甲公司", "\n".join(["性别,部门", *rows]) + "\n"),
        ("named", "甲公司", None),
        ("other", "乙公司", None),
    ):
        transfer = Transfer.lay(root / name)
        if text is not None:
            transfer.data.write_text(text, "utf-8")
        transfer.declare("name: 甲公司", f"name: {exporter}")
        clear(transfer.declaration, transfer.out, settings=settings)
        (root / f"{name}.yaml").write_text(evaluation() + ("months: 2\n" if name == "named" else ""), "utf-8")
        numbers[name] = certify(transfer.out, root / f"{name}.yaml", settings=settings).certificate.number
        folders[name] = transfer
    withdraw(numbers["other"], by="测试戊", why="用途改变", settings=settings)
    return root, numbers, folders


@pytest.fixture
def desk(office, tmp_path):
    """A copy of that installation that a test may spoil."""
    root, numbers, folders = office
    shutil.copytree(root / "home", tmp_path / "home")
    register = tmp_path / "home/certificates/register.jsonl"
    return tmp_path / "home", numbers, folders, register


def asked(home, *words):
    done = kouan("certificates", *words, "--json", home=home)
    return done.returncode, {one["entry"]["number"]: one for one in json.loads(done.stdout)}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ((), {"shared", "named", "other"}),
        (("--exporter", "甲"), {"shared", "named"}),
        (("--effect", "anonymised"), {"shared"}),
        (("--status", "withdrawn"), {"other"}),
        (("--exporter", "甲", "--effect", "de_identified"), {"named"}),
        (("--standard", "gbt-42460", "--outcome", "fail"), {"named", "other"}),
        (("--standard", "gbt-42460", "--outcome", "pass"), {"shared"}),
        (("--standard", "没有这个标准"), set()),
        (("--seals",), {"shared", "named", "other"}),
        (("--ends-by", "2027-03-31"), {"named"}),
    ],
)
def test_the_register_is_asked(office, words, names):
    root, numbers, _ = office
    status, found = asked(root / "home", *words)
    assert status == 0
    assert set(found) == {numbers[name] for name in names}


def test_what_a_standard_said_is_shown_and_a_day_that_is_none_is_refused(office):
    root, numbers, _ = office
    _, found = asked(root / "home", "--standard", "tc609", "--exporter", "甲")
    assert set(found[numbers["shared"]]["rules"]) >= {"tc609-evaluation", "tc609-guide"}
    shown = kouan("certificates", "--standard", "gbt-42460", home=root / "home")
    assert "gbt-42460: met" in shown.stdout or "gbt-42460: pass" in shown.stdout, shown.stdout
    assert kouan("certificates", "--ends-by", "soon", home=root / "home").returncode == 2


def test_a_certificate_that_stands_is_run_again_with_its_attacks(office):
    root, numbers, folders = office
    words = ("certificates", "--check", numbers["shared"], "--folder", folders["shared"].out)
    assert kouan(*words, "--raw", folders["shared"].folder, home=root / "home").returncode == 0
    other = kouan(*words, "--raw", folders["named"].folder, home=root / "home")
    assert other.returncode == 2  # data of another clearing say nothing against the certificate
    assert "K-CLR-171" in other.stderr


def test_one_that_no_longer_stands_says_so_with_its_own_status(office):
    root, numbers, folders = office
    done = kouan("certificates", "--check", numbers["other"], "--folder", folders["other"].out, home=root / "home")
    assert done.returncode == 4
    assert "withdrawn" in done.stdout


def _place(register, number):
    entries = [json.loads(line) for line in register.read_text("utf-8").splitlines()]
    return Path(next(one["folder"] for one in entries if one["number"] == number and one["event"] == "issued"))


def _moved(register, number, to):
    """Point the register at a copy of a certificate, as if it had been put there; the chain is made anew."""
    import hashlib

    shutil.copytree(_place(register, number), to)
    lines, before = [], None
    for line in register.read_text("utf-8").splitlines():
        one = json.loads(line)
        if one["number"] == number and one["event"] == "issued":
            one["folder"] = str(to)
        one.pop("before", None)
        if before is not None:
            one["before"] = "sha256:" + hashlib.sha256(before.encode()).hexdigest()
        before = json.dumps(one, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        lines.append(before)
    register.write_text("\n".join(lines) + "\n", "utf-8")
    head = {"lines": len(lines), "last": "sha256:" + hashlib.sha256(lines[-1].encode()).hexdigest()}
    register.with_name("register.head").write_text(json.dumps(head), "utf-8")
    return to


def test_a_changed_missing_or_exchanged_certificate_is_found(desk, tmp_path):
    home, numbers, folders, register = desk
    place = _moved(register, numbers["named"], tmp_path / "certificate")
    text = (place / "certificate.json").read_text("utf-8")
    (place / "certificate.json").write_text(text.replace("de_identified", "anonymised"), "utf-8")
    status, found = asked(home, "--seals")
    assert status == 5
    assert [number for number, one in found.items() if "problem" in one] == [numbers["named"]]
    status, found = asked(home, "--standard", "gbt-42460", "--outcome", "pass")
    assert status == 5  # what cannot be believed is never left out silently
    assert "problem" in found[numbers["named"]]
    shutil.rmtree(place)
    assert asked(home, "--seals")[0] == 5
    shutil.copytree(_place(register, numbers["shared"]), place)  # well sealed, but not what was registered
    status, found = asked(home, "--seals")
    assert found[numbers["named"]]["problem"]["code"] == "K-CLR-178"
    checked = kouan("certificates", "--check", numbers["named"], "--folder", folders["named"].out, home=home)
    assert checked.returncode == 5
    assert "K-CLR-178" in checked.stdout


def _anonymised(lines):
    return [line.replace('"de_identified"', '"anonymised"') for line in lines]


def _longer(lines):
    return [line.replace(str(TODAY.year + 1), str(TODAY.year + 9)) for line in lines]


def _without_first(lines):
    return lines[1:]


def _swapped(lines):
    return [lines[1], lines[0], *lines[2:]]


@pytest.mark.parametrize("change", [_anonymised, _longer, _without_first, _swapped])
def test_a_register_that_was_edited_is_not_believed(desk, change):
    home, _, _, register = desk
    lines = register.read_text("utf-8").splitlines()
    register.write_text("\n".join(change(lines)) + "\n", "utf-8")
    done = kouan("certificates", home=home)
    assert done.returncode != 0
    assert "K-CLR-126" in done.stderr
