"""The whole way of the retail export: 1,200,000 members and their orders, raw tables to sealed folder."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bench.measure import Result, run_child

if TYPE_CHECKING:
    from bench.context import Context

_WALL_S = 60
_PEAK_MB = 2000
_MB = 1_000_000


def clear_retail(context: Context) -> list[Result]:
    """Measure `kouan clear` on the retail example in a home of its own, so that nobody's keys are touched."""
    declaration = context.example("retail") / "transfer.yaml"
    places = ["--out", str(context.scratch / "retail"), "--home", str(context.scratch / "home")]
    command = [sys.executable, "-m", "kouan.cli", "clear", str(declaration), *places]
    used = run_child(command, cwd=context.root, log=context.log)
    detail = "kouan clear, retail example"
    return [
        Result("clear retail: wall", used.wall, "s", _WALL_S, detail=detail),
        Result("clear retail: processor", used.cpu, "s", detail=detail),
        Result("clear retail: memory", used.peak / _MB, "MB", _PEAK_MB, detail=detail),
    ]
