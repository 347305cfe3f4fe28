"""Which pathway and why: strong Kleene logic over the packs' rules, replayable from facts and packs alone."""

from __future__ import annotations

from kouan.law.deciding import decide
from kouan.law.kleene import NO_END
from kouan.law.known import Known
from kouan.law.portfolio import added_by, decide_portfolio, read_alone
from kouan.law.splitting import Floor, Strand, find_splits, floors_of
from kouan.law.surely import surely_counted

__all__ = [
    "NO_END",
    "Floor",
    "Known",
    "Strand",
    "added_by",
    "decide",
    "decide_portfolio",
    "find_splits",
    "floors_of",
    "read_alone",
    "surely_counted",
]
