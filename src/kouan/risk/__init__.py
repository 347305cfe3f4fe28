"""How identifiable tables are: class sizes, risks and the grade of GB/T 42460-2023."""

from __future__ import annotations

from kouan.risk.measure import measure
<<<<<<< HEAD
from kouan.risk.utility import compare

__all__ = ["DEFAULT_CONTEXT", "Context", "compare", "measure"]
=======
from kouan.risk.setting import Context, Population, Setting

__all__ = ["Context", "Population", "Setting", "measure"]
>>>>>>> de-verdicts
