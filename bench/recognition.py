"""Recognition: right on labelled columns, silent on order numbers, and fast on a large table beside its peers."""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bench.labelled import peers
from bench.labelled.table import read_truth
from bench.measure import BenchError, Result, run_child

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.context import Context
    from bench.labelled.table import Truth
    from bench.measure import Usage

_MB = 1_000_000
_RATE = 250
_PEAK_MB = 1000
_GAIN = 1.7
_ALONE = "wall seconds of one thread on one processor by those of two threads on two"
_LARGER = 10
_PLAIN_ROWS = 2000
_SMALL_ROWS = 50_000
"""Rows of a file for which compiling does not pay yet."""
_PER = 100_000
_MOST_CONFIRMED = 1.0
"""Mistakes of the confirmed tier in 100,000 order numbers or random strings, at the most."""


def recognize(context: Context) -> list[Result]:
    """Measure speed, memory, peers, precision, recall and false positives; pages go to `build/recognize.md`."""
    folder = context.root / "build" / "labelled"
    folder.mkdir(parents=True, exist_ok=True)
    path = _table(context, folder, context.rows)
    results = _speed(context, path)
    results += _large(context, folder)
    results += _peers(context, path)
    return [*results, *_accuracy(context)]


def _table(context: Context, folder: Path, rows: int) -> Path:
    """Return the labelled table of so many rows, made by a child if its generator has changed since."""
    made = b"".join(
        (context.root / "bench" / "labelled" / f"{name}.py").read_bytes()
        for name in ("table", "columns", "remark", "digits", "makers")
    )
    path = folder / f"table-{rows}-{hashlib.sha256(made).hexdigest()[:8]}.parquet"
    if not path.with_suffix(".json").exists():
        command = [sys.executable, "-m", "bench.labelled.table", str(path), "--rows", str(rows)]
        run_child(command, cwd=context.root, log=context.log)
    return path


def _child(
    context: Context, work: str, path: Path, threads: int = 1, *, before: Sequence[str] = ()
) -> tuple[dict[str, Any], Usage]:
    command = [*before, sys.executable, "-m", "bench.labelled.child", work, str(path), "--threads", str(threads)]
    used = run_child(command, cwd=context.root, log=context.log)
    return json.loads(context.log.read_text(encoding="utf-8").splitlines()[-1]), used


def _speed(context: Context, path: Path) -> list[Result]:
    truth = read_truth(path)
    detail = f"{truth.rows:,} rows × 13 columns, {truth.bytes / _MB:.0f} MB decoded, one thread"
    parquet = f"{detail}, reading Parquet included"
    kernel, _ = _child(context, "kernel", path)
    read, _ = _child(context, "read", path)
    arrow, _ = _child(context, "pyarrow", path)
    columns, _ = _child(context, "columns", path)
    whole, used = _child(context, "inspect", path)
    two, used_two = _child(context, "inspect", path, threads=2)
    gain = whole["wall"] / two["wall"]
    return [
        _rate("kernel", kernel, truth, detail=detail, limit=_RATE),
        _rate("reading Parquet alone", read, truth, detail=detail),
        _rate("peer pyarrow: reading Parquet alone", arrow, truth, detail="ParquetFile.iter_batches"),
        _rate("columns, no persons", columns, truth, detail=parquet),
        _rate("inspect", whole, truth, detail=f"{parquet}, persons counted", limit=_RATE / 2),
        Result("inspect: memory", used.peak / _MB, "MB", _PEAK_MB, detail=detail),
        Result("inspect: wall", whole["wall"], "s", detail=detail),
        Result("inspect, 2 threads: wall", two["wall"], "s", detail=f"{two['cpu']:.1f} cpu-s"),
        Result("inspect, 2 threads: memory", used_two.peak / _MB, "MB", _PEAK_MB),
        Result("inspect: 2 threads against 1", gain, "×", _GAIN, at_most=False, detail=_ALONE),
        *_starts(context, path.parent, kernel["start"]),
        *_counted(truth, whole["counts"]),
    ]


def _rate(name: str, answer: dict[str, Any], truth: Truth, *, detail: str, limit: float | None = None) -> Result:
    return Result(name, truth.bytes / _MB / answer["cpu"], "MB/cpu-s", limit, at_most=False, detail=detail)


def _starts(context: Context, folder: Path, kept: float) -> list[Result]:
    """Measure what compiling costs, and what small files cost, for which it does not pay."""
    fresh, _ = _child(context, "start", folder, before=("env", f"XDG_CACHE_HOME={context.scratch}"))
    plain = _table(context, folder, _PLAIN_ROWS)
    small = _table(context, folder, _SMALL_ROWS)
    once = "once in a process, in no other figure"
    results = [
        Result("start of the compiled kernel", kept, "cpu-s", detail=f"{once}; machine code kept from before"),
        Result("start of the compiled kernel, first time", fresh["start"], "cpu-s", detail=f"{once}; compiles"),
    ]
    for name, work, path in (("kernel, not compiled", "plain", plain), ("inspect, a small file", "inspect", small)):
        answer, truth = _child(context, work, path)[0], read_truth(path)
        results.append(_rate(name, answer, truth, detail=f"{truth.rows:,} rows, {truth.bytes / _MB:.1f} MB decoded"))
    return results


