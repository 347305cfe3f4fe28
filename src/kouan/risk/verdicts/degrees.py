"""Degree of processing and decision table of the TC609 drafts."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from kouan.model.declaration import ReleaseMode
from kouan.model.risk import Judgement, Verdict, VerdictPart
from kouan.model.text import Text, same
from kouan.risk.verdicts import words
from kouan.risk.verdicts.evidence import Found, joined, number, of_truth, verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kouan.model.base import Ratio
    from kouan.model.thresholds import Bounds, Degree, Degrees, Secure
    from kouan.risk.setting import Setting
    from kouan.risk.verdicts.evidence import Evidence

_DEGREES: tuple[Degree, ...] = ("insufficient", "partial", "adequate", "complete")
_LEVELS: tuple[Secure, ...] = ("none", "basic", "enhanced")
_RISKS: tuple[Literal["low", "high"], ...] = ("low", "high")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The worst of all tables; l and t None where there is no sensitive attribute."""

    k: int
    l: int | None  # noqa: E741 - its name in the field
    t: Ratio | None
    largest: Fraction
    average: Fraction
    absent: bool
    table: str


@dataclass(frozen=True, slots=True)
class Reached:
    """Degree by model parameters and by risk measures (None where the rule has none), and both ways to join them."""

    parameters: Degree
    measures: Degree | None
    strict: Degree
    permissive: Degree


def by_degrees(rule: Degrees, evidence: Evidence) -> Verdict:
    """Return whether the degree is enough: by the decision table where there is one, else against the asked degree."""
    numbers = _numbers(evidence)
    setting = evidence.setting
    risk = setting.scenario_risk or rule.recipient_abroad
    if risk not in rule.bounds:
        risk = next(iter(rule.bounds))
    if numbers is None:
        return verdict(rule, evidence, Found(Judgement.PASS, words.NO_RECORDS, words.NONE, words.NONE))
    reached = {one: _reached(rule, numbers, one) for one in _RISKS if one in rule.bounds}
    degree = reached[risk].strict
    if rule.needs:
        outcome, why, threshold = _decided(rule, setting, risk=risk, degree=degree)
    else:
        assert rule.required is not None
        met = _DEGREES.index(degree) >= _DEGREES.index(rule.required)
        threshold = words.DEGREE[rule.required]
        if rule.required != _DEGREES[-1]:
            threshold = words.DEGREE_NEEDED.fill(degree=threshold)
        outcome = Judgement.PASS if met else Judgement.FAIL
        said = words.DEGREE_REACHED if met else words.DEGREE_SHORT
        why = said.fill(degree=words.DEGREE[degree], needed=threshold)
    found = Found(
        outcome=outcome,
        why=why,
        value=words.DEGREE[degree],
        threshold=threshold,
        table=numbers.table,
        parts=(*_number_parts(rule, numbers, risk), *_degree_parts(reached), *_answers(rule, setting)),
        notes=tuple(_notes(rule, setting, numbers, degree=degree)),
    )
    return verdict(rule, evidence, found)


def _numbers(evidence: Evidence) -> Numbers | None:
    tables, worst = evidence.judged, evidence.worst()
    if worst is None:
        return None
    hidden = [one for table in tables for one in table.report.diversity]
    far = [one.t for one in hidden if one.t is not None]
    return Numbers(
        k=worst.distribution.k,
        l=min((one.distinct_l for one in hidden), default=None),
        t=max(far) if far and len(far) == len(hidden) else None,
        largest=max(table.distribution.largest_risk for table in tables),
        average=max(Fraction(table.distribution.classes, table.distribution.records) for table in tables),
        absent=not any(table.roles.quasi or table.roles.pseudonyms or table.roles.direct for table in evidence.tables),
        table=worst.roles.name,
    )


def _reached(rule: Degrees, numbers: Numbers, risk: Literal["low", "high"]) -> Reached:
    bounds = rule.bounds[risk]
    parameters = _best(bounds, lambda one: _parameters_meet(one, numbers, either=rule.either))
    measures = None
    if any(one.largest is not None or one.average is not None for one in bounds.values()):
        measures = _best(bounds, lambda one: _measures_meet(one, numbers))
    both = [parameters] if measures is None else [parameters, measures]
    if numbers.absent:
        return Reached(parameters, measures, "complete", "complete")
    return Reached(parameters, measures, min(both, key=_DEGREES.index), max(both, key=_DEGREES.index))


def _best(bounds: dict[Degree, Bounds], meets: Callable[[Bounds], bool]) -> Degree:
    return next((one for one in reversed(_DEGREES) if one in bounds and meets(bounds[one])), "insufficient")


def _parameters_meet(bounds: Bounds, numbers: Numbers, *, either: bool) -> bool:
    """Without a sensitive attribute k is enough; a number that was not measured meets nothing."""
    if numbers.k < bounds.k:
        return False
    if numbers.l is None:
        return True
    wanted = []
    if bounds.l is not None:
        wanted.append(numbers.l >= bounds.l)
    if bounds.t is not None:
        wanted.append(numbers.t is not None and numbers.t <= bounds.t)
    return not wanted or (any(wanted) if either else all(wanted))


def _measures_meet(bounds: Bounds, numbers: Numbers) -> bool:
    largest = bounds.largest is None or numbers.largest <= Fraction(bounds.largest)
    return largest and (bounds.average is None or numbers.average <= Fraction(bounds.average))


