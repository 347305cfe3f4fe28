"""Searches, withdrawals and queries of the register on a bad day: killed, without room, two at once, over hostile files."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kouan.clearance.register import Register
from tests.commands import Transfer, environment, kouan, start
from tests.killing import files_of, killed_at_many_points, whole_run

AGES = [f"{age};{age // 10 * 10}-{age // 10 * 10 + 9};*" for age in range(20, 60)]
HOME = ("--home", "{}/home")
LOCAL = ("optimise", "{}/transfer.yaml", "--local", "mondrian", "--hierarchy", "年龄=age.csv", "--k", "3",
         "-o", "{}/local.yaml", "--force")  # fmt: skip
EXPLORE = (
    "deidentify",
    "{}/transfer.yaml",
    "--explore",
    "--hierarchy",
    "年龄=age.csv",
    "-o",
    "{}/page.html",
    "--force",
)
BOMB = "kind: hierarchy\nversion: 1\nlevels: {a: &a [x, x], b: &b [*a, *a]}\n"


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A transfer, a clearance of it, and a certificate in the register."""
    transfer = Transfer.lay(tmp_path_factory.mktemp("searches") / "t")
    rows = [f"{20 + n % 40},{'研发部' if n % 3 else '市场部'},138{n:08d}" for n in range(200)]
    transfer.data.write_text("\n".join(["年龄,部门,手机号", *rows]) + "\n", "utf-8")
    (transfer.folder / "age.csv").write_text("\n".join(AGES) + "\n", "utf-8")
    (transfer.folder / "evaluation.yaml").write_text("kind: evaluation\nversion: 1\n", "utf-8")
    done = kouan("clear", transfer.declaration, "--out", transfer.folder / "cleared", home=transfer.home)
    assert done.returncode in {0, 3}, done.stderr
    words = ("certify", transfer.folder / "cleared", "--evaluation", transfer.folder / "evaluation.yaml")
    assert kouan(*words, home=transfer.home).returncode == 0
    return transfer.folder


@pytest.fixture
def number(base):
    (entry,) = Register(base / "home").entries()
    return entry.number


def ask(folder, words):
    return kouan(*(word.replace("{}", str(folder)) for word in words), home=folder / "home")


def withdrawal(number):
    return ("certificates", "--withdraw", number, "--by", "王某", "--why", "重新评估")


def test_local_recoding_killed_anywhere_leaves_a_plan_that_works_or_says_why_not(base):
    done, killed = killed_at_many_points((*LOCAL, *HOME), base, points=4)
    assert done == 0
    assert set(killed.values()) == {-signal.SIGKILL}
    assert (whole_run(LOCAL, base) / "local.yaml").exists()
    for folder in killed:
        plan = ("deidentify", "{}/transfer.yaml", "--plan", "{}/local.yaml", "--out", "{}/by")
        if (folder / "local.yaml").exists():
            assert ask(folder, plan).returncode == 0
        assert ask(folder, LOCAL).returncode == 0
        assert ask(folder, (*plan[:-1], "{}/again")).returncode == 0


def test_an_exploration_killed_anywhere_leaves_a_whole_page_or_none(base):
    done, killed = killed_at_many_points((*EXPLORE, *HOME), base, points=3)
    assert done == 0
    for folder in killed:
        page = folder / "page.html"
        assert not page.exists() or page.read_text("utf-8").rstrip().endswith("</html>")
        assert ask(folder, EXPLORE).returncode == 0


def test_a_withdrawal_killed_anywhere_is_entered_once(base, number):
    words = withdrawal(number)
    done, killed = killed_at_many_points((*words, *HOME), base, points=4)
    assert done == 0
    for folder in killed:
        before = [one.event for one in Register(folder / "home").entries()]
        assert before in (["issued"], ["issued", "withdrawn"])
        assert kouan("certificates", home=folder / "home").returncode == 0
        again = ask(folder, words)
        assert again.returncode == (0 if before == ["issued"] else 2), again.stderr
        assert [one.event for one in Register(folder / "home").entries()] == ["issued", "withdrawn"]


def test_of_two_withdrawals_at_once_one_is_entered(base, number, tmp_path):
    folder = tmp_path / "t"
    shutil.copytree(base, folder)
    running = [start(*withdrawal(number), home=folder / "home") for _ in range(2)]
    told = [(process.communicate(timeout=120)[1], process.returncode) for process in running]
    assert sorted(code for _, code in told) == [0, 2], told
    (refused,) = [err for err, code in told if code]
    assert refused.split(" ")[0] in {"K-CLR-010", "K-CLR-127"}
    assert [one.event for one in Register(folder / "home").entries()] == ["issued", "withdrawn"]


def test_queries_and_verification_write_nothing(base, number):
    before = files_of(base)
    for words in (
        ("certificates", "--json"),
        ("certificates", "--check", number, "--folder", base / "cleared"),
        ("verify", base / "cleared", "--raw", base),
    ):
        done = kouan(*words, home=base / "home")
        assert done.returncode in {0, 5}, done.stderr
        assert "Traceback" not in done.stderr
        assert files_of(base) == before


@pytest.mark.parametrize("words", [LOCAL, EXPLORE], ids=["local", "explore"])
def test_no_room_leaves_what_was_there(base, tmp_path, words):
    folder = tmp_path / "t"
    shutil.copytree(base, folder)
    out = Path(words[words.index("-o") + 1].replace("{}", str(folder)))
    out.write_text("earlier", "utf-8")
    done = short_of_room(*(word.replace("{}", str(folder)) for word in words), home=folder / "home", room=64)
    assert (done.returncode, done.stderr.split(" ")[0]) == (2, "K-CLR-013"), done.stderr
    assert out.read_text("utf-8") == "earlier"
    assert not list(folder.glob(".*.tmp"))


def test_no_room_for_a_withdrawal_leaves_the_certificate_standing(base, number, tmp_path):
    folder = tmp_path / "t"
    shutil.copytree(base, folder)
    (register,) = (folder / "home" / "certificates").glob("*.jsonl")
    done = short_of_room(*withdrawal(number), home=folder / "home", room=register.stat().st_size + 20)
    assert (done.returncode, done.stderr.split(" ")[0]) == (2, "K-CLR-013"), done.stderr
    assert [one.event for one in Register(folder / "home").entries()] == ["issued"]
    assert ask(folder, withdrawal(number)).returncode == 0


@pytest.mark.parametrize("kind", ["pipe", "loop", "device", "bomb", "folder", "deep"])
def test_hierarchies_that_are_no_files_or_never_end_are_refused(base, tmp_path, kind):
    path = base / f"{kind}.yaml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "loop":
        path.symlink_to(path.name)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    else:
        path.write_text(BOMB if kind == "bomb" else "[" * 100_000, "utf-8")
    for words in (LOCAL, EXPLORE):
        said = [word.replace("age.csv", path.name).replace("{}", str(base)) for word in words]
        said[said.index("-o") + 1] = str(tmp_path / "out.yaml")
        done = kouan(*said, home=base / "home")
        assert done.returncode == 2, done.stderr
        assert done.stderr.startswith("K-"), done.stderr
        assert "Traceback" not in done.stderr
        assert list(tmp_path.iterdir()) == []


def short_of_room(*words, home, room):
    """Run a command whose files cannot grow beyond some bytes."""
    return subprocess.run(
        [sys.executable, "-B", "-m", "kouan.cli", *map(str, words)],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
