"""The register of certificates: only added to, and never half a line."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

import pytest

from kouan.clearance.register import FILE, Register
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
