"""`python -m bench.labelled.child WORK FILE [--threads N]`: one piece of work on one table; prints its cost.

A process of its own, so that its memory is its own. What is loaded or compiled once is told apart as `start`.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from bench.labelled import door
from bench.labelled.table import COLUMNS
from bench.measure import cpu_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from kouan.model.inventory import Inventory

_BATCH = 65_536


def main() -> None:
    """Start, do the work, and print what each cost."""
    parser = argparse.ArgumentParser(prog="python -m bench.labelled.child")
    parser.add_argument("work", choices=("start", "plain", "kernel", "read", "pyarrow", "columns", "inspect"))
    parser.add_argument("path", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    choice = parser.parse_args()
    _keep_to(choice.threads)
    start = cpu_seconds(door.start)
    work = _work(choice.work, choice.path, choice.threads)
    result: object = None

    def run() -> None:
        nonlocal result
        result = work()

    wall = time.perf_counter()
    cpu = cpu_seconds(run)
    wall = time.perf_counter() - wall
    counts = found(result) if choice.work == "inspect" else {}  # type: ignore[arg-type]
    print(json.dumps({"cpu": cpu, "wall": wall, "start": start, "counts": counts}, ensure_ascii=False))


def found(inventory: Inventory) -> dict[str, tuple[int, int]]:
    """Return the cells of all columns in which each identifier was found: confirmed, and confirmed or suspected."""
    sure: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for item in inventory.items:
        cells = door.found(item)
        for name in COLUMNS:
            pairs = [cells[one] for one in door.found_as(name) if one in cells]
            sure[name] += max((one for one, _ in pairs), default=0)
            every[name] += max((one + other for one, other in pairs), default=0)
    return {name: (sure[name], count) for name, count in every.items()}


def _keep_to(processors: int) -> None:
    """Run on so many processors: the threads in which a library reads ahead are no gift to one thread."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:processors])


def _read_by_pyarrow(path: Path) -> None:
    for _ in pq.ParquetFile(path).iter_batches(_BATCH):
        pass


def _work(name: str, path: Path, threads: int) -> Callable[[], object]:
    if name == "start":
        return lambda: None
    if name in ("kernel", "plain"):
        return door.kernel(path, plain=name == "plain")
    if name == "read":
        return partial(door.read, path)
    if name == "pyarrow":
        return partial(_read_by_pyarrow, path)
    return partial(door.columns_only if name == "columns" else door.look, path, threads)


if __name__ == "__main__":
    main()
