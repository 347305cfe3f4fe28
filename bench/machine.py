"""Where and with what a figure was measured."""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys
from importlib import metadata
from pathlib import Path

from kouan import __version__

_LIBRARIES = (
    "pyarrow",
    "numpy",
    "pydantic",
    "cryptography",
    "numba",
    "lxml",
    "orjson",
    "pyreadstat",
    "polars",
    "hyperscan",
    "presidio-analyzer",
)


def describe(now: dt.datetime) -> dict[str, object]:
    """Return date, machine and versions as they stand at the head of a report."""
    return {
        "date": now.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "cpu": _cpu(),
        "system": f"{platform.system()} {platform.machine()}",
        "load": [round(value, 2) for value in os.getloadavg()],
        "python": platform.python_version(),
        "kouan": __version__,
        "libraries": {name: _version(name) for name in _LIBRARIES},
    }


def _cpu() -> str:
    if sys.platform == "linux":
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or "unknown"


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "not installed"
