"""A = K x S x E of the Beijing specification for health data: probable, its text was not seen."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from kouan.model.declaration import ReleaseMode
from kouan.model.risk import Judgement, Verdict, VerdictPart
from kouan.model.text import same
from kouan.risk import messages
from kouan.risk.verdicts import words
from kouan.risk.verdicts.evidence import Found, number, verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.model.text import Text
    from kouan.model.thresholds import Product, SharingScenario
    from kouan.risk.setting import Setting
    from kouan.risk.verdicts.evidence import Evidence

_PAIR = 1


def by_product(rule: Product, evidence: Evidence) -> Verdict:
    """Return whether K x S x E reaches 1.

    S follows from the release mode and the number of recipients unless it is given; E is 1 unless it is given, and
    that is said. A measure answered no without an E leaves the verdict open; no factor is made of the answers.

    Raises:
        KouanError: K-RSK-003 for a scenario that the rule does not have, K-RSK-004 for an E that is no positive number,
            K-RSK-005 for an answer about no measure of the rule.
    """
    setting = evidence.setting
    _check_measures(rule, setting)
    scenario, notes = sharing(rule, setting)
    given = setting.environment
    if given is not None and not (given.is_finite() and given > 0):
        raise messages.ENVIRONMENT.at("assessment.environment")
    factor = Fraction(rule.environment if given is None else given)
    least = ceil(Fraction(scenario.divisor) / factor)
    threshold = words.PRODUCT_BOUND.fill(least=least)
    if given is None:
        notes = (*notes, words.PRODUCT_DEFAULT.fill(value=number(rule.environment)))
    asked = tuple(_measures(rule, setting))
    worst = evidence.worst()
    if worst is None:
        empty = Found(Judgement.PASS, words.NO_RECORDS, words.NONE, threshold, parts=asked, notes=notes)
        return verdict(rule, evidence, empty)
    k = worst.distribution.k
    reached = k * factor / scenario.divisor
    outcome, why = Judgement.PASS, words.PRODUCT_PASS
    if reached < 1:
        outcome, why = Judgement.FAIL, words.PRODUCT_FAIL
    elif given is None and any(answer is False for answer in setting.measures.values()):
        outcome, why = Judgement.UNKNOWN, words.PRODUCT_MISSING
    numbers = (
        VerdictPart(label=words.PRODUCT_K, value=same(str(k))),
        VerdictPart(label=words.PRODUCT_S.fill(scenario=scenario.label), value=same(f"1/{scenario.divisor}")),
        VerdictPart(label=words.PRODUCT_E, value=number(factor)),
        VerdictPart(
            label=words.PRODUCT_A,
            value=number(reached),
            threshold=threshold,
            outcome=Judgement.PASS if reached >= 1 else Judgement.FAIL,
        ),
    )
    found = Found(
        outcome=outcome,
        why=why.fill(a=number(reached), entity=worst.roles.name, least=least, k=k),
        value=same(f"A={number(reached).en}"),
        threshold=threshold,
        table=worst.roles.name,
        parts=(*numbers, *asked),
        notes=notes,
    )
    return verdict(rule, evidence, found)


def sharing(rule: Product, setting: Setting) -> tuple[SharingScenario, tuple[Text, ...]]:
    """Return the scenario: the one given, else by release mode and recipients; not knowing them is several."""
    notes: tuple[Text, ...] = ()
    if setting.sharing is not None:
        name = setting.sharing
    elif setting.mode is ReleaseMode.PUBLIC:
        name = rule.open
    elif setting.recipients is None:
        name, notes = rule.several, (words.PRODUCT_STRICT,)
    else:
        name = rule.pair if setting.recipients <= _PAIR else rule.several
    scenario = rule.scenario(name)
    if scenario is None:
        known = ", ".join(one.id for one in rule.scenarios)
        raise messages.SHARING.at("assessment.sharing", name=name, known=known)
    return scenario, notes


def _check_measures(rule: Product, setting: Setting) -> None:
    known = [one.id for one in (*rule.technical, *rule.management)]
    for name in setting.measures:
        if name not in known:
            raise messages.MEASURE.at("assessment.measures", name=name, known=", ".join(known))


def _measures(rule: Product, setting: Setting) -> Iterator[VerdictPart]:
    for group, label in ((rule.technical, words.MEASURE_TECHNICAL), (rule.management, words.MEASURE_MANAGEMENT)):
        for one in group:
            answer = setting.measures.get(one.id)
            said = words.UNANSWERED if answer is None else words.YES if answer else words.NO
            yield VerdictPart(label=label.fill(label=one.label), value=said)
