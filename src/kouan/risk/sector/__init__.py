"""Tables that a sector judges its data by, of raw and of treated data."""

from __future__ import annotations

from kouan.risk.sector.compare import compare_sectors
from kouan.risk.sector.recount import agrees_with

__all__ = ["agrees_with", "compare_sectors"]