def _counted(truth: Truth, counts: dict[str, tuple[int, int]]) -> list[Result]:
    """Compare what was found in the table with what was put there."""
    results = []
    for name in peers.BODIES:
        confirmed, every = counts.get(name, (0, 0))
        right, written = truth.right(name), truth.written(name)
        wrong = f", {written - right:,} of them with a wrong check character" if written > right else ""
        detail = f"{every:,} found, {confirmed:,} confirmed; {written:,} written{wrong}"
        results.append(Result(f"table: {name} found", every / written, "of truth", at_most=False, detail=detail))
    return results


def _large(context: Context, folder: Path) -> list[Result]:
    path = _table(context, folder, context.rows * _LARGER)
    truth = read_truth(path)
    answer, used = _child(context, "inspect", path, threads=2)
    detail = f"{truth.rows:,} rows, {truth.bytes / _MB:,.0f} MB decoded, two threads, {answer['wall']:.0f} s wall"
    return [
        Result("inspect, ten times the rows: memory", used.peak / _MB, "MB", detail=detail),
        Result(
            "inspect, ten times the rows", truth.bytes / _MB / answer["cpu"], "MB/cpu-s", at_most=False, detail=detail
        ),
    ]


def _peers(context: Context, path: Path) -> list[Result]:
    """Return what peers did on the same table; a peer that is not there is a line, too."""
    truth = read_truth(path)
    results = []
    for name in peers.PEERS:
        command = [sys.executable, "-m", "bench.labelled.peers", name, str(path)]
        try:
            run_child(command, cwd=context.root, log=context.log)
            answer = json.loads(context.log.read_text(encoding="utf-8").splitlines()[-1])
        except BenchError as error:
            answer = {"missing": str(error)}
        if "missing" in answer:
            results.append(
                Result(f"peer {name}", 0.0, "MB/cpu-s", at_most=False, detail=f"NOT RUN: {answer['missing']}")
            )
            continue
        rows = answer.get("rows", truth.rows)
        size = answer.get("bytes", truth.bytes * rows / truth.rows) / _MB
        detail = f"{answer['how']}; {size:.1f} MB in {answer['cpu']:.2f} cpu-s{_whole(answer, truth)}; "
        known = truth if answer.get("remarks", True) else replace(truth, inside={})
        detail += _against(answer["counts"], known, rows)
        results.append(Result(f"peer {name}", size / answer["cpu"], "MB/cpu-s", at_most=False, detail=detail))
    return results


def _whole(answer: dict[str, Any], truth: Truth) -> str:
    if "rows" not in answer:
        return ""
    seconds = answer["cpu"] * truth.rows / answer["rows"]
    return f", a sample: at this rate all {truth.rows:,} rows would take {seconds:,.0f} cpu-s (not run)"


def _against(counts: dict[str, int], truth: Truth, rows: int) -> str:
    """Return counts beside what was written, scaled to the rows that were read."""
    share = rows / truth.rows
    if "all" in counts:
        return f"matches {counts['all']:,} of {sum(truth.written(name) for name in peers.BODIES) * share:,.0f} written"
    shown = (f"{name} {counts.get(name, 0):,}/{truth.written(name) * share:,.0f}" for name in peers.BODIES)
    return "matches/written: " + ", ".join(shown)


def _accuracy(context: Context) -> list[Result]:
    from bench.labelled import pages, score  # noqa: PLC0415 - this process stays small while it measures children

    answers = [score.answer(case, context.scratch) for case in score.all_cases()]
    noise = score.false_positives(context.scratch, context.rows // 10)
    page = context.root / "build" / "recognize.md"
    page.write_text(pages.page(answers, noise), encoding="utf-8")
    print(f"precision and recall by identifier: {page.relative_to(context.root)}", file=sys.stderr)
    return [*_identifiers(score.scores(answers)), *_false(noise)]


def _identifiers(scores: dict[str, Any]) -> list[Result]:
    results = []
    for name, one in sorted(scores.items()):
        for what, part, whole in (
            ("recall of cells", one.counted, one.asked),
            ("recall of cells, confirmed", one.sure, one.asked_sure),
            ("precision of cells", one.right, one.reported),
            ("precision of cells, confirmed", one.right_sure, one.reported_sure),
            ("verdicts on columns", one.told, one.columns),
        ):
            if whole:
                value = part / whole
                results.append(
                    Result(f"{name}: {what}", value, "share", at_most=False, detail=f"{part:,} of {whole:,}")
                )
    return results


def _false(noise: Sequence[Any]) -> list[Result]:
    results = []
    for kind in dict.fromkeys(one.kind for one in noise):
        part = [one for one in noise if one.kind == kind]
        cells, confirmed = sum(one.cells for one in part), sum(sum(one.confirmed.values()) for one in part)
        verdicts = sum(one.verdicts for one in part)
        detail = f"{confirmed:,} of {cells:,} strings of {len(part)} families; {verdicts} columns called an identifier"
        rate = confirmed / cells * _PER
        results.append(Result(f"confirmed by mistake: {kind}", rate, "per 100,000", _MOST_CONFIRMED, detail=detail))
    return results
