"""Processes apart end within their limits, whatever a file does to them, and the next file is read."""

import struct
import time
from dataclasses import replace
from pathlib import Path

import pytest

from kouan.formats.apart.child import READERS
from kouan.formats.apart.found import BOUNDS, MIB
from kouan.formats.apart.notes import CRASHED, TOO_LONG, TOO_MUCH, pages_of
from kouan.formats.apart.process import Apart, RefusedFileError
from kouan.model.errors import KouanError
from tests.papers import dicom

ASKED = {"bytes": 64 * MIB}
ITEM = struct.pack("<HHI", 0xFFFE, 0xE000, 0)


@pytest.fixture
def started():
    made = []

    def start(**bounds):
        made.append(Apart("dicom", replace(BOUNDS["dicom"], **bounds)))
        return made[-1]

    yield start
    for one in made:
        one.stop()


@pytest.fixture
def endless(tmp_path):
    path = dicom(tmp_path / "endless.dcm")
    data = path.read_bytes()
    head = data[: data.index(struct.pack("<HH", 0x0020, 0x000D))]
    path.write_bytes(head + struct.pack("<HH2sHI", 0x0020, 0x1115, b"SQ", 0, 0xFFFFFFFF) + ITEM * 2_000_000)
    return path


def _ended(apart, path):
    with pytest.raises(KouanError) as caught:
        apart.ask(path, ASKED)
    assert caught.value.code == "K-FMT-140"
    return caught.value.what.en


def test_one_process_serves_many_files_and_outlives_a_refused_one(tmp_path, started):
    apart = started()
    good = dicom(tmp_path / "a.dcm")
    assert apart.ask(good, ASKED)
    first = apart._process.pid
    with pytest.raises(RefusedFileError):
        apart.ask(good, {"bytes": 100})
    assert apart.ask(good, ASKED)
    assert apart._process.pid == first


def test_processor_time_is_bounded(endless, started):
    apart = started(seconds=1)
    start = time.monotonic()
    assert TOO_LONG.en in _ended(apart, endless)
    assert time.monotonic() - start < 45


def test_silence_is_bounded(endless, started):
    assert TOO_LONG.en in _ended(started(silence=1), endless)


def test_answers_are_bounded(tmp_path, started):
    assert TOO_MUCH.en in _ended(started(answer=20), dicom(tmp_path / "a.dcm"))


def test_after_a_crash_the_next_file_is_read(tmp_path, started):
    path = dicom(tmp_path / "a.dcm")
    apart = started()
    apart.ask(path, ASKED)
    apart._process.kill()
    assert CRASHED.en in _ended(apart, path)
    assert apart.ask(path, ASKED)


def test_a_process_that_cannot_start_is_not_tried_again(tmp_path, started):
    path = dicom(tmp_path / "a.dcm")
    apart = started(memory=64 * MIB)
    for _ in range(2):
        with pytest.raises(KouanError) as caught:
            apart.ask(path, ASKED)
        assert caught.value.code == "K-FMT-143"
        assert "kouan[dicom]" in caught.value.fix.en
        pid, apart._process = apart._process and apart._process.pid, None
    assert pid is None


def test_the_process_writes_no_file_and_ends_with_the_line(tmp_path, started):
    apart = started()
    apart.ask(dicom(tmp_path / "a.dcm"), ASKED)
    pid = apart._process.pid
    limits = {line[:26].strip(): line[26:].split() for line in Path(f"/proc/{pid}/limits").read_text().splitlines()}
    assert limits["Max core file size"][:2] == ["0", "0"]
    assert limits["Max file size"][:2] == ["0", "0"]
    apart._line.close()
    assert apart._process.wait(10) == 0


def test_every_reader_has_bounds():
    assert set(READERS) == set(BOUNDS)


def test_pages_are_said_in_runs():
    assert pages_of([3, 1, 2, 7]) == "1-3, 7"
    assert pages_of(list(range(0, 200, 2))).endswith("…")
