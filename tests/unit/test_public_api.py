"""`import kouan`: about twenty names that work, and a start that costs next to nothing."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from pathlib import Path

import pytest

import kouan

ROOT = Path(__file__).parents[2]
HEAVY = ("pyarrow", "numpy", "pydantic", "rich", "jinja2", "yaml", "cryptography", "numba")


def _python(*words):
    """Run Python; returns (CPU seconds of it and what it started, standard output)."""
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), "HOME": "/nonexistent", "KOUAN_LANG": "zh"}
    with subprocess.Popen([sys.executable, *words], env=environ, stdout=subprocess.PIPE) as process:
        out = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_utime + used.ru_stime, out.decode()


def test_exports_are_those_agreed_on():
    agreed = (ROOT / "tests" / "golden" / "public_api.txt").read_text("utf-8").split()
    assert sorted(kouan.__all__) == agreed
    assert dir(kouan) == sorted(kouan.__all__)


def test_every_export_is_there_and_says_what_it_is():
    for name in kouan.__all__:
        value = getattr(kouan, name)
        if name != "__version__":
            assert inspect.getdoc(value), name


def test_unknown_name():
    with pytest.raises(AttributeError, match="no attribute 'fly'"):
        _ = kouan.fly


def test_import_takes_little_and_pulls_in_nothing_heavy():
    _, out = _python("-c", "import sys, kouan; print(*sys.modules)")
    loaded = {name.partition(".")[0] for name in out.split()}
    assert "kouan" in loaded
    assert not loaded & set(HEAVY)
    assert min(_python("-c", "import kouan")[0] for _ in range(5)) < 0.2


def test_help_starts_fast():
    assert min(_python("-m", "kouan.cli", "--help")[0] for _ in range(5)) < 0.4
    script = "import sys, kouan.cli as c; c.main(['clear', '--help']); print(*sys.modules)"
    loaded = {name.partition(".")[0] for name in _python("-c", script)[1].split()}
    assert "argparse" in loaded
    assert not loaded & {"pyarrow", "numpy", "rich", "jinja2", "numba"}
