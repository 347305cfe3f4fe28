"""How well a model that learnt from treated data does on raw data it has not seen."""

from __future__ import annotations

from typing import Literal

from kouan.model.base import Frozen, Ratio
from kouan.model.text import Text


class Score(Frozen):
    """A share with its 95 % interval (Wilson 1927 for shares of persons, normal for a difference)."""

    rate: Ratio
    lo: Ratio
    hi: Ratio


class Prediction(Frozen):
    """One table: the same target predicted by models that learnt from raw and from treated rows.

    Attributes:
        target: item that is predicted.
        chosen: whether the declaration names it.
        classes: its different values.
        rows: raw rows that were used; persons: whose they are, each counted once.
        features: items that the raw models may look at.
        restating: items left out because they say the target in other words.
        majority: always the commonest value.
        raw: learnt from raw rows.
        treated: learnt from treated rows; the raw rows that it is tried on are recoded as those are.
        loss: raw less treated.
        note: in a sentence.
    """

    target: str
    chosen: Literal["declared", "derived"]
    classes: int
    rows: int
    persons: int
    features: tuple[str, ...]
    restating: tuple[str, ...] = ()
    majority: Score
    raw: Score
    treated: Score
    loss: Score
    note: Text
