"""Whether conditions can hold at all: a search over the pieces into which their tests cut each fact."""

from __future__ import annotations

from itertools import chain, combinations, pairwise
from typing import TYPE_CHECKING

from kouan.law.kleene import NO_END, combine
from kouan.law.spelling import value_on
from kouan.model.clause import Clause, ParameterUse
from kouan.model.vocabulary import FactType

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kouan.model.time import LegalDay
    from kouan.packs import PackSet

Piece = bool | str | frozenset[str] | tuple[int, int]
_OTHER = "\0"
"""A word that no test names."""
_MOST_WORDS = 8
_MOST_STEPS = 200_000


class _SpentError(Exception):
    """The search took too many steps to be worth it."""


def can_hold(wanted: Sequence[tuple[Clause, bool]], packs: PackSet, day: LegalDay) -> bool:
    """Whether some facts give every condition the wanted truth with the thresholds of a day.

    Facts are taken as independent of each other, so that False is certain and True is not; so of a condition that hangs
    on readings.
    """
    if any(clause.points for clause, _ in wanted):
        return True
    atoms = [atom for clause, _ in wanted for atom in _atoms(clause, day)]
    if any(isinstance(bound := _bound(atom), ParameterUse) and value_on(packs, bound.parameter, day) is None
           for atom in atoms):  # fmt: skip
        return True
    steps = iter(range(_MOST_STEPS))

    def search(names: Sequence[str], values: dict[str, Piece]) -> bool:
        if next(steps, None) is None:
            raise _SpentError
        truths = [(_truth(clause, values, packs, day), truth) for clause, truth in wanted]
        if any(found is not None and found is not truth for found, truth in truths):
            return False
        if all(found is truth for found, truth in truths):
            return True
        return any(search(names[1:], {**values, names[0]: piece}) for piece in pieces[names[0]])

    names = list(dict.fromkeys(str(atom.fact) for atom in atoms))
    try:
        pieces = {name: _pieces(name, atoms, packs, day) for name in names}
        return search(names, {})
    except _SpentError:
        return True


def _atoms(clause: Clause, day: LegalDay) -> Iterable[Clause]:
    if clause.fact is not None:
        yield clause
    for part in _parts(clause, day):
        yield from _atoms(part, day)


def _parts(clause: Clause, day: LegalDay) -> list[Clause]:
    return [part for part in clause.parts if part.in_force is None or part.in_force.holds(day)]


def _bound(atom: Clause) -> object:
    return getattr(atom, atom.tests[0])


def _number(atom: Clause, packs: PackSet, day: LegalDay) -> int:
    bound = _bound(atom)
    value = value_on(packs, bound.parameter, day) if isinstance(bound, ParameterUse) else bound
    assert isinstance(value, int)
    return value


def _pieces(name: str, atoms: Sequence[Clause], packs: PackSet, day: LegalDay) -> list[Piece]:
    mine = [atom for atom in atoms if atom.fact == name]
    kind = packs.facts[name].type
    if kind is FactType.BOOL:
        return [True, False]
    if kind is FactType.COUNT:
        cuts = {_number(atom, packs, day) + (atom.tests[0] in {"more_than", "at_most"}) for atom in mine}
        edges = [0, *sorted(cut for cut in cuts if cut > 0), NO_END]
        return [(lo, hi - 1) for lo, hi in pairwise(edges)]
    words = sorted({word for atom in mine for word in _words(atom)})
    if kind is FactType.TEXT:
        return [*words, _OTHER]
    if len(words) > _MOST_WORDS:
        raise _SpentError
    return [frozenset(some) for some in chain.from_iterable(combinations(words, n) for n in range(len(words) + 1))]


def _words(atom: Clause) -> tuple[str, ...]:
    return atom.among or ((atom.is_,) if isinstance(atom.is_, str) else ())


def _truth(clause: Clause, values: Mapping[str, Piece], packs: PackSet, day: LegalDay) -> bool | None:
    if clause.fact is not None:
        return _holds(clause, values[clause.fact], packs, day) if clause.fact in values else None
    op = "not" if clause.negated is not None else "all" if clause.every else "any" if clause.some else "at_least"
    n = clause.at_least if isinstance(clause.at_least, int) else 0
    return combine(op, n, [_truth(part, values, packs, day) for part in _parts(clause, day)])


def _holds(atom: Clause, piece: Piece, packs: PackSet, day: LegalDay) -> bool:
    if isinstance(piece, bool):
        return piece is atom.is_
    if isinstance(piece, str):
        return piece in _words(atom)
    if isinstance(piece, frozenset):
        return not piece.isdisjoint(_words(atom))
    bound, test = _number(atom, packs, day), atom.tests[0]
    lo, hi = piece  # lies on one side of every bound
    return {"at_least": lo >= bound, "more_than": lo > bound, "at_most": hi <= bound, "below": hi < bound}[test]
