"""Addresses in declarations: refused with their line, and no secret of theirs is ever shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.commands import Transfer, kouan

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "hunter2-hunter2"


@pytest.mark.parametrize(
    ("sources", "code", "line"),
    [
        (f"  - {{from: 'postgresql://reader:{SECRET}@db.example.com/crm', path: public/a}}", "K-FMT-101", 8),
        (f"  - {{from: 's3://bucket?secret={SECRET}', path: a.csv}}", "K-FMT-101", 8),
        ("  - {from: 'oracle://db.example.com/crm', path: public/a}", "K-FMT-100", 8),
        ("  - {from: 'postgresql://db.example.com', path: public/a}", "K-FMT-100", 8),
        ("  - {path: a/b}\n  - {from: 'postgresql://db.example.com/crm', path: a/b}", "K-CLR-094", 9),
        ("  - {from: 'mysql://db.example.com', path: a/b}\n  - {path: a/b}", "K-CLR-094", 9),
    ],
)
def test_a_false_address_is_named_by_its_line(tmp_path: Path, sources: str, code: str, line: int) -> None:
    transfer = Transfer.lay(tmp_path)
    transfer.declare("  - {path: staff.csv, subjects: [employee]}", sources)
    for words in (("clear", str(transfer.declaration)), ("inspect", str(transfer.declaration), "--json")):
        done = kouan(*words, home=transfer.home)
        assert done.returncode == 2
        assert code in done.stderr + done.stdout
        assert f"transfer.yaml:{line}]" in done.stderr + done.stdout
        assert SECRET not in done.stderr + done.stdout
    assert not list(tmp_path.glob("**/inventory.json"))
