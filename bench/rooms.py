"""Single rooms, measured in this process by processor seconds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.measure import Result, cpu_seconds
from kouan import builtin_root, load_packs

if TYPE_CHECKING:
    from bench.context import Context

_LOADS = 3
_LOAD_MS = 150
_KEY = bytes(32)


def packs_load(_: Context) -> list[Result]:
    """Measure reading the built-in packs, checks across packs included."""
    load_packs(builtin_root())
    seconds = min(cpu_seconds(lambda: load_packs(builtin_root())) for _ in range(_LOADS))
    size = sum(path.stat().st_size for path in builtin_root().rglob("*.yaml"))
    return [Result("packs: load", seconds * 1000, "cpu-ms", _LOAD_MS, detail=f"{size / 1000:.0f} kB of YAML, warm")]
