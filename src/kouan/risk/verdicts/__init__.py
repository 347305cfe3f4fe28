"""What each standard says of one release, side by side, from the same measures."""

from __future__ import annotations

from kouan.risk.verdicts.judging import judge

__all__ = ["judge"]
