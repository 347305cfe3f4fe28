"""A home with keys and a log, and sealed folders, for the tests of the evidence room."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.evidence.label import Claims, write_label
from kouan.evidence.log import Log
from kouan.evidence.sealing import Sealed, seal
from kouan.evidence.signing import open_signer
from kouan.evidence.trust import TrustStore

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kouan.evidence.tlog.keys import SigningKey

NOW = dt.datetime(2026, 11, 22, 8, 0, tzinfo=dt.UTC)
TRANSFER = "员工主数据"
TOOL = "kouan 0.1.0"


def counted() -> Callable[[int], bytes]:
    """Return a source of "randomness" that never repeats and can be replayed."""
    numbers = itertools.count(1)
    return lambda size: next(numbers).to_bytes(size, "big")


@dataclass(frozen=True)
class Home:
    path: Path
    signer: SigningKey
    log: Log
    trust: TrustStore


def make_home(path: Path, name: str = "exporter.example/kouan") -> Home:
    signer = open_signer(path, create=True, name=name, random=counted())
    return Home(path, signer, Log.open(path / "log", signer), TrustStore.of_home(path))


def seal_clearance(folder: Path, home: Home) -> Sealed:
    return seal(folder, kind="clearance", transfer=TRANSFER, log=home.log, clock=lambda: NOW, tool=TOOL)


def seal_release(folder: Path, home: Home, parent: Sealed, *, transfer: str = TRANSFER) -> Sealed:
    claims = Claims(transfer, ("exempt",), ("contract",), "sha256:" + "0" * 64, parent.sha256, NOW)
    write_label(folder, claims, signer=home.signer)
    return seal(
        folder,
        kind="release",
        transfer=transfer,
        log=home.log,
        clock=lambda: NOW,
        tool=TOOL,
        parent=parent.sha256,
    )


def sealed_folder(path: Path, home: Home) -> Sealed:
    """Make a small clearance folder with a release inside, and seal both."""
    (path / "staged").mkdir(parents=True)
    (path / "decision.json").write_text('{"a": 1}\n')
    (path / "staged" / "员工.csv").write_text("部门,人数\n研发,3\n")
    (path / "empty.txt").write_bytes(b"")
    sealed = seal_clearance(path, home)
    (path / "released").mkdir()
    (path / "released" / "员工.csv").write_text("部门,人数\n研发,3\n")
    seal_release(path / "released", home, sealed)
    return sealed
