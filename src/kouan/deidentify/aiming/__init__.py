"""A plan that reaches a verdict with the least loss, from the plan that rules and people made."""

from __future__ import annotations

from kouan.deidentify.aiming.account import goal_words, step_words
from kouan.deidentify.aiming.goal import Goal, goal_of, models_of
from kouan.deidentify.aiming.planning import Aimed, Data, aim_plan, merged

__all__ = ["Aimed", "Data", "Goal", "aim_plan", "goal_of", "goal_words", "merged", "models_of", "step_words"]
