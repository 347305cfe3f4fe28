"""Thresholds of identifiability, from the one file that holds them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kouan.model import strictyaml
from kouan.model.thresholds import Thresholds

THRESHOLDS = "risk-thresholds.yaml"
"""Name of the file, here below `standards/` and in the packs of a clearance folder."""


@cache
def load_thresholds() -> Thresholds:
    """Return the thresholds of `standards/risk-thresholds.yaml`.

    Raises:
        KouanError: K-MOD-001 to K-MOD-005, with file and line.
    """
    return read_thresholds(thresholds_file())


def thresholds_file(root: Path = Path(__file__).parent) -> Path:
    """Return where an edition has its thresholds, `root` being its `kouan/packs`; without one where this Kouan has."""
    return root / "standards" / THRESHOLDS


def read_thresholds(path: Path) -> Thresholds:
    """Return the thresholds of a file. Raises KouanError K-MOD-001 to 005, with file and line, and OSError."""
    return strictyaml.parse(Thresholds, path.read_text("utf-8"), f"{path.parent.name}/{path.name}", "taxonomy")
