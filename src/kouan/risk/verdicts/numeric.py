"""Verdicts that compare one number with one threshold: GB/T 42460, GB/T 39725, EMA 0070."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kouan.model.risk import Judgement, Verdict, VerdictPart
from kouan.model.text import same
from kouan.risk.grade import deciding, overall
from kouan.risk.verdicts import words
from kouan.risk.verdicts.evidence import Found, joined, number, verdict

if TYPE_CHECKING:
    from kouan.model.text import Text
    from kouan.model.thresholds import LargestRisk, MoreThan, OverallRisk
    from kouan.risk.table import Measured
    from kouan.risk.verdicts.evidence import Evidence

_NOT_HIGH = 3
"""Grade 3 is below the threshold, 4 has no identifier."""


def by_overall_risk(rule: OverallRisk, evidence: Evidence) -> Verdict:
    """Return the grade of GB/T 42460-2023 as a verdict, with R_a, R_b, R_c, context and R each shown."""
    grade = evidence.grade
    threshold = words.BELOW.fill(bound=number(rule.acceptable))
    worst = deciding(evidence.tables, rule, evidence.setting)
    risk = grade.risk
    words_of = words.GRADED.fill(grade=grade.grade)
    if risk is not None:
        words_of = words.GRADED_RISK.fill(grade=grade.grade, risk=number(risk))
    found = Found(
        outcome=Judgement.PASS if grade.grade >= _NOT_HIGH else Judgement.FAIL,
        why=grade.reason,
        value=words_of,
        threshold=threshold,
        table=worst.roles.name if worst is not None else "",
        parts=() if worst is None else _annex_parts(rule, evidence, worst),
    )
    return verdict(rule, evidence, found, gated=False)


def _annex_parts(rule: OverallRisk, evidence: Evidence, worst: Measured) -> tuple[VerdictPart, ...]:
    sizes, setting = worst.distribution, evidence.setting
    least = rule.least[setting.mode]
    below = sizes.classes_below(least)
    risk = overall(worst, rule, setting)
    return (
        VerdictPart(
            label=words.R_A.fill(tau=f"1/{least}"),
            value=number(Fraction(below, sizes.classes) if sizes.classes else 0),
            threshold=words.ZERO,
            outcome=Judgement.FAIL if below else Judgement.PASS,
        ),
        VerdictPart(label=words.R_B, value=number(sizes.largest_risk)),
        VerdictPart(label=words.R_C, value=number(sizes.class_average)),
        VerdictPart(label=words.CONTEXT, value=number(setting.probability(rule))),
        VerdictPart(
            label=words.OVERALL,
            value=number(risk),
            threshold=words.BELOW.fill(bound=number(rule.acceptable)),
            outcome=Judgement.PASS if risk < Fraction(rule.acceptable) else Judgement.FAIL,
        ),
    )


def by_persons(rule: MoreThan, evidence: Evidence) -> Verdict:
    """Return whether more than so many persons share every combination; "at least" is shown beside."""
    worst = min(evidence.judged, key=lambda table: table.persons, default=None)
    threshold = words.MORE_THAN.fill(persons=rule.persons)
    if worst is None:
        return verdict(rule, evidence, _empty(threshold))
    k, strict = worst.persons, rule.persons + 1
    met = k >= strict
    why = (words.MORE_PASS if met else words.MORE_FAIL).fill(k=k, persons=rule.persons, entity=worst.roles.name)
    if k == rule.persons:
        why = joined((why, words.MORE_EDGE.fill(persons=rule.persons)))
    rows = any(table.roles.key is None and table.report.persons is None for table in evidence.judged)
    raw = any(table.report.persons is not None for table in evidence.judged)
    found = Found(
        outcome=Judgement.PASS if met else Judgement.FAIL,
        why=why,
        value=same(f"k={k}"),
        threshold=threshold,
        table=worst.roles.name,
        parts=(
            _k_part(words.MORE_STRICT.fill(persons=rule.persons, least=strict), k, strict),
            _k_part(words.MORE_LOOSE.fill(least=rule.persons), k, rule.persons),
        ),
        notes=(*([words.ROWS_ARE_PERSONS] if rows else []), *([words.PERSONS_OF_RAW] if raw else [])),
    )
    return verdict(rule, evidence, found)


def by_largest_risk(rule: LargestRisk, evidence: Evidence) -> Verdict:
    """Return whether the largest risk 1/f_j keeps to a bound."""
    worst, bound = evidence.worst(), number(rule.at_most)
    threshold = words.AT_MOST.fill(bound=bound)
    if worst is None:
        return verdict(rule, evidence, _empty(threshold))
    risk = worst.distribution.largest_risk
    met = risk <= Fraction(rule.at_most)
    found = Found(
        outcome=Judgement.PASS if met else Judgement.FAIL,
        why=(words.EMA_PASS if met else words.EMA_FAIL).fill(risk=number(risk), bound=bound, entity=worst.roles.name),
        value=number(risk),
        threshold=threshold,
        table=worst.roles.name,
        parts=(
            VerdictPart(
                label=words.EMA_LABEL.fill(k=worst.distribution.k),
                value=number(risk),
                threshold=threshold,
                outcome=Judgement.PASS if met else Judgement.FAIL,
            ),
        ),
        notes=() if evidence.setting.mode in rule.modes else (words.OTHER_MODE,),
    )
    return verdict(rule, evidence, found)


def _k_part(label: Text, k: int, least: int) -> VerdictPart:
    return VerdictPart(
        label=label,
        value=same(f"k={k}"),
        threshold=words.AT_LEAST.fill(bound=least),
        outcome=Judgement.PASS if k >= least else Judgement.FAIL,
    )


def _empty(threshold: Text) -> Found:
    return Found(Judgement.PASS, words.NO_RECORDS, words.NONE, threshold)
