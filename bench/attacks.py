"""Attacks against Anonymeter, on thirds of the public census table `adult`: equal estimates, processor seconds.

Anonymeter pins an old numpy, so it runs in a Python of its own: `python -m venv V; V/bin/pip install -r
requirements/anonymeter.txt; KOUAN_ANONYMETER=V/bin/python`. Without it only Kouan is measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.csv as pc

from bench.attacks_data import LINK, parts
from bench.measure import BenchError, Result
from kouan.risk.attacks import Inference, Linkability, SinglingOut, inference, linkability, make_space, singling_out

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from bench.context import Context
    from kouan.model.attacks import AttackResult

RELEASED = ("original", "noised", "independent")
NEIGHBOURS = (1, 10)
ATTACKS, SEED = 500, 1
_FASTER = 20
_TIMEOUT = 900


def attacks(context: Context) -> list[Result]:
    """Measure all attacks on a copy, on a noised copy and on an independent sample."""
    samples = os.environ.get("KOUAN_SAMPLES")
    if not samples:
        raise BenchError("KOUAN_SAMPLES does not name the folder of samples that holds adult/adult.csv")
    tables = parts(Path(samples) / "adult" / "adult.csv")
    ours = {name: run_all(tables, name) for name in RELEASED}
    seconds = sum(one[1] for found in ours.values() for one in found.values())
    results = [Result("attacks: Kouan", seconds, "cpu-s", detail=f"{sum(map(len, ours.values()))} of {ATTACKS} tries")]
    python = _peer_python()
    if python is None:
        return results
    theirs = _peer(python, tables, context.scratch)
    apart = [
        f"{table} {name}"
        for table, found in theirs["results"].items()
        for name, one in found.items()
        if not overlaps(ours[table][name][0], one)
    ]
    if apart:
        raise BenchError(f"the risk intervals of Kouan and Anonymeter do not meet: {', '.join(apart)}")
    peer = sum(one["seconds"] for found in theirs["results"].values() for one in found.values())
    detail = f"Anonymeter {theirs['version']} {peer:.1f} cpu-s, compiled before; all risk intervals meet"
    return [*results, Result("attacks: times Anonymeter", peer / seconds, "×", _FASTER, at_most=False, detail=detail)]


def run_all(tables: dict[str, pa.Table], released: str) -> dict[str, tuple[AttackResult, float]]:
    """Run every attack on one released table; return results and processor seconds, reading the columns included."""
    start = time.process_time()
    space = make_space(tables["original"], tables[released], tables["control"])
    ready = time.process_time() - start
    every: dict[str, Callable[[], AttackResult]] = {
        "singling_out_univariate": lambda: singling_out(space, (), SinglingOut(ATTACKS, SEED, columns=1)),
        "singling_out_multivariate": lambda: singling_out(space, (), SinglingOut(ATTACKS, SEED)),
    }
    for count in NEIGHBOURS:
        every[f"linkability {count}"] = lambda count=count: linkability(  # type: ignore[misc]
            space, *LINK, Linkability(ATTACKS, SEED, neighbours=count)
        )
    for secret in space.columns:
        every[f"inference {secret}"] = lambda secret=secret: inference(  # type: ignore[misc]
            space, secret, (), Inference(ATTACKS, SEED)
        )
    found = {name: _timed(work) for name, work in every.items()}
    return {name: (result, seconds + ready / len(found)) for name, (result, seconds) in found.items()}


def overlaps(ours: AttackResult, theirs: dict[str, Any]) -> bool:
    """Tell whether both risk intervals meet."""
    return bool(float(ours.risk.lo) <= theirs["hi"] and theirs["lo"] <= float(ours.risk.hi))


def _timed(work: Callable[[], AttackResult]) -> tuple[AttackResult, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def _peer_python() -> str | None:
    if named := os.environ.get("KOUAN_ANONYMETER"):
        return named
    return sys.executable if find_spec("anonymeter") else None


def _peer(python: str, tables: dict[str, pa.Table], folder: Path) -> dict[str, Any]:
    for name, table in tables.items():
        pc.write_csv(table, folder / f"{name}.csv")
    plan = {
        "attacks": ATTACKS,
        "seed": SEED,
        "link": LINK,
        "neighbours": NEIGHBOURS,
        "secrets": tables["original"].column_names,
        "released": RELEASED,
    }
    (folder / "plan.json").write_text(json.dumps(plan))
    script = Path(__file__).with_name("attacks_peer.py")
    done = subprocess.run([python, script, folder], capture_output=True, text=True, timeout=_TIMEOUT, check=False)
    if done.returncode:
        raise BenchError(f"Anonymeter did not run: {done.stderr.strip().splitlines()[-1:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found
