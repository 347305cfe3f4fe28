"""What a question of the interview shows: the answers to pick from, and the rules on whose account it is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.law.counts import count
from kouan.law.kleene import NO_END, Count, evaluate, facts_of
from kouan.law.listwords import LIST_WORDS, NONE
from kouan.law.tracing import shown
from kouan.law.wording import persons
from kouan.model.facts import Range
from kouan.model.interview import AskedBy, Choice
from kouan.model.text import Text, same
from kouan.model.vocabulary import FactType

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.law.compiled import Law
    from kouan.law.kleene import Value
    from kouan.model.facts import FactValue

_YES, _NO = Text(zh="是", en="yes"), Text(zh="否", en="no")
_UNKNOWN = Choice(value=None, label=Text(zh="不知道", en="not known"))


def choices_for(law: Law, place: int, values: Sequence[Value]) -> tuple[FactValue, tuple[Choice, ...]]:
    """Return what is known of a fact, and the answers to pick from, "not known" last."""
    kind = law.facts[place].type
    if kind is FactType.BOOL:
        found = [Choice(value=True, label=_YES), Choice(value=False, label=_NO)]
    elif kind is FactType.TEXT:
        named = law.words.get(place, ())
        # No rule names it, but it is an answer: no list, or none of its sectors and scenarios.
        more = (NONE,) if law.facts[place].name in LIST_WORDS and NONE not in named else ()
        found = [Choice(value=word, label=same(word)) for word in (*named, *more)]
    elif kind is FactType.TEXTS:
        words = sorted(set().union(*law.sets.get(place, ())))
        found = [Choice(value=(word,), label=same(word)) for word in words]
    else:
        found = [_range(piece) for piece in _pieces(law, place, values)]
    return shown(values[place], kind), (*found, _UNKNOWN)


def asked_by(law: Law, place: int, flows: Sequence[Sequence[Value]]) -> tuple[AskedBy, ...]:
    """Return the open rules, and the conditions, that ask for a fact, directly or by a counter that it adds to."""
    asked = {place, *_counters(law, place)}
    asked |= {part.derived for part in law.sums if place in facts_of(part.when)}
    rules = [
        AskedBy(rule=rule.rule.id, label=rule.rule.label, source=rule.source)
        for rule in law.rules
        if not asked.isdisjoint(rule.facts) and any(evaluate(rule.when, values) is None for values in flows)
    ]
    name = law.facts[place].name
    conditions = [
        AskedBy(rule=live.provision.id, label=live.provision.label, source=live.source)
        for live in law.conditions
        if live.provision.asks == name
        and (live.when is None or any(evaluate(live.when, values) is not False for values in flows))
    ]
    return (*rules, *conditions)


def _counters(law: Law, place: int) -> set[int]:
    """Return the counters of the year to which a count adds."""
    return {part.derived for part in law.sums if place in {part.start, part.add}}


def _pieces(law: Law, place: int, values: Sequence[Value]) -> list[Count]:
    """Cut what is known of a count where some rule's test changes: on it, or on a counter that it adds to.

    Of a counter the cut is what is left to its threshold; where the rest is itself a range, its lower end is taken.
    """
    span = count(values[place])
    cuts = set(law.cuts.get(place, ()))
    for derived in _counters(law, place):
        rest = max(0, count(values[derived])[0] - span[0])
        cuts |= {cut - rest for cut in law.cuts.get(derived, ())}
    starts = [span[0], *sorted(cut for cut in cuts if span[0] < cut <= span[1])]
    ends = [start - 1 for start in starts[1:]] + [span[1]]
    return list(zip(starts, ends, strict=True))


def _range(piece: Count) -> Choice:
    value = Range(lo=piece[0], hi=None if piece[1] == NO_END else piece[1])
    return Choice(value=value, label=persons(piece))
