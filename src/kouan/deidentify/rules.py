"""From a plan's line to the transform it means; the only place where parameters are read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kouan.deidentify import messages
from kouan.deidentify.dates import UNITS, DatePart
from kouan.deidentify.mask import Mask
from kouan.deidentify.numbers import OLDEST, AgeBand, Bins
from kouan.deidentify.places import LEVELS, Place
from kouan.deidentify.pseudonym import FORMS, LEAST_LENGTH, LENGTHS, Pseudonym
from kouan.deidentify.scrub.kernel import DATES, Scrub
from kouan.deidentify.shift import DAYS, MOST_DAYS, Shift
from kouan.model.plan import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kouan.deidentify.columns import Kernel
    from kouan.deidentify.scrub.known import Known
    from kouan.model.plan import PlanLine
    from kouan.model.text import Text

TARGETS = (*UNITS, "age_band", "bins", *LEVELS)
_KIND = re.compile(r"[a-z][a-z0-9._-]*\Z")
_MOST = 10**12
_LONGEST = 64
_WIDEST_BAND = 50
_MOST_DIGITS = 30
_TIMES = ("keep", "drop")


class BadParamsError(Exception):
    """A line's parameters do not fit; `problem` says how, in both languages."""

    def __init__(self, problem: Text) -> None:
        super().__init__(problem.en)
        self.problem = problem


def transform(line: PlanLine, *, meaning: str, key: bytes, known: Known | None = None) -> Kernel | Shift | Scrub | None:
    """Return what a line does to a column, or None when the column stays as it is or is left out.

    Args:
        line: the plan's line.
        meaning: of the item, the kind of its pseudonym unless the line names another.
        key: of the pseudonyms and offsets; only used by those actions.
        known: values that are taken out of texts wherever they stand.

    Raises:
        BadParamsError: the parameters do not fit the action.
    """
    made = _MAKERS[line.action](line, meaning, key)
    return replace(made, known=known) if isinstance(made, Scrub) and known is not None else made


def _keep(line: PlanLine, meaning: str, key: bytes) -> None:
    del meaning, key
    _only(line, "accepted")
    if "accepted" in line.params and not str(line.params["accepted"]).strip():
        raise BadParamsError(messages.PARAM_REASON)


def _drop(line: PlanLine, meaning: str, key: bytes) -> None:
    del meaning, key
    _only(line)


def _pseudonym(line: PlanLine, meaning: str, key: bytes) -> Kernel:
    form = _word(line, "form", FORMS, default="code")
    _only(line, "kind", "form", *(("length",) if form in LENGTHS else ()))
    kind = str(line.params.get("kind", meaning))
    if not _KIND.match(kind):
        raise BadParamsError(messages.PARAM_KIND)
    most = _MOST_DIGITS if form == "digits" else LENGTHS["code"]
    length = _whole(line, "length", LEAST_LENGTH, most, default=LENGTHS.get(form, most))
    return Pseudonym(kind, key, form, length if form in LENGTHS else None)


def _mask(line: PlanLine, meaning: str, key: bytes) -> Kernel:
    del meaning, key
    _only(line, "keep_start", "keep_end")
    ends = [_whole(line, name, 0, _LONGEST, default=0) for name in ("keep_start", "keep_end")]
    if not any(ends):
        raise BadParamsError(messages.PARAM_NOTHING)
    return Mask(*ends)


def _generalise(line: PlanLine, meaning: str, key: bytes) -> Kernel:
    del meaning, key
    to = _word(line, "to", TARGETS)
    if to == "bins":
        return _bins(line)
    if to == "age_band":
        _only(line, "to", "width", "top")
        width, top = _whole(line, "width", 2, _WIDEST_BAND, default=5), _whole(line, "top", 1, OLDEST, default=80)
        _step(width, top=top)
        return AgeBand(width, top)
    _only(line, "to")
    return Place(to) if to in LEVELS else DatePart(to)


def _shift(line: PlanLine, meaning: str, key: bytes) -> Shift:
    del meaning
    _only(line, "by", "days", "time")
    if not str(line.params.get("by", "")).strip():
        raise BadParamsError(messages.PARAM_MISSING.fill(name="by"))
    days = _whole(line, "days", 1, MOST_DAYS, default=DAYS)
    return Shift(key, days, keep_time=_word(line, "time", _TIMES, default="keep") == "keep")


def _scrub(line: PlanLine, meaning: str, key: bytes) -> Scrub:
    del meaning, key
    _only(line, "dates")
    return Scrub(_word(line, "dates", DATES, default="year"))


def _bins(line: PlanLine) -> Kernel:
    _only(line, "to", "width", "top", "bottom")
    width = _whole(line, "width", 1, _MOST)
    ends = {name: _whole(line, name, -_MOST, _MOST) for name in ("top", "bottom") if name in line.params}
    _step(width, **ends)
    if len(ends) == len(("top", "bottom")) and ends["bottom"] >= ends["top"]:
        raise BadParamsError(messages.PARAM_ORDER)
    return Bins(width, **ends)


_MAKERS: Mapping[Action, Callable[[PlanLine, str, bytes], Kernel | Shift | Scrub | None]] = {
    Action.KEEP: _keep,
    Action.DROP: _drop,
    Action.PSEUDONYM: _pseudonym,
    Action.MASK: _mask,
    Action.GENERALISE: _generalise,
    Action.SHIFT: _shift,
    Action.SCRUB: _scrub,
}


def _only(line: PlanLine, *allowed: str) -> None:
    for name in line.params:
        if name not in allowed:
            raise BadParamsError(messages.PARAM_UNKNOWN.fill(name=name, allowed=", ".join(allowed) or "-"))


def _whole(line: PlanLine, name: str, low: int, high: int, *, default: int | None = None) -> int:
    value = line.params.get(name, default)
    if value is None:
        raise BadParamsError(messages.PARAM_MISSING.fill(name=name))
    if not isinstance(value, int) or not low <= value <= high:
        raise BadParamsError(messages.PARAM_WHOLE.fill(name=name, low=low, high=high))
    return value


def _word(line: PlanLine, name: str, allowed: tuple[str, ...], *, default: str | None = None) -> str:
    value = line.params.get(name, default)
    if value is None:
        raise BadParamsError(messages.PARAM_MISSING.fill(name=name))
    if value not in allowed:
        raise BadParamsError(messages.PARAM_WORD.fill(name=name, allowed=", ".join(allowed)))
    return str(value)


def _step(width: int, **ends: int) -> None:
    for name, end in ends.items():
        if end % width:
            raise BadParamsError(messages.PARAM_STEP.fill(name=name))
