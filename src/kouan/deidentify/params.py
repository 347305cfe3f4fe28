"""Parameters of a plan's line, read with their types; what does not fit is said in words."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import PurePath, PureWindowsPath
from typing import TYPE_CHECKING

from kouan.deidentify import messages

if TYPE_CHECKING:
    from kouan.model.plan import PlanLine
    from kouan.model.text import Text

_DECIMAL = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?\Z")


class BadParamsError(Exception):
    """A line's parameters do not fit; `problem` says how, in both languages."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def only(line: PlanLine, *allowed: str) -> None:
    """Refuse parameters that the action does not know."""
    for name in line.params:
        if name not in allowed:
            raise BadParamsError(messages.PARAM_UNKNOWN.fill(name=name, allowed=", ".join(allowed) or "-"))


def whole(line: PlanLine, name: str, low: int, high: int, *, default: int | None = None) -> int:
    """Return a whole number within bounds."""
    value = line.params.get(name, default)
    if value is None:
        raise BadParamsError(messages.PARAM_MISSING.fill(name=name))
    if not isinstance(value, int) or not low <= value <= high:
        raise BadParamsError(messages.PARAM_WHOLE.fill(name=name, low=low, high=high))
    return value


def decimal(line: PlanLine, name: str, low: str, high: str) -> float:
    """Return a number within bounds, written as a whole number or as text such as `"0.5"`."""
    value = line.params.get(name)
    if value is None:
        raise BadParamsError(messages.PARAM_MISSING.fill(name=name))
    written = str(value)
    if not _DECIMAL.match(written) or not Decimal(low) <= Decimal(written) <= Decimal(high):
        raise BadParamsError(messages.PARAM_DECIMAL.fill(name=name, low=low, high=high))
    return float(written)


def word(line: PlanLine, name: str, allowed: tuple[str, ...], *, default: str | None = None) -> str:
    """Return one of the words that there are."""
    value = line.params.get(name, default)
    if value is None:
        raise BadParamsError(messages.PARAM_MISSING.fill(name=name))
    if value not in allowed:
        raise BadParamsError(messages.PARAM_WORD.fill(name=name, allowed=", ".join(allowed)))
    return str(value)


def text(line: PlanLine, name: str) -> str:
    """Return a text that says something."""
    value = str(line.params.get(name, "")).strip()
    if not value:
        raise BadParamsError(messages.PARAM_MISSING.fill(name=name))
    return value


def relative_path(line: PlanLine, name: str) -> str:
    """Return a path that does not begin at the machine's root."""
    value = text(line, name)
    if PurePath(value).is_absolute() or PureWindowsPath(value).is_absolute():
        raise BadParamsError(messages.PARAM_PATH)
    return value


def step(width: int, **ends: int) -> None:
    """Refuse ends that cut a bin."""
    for name, end in ends.items():
        if end % width:
            raise BadParamsError(messages.PARAM_STEP.fill(name=name))
