"""What every benchmark is given."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.measure import run_child

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Context:
    """Paths of one run.

    Attributes:
        root: of the project.
        data: where the examples are, or will be made.
        scratch: a folder that is removed after the run.
        rows: of the labelled table.
    """

    root: Path
    data: Path
    scratch: Path
    rows: int = 1_000_000

    @property
    def log(self) -> Path:
        """Output of the child that runs now."""
        return self.scratch / "child.log"

    def example(self, name: str) -> Path:
        """Return the folder of an example, made if need be, by a child so that this process stays small."""
        command = [sys.executable, "-m", "examples", str(self.data), "--only", name]
        run_child(command, cwd=self.root, log=self.log)
        return (self.data / name).resolve()
