"""Whether a clearance folder falls short of the target that its declaration sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance import targeting_messages as messages
from kouan.clearance.declare import read_declaration
from kouan.dossier.target_view import target_of
from kouan.model.files import read_document
from kouan.model.risk import RiskReport

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.dossier.target_view import TargetView


def target_in(folder: Path) -> TargetView | None:
    """Return how the treated data of a folder stand to the declared target; None where they were not measured."""
    declaration, _, _ = read_declaration(folder / "declaration.yaml")
    return target_of(declaration, read_document(folder / "risk.json", RiskReport))


def misses_target(folder: Path) -> bool:
    """Tell whether the treated data fall short of a declared target."""
    found = target_in(folder)
    return found is not None and found.reached is False


def check_target(folder: Path) -> None:
    """Refuse data that fall short of the target that their own declaration sets. Raises KouanError K-CLR-200."""
    if misses_target(folder):
        raise messages.TARGET_MISSED.at(str(folder))
