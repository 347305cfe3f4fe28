"""Plans and transforms: what is dropped, replaced or made coarser before anything leaves."""

from __future__ import annotations

from kouan.deidentify.checks import check_plan
from kouan.deidentify.hierarchies import read_hierarchies
from kouan.deidentify.holding import Holder
from kouan.deidentify.planfile import plan_yaml, read_plan
from kouan.deidentify.planner import make_plan, not_needed
from kouan.deidentify.preview import preview
from kouan.deidentify.profiles import check_profile
from kouan.deidentify.treatment import apply_plan, rows_that_leave

__all__ = [
    "Holder",
    "apply_plan",
    "check_plan",
    "check_profile",
    "make_plan",
    "not_needed",
    "plan_yaml",
    "preview",
    "read_hierarchies",
    "read_plan",
    "rows_that_leave",
]
