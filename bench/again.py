"""The year's count: twelve releases of the same million persons but for one in fifty, told again by their sets."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.measure import Result, run_child

if TYPE_CHECKING:
    from bench.context import Context
    from kouan.meter.ledger import Ledger
    from kouan.meter.shelf import Shelf

_MONTHS, _PERSONS, _NEW = 12, 1_000_000, 20_000
_SECONDS, _PEAK_MB = 15, 1_000
_MB = 1_000_000
_YEAR = 2026


def year_count(context: Context) -> list[Result]:
    """Measure in a child of its own, marks on disk, everything verified, as `kouan clear` reads the book."""
    home = context.scratch / "year"
    run_child([sys.executable, "-m", "bench.again", "make", str(home)], cwd=context.root, log=context.log)
    used = run_child([sys.executable, "-m", "bench.again", "count", str(home)], cwd=context.root, log=context.log)
    seconds, found = context.log.read_text(encoding="utf-8").split(maxsplit=1)
    disk = sum(path.stat().st_size for path in (home / "persons").rglob("*") if path.is_file())
    shutil.rmtree(home)
    label = f"year: {_MONTHS} releases of {_PERSONS // _MB}M persons"
    return [
        Result(f"{label}, counting", float(seconds), "cpu-s", _SECONDS, detail=found.strip()),
        Result(f"{label}, memory", used.peak / _MB, "MB", _PEAK_MB, detail="mapped files are part of it"),
        Result(f"{label}, disk", disk / _MB / _MONTHS, "MB", detail="for each release"),
    ]


def make(home: Path) -> None:
    """Write the releases of a year: every month some new persons in the place of old ones."""
    from kouan.meter.ledger import Entry  # noqa: PLC0415 - in the child alone
    from kouan.meter.personset import set_of  # noqa: PLC0415
    from kouan.model.facts import Range  # noqa: PLC0415
    from kouan.recognize.across import Marks  # noqa: PLC0415

    home.mkdir(parents=True)
    book, shelf = _opened(home)
    everybody = np.random.default_rng(1).bytes(16 * (_PERSONS + _MONTHS * _NEW))
    nobody = Range(lo=0, hi=0)
    for month in range(_MONTHS):
        hashes = np.frombuffer(everybody, "V16")[month * _NEW : month * _NEW + _PERSONS]
        plain = np.zeros(_PERSONS, np.bool_)
        persons = set_of(Marks(hashes, plain, plain, rest=0, rest_sensitive=0))
        name = f"sha256:{month:064x}"
        digest = shelf.keep(persons, year=_YEAR, release=name)
        count = Range(lo=_PERSONS, hi=_PERSONS)
        day = f"{_YEAR}-{month + 1:02}-05"
        book.record(Entry(name, "A", _YEAR, day, ordinary=count, sensitive=nobody, persons=digest))


def count(home: Path) -> None:
    """Print the processor seconds and the range of the year."""
    book, _ = _opened(home)
    start = time.process_time()
    found = book.year("A", _YEAR)
    assert found is not None
    print(time.process_time() - start, f"{found.ordinary.lo:,} to {found.ordinary.hi:,} persons")


def _opened(home: Path) -> tuple[Ledger, Shelf]:
    from kouan.evidence import FileKeyStore  # noqa: PLC0415
    from kouan.meter.ledger import Ledger  # noqa: PLC0415
    from kouan.meter.shelf import Shelf  # noqa: PLC0415

    shelf = Shelf(home / "persons", FileKeyStore.passing(bytes(32)))
    return Ledger(home / "meter.sqlite", shelf), shelf


if __name__ == "__main__":
    {"make": make, "count": count}[sys.argv[1]](Path(sys.argv[2]))
