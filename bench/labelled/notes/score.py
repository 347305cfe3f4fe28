"""Right, wrong and missed: what a system found in notes against what stands there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bench.labelled.notes.fill import SKIP

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.labelled.notes.fill import Note

    Found = Sequence[tuple[int, int, str]]

KINDS = ("name", "address", "place", "address or place", "organisation", "date", "birth_date", "any date", "age")
"""Kinds of running text; behind them come the identifiers."""
_SAME = {"cn.mobile": "telephone", "cn.landline": "telephone", "phone": "telephone", "ip.named": "ip"}
_JOINT = {"address": "address or place", "place": "address or place", "date": "any date", "birth_date": "any date"}
"""A row that asks only whether the place or the day was found, for systems that do not tell one from the other."""
_SKIPPABLE = frozenset({"organisation", "place", "address", "address or place", "product"})
_EXAMPLES = 10
_AROUND = 8


@dataclass(slots=True)
class Score:
    """Counts of one kind.

    Attributes:
        gold: what stands there.
        found: what the system named.
        exact: named with the very characters.
        touched: of what stands there, that the system overlaps with this kind.
        touching: of what the system named, that overlaps something of this kind.
    """

    gold: int = 0
    found: int = 0
    exact: int = 0
    touched: int = 0
    touching: int = 0

    def strict(self) -> tuple[float, float, float]:
        """Return precision, recall and F1 of exact characters."""
        return _three(self.exact, self.found, self.exact, self.gold)

    def lenient(self) -> tuple[float, float, float]:
        """Return precision, recall and F1 of overlaps."""
        return _three(self.touching, self.found, self.touched, self.gold)


@dataclass(slots=True)
class Errors:
    """Mistakes of one class: how many, and some of them in their surroundings (nobody's: all notes are made up)."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, example: str) -> None:
        """Count one."""
        self.count += 1
        if len(self.examples) < _EXAMPLES and example not in self.examples:
            self.examples.append(example)


def scores(notes: Iterable[Note], answers: Iterable[Found]) -> dict[str, Score]:
    """Return the counts of each kind over notes."""
    total: dict[str, Score] = defaultdict(Score)
    for note, found in zip(notes, answers, strict=True):
        gold = _by_kind((one.start, one.end, one.kind) for one in note.labels if one.kind != SKIP)
        named = _by_kind(_counted(note, found))
        for kind in gold.keys() | named.keys():
            _add(total[kind], gold.get(kind, []), named.get(kind, []))
    return dict(total)


def errors(notes: Iterable[Note], answers: Iterable[Found]) -> dict[str, dict[str, Errors]]:
    """Return by kind the mistakes by class: `missed`, `taken for …`, `too short`, `too long`, `shifted`, `nothing`."""
    total: dict[str, dict[str, Errors]] = defaultdict(lambda: defaultdict(Errors))
    for note, found in zip(notes, answers, strict=True):
        named = [(start, end, _SAME.get(kind, kind)) for start, end, kind in _counted(note, found)]
        gold = [(one.start, one.end, _SAME.get(one.kind, one.kind)) for one in note.labels if one.kind != SKIP]
        for one in gold:
            wrong = _gold_error(one, [other for other in named if _meet(one, other)])
            if wrong:
                total[one[2]][wrong].add(_shown(note.text, one))
        for one in named:
            if not any(_meet(one, other) for other in gold):
                total[one[2]]["nothing there"].add(_shown(note.text, one))
    return {kind: dict(classes) for kind, classes in total.items()}


def _gold_error(one: tuple[int, int, str], there: Sequence[tuple[int, int, str]]) -> str:
    same = [other for other in there if other[2] == one[2]]
    if not there:
        return "missed"
    if not same:
        return f"taken for {there[0][2]}"
    start, end = min(other[0] for other in same), max(other[1] for other in same)
    if (start, end) == one[:2]:
        return "" if len(same) == 1 else "in parts"
    if start >= one[0] and end <= one[1]:
        return "too short"
    return "too long" if start <= one[0] and end >= one[1] else "shifted"


def _counted(note: Note, found: Found) -> list[tuple[int, int, str]]:
    """Return what was found without what may be called so or not."""
    skips = [one for one in note.labels if one.kind == SKIP]
    return [
        (start, end, kind)
        for start, end, kind in found
        if kind not in _SKIPPABLE or not any(start < one.end and one.start < end for one in skips)
    ]


def _by_kind(spans: Iterable[tuple[int, int, str]]) -> dict[str, list[tuple[int, int]]]:
    kinds: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end, kind in spans:
        kinds[_SAME.get(kind, kind)].append((start, end))
        if kind in _JOINT:
            kinds[_JOINT[kind]].append((start, end))
    return kinds


def _add(score: Score, gold: Sequence[tuple[int, int]], named: Sequence[tuple[int, int]]) -> None:
    score.gold += len(gold)
    score.found += len(named)
    score.exact += len(set(gold) & set(named))
    score.touched += sum(any(_meet(one, other) for other in named) for one in gold)
    score.touching += sum(any(_meet(one, other) for other in gold) for one in named)


def _meet(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return bool(one[0] < other[1] and other[0] < one[1])


def _shown(text: str, span: tuple[int, int, str]) -> str:
    start, end = span[0], span[1]
    before, behind = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    return f"{before}⟦{text[start:end]}⟧{behind}".replace("\n", "⏎")


def _three(right: int, found: int, held: int, gold: int) -> tuple[float, float, float]:
    precision, recall = right / found if found else 0.0, held / gold if gold else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0
