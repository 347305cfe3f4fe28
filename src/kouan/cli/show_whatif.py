"""Prints what a what-if found, for a compliance officer."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kouan.clearance.changes import pathway_words
from kouan.cli.terminal import say
from kouan.dossier.figures import fact
from kouan.dossier.lighter import cost_words
from kouan.model.plan import Action
from kouan.model.text import Text
from kouan.model.whatif import LeverKind

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from kouan.clearance.readying import Ready
    from kouan.model.decision import Outcome, Pathway
    from kouan.model.whatif import Alternative, WhatIf

_NOW = Text(zh="现在：{path}", en="now: {path}")
_NONE = Text(
    zh="没有找到能使路径变轻、又如实可行的改变（试过 {tried} 种组合）。",
    en="no honest change was found that makes the pathway lighter ({tried} combinations were decided).",
)
_ASK = Text(
    zh="先回答这些问题，也许不需要任何改变：{facts}",
    en="answer these first; that may be all it takes: {facts}",
)
_HEAD = Text(zh="方案 {n}：{path}", en="option {n}: {path}")
_BESIDE = Text(
    zh="轻重相同的其他选择（不是更轻，只是省去的事情不同）：",
    en="other ways of the same weight (no lighter; they spare different things):",
)
_WAIT = Text(zh="（按已公布的规则推算至 {day}）", en=" (for {day}, by the law known today)")
_BECAUSE = Text(zh="{flow}：{path}。{reason}", en="{flow}: {path}. {reason}")
_FACT = Text(zh="{label}：{before} → {after}", en="{label}: {before} → {after}")
_COST = Text(zh="代价：{cost}", en="cost: {cost}")
_REMAIN = Text(
    zh="仍须履行 {duties} 项义务、满足 {conditions} 项放行条件（见 --json）",
    en="{duties} duties and {conditions} conditions of release remain (see --json)",
)
_LISTED = Text(zh="放行条件：{list}", en="conditions of release: {list}")
_READ = Text(
    zh="结论系于对“{question}”的解读；换一种解读，可能为：{path}",
    en="this hangs on how “{question}” is read; read otherwise it may be: {path}",
)
_CUT = Text(
    zh="组合太多，搜索在上限处停止；可能还有别的方案。", en="The search stopped at its bound; there may be more."
)
_CHECKED = Text(
    zh="每个方案都经同一套规则判断；改变后须重新识别、重新判断（`kouan clear`），以其结论为准。",
    en="Each option was decided by the same law; once the changes are made, recognise and decide anew (`kouan clear`).",
)
_DONE = Text(
    zh="已写入 {plan}：{drop} 个数据项不提供，{coarser} 个降低精度或者清除标识后提供，{pseudonym} 个换成假名，{keep} 个"
    "原样提供（含方案之外、本来就不需要或者须去标识的数据项）",
    en="written to {plan}: {drop} items stay here, {coarser} leave coarser or cleaned, {pseudonym} as pseudonyms, "
    "{keep} as they are (with items beside the option that are not needed or must be de-identified anyway)",
)
_FIRST = Text(zh="先在事实上做到并写入填报文件：{what}", en="first make it so in reality and declare it: {what}")
_WILL = Text(zh="按此方案办理，结论将为：{path}", en="cleared by this plan it will be: {path}")
_PLAIN = {"flow.treated_from_personal"}
"""Facts that say only that something was treated."""
_SHOWN = 8
_REMARKS = 3
_MORE = Text(zh="另外删除 {n} 个数据项（全部见 --json）", en="drop {n} more items (--json lists them all)")
_LEFT = Text(
    zh="“{flow}”还剩 {left} / {all} 个数据项；出境目的是否还能实现，须由业务判断",
    en="{left} of {all} items of “{flow}” are left; whether they still serve the purpose is for the business to judge",
)


def show_ready(out: Console, ready: Ready, lang: str, *, transfer: Path, out_path: Path) -> None:
    """Print what a plan that was written does, what clearing by it will find, and what must be so first."""
    count = Counter(line.action for line in ready.plan.lines)
    apart = (Action.KEEP, Action.DROP, Action.PSEUDONYM)
    coarser = sum(number for action, number in count.items() if action not in apart)
    done = _DONE.fill(
        plan=out_path.name,
        drop=count[Action.DROP],
        coarser=coarser,
        pseudonym=count[Action.PSEUDONYM],
        keep=count[Action.KEEP],
    )
    say(out, done.of(lang))
    for first in ready.first:
        say(out, _FIRST.fill(what=first).of(lang), lead="  ! ", style="yellow")
    words = _WILL.fill(path=_outcomes(ready.decision.possible)).of(lang)
    later = _WAIT.fill(day=ready.decision.as_of).of(lang) if ready.decision.as_of != ready.asked_on else ""
    say(out, words + later, style="bold")
    say(out, f"kouan clear {transfer} --plan {out_path}", lead="  ", style="cyan")


def show_what_if(out: Console, found: WhatIf, lang: str) -> None:
    """Print the pathway as it is, then each option with its changes, grounds, cost and conditions."""
    say(out, _NOW.fill(path=_outcomes(found.possible)).of(lang), style="bold")
    if found.questions:
        asked = [question.label for question in found.questions]
        listed = Text(zh="；".join(one.zh for one in asked), en="; ".join(one.en for one in asked))
        say(out, _ASK.fill(facts=listed).of(lang), lead="  ? ")
    if not found.alternatives:
        say(out, _NONE.fill(tried=found.tried).of(lang))
    for number, one in enumerate(found.alternatives, 1):
        out.print()
        _show(out, number, one, found, lang)
    if found.beside:
        out.print()
        say(out, _BESIDE.of(lang), style="bold")
    for number, one in enumerate(found.beside, len(found.alternatives) + 1):
        out.print()
        _show(out, number, one, found, lang)
    if not found.complete:
        say(out, _CUT.of(lang), style="yellow")
    if found.alternatives or found.beside:
        out.print()
        say(out, _CHECKED.of(lang), style="dim")


def _show(out: Console, number: int, one: Alternative, found: WhatIf, lang: str) -> None:
    head = _HEAD.fill(n=number, path=_either(one.ways)).of(lang)
    later = _WAIT.fill(day=one.as_of).of(lang) if one.as_of != found.as_of else ""
    say(out, head + later, style="bold")
    _show_levers(out, one, lang)
    for label, outcome in _grounds(one):
        ground = _BECAUSE.fill(flow=label, path=pathway_words(outcome.options), reason=outcome.reason)
        say(out, ground.of(lang), lead="  ")
    labels = {flow.id: flow.label for flow in one.flows}
    for change in one.facts:
        if change.fact in _PLAIN:
            continue
        words = _FACT.fill(label=change.label, before=fact(change.before), after=fact(change.after)).of(lang)
        where = f"[{labels[change.flow].of(lang)}] " if change.flow else ""
        say(out, where + words, lead="    ", style="dim")
    say(out, _COST.fill(cost=cost_words(one.cost)).of(lang), lead="  ")
    for honest in dict.fromkeys(lever.honest for lever in one.levers):
        say(out, honest.of(lang), lead="  ! ", style="yellow")
    for point in one.open_points:
        others = [outcome for option in point.options if option.id != point.chosen for outcome in option.possible]
        say(out, _READ.fill(question=point.question, path=_outcomes(others)).of(lang), lead="  ! ", style="yellow")
    remain = _REMAIN.fill(duties=len(one.duties), conditions=len(one.conditions))
    say(out, remain.of(lang), lead="  ")
    if one.conditions:
        listed = Text(
            zh="；".join(condition.label.zh for condition in one.conditions),
            en="; ".join(condition.label.en for condition in one.conditions),
        )
        say(out, _LISTED.fill(list=listed).of(lang), lead="    ", style="dim")


def _grounds(one: Alternative) -> list[tuple[Text, Outcome]]:
    """Return each outcome of a flow with the labels of the flows that come to it."""
    grouped: dict[Outcome, list[Text]] = {}
    for flow in one.flows:
        for outcome in flow.possible:
            grouped.setdefault(outcome, []).append(flow.label)
    return [
        (Text(zh="、".join(label.zh for label in labels), en=", ".join(label.en for label in labels)), outcome)
        for outcome, labels in grouped.items()
    ]


def _show_levers(out: Console, one: Alternative, lang: str) -> None:
    """Print each change; of many dropped items the first ones and their number."""
    drops = [lever for lever in one.levers if lever.kind is LeverKind.DROP]
    for lever in one.levers:
        if lever.kind is not LeverKind.DROP or lever in drops[:_SHOWN]:
            say(out, lever.label.of(lang), lead="  • ")
    if len(drops) > _SHOWN:
        say(out, _MORE.fill(n=len(drops) - _SHOWN).of(lang), lead="  • ")
    for remark in tuple(dict.fromkeys(lever.remark for lever in one.levers if lever.remark is not None))[:_REMARKS]:
        say(out, remark.of(lang), lead="    ", style="dim")
    for flow in one.flows if drops else ():
        if flow.items < flow.items_before:
            say(out, _LEFT.fill(flow=flow.label, left=flow.items, all=flow.items_before).of(lang), lead="    ")


def _outcomes(possible: tuple[Outcome, ...] | list[Outcome]) -> Text:
    return _either(tuple(outcome.options for outcome in possible))


def _either(ways: tuple[tuple[Pathway, ...], ...]) -> Text:
    parts = list(dict.fromkeys(map(pathway_words, ways)))
    return Text(zh=" / ".join(part.zh for part in parts), en=" / ".join(part.en for part in parts))
