"""Verdict and next step: what the two decisions mean for the reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.model.decision import Decision, DecisionPair, Outcome, Pathway
from kouan.model.text import Text

if TYPE_CHECKING:
    from kouan.model.release import Dossier

UNREAD_MEANS = Text(
    zh="没有读取的数据可能涉及任何人，因此合规路径不能确定，也不能放行。请修复后重新运行；不打算出境的文件，请移出文件夹或从申报中删去。",
    en="What was not read may concern anybody, so the pathway stays undetermined and nothing can be released. Mend the "
    "files and run again; take files that need not leave out of the folder or the declaration.",
)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two decisions as a panel.

    Attributes:
        tone: `free`, `filed`, `assessed`, `prohibited` or `open`; names a colour.
    """

    determined: bool
    possible: tuple[Outcome, ...]
    tone: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Before, after and how it moved: key of the words for it, or None without a second decision."""

    before: Side
    after: Side | None
    move: str | None
    changes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do next, with the part of the page that explains it."""

    text: Text
    anchor: str | None = None
    command: str | None = None


def governing(pair: DecisionPair | None) -> Decision | None:
    """Return the decision that governs release: on the treated data where there are any."""
    return None if pair is None else pair.treated or pair.original


def tone(possible: tuple[Outcome, ...]) -> str:
    """Return the colour name of a result."""
    if len(possible) != 1:
        return "open"
    return ("free", "free", "filed", "assessed", "prohibited")[possible[0].weight]


def verdict(pair: DecisionPair | None) -> Verdict | None:
    """Return the verdict's panels, or None when nothing was decided."""
    if pair is None:
        return None
    before = _side(pair.original)
    after = _side(pair.treated) if pair.treated else None
    return Verdict(before=before, after=after, move=_move(pair), changes=tuple(one.text for one in pair.changes))


def next_steps(pair: DecisionPair | None, dossier: Dossier | None) -> tuple[Step, ...]:
    """Return what to do now, in order."""
    decision = governing(pair)
    if decision is None:
        return (Step(Text(zh="排除报错后重新运行 kouan clear。", en="Remove the error and run kouan clear again.")),)
    if not decision.determined:
        number = len(decision.questions)
        return (
            Step(
                Text(
                    zh=f"回答 {number} 个待定问题，写进填报文件后重新运行。",
                    en=f"Answer the {number} open question(s) in the declaration and run again.",
                ),
                "questions",
            ),
        )
    if Pathway.PROHIBITED in decision.options:
        stop = Text(
            zh="停止这次出境；取得法律要求的批准，或者改变数据、接收方后重新判断。",
            en="Stop this transfer; obtain the approval the law asks for, or change data or recipient; decide again.",
        )
        return (Step(stop),)
    return (*_choose(decision), *_papers(dossier), *_release(decision))


def _choose(decision: Decision) -> tuple[Step, ...]:
    if len(decision.options) < 2:  # noqa: PLR2004
        return ()
    return (Step(Text(zh="在可选的路径中选定一条。", en="Choose one of the pathways.")),)


def _papers(dossier: Dossier | None) -> tuple[Step, ...]:
    missing = [paper for paper in dossier.papers if paper.ready is None] if dossier else []
    if not missing:
        return ()
    text = Text(
        zh=f"备齐材料：{len(missing)} 份由单位提供。", en=f"Gather the papers: {len(missing)} are yours to supply."
    )
    return (Step(text, "papers"),)


def _release(decision: Decision) -> tuple[Step, ...]:
    number = len(decision.conditions)
    if not number:
        return (Step(Text(zh="放行：", en="Release:"), None, "kouan release"),)
    text = Text(
        zh=f"逐项确认 {number} 个放行条件，然后放行：",
        en=f"Attest the {number} condition(s) of release, then release:",
    )
    return (Step(text, "conditions", "kouan release"),)


def _side(decision: Decision) -> Side:
    return Side(determined=decision.determined, possible=decision.possible, tone=tone(decision.possible))


def _move(pair: DecisionPair) -> str | None:
    if pair.treated is None:
        return None
    if not (pair.original.determined and pair.treated.determined):
        return "unclear"
    first, second = pair.original.possible[0].weight, pair.treated.possible[0].weight
    return "same" if first == second else "lighter" if second < first else "heavier"
