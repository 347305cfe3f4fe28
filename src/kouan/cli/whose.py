"""Whose data leave, where no declaration says so: one flow for each kind of person, at the opening or added later."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.cli.terminal import say
from kouan.dossier.terms import SUBJECT, subject
from kouan.model.facts import Fact, FactSource, FlowFacts
from kouan.model.interview import ONE_FLOW
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rich.console import Console

    from kouan.model.facts import FactValue

_ASK = Text(
    zh="出境的数据里有哪些人的个人信息？每一类分别判断，用逗号分开，也可以写别的称呼。",
    en="Whose personal information is in the data that leave? Each kind is decided by itself; commas between, other"
    " words are fine.",
)
_OTHER = Text(zh="0 没有个人信息   u 还不清楚   q 退出", en="0 no personal information   u not known yet   q quit")
_MORE = Text(
    zh="还有哪些人的个人信息？用逗号分开；没有就直接回车。",
    en="Whose personal information besides? Commas between; Enter for nobody else.",
)
_THERE = Text(zh="已有：{names}", en="there already: {names}")
_QUIT = frozenset({"q", "quit", "exit", "退出"})
_EVIDENCE = "interview"


def ask_whose(out: Console, lang: str, read: Callable[[], str | None]) -> tuple[FlowFacts, ...] | None:
    """Return the flows that a person names, or None where they quit."""
    _offer(out, lang, _ASK)
    say(out, _OTHER.of(lang), lead="  ", style="dim")
    while True:
        said = _said(out, read)
        if said is None:
            return None
        if said in (["u"], ["unknown"], ["不知道"], ["未知"]):
            return (ONE_FLOW,)
        if said == ["0"]:
            return (_without(),)
        if found := _flows(said):
            return found


def ask_more(
    out: Console, lang: str, read: Callable[[], str | None], *, there: Sequence[FlowFacts]
) -> tuple[FlowFacts, ...]:
    """Return further flows that a person names; none where there is nobody else."""
    _offer(out, lang, _MORE)
    labels = [flow.label for flow in there]
    names = Text(zh="、".join(one.zh for one in labels), en=", ".join(one.en for one in labels))
    say(out, _THERE.fill(names=names).of(lang), lead="  ", style="dim")
    known = {flow.id for flow in there}
    while said := _said(out, read):
        if found := _flows(said):
            return tuple(flow for flow in found if flow.id not in known)
    return ()


def _offer(out: Console, lang: str, ask: Text) -> None:
    say(out, ask.of(lang), style="bold")
    say(out, "  ".join(f"{number} {SUBJECT[role].of(lang)}" for number, role in enumerate(SUBJECT, 1)), lead="  ")


def _said(out: Console, read: Callable[[], str | None]) -> list[str] | None:
    """Return the words of the next line, or None where the person quits."""
    out.print("> ", end="")
    line = read()
    if line is None or line.strip().lower() in _QUIT:
        return None
    return [word for word in re.split("[,，、;；\\s]+", line.strip().lower()) if word]


def _flows(said: Sequence[str]) -> tuple[FlowFacts, ...]:
    """Return a flow for each kind of person that is named; none where a number names nobody."""
    roles = list(SUBJECT)
    named = list(dict.fromkeys(_role(word, roles) for word in said))
    return tuple(_flow(role) for role in named if role) if all(named) else ()


def _role(word: str, roles: list[str]) -> str | None:
    """Return the role that a number, a known word or another word names; None of a number that names none."""
    if word.isdecimal():
        return roles[int(word) - 1] if 1 <= int(word) <= len(roles) else None
    return next((role for role in roles if word in {role, SUBJECT[role].zh, SUBJECT[role].en}), word)


def _flow(role: str) -> FlowFacts:
    values: dict[str, FactValue] = {"flow.subject": role, "flow.personal": True, "flow.employee": role == "employee"}
    return FlowFacts(id=role, label=subject(role), subjects=(role,), facts=_facts(values))


def _without() -> FlowFacts:
    return ONE_FLOW.model_copy(update={"facts": _facts({"flow.personal": False})})


def _facts(values: Mapping[str, FactValue]) -> tuple[Fact, ...]:
    return tuple(
        Fact(name=name, value=value, source=FactSource.DECLARED, evidence=_EVIDENCE) for name, value in values.items()
    )
