"""What each standard says of a release, as a person reads it on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.cli.terminal import say
from kouan.dossier.terms import FORCE, OUTCOME, OUTCOME_MARK
from kouan.model.risk import Outcome
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from kouan.model.risk import Verdict

_HEAD = Text(zh="各标准并列结论：", en="verdicts side by side:")
_LINE = Text(
    zh="{mark} {outcome}　{standard} {clause}（{status}，把握 {confidence}）：{value}；要求{threshold}",
    en="{mark} {outcome}  {standard}, {clause} ({status}, confidence {confidence}): {value}; asked for: {threshold}",
)
_PART = Text(zh="{label}：{value}", en="{label}: {value}")
_BOUND = Text(zh="（{bound}：{outcome}）", en=" ({bound}: {outcome})")
_STYLE = {Outcome.PASS: "green", Outcome.FAIL: "red", Outcome.UNKNOWN: "yellow", Outcome.NOT_APPLICABLE: "dim"}


def show_verdicts(console: Console, verdicts: Sequence[Verdict], lang: str, *, whole: bool) -> None:
    """Print the verdicts, each with its threshold, source and reason; with `whole` all their numbers and notes."""
    if verdicts:
        say(console, _HEAD.of(lang), lead="    ", style="bold")
    for one in verdicts:
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
        say(console, line.of(lang), lead="    ", style=_STYLE[one.outcome])
        say(console, one.why.of(lang), lead="      ", style="dim")
        if whole:
            _show_parts(console, one, lang)


def _show_parts(console: Console, verdict: Verdict, lang: str) -> None:
    for part in verdict.parts:
        line = _PART.fill(label=part.label, value=part.value).of(lang)
        if part.threshold is not None and part.outcome is not None:
            line += _BOUND.fill(bound=part.threshold, outcome=OUTCOME[part.outcome]).of(lang)
        say(console, line, lead="        · ", style="dim")
    for note in verdict.notes:
        say(console, note.of(lang), lead="        ! ", style="dim")
