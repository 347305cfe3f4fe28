"""How identifiable tables are: class sizes, risks and the grade of GB/T 42460-2023."""

from __future__ import annotations

from kouan.risk.grade import DEFAULT_CONTEXT, Context
from kouan.risk.measure import measure
from kouan.risk.utility import compare

__all__ = ["DEFAULT_CONTEXT", "Context", "compare", "measure"]
