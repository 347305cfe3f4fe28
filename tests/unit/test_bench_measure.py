"""The measuring itself: what the kernel counted, limits, reports."""

from __future__ import annotations

import datetime as dt
import json
import resource
import sys

import pytest

from bench import __main__ as command
from bench.machine import describe
from bench.measure import BenchError, Result, cpu_seconds, median_wall, run_child

BUSY = "import time; end = time.process_time() + 0.2\nwhile time.process_time() < end: pass"


def test_child_is_measured_by_the_kernel(tmp_path):
    busy = run_child([sys.executable, "-c", BUSY], cwd=tmp_path, log=tmp_path / "log")
    assert busy.cpu >= 0.2
    assert busy.wall >= 0.2
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 + 50_000_000
    big = run_child([sys.executable, "-c", f"x = b'x' * {size}"], cwd=tmp_path, log=tmp_path / "log")
    assert size < big.peak < size + 50_000_000


def test_failing_child_is_named_with_its_last_words(tmp_path):
    with pytest.raises(BenchError, match=r"ended with 3\nmore"):
        run_child([sys.executable, "-c", "print('more'); raise SystemExit(3)"], cwd=tmp_path, log=tmp_path / "log")


def test_median_leaves_out_the_first_run(tmp_path):
    slow_once = "import pathlib, time; p = pathlib.Path('seen'); time.sleep(0 if p.exists() else 1); p.touch()"
    assert median_wall([sys.executable, "-c", slow_once], cwd=tmp_path, log=tmp_path / "log", times=1) < 1


def test_cpu_seconds_count_work():
    assert cpu_seconds(lambda: sum(range(3_000_000))) > cpu_seconds(lambda: None)


@pytest.mark.parametrize(
    ("limit", "at_most", "met"),
    [(None, True, None), (5, True, True), (4, True, False), (5, False, True), (6, False, False)],
)
def test_limits(limit, at_most, met):
    assert Result("one", 5, "s", limit, at_most=at_most).met is met


def test_report_holds_machine_results_and_failures():
    machine = describe(dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC))
    text = command.report(machine, [Result("one", 1.23456, "s", 2)], {"two": "why"})
    read = json.loads(text)
    assert read["machine"]["date"] == "2026-11-22T12:00:00Z"
    assert read["machine"]["cores"] >= 1
    assert read["results"][0] | {"name": "one", "value": 1.235, "met": True} == read["results"][0]
    assert read["failures"] == {"two": "why"}


@pytest.mark.parametrize(("limit", "status"), [(10_000, 0), (0, 1)])
def test_command_ends_with_1_when_a_limit_is_missed(tmp_path, monkeypatch, capsys, limit, status):
    monkeypatch.setattr("bench.start._IMPORT_MS", limit)
    monkeypatch.setattr("bench.start._TIMES", 1)
    monkeypatch.setattr("sys.argv", ["bench", "import", "--json", str(tmp_path / "r.json")])
    assert command.main() == status
    assert json.loads((tmp_path / "r.json").read_text())["results"][0]["met"] is (status == 0)
    assert "import kouan" in capsys.readouterr().out


def test_command_reports_what_could_not_be_run(monkeypatch, capsys):
    def fail(*_, **__):
        raise BenchError("no such thing")

    monkeypatch.setattr("bench.start.median_wall", fail)
    monkeypatch.setattr("sys.argv", ["bench", "help"])
    assert command.main() == 1
    assert "help: no such thing" in capsys.readouterr().out


def test_command_refuses_unknown_names(monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["bench", "nothing"])
    with pytest.raises(SystemExit) as refused:
        command.main()
    assert refused.value.code == 2
    assert "no such benchmark: nothing" in capsys.readouterr().err
