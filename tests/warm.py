"""Commands in processes of their own, forked from one that has read every module: two seconds of each start are saved.

What a command sees is what `python -W error -m tests.noon` sees: its words, environment, folder and open files, and
nothing that an earlier command did, since every fork is of the process in which no command ran. `python -m tests.warm
SOCKET` is that process; `Warm` starts it. Two of them take turns, so that hashes, and with them the order of sets, differ
from one command to the next as they do between interpreters.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import pkgutil
import re
import resource
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.noon import BEGAN, set_clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).parents[1]
_MOST = 1 << 20
_LATER = re.compile(r"\.(fast_\w+|compiling|tree\.kernel|__main__)$")
"""Modules that are read where they are used: they import numba, or run."""

_THREADS = Path("/proc/self/task")


class Warm:
    """A process that is forked for every command."""

    def __init__(self) -> None:
        """Start it; it ends with this one."""
        self._folder = tempfile.TemporaryDirectory(prefix="kouan-warm-")
        self.path = Path(self._folder.name) / "socket"
        self._process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "tests.warm", str(self.path)],
            env={
                "PATH": os.environ["PATH"],
                "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
                "HOME": "/nonexistent",
                BEGAN: os.environ[BEGAN],
                # No threads before the fork: those of OpenBLAS, and the one by which pyarrow's jemalloc tidies up.
                "OPENBLAS_NUM_THREADS": "1",
                "JE_ARROW_MALLOC_CONF": "background_thread:false",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        atexit.register(self.close)

    def wait(self) -> None:
        """Wait until it can be forked."""
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"

    def close(self) -> None:
        """End it."""
        with self._process:
            self._process.kill()
        self._folder.cleanup()


_started: Iterator[Warm] | None = None


def warm() -> Warm:
    """Return the process whose turn it is."""
    global _started  # noqa: PLW0603 - one pair for all tests of this process
    if _started is None:
        pair = [Warm(), Warm()]
        for one in pair:
            one.wait()
        _started = cycle(pair)
    return next(_started)


def run(
    path: Path,
    words: Sequence[str],
    env: Mapping[str, str],
    *,
    cwd: Path,
    files: tuple[int, int, int],
    seconds: int,
    limits: Mapping[int, int] | None = None,
) -> int:
    """Run a command to its end and return its status, negative where a signal ended it.

    Args:
        path: of the warm process.
        words: after `kouan`.
        env: all of it.
        cwd: folder it runs in.
        files: descriptors of its input, output and errors.
        seconds: after which it is killed.
        limits: of `resource`, soft and hard.

    Raises:
        TimeoutError: it ran longer.
    """
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(path))
        told = {"words": list(words), "env": dict(env), "cwd": str(cwd), "limits": list((limits or {}).items())}
        socket.send_fds(line, [json.dumps(told).encode() + b"\n"], list(files))
        line.settimeout(seconds)
        answers = line.makefile("rb")
        number = int(answers.readline())
        try:
            return int(answers.readline())
        except TimeoutError:
            os.kill(number, signal.SIGKILL)
            raise


def script() -> str:
    """Return a program that runs `./run kouan …` so, in the folder and with the files that it is given."""
    return f"""\
#!{sys.executable} -ES
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from tests.warm import run
sys.exit(run(Path({str(warm().path)!r}), sys.argv[2:], os.environ, cwd=Path.cwd(), files=(0, 1, 2), seconds=110))
"""


def serve(path: str) -> None:
    """Fork for every connection until the standard input ends."""
    for module in pkgutil.walk_packages(importlib.import_module("kouan").__path__, "kouan."):
        if not _LATER.search(module.name):
            importlib.import_module(module.name)
    set_clock()
    pages = importlib.import_module("kouan.dossier.page")._environment()
    for template in pages.list_templates(["j2"]):
        pages.get_template(template)
    importlib.import_module("kouan.packs").load_sectors()
    assert "numba" not in sys.modules
    assert not _THREADS.is_dir() or len(list(_THREADS.iterdir())) == 1, "threads do not come through a fork"
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen(64)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while sys.stdin not in select.select([door, sys.stdin], [], [])[0]:
            line, _ = door.accept()
            if not os.fork():
                door.close()
                _answer(line)
            line.close()
            _reap()
    # Workers of xdist end without taking leave.
    shutil.rmtree(Path(path).parent)


def _reap() -> None:
    """Take leave of those that have ended: what they cost is then this process's, and the tests'."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _answer(line: socket.socket) -> None:
    """Fork once more, for the command; say its number and its status."""
    told, files, _, _ = socket.recv_fds(line, _MOST, 3)
    while not told.endswith(b"\n"):
        told += line.recv(_MOST)
    number = os.fork()
    if not number:
        line.close()
        _command(json.loads(told), files)
    line.sendall(f"{number}\n".encode())
    status = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    line.sendall(f"{status}\n".encode())
    os._exit(0)


def _command(told: dict[str, Any], files: Sequence[int]) -> None:
    status = 1
    try:
        for at, file in enumerate(files):
            os.dup2(file, at)
            os.close(file)
        for what, most in told["limits"]:
            resource.setrlimit(what, (most, most))
            sys.dont_write_bytecode = (
                True  # what is compiled under a limit would be kept cut short, for all later tests
            )
        os.chdir(told["cwd"])
        began = os.environ[BEGAN]
        os.environ.clear()
        os.environ.update(told["env"] | {BEGAN: began})
        sys.argv = ["kouan", *told["words"]]
        importlib.import_module("kouan.cli").program()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - what Python does with it
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    serve(sys.argv[1])
