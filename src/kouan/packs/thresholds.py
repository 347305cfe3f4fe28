"""Thresholds of identifiability, from the one file that holds them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kouan.model import strictyaml
from kouan.model.thresholds import Thresholds


@cache
def load_thresholds() -> Thresholds:
    """Return the thresholds of `standards/risk-thresholds.yaml`.

    Raises:
        KouanError: K-MOD-001 to K-MOD-005, with file and line.
    """
    path = Path(__file__).parent / "standards" / "risk-thresholds.yaml"
    return strictyaml.parse(Thresholds, path.read_text("utf-8"), f"standards/{path.name}", "taxonomy")
