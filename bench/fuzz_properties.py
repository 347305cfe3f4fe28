"""The properties of the tests with many times their examples, new ones in every round, until the time is over.

Hypothesis keeps what failed in `.hypothesis`, so that `./run test FILE` fails on the same example until it is mended.
"""

from __future__ import annotations

import os
import random
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

PROPERTIES = "properties"
_ROOT = Path(__file__).resolve().parents[1]
_TIMES = 20
"""As many examples as in the suite; a round of all files at once would leave none for the last ones, so few first."""

_NOTHING, _STOPPED = 5, 124
"""Status of pytest without a test to run, and of what ran out of time."""


def try_properties(seconds: int, log: Path) -> tuple[int, int, int]:
    """Run every file with properties, in an order of chance, first with the suite's examples and then with more.

    Args:
        seconds: after which it stops, in the middle of a file too.
        log: what pytest said, written anew.

    Returns:
        Examples tried, failed tests, most memory of a process in MB.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    end, times, examples, failed = time.monotonic() + seconds, 1, 0, 0
    files = [path for path in (_ROOT / "tests").rglob("test_*.py") if "hypothesis" in path.read_text("utf-8")]
    with log.open("w", encoding="utf-8") as stream:
        while time.monotonic() < end:
            random.shuffle(files)
            for path in files:
                said, status = _run(path, times, end - time.monotonic())
                stream.write(said)
                examples += sum(map(int, re.findall(r"- (\d+) passing", said)))
                failed += status not in {0, _NOTHING, _STOPPED} and max(
                    1, len(re.findall(r"^FAILED ", said, re.MULTILINE))
                )
            times = min(times * 5, _TIMES)
    return examples, failed, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10


def _run(path: Path, times: int, seconds: float) -> tuple[str, int]:
    if seconds <= 0:
        return "", _STOPPED
    environment = {name: value for name, value in os.environ.items() if name != "CI"}  # there they are the same always
    command = [sys.executable, "-m", "pytest", "-m", "not servers", "--hypothesis-show-statistics", str(path)]
    try:
        done = subprocess.run(
            command,
            cwd=_ROOT,
            env={**environment, "KOUAN_EXAMPLES": str(times)},
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as stopped:
        return (stopped.stdout or b"").decode(errors="replace"), _STOPPED
    return done.stdout + done.stderr, done.returncode
