"""How often persons agree with recognition, by what recognition says (precision with Wilson intervals)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kouan.model.base import ratio
from kouan.model.labels import Correction, Precision, PrecisionReport
from kouan.model.text import Text
from kouan.recognize.evidence import wilson
from kouan.recognize.lexicon import load_lexicon

if TYPE_CHECKING:
    from kouan.model.inventory import Inventory

_ALL = Text(zh="合计", en="all")
_NONE = "unknown"


def precision_of(inventory: Inventory) -> PrecisionReport:
    """Compare what recognition found in raw data with what persons say of the same items.

    Args:
        inventory: made with the words of persons, in the declaration or in a file of labels.
    """
    said = [(item, item.word) for item in inventory.items if item.word is not None]
    judged = [(word.machine, item) for item, word in said if word.machine != _NONE]
    confirmed = Counter(machine for machine, item in judged if machine == item.meaning)
    corrected = Counter(machine for machine, item in judged if machine != item.meaning)
    meanings = load_lexicon().meanings
    rows = [
        _row(one, meanings[one].label, confirmed[one], corrected[one]) for one in {machine for machine, _ in judged}
    ]
    return PrecisionReport(
        items=len(inventory.items),
        labelled=len(said),
        open=len(said) - len(judged),
        total=_row("*", _ALL, confirmed.total(), corrected.total()),
        meanings=tuple(sorted(rows, key=lambda row: (-row.confirmed - row.corrected, row.meaning))),
        corrections=tuple(
            Correction(item=item.id, machine=word.machine, person=item.meaning)
            for item, word in said
            if word.machine != item.meaning
        ),
    )


def _row(meaning: str, label: Text, confirmed: int, corrected: int) -> Precision:
    low, high = wilson(confirmed, confirmed + corrected)
    return Precision(
        meaning=meaning,
        label=label,
        confirmed=confirmed,
        corrected=corrected,
        precision=ratio(confirmed, confirmed + corrected),
        lo=low,
        hi=high,
    )
