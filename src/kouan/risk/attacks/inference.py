"""Attribute inference: the nearest treated row tells what the attacker does not know (WP29 Opinion 05/2014, 2.2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from kouan.model.attacks import Attack, AttackResult
from kouan.risk import attack_messages as messages
from kouan.risk.attacks.intervals import Sampling, risk, successes
from kouan.risk.attacks.linkability import codes_of
from kouan.risk.attacks.neighbours import Neighbours

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.risk.attacks.space import Space


@dataclass(frozen=True, slots=True)
class Inference(Sampling):
    """How inference is tried.

    Attributes:
        tolerance: a guessed number is right within this share of it (0.05 in Anonymeter).
    """

    tolerance: float = 0.05


def inference(space: Space, secret: str, aux: Sequence[str] = (), options: Inference | None = None) -> AttackResult:
    """Guess a column of persons from the other columns.

    The guess is the secret of the nearest treated row. It is right when it equals the true value; a number within the
    tolerance; a generalised label when it covers the true value and at most half of all values. The baseline takes
    the secret of a row drawn blindly.

    Args:
        space: the tables.
        secret: what is to be guessed.
        aux: what the attacker knows; all other columns when empty.
        options: number of attacks, seed, tolerance.

    Raises:
        KouanError: K-RSK-060 for an unknown column, K-RSK-064 when nothing is left to know or the secret is known.
    """
    options = options or Inference()
    names = tuple(aux) or tuple(name for name in space.columns if name != secret)
    (wanted,) = space.pick((secret,))
    if not names or secret in names:
        raise messages.SECRET_KNOWN.at(secret)
    rng = np.random.default_rng(options.seed)
    columns = space.pick(names)
    search = Neighbours(columns)

    def guesses(which: int, *, blind: bool = False) -> tuple[int, int]:
        tries = min(options.attacks, space.rows[which])
        targets = rng.choice(space.rows[which], size=tries, replace=False)
        if blind:
            rows = rng.integers(0, space.rows[1], size=tries)
        else:
            rows = search.nearest([codes_of(one, which)[targets] for one in columns], 1, rng)[:, 0]
        truth, guess = codes_of(wanted, which)[targets], wanted.coded.treated[rows]
        return int(wanted.covers(truth, guess, options.tolerance).sum()), tries

    main = successes(*guesses(0), options.z)
    control = successes(*guesses(2), options.z) if space.has_control else None
    return AttackResult(
        attack=Attack.INFERENCE,
        aux=(names,),
        secret=secret,
        main=main,
        baseline=successes(*guesses(0, blind=True), options.z),
        control=control,
        risk=risk(main, control, options.z),
        assumes=(messages.ASSUMES_INFER.fill(count=len(names)),),
        notes=() if control else (messages.NO_CONTROL,),
    )
