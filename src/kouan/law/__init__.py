"""Which pathway and why: strong Kleene logic over the packs' rules, replayable from facts and packs alone."""

from __future__ import annotations

from kouan.law.deciding import decide

__all__ = ["decide"]
