"""Checks across packs at load: names, types, dates and placeholders, each refused with its line."""

from __future__ import annotations

import datetime as dt
import difflib
import graphlib
import math
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from kouan.model.clause import Clause, ParameterUse
from kouan.model.errors import KouanError
from kouan.model.vocabulary import FactScope, FactType
from kouan.packs import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kouan.model.errors import Message
    from kouan.model.pack import Parameter
    from kouan.model.period import Period
    from kouan.packs.loader import Part

PROVISIONS = ("rules", "duties", "conditions", "papers", "triggers", "clocks", "notes")
"""Files whose entries are provisions: with article, source, days in force, and one id among them all."""
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_ALIASES = {"is_": "is", "among": "in", "every": "all", "some": "any", "negated": "not"}
_COUNT_TESTS = frozenset({"at_least", "below", "more_than", "at_most"})
_TESTS: Mapping[FactType, frozenset[str]] = {
    FactType.BOOL: frozenset({"is_"}),
    FactType.COUNT: _COUNT_TESTS,
    FactType.TEXT: frozenset({"is_", "among"}),
    FactType.TEXTS: frozenset({"among"}),
}
_FOREVER = dt.date.max
Line = Callable[[], str]
"""Says where something stands: to know the lines of a file it is read once more, so only errors ask."""
_MOST_READINGS = 64
_MOST_IN_ONE = 48
_MOST_TESTS = 450
"""Over all packs; three times what the built-in ones have. Deciding on as many unknowns takes about a second."""


