"""Models trained on raw and on treated rows, tried on raw rows of persons that neither has seen."""

from __future__ import annotations

from kouan.risk.prediction.score import predict
from kouan.risk.prediction.targets import check_targets

__all__ = ["check_targets", "predict"]