def _decided(
    rule: Degrees, setting: Setting, *, risk: Literal["low", "high"], degree: Degree
) -> tuple[Judgement, Text, Text]:
    """Look the decision up for every level of secure computing that is possible, and for what is not answered."""
    levels = [one.secure for one in rule.needs if one.risk == risk and one.degree == degree]
    threshold = _asked(rule, risk)
    possible = (_secure(setting),) if _secure(setting) is not None else _LEVELS
    enough = {bool(levels) and _LEVELS.index(one) >= _LEVELS.index(levels[0]) for one in possible if one is not None}
    if True not in enough or False in (answer for _, answer in _yes_no(setting)):
        level = _secure(setting)
        said = words.UNANSWERED if level is None else words.SECURE[level]
        why = words.TABLE_NOT.fill(risk=words.RISK[risk], degree=words.DEGREE[degree], secure=said)
        if True in enough:
            why = joined((why, *(label for label, one in _yes_no(setting) if one is False)))
        return Judgement.FAIL, why, threshold
    questions = [label for label, answer in _yes_no(setting) if answer is None]
    questions += [words.SECURE_LEVEL] if False in enough else []
    if questions:
        listed = Text(zh="、".join(one.zh for one in questions), en="; ".join(one.en for one in questions))
        return Judgement.UNKNOWN, words.TABLE_OPEN.fill(degree=words.DEGREE[degree], questions=listed), threshold
    return Judgement.PASS, words.TABLE_REACHED, threshold


def _secure(setting: Setting) -> Secure | None:
    """Return the level of secure computing: none for a file that leaves its environment, else as answered."""
    return setting.secure if setting.mode is ReleaseMode.ENCLAVE else "none"


def _asked(rule: Degrees, risk: str) -> Text:
    rows = [one for one in rule.needs if one.risk == risk]
    zh = "；".join(f"{words.DEGREE[one.degree].zh}（安全计算{words.SECURE[one.secure].zh}）" for one in rows)
    en = "; ".join(f"{words.DEGREE[one.degree].en} (secure computing: {words.SECURE[one.secure].en})" for one in rows)
    return Text(zh=zh, en=en)


def _yes_no(setting: Setting) -> tuple[tuple[Text, bool | None], ...]:
    return (
        (words.MANAGEMENT, setting.management),
        (words.BASIC_SECURITY, setting.basic_security),
        (words.BASELINE_HOLDS, setting.baseline),
    )


def _number_parts(rule: Degrees, numbers: Numbers, risk: Literal["low", "high"]) -> Iterable[VerdictPart]:
    asked = next(one.degree for one in rule.needs if one.risk == risk) if rule.required is None else rule.required
    bounds = rule.bounds[risk][asked]
    yield _least(words.K, numbers.k, bounds.k)
    if numbers.l is not None and bounds.l is not None:
        yield _least(words.L, numbers.l, bounds.l)
    pairs = (
        (words.T, numbers.t, bounds.t),
        (words.LARGEST, numbers.largest, bounds.largest),
        (words.AVERAGE, numbers.average, bounds.average),
    )
    for label, value, bound in pairs:
        if value is not None and bound is not None:
            met = Fraction(value) <= Fraction(bound)
            shown = words.AT_MOST.fill(bound=number(bound))
            yield VerdictPart(label=label, value=number(value), threshold=shown, outcome=of_truth(met))


def _least(label: Text, value: int, bound: int) -> VerdictPart:
    shown = words.AT_LEAST.fill(bound=bound)
    return VerdictPart(label=label, value=same(str(value)), threshold=shown, outcome=of_truth(value >= bound))


def _degree_parts(reached: dict[Literal["low", "high"], Reached]) -> Iterable[VerdictPart]:
    for risk, one in reached.items():
        said = words.RISK[risk]
        yield VerdictPart(label=words.DEGREE_AT.fill(risk=said), value=words.DEGREE[one.parameters])
        if one.measures is not None:
            yield VerdictPart(label=words.DEGREE_RISK.fill(risk=said), value=words.DEGREE[one.measures])
            yield VerdictPart(label=words.DEGREE_STRICT.fill(risk=said), value=words.DEGREE[one.strict])
            yield VerdictPart(label=words.DEGREE_LOOSE.fill(risk=said), value=words.DEGREE[one.permissive])


def _answers(rule: Degrees, setting: Setting) -> Iterable[VerdictPart]:
    if not rule.needs:
        return
    for label, answer in _yes_no(setting):
        said = words.UNANSWERED if answer is None else words.YES if answer else words.NO
        yield VerdictPart(label=label, value=said, outcome=of_truth(answer))
    level = _secure(setting)
    yield VerdictPart(label=words.SECURE_LEVEL, value=words.UNANSWERED if level is None else words.SECURE[level])


def _notes(rule: Degrees, setting: Setting, numbers: Numbers, *, degree: Degree) -> Iterable[Text]:
    if setting.scenario_risk is None:
        yield words.DEGREE_SCENARIO.fill(risk=words.RISK[rule.recipient_abroad])
    if degree == "complete":
        yield words.DEGREE_ABSENCE if numbers.absent else words.DEGREE_PARAMETERS
    if rule.needs:
        yield words.BASELINE
        if setting.mode is not ReleaseMode.ENCLAVE:
            yield words.LEAVES
