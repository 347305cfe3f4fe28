"""Why a decision is what it is, on a terminal: rules, what is missing, what would change it, readings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance.changes import pathway_words
from kouan.cli.terminal import say
from kouan.dossier.articles import citation
from kouan.dossier.figures import fact as value_words
from kouan.dossier.terms import GROUND, TRUTH, TRUTH_MARK
from kouan.dossier.tracing import stated, trace_flow, turned
from kouan.dossier.words import WORDS
from kouan.law.changing import what_would_change
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from kouan.dossier.tracing import TracedRule
    from kouan.law.changing import WouldChange
    from kouan.model.decision import Decision, OpenPoint, Outcome, TraceNode
    from kouan.packs import PackSet

_WHY = Text(zh="判断过程：{flow}", en="Why: {flow}")
_FOLDED = Text(zh="另有 {count} 条规则相差较远，不成立（见 --json）", en="{count} more rules fail by far (see --json)")
_MISSING = Text(zh="还差：{words}", en="missing: {words}")
_DECIDED = Text(zh="取决于：{words}", en="decided by: {words}")
_YIELDS = Text(zh="优先适用：{label}（{place}），{ground}", en="what prevails: {label} ({place}), {ground}")
_KNOWN = Text(zh="{words}（已知 {value}）", en="{words} (known: {value})")
_IF = Text(zh="假如：{words} → {then}（{place}）", en="If: {words} → {then} ({place})")
_POINT = Text(zh="{question}（{place}）", en="{question} ({place})")


def show_why(out: Console, decision: Decision, packs: PackSet, lang: str) -> None:
    """Print the trace of every flow for people; rules of no interest are counted only."""
    changes = what_would_change(decision, packs)
    for flow in decision.flows:
        traced = trace_flow(flow)
        out.print()
        say(out, _WHY.fill(flow=flow.label).of(lang), style="bold")
        for rule in traced.shown:
            _show_rule(out, rule, lang)
        if traced.folded:
            say(out, _FOLDED.fill(count=len(traced.folded)).of(lang), lead="  … ", style="dim")
        _show_changes(out, changes[flow.id], lang)


def show_readings(out: Console, decision: Decision, lang: str) -> None:
    """Print the open points on which the outcome hangs and the readings that the exporter adopts."""
    if decision.open_points:
        say(out, WORDS["open_points"].of(lang), style="bold")
    for point in decision.open_points:
        say(out, _POINT.fill(question=point.question, place=citation(point.source)).of(lang), lead="  ◇ ")
        _show_options(out, point, lang)
    hanging = {point.id for point in decision.open_points}
    idle = [f"{point}: {option}" for point, option in sorted(decision.adopted.items()) if point not in hanging]
    if idle:
        colon = "：" if lang == "zh" else ": "
        say(out, WORDS["adopted_idle"].of(lang) + colon + ", ".join(idle), lead="  ", style="dim")


def _show_options(out: Console, point: OpenPoint, lang: str) -> None:
    for option in point.options:
        taken = ""
        if option.id == point.chosen:
            taken = f" [{WORDS['adopted' if point.adopted else 'default_reading'].of(lang)}]"
        line = f"{option.label.of(lang)} → {_outcomes(option.possible).of(lang)}{taken}"
        say(out, line, lead="      · ")
        say(
            out,
            f"{option.ground.of(lang)} ({option.confidence}; {point.id}: {option.id})",
            lead="        ",
            style="dim",
        )


def _show_rule(out: Console, rule: TracedRule, lang: str) -> None:
    status = TRUTH[rule.rule.truth]
    if rule.aside is not None or rule.outweighed:
        status = WORDS["set_aside" if rule.aside is not None else "outweighed"]
    head = f"{status.of(lang)} · {rule.rule.label.of(lang)} — {citation(rule.rule.source).of(lang)}"
    say(out, head, lead=f"  {TRUTH_MARK[rule.rule.truth]} ")
    if rule.aside is not None:
        filled = _YIELDS.fill(
            label=rule.aside.by_label, place=citation(rule.aside.by_source), ground=GROUND[rule.aside.ground]
        )
        say(out, filled.of(lang), lead="      ", style="dim")
    words = _MISSING if rule.missing else _DECIDED
    atoms = _joined((_atom(one, stated(one.text)) for one in rule.missing or rule.deciders), lang)
    say(out, words.fill(words=atoms).of(lang), lead="      ", style="dim")


def _show_changes(out: Console, changes: Sequence[WouldChange], lang: str) -> None:
    if changes:
        say(out, WORDS["would_change"].of(lang), lead="  ", style="bold")
    for one in changes:
        words = _joined((_atom(atom, turned(atom)) for atom in one.atoms), lang)
        filled = _IF.fill(words=words, then=_outcomes(one.possible), place=citation(one.rule.source))
        say(out, filled.of(lang), lead="    · ")


def _atom(atom: TraceNode, words: Text) -> Text:
    if atom.value is None or isinstance(atom.value, bool):
        return words
    return _KNOWN.fill(words=words, value=value_words(atom.value))


def _joined(texts: Iterable[Text], lang: str) -> str:
    return ("；" if lang == "zh" else "; ").join(text.of(lang) for text in texts)


def _outcomes(possible: Sequence[Outcome]) -> Text:
    words = [pathway_words(outcome.options) for outcome in possible]
    return Text(zh=" / ".join(one.zh for one in words), en=" / ".join(one.en for one in words))
