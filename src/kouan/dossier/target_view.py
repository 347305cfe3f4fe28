"""Whether a clearance reached the verdict that its declaration aims at, and what would help where it did not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.dossier.figures import percent
from kouan.dossier.terms import FORCE, OUTCOME
from kouan.model.items import split_item_id
from kouan.model.risk import Judgement
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kouan.model.declaration import Declaration
    from kouan.model.risk import ModelRisk, RiskReport, RiskView, TableRisk, Verdict
    from kouan.model.target import TargetSpec

_CONFIRMED, _IN_FORCE = ("H", "M"), "in_force"
_SHOWN = 3

_VERDICT = Text(
    zh="{standard} {clause}（{status}，把握 {grade}）：{outcome}，{value}；要求：{threshold}",
    en="{standard}, {clause} ({status}, confidence {grade}): {outcome}, {value}; asked for: {threshold}",
)
_SIZE = Text(zh="k＝{k}：{outcome}；要求：不少于 {least}", en="k = {k}: {outcome}; asked for: at least {least}")
_DIVERSE = Text(
    zh="“{item}”的 l＝{l}：{outcome}；要求：不少于 {least}",
    en="l of “{item}” = {l}: {outcome}; asked for: at least {least}",
)
_NAMED = Text(
    zh="仍有直接标识符或自由文本出境：{outcome}；要求：没有（分组再大，直接标识符也指到本人）",
    en="direct identifiers or free text leave: {outcome}; asked for: none (they name a person in a class of any size)",
)
_MODEL = Text(
    zh="“{table}”的 {model}：{outcome}，{rows} 行中有 {failing} 行所在的类不满足",
    en="{model} of “{table}”: {outcome}, {failing} of {rows} rows are in classes that do not meet it",
)
_ALIKE = Text(
    zh="“{table}”中至少有一组的“{items}”全都相同（l＝1）：知道某人在这一组，就知道他的这一项；"
    "可在填报文件 assessment.target 中写 l: 2 或更大",
    en="in at least one class of “{table}” all share the same “{items}” (l = 1): whoever knows that a person is in it"
    " knows that of the person; `l: 2` or more under assessment.target in the declaration asks otherwise",
)
_OFFER = Text(
    zh="填报文件没有声明风险目标，方案未朝任何结论优化。现行标准对本次提供要求的是：{rules}；"
    "写上 assessment: {{target: {{suppress: 5%}}}} 即按此重做方案（限度 coarsest、l 可另定）",
    en="the declaration aims at no verdict, and the plan was made towards none. The standards in force ask of such a"
    " release: {rules}; with assessment: {{target: {{suppress: 5%}}}} the plan is made towards it (limits in coarsest"
    " and l beside)",
)
_WITHOUT = Text(
    zh="可改进：去掉“{item}”后，“{table}”的高风险记录由 {now} 变为 {share}",
    en="to mend it: without “{item}” the share at risk of “{table}” goes from {now} to {share}",
)
_DIRECT = Text(
    zh="可改进：先去除或换成假名：{items}", en="to mend it: first drop these or make them pseudonyms: {items}"
)
_PLAN = Text(
    zh="可改进：kouan plan 说明每张表差多少、放开哪一项限度、或让多少行不出境可以达到；"
    "也可改为管控更严的提供方式（mode），或修改填报文件中的目标",
    en="to mend it: kouan plan says by how much each table falls short, and which limit or how many rows would do; a"
    " stricter release mode, or another target in the declaration, are the other ways",
)


@dataclass(frozen=True, slots=True)
class TargetView:
    """What is told of the target.

    Attributes:
        declared: whether there is one.
        reached: whether every part of it is met on the treated data; None where none is declared.
        parts: each with whether it is met.
        notes: remedies, and what is worth knowing: classes alike in a sensitive attribute, what could be aimed at.
    """

    declared: bool
    reached: bool | None
    parts: tuple[tuple[Text, bool], ...] = ()
    notes: tuple[Text, ...] = ()


def target_of(declaration: Declaration, risk: RiskReport | None) -> TargetView | None:
    """Return how the treated data stand to the declared target; None where they were not measured.

    A rule that turns out not to be about the treated data asks nothing of them.
    """
    if risk is None or risk.after is None:
        return None
    after, said = risk.after, declaration.assessment
    spec = None if said is None else said.target
    if spec is None:
        return TargetView(declared=False, reached=None, notes=(*_offer(after), *_alike(after)))
    parts = (*_parts(spec, after), *(_modelled(one) for one in risk.models))
    reached = all(met for _, met in parts)
    notes = () if reached else tuple(_remedies(after))
    alike = () if spec.l is not None else tuple(_alike(after))
    return TargetView(declared=True, reached=reached, parts=parts, notes=(*notes, *alike))


def _parts(spec: TargetSpec, after: RiskView) -> Iterator[tuple[Text, bool]]:
    for verdict in _asked(spec, after):
        yield _verdict(verdict), verdict.outcome in {Judgement.PASS, Judgement.NOT_APPLICABLE}
    tables = [table for table in after.tables if table.records]
    if (spec.k is not None or spec.l is not None or spec.models) and after.grade.grade == 1:
        yield _NAMED.fill(outcome=_outcome(met=False)), False
    if spec.k is not None:
        # Where nothing but a pseudonym tells rows apart, the whole table is one class.
        k = min((table.k for table in tables if table.quasi or table.pseudonyms), default=None)
        if k is not None:
            yield _SIZE.fill(k=k, outcome=_outcome(k >= spec.k), least=spec.k), k >= spec.k
    for table in tables if spec.l is not None else ():
        for one in table.diversity:
            met = one.distinct_l >= (spec.l or 1)
            name = split_item_id(one.item)[2]
            yield _DIVERSE.fill(item=name, l=one.distinct_l, outcome=_outcome(met), least=spec.l), met


def _modelled(one: ModelRisk) -> tuple[Text, bool]:
    met = one.failing == 0
    return _MODEL.fill(
        table=one.table,
        model=_brief(one.model),
        outcome=_outcome(met),
        failing=f"{one.failing:,}",
        rows=f"{one.rows:,}",
    ), met


def _brief(model: str) -> str:
    """Return a model with its item's own name for the id."""
    name, colon, rest = model.partition(":")
    item, _, value = rest.rpartition("=")
    return f"{name}:{split_item_id(item)[2]}={value}" if colon else model


