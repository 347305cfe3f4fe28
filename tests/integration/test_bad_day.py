"""Killed without a word, two at once, no room left: nothing half done stands under its final name."""

from __future__ import annotations

import resource
import signal
import subprocess

import pytest

from kouan.clearance.register import Register
from kouan.evidence import TrustStore, check_folder
from tests.commands import Transfer, kouan, start
from tests.killing import files_of, killed_at_many_points, whole_run

AGES = [f"{age};{age // 10 * 10}-{age // 10 * 10 + 9};*" for age in range(20, 60)]
EVALUATION = "kind: evaluation\nversion: 1\n"
HOME = ("--home", "{}/home")
_SHORT = 2 << 10


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A transfer with its home, and a clearance of it."""
    transfer = Transfer.lay(tmp_path_factory.mktemp("base") / "t")
    rows = [f"{20 + n % 40},{'研发部' if n % 3 else '市场部'},138{n:08d}" for n in range(200)]
    transfer.data.write_text("\n".join(["年龄,部门,手机号", *rows]) + "\n", "utf-8")
    (transfer.folder / "age.csv").write_text("\n".join(AGES) + "\n", "utf-8")
    (transfer.folder / "evaluation.yaml").write_text(EVALUATION, "utf-8")
    done = kouan("clear", transfer.declaration, "--out", transfer.folder / "cleared", home=transfer.home)
    assert done.returncode in {0, 3}, done.stderr
    return transfer.folder


def _certify(folder):
    words = ("certify", folder / "cleared", "--evaluation", folder / "evaluation.yaml", "--json")
    return kouan(*words, home=folder / "home")


def test_deidentify_killed_anywhere_leaves_all_or_nothing_and_runs_again(base):
    words = ("deidentify", "{}/transfer.yaml", "--out", "{}/out", *HOME)
    status, killed = killed_at_many_points(words, base, points=6)
    assert status == 0
    whole = files_of(whole_run(words, base) / "out")
    assert set(killed.values()) == {-signal.SIGKILL}
    there = 0
    for folder in killed:
        if (folder / "out").exists():
            assert files_of(folder / "out") == whole
            there += 1
            continue
        done = kouan("deidentify", folder / "transfer.yaml", "--out", folder / "out", home=folder / "home")
        assert done.returncode == 0, done.stderr
        assert files_of(folder / "out") == whole
        assert not list(folder.glob(".out*"))
    assert there < len(killed)


def test_optimise_killed_anywhere_leaves_a_whole_plan_or_none(base):
    words = ("optimise", "{}/transfer.yaml", "--hierarchy", "年龄=age.csv", "--k", "3", "--out", "{}/plan.yaml", *HOME)
    status, killed = killed_at_many_points(words, base, points=6)
    assert status == 0
    whole = (whole_run(words, base) / "plan.yaml").read_bytes()
    for folder in killed:
        assert not (folder / "plan.yaml").exists() or (folder / "plan.yaml").read_bytes() == whole
        again = [str(folder) if word == "{}" else word.replace("{}", str(folder)) for word in words]
        done = kouan(*again, "--force", home=folder / "home")
        assert done.returncode == 0, done.stderr
        assert (folder / "plan.yaml").read_bytes() == whole


def test_certify_killed_anywhere_is_issued_once(base):
    words = ("certify", "{}/cleared", "--evaluation", "{}/evaluation.yaml", *HOME)
    status, killed = killed_at_many_points(words, base, points=6)
    assert status == 0
    for folder in killed:
        before = len(Register(folder / "home").entries())
        done = _certify(folder)
        assert done.returncode == (2 if before else 0), done.stderr
        (entry,) = Register(folder / "home").entries()
        assert [path.name for path in (folder / "home" / "certificates").glob("C*")] == [entry.number]
        place = folder / "home" / "certificates" / entry.number
        assert check_folder(place, TrustStore.of_home(folder / "home")).all_problems == ()


def test_clear_killed_anywhere_runs_on_and_verifies(base):
    words = ("clear", "{}/transfer.yaml", "--out", "{}/out", *HOME)
    _, killed = killed_at_many_points(words, base, points=3)
    for folder in killed:
        if not (folder / "out").exists():
            done = kouan("clear", folder / "transfer.yaml", "--out", folder / "out", home=folder / "home")
            assert done.returncode in {0, 3}, done.stderr
        assert kouan("verify", folder / "out", home=folder / "home").returncode == 0
        assert not list(folder.glob(".out.w*"))


def test_attack_writes_nothing_so_that_a_kill_leaves_nothing(base):
    before = files_of(base)
    words = ("attack", base / "staff.csv", base / "cleared" / "staged" / "staff.csv", "--json")
    with start(*words, home=base / "home") as process:
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.5)
        process.kill()
        process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    assert files_of(base) == before
    done = kouan(*words, home=base / "home")
    assert done.returncode == 0, done.stderr
    assert files_of(base) == before


@pytest.mark.parametrize(
    ("words", "refusals"),
    [
        (("deidentify", "{}/transfer.yaml", "--out", "{}/two"), {"K-CLR-010", "K-CLR-011"}),
        (("certify", "{}/cleared", "--evaluation", "{}/evaluation.yaml"), {"K-CLR-010", "K-CLR-128"}),
    ],
    ids=["deidentify", "certify"],
)
def test_of_two_at_once_one_does_it_and_one_is_refused(base, words, refusals):
    said = [word.replace("{}", str(base)) for word in words]
    running = [start(*said, home=base / "home") for _ in range(2)]
    told = [(process, *process.communicate(timeout=120)) for process in running]
    assert sorted(process.returncode for process, _, _ in told) == [0, 2], told
    (refused,) = [err for process, _, err in told if process.returncode]
    assert refused.split(" ")[0] in refusals
    assert not list(base.glob(".two*"))


def test_two_searches_for_one_plan_leave_a_whole_one(base):
    words = ("optimise", base / "transfer.yaml", "--hierarchy", "年龄=age.csv", "--out", base / "both.yaml", "--force")
    running = [start(*words, home=base / "home") for _ in range(2)]
    for process in running:
        _, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
    assert kouan("deidentify", base / "transfer.yaml", "--plan", base / "both.yaml", "--out", base / "by-both",
                 home=base / "home").returncode == 0  # fmt: skip
    assert not list(base.glob(".both*"))


def _without_room(*words, home):
    """Run a command whose files cannot grow."""
    with start(*words, home=home, limits={resource.RLIMIT_FSIZE: _SHORT}) as process:
        _, err = process.communicate(timeout=300)
    return process.returncode, err


def test_no_room_for_a_plan_or_a_certificate(base, tmp_path):
    words = ("optimise", base / "transfer.yaml", "--hierarchy", "年龄=age.csv", "--out", tmp_path / "plan.yaml")
    status, err = _without_room(*words, home=base / "home")
    assert (status, err.split(" ")[0]) == (2, "K-CLR-013"), err
    before = Register(base / "home").entries()
    (base / "other.yaml").write_text(f"{EVALUATION}\nmonths: 3\n", "utf-8")  # these answers have no certificate yet
    words = ("certify", base / "cleared", "--evaluation", base / "other.yaml", "--out", tmp_path / "certificate")
    status, err = _without_room(*words, home=base / "home")
    assert status == 2
    assert err.split(" ")[0] in {"K-CLR-013", "K-EVI-014"}, err
    assert list(tmp_path.iterdir()) == []
    assert Register(base / "home").entries() == before
