"""Distinct persons where a subject key numbers them: one key, one person (DESIGN 4.3).

Lower end: two keys are one person only when both are seen with the same valid resident ID; telephones, e-mails and
names never merge them. Upper end: every key is a person, and a key seen with several valid resident IDs as many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kouan.recognize.grouping import first_rows, lower, nothing, spans, table
from kouan.recognize.resolve import Persons, join_weakly, label_left, subject_key, weak_kinds

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from kouan.recognize.resolve import Bools, Codes

_MERGED = "=merged"


def resolve_keyed(codes: MutableMapping[str, Codes], rows: int) -> Persons:
    """Label rows by person; rows without a subject key add to the upper end only, by the strongest thing they hold.

    Args:
        codes: as for `resolve`; at least one kind is `id:...`.
        rows: number of rows.
    """
    keys = subject_key(codes, rows)
    keyed: Bools = keys >= 0
    labels, merged, seen = _by_resident_id(keys, codes.get("ric", nothing(rows)), keyed)
    left = ~(keyed | seen)
    del seen
    if left.any():
        codes[_MERGED] = merged
        del merged, keys
        if "ric" in codes:
            label_left(labels, left, first_rows(codes["ric"], nothing(rows), left))
        join_weakly(labels, left, codes, weak_kinds(codes))
        merged = codes.pop(_MERGED)
    return Persons(merged, labels, keyed)


def _by_resident_id(keys: Codes, ric: Codes, keyed: Bools) -> tuple[Codes, Codes, Bools]:
    """Return labels of keys taken apart by resident ID, of keys merged by it, and who is told by resident ID alone.

    Rows without a key follow the person whose resident ID they show; the others are labels of their own, and in the
    merged ones have -1. `keys` are used up.
    """
    rows = len(keys)
    both = keyed & (ric >= 0)
    labels = first_rows(keys, ric, both)
    first = table(rows, rows)
    lower(first, keys, labels, both)
    merged = keys
    for span in spans(rows):
        here, unit = keys[span], labels[span]
        leader = first[here]
        known = leader < rows
        alone = np.where(keyed[span], here, np.arange(span.start, span.stop, dtype=np.int32))
        labels[span] = np.where(both[span], unit, np.where(known, leader, alone))
        merged[span] = np.where(both[span], ric[span], np.where(known, ric[np.where(known, leader, 0)], here))
    del first
    owner = table(rows, rows)
    lower(owner, ric, labels, keyed)
    seen = np.zeros(rows, np.bool_)
    for span in spans(rows):
        leader = owner[ric[span]]
        seen[span] = ~keyed[span] & (leader < rows)
        np.copyto(labels[span], leader, where=seen[span])
        np.copyto(merged[span], ric[span], where=seen[span])
    return labels, merged, seen
