"""Kouan 口岸: an open data port for lawful, provable cross-border data export.

Heavy engines are imported where they are used: `import kouan` stays light and the names below load on first use.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kouan.model.version import VERSION

__version__ = VERSION

_HOMES = {
    "Declaration": "kouan.model.declaration",
    "Inventory": "kouan.model.inventory",
    "Fact": "kouan.model.facts",
    "FactSet": "kouan.model.facts",
    "Range": "kouan.model.facts",
    "Decision": "kouan.model.decision",
    "Pathway": "kouan.model.decision",
    "Plan": "kouan.model.plan",
    "Treatment": "kouan.model.treatment",
    "RiskReport": "kouan.model.risk",
    "Text": "kouan.model.text",
    "KouanError": "kouan.model.errors",
    "load_packs": "kouan.packs",
    "builtin_root": "kouan.packs",
    "decide": "kouan.law",
    "open_source": "kouan.formats",
    "inspect": "kouan.recognize",
    "measure": "kouan.risk",
    "clear": "kouan.clearance.journey",
    "verify_folder": "kouan.clearance.verify",
    "release": "kouan.clearance.release",
}

__all__ = [
    "Decision",
    "Declaration",
    "Fact",
    "FactSet",
    "Inventory",
    "KouanError",
    "Pathway",
    "Plan",
    "Range",
    "RiskReport",
    "Text",
    "Treatment",
    "__version__",
    "builtin_root",
    "clear",
    "decide",
    "inspect",
    "load_packs",
    "measure",
    "open_source",
    "release",
    "verify_folder",
]

if TYPE_CHECKING:
    from kouan.clearance.journey import clear
    from kouan.clearance.release import release
    from kouan.clearance.verify import verify_folder
    from kouan.formats import open_source
    from kouan.law import decide
    from kouan.model.decision import Decision, Pathway
    from kouan.model.declaration import Declaration
    from kouan.model.errors import KouanError
    from kouan.model.facts import Fact, FactSet, Range
    from kouan.model.inventory import Inventory
    from kouan.model.plan import Plan
    from kouan.model.risk import RiskReport
    from kouan.model.text import Text
    from kouan.model.treatment import Treatment
    from kouan.packs import builtin_root, load_packs
    from kouan.recognize import inspect
    from kouan.risk import measure


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'kouan' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
