"""What to do after a decision: the commands that go on from it, on a terminal."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from kouan.cli.terminal import plain, say
from kouan.model.decision import Pathway
from kouan.model.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from kouan.model.decision import Decision

_HEAD = Text(zh="下一步：", en="next:")
_ASK = Text(zh="逐题回答待答问题", en="answer the open questions one by one")
_LIGHTER = Text(zh="看看怎样的最小改变能使路径变轻", en="see which smallest changes make it lighter")
_WHY = Text(zh="逐条查看判断过程", en="see rule by rule why")
_CLEAR = Text(zh="处理数据，按处理后的数据再判断一次", en="treat the data, and decide again on what is left")
_LIGHT = frozenset({Pathway.NOT_REGULATED, Pathway.EXEMPT})


def show_next(console: Console, decision: Decision, transfer: str, lang: str) -> None:
    """Print the commands that make sense next, each with what it is for."""
    path = shlex.quote(transfer)
    steps = [(f"decide {path} --ask", _ASK)] if decision.questions else []
    if any(option not in _LIGHT for outcome in decision.possible for option in outcome.options):
        steps.append((f"what-if {path}", _LIGHTER))
    steps.append((f"decide {path} --why", _WHY))
    if Pathway.PROHIBITED not in decision.options:  # no treatment lifts a ban
        steps.append((f"clear {path}", _CLEAR))
    say(console, _HEAD.of(lang), style="bold")
    for command, words in steps:
        say(console, words.of(lang), lead="  → ")
        console.print(plain(f"    kouan {command}"), soft_wrap=True)  # whole, so that it can be copied
