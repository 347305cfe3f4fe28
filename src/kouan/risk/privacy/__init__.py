"""Formal privacy models: each measures every equivalence class from counts, and may be joined with any others."""

from __future__ import annotations

from kouan.risk.privacy.closeness import EqualCloseness, HierarchicalCloseness, OrderedCloseness
from kouan.risk.privacy.counts import ClassCounts, Histogram
from kouan.risk.privacy.disclosure import DeltaDisclosure
from kouan.risk.privacy.diversity import DistinctDiversity
from kouan.risk.privacy.entropy import EntropyDiversity
from kouan.risk.privacy.likeness import BasicLikeness, EnhancedLikeness
from kouan.risk.privacy.model import Model
from kouan.risk.privacy.recursive import RecursiveDiversity
from kouan.risk.privacy.size import KAnonymity, KMap

__all__ = [
    "BasicLikeness",
    "ClassCounts",
    "DeltaDisclosure",
    "DistinctDiversity",
    "EnhancedLikeness",
    "EntropyDiversity",
    "EqualCloseness",
    "HierarchicalCloseness",
    "Histogram",
    "KAnonymity",
    "KMap",
    "Model",
    "OrderedCloseness",
    "RecursiveDiversity",
]
