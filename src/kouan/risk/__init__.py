"""How identifiable tables are, what each standard says of that, and what the tables can still tell."""

from __future__ import annotations

from kouan.risk.measure import judged, measure, measure_tables
from kouan.risk.setting import Context, Population, Setting
from kouan.risk.utility import Known, compare

__all__ = ["Context", "Known", "Population", "Setting", "compare", "judged", "measure", "measure_tables"]
