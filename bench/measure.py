"""Running children and reading what the kernel counted for them."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_KILOBYTE = 1024 if sys.platform == "linux" else 1
"""Bytes of one unit of ru_maxrss: kilobytes on Linux, bytes on macOS."""


class BenchError(RuntimeError):
    """A benchmark could not be run; its text says why."""


@dataclass(frozen=True, slots=True)
class Result:
    """One figure.

    Attributes:
        name: of the figure.
        value: in `unit`.
        limit: the goal, or None when there is none yet.
        at_most: True when smaller is better.
        detail: what was run, for readers of a report.
    """

    name: str
    value: float
    unit: str
    limit: float | None = None
    at_most: bool = True
    detail: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without a goal."""
        if self.limit is None:
            return None
        return self.value <= self.limit if self.at_most else self.value >= self.limit


@dataclass(frozen=True, slots=True)
class Usage:
    """What one child used: seconds, processor seconds (user and system, all threads), bytes at its largest."""

    wall: float
    cpu: float
    peak: int


def run_child(command: Sequence[str], *, cwd: Path, log: Path) -> Usage:
    """Run a command to its end and return what it used.

    Linux starts a child's peak at the peak of the process that starts it, so the caller must itself be small.

    Raises:
        BenchError: it ended with another status than 0; the text holds the last lines of its log.
    """
    start = time.perf_counter()
    with log.open("wb") as sink:
        child = subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
        _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:])
        raise BenchError(f"{' '.join(command)} ended with {child.returncode}\n{tail}")
    return Usage(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _KILOBYTE)


def median_wall(command: Sequence[str], *, cwd: Path, log: Path, times: int) -> float:
    """Return the median wall seconds of a command run several times, after one run that fills the file cache."""
    runs = [run_child(command, cwd=cwd, log=log).wall for _ in range(times + 1)]
    return statistics.median(runs[1:])


def cpu_seconds(work: Callable[[], object]) -> float:
    """Return the processor seconds (all threads of this process) of a call."""
    start = time.process_time()
    work()
    return time.process_time() - start
