"""`./run bench fuzz [READER…] [--seconds N] [--json FILE]`: feed readers with mutated files and count what breaks.

Coverage-guided by Atheris (libFuzzer). A reader may read a file or refuse it with a K-FMT error; a file that people
write (plan, profile, hierarchy, evaluation) is used where it is taken (see `fuzz_papers`); any other exception, a
crash, more than 20 seconds for one input or more than 1 GB of memory is a finding, kept in `build/fuzz`.

`properties` is no reader: it stands for the properties of the tests, tried with many more examples (`fuzz_properties`).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.fuzz_properties import PROPERTIES, try_properties
from bench.machine import describe
from bench.seeds import SEEDS, write_seeds

_ROOT = Path(__file__).resolve().parents[1]
_KEPT = _ROOT / "build" / "fuzz"
_SECONDS = 600
_ONE_INPUT = 20
_PAPERS = ("hierarchy-csv", "hierarchy-yaml", "plan", "profile", "evaluation")
_MEMORY_MB = 1024
_ALL = (*SEEDS, *_PAPERS, PROPERTIES)


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """What came of one reader.

    Attributes:
        reader: name of the format, or `properties`.
        seconds: for which it was fed.
        inputs: files tried, or examples.
        features: of coverage reached, as libFuzzer counts them; 0 for properties.
        peak_mb: most memory of the process.
        findings: files that broke it, or runs of a test that failed.
    """

    reader: str
    seconds: int
    inputs: int
    features: int
    peak_mb: int
    findings: int


def main() -> int:
    """Fuzz each reader in a process of its own; status 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description="Feed readers with mutated files.")
    parser.add_argument("readers", nargs="*", metavar="READER", help=f"any of {', '.join(_ALL)}; all without")
    parser.add_argument("--seconds", type=int, default=_SECONDS, help="for each reader")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the report there")
    choice = parser.parse_args()
    if unknown := set(choice.readers) - set(_ALL):
        parser.error(f"no such reader: {', '.join(sorted(unknown))}")
    results = [
        (_properties if reader == PROPERTIES else _fuzz)(reader, choice.seconds) for reader in choice.readers or _ALL
    ]
    if choice.json:
        head = {"machine": describe(dt.datetime.now(dt.UTC)), "limits": {"seconds": _ONE_INPUT, "mb": _MEMORY_MB}}
        text = json.dumps({**head, "results": [asdict(one) for one in results]}, indent=2)
        choice.json.write_text(text + "\n", encoding="utf-8")
    return 1 if any(result.findings for result in results) else 0


def _fuzz(reader: str, seconds: int) -> Fuzzed:
    corpus, found = _KEPT / reader / "corpus", _KEPT / reader / "found"
    shutil.rmtree(found, ignore_errors=True)
    for folder in (corpus, found):
        folder.mkdir(parents=True, exist_ok=True)
    target = "bench.fuzz_papers_target" if reader in _PAPERS else "bench.fuzz_target"
    if reader in SEEDS:
        write_seeds(reader, corpus)
    left, log = seconds, _KEPT / reader / "log.txt"
    inputs = features = peak = 0
    log.write_text("")
    started = dt.datetime.now(dt.UTC)
    while left > 0:
        command = [
            sys.executable, "-m", target, reader, str(corpus), f"-max_total_time={left}", f"-timeout={_ONE_INPUT}",
            f"-report_slow_units={_ONE_INPUT}", f"-rss_limit_mb={_MEMORY_MB}", f"-artifact_prefix={found}/",
            "-max_len=200000", "-print_final_stats=1",
        ]  # fmt: skip
        with log.open("ab") as stream:
            at = stream.tell()
            subprocess.run(command, cwd=_ROOT, stdout=stream, stderr=stream, check=False, env=_environment())
        text = log.read_bytes()[at:].decode(errors="replace")
        inputs += _last(r"stat::number_of_executed_units: +(\d+)", text)
        features = max(features, _last(r"ft: (\d+)", text))
        peak = max(peak, _last(r"stat::peak_rss_mb: +(\d+)", text), _last(r"rss: (\d+)Mb", text))
        left = seconds - int((dt.datetime.now(dt.UTC) - started).total_seconds())
    findings = sum(1 for _ in found.iterdir())
    print(f"{reader}: {inputs:,} inputs, {features:,} features, peak {peak} MB, {findings} findings", flush=True)
    return Fuzzed(reader, seconds, inputs, features, peak, findings)


def _properties(name: str, seconds: int) -> Fuzzed:
    examples, failed, peak = try_properties(seconds, _KEPT / name / "log.txt")
    print(f"{name}: {examples:,} examples, peak {peak} MB, {failed} findings", flush=True)
    return Fuzzed(name, seconds, examples, 0, peak, failed)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": f"{_ROOT / 'src'}{os.pathsep}{_ROOT}", "OMP_NUM_THREADS": "1"}


def _last(pattern: str, text: str) -> int:
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
