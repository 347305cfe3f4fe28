"""Files that appear whole or not at all, and documents that are not quoted when they cannot be read."""

from __future__ import annotations

import datetime as dt
import os

import pytest

from kouan.model import files
from kouan.model.errors import KouanError
from kouan.model.run import RunRecord

RECORD = RunRecord(key="sha256:" + "a" * 64, tool="kouan test", as_of=dt.date(2026, 11, 22))


def test_content_replaces_content_and_nothing_else_stays(tmp_path):
    path = tmp_path / "a"
    files.write_whole(path, b"old")
    files.write_whole(path, b"new", mode=0o600)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("step", ["fsync", "write"])
def test_a_failure_leaves_the_old_content(tmp_path, monkeypatch, step):
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def fail(*_):
        raise OSError(28, "no space")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(OSError, match="no space"):
        files.write_whole(path, b"new")
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_scratch_is_where_it_is_written(tmp_path, monkeypatch):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    seen = []
    monkeypatch.setattr(os, "fsync", lambda handle: seen.extend(path.name for path in scratch.iterdir()))
    files.write_whole(tmp_path / "a", b"x", scratch=scratch)
    assert seen == [f".a.{os.getpid()}.tmp"]
    assert list(scratch.iterdir()) == []


def test_a_link_in_the_place_of_the_temporary_file_is_not_followed(tmp_path):
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    (tmp_path / f".a.{os.getpid()}.tmp").symlink_to(victim)
    files.write_whole(tmp_path / "a", b"x")
    assert victim.read_bytes() == b"mine"
    with pytest.raises(FileExistsError):
        files.write_new(victim, b"x", mode=0o644)


def test_documents_come_back_and_say_what_they_were_made_from(tmp_path):
    path = tmp_path / "run.json"
    files.write_document(path, "run", RECORD)
    assert files.read_document(path, RunRecord) == RECORD


@pytest.mark.parametrize("data", [b"", b"{", b'{"kind": "run", "version": 1, "body": {"key": "SECRET-VALUE"}}', None])
def test_unreadable_documents_are_not_quoted(tmp_path, data):
    path = tmp_path / "run.json"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(KouanError) as caught:
        files.read_document(path, RunRecord)
    assert caught.value.code == "K-MOD-006"
    assert "SECRET" not in str(caught.value)
