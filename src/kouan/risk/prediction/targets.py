"""Which item a model is to predict."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kouan.model.inventory import PROSE, IdentityRole
from kouan.model.plan import Action
from kouan.risk import prediction_messages as messages
from kouan.risk.information import entropy
from kouan.risk.prediction.bayes import joint
from kouan.risk.prediction.levels import edges_of, levels_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kouan.model.inventory import Inventory, Item
    from kouan.risk.prediction.rows import Cut

    Ints = npt.NDArray[np.int64]

MOST_CLASSES = 20
_COMMONEST = 0.9
_CHANCE = 0.02
_SAME = 0.95
"""Of the target's entropy: what an item tells by chance; what only the target in other words tells."""


def check_targets(targets: Sequence[str], inventory: Inventory) -> None:
    """Refuse targets that are no items. Raises K-RSK-070."""
    known = {item.id for item in inventory.items}
    for target in targets:
        if target not in known:
            raise messages.TARGET.at("assessment.predict", item=target)


def may_tell(item: Item) -> bool:
    """Tell whether a model may look at an item: no direct identifier, pseudonym or free text."""
    return item.role is not IdentityRole.DIRECT and item.meaning != "pseudonym" and item.meaning not in PROSE


def choose(items: Mapping[str, Item], columns: Mapping[str, Cut], actions: Mapping[str, Action]) -> str | None:
    """Return the column of which the others tell most, among those that identify nobody and leave as they are.

    Args:
        items: by column.
        columns: those that a model may look at.
        actions: by column.
    """
    found = []
    for name, column in columns.items():
        shares = np.bincount(column.codes[column.codes >= 0], minlength=len(column.words))
        identifies = items[name].role not in {IdentityRole.OTHER, IdentityRole.SENSITIVE}
        if identifies or actions.get(name) is not Action.KEEP or not 2 <= len(column.words) <= MOST_CLASSES:  # noqa: PLR2004 - one value needs no model
            continue
        if shares.max() > _COMMONEST * max(shares.sum(), 1) or 2 * shares.sum() < len(column.codes):
            continue
        told = told_of(name, columns)
        fit = sum(share for share in told.values() if _CHANCE < share < _SAME)
        if fit > 0:
            found.append((-round(fit, 9), name))
    return min(found)[1] if found else None


def restating(target: str, columns: Mapping[str, Cut]) -> tuple[str, ...]:
    """Return the columns that say the target in other words."""
    return tuple(name for name, share in told_of(target, columns).items() if share >= _SAME)


def told_of(target: str, columns: Mapping[str, Cut]) -> dict[str, float]:
    """Return what share of the target's entropy each other column tells, less what chance gives."""
    labels = columns[target].codes
    here = labels >= 0
    classes = len(columns[target].words)
    found = {}
    for name, column in columns.items():
        if name == target:
            continue
        levels = levels_of(column, edges_of(column, here))
        counts = joint(levels[here], labels[here], classes)
        across, down, rows = counts.sum(axis=1), counts.sum(axis=0), int(counts.sum())
        held = entropy(down)
        if not rows or not held:
            continue
        chance = (np.count_nonzero(across) - 1) * (np.count_nonzero(down) - 1) / (2 * rows * np.log(2))
        found[name] = max((entropy(across) + held - entropy(counts.ravel()) - chance) / held, 0.0)
    return found
