"""Distinct persons where a subject key numbers them: one key, one person (DESIGN 4.3).

Lower end: two keys are one person only when both are seen with the same valid resident ID; telephones, e-mails and
names never merge them. Upper end: every key is a person, and a key seen with several valid resident IDs as many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kouan.recognize.resolve import FAR, PAIR, Persons, join_weakly, pairs, recode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.recognize.resolve import Bools, Codes, Labels


def resolve_keyed(codes: Mapping[str, Codes], rows: int) -> Persons:
    """Label rows by person; rows without a subject key add to the upper end only, by the strongest thing they hold.

    Args:
        codes: as for `resolve`; at least one kind is `id:...`.
        rows: number of rows.
    """
    none = np.full(rows, -1, np.int32)
    ric = codes.get("ric", none)
    keys = _subject_key(codes)
    keyed: Bools = keys >= 0
    units, merged = _by_resident_id(keys, ric)
    labels = units.copy()
    labels[~keyed] = np.arange(int((~keyed).sum())) + int(units.max(initial=-1)) + 1
    seen = _adopt(labels, merged, ric=ric, keyed=keyed)
    name, birth, holder = (codes.get(kind, none) for kind in ("name", "birth", "holder"))
    told = pairs(pairs(name, birth, where=name >= 0), holder, where=(birth >= 0) | (holder >= 0))
    beside = [(ric, none), *((codes[kind], name) for kind in ("mobile", "email") if kind in codes), (told, none)]
    return Persons(merged, join_weakly(labels, ~keyed & ~seen, beside), keyed)


def _subject_key(codes: Mapping[str, Codes]) -> Labels:
    """Return one label per row by the key with most values; a row that only has another key follows it from there."""
    kinds = sorted(
        (kind for kind in codes if kind.startswith("id:")), key=lambda kind: (-int(codes[kind].max(initial=-1)), kind)
    )
    labels: Labels = codes[kinds[0]].astype(np.int64)
    for kind in kinds[1:]:
        code = codes[kind]
        count, top = int(code.max(initial=-1)) + 1, int(labels.max(initial=-1)) + 1
        both, alone = (labels >= 0) & (code >= 0), (labels < 0) & (code >= 0)
        known = np.arange(top, top + count, dtype=np.int64)
        first = np.full(count, FAR, np.int64)
        np.minimum.at(first, code[both], labels[both])
        known = np.where(first < FAR, first, known)
        labels[alone] = known[code[alone]]
    return labels


def _by_resident_id(keys: Labels, ric: Codes) -> tuple[Labels, Labels]:
    """Return labels of keys taken apart by resident ID, and of keys merged by it; -1 for rows without a key."""
    both = (keys >= 0) & (ric >= 0)
    if not both.any():
        return keys, keys.copy()
    count, top = int(keys.max()) + 1, int(ric.max()) + 1
    unit = recode(keys[both] * PAIR + ric[both]).astype(np.int64)
    number = int(unit.max()) + 1
    of_unit = np.zeros(number, np.int64)
    of_unit[unit] = ric[both]
    first = np.full(count, FAR, np.int64)
    np.minimum.at(first, keys[both], unit)
    known = first < FAR
    own = np.arange(count, dtype=np.int64)
    units = np.where(keys >= 0, np.where(known, first, own + number)[keys], -1)
    units[both] = unit
    merged_of = np.where(known, of_unit[np.where(known, first, 0)], own + top)
    merged = np.where(keys >= 0, merged_of[keys], -1)
    merged[both] = ric[both]
    return units, merged


def _adopt(labels: Labels, merged: Labels, *, ric: Codes, keyed: Bools) -> Bools:
    """Give rows without a key to the person whose resident ID they show; tell which were given."""
    count = int(ric.max(initial=-1)) + 1
    owner = np.full(count + 1, FAR, np.int64)
    np.minimum.at(owner, ric[keyed & (ric >= 0)], labels[keyed & (ric >= 0)])
    seen: Bools = ~keyed & (ric >= 0) & (owner[ric] < FAR)
    labels[seen] = owner[ric[seen]]
    merged[seen] = ric[seen]
    return seen
