"""What is possible: for each flow and for the whole transfer, with reasons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from kouan.law import messages
from kouan.law.compiled import RANK
from kouan.law.completions import TooLargeError, bound
from kouan.law.counts import count
from kouan.law.solving import solve
from kouan.law.supposing import suppose, suppose_not
from kouan.law.wording import cited, day, persons, threshold
from kouan.model.decision import Outcome
from kouan.model.text import Text
from kouan.model.time import year_start
from kouan.packs import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kouan.law.compiled import Law, LiveRule, Menu, Options
    from kouan.law.kleene import Truths, Value
    from kouan.law.known import Known
    from kouan.law.solving import Solved
    from kouan.model.facts import FactSet
    from kouan.model.time import LegalDay


@dataclass(frozen=True, slots=True)
class Possible:
    """Outcomes under every completion.

    Attributes:
        flows: outcome numbers of each flow, lightest first.
        overall: options of the whole transfer, lightest first.
        searches: the searches made, for the questions; none when everything was determined at once.
        exact: False when a search was cut off and the sets are bounds.
    """

    flows: tuple[tuple[int, ...], ...]
    overall: tuple[Options, ...]
    searches: tuple[Solved, ...]
    exact: bool

    @property
    def counters(self) -> bool:
        """Whether it was asked how many persons the counters of the year can reach."""
        return not self.exact or any(one.first_derived < len(one.variables) for one in self.searches)


def possible_outcomes(law: Law, known: Known, truths: Sequence[Truths], *, exact: bool = True) -> Possible:
    """Return what every completion of the open facts can lead to; only a bound of it where `exact` is not asked."""
    menu = law.menu
    found = [bound(law, row) for row in truths]
    bounds = [outcomes for outcomes, _ in found]
    if not all(bounds):
        raise messages.NO_OUTCOME.at("rules")
    if all(certain and len(outcomes) == 1 for outcomes, certain in found):
        return _result(bounds, _product(menu, bounds), searches=(), exact=True)
    everything = range(len(known.flows))
    if not exact:
        return _bounded(law, known, truths=truths, bounds=bounds)
    try:
        search = solve(law, known, flows=everything, truths=truths)
    except TooLargeError:
        return _bounded(law, known, truths=truths, bounds=bounds)
    vectors = search.vectors()
    flows = [frozenset(vector[flow] for vector in vectors) for flow in everything]
    overall = {whole([menu.options[outcome] for outcome in vector]) for vector in vectors}
    return _result(flows, overall, searches=(search,), exact=True)


def _bounded(law: Law, known: Known, *, truths: Sequence[Truths], bounds: Sequence[frozenset[int]]) -> Possible:
    flows, searches = [], []
    for flow, found in enumerate(bounds):
        try:
            search = solve(law, known, flows=(flow,), truths=truths)
        except TooLargeError:
            flows.append(found)
            continue
        flows.append(frozenset(vector[0] for vector in search.vectors()))
        searches.append(search)
    return _result(flows, _product(law.menu, flows), searches=tuple(searches), exact=False)


def whole(options: Iterable[Options]) -> Options:
    """Return the outcome of a transfer from those of its flows: the heaviest; of equal weight, what suits both."""
    return reduce(_heavier, options)


def _heavier(one: Options, other: Options) -> Options:
    if one[0].weight != other[0].weight:
        return one if one[0].weight > other[0].weight else other
    common = [pathway for pathway in one if pathway in other]
    return tuple(common) if common else tuple(sorted({*one, *other}, key=RANK.__getitem__))


def _product(menu: Menu, flows: Sequence[frozenset[int]]) -> set[Options]:
    found = {menu.options[outcome] for outcome in flows[0]}
    for flow in flows[1:]:
        found = {_heavier(one, menu.options[outcome]) for one in found for outcome in flow}
    return found


def _result(
    flows: Sequence[frozenset[int]], overall: set[Options], *, searches: tuple[Solved, ...], exact: bool
) -> Possible:
    return Possible(
        flows=tuple(tuple(sorted(flow, reverse=True)) for flow in flows),
        overall=tuple(sorted(overall, key=lambda one: (one[0].weight, -len(one), [RANK[path] for path in one]))),
        searches=searches,
        exact=exact,
    )


def explain(
    outcomes: Sequence[int], values: Sequence[Value], truths: Truths, *, law: Law, as_of: LegalDay
) -> tuple[Outcome, ...]:
    """Return the possible outcomes of a flow, each with its reason and sources."""
    found: list[Outcome] = []
    heavier: list[LiveRule] = []
    for outcome in sorted(outcomes):  # the heaviest first
        options = law.menu.options[outcome]
        certain, unless, maybe = _alive(outcome, truths, law)
        leading = certain or unless or maybe
        beating = [
            rule
            for rule in heavier
            if rule.weight > options[0].weight and not any(law.rules[other] is leading[0] for other in rule.above)
        ]
        if certain and not beating:
            reason = cited(_filled(certain[0], values, law, as_of=as_of), certain[0].place)
        elif certain or unless:
            above = [law.rules[other] for other in leading[0].above if truths[other] is None]
            reason = suppose_not([*above, *beating], leading[0], values, options=options, law=law)
        else:
            reason = suppose(maybe, beating, values, options=options, law=law)
        heavier += maybe
        sources = tuple({rule.place.zh: rule.source for rule in leading}.values())
        found.append(Outcome.trusted(options=options, reason=reason, sources=sources))
    return tuple(reversed(found))


def _alive(outcome: int, truths: Truths, law: Law) -> tuple[list[LiveRule], list[LiveRule], list[LiveRule]]:
    """Return the rules that may lead to an outcome: for certain, unless one above prevails, and open."""
    certain: list[LiveRule] = []
    unless: list[LiveRule] = []
    maybe: list[LiveRule] = []
    for place in law.menu.rules[outcome]:
        rule = law.rules[place]
        above = [truths[other] for other in rule.above]
        if truths[place] is False or True in above:
            continue
        (maybe if truths[place] is None else unless if None in above else certain).append(rule)
    return certain, unless, maybe


def _filled(rule: LiveRule, values: Sequence[Value], law: Law, *, as_of: LegalDay) -> Text:
    def text(name: str) -> Text:
        if name == "year_start":
            return day(year_start(as_of))
        if name in law.parameters:
            return threshold(law.parameters[name])
        return persons(count(values[law.index[name]]))

    reason = rule.rule.reason
    words = {name: text(name) for name in PLACEHOLDER.findall(reason.zh)}
    return Text(
        zh=PLACEHOLDER.sub(lambda match: words[match[1]].zh, reason.zh),
        en=PLACEHOLDER.sub(lambda match: words[match[1]].en, reason.en),
    )


def overall(facts: FactSet, possible: Possible, explained: Sequence[tuple[Outcome, ...]]) -> tuple[Outcome, ...]:
    """Return the outcomes of the whole transfer, each naming the flows that bring it."""
    if len(facts.flows) == 1:
        return explained[0]
    result = []
    for options in possible.overall:
        bringing = [
            (flow, outcome, len(outcomes) == 1)
            for flow, outcomes in zip(facts.flows, explained, strict=True)
            for outcome in outcomes
            if outcome.weight == options[0].weight and set(outcome.options) >= set(options)
        ]
        # A flow that is determined brings the weight whatever the others come to: an open one only may.
        bringing = [one for one in bringing if one[2]] or bringing
        labels = Text(
            zh="、".join(flow.label.zh for flow, *_ in bringing), en=", ".join(flow.label.en for flow, *_ in bringing)
        )
        reason = bringing[0][1].reason
        sources = tuple(dict.fromkeys(source for _, outcome, _ in bringing for source in outcome.sources))
        text = Text(zh=f"就{labels.zh}而言，{reason.zh}", en=f"For {labels.en}: {reason.en}")
        result.append(Outcome.trusted(options=options, reason=text, sources=sources))
    return tuple(result)
