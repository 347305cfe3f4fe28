"""Spec cases: read from YAML, decided by the packs, compared with what the lawyer expects."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.law import messages
from kouan.law.compiled import law_on
from kouan.law.deciding import decide
from kouan.law.kleene import evaluate
from kouan.law.known import read_facts
from kouan.law.scoping import lists_for
from kouan.model import strictyaml
from kouan.model.case import Casebook, fact_value, outcome_named, word_of
from kouan.model.errors import KouanError
from kouan.model.facts import Fact, FactSet, FactSource, FlowFacts
from kouan.model.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from kouan.model.case import Given, SpecCase
    from kouan.model.decision import Decision, FlowDecision, Outcome
    from kouan.packs import PackSet

DAY = dt.date(2026, 11, 22)
"""Legal day of a case that names none."""
_MOST_FILES = 2_000

_WANTED = Text(zh="应为 {wanted}，实为 {found}", en="expected {wanted}, got {found}")
_LACKS = Text(zh="缺 {names}", en="lacks {names}")
_HAS = Text(zh="不应有 {names}", en="must not have {names}")
_NONE = Text(zh="（无）", en="(none)")


@dataclass(frozen=True, slots=True)
class Case:
    """One case of one file.

    Attributes:
        where: `file:line`.
        facts: what the packs decide on.
    """

    file: str
    where: str
    case: SpecCase
    facts: FactSet

    @property
    def name(self) -> str:
        """File and title."""
        return f"{self.file}: {self.case.title}"


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that does not follow as the case says; `field` as the case writes it."""

    field: str
    text: Text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one case.

    Attributes:
        decision: None where the packs refused to decide.
        misses: everything that differs; none means that the case holds.
    """

    case: Case
    decision: Decision | None
    misses: tuple[Miss, ...]


def read_cases(*folders: Path) -> tuple[Case, ...]:
    """Read every `*.yaml` in and under the folders (or single files).

    Raises:
        KouanError: K-LAW-064 where there is none, K-MOD-001 to K-MOD-005 of a file that is no casebook, with its line.
    """
    found: list[Case] = []
    for folder in folders:
        paths = [folder] if folder.is_file() else sorted(folder.rglob("*.yaml"))[:_MOST_FILES]
        for path in paths:
            found += _read(path, path.name if folder.is_file() else path.relative_to(folder).as_posix())
    if not found:
        raise messages.NO_CASES.at(", ".join(map(str, folders)))
    return tuple(found)


def run_case(case: Case, packs: PackSet) -> Verdict:
    """Decide one case and compare."""
    try:
        decision = decide(case.facts, packs, adopted=case.case.readings or None, proposals=case.case.proposals)
    except KouanError as error:
        return Verdict(case, None, (Miss(error.code, error.what),))
    return Verdict(case, decision, tuple(_misses(case.case, decision, packs)))


def clock_ids(decision: Decision, packs: PackSet) -> set[str]:
    """Return the ids of the periods of the decision's law that may run for one of its flows and pathways."""
    facts = decision.facts
    adopted, proposals = tuple(sorted(decision.adopted.items())), frozenset(decision.proposals)
    law = law_on(packs, decision.as_of, adopted=adopted, lists=lists_for(facts, packs), proposals=proposals)
    paths = [{path for outcome in flow.possible for path in outcome.options} for flow in decision.flows]
    rows = list(zip(read_facts(facts, law).flows, paths, strict=True))
    return {
        live.provision.id
        for live in law.clocks
        if any(
            (live.when is None or evaluate(live.when, values) is not False)
            and (not live.provision.pathways or not ways.isdisjoint(live.provision.pathways))
            for values, ways in rows
        )
    }


def outcome_words(outcomes: Iterable[Outcome]) -> list[str]:
    """Return outcomes as cases write them."""
    return [word_of(outcome.options) for outcome in outcomes]


def _read(path: Path, name: str) -> list[Case]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise messages.CASES_UNREADABLE.at(str(path)) from None
    loaded = strictyaml.load(text, name)
    book = strictyaml.validate(Casebook, loaded, "casebook")
    return [Case(name, loaded.at(("cases", place)), case, _facts(book, case)) for place, case in enumerate(book.cases)]


def _facts(book: Casebook, case: SpecCase) -> FactSet:
    return FactSet(
        as_of=case.as_of or DAY,
        facts=_declared({**book.given.facts, **case.facts}),
        flows=tuple(
            FlowFacts(id=name, label=same(name), subjects=(name,), facts=_declared({**book.given.flow, **facts}))
            for name, facts in case.flows.items()
        ),
        attestations=case.attestations,
        attestations_complete=case.attestations_complete,
        parties=book.given.parties if case.parties is None else case.parties,
    )