class Checker:
    """Holds all entries of all packs while they are checked against each other."""

    def __init__(self, parts: Mapping[str, Sequence[Part]]) -> None:
        self._parts = parts
        self._twice: list[KouanError] = []
        self._provisions = [part for key in PROVISIONS for part in parts[key]]
        self._facts = _unique(parts["facts"], "name", self._twice)
        self._parameters = _unique(parts["parameters"], "name", self._twice)
        self._ids = _unique(self._provisions, "id", self._twice)
        self._readings = _unique(parts["readings"], "id", self._twice)
        self._groups: dict[str, list[Part]] = {}
        for part in parts["rules"]:
            for group in part.value.groups:
                self._groups.setdefault(group, []).append(part)

    def check(self) -> None:
        """Raise KouanError K-PCK-004 to K-PCK-027 for the first thing that does not fit."""
        for slip in self.slips():
            raise slip

    def slips(self) -> Iterator[KouanError]:
        """Yield everything that does not fit, of one entry the first thing of each sort."""
        yield from self._twice
        if not self._parts["rules"]:
            yield messages.NO_RULES.at("pack.yaml")
            return
        for step in self._steps():
            try:
                step()
            except KouanError as slip:
                yield slip

    def _steps(self) -> Iterator[Callable[[], None]]:
        """Yield the checks, those first on which the others stand."""
        parts = self._parts
        yield from (partial(self._parameter, part) for part in parts["parameters"])
        yield from (partial(self._instrument, part) for part in (*parts["readings"], *self._provisions))
        for part in self._provisions:
            yield partial(self._under, part, part.value.under, ("under",))
            if part.value.when is not None:
                yield partial(self._clause, part, part.value.when, ("when",))
                yield partial(self._entangled, part)
        yield from (partial(self._asked, part) for part in parts["conditions"])
        yield self._splits
        yield from (partial(self._sums, part) for part in parts["facts"])
        yield from (partial(self._clock, part) for part in parts["duties"])
        yield from (partial(self._rule, part) for part in parts["rules"])
        yield self._no_circle
        yield self._few_tests

    def _parameter(self, part: Part) -> None:
        parameter: Parameter = part.value
        self._instrument(part)
        for index, later in enumerate(parameter.values):
            for earlier in parameter.values[:index]:
                if _overlap(earlier, later):
                    raise messages.OVERLAP.at(part.line("values", index), name=parameter.name)

    def _instrument(self, part: Part) -> None:
        name = part.value.source.instrument
        if name not in part.head.instruments:
            raise messages.UNKNOWN_INSTRUMENT.at(part.line("source", "instrument"), name=name)

    def _under(self, part: Part, under: Mapping[str, str], at: tuple[str | int, ...]) -> None:
        for point, option in under.items():
            if point not in self._readings:
                raise _missing(messages.UNKNOWN_READING, point, self._readings, place=part.line(*at))
            own: Period | None = getattr(part.value, "in_force", None)
            if own is not None and not _within(own, self._readings[point].value.in_force):
                raise messages.READING_TERM.at(part.line(*at, point), name=part.value.id, point=point)
            options = [one.id for one in self._readings[point].value.options]
            if option not in options:
                raise _missing(messages.UNKNOWN_READING, option, options, place=part.line(*at, point))

    def _clock(self, part: Part) -> None:
        clocks = [one.value.id for one in self._parts["clocks"]]
        if part.value.clock is not None and part.value.clock not in clocks:
            raise _missing(messages.UNKNOWN_CLOCK, part.value.clock, clocks, place=part.line("clock"))

    def _clause(self, part: Part, clause: Clause, at: tuple[str | int, ...]) -> None:
        if clause.fact is not None:
            self._atom(part, clause, at)
            return
        if clause.negated is not None:
            self._clause(part, clause.negated, (*at, "not"))
            return
        key = "all" if clause.every else "any" if clause.some else "of"
        for index, inner in enumerate(clause.parts):
            self._under(part, inner.under, (*at, key, index, "under"))
            self._clause(part, inner, (*at, key, index))

    def _entangled(self, part: Part) -> None:
        """Refuse a condition of too many tests, and one whose readings combine in too many ways."""
        tests = sum(1 for _ in _tests_of(part.value.when))
        if tests > _MOST_IN_ONE:
            raise messages.WIDE.at(part.line("when"), name=part.value.id, count=tests, most=_MOST_IN_ONE)
        points = sorted(part.value.when.points & self._readings.keys())
        count = math.prod(len(self._readings[point].value.options) for point in points)
        if count > _MOST_READINGS:
            raise messages.ENTANGLED.at(part.line("when"), name=part.value.id, count=count, most=_MOST_READINGS)

    def _few_tests(self) -> None:
        """Refuse rules that together test more than can be decided while it is unknown."""
        tests = {test for part in self._parts["rules"] if part.value.when for test in _tests_of(part.value.when)}
        if len(tests) > _MOST_TESTS:
            raise messages.MANY_TESTS.at("rules.yaml", count=len(tests), most=_MOST_TESTS)

    def _atom(self, part: Part, clause: Clause, at: tuple[str | int, ...]) -> None:
        fact = self._fact(clause.fact or "", partial(part.line, *at, "fact"))
        test = clause.tests[0]
        value = getattr(clause, test)
        fits = test in _TESTS[fact.value.type]
        if test == "is_":
            fits = fits and isinstance(value, bool) == (fact.value.type is FactType.BOOL)
        if not fits:
            allowed = ", ".join(sorted(_ALIASES.get(one, one) for one in _TESTS[fact.value.type]))
            place = part.line(*at, _ALIASES.get(test, test))
            raise messages.WRONG_TEST.at(place, name=clause.fact, type=fact.value.type.value, tests=allowed)
        if isinstance(value, ParameterUse):
            self._use(part, value.parameter, partial(part.line, *at, test))

    def _fact(self, name: str, place: Line) -> Part:
        if name not in self._facts:
            raise _missing(messages.UNKNOWN_FACT, name, self._facts, place=place())
        return self._facts[name]

    def _asked(self, part: Part) -> None:
        if part.value.asks is not None:
            fact = self._fact(part.value.asks, partial(part.line, "asks")).value
            if fact.scope is not FactScope.TRANSFER:
                raise messages.UNASKABLE.at(part.line("asks"), name=fact.name)

    def _use(self, part: Part, name: str, place: Line) -> None:
        """Refuse an unknown parameter, and one without a value on some day on which the provision is in force."""
        if name not in self._parameters:
            raise _missing(messages.UNKNOWN_PARAMETER, name, self._parameters, place=place())
        period: Period | None = getattr(part.value, "in_force", None)
        day = min(rule.value.in_force.start for rule in self._parts["rules"]) if period is None else period.start
        for value in sorted(self._parameters[name].value.values, key=lambda one: one.start):
            if value.start > day:
                break
            if value.end is None:
                return
            if value.end >= day:
                day = value.end + dt.timedelta(days=1)
        if period is None or day <= (period.end or _FOREVER):
            user = part.value.name if period is None else part.value.id
            raise messages.GAP.at(place(), name=name, day=day.isoformat(), user=user)

    def _splits(self) -> None:
        """Refuse a part that is no count of a flow, or that stands in two splits."""
        taken: dict[str, str] = {}
        for whole in self._parts["facts"]:
            for index, name in enumerate((whole.value.name, *whole.value.parts) if whole.value.parts else ()):
                place = partial(whole.line, "parts", max(index - 1, 0))
                fact = self._fact(name, place).value
                if fact.type is not FactType.COUNT or fact.scope is not FactScope.FLOW:
                    raise messages.WRONG_PART.at(place(), name=name, other=whole.value.name)
                if name in taken:
                    raise messages.SHARED_PART.at(place(), name=name, other=taken[name])
                taken[name] = whole.value.name

    def _sums(self, part: Part) -> None:
        for index, total in enumerate(part.value.sums):
            at = ("sums", index)
            together = [one for one in part.value.sums[:index] if not _apart(one.under, total.under)]
            for key in ("start", "add"):
                if any(getattr(total, key) in (one.start, one.add) for one in together) or total.start == total.add:
                    raise messages.ADDED_TWICE.at(part.line(*at, key), name=part.value.name, fact=getattr(total, key))
                fact = self._fact(getattr(total, key), partial(part.line, *at, key))
                if fact.value.type is not FactType.COUNT or fact.value.scope is FactScope.DERIVED:
                    raise messages.WRONG_TEST.at(
                        part.line(*at, key), name=fact.value.name, type=fact.value.type.value, tests="sum"
                    )
            self._clause(part, total.when, (*at, "when"))
            self._under(part, total.under, (*at, "under"))
            self._not_circular(part, total.when, part.value.name)

    def _rule(self, part: Part) -> None:
        rule = part.value
        self._under(part, rule.counts_under, ("counts_under",))
        for index, one in enumerate(rule.yields_to):
            place = partial(part.line, "yields_to", index, "to")
            for other in self._named(one.to, place):
                self._ground(part, other, one.by, place=place)
        if not rule.counts:
            self._not_circular(part, rule.when, rule.id)
        used = set(PLACEHOLDER.findall(rule.reason.zh))
        for name in sorted(used ^ set(PLACEHOLDER.findall(rule.reason.en))):
            raise messages.PLACEHOLDER.at(part.line("reason"), name=name)
        for name in sorted(used - {"year_start"}):
            fact = self._facts.get(name)
            if name in self._parameters:
                self._use(part, name, partial(part.line, "reason"))
            elif fact is None or fact.value.type is not FactType.COUNT:
                raise messages.PLACEHOLDER.at(part.line("reason"), name=name)

    def _named(self, name: str, place: Line) -> Sequence[Part]:
        """Return the rules that a name stands for: a group or one rule."""
        if name in self._groups:
            return self._groups[name]
        rules = {other.value.id: other for other in self._parts["rules"]}
        if name not in rules:
            raise _missing(messages.UNKNOWN_RULE, name, [*rules, *self._groups], place=place())
        return [rules[name]]

    def _ground(self, part: Part, other: Part, by: str, *, place: Line) -> None:
        """Refuse a precedence by rank or date that the instruments do not bear out."""
        if other.value.status == "proposal":  # what is not yet adopted has no rank or date to compare
            return
        low = part.head.instruments[part.value.source.instrument]
        high = other.head.instruments[other.value.source.instrument]
        newer = low.issued is not None and high.issued is not None and high.issued > low.issued
        if (by == "rank" and high.rank.height <= low.rank.height) or (
            by == "date" and not (newer and high.rank.height == low.rank.height)
        ):
            raise messages.NO_GROUND.at(place(), name=part.value.id, other=other.value.id, ground=by)

    def _no_circle(self) -> None:
        """Refuse rules that yield to each other in a circle: none of them would ever decide."""
        above = {
            part.value.id: [other.value.id for one in part.value.yields_to for other in self._named(one.to, str)]
            for part in self._parts["rules"]
        }
        order = graphlib.TopologicalSorter(above)
        try:
            order.prepare()
        except graphlib.CycleError as error:
            circle = error.args[1]
            raise messages.YIELD_CIRCLE.at(self._ids[circle[0]].line("yields_to"), names=" → ".join(circle)) from None

    def _not_circular(self, part: Part, clause: Clause, name: str) -> None:
        for fact in _facts_of(clause):
            if fact in self._facts and self._facts[fact].value.scope is FactScope.DERIVED:
                raise messages.CIRCULAR.at(part.line(), name=name, fact=fact)


