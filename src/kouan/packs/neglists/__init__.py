"""Negative lists as data: checked and expanded into provisions when packs load."""

from __future__ import annotations

from kouan.packs.neglists.checking import check_list
from kouan.packs.neglists.expanding import expand

__all__ = ["check_list", "expand"]
