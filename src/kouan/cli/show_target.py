"""Whether the verdict that is aimed at was reached, as a person reads it on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.cli.terminal import say
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from kouan.dossier.target_view import TargetView

_REACHED = Text(zh="风险目标：已达到", en="target: reached")
_MISSED = Text(zh="风险目标：未达到", en="target: not reached")
_NONE = Text(zh="风险目标：未声明", en="target: none declared")
_HEADS = {None: (_NONE, "yellow"), True: (_REACHED, "green"), False: (_MISSED, "red")}


def show_target(console: Console, view: TargetView | None, lang: str) -> None:
    """Print whether the target was reached, each part of it, and what would help."""
    if view is None:
        return
    head, style = _HEADS[view.reached]
    say(console, head.of(lang), style=f"bold {style}")
    for part, met in view.parts:
        say(console, part.of(lang), lead="  ✓ " if met else "  ✕ ", style="green" if met else "red")
    for note in view.notes:
        say(console, note.of(lang), lead="  ! ", style="yellow")


def show_account(console: Console, account: Sequence[Text], lang: str, *, reached: bool) -> None:
    """Print how a plan was aimed."""
    for place, text in enumerate(account):
        style = "bold" if not place else "green" if reached else "red"
        say(console, text.of(lang), lead="" if not place else "  · ", style=style)