def _tests_of(clause: Clause) -> Iterator[str]:
    if clause.fact is not None:
        yield clause.model_dump_json(by_alias=True, exclude={"under", "in_force"})
    for part in clause.parts:
        yield from _tests_of(part)


def _facts_of(clause: Clause) -> Iterable[str]:
    if clause.fact is not None:
        yield clause.fact
    for part in clause.parts:
        yield from _facts_of(part)


def _unique(parts: Sequence[Part], key: str, twice: list[KouanError]) -> dict[str, Part]:
    """Return the entries by id or name; a second one of the same name goes to `twice` as an error."""
    found: dict[str, Part] = {}
    for part in parts:
        name = getattr(part.value, key)
        if name in found:
            twice.append(messages.DUPLICATE.at(part.line(key), name=name, other=found[name].line(key)))
        found.setdefault(name, part)
    return found


def _apart(one: Mapping[str, str], other: Mapping[str, str]) -> bool:
    """Whether no choice of readings brings both."""
    return any(point in other and other[point] != option for point, option in one.items())


def _within(one: Period, other: Period) -> bool:
    return other.start <= one.start and (one.end or _FOREVER) <= (other.end or _FOREVER)


def _overlap(one: Period, other: Period) -> bool:
    return one.start <= (other.end or _FOREVER) and other.start <= (one.end or _FOREVER)


def _missing(message: Message, name: str, known: Iterable[Any], *, place: str) -> KouanError:
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return message.at(place, name=name, guess=f" ({near[0]}?)" if near else "")
