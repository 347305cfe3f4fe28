"""`python -m bench [NAME…] [--json FILE]`: measure and compare with the limits."""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from bench.context import Context
from bench.machine import describe
from bench.measure import BenchError, Result

if TYPE_CHECKING:
    from collections.abc import Sequence

_ROOT = Path(__file__).resolve().parents[1]
_BENCHMARKS = {
    "import": "bench.start:import_time",
    "help": "bench.start:help_time",
    "clear": "bench.clear:clear_retail",
    "persons": "bench.persons:persons_count",
    "spark": "bench.spark:spark_overhead",
    "year": "bench.again:year_count",
    "recognize": "bench.recognition:recognize",
    "text": "bench.text:text",
    "redact": "bench.redact:redact",
    "packs": "bench.rooms:packs_load",
    "law": "bench.law:law_rate",
    "risk": "bench.risk:risk_of_adult",
    "attacks": "bench.attacks:attacks",
    "utility": "bench.utility:utility",
    "deidentify": "bench.deidentify:deidentify",
    "transforms": "bench.transforms:transforms",
    "formats": "bench.formats:formats_rate",
}
"""Name to function, in the order of running: those that measure children first, while this process is small."""
_ASKED = frozenset({"spark"})
"""Those that need more installed and run only when they are named."""


def main() -> int:
    """Measure, print a table, write JSON; status 1 when a limit is missed or a benchmark could not be run."""
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure Kouan against its limits.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"any of {', '.join(_BENCHMARKS)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report there")
    parser.add_argument("--data", type=Path, default=_ROOT / "build" / "examples", help="folder of the examples")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the labelled table that recognize reads")
    choice = parser.parse_args()
    if unknown := set(choice.names) - _BENCHMARKS.keys():
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}")
    names = choice.names or [name for name in _BENCHMARKS if name not in _ASKED]
    results, failures = _run(names, choice.data, choice.rows)
    machine = describe(dt.datetime.now(dt.UTC))
    _print(machine, results, failures)
    if choice.json:
        choice.json.write_text(report(machine, results, failures), encoding="utf-8")
    return 1 if failures or any(result.met is False for result in results) else 0


def report(machine: dict[str, object], results: Sequence[Result], failures: dict[str, str]) -> str:
    """Return the report as JSON: `machine`, `results` with `met`, and `failures` by benchmark."""
    rows = [{**asdict(result), "value": round(result.value, 3), "met": result.met} for result in results]
    return json.dumps({"machine": machine, "results": rows, "failures": failures}, ensure_ascii=False, indent=2) + "\n"


def _run(names: Sequence[str], data: Path, rows: int) -> tuple[list[Result], dict[str, str]]:
    results: list[Result] = []
    failures: dict[str, str] = {}
    for name in sorted(names, key=list(_BENCHMARKS).index):
        module, _, function = _BENCHMARKS[name].partition(":")
        with tempfile.TemporaryDirectory(prefix="kouan-bench-") as scratch:
            context = Context(_ROOT, data, Path(scratch), rows)
            try:
                results += getattr(importlib.import_module(module), function)(context)
            except BenchError as error:
                failures[name] = str(error)
        print(f"{name}: {'failed' if name in failures else 'done'}", file=sys.stderr)
    return results, failures


def _print(machine: dict[str, object], results: Sequence[Result], failures: dict[str, str]) -> None:
    console = Console()
    console.print(f"{machine['date']}  {machine['cpu']} × {machine['cores']}  Python {machine['python']}")
    table = Table("what", "measured", "limit", "met", "how")
    for result in results:
        bound = "≤" if result.at_most else "≥"
        limit = "" if result.limit is None else f"{bound} {result.limit:g} {result.unit}"
        met = {True: "yes", False: "NO", None: ""}[result.met]
        table.add_row(
            result.name,
            f"{result.value:,.4g} {result.unit}" if result.value < 1 else f"{result.value:,.1f} {result.unit}",
            limit,
            met,
            result.detail,
        )
    console.print(table)
    for name, why in failures.items():
        console.print(f"{name}: {why}", markup=False)


if __name__ == "__main__":
    raise SystemExit(main())
