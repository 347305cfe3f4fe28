"""Distinct persons over several releases, as ranges (order 16 Arts 5, 7, 8; DESIGN 4.3; ADR 0019).

Upper end: who has the same mark in two releases is one person, everybody else is another one. What a release lets out
is never known person by person, for rows may be suppressed after the marks were taken; so a release counts by its set,
which holds everybody who may be in it, or by its range, whichever is less. Lower end: the largest release, or the
distinct resident IDs less all those that may not have left.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.meter.personset import order, starts_of
from kouan.model.facts import Range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kouan.meter.personset import PersonSet

Memo = dict[tuple[object, ...], tuple[int, list[int]]]
"""What marks came to, by how they are weighed and whose they are; it lives no longer than the sets."""
_BUCKET = 1 << 21
"""Marks that are told apart at a time."""
_HALF = 1 << 64


@dataclass(frozen=True, slots=True)
class Part:
    """One release, or a transfer that is to be: how many persons it counts, and who they may be.

    Attributes:
        ordinary, sensitive: persons of both counters.
        persons: everybody who may be among them, under the key of their year; None where that is not known.
    """

    ordinary: Range
    sensitive: Range
    persons: PersonSet | None = None


@dataclass(frozen=True, slots=True)
class Union:
    """Distinct persons of several parts.

    Attributes:
        ordinary, sensitive: both counters.
        joined: parts of which persons were told again.
    """

    ordinary: Range
    sensitive: Range
    joined: int = 0


@dataclass(frozen=True, slots=True)
class _View:
    """A part as one bound takes it: marks with their numbers, who has none, and the range instead of both."""

    part: Part
    weigh: Callable[[PersonSet], Any]
    rest: int
    most: int


def unite(parts: Sequence[Part], *, memo: Memo | None = None) -> Union:
    """Return the distinct persons of parts whose sets have one key; the order of the parts does not matter.

    Args:
        parts: releases, and a transfer beside them.
        memo: kept between calls with the same sets and other ranges.
    """
    if not parts:
        return Union(Range(lo=0, hi=0), Range(lo=0, hi=0))
    memo = {} if memo is None else memo
    joined = sum(one.persons is not None for one in parts)
    return Union(_ordinary(parts, memo), _sensitive(parts, memo), joined=joined)


def _ordinary(parts: Sequence[Part], memo: Memo) -> Range:
    """Return the persons of whom nothing sensitive left.

    They are among all persons of the sets; and among those of whom nothing sensitive can be known, but for so many
    others as the release turned out to have fewer sensitive persons than the set.
    """
    ranges = [one.ordinary for one in parts]
    bounds = [_summed(ranges)]
    if None not in bounds:
        every = [_view(one, one.ordinary, _every, _rest(one)) for one in parts]
        plain = [_view(one, one.ordinary, _plain, _rest_plain(one) + _turned(one)) for one in parts]
        bounds += [_most(every, memo), _most(plain, memo)]
    certain = [(one, _plain, _units(one) - max(0, one.ordinary.lo - _turned(one))) for one in parts if one.persons]
    return _range(ranges, bounds, _least(certain, memo))


def _sensitive(parts: Sequence[Part], memo: Memo) -> Range:
    ranges = [one.sensitive for one in parts]
    bounds = [_summed(ranges)]
    if None not in bounds:
        bounds.append(_most([_view(one, one.sensitive, _marked, _rest_sensitive(one)) for one in parts], memo))
    certain = [(one, _marked, one.persons.most_sensitive - one.sensitive.lo) for one in parts if one.persons]
    return _range(ranges, bounds, _least(certain, memo))


def _every(one: PersonSet) -> Any:
    return one.persons


def _plain(one: PersonSet) -> Any:
    return one.persons - one.sensitive


def _marked(one: PersonSet) -> Any:
    return one.sensitive


def _rest(one: Part) -> int:
    return 0 if one.persons is None else one.persons.rest + one.persons.rest_sensitive


def _rest_plain(one: Part) -> int:
    return 0 if one.persons is None else one.persons.rest


def _rest_sensitive(one: Part) -> int:
    return 0 if one.persons is None else one.persons.rest_sensitive


def _turned(one: Part) -> int:
    """Return how many persons who may be sensitive in the set may be ordinary in the release."""
    return 0 if one.persons is None else max(0, one.persons.most_sensitive - one.sensitive.lo)


def _units(one: Part) -> int:
    return 0 if one.persons is None else one.persons.most - one.persons.most_sensitive


def _summed(ranges: Sequence[Range]) -> int | None:
    highs = [one.hi for one in ranges]
    return None if None in highs else sum(hi or 0 for hi in highs)


def _range(ranges: Sequence[Range], bounds: Sequence[int | None], least: int) -> Range:
    known = [one for one in bounds if one is not None]
    lo = max(least, *(one.lo for one in ranges))
    if len(known) < len(bounds):
        return Range(lo=lo, hi=None)
    hi = min(known)
    return Range(lo=min(lo, hi), hi=hi)


def _view(one: Part, count: Range, weigh: Callable[[PersonSet], Any], rest: int) -> _View:
    assert count.hi is not None
    return _View(one, weigh, min(rest, count.hi), count.hi)


def _most(views: Sequence[_View], memo: Memo) -> int:
    """Return the most persons: parts that bring more by their sets than by their ranges count by these."""
    marked = [one for one in views if one.part.persons is not None]
    total, alone = _joined(marked, memo)
    best = total + sum(one.rest for one in marked)
    kept = [one for one, own in zip(marked, alone, strict=True) if own + one.rest <= one.most]
    if len(kept) < len(marked):
        fewer, _ = _joined(kept, memo)
        out = sum(one.most for one in marked) - sum(one.most for one in kept)
        best = min(best, fewer + sum(one.rest for one in kept) + out)
    return best + sum(one.most for one in views if one.part.persons is None)


def _joined(views: Sequence[_View], memo: Memo) -> tuple[int, list[int]]:
    """Return how many persons have marks, and how many of them in one part alone."""
    key = tuple(part for one in views for part in (one.weigh, id(one.part.persons)))
    if key in memo:
        return memo[key]
    total, alone = 0, np.zeros(len(views), np.int64)
    for high, low, number, place in _buckets(views):
        first = starts_of(high, low)
        total += int(np.maximum.reduceat(number, first).sum(dtype=np.int64))
        single = first[np.diff(first, append=len(high)) == 1]
        alone += np.bincount(place[single], weights=number[single], minlength=len(views)).astype(np.int64)
    memo[key] = total, alone.tolist()
    return memo[key]


def _least(certain: Sequence[tuple[Part, Callable[[PersonSet], Any], int]], memo: Memo) -> int:
    """Return the fewest persons that resident IDs show: two valid ones are never one person.

    Args:
        certain: parts with how their marks are weighed, and how many persons of the set may not have left.
        memo: as for `unite`.
    """
    views, gone = [], 0
    for part, weigh, missing in certain:
        assert part.persons is not None
        shown = int(np.count_nonzero(_shown(part.persons, weigh)))
        if 2 * max(missing, 0) < shown:
            views.append(_View(part, _SHOWN[weigh], 0, 0))
            gone += max(missing, 0)
    return max(0, _joined(views, memo)[0] - gone)


def _shown(one: PersonSet, weigh: Callable[[PersonSet], Any]) -> Any:
    return ((weigh(one) > 0) & (one.resident > 0)).astype(np.uint8)


_SHOWN: dict[Any, Callable[[PersonSet], Any]] = {weigh: partial(_shown, weigh=weigh) for weigh in (_plain, _marked)}


def _buckets(views: Sequence[_View]) -> Iterator[tuple[Any, Any, Any, Any]]:
    """Yield ordered marks that count for somebody, with their numbers and the places of their parts, piece by piece."""
    sets = [one.part.persons for one in views if one.part.persons is not None]
    pieces = max(1, sum(len(one.high) for one in sets) // _BUCKET)
    numbers = [one.weigh(each) for one, each in zip(views, sets, strict=True)]
    for piece in range(pieces):
        ends = [np.uint64(piece * _HALF // pieces), np.uint64(min((piece + 1) * _HALF // pieces, _HALF - 1))]
        high, low, number, place = [], [], [], []
        for at, one in enumerate(sets):
            start, stop = np.searchsorted(one.high, ends)
            stop = len(one.high) if piece == pieces - 1 else stop
            here = np.asarray(numbers[at][start:stop])
            counts = np.flatnonzero(here)
            high.append(np.asarray(one.high[start:stop])[counts])
            low.append(np.asarray(one.low[start:stop])[counts])
            number.append(here[counts])
            place.append(np.full(len(counts), at, np.int32))
        joined = [np.concatenate(part) for part in (high, low, number, place)] if sets else []
        if joined and len(joined[0]):
            by = order(joined[0], joined[1])
            yield joined[0][by], joined[1][by], joined[2][by], joined[3][by]
