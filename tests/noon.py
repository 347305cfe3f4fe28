"""The clock of every command in tests: it goes from noon of `DAY` at Shanghai, whatever day the tests are run on.

What is released or certified goes by the day on which it happens. On the clock of the machine a decision of `DAY` would
no longer stand in another year, and a certificate would begin and end on other days every time.
`python -m tests.noon WORDS` is the command line under this clock.
"""

from __future__ import annotations

import datetime as dt
import importlib
import os
import time
from types import SimpleNamespace

DAY = "2026-11-22"
BEGAN = "KOUAN_TESTS_BEGAN"
"""Environment variable: when the tests began, in seconds, so that all their processes share one clock."""

_NOON = dt.datetime.fromisoformat(f"{DAY}T12:00:00+08:00")


class _FromNoon(dt.datetime):
    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
        return (_NOON + dt.timedelta(seconds=time.time() - float(os.environ[BEGAN]))).astimezone(tz)


def set_clock() -> None:
    """Let the commands of this process, and of those that it starts with its environment, go by this clock."""
    os.environ.setdefault(BEGAN, repr(time.time()))
    settings = importlib.import_module("kouan.clearance.settings")
    vars(settings)["dt"] = SimpleNamespace(**{**vars(dt), "datetime": _FromNoon})


if __name__ == "__main__":
    set_clock()
    importlib.import_module("kouan.cli").program()
