"""How long a newcomer waits before anything happens."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from bench.measure import Result, median_wall

if TYPE_CHECKING:
    from bench.context import Context

_TIMES = 9
_IMPORT_MS = 200
_HELP_MS = 400


def import_time(context: Context) -> list[Result]:
    """Measure `import kouan`, start of the interpreter included."""
    command = [sys.executable, "-c", "import kouan"]
    seconds = median_wall(command, cwd=context.root, log=context.log, times=_TIMES)
    return [Result("import kouan", seconds * 1000, "ms", _IMPORT_MS, detail=f"median of {_TIMES} processes")]


def help_time(context: Context) -> list[Result]:
    """Measure `kouan --help`, start of the interpreter included."""
    command = [sys.executable, "-m", "kouan.cli", "--help"]
    seconds = median_wall(command, cwd=context.root, log=context.log, times=_TIMES)
    return [Result("kouan --help", seconds * 1000, "ms", _HELP_MS, detail=f"median of {_TIMES} processes")]
