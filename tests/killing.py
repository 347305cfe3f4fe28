"""Commands that are killed (SIGKILL) right before one of the changes they make to a disk, whichever it is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.commands import environment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_RUNNER = """
import importlib, json, os, shutil, signal, sys
from kouan.cli import main
from tests.noon import set_clock
set_clock()
words, base, points = json.loads(sys.argv[1])
for name in ("assess", "certify", "clear", "deidentify", "optimise"):
    importlib.import_module(f"kouan.cli.commands.{name}")
CHANGES = {"os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.link", "os.symlink", "os.truncate"}

def run(folder, at):
    reader, writer = os.pipe()
    process = os.fork()
    if not process:
        count = 0
        def heard(event, given):
            nonlocal count
            written = event == "open" and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if (written or event in CHANGES) and str(given[0]).startswith(folder + os.sep):
                count += 1
                if count == at:
                    os.kill(os.getpid(), signal.SIGKILL)
        for stream in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
        sys.addaudithook(heard)
        status = main([word.replace("{}", folder) for word in words])
        os.write(writer, json.dumps(count).encode())
        os._exit(status)
    os.close(writer)
    told = os.read(reader, 100)
    os.close(reader)
    _, status = os.waitpid(process, 0)
    return os.waitstatus_to_exitcode(status), int(told or 0)

def laid(name):
    folder = f"{base}-{words[0]}-{name}"
    shutil.copytree(base, folder)
    return folder

whole, changes = run(laid("whole"), 0)
steps = sorted({1 + at * (changes - 1) // max(points - 1, 1) for at in range(points)})
killed = {at: run(laid(at), at)[0] for at in steps}
print(json.dumps([whole, changes, killed]))
"""


def killed_at_many_points(words: Sequence[object], base: Path, points: int = 12) -> tuple[int, dict[Path, int]]:
    """Run a command in copies of a folder, killed at another point in each.

    Args:
        words: of the command; `{}` stands for the copy.
        base: what is copied; the copy in which it ran to its end is `whole_run(words, base)`.
        points: how many, spread over all changes that it makes below the folder.

    Returns:
        The status of the whole run, and by folder that of the killed ones.
    """
    told = json.dumps([[str(word) for word in words], str(base), points])
    done = subprocess.run(
        [sys.executable, "-c", _RUNNER, told],
        env={**environment(base / "home"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    whole, changes, killed = json.loads(done.stdout)
    assert changes >= len(killed) > 1
    return whole, {base.with_name(f"{base.name}-{words[0]}-{at}"): status for at, status in killed.items()}


def whole_run(words: Sequence[object], base: Path) -> Path:
    """Return the copy of a folder in which a command ran to its end."""
    return base.with_name(f"{base.name}-{words[0]}-whole")


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder, with its content."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {os.fspath(path.relative_to(folder)): path.read_bytes() for path in found}