def _declared(values: Given) -> tuple[Fact, ...]:
    return tuple(Fact(name=name, value=fact_value(value), source=FactSource.DECLARED) for name, value in values.items())


def _misses(case: SpecCase, decision: Decision, packs: PackSet) -> Iterable[Miss]:
    yield from _outcomes("outcome", case.outcome, decision.possible)
    flows = {flow.id: flow for flow in decision.flows}
    for name, words in case.flows_outcome.items():
        yield from _outcomes(f"flows_outcome.{name}", words, flows[name].possible)
    yield from _of_flows(case, flows)
    notes = {note.id for note in packs.notes if note.text in decision.notes}
    brought: dict[str, tuple[Sequence[str], set[str]]] = {
        "notes": (case.notes, notes),
        "conditions": (case.conditions, {one.id for one in decision.conditions}),
        "kinds": (case.kinds, {one.kind.value for one in decision.conditions}),
        "duties": (case.duties, {one.id for one in decision.duties}),
        "papers": (case.papers, {one.id for one in decision.papers}),
        "triggers": (case.triggers, {one.id for one in decision.triggers}),
        "clocks": (case.clocks, clock_ids(decision, packs)),
        "questions": (case.questions or (), {one.fact for one in decision.questions}),
    }
    for field, (wanted, found) in brought.items():
        yield from _named(field, wanted, found)
    if case.questions == () and decision.questions:
        yield _differs("questions", "", ", ".join(one.fact for one in decision.questions))
    answered = {one.id: one.covered_by for one in decision.conditions}
    for name, numbers in case.covered_by.items():
        if answered.get(name) != numbers:
            yield _differs(f"covered_by.{name}", ", ".join(numbers), ", ".join(answered.get(name, ())))
    if case.open_points is not None:
        yield from _open_points(case.open_points, decision)


def _of_flows(case: SpecCase, flows: Mapping[str, FlowDecision]) -> Iterable[Miss]:
    for name, articles in case.articles.items():
        cited = [f"{one.instrument} {one.article}" for one in flows[name].possible[0].sources]
        if cited != list(articles):
            yield _differs(f"articles.{name}", ", ".join(articles), ", ".join(cited))
    for name, counted in case.counted.items():
        if flows[name].counted is not counted:
            yield _differs(f"counted.{name}", _yes(counted), _yes(flows[name].counted))
    for name, basis in case.basis.items():
        if flows[name].basis != basis:
            yield _differs(f"basis.{name}", basis, flows[name].basis)
    for name, pairs in case.set_aside.items():
        found = {f"{one.rule} < {one.by_rule} ({one.ground})" for one in flows[name].set_aside}
        yield from _named(f"set_aside.{name}", pairs, found)


def _outcomes(field: str, words: Sequence[str], found: Sequence[Outcome]) -> Iterable[Miss]:
    if [outcome_named(word) for word in words] != [outcome.options for outcome in found]:
        yield _differs(field, "、".join(words), "、".join(outcome_words(found)))


def _open_points(wanted: Mapping[str, Mapping[str, Sequence[str]]], decision: Decision) -> Iterable[Miss]:
    found = {
        point.id: {option.id: option.possible for option in point.options if option.id != point.chosen}
        for point in decision.open_points
    }
    if set(found) != set(wanted):
        yield _differs("open_points", ", ".join(wanted), ", ".join(found))
    for point in sorted(set(found) & set(wanted)):
        if set(found[point]) != set(wanted[point]):
            yield _differs(f"open_points.{point}", ", ".join(wanted[point]), ", ".join(found[point]))
        for option in sorted(set(found[point]) & set(wanted[point])):
            yield from _outcomes(f"open_points.{point}.{option}", wanted[point][option], found[point][option])


def _named(field: str, wanted: Sequence[str], found: set[str]) -> Iterable[Miss]:
    lacking = [name for name in wanted if not name.startswith("-") and name not in found]
    strange = [name[1:] for name in wanted if name.startswith("-") and name[1:] in found]
    if lacking:
        yield Miss(field, _LACKS.fill(names=", ".join(lacking)))
    if strange:
        yield Miss(field, _HAS.fill(names=", ".join(strange)))


def _differs(field: str, wanted: str, found: str) -> Miss:
    return Miss(field, _WANTED.fill(wanted=wanted or _NONE, found=found or _NONE))


def _yes(value: bool | None) -> str:  # noqa: FBT001 - the value that is worded
    return {True: "true", False: "false", None: "unknown"}[value]
