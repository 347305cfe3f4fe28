"""What the attack tests share: examples cleared in this process, and a maker who seals again whatever was changed."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from typing import TYPE_CHECKING

from examples.build import build
from kouan.clearance.journey import clear
from kouan.clearance.settings import Settings
from kouan.evidence import Log, open_signer, seal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.UTC)


def settings_of(home: Path, *, now: dt.datetime = TODAY) -> Settings:
    """Return settings of an installation on a fixed day."""
    return Settings(home=home, lang="en", threads=2, as_of=now.date(), clock=lambda: now)


def clear_example(root: Path, name: str = "retail-light") -> Path:
    """Build the small examples under `root` and clear one with the installation `root/home`."""
    build(root / "exports", small=True)
    clear(root / "exports" / name / "transfer.yaml", root / name, settings=settings_of(root / "home"))
    return root / name


def copied(folder: Path, to: Path) -> Path:
    """Return a copy of a clearance folder."""
    shutil.copytree(folder, to)
    return to


def seal_again(folder: Path, home: Path) -> None:
    """Seal a changed folder as its own installation could: the attack of a trusted but lying exporter."""
    log = Log.open(home / "log", open_signer(home, create=True))
    seal(folder, kind="clearance", transfer="t", log=log, clock=lambda: TODAY, tool="kouan test")


def killed(work: Callable[[], object]) -> int:
    """Do some work in a child process that may die in it, and return its exit status."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - the child must never return into pytest
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
