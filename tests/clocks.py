"""Clocks for tests, as packs write them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kouan.model.provision import ClockRule

PAUSE = {"since": "papers.correction", "until": "papers.complete", "label": {"zh": "补正", "en": "correction"}}


def clock(amount: int, unit: str, **more: Any) -> ClockRule:
    """Return a clock of some length."""
    return ClockRule.model_validate(
        {
            "id": "c",
            "article": "1",
            "label": {"zh": "期限", "en": "period"},
            "starts": "papers.complete",
            "starts_label": {"zh": "材料齐全", "en": "complete papers"},
            "amount": amount,
            "unit": unit,
            "who": {"zh": "网信部门", "en": "the authority"},
            "in_force": {"from": dt.date(2024, 3, 22)},
            "source": {"instrument": "T", "confidence": "H"},
            **more,
        }
    )
