"""Small builders for the documents of tests: synthetic parties and persons only, samples already masked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kouan.model.base import ratio
from kouan.model.canonical import sha256_bytes
from kouan.model.decision import DecisionPair, Outcome, Pathway, RuleTrace, SourceRef, TraceNode, Truth
from kouan.model.facts import Fact, FactSource, FactValue, Range
from kouan.model.inventory import Finding, IdentityRole, Inventory, Item, Sensitivity, Tier
from kouan.model.items import item_id
from kouan.model.risk import (
    ClassSizes,
    Combination,
    Diversity,
    ItemEffect,
    Judgement,
    RiskReport,
    TableRisk,
    Uniques,
    Verdict,
    VerdictPart,
)
from kouan.model.text import Text

if TYPE_CHECKING:
    from kouan.model.declaration import Declaration
    from kouan.model.plan import Plan
    from kouan.model.treatment import Treatment

AS_OF = dt.date(2026, 11, 22)
SENSITIVE_STANDARD = "GB/T 45574-2025"
SENSITIVE_SINCE = dt.date(2025, 11, 1)

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


@dataclass(frozen=True)
class Case:
    """The documents of one run; None where the run ended early."""

    declaration: Declaration
    inventory: Inventory
    decisions: DecisionPair | None = None
    plan: Plan | None = None
    treatment: Treatment | None = None
    risk: RiskReport | None = None


def text(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


def digest(name: str) -> str:
    return sha256_bytes(name.encode())


def span(lo: int, hi: int | None = None) -> Range:
    """A range; one number is exact."""
    return Range(lo=lo, hi=lo if hi is None else hi)


ORDER_16 = text("促进和规范数据跨境流动规定", "Provisions on Promoting and Regulating Cross-border Data Flows")
PIPL = text("中华人民共和国个人信息保护法", "Personal Information Protection Law")
ORDER_13 = text("个人信息出境标准合同办法", "Measures for the Standard Contract for the Export of Personal Information")


def order16(article: str) -> SourceRef:
    url = "https://www.cac.gov.cn/2024-03/22/c_1712776611775634.htm"
    return SourceRef(instrument="O16", title=ORDER_16, article=article, url=url, confidence="H")


def pipl(article: str) -> SourceRef:
    url = "https://www.cac.gov.cn/2021-08/20/c_1631050028355286.htm"
    return SourceRef(instrument="PIPL", title=PIPL, article=article, url=url, confidence="H")


def order13(article: str) -> SourceRef:
    url = "https://www.cac.gov.cn/2023-02/24/c_1678884830036813.htm"
    return SourceRef(instrument="O13", title=ORDER_13, article=article, url=url, confidence="H")


def declared(name: str, value: FactValue, evidence: str = "transfer.yaml") -> Fact:
    return Fact(name=name, value=value, source=FactSource.DECLARED, evidence=evidence)


def observed(name: str, value: FactValue, evidence: str = "inventory.json") -> Fact:
    return Fact(name=name, value=value, source=FactSource.OBSERVED, evidence=evidence)


def atom(fact: str, truth: Truth, words: Text, value: FactValue = None, *, expected: str = "") -> TraceNode:
    return TraceNode(op="atom", truth=truth, text=words, fact=fact, value=value, expected=expected)


def every(truth: Truth, *children: TraceNode) -> TraceNode:
    return TraceNode(op="all", truth=truth, text=text("同时满足", "all of"), children=children)


def one_of(truth: Truth, *children: TraceNode) -> TraceNode:
    return TraceNode(op="any", truth=truth, text=text("满足其一", "any of"), children=children)


def fired(rule: str, label: Text, source: SourceRef, requires: tuple[Pathway, ...], node: TraceNode) -> RuleTrace:
    """The trace of one rule, whatever its truth."""
    return RuleTrace(rule=rule, label=label, source=source, truth=node.truth, requires=requires, node=node)


def outcome(options: tuple[Pathway, ...], reason: Text, *sources: SourceRef) -> Outcome:
    return Outcome(options=options, reason=reason, sources=sources)


def not_sensitive() -> Sensitivity:
    return Sensitivity(value=False, standard=SENSITIVE_STANDARD, clause="附录A", since=SENSITIVE_SINCE)


def is_sensitive(clause: str) -> Sensitivity:
    return Sensitivity(value=True, standard=SENSITIVE_STANDARD, clause=clause, since=SENSITIVE_SINCE)


def finding(identifier: str, cells: int, confirmed: int, suspected: int = 0) -> Finding:
    """A finding with its 95 % Wilson interval."""
    z, n = Decimal("1.96"), Decimal(cells)
    hit = confirmed + suspected
    p = Decimal(hit) / n
    middle, half = p + z * z / (2 * n), z * (p * (1 - p) / n + z * z / (4 * n * n)).sqrt()
    low, high = ((middle + sign * half) / (1 + z * z / n) for sign in (-1, 1))
    return Finding(
        identifier=identifier,
        confirmed=confirmed,
        suspected=suspected,
        share=ratio(hit, cells),
        wilson_lo=max(Decimal(0), low).quantize(Decimal("0.000001")),
        wilson_hi=min(Decimal(1), high).quantize(Decimal("0.000001")),
    )


def item(
    place: tuple[str, str],
    name: str,
    *,
    meaning: str,
    label: Text,
    category: str,
    role: IdentityRole = IdentityRole.OTHER,
    sensitive: Sensitivity | None = None,
    subject: str | None = None,
    samples: tuple[str, ...] = (),
    cells: int,
    nulls: int = 0,
    distinct: int | None = None,
    kind: str = "string",
    tier: Tier = Tier.CONFIRMED,
    findings: tuple[Finding, ...] = (),
    reason: Text | None = None,
    notes: tuple[Text, ...] = (),
    personal: bool | None = None,
) -> Item:
    return Item(
        id=item_id(place[0], place[1], name),
        name=name,
        type=kind,
        meaning=meaning,
        label=label,
        category=category,
        personal=category != "business" if personal is None else personal,
        sensitive=sensitive or not_sensitive(),
        role=role,
        subject=subject,
        tier=tier,
        findings=findings,
        cells=cells,
        nulls=nulls,
        distinct=distinct,
        samples=samples,
        reason=reason or text(f"列名“{name}”与内容相符", f"The column name “{name}” and its content agree"),
        notes=notes,
    )


def table_risk(
    entity: str,
    *,
    records: int,
    sizes: tuple[tuple[int, int | None, int, int], ...],
    k: int,
    risks: tuple[tuple[int, int], ...],
    direct: tuple[str, ...] = (),
    quasi: tuple[str, ...] = (),
    diversity: tuple[tuple[str, int], ...] = (),
    unit: str = "row",
    alone: int | None = None,
) -> TableRisk:
    """Risk of a table.

    Args:
        entity: `source!entity`.
        records: rows or persons.
        sizes: (lo, hi, classes, records) per bar.
        k: smallest class.
        risks: fractions for the class average and for the share at risk.
        direct: names of direct identifiers still there.
        quasi: names of quasi-identifiers.
        diversity: (name, distinct l) of sensitive attributes.
        unit: what was counted.
        alone: records that the first quasi-identifiers single out; None where that was not looked at.
    """
    classes = sum(part[2] for part in sizes)
    return TableRisk(
        entity=entity,
        unit=unit,
        direct=tuple(f"{entity}#{name}" for name in direct),
        quasi=tuple(f"{entity}#{name}" for name in quasi),
        records=records,
        classes=classes,
        k=k,
        prosecutor_max=ratio(1, k),
        prosecutor_avg=ratio(classes, records),
        class_avg=ratio(*risks[0]),
        share_at_risk=ratio(*risks[1]),
        journalist_max=ratio(1, k),
        marketer=ratio(classes, records),
        diversity=tuple(
            Diversity(item=f"{entity}#{name}", distinct_l=size, t=ratio(1, size + 1)) for name, size in diversity
        ),
        uniques=None if alone is None else carriers(tuple(f"{entity}#{name}" for name in quasi), alone),
        effects=()
        if alone is None
        else tuple(
            ItemEffect(
                item=f"{entity}#{name}",
                units=alone // (at + 1),
                k=k,
                prosecutor_max=ratio(1, k),
                prosecutor_avg=ratio(classes, 2 * records),
                share_at_risk=ratio(risks[1][0], risks[1][1] * (at + 2)),
            )
            for at, name in enumerate(quasi)
        ),
        histogram=tuple(ClassSizes(lo=lo, hi=hi, classes=many, records=rows) for lo, hi, many, rows in sizes),
    )


def carriers(quasi: tuple[str, ...], alone: int) -> Uniques:
    """Minimal sample uniques of which the first item alone makes half, and the first with another one the rest."""
    first = Combination(items=quasi[:1], units=alone // 2)
    pairs = tuple(Combination(items=(quasi[0], other), units=alone // (2 * len(quasi))) for other in quasi[1:])
    return Uniques(most=3, units=alone, combinations=(first, *pairs))


def verdict(rule: str, outcome: str, value: str, *, status: str = "in_force") -> Verdict:
    """What one standard says."""
    asked = text("k 不少于 6", "k at least 6")
    return Verdict(
        rule=rule,
        label=text(f"规定 {rule}", f"rule {rule}"),
        standard=text(f"标准 {rule}", f"standard {rule}"),
        clause=text("附录 D", "annex D"),
        status=status,
        confidence="M",
        outcome=Judgement(outcome),
        value=text(value, value),
        threshold=asked,
        why=text("最小的类说明了结论。", "The smallest class says why."),
        parts=(
            VerdictPart(
                label=text("最小类", "smallest class"),
                value=text(value, value),
                threshold=asked,
                outcome=Judgement(outcome),
            ),
            VerdictPart(label=text("管理措施", "management"), value=text("未答", "not answered")),
        ),
        notes=(text("依据：摘录。", "Read: an excerpt."),),
    )
