"""The command line as tests run it: in a process of its own and on the clock of `tests.noon`, on a small transfer."""

from __future__ import annotations

import os
import re
import resource
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.noon import BEGAN, DAY
from tests.warm import run, warm

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[1]
DECLARATION = """\
transfer: {name: 员工数据, scenario: hr_management}
parties:
  - {role: exporter, name: 甲公司, ciio: false}
  - {role: recipient, name: B AG, country: DE}
purpose: 人力资源管理
basis: [hr]
sources:
  - {path: staff.csv, subjects: [employee]}
year_to_date: {ordinary: 0, sensitive: 0, as_of: 2026-11-01}
facts:
  data.important: false
  hr.cross_border_management: true
  hr.labour_rules: true
  hr.collective_contract: true
  hr.necessary: true
"""
STAFF = """\
工号,姓名,手机号,部门,出生日期,薪资
E-7300541,欧阳试验甲,13800138000,研发部,1990-01-02,10417
E-7300542,慕容试验乙,13900139001,市场部,1991-03-04,20833
E-7300543,司徒试验丙,13700137002,市场部,1992-05-06,31249
"""
CELLS = tuple(cell for row in STAFF.splitlines()[1:] for cell in row.split(",") if not cell.endswith("部"))
"""Cells of STAFF that no message may show."""
_DIGEST = re.compile("[0-9a-f]{16,}")


def cells_in(text: str) -> list[str]:
    """Return the cells that stand in a text, but not in its digests, where five digits in a row come by chance."""
    rest = _DIGEST.sub(" ", text)
    return [cell for cell in CELLS if cell in rest]


@dataclass(frozen=True, slots=True)
class Transfer:
    """A folder with `transfer.yaml` and `staff.csv`, and the words that clear it into `out`."""

    folder: Path

    @classmethod
    def lay(cls, folder: Path) -> Transfer:
        """Write both files into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        transfer = cls(folder)
        transfer.declaration.write_text(DECLARATION, "utf-8")
        transfer.data.write_text(STAFF, "utf-8")
        return transfer

    @property
    def declaration(self) -> Path:
        return self.folder / "transfer.yaml"

    @property
    def data(self) -> Path:
        return self.folder / "staff.csv"

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def clear(self) -> tuple[str, ...]:
        return ("clear", str(self.declaration), "--out", str(self.out))

    def declare(self, old: str, new: str) -> None:
        """Change the declaration in one place."""
        text = self.declaration.read_text("utf-8")
        assert text.count(old) == 1, old
        self.declaration.write_text(text.replace(old, new), "utf-8")


def environment(home: Path, *, lang: str = "en") -> dict[str, str]:
    """Return the whole environment of a command: nothing of the tester's own comes through."""
    return {
        "PATH": os.environ["PATH"],
        "KOUAN_TEXT_MODEL": "off",  # what is expected must not hang on what is installed
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        BEGAN: os.environ[BEGAN],
        "HOME": "/nonexistent",
        "KOUAN_HOME": str(home),
        "KOUAN_LANG": lang,
        "KOUAN_AS_OF": DAY,
    }


def start(
    *words: object,
    home: Path,
    lang: str = "en",
    strict: bool = False,
    limits: Mapping[int, int] | None = None,
    **options: Any,
) -> subprocess.Popen[str]:
    """Start the command line; the caller waits for it.

    `strict` makes warnings errors. Not for a process that is interrupted: a file that was just being opened is then
    closed by the interpreter, which is no fault and would be warned of. Under `limits` Python keeps nothing of what it
    compiles: a file of it that could not grow would be cut short, and every later test would read it.
    """
    flags = [*(("-W", "error") if strict else ()), *(("-B",) if limits else ())]
    if limits:
        options["preexec_fn"] = lambda: [resource.setrlimit(what, (most, most)) for what, most in limits.items()]
    return subprocess.Popen(
        [sys.executable, *flags, "-m", "tests.noon", *map(str, words)],
        env=environment(home, lang=lang),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def forked(
    words: Sequence[object],
    env: Mapping[str, str],
    *,
    cwd: Path | None = None,
    stdin: int | None = None,
    limits: Mapping[int, int] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end, with warnings as errors, in a process that is forked (see `tests.warm`)."""
    assert stdin in {None, subprocess.DEVNULL}
    said = [*map(str, words)]
    with ExitStack() as held:
        out, err = (held.enter_context(tempfile.TemporaryFile()) for _ in range(2))
        empty = held.enter_context(Path(os.devnull).open("rb"))
        files = (0 if stdin is None else empty.fileno(), out.fileno(), err.fileno())
        status = run(warm().path, said, env, cwd=cwd or Path.cwd(), files=files, seconds=120, limits=limits)
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode().replace("\r\n", "\n"))
    return subprocess.CompletedProcess(said, status, *texts)


def kouan(*words: object, home: Path, lang: str = "en", **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the command line to its end, as `forked`."""
    return forked(words, environment(home, lang=lang), **options)
