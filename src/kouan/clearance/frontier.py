"""`--explore`: the best plan for each of many protections, each measured, and which of them nothing beats."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kouan.clearance import optimising_messages as messages
from kouan.clearance.frontier_rows import held_rows, lost, measured_rows, planned_rows
from kouan.clearance.optimising import planned
from kouan.deidentify.aiming import step_words
from kouan.deidentify.asked import asked
from kouan.model.base import ratio
from kouan.model.frontier import Frontier, FrontierLevel, FrontierPoint
from kouan.model.risk import Judgement
from kouan.model.thresholds import LargestRisk
from kouan.packs.thresholds import load_thresholds
from kouan.risk.grade import grade
from kouan.risk.verdicts.evidence import Evidence
from kouan.risk.verdicts.numeric import by_largest_risk

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import numpy.typing as npt

    from kouan.clearance.optimising import Found, Prepared, Wanted
    from kouan.deidentify.asked import Asked
    from kouan.model.inventory import Inventory
    from kouan.model.plan import Plan
    from kouan.model.risk import Verdict
    from kouan.risk.setting import Setting
    from kouan.risk.table import Measured

AS_PLANNED = "plan"
"""Identifier of the plan as it is made without a search."""
_SIZES = (2, 3, 5, 10, 12, 20, 50)
"""12 is the least whose risk keeps to 0.09; 3, 5 and 20 are what GB/T 42460-2023 asks of a class by release mode."""
_SHARES = (Decimal(0), Decimal("0.01"), Decimal("0.05"), Decimal("0.1"))
_OF_ITEMS = (("l2", "l:{}=2"), ("l3", "l:{}=3"), ("t0.3", "t:{}=0.3"), ("t0.2", "t:{}=0.2"))
_ITEM_SHARES = (Decimal(0), Decimal("0.05"))
_ITEM_SIZE = 5
_PLACES = 10**6


@dataclass(frozen=True, slots=True)
class Request:
    """What one point asks for."""

    id: str
    models: tuple[Asked, ...]
    suppress: Decimal


def requests(wanted: Wanted, sensitive: Sequence[str]) -> tuple[Request, ...]:
    """Return what is asked for, point by point; models given beside k hold at every point.

    Args:
        wanted: by the person; every k of it is one more step.
        sensitive: items of which l and t are asked.
    """
    always = tuple(one for one in wanted.models if one.name != "k")
    sizes = sorted({*_SIZES, *(int(one.values[0]) for one in wanted.models if one.name == "k")})
    shares = sorted({*_SHARES, wanted.suppress})
    found = [
        Request(f"k{size}{_share(share)}", (asked(f"k={size}", ""), *always), share)
        for size in sizes
        for share in shares
    ]
    for name, spelt in _OF_ITEMS if sensitive else ():
        more = tuple(asked(spelt.format(item), "") for item in sensitive)
        found += [
            Request(f"k{_ITEM_SIZE}-{name}{_share(share)}", (asked(f"k={_ITEM_SIZE}", ""), *more, *always), share)
            for share in sorted({*_ITEM_SHARES, wanted.suppress})
        ]
    return tuple(found)


def _share(share: Decimal) -> str:
    return f"-s{(share * 100).normalize():f}" if share else ""


def explore(prepared: Prepared, plan: Plan, wanted: Wanted, *, inventory: Inventory, setting: Setting) -> Frontier:
    """Search and measure every point.

    Args:
        prepared: the table; it holds the sensitive items.
        plan: as it is made without a search.
        wanted: models that hold at every point, and more steps.
        inventory: of the raw data.
        setting: where the data go.

    Raises:
        KouanError: K-DEI-045 to K-DEI-047.
    """
    points: list[FrontierPoint] = []
    sensitive = prepared.protect
    unreachable: list[str] = []
    seen: dict[tuple[object, ...], int] = {}
    first = Request(AS_PLANNED, (), Decimal(0))
    for one in (first, *requests(wanted, sensitive)):
        found = prepared.search(one.models, one.suppress)
        levels = found.result.levels
        if levels is None:
            unreachable.append(one.id)
            continue
        held = planned_rows(prepared, levels, plan) if one is first else held_rows(prepared, levels, one.models)
        same = (levels, held.tobytes())
        if same in seen:
            at = seen[same]
            points[at] = points[at].model_copy(update={"alike": (*points[at].alike, one.id)})
            continue
        seen[same] = len(points)
        done = plan if one is first else planned(plan, prepared, found, one.models, one.suppress)
        measured = measured_rows(prepared, levels, held, done, inventory=inventory, mode=setting.mode)
        points.append(_point(one, prepared, found, measured, held=held, inventory=inventory, setting=setting))
    best = [_unbeaten(point, points) for point in points]
    return Frontier(
        entity=prepared.entity,
        rows=prepared.table.rows,
        unit="row" if prepared.person is None else prepared.person[0].id,
        sensitive=tuple(sensitive),
        left=tuple(item.id for item, _ in prepared.left),
        points=tuple(point.model_copy(update={"best": on}) for point, on in zip(points, best, strict=True)),
        unreachable=tuple(unreachable),
        bound=_ema_rule().at_most,
        tau=ratio(1, load_thresholds().overall.least[setting.mode]),
    )


def pick(prepared: Prepared, plan: Plan, wanted: Wanted, name: str) -> Plan:
    """Return the plan of one point. Raises KouanError K-CLR-161 (no such point), K-CLR-153 (out of reach)."""
    if name == AS_PLANNED:
        return plan
    known = {one.id: one for one in requests(wanted, prepared.protect)}
    if name not in known:
        near = difflib.get_close_matches(name, sorted(known), n=1)
        raise messages.PICK.at("--pick", name=name, guess=f" ({near[0]}?)" if near else "")
    one = known[name]
    return planned(plan, prepared, prepared.search(one.models, one.suppress), one.models, one.suppress)


def _point(
    one: Request,
    prepared: Prepared,
    found: Found,
    measured: Measured,
    *,
    held: npt.NDArray[np.bool_],
    inventory: Inventory,
    setting: Setting,
) -> FrontierPoint:
    thresholds = load_thresholds()
    graded = grade([measured], thresholds.overall, setting)
    assert found.result.levels is not None
    return FrontierPoint(
        id=one.id,
        models=tuple(model.brief() for model in one.models),
        suppress=one.suppress,
        levels=tuple(
            FrontierLevel(item=ladder.item, level=level, told=step_words(ladder.lines[level]))
            for ladder, level in zip(prepared.ladders, found.result.levels, strict=True)
        ),
        kept=int((~held).sum()),
        k=measured.distribution.k,
        classes=measured.distribution.classes,
        largest=measured.report.prosecutor_max,
        average=measured.report.prosecutor_avg,
        grade=graded.grade,
        ema=_met(by_largest_risk(_ema_rule(), Evidence((measured,), inventory.items, graded, setting))),
        information=ratio(round((1 - lost(prepared, found.result.levels, held)) * _PLACES), _PLACES),
    )


def _met(verdict: Verdict) -> Judgement:
    """Return whether the bound is kept, also where the rule is not about these data: it is a yardstick here."""
    told = verdict.parts[0].outcome if verdict.parts else None
    return told if verdict.outcome is Judgement.NOT_APPLICABLE and told is not None else verdict.outcome


def _ema_rule() -> LargestRisk:
    return next(rule for rule in load_thresholds().rules if isinstance(rule, LargestRisk))


def _unbeaten(one: FrontierPoint, points: Sequence[FrontierPoint]) -> bool:
    """Tell whether no other point keeps as much with no higher risk, and is better in one of them."""

    def beats(other: FrontierPoint) -> bool:
        mine = (-one.information, one.largest, one.average)
        its = (-other.information, other.largest, other.average)
        return its != mine and all(a <= b for a, b in zip(its, mine, strict=True))

    return not any(beats(other) for other in points)