def _asked(spec: TargetSpec, after: RiskView) -> list[Verdict]:
    """Return the verdicts that are aimed at; of those by default, the ones about these data."""
    if spec.verdicts is not None:
        return [one for one in after.verdicts if one.rule in spec.verdicts]
    return [one for one in _defaults(after.verdicts) if one.outcome is not Judgement.NOT_APPLICABLE]


def _defaults(verdicts: Sequence[Verdict]) -> list[Verdict]:
    return [one for one in verdicts if one.status == _IN_FORCE and one.confidence in _CONFIRMED]


def _verdict(one: Verdict) -> Text:
    return _VERDICT.fill(
        standard=one.standard,
        clause=one.clause,
        status=FORCE[one.status],
        grade=one.confidence,
        outcome=OUTCOME[one.outcome],
        value=one.value,
        threshold=one.threshold,
    )


def _outcome(met: bool) -> Text:  # noqa: FBT001 - a truth value is what it is about
    return OUTCOME[Judgement.PASS if met else Judgement.FAIL]


def _remedies(after: RiskView) -> Iterator[Text]:
    direct = [split_item_id(item)[2] for table in after.tables for item in table.direct]
    if direct:
        yield _DIRECT.fill(items=_names(direct))
    better = [
        (effect, table)
        for table in after.tables
        for effect in table.effects
        if effect.share_at_risk < table.share_at_risk
    ]
    for effect, table in sorted(better, key=lambda pair: pair[0].share_at_risk - pair[1].share_at_risk)[:_SHOWN]:
        yield _WITHOUT.fill(
            item=split_item_id(effect.item)[2],
            table=table.entity,
            now=percent(table.share_at_risk),
            share=percent(effect.share_at_risk),
        )
    yield _PLAN


def _alike(after: RiskView) -> Iterator[Text]:
    """Yield the tables of which some class agrees in a sensitive attribute; a class of one always does."""
    for table in after.tables:
        items = [split_item_id(one.item)[2] for one in table.diversity if one.distinct_l == 1]
        if items and table.records and _crowds(table):
            yield _ALIKE.fill(table=table.entity, items=_names(items))


def _crowds(table: TableRisk) -> bool:
    return table.k > 1


def _offer(after: RiskView) -> Iterator[Text]:
    missed = [one for one in _defaults(after.verdicts) if one.outcome in {Judgement.FAIL, Judgement.UNKNOWN}]
    if missed:
        rules = Text(
            zh="；".join(f"{one.standard.zh} {one.clause.zh}" for one in missed),
            en="; ".join(f"{one.standard.en}, {one.clause.en}" for one in missed),
        )
        yield _OFFER.fill(rules=rules)


def _names(names: Sequence[str]) -> Text:
    first, more = names[:_SHOWN], len(names) > _SHOWN
    return Text(zh="、".join(first) + ("等" if more else ""), en=", ".join(first) + (", …" if more else ""))
