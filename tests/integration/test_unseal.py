"""Pseudonyms turned back by the command: right values for who holds the key, nothing for anybody else, all recorded."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys

import pytest

from kouan.evidence import TrustStore, audit_log
from kouan.model.canonical import sha256_bytes
from tests.commands import Transfer, cells_in, environment, kouan

EDITS = (
    ("params: {kind: work_id}", "params: {kind: work_id, form: sealed, cipher: sm4}"),
    ("params: {kind: name}", "params: {kind: name, form: sealed}"),
    ("params: {kind: cn.mobile}", 'params: {kind: cn.mobile, form: surrogate, method: ff1, unmarked: "test system"}'),
)
WORDS = ("--by", "测试员", "--why", "回访")
NAMES = ["欧阳试验甲", "慕容试验乙", "司徒试验丙"]


@pytest.fixture(scope="module")
def transfer(tmp_path_factory):
    """Three persons with three kinds of reversible pseudonyms, cleared."""
    made = Transfer.lay(tmp_path_factory.mktemp("unseal"))
    plan = made.folder / "plan.yaml"
    assert kouan("plan", made.declaration, "--out", plan, home=made.home).returncode == 0
    text = plan.read_text("utf-8")
    for old, new in EDITS:
        assert old in text, old
        text = text.replace(old, new)
    plan.write_text(text, "utf-8")
    done = kouan(*made.clear, "--plan", plan, home=made.home)
    assert done.returncode == 0, done.stdout + done.stderr
    return made


@pytest.fixture
def held(transfer, tmp_path):
    """A copy of the treated file, as it comes back, and the words that unseal from it."""
    file = tmp_path / "back.csv"
    shutil.copy(transfer.out / "staged" / "staff.csv", file)
    return file


def unseal(transfer, file, column, out, *more, home=None, words=WORDS):
    options = () if out is None else ("-o", out)
    told = ("unseal", file, column, "--folder", transfer.out, *options, *words, *more)
    return kouan(*told, home=home or transfer.home)


def values(out):
    with out.open(encoding="utf-8", newline="") as stream:
        return [row["value"] for row in csv.DictReader(stream)]


def nothing(done, code, *, status, folder, known):
    assert done.returncode == status, done.stdout + done.stderr
    assert code in done.stderr
    assert sorted(path.name for path in folder.iterdir()) == known
    assert not cells_in(done.stdout + done.stderr)


@pytest.mark.parametrize(
    ("column", "more", "wanted"),
    [
        ("工号", (), ["E-7300541", "E-7300542", "E-7300543"]),
        ("姓名", (), NAMES),
        ("手机号", ("--unauthenticated",), ["13800138000", "13900139001", "13700137002"]),
    ],
)
def test_values_come_back_into_a_private_file_and_the_act_is_recorded(transfer, held, column, more, wanted):
    out = held.with_name("out.csv")
    before = len(list((transfer.home / "unsealed").glob("*"))) if (transfer.home / "unsealed").exists() else 0
    done = unseal(transfer, held, column, out, *more)
    assert done.returncode == 0, done.stdout + done.stderr
    assert values(out) == wanted
    assert out.stat().st_mode & 0o777 == 0o600
    assert not cells_in(done.stdout + done.stderr)
    kept = sorted((transfer.home / "unsealed").glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    assert len(list((transfer.home / "unsealed").iterdir())) == before + 2
    assert {path.stat().st_mode & 0o777 for path in (transfer.home / "unsealed").iterdir()} == {0o600}
    record = json.loads(kept[-1].read_text("utf-8"))["body"]
    assert (record["by"], record["why"], record["cells"]) == ("测试员", "回访", 3)
    assert record["authenticated"] is not bool(more)
    assert record["sha256"] == sha256_bytes(held.read_bytes())
    receipt = kept[-1].with_suffix(".receipt").read_text("utf-8", "replace")
    assert "tlog-proof" in receipt
    log = b"".join(path.read_bytes() for path in (transfer.home / "log").rglob("*") if path.is_file())
    assert sha256_bytes(kept[-1].read_bytes()).encode() in log
    assert "测试员".encode() not in log
    audit_log(transfer.home / "log", TrustStore.of_home(transfer.home))


def test_values_are_shown_only_on_request(transfer, held):
    done = unseal(transfer, held, "姓名", None, "--show")
    assert done.returncode == 0, done.stderr
    assert all(name in done.stdout for name in NAMES)
    assert [path.name for path in held.parent.iterdir()] == ["back.csv"]
    shown = unseal(transfer, held, "姓名", None, "--show", "--json")
    assert json.loads(shown.stdout)["shown"] is True
    assert not any(name in shown.stdout for name in NAMES)


def test_another_key_is_refused(transfer, held, tmp_path):
    other = tmp_path / "other"
    assert kouan("clear", transfer.declaration, "--out", tmp_path / "x", home=other).returncode == 0
    shutil.rmtree(tmp_path / "x")
    done = unseal(transfer, held, "姓名", held.with_name("out.csv"), home=other)
    nothing(done, "K-CLR-191", status=5, folder=tmp_path, known=["back.csv", "other"])
    assert not (other / "unsealed").exists()


def test_a_home_without_a_key_is_refused_and_gets_none(transfer, held, tmp_path):
    done = unseal(transfer, held, "姓名", held.with_name("out.csv"), home=tmp_path / "empty")
    assert "K-EVI-001" in done.stderr
    assert not (tmp_path / "empty" / "keys").exists()


@pytest.mark.parametrize(("name", "mode"), [("keys/root.key", 0o640), ("keys", 0o755)])
def test_a_key_that_others_can_read_is_refused(transfer, held, tmp_path, name, mode):
    home = tmp_path / "home"
    shutil.copytree(transfer.home, home)
    (home / name).chmod(mode)
    done = unseal(transfer, held, "姓名", held.with_name("out.csv"), home=home)
    nothing(done, "K-EVI-002", status=2, folder=tmp_path, known=["back.csv", "home"])


@pytest.mark.parametrize(
    ("old", "new"),
    [(0, -1), (5, 5)],
    ids=["a value of another row's column", "a changed letter"],
)
def test_values_that_this_key_did_not_make_are_refused_whole(transfer, held, old, new):
    with held.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    last = rows[-1]
    if new < 0:
        last["姓名"] = last["工号"]
    else:
        last["姓名"] = last["姓名"][:old] + ("0" if last["姓名"][old] != "0" else "1") + last["姓名"][old + 1 :]
    with held.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    done = unseal(transfer, held, "姓名", held.with_name("out.csv"))
    nothing(done, "K-CLR-192", status=5, folder=held.parent, known=["back.csv"])
    assert "3" in done.stderr


@pytest.mark.parametrize(
    ("column", "more", "code"),
    [
        ("手机号", (), "K-CLR-193"),
        ("部门", (), "K-CLR-190"),
        ("姓", ("--item", "staff.csv!staff#姓名"), "K-CLR-196"),
        ("姓名", ("--table", "nothing"), "K-CLR-196"),
        ("姓名", ("--item", "staff.csv!staff#名"), "K-CLR-190"),
    ],
)
def test_what_cannot_be_turned_back_is_refused_with_the_remedy(transfer, held, column, more, code):
    done = unseal(transfer, held, column, held.with_name("out.csv"), *more)
    nothing(done, code, status=2, folder=held.parent, known=["back.csv"])


def test_a_name_a_reason_and_a_place_are_needed(transfer, held, tmp_path):
    out = held.with_name("out.csv")
    for words in ((), ("--by", "测试员"), ("--by", " ", "--why", "回访")):
        nothing(
            unseal(transfer, held, "姓名", out, words=words), "K-CLR-195", status=2, folder=tmp_path, known=["back.csv"]
        )
    nothing(unseal(transfer, held, "姓名", None), "K-CLR-194", status=2, folder=tmp_path, known=["back.csv"])
    out.write_text("mine", "utf-8")
    assert "K-CLR-197" in unseal(transfer, held, "姓名", out).stderr
    assert out.read_text("utf-8") == "mine"


def test_a_folder_whose_plan_was_changed_is_refused(transfer, held, tmp_path):
    folder = tmp_path / "cleared"
    shutil.copytree(transfer.out, folder)
    plan = folder / "plan.yaml"
    plan.write_text(plan.read_text("utf-8").replace("cipher: sm4", "cipher: aes"), "utf-8")
    told = ("unseal", held, "工号", "--folder", folder, "-o", held.with_name("out.csv"), *WORDS)
    assert "K-CLR-198" in kouan(*told, home=transfer.home).stderr
    assert (
        "K-CLR-198" in kouan("unseal", held, "工号", "--folder", tmp_path, "--show", *WORDS, home=transfer.home).stderr
    )


KILLED = """
import os, signal, sys
from kouan.clearance import unsealing
unsealing._record = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
from kouan.cli import main
from tests.noon import set_clock
set_clock()
sys.exit(main(sys.argv[1:]))
"""


def test_a_killed_run_leaves_no_value_behind(transfer, held, tmp_path):
    """Killed when all values are written and the file has no name yet."""
    told = ["unseal", held, "姓名", "--folder", transfer.out, "-o", held.with_name("out.csv"), *WORDS]
    command, env = [sys.executable, "-c", KILLED, *map(str, told)], environment(transfer.home)
    done = subprocess.run(command, env=env, timeout=60, check=False)
    assert done.returncode == -9
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert not any(name.encode() in left for name in NAMES)
    assert [path.name for path in tmp_path.iterdir()] == ["back.csv"]
    assert unseal(transfer, held, "姓名", held.with_name("out.csv")).returncode == 0


def test_where_files_must_have_names_leftovers_are_removed(tmp_path, monkeypatch):
    from kouan.clearance.privatefile import private_file

    monkeypatch.delattr(os, "O_TMPFILE")
    left = tmp_path / ".out.csv.1.tmp"
    left.write_text("x")
    with private_file(tmp_path / "out.csv") as (stream, _):
        assert not left.exists()
        stream.write(b"y")
    assert list(tmp_path.iterdir()) == []
    with private_file(tmp_path / "out.csv") as (stream, name_it):
        stream.write(b"y")
        name_it()
    assert [(path.name, path.stat().st_mode & 0o777) for path in tmp_path.iterdir()] == [("out.csv", 0o600)]
