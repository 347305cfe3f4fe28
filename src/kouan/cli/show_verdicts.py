"""What each standard says of a release, as a person reads it on a terminal."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kouan.cli.shortening import short
from kouan.cli.terminal import say
from kouan.dossier.figures import percent
from kouan.dossier.terms import FORCE, OUTCOME, OUTCOME_MARK
from kouan.model.items import split_item_id
from kouan.model.risk import Judgement
from kouan.model.text import Text
from kouan.risk.messages import PEOPLE, ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from kouan.model.risk import ItemEffect, TableRisk, Verdict

_HEAD = Text(zh="各标准并列结论：", en="verdicts side by side:")
_LINE = Text(
    zh="{mark} {outcome}  {standard} {clause}（{status}，把握 {confidence}）：{value}；要求：{threshold}",
    en="{mark} {outcome}  {standard}, {clause} ({status}, confidence {confidence}): {value}; asked for: {threshold}",
)
_PART = Text(zh="{label}：{value}", en="{label}: {value}")
_BOUND = Text(zh="（{bound}：{outcome}）", en=" ({bound}: {outcome})")
_IDLE = Text(zh="– 不适用：{names}（加 --all 列出）", en="– not applicable: {names} (--all lists them)")
_ALONE = Text(
    zh="至多 {most} 项组合就能单独识别的有 {units} {unit}，主要是：",
    en="{units} {unit} can be singled out by at most {most} items, above all by:",
)
_COMBINATION = Text(zh="{names}：{units} {unit}", en="{names}: {units} {unit}")
_WITHOUT = Text(
    zh="去掉“{name}”：k={k}，高风险记录由 {now} 变为 {share}",
    en="without “{name}”: k={k}, share at risk {now} → {share}",
)
_NOTHING = Text(
    zh="只去掉任何一项都不改变高风险记录的占比", en="leaving out any one item alone changes no share at risk"
)
_POPULATION = Text(
    zh="人口 {size} 人中唯一的约占 {share}（{model} 模型）",
    en="of {size} persons about {share} are unique ({model} model)",
)
_FEW = 3
_STYLE = {Judgement.PASS: "green", Judgement.FAIL: "red", Judgement.UNKNOWN: "yellow", Judgement.NOT_APPLICABLE: "dim"}


def show_verdicts(console: Console, verdicts: Sequence[Verdict], lang: str, *, whole: bool) -> None:
    """Print the verdicts, each with its threshold, source and reason; with `whole` all their numbers and notes.

    Rules that are not about this release are named in one line, and printed like the others with `whole`.
    """
    idle = [] if whole else [one for one in verdicts if one.outcome is Judgement.NOT_APPLICABLE]
    if verdicts:
        say(console, _HEAD.of(lang), lead="  ", style="bold")
    for one in verdicts:
        if one in idle:
            continue
        line = _LINE.fill(
            mark=OUTCOME_MARK[one.outcome],
            outcome=OUTCOME[one.outcome],
            standard=one.standard,
            clause=one.clause,
            status=FORCE[one.status],
            confidence=one.confidence,
            value=one.value,
            threshold=one.threshold,
        )
        say(console, line.of(lang), lead="  ", style=_STYLE[one.outcome])
        say(console, one.why.of(lang), lead="      ", style="dim")
        if whole:
            _show_parts(console, one, lang)
    if idle:
        named = Text(zh="；".join(one.standard.zh for one in idle), en="; ".join(one.standard.en for one in idle))
        say(console, _IDLE.fill(names=named).of(lang), lead="  ", style="dim")


def show_carriers(console: Console, table: TableRisk, lang: str, *, whole: bool) -> None:
    """Print which combinations single out most records or persons, and what leaving out one item would bring."""
    unit = ROWS if table.unit == "row" else PEOPLE
    if table.uniques is not None and table.uniques.units:
        head = _ALONE.fill(units=f"{table.uniques.units:,}", unit=unit, most=table.uniques.most)
        say(console, head.of(lang), lead="    ", style="dim")
        for one in table.uniques.combinations[: None if whole else _FEW]:
            names = " + ".join(short(split_item_id(item)[2]) for item in one.items)
            line = _COMBINATION.fill(names=names, units=f"{one.units:,}", unit=unit)
            say(console, line.of(lang), lead="      · ", style="dim")
    better = sorted((one for one in table.effects if _helps(one, table)), key=lambda one: (one.share_at_risk, one.item))
    for effect in better[: None if whole else _FEW]:
        line = _WITHOUT.fill(
            name=short(split_item_id(effect.item)[2]),
            k=f"{effect.k:,}",
            share=percent(effect.share_at_risk),
            now=percent(table.share_at_risk),
        )
        say(console, line.of(lang), lead="      − ", style="dim")
    if table.effects and not better and table.share_at_risk:
        say(console, _NOTHING.of(lang), lead="      − ", style="dim")
    if table.population_uniques is not None and table.population_uniques.estimate is not None:
        found = table.population_uniques
        line = _POPULATION.fill(size=f"{found.size:,}", share=percent(found.estimate or Decimal(0)), model=found.model)
        say(console, line.of(lang), lead="    ", style="dim")
        say(console, found.conditions.of(lang), lead="      ! ", style="dim")


def _helps(effect: ItemEffect, table: TableRisk) -> bool:
    return effect.share_at_risk < table.share_at_risk or effect.k > table.k


def _show_parts(console: Console, verdict: Verdict, lang: str) -> None:
    for part in verdict.parts:
        line = _PART.fill(label=part.label, value=part.value).of(lang)
        if part.threshold is not None and part.outcome is not None:
            line += _BOUND.fill(bound=part.threshold, outcome=OUTCOME[part.outcome]).of(lang)
        say(console, line, lead="        · ", style="dim")
    for note in verdict.notes:
        say(console, note.of(lang), lead="        ! ", style="dim")
