"""The work folder: resumed by stage digest, never half-visible, locked, and careful with what stands there."""

from __future__ import annotations

import datetime as dt
import errno
import os
import stat

import pytest

from kouan.clearance.workfolder import WorkFolder, disk_errors, drop_replaced, folder_lock
from kouan.model.errors import KouanError
from kouan.model.run import RunRecord

KEY = "sha256:" + "a" * 64
OTHER = "sha256:" + "b" * 64


def _record(key: str = KEY) -> RunRecord:
    return RunRecord(key=key, tool="kouan test", as_of=dt.date(2026, 11, 22))


def _seal(folder):
    (folder / "manifest.json").write_text("{}")
    (folder / "receipt").write_text("")


def test_stage_runs_once_and_again_when_its_file_changed(tmp_path):
    out, calls = tmp_path / "out", []

    def make():
        calls.append(1)
        (work.path / "a").write_text("a")

    work = WorkFolder(out, _record())
    assert work.stage("one", make, "a")
    assert not WorkFolder(out, _record()).stage("one", make, "a")
    (work.path / "a").write_text("b")
    assert WorkFolder(out, _record()).stage("one", make, "a")
    assert len(calls) == 2
    assert not out.exists()


def test_interrupted_stage_leaves_nothing_to_trust(tmp_path):
    work = WorkFolder(tmp_path / "out", _record())

    def torn():
        (work.path / "d").mkdir()
        (work.path / "d" / "half").write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work.stage("one", torn, "d")
    again = WorkFolder(tmp_path / "out", _record())
    assert again.stage("one", (again.path / "d").mkdir, "d")
    assert not (again.path / "d" / "half").exists()


def test_what_a_killed_writer_left_is_not_sealed(tmp_path):
    work = WorkFolder(tmp_path / "out", _record())
    (work.path / ".decision.json.77.tmp").write_text("half")
    assert [path.name for path in WorkFolder(tmp_path / "out", _record()).path.iterdir()] == ["run.json"]


def test_the_replaced_folder_goes_once_the_new_one_stands(tmp_path):
    old, out = tmp_path / ".out.old", tmp_path / "out"
    old.mkdir()
    drop_replaced(out)
    assert old.exists()
    out.mkdir()
    _seal(out)
    drop_replaced(out)
    assert not old.exists()


def test_a_folder_that_holds_data_is_for_its_owner_alone(tmp_path):
    before = os.umask(0)
    try:
        with folder_lock(tmp_path / "out", tmp_path / "home"):
            work = WorkFolder(tmp_path / "out", _record())
    finally:
        os.umask(before)
    assert [stat.S_IMODE(path.stat().st_mode) for path in (work.path, tmp_path / "home")] == [0o700, 0o700]


def test_other_inputs_begin_anew(tmp_path):
    work = WorkFolder(tmp_path / "out", _record())
    work.stage("one", lambda: (work.path / "a").write_text("a"), "a")
    assert WorkFolder(tmp_path / "out", _record(OTHER)).stage("one", lambda: None, "a")


def test_finish_replaces_an_earlier_clearance_whole(tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    _seal(out)
    (out / "old").write_text("old")
    work = WorkFolder(out, _record())
    work.stage("one", lambda: (work.path / "new").write_text("new"), "new")
    _seal(work.path)
    work.finish()
    assert sorted(path.name for path in out.iterdir()) == ["manifest.json", "new", "receipt", "run.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_foreign_and_released_folders_are_left_alone(tmp_path):
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.docx").write_text("x")
    with pytest.raises(KouanError) as caught:
        WorkFolder(foreign, _record())
    assert caught.value.code == "K-CLR-011"
    released = tmp_path / "released-one"
    (released / "released").mkdir(parents=True)
    _seal(released)
    with pytest.raises(KouanError) as caught:
        WorkFolder(released, _record())
    assert caught.value.code == "K-CLR-012"


def test_two_at_once(tmp_path):
    with folder_lock(tmp_path / "out", tmp_path / "home"):
        with folder_lock(tmp_path / "elsewhere", tmp_path / "home"):
            pass
        with pytest.raises(KouanError) as caught, folder_lock(tmp_path / "out", tmp_path / "home"):
            pass
    assert caught.value.code == "K-CLR-010"
    with folder_lock(tmp_path / "out", tmp_path / "home"):
        pass


def test_home_is_its_owners_alone(tmp_path):
    home = tmp_path / "a" / "home"
    with folder_lock(tmp_path / "out", home):
        assert {path.stat().st_mode & 0o777 for path in (home, home / "locks")} == {0o700}


@pytest.mark.parametrize("number", [errno.ENOTDIR, errno.EEXIST, errno.EACCES, errno.EROFS])
def test_a_place_that_cannot_be_used_is_named(tmp_path, number):
    with pytest.raises(KouanError) as caught, disk_errors(tmp_path):
        raise OSError(number, "no", "the/real/place")
    assert (caught.value.code, caught.value.where) == ("K-CLR-013", "the/real/place")


def test_links_at_out_are_not_replaced(tmp_path):
    (tmp_path / "real").mkdir()
    for target in ("real", "nothing"):
        out = tmp_path / f"to-{target}"
        out.symlink_to(target)
        with pytest.raises(KouanError) as caught:
            WorkFolder(out, _record())
        assert caught.value.code == "K-CLR-011"
        assert out.is_symlink()


def test_full_disk_is_explained_and_other_faults_are_not_hidden(tmp_path):
    with pytest.raises(KouanError) as caught, disk_errors(tmp_path):
        raise OSError(errno.ENOSPC, "no space")
    assert caught.value.code == "K-CLR-013"
    with pytest.raises(OSError, match="broken pipe"), disk_errors(tmp_path):
        raise OSError(errno.EPIPE, "broken pipe")
