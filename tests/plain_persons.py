"""A second, plain way to distinct persons, over dense codes all in memory: what counting on disk must agree with.

Lower end: rows that share any key are one person, but two valid resident IDs never are.
Upper end: only a resident ID or a subject key (of several the one with most values) joins rows; a telephone joins them
only under one name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.recognize.days import NO, OPEN, YES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

    Codes = npt.NDArray[np.int32]
    Labels = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

LINK_LIMIT = 5
"""A telephone or address seen with more persons than this is a hotline and joins nobody."""
FAR = np.iinfo(np.int64).max
PAIR = 1 << 31


@dataclass(frozen=True, slots=True)
class Persons:
    """Labels of rows: equal labels, same person; labels run from 0.

    Attributes:
        merged: by every key (lower end); rows without any key, or with only a name that several persons have, have -1.
        apart: by strong keys (upper end).
        keyed: rows that hold a resident ID or a subject key.
    """

    merged: Labels
    apart: Labels
    keyed: Bools

    def lowest(self, rows: Bools) -> int:
        """Return the fewest persons that the rows can be."""
        return max(count_labels(self.merged, rows), int(rows.any()))

    def highest(self, rows: Bools) -> int:
        """Return the most persons that the rows can be."""
        return count_labels(self.apart, rows)


def count_labels(labels: Labels, rows: Bools) -> int:
    """Count the distinct labels of some rows; -1 is none."""
    return int(marked(labels, rows).sum())


def marked(labels: Labels, rows: Bools) -> Bools:
    """Return for each label whether one of the rows has it."""
    marks = np.zeros(int(labels.max(initial=-1)) + 2, np.bool_)
    marks[labels[rows]] = True
    marks[-1] = False  # where -1 points
    return marks


def resolve(codes: Mapping[str, Codes], rows: int) -> Persons:
    """Label rows by person.

    Args:
        codes: by key kind (`ric`, `id:...`, `mobile`, `email`, `name`, `birth`, and `holder` for whom a relative
            belongs to), one code per row from 0, -1 where the row has none.
        rows: number of rows.
    """
    none = np.full(rows, -1, np.int32)
    ric = codes.get("ric", none)
    strong = [code for kind, code in codes.items() if kind.startswith("id:")]
    apart = _join(ric, [_subject_key(codes).astype(np.int32)] if len(strong) > 1 else strong)
    keyed: Bools = ric >= 0
    for code in strong:
        keyed |= code >= 0
    name, birth = codes.get("name", none), codes.get("birth", none)
    born = pairs(name, birth, where=birth >= 0)
    person = np.where(keyed, apart, np.where(name >= 0, name + 2 * rows, -1))
    weak = [_unshared(codes[kind], person) for kind in ("mobile", "email") if kind in codes]
    merged = _join(ric, [*strong, *weak, born])
    known = keyed | (born >= 0)
    for code in weak:
        known |= code >= 0
    _adopt_names(merged, name, known)
    merged[~known & (name < 0)] = -1
    holder = codes.get("holder", none)
    told = pairs(pairs(name, birth, where=name >= 0), holder, where=(birth >= 0) | (holder >= 0))
    upper = join_weakly(apart, ~keyed, [*((code, name) for code in weak), (told, none)])
    return Persons(merged, upper, keyed)


def _adopt_names(labels: Labels, name: Codes, known: Bools) -> None:
    """Rows that hold nothing but a name are one person, or the known one of that name; of several they may be any."""
    persons: dict[int, set[int]] = {}
    for row in np.flatnonzero(known & (name >= 0)).tolist():
        persons.setdefault(int(name[row]), set()).add(int(labels[row]))
    for row in np.flatnonzero(~known & (name >= 0)).tolist():
        alike = persons.setdefault(int(name[row]), {int(labels[row])})
        labels[row] = min(alike) if len(alike) == 1 else -1


def _join(ric: Codes, links: list[Codes]) -> Labels:
    """Label rows by connected component; two resident IDs are never joined.

    Rows without a resident ID are joined among themselves by every code they share (minimum-label hooking with full
    path compression); a component then takes the smallest resident ID that any of its codes is seen with.
    """
    first = int(ric.max(initial=-1)) + 1
    parent = np.arange(len(ric), dtype=np.int64)
    named = ric >= 0
    groups = [group for code in links if len((group := _shared(code, ~named))[0])]
    moved = True
    while moved:
        moved = False
        for rows, code in groups:
            root = parent[rows]
            least = np.full(int(code.max()) + 1, FAR, np.int64)
            np.minimum.at(least, code, root)
            target = least[code]
            if (target < root).any():
                np.minimum.at(parent, root, target)
                _compress(parent)
                moved = True
    labels = parent + first
    labels[named] = ric[named]
    best = np.full(len(ric), FAR, np.int64)
    for code in links:
        _reach(best, parent, ric=ric, code=code)
    adopted = ~named & (best[parent] < FAR)
    labels[adopted] = best[parent[adopted]]
    return labels


def _shared(code: Codes, rows: Bools) -> tuple[Labels, Codes]:
    """Return the rows whose code another of the rows has as well, and their codes."""
    at = np.flatnonzero(rows & (code >= 0))
    if len(at) == 0:
        return at, code[:0]
    often = np.bincount(code[at]) > 1
    at = at[often[code[at]]]
    return at, code[at]


def _compress(parent: Labels) -> None:
    """Let every row point at its root."""
    while True:
        above = parent[parent]
        if np.array_equal(above, parent):
            return
        parent[:] = above


def _reach(best: Labels, parent: Labels, *, ric: Codes, code: Codes) -> None:
    """Note for each component the smallest resident ID that shares a code with one of its rows."""
    named = np.flatnonzero((ric >= 0) & (code >= 0))
    other = np.flatnonzero((ric < 0) & (code >= 0))
    if len(named) == 0 or len(other) == 0:
        return
    least = np.full(int(code.max()) + 1, FAR, np.int64)
    np.minimum.at(least, code[named], ric[named].astype(np.int64))
    np.minimum.at(best, parent[other], least[code[other]])


def pairs(left: Codes, right: Codes, *, where: Bools) -> Codes:
    """Return one code per distinct pair; rows without the left one, or outside `where`, have none."""
    result = np.full(len(left), -1, np.int32)
    has = (left >= 0) & where
    if has.any():
        result[has] = recode(left[has].astype(np.int64) * PAIR + (right[has].astype(np.int64) + 1))
    return result


def recode(values: Labels) -> Codes:
    """Return codes from 0 for numbers, equal for equal ones."""
    codes: Codes = np.asarray(pa.array(values).dictionary_encode().indices, np.int32)
    return codes


def _unshared(code: Codes, person: Labels) -> Codes:
    """Take the code away from rows whose telephone or e-mail is seen with too many persons (-1: nobody known)."""
    has = np.flatnonzero((code >= 0) & (person >= 0))
    if len(has) == 0:
        return code
    seen = np.sort(code[has].astype(np.int64) * PAIR + person[has])
    new = np.ones(len(seen), np.bool_)
    new[1:] = seen[1:] != seen[:-1]
    many = np.bincount(seen[new] // PAIR, minlength=int(code.max()) + 1) > LINK_LIMIT
    return np.where((code >= 0) & many[code], np.int32(-1), code)


def join_weakly(apart: Labels, left: Bools, pairs: list[tuple[Codes, Codes]]) -> Labels:
    """Label rows without a strong key by telephone and name, e-mail and name, or name, birth date and holder."""
    labels = apart.copy()
    for code, beside in pairs:
        rows = left & (code >= 0)
        if rows.any():
            dense = recode(code[rows].astype(np.int64) * PAIR + beside[rows].astype(np.int64) + 1)
            labels[rows] = dense.astype(np.int64) + int(labels.max()) + 1
        left = left & ~rows
    return labels


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


def count(people: Persons, age: npt.NDArray[np.int8], *, presumed: Bools, sensitive: Bools, maybe: Bools) -> list[int]:
    """Return the ends of persons, sensitive and under 14, then presumed and bearing, before they are nested."""
    yes, no = age == YES, age == NO
    young = yes & ~marked(people.merged, no)[people.merged]
    old = marked(people.apart, no) & ~marked(people.apart, yes)
    unknown = ~(marked(people.apart, no) | marked(people.apart, yes) | marked(people.apart, age == OPEN))
    declared = (unknown & marked(people.apart, presumed))[people.apart]
    perhaps = ~old[people.apart] & ~declared
    sensitive = sensitive | young
    maybe = maybe | sensitive
    everyone = np.ones(len(age), np.bool_)
    return [
        people.lowest(everyone), people.highest(everyone),
        people.lowest(sensitive), people.highest(maybe | perhaps),
        people.lowest(young), people.highest(perhaps),
        people.highest(declared), people.highest(maybe),
    ]  # fmt: skip
