"""Frequency attack on pseudonyms: equal values keep equal pseudonyms, so the commonest stays the commonest."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from kouan.model.attacks import Attack, AttackResult
from kouan.risk import attack_messages as messages
from kouan.risk.attacks.intervals import Sampling, risk, successes

if TYPE_CHECKING:
    from collections.abc import Sequence


def frequency(
    original: Sequence[str],
    pseudonyms: Sequence[str],
    reference: Sequence[str],
    options: Sampling | None = None,
    *,
    column: str | None = None,
) -> AttackResult:
    """Match pseudonyms to values by rank of frequency, and count how many rows are named rightly.

    The baseline guesses by the reference distribution alone; it stands in for the control, because who is not in the
    release has no pseudonym there.

    Args:
        original: the true values, row by row.
        pseudonyms: of the same rows in the same order.
        reference: values of any other persons, from which the attacker knows the distribution.
        options: number of attacks, seed.
        column: name, for the result.

    Raises:
        KouanError: K-RSK-065 when the two columns differ in length.
    """
    options = options or Sampling()
    if len(original) != len(pseudonyms):
        raise messages.NOT_ALIGNED.at(column or "pseudonyms")
    rng = np.random.default_rng(options.seed)
    guess = dict(zip(_ranked(pseudonyms, rng), _ranked(reference, rng), strict=False))
    tries = min(options.attacks, len(original))
    rows = rng.choice(len(original), size=tries, replace=False)
    worked = sum(guess.get(pseudonyms[row]) == original[row] for row in rows)
    blind = rng.integers(0, max(len(reference), 1), size=tries)
    by_chance = sum(
        bool(reference) and reference[other] == original[row] for row, other in zip(rows, blind, strict=True)
    )
    main, baseline = successes(worked, tries, options.z), successes(by_chance, tries, options.z)
    return AttackResult(
        attack=Attack.FREQUENCY,
        secret=column,
        main=main,
        baseline=baseline,
        risk=risk(main, baseline, options.z),
        assumes=(messages.ASSUMES_FREQUENCY,),
    )


def _ranked(values: Sequence[str], rng: np.random.Generator) -> list[str]:
    """Return distinct values, the commonest first, equally common ones by lot."""
    counted = sorted(Counter(values).items())
    lots = rng.random(len(counted))
    order = sorted(range(len(counted)), key=lambda place: (-counted[place][1], lots[place]))
    return [counted[place][0] for place in order]
