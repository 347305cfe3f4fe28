"""From a plan's line to the transform it means."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kouan.deidentify import messages
from kouan.deidentify.dates import UNITS, DatePart
from kouan.deidentify.grid import grid
from kouan.deidentify.local.files import local_share
from kouan.deidentify.mask import Mask
from kouan.deidentify.microaggregate import microaggregate
from kouan.deidentify.noise import noise
from kouan.deidentify.numbers import OLDEST, AgeBand, Bins
from kouan.deidentify.params import BadParamsError, only, step, whole, word
from kouan.deidentify.places import LEVELS, Place
from kouan.deidentify.pseudonyms import pseudonym
from kouan.deidentify.recode import recode
from kouan.deidentify.replace import replaced
from kouan.deidentify.rounding import rounded
from kouan.deidentify.scrub.kernel import DATES, Scrub
from kouan.deidentify.shift import DAYS, MOST_DAYS, Shift
from kouan.deidentify.suppress import suppress
from kouan.deidentify.unless import PARTNER, unless
from kouan.model.plan import Action
from kouan.model.text import says

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kouan.deidentify.columns import Kernel, Learner, Paired, Share
    from kouan.deidentify.hierarchies import PlanFile
    from kouan.deidentify.scrub.known import Known
    from kouan.model.plan import PlanLine

TARGETS = (*UNITS, "age_band", "bins", *LEVELS, "hierarchy", "rounded", "grid", "local")
_MOST = 10**12
_LONGEST = 64
_WIDEST_BAND = 50
_TIMES = ("keep", "drop", "midnight")
_DATE_FORMS = ("label", "instant")


@dataclass(frozen=True, slots=True)
class Given:
    """What a transform is made with beside its line.

    Attributes:
        meaning: of the item, the kind of its pseudonym unless the line names another.
        key: of the pseudonyms and offsets; only used by those actions.
        known: values that are taken out of texts wherever they stand.
        hierarchies: and files of local recoding, by the file's name in the plan.
    """

    meaning: str
    key: bytes = field(repr=False)
    known: Known | None = None
    hierarchies: Mapping[str, PlanFile] = field(default_factory=dict)


def transform(line: PlanLine, given: Given) -> Kernel | Paired | Learner | Share | Scrub | None:
    """Return what a line does to a column, or None when the column stays as it is or is left out.

    Raises:
        BadParamsError: the parameters do not fit the action.
    """
    made = _MAKERS[line.action](line, given)
    return replace(made, known=given.known) if isinstance(made, Scrub) and given.known is not None else made


def partner(line: PlanLine) -> str | None:
    """Return the parameter by which a line names another column of its table, or None."""
    if line.action is Action.GENERALISE and "with" in line.params:
        return "with"
    if line.action is Action.SUPPRESS and "by" not in line.params:
        return None
    if line.action is Action.PSEUDONYM:
        return PARTNER if PARTNER in line.params else None
    return _PARTNERS.get(line.action)


def _keep(line: PlanLine, given: Given) -> None:
    del given
    only(line, "accepted")
    if "accepted" in line.params and not says(str(line.params["accepted"])):
        raise BadParamsError(messages.PARAM_REASON)


def _drop(line: PlanLine, given: Given) -> None:
    del given
    only(line)


def _pseudonym(line: PlanLine, given: Given) -> Kernel | Paired:
    return unless(line, lambda plain: pseudonym(plain, meaning=given.meaning, key=given.key))


def _mask(line: PlanLine, given: Given) -> Kernel:
    del given
    only(line, "keep_start", "keep_end")
    ends = [whole(line, name, 0, _LONGEST, default=0) for name in ("keep_start", "keep_end")]
    if not any(ends):
        raise BadParamsError(messages.PARAM_NOTHING)
    return Mask(*ends)


def _generalise(line: PlanLine, given: Given) -> Kernel | Paired | Share:
    to = word(line, "to", TARGETS)
    if to == "hierarchy":
        return recode(line, given.hierarchies)
    if to == "local":
        return local_share(line, given.hierarchies)
    if to in _WAYS:
        return _WAYS[to](line)
    if to in LEVELS:
        only(line, "to")
        return Place(to)
    only(line, "to", "form")
    return DatePart(to, instant=word(line, "form", _DATE_FORMS, default="label") == "instant")


def _age_band(line: PlanLine) -> Kernel:
    only(line, "to", "width", "top")
    width, top = whole(line, "width", 2, _WIDEST_BAND, default=5), whole(line, "top", 1, OLDEST, default=80)
    step(width, top=top)
    return AgeBand(width, top)


def _shift(line: PlanLine, given: Given) -> Shift:
    only(line, "by", "days", "time")
    if not str(line.params.get("by", "")).strip():
        raise BadParamsError(messages.PARAM_MISSING.fill(name="by"))
    days = whole(line, "days", 2, MOST_DAYS, default=DAYS)  # by one day everybody would move alike
    time = word(line, "time", _TIMES, default="keep")
    return Shift(given.key, days, keep_time=time == "keep", midnight=time == "midnight")


def _scrub(line: PlanLine, given: Given) -> Scrub:
    del given
    only(line, "dates")
    return Scrub(word(line, "dates", DATES, default="year"))


def _bins(line: PlanLine) -> Kernel:
    only(line, "to", "width", "top", "bottom")
    width = whole(line, "width", 1, _MOST)
    ends = {name: whole(line, name, -_MOST, _MOST) for name in ("top", "bottom") if name in line.params}
    step(width, **ends)
    if len(ends) == len(("top", "bottom")) and ends["bottom"] >= ends["top"]:
        raise BadParamsError(messages.PARAM_ORDER)
    return Bins(width, **ends)


_WAYS: Mapping[str, Callable[[PlanLine], Kernel | Paired]] = {
    "age_band": _age_band,
    "bins": _bins,
    "grid": grid,
    "rounded": rounded,
}
_PARTNERS = {Action.SHIFT: "by", Action.NOISE: "by", Action.REPLACE: "when", Action.SUPPRESS: "by"}
_MAKERS: Mapping[Action, Callable[[PlanLine, Given], Kernel | Paired | Learner | Share | Scrub | None]] = {
    Action.KEEP: _keep,
    Action.DROP: _drop,
    Action.PSEUDONYM: _pseudonym,
    Action.MASK: _mask,
    Action.GENERALISE: _generalise,
    Action.SHIFT: _shift,
    Action.SCRUB: _scrub,
    Action.NOISE: lambda line, given: noise(line, key=given.key, meaning=given.meaning),
    Action.MICROAGGREGATE: lambda line, _: microaggregate(line),
    Action.SUPPRESS: lambda line, _: suppress(line),
    Action.REPLACE: lambda line, _: replaced(line),
}
