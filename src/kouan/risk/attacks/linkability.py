"""Linkability: two sets of columns of one person lead to the same treated row (WP29 Opinion 05/2014, 2.2.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.model.attacks import Attack, AttackResult
from kouan.risk import attack_messages as messages
from kouan.risk.attacks.intervals import Sampling, risk, successes
from kouan.risk.attacks.neighbours import Neighbours

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from kouan.risk.attacks.column import Column
    from kouan.risk.attacks.space import Space


@dataclass(frozen=True, slots=True)
class Linkability(Sampling):
    """How linkability is tried.

    Attributes:
        neighbours: nearest treated rows of each half that are looked at.
    """

    neighbours: int = 1


def linkability(
    space: Space, left: Sequence[str], right: Sequence[str], options: Linkability | None = None
) -> AttackResult:
    """Try to link the halves of a person through the treated table.

    Somebody holds two files of the same persons without a common key, one with the columns `left`, one with `right`.
    For each person he looks up the nearest treated rows by either half; a row that both have in common links them. The
    baseline draws both sets of rows blindly.

    Args:
        space: the tables.
        left: columns of one half.
        right: columns of the other; none in both.
        options: number of attacks, seed, neighbours.

    Raises:
        KouanError: K-RSK-060 for an unknown column, K-RSK-063 when the halves are empty or overlap.
    """
    options = options or Linkability()
    if not left or not right or set(left) & set(right):
        raise messages.HALVES.at("aux")
    rng = np.random.default_rng(options.seed)
    halves = [space.pick(left), space.pick(right)]
    searches = [Neighbours(half) for half in halves]
    count = min(options.neighbours, space.rows[1])

    def links(which: int) -> tuple[int, int]:
        tries = min(options.attacks, space.rows[which])
        targets = rng.choice(space.rows[which], size=tries, replace=False)
        near = [
            search.nearest([codes_of(one, which)[targets] for one in half], count, rng)
            for search, half in zip(searches, halves, strict=True)
        ]
        return int(_common(*near).sum()), tries

    worked, tries = links(0)
    blind = rng.hypergeometric(count, space.rows[1] - count, count, size=tries)
    main = successes(worked, tries, options.z)
    control = successes(*links(2), options.z) if space.has_control else None
    return AttackResult(
        attack=Attack.LINKABILITY,
        aux=(tuple(left), tuple(right)),
        main=main,
        baseline=successes(int((blind > 0).sum()), tries, options.z),
        control=control,
        risk=risk(main, control, options.z),
        assumes=(messages.ASSUMES_LINK.fill(count=count),),
        notes=() if control else (messages.NO_CONTROL,),
    )


def codes_of(column: Column, which: int) -> npt.NDArray[np.int32]:
    """Return the codes of the original (0) or the control (2)."""
    codes = column.coded.original if which == 0 else column.coded.control
    return codes if codes is not None else np.empty(0, dtype=np.int32)


def _common(left: npt.NDArray[np.int64], right: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Tell which rows of both have a number in common."""
    if left.shape[1] == 1:
        same: npt.NDArray[np.bool_] = left[:, 0] == right[:, 0]
        return same
    both = np.sort(np.hstack([left, right]), axis=1)
    found: npt.NDArray[np.bool_] = (both[:, 1:] == both[:, :-1]).any(axis=1)
    return found
