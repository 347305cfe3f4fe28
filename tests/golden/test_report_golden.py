"""The HR report beside its committed copy, so that every change of the page is seen in a diff.

After an intended change: `KOUAN_WRITE_GOLDEN=1 python -m pytest tests/golden`, then read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.documents import hr_case
from tests.pages import normalised, render

GOLDEN = Path(__file__).with_name("report-hr.html")


def test_hr_report_is_as_committed():
    page = normalised(render(hr_case()))
    if os.environ.get("KOUAN_WRITE_GOLDEN"):
        GOLDEN.write_text(page, encoding="utf-8")
    assert page == GOLDEN.read_text(encoding="utf-8")
