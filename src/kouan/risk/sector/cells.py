"""The cells of one table: what is counted in each, and how many persons stand behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kouan.risk.sector.days import BLANK, day_numbers, study_days
from kouan.risk.sector.frame import EMPTY, Words, named, numbered
from kouan.risk.sector.shift import shifts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from kouan.model.sectorcheck import CheckItem, SectorCheck
    from kouan.risk.sector.frame import Frame

    Ints = npt.NDArray[np.int64]

Key = tuple[str, ...]
YES, NO, OTHER_UNIT = "<yes>", "<no>", "<other unit>"
_BAND = re.compile(r"\[?(-?\d+(?:\.\d+)?)(?:\s*[-,~]\s*(\d+(?:\.\d+)?)[)\]]?)?(\+)?|(>=|<)(\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True)
class Cells:
    """One table.

    Attributes:
        counts: what is counted, by cell; no cell is 0.
        persons: different ones behind each cell.
        people: different ones behind the table.
        shown: the coarser table that people are shown; None where it is this one.
    """

    counts: dict[Key, int]
    persons: dict[Key, int]
    people: int
    shown: Cells | None = None

    @property
    def wide(self) -> Cells:
        """The table that people are shown."""
        return self.shown or self


NOTHING = Cells({}, {}, 0)


def cells_of(check: SectorCheck, frame: Frame, joined: Mapping[str, Mapping[str, str]]) -> Cells:
    """Count a table.

    Args:
        check: what is counted.
        frame: its columns.
        joined: of each joined column, its value for each person.
    """
    by = [_item(item, frame, check, joined) for item in check.by]
    persons = frame.persons(check.person)
    if check.kind == "shift":
        found = shifts(check, frame, persons)
        by = [Words(column.codes[found.rows], column.words) for column in by]
        return _counted([*by, found.test, found.before, found.after], persons[found.rows], None)
    if check.kind == "study_day":
        reference = _joined(frame, check, joined.get(str(check.reference), {}))
        agreement, days = study_days(frame.one(str(check.date)), frame.one(str(check.day)), reference)
        return replace(_counted([agreement, days], persons, None), shown=_counted([agreement], persons, None))
    if check.count == "persons":
        whole = _counted(by, persons, None)
        return replace(whole, counts=whole.persons)
    if check.count == "days":
        first, last = (day_numbers(frame.one(str(pattern))) for pattern in (check.start, check.end))
        told = (first != BLANK) & (last != BLANK) & (last >= first)
        return _counted([column.only(told) for column in by], persons[told], (last - first + 1)[told])
    return _counted(by, persons, None)


def _counted(by: Sequence[Words], persons: Ints, weights: Ints | None) -> Cells:
    rows = len(persons)
    place = np.zeros(rows, np.int64)
    for column in by:
        place = numbered(place * len(column.words) + column.codes)
    count = int(place.max(initial=-1)) + 1
    firsts = np.zeros(count, np.int64)
    firsts[place] = np.arange(rows)
    whole = np.bincount(place, weights=weights, minlength=count).astype(np.int64)
    who = numbered(persons)
    people = int(who.max(initial=-1)) + 1
    pair = numbered(place * people + who)
    cell = np.zeros(int(pair.max(initial=-1)) + 1, np.int64)
    cell[pair] = place
    behind = np.bincount(cell, minlength=count)
    names = [[column.words[code] or EMPTY for code in column.codes[firsts].tolist()] for column in by]
    keys = list(zip(*names, strict=True)) if names else [()] * count
    return Cells(
        {key: value for key, value in zip(keys, whole.tolist(), strict=True) if value},
        {key: value for key, value, held in zip(keys, behind.tolist(), whole.tolist(), strict=True) if held},
        people,
    )


def _item(item: CheckItem, frame: Frame, check: SectorCheck, joined: Mapping[str, Mapping[str, str]]) -> Words:
    if item.joined:
        return _joined(frame, check, joined.get(item.path, {}))
    if item.any_of:
        said = np.zeros(frame.rows, np.bool_)
        for column in frame.of(item.path):
            said |= np.array([word in item.any_of for word in column.words])[column.codes]
        return named(said.astype(np.int64), [NO, YES])
    column = frame.one(item.path)
    if item.groups:
        column = named(column.codes, [None if word is None else group_of(word, item.groups) for word in column.words])
    if item.unit is None:
        return column
    unit = frame.one(item.unit[0])
    other = np.array([word != item.unit[1] for word in unit.words])[unit.codes] & (column.codes != 0)
    return named(np.where(other, len(column.words), column.codes), [*column.words, OTHER_UNIT])


def _joined(frame: Frame, check: SectorCheck, values: Mapping[str, str]) -> Words:
    person = frame.one(str(check.person))
    return named(person.codes, [None if word is None else values.get(word) for word in person.words])


def group_of(word: str, groups: Sequence[int]) -> str:
    """Return the group that a number or a whole band such as `35-39`, `[30,40)`, `90+` lies in, else the word."""
    found = _BAND.fullmatch(word)
    if found is None:
        return word
    low = float(found[1] if found[1] is not None else found[5])
    high = low if found[2] is None else float(found[2]) - (1 if word.endswith(")") else 0)
    if found[3] or found[4] == ">=":
        high = float("inf")
    if found[4] == "<":
        low, high = float("-inf"), low - 1
    places = {sum(edge <= one for edge in groups) for one in (low, high)}
    if len(places) > 1:
        return word
    at = places.pop()
    if at == 0:
        return f"<{groups[0]}"
    return f"{groups[at - 1]}+" if at == len(groups) else f"{groups[at - 1]}-{groups[at] - 1}"
