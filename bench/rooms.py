"""Single rooms, measured in this process by processor seconds."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import BenchError, Result, cpu_seconds
from examples.people import TODAY
from kouan import builtin_root, inspect, load_packs, measure, open_source
from kouan.model.declaration import ReleaseMode, SourceSpec
from kouan.recognize import SourceInput

if TYPE_CHECKING:
    from bench.context import Context
    from kouan.formats.source import Source
    from kouan.model.inventory import Inventory

_LOADS = 3
_LOAD_MS = 150
_KEY = bytes(32)


def packs_load(_: Context) -> list[Result]:
    """Measure reading the built-in packs, checks across packs included."""
    load_packs(builtin_root())
    seconds = min(cpu_seconds(lambda: load_packs(builtin_root())) for _ in range(_LOADS))
    size = sum(path.stat().st_size for path in builtin_root().rglob("*.yaml"))
    return [Result("packs: load", seconds * 1000, "cpu-ms", _LOAD_MS, detail=f"{size / 1000:.0f} kB of YAML, warm")]


def risk_of_adult(_: Context) -> list[Result]:
    """Measure k, distinct l and all risks of the public census table `adult` (30,162 rows)."""
    samples = os.environ.get("KOUAN_SAMPLES")
    if not samples:
        raise BenchError("KOUAN_SAMPLES does not name the folder of samples that holds adult/adult.csv")
    source = open_source(Path(samples) / "adult" / "adult.csv", name="adult.csv")
    inventory = _inspect(source)
    seconds = cpu_seconds(lambda: measure([source], inventory, ReleaseMode.CONTROLLED))
    return [Result("risk: adult", seconds, "cpu-s", detail="reading the file included")]


def _inspect(source: Source) -> Inventory:
    spec = SourceSpec(path=source.name)
    inputs = [SourceInput(spec=spec, source=source, treated={})]
    return inspect(inputs, as_of=TODAY, person_key=_KEY, threads=1)
