"""What a decision brings, on a terminal: duties, papers and triggers, counted by default and each with its article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance.changes import pathway_words
from kouan.cli.terminal import say
from kouan.dossier.articles import citation
from kouan.dossier.duties import by_pathway as duties_by_pathway
from kouan.dossier.grouping import by_kind, by_pathway
from kouan.dossier.terms import DUTY_KIND
from kouan.dossier.words import WORDS
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from kouan.model.decision import Decision, Duty, Pathway

_HEAD = Text(
    zh="义务、材料和须重新办理的情形（加 --all 逐项列出，附条款）：",
    en="duties, papers, what makes it start again (--all lists each with its article):",
)
_DUTIES = Text(zh="义务，{when}：{n} 项（{kinds}）", en="duties, {when}: {n} ({kinds})")
_PAPERS = Text(zh="材料：{paths}", en="papers: {paths}")
_TRIGGERS = Text(zh="须重新办理的情形：{n} 种", en="what makes it start again: {n} cases")
_DUTIES_HEAD = Text(zh="义务：", en="duties:")
_PAPERS_HEAD = Text(zh="材料：", en="papers:")
_TRIGGERS_HEAD = Text(zh="须重新办理的情形：", en="what makes it start again:")


def show_brought(console: Console, decision: Decision, lang: str, *, whole: bool) -> None:
    """Print duties, papers and triggers: how many of which kind, or with `whole` every one with its article."""
    if not whole:
        _show_counts(console, decision, lang)
        return
    if decision.duties:
        say(console, _DUTIES_HEAD.of(lang), style="bold")
    for heading, group in duties_by_pathway(decision):
        say(console, heading.of(lang), lead="  ")
        _show_kinds(console, group, lang)
    if decision.papers:
        say(console, _PAPERS_HEAD.of(lang), style="bold")
    for path, papers in by_pathway(decision, decision.papers):
        say(console, _pathway(path, lang), lead="  ")
        for paper in papers:
            form = f" · {paper.form.of(lang)}" if paper.form else ""
            say(console, f"{paper.label.of(lang)}{form} — {citation(paper.source).of(lang)}", lead="  – ")
    if decision.triggers:
        say(console, _TRIGGERS_HEAD.of(lang), style="bold")
    for path, triggers in by_pathway(decision, decision.triggers):
        say(console, _pathway(path, lang), lead="  ")
        for one in triggers:
            say(console, f"{one.label.of(lang)} → {one.then.of(lang)} — {citation(one.source).of(lang)}", lead="  – ")


def _show_counts(console: Console, decision: Decision, lang: str) -> None:
    if not (decision.duties or decision.papers or decision.triggers):
        return
    say(console, _HEAD.of(lang), style="bold")
    for heading, group in duties_by_pathway(decision):
        line = _DUTIES.fill(when=_lower(heading), n=len(group), kinds=_kinds(group))
        say(console, line.of(lang), lead="  · ")
    papers = by_pathway(decision, decision.papers)
    if papers:
        paths = [f"{_pathway(path, lang).lower()} {len(group)}" for path, group in papers]
        say(console, _PAPERS.fill(paths=("，" if lang == "zh" else ", ").join(paths)).of(lang), lead="  · ")
    if decision.triggers:
        say(console, _TRIGGERS.fill(n=len(decision.triggers)).of(lang), lead="  · ")


def _kinds(duties: Sequence[Duty]) -> Text:
    pairs = [(DUTY_KIND[kind], len(group)) for kind, group in by_kind(duties)]
    return Text(
        zh="，".join(f"{kind.zh} {n}" for kind, n in pairs), en=", ".join(f"{kind.en.lower()} {n}" for kind, n in pairs)
    )


def _lower(heading: Text) -> Text:
    return Text(zh=heading.zh, en=heading.en[:1].lower() + heading.en[1:])


def _show_kinds(console: Console, group: Sequence[Duty], lang: str) -> None:
    kinds = by_kind(group)
    for kind, duties in kinds:
        if len(kinds) > 1:
            say(console, DUTY_KIND[kind].of(lang), lead="    ")
        for duty in duties:
            when = f" · {duty.deadline.of(lang)}" if duty.deadline else ""
            say(console, f"{duty.label.of(lang)}{when} — {citation(duty.source).of(lang)}", lead="  – ")


def _pathway(path: Pathway | None, lang: str) -> str:
    return WORDS["any_pathway"].of(lang) if path is None else pathway_words((path,)).of(lang)
