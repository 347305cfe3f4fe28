"""Recognition on a local Spark of two processes against two threads: processor time for the same inventory."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.measure import BenchError, Result, run_child

if TYPE_CHECKING:
    from bench.context import Context

_ROWS = 3_000_000
_SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER (prctl(2)): processes whose parent is gone become ours, so that their time is counted."""
_ENGINES = {"threads": ("--engine", "threads"), "spark": ("--engine", "spark", "--spark-master", "local[2]")}


def spark_overhead(context: Context) -> list[Result]:
    """Measure both engines in children of their own, with all processes that they start."""
    path = context.scratch / "keys.parquet"
    small = context.scratch / "small.parquet"
    for rows, where in ((_ROWS, path), (1_000, small)):
        made = [sys.executable, "-m", "bench.persons", "make", str(where), str(rows), "linked"]
        run_child(made, cwd=context.root, log=context.log)
    used = {name: _measured(context, path, name) for name in _ENGINES}
    start = _measured(context, small, "spark")
    if used["threads"]["said"] != used["spark"]["said"]:
        raise BenchError("the inventories differ")
    label = f"spark: {_ROWS // 1_000_000}M rows linked"
    more = used["spark"]["cpu"] / used["threads"]["cpu"] - 1
    return [
        *(Result(f"{label}, {name}", one["cpu"], "cpu-s", detail=f"{one['wall']:.0f} s") for name, one in used.items()),
        Result(f"{label}, overhead", 100 * more, "%", detail="processor time of local[2] over that of two threads"),
        Result(f"{label}, largest process", used["spark"]["peak"], "MB", detail="Java, or Python of an executor"),
        Result("spark: 1,000 rows, local[2]", start["cpu"], "cpu-s", detail="what starting costs"),
    ]


def _measured(context: Context, path: Path, engine: str) -> dict[str, float]:
    out = context.scratch / f"{engine}.json"
    command = [sys.executable, "-m", "bench.spark", str(path), str(out), engine]
    run_child(command, cwd=context.root, log=context.log)
    used: dict[str, float] = json.loads(context.log.read_text(encoding="utf-8").splitlines()[-1])
    return {**used, "said": hash(out.read_bytes())}


def run(path: Path, out: Path, engine: str) -> dict[str, float]:
    """Inspect a file with an engine and return what that took, all processes together: seconds and MB."""
    if ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0):
        raise BenchError("this measurement needs Linux")
    words = ["--threads", "2", "--json", "--home", str(out.parent / "home"), *_ENGINES[engine]]
    begin = time.perf_counter()
    with out.open("wb") as sink:
        subprocess.run([sys.executable, "-m", "kouan.cli", "inspect", str(path), *words], stdout=sink, check=True)
    wall = time.perf_counter() - begin
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"wall": wall, "cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024}


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])))
