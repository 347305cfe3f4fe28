"""The register of certificates: only added to, and never half a line."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

import pytest

from kouan.clearance.register import FILE, HEAD, Register
from kouan.model.errors import KouanError
from kouan.model.register import Entry

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 11, 23)


def issued(number: str, valid_to: dt.date = DAY) -> Entry:
    return Entry(event="issued", number=number, on=DAY, valid_to=valid_to)


def test_a_certificate_expires_the_day_after_its_last_and_a_withdrawal_wins(tmp_path: Path) -> None:
    register = Register(tmp_path)
    register.add(issued("C1"))
    register.add(issued("C2", DAY + dt.timedelta(days=9)))
    register.add(Entry(event="withdrawn", number="C2", on=DAY, by="x", why="y"))
    assert [(one.entry.number, one.status) for one in register.all(DAY)] == [("C2", "withdrawn"), ("C1", "valid")]
    assert register.find("C1", DAY + dt.timedelta(days=1)).status == "expired"
    with pytest.raises(KouanError, match="K-CLR-124"):
        register.find("C3", DAY)


def test_what_a_killed_process_left_of_a_line_counts_for_nothing_and_is_cut_off(tmp_path: Path) -> None:
    register, path = Register(tmp_path), tmp_path / "certificates" / FILE
    register.add(issued("C1"))
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"event":"iss')
    assert [one.number for one in register.entries()] == ["C1"]
    register.add(issued("C2"))
    assert [one.number for one in register.entries()] == ["C1", "C2"]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_line_changed_in_the_middle_is_named(tmp_path: Path) -> None:
    register, path = Register(tmp_path), tmp_path / "certificates" / FILE
    for number in ("C1", "C2"):
        register.add(issued(number))
    path.write_bytes(path.read_bytes().replace(b"C1", b'C1"', 1))
    with pytest.raises(KouanError, match="K-CLR-126"):
        register.entries()


def test_a_disk_that_fills_up_leaves_the_register_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register, path = Register(tmp_path), tmp_path / "certificates" / FILE
    register.add(issued("C1"))
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        register.add(issued("C2"))
    assert path.read_bytes() == before


def test_a_certificate_is_not_valid_before_its_first_day_nor_without_a_last_one(tmp_path: Path) -> None:
    register = Register(tmp_path)
    register.add(issued("C1"))
    register.add(Entry(event="issued", number="C2", on=DAY))
    assert register.find("C1", DAY - dt.timedelta(days=1)).status == "not_yet"
    assert register.find("C2", DAY).status == "expired"


def test_an_interruption_leaves_the_register_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register, path = Register(tmp_path), tmp_path / "certificates" / FILE
    register.add(issued("C1"))
    before = path.read_bytes()

    def stopped(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stopped)
    with pytest.raises(KeyboardInterrupt):
        register.add(issued("C2"))
    assert path.read_bytes() == before


def three(tmp_path: Path) -> tuple[Register, Path]:
    register = Register(tmp_path)
    for number in ("C1", "C2"):
        register.add(issued(number))
    register.add(Entry(event="withdrawn", number="C2", on=DAY, by="x", why="y"))
    return register, tmp_path / "certificates"


@pytest.mark.parametrize(("left", "missing"), [(2, 1), (1, 2), (0, 3)])
def test_lines_cut_off_at_the_end_are_counted(tmp_path: Path, left: int, missing: int) -> None:
    register, place = three(tmp_path)
    lines = (place / FILE).read_bytes().splitlines(keepends=True)
    (place / FILE).write_bytes(b"".join(lines[:left]))
    with pytest.raises(KouanError, match=f"K-CLR-251 {missing} lines are missing"):
        register.all(DAY)
    with pytest.raises(KouanError, match="K-CLR-251"):  # a further line would make the head forget them
        register.add(issued("C9"))


def test_a_register_that_is_gone_altogether_is_missed(tmp_path: Path) -> None:
    register, place = three(tmp_path)
    (place / FILE).unlink()
    with pytest.raises(KouanError, match="K-CLR-251 3 lines"):
        register.entries()


@pytest.mark.parametrize("left", [b"", b"{}", None])
def test_a_head_that_is_gone_or_damaged_is_missed(tmp_path: Path, left: bytes | None) -> None:
    register, place = three(tmp_path)
    (place / HEAD).unlink()
    if left is not None:
        (place / HEAD).write_bytes(left)
    with pytest.raises(KouanError, match="K-CLR-252"):
        register.entries()


def test_the_last_line_is_the_one_that_the_head_names(tmp_path: Path) -> None:
    register, place = three(tmp_path)
    lines = (place / FILE).read_bytes().splitlines(keepends=True)
    (place / FILE).write_bytes(b"".join([*lines[:2], lines[2].replace(b'"withdrawn"', b'"issued"')]))
    with pytest.raises(KouanError, match="K-CLR-126 Line 3"):
        register.entries()


def test_a_crash_between_line_and_head_is_no_damage_and_the_next_line_catches_up(tmp_path: Path) -> None:
    register, place = three(tmp_path)
    before = (place / HEAD).read_bytes()
    register.add(issued("C4"))
    (place / HEAD).write_bytes(before)
    assert [one.number for one in register.entries()] == ["C1", "C2", "C2", "C4"]
    register.add(issued("C5"))
    assert b'"lines":5' in (place / HEAD).read_bytes()


def test_a_register_of_an_earlier_edition_is_read_and_gets_a_head_with_its_next_line(tmp_path: Path) -> None:
    place = tmp_path / "certificates"
    place.mkdir()
    (place / FILE).write_bytes(b'{"event":"issued","number":"C1","on":"2026-11-23"}\n')
    register = Register(tmp_path)
    assert [one.number for one in register.entries()] == ["C1"]
    register.add(issued("C2"))
    assert [one.number for one in register.entries()] == ["C1", "C2"]
    assert b'"lines":2' in (place / HEAD).read_bytes()


def test_a_crash_before_the_first_head_is_no_damage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    register, place = Register(tmp_path), tmp_path / "certificates"
    register.add(issued("C1"))
    line = (place / FILE).read_bytes()
    assert b'"lines":1' in (place / HEAD).read_bytes()
    fresh = Register(tmp_path / "other")

    def full(head: object) -> None:
        if getattr(head, "lines", 0):
            raise OSError

    put = fresh._put
    monkeypatch.setattr(fresh, "_put", lambda head: (full(head), put(head)))
    fresh.add(issued("C1"))
    assert (tmp_path / "other/certificates" / FILE).read_bytes() == line
    assert [one.number for one in fresh.entries()] == ["C1"]
