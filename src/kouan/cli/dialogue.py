"""The interview as a conversation: plain prompts, one line per answer, the same in a pipe and on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance.changes import pathway_words
from kouan.cli.answers import read_answer
from kouan.cli.terminal import plain, say
from kouan.dossier.articles import citation
from kouan.law.interview import answer, back, step, with_flows
from kouan.model.errors import KouanError
from kouan.model.text import Text
from kouan.model.vocabulary import FactType

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import Console

    from kouan.model.facts import FlowFacts
    from kouan.model.interview import InterviewQuestion, InterviewState, InterviewStep
    from kouan.packs import PackSet

_HEAD = Text(zh="第 {number} 问（{rest}）", en="Question {number} ({rest})")
_SO_FAR = Text(zh="目前：{words}", en="So far: {words}")
_KEYS = Text(zh="u 不知道   ? 说明   w 依据   b 上一题   q 退出", en="u not known   ? help   w why   b back   q quit")
_MORE = Text(zh="   f 还有别的人", en="   f more persons")
_MORE_WORDS = frozenset({"f", "flow", "还有"})
_BACK_WORDS = frozenset({"b", "back", "上一题"})
_HOW = {
    FactType.BOOL: Text(zh="请回答 y（是）或 n（否）。", en="Answer y or n."),
    FactType.COUNT: Text(
        zh="请填人数或者范围，如 1200、1.2万、1000-2000、1万以上、不满1万；#2 选第二项。两端请各写单位，如 1万-2万。",
        en="Give a number or a range, such as 1200, 1.2万, 1000-2000, at least 10000; #2 picks the second.",
    ),
    FactType.TEXT: Text(zh="请填一个词；#2 选第二项。", en="Give one word; #2 picks the second."),
    FactType.TEXTS: Text(zh="请填一个或者多个词，用逗号分开。", en="Give one word or several, with commas between."),
}
_AGAIN = Text(zh="没有看懂。{how}", en="That was not understood. {how}")
_FIRST = Text(zh="已是第一题。", en="This is the first question.")
_ASKED_BY = Text(zh="下列规定问到这一点：", en="These provisions ask for it:")
_DECIDES = Text(zh="答案关系到：{words}", en="The answer bears on: {words}")
_WITH_OTHERS = Text(
    zh="答案须与其他回答一起，才影响结果。", en="The answer changes the outcome only together with others."
)


class Dialogue:
    """One conversation."""

    def __init__(
        self,
        packs: PackSet,
        lang: str,
        out: Console,
        *,
        read: Callable[[], str | None],
        keep: Callable[[InterviewState], None],
        more: Callable[[Sequence[FlowFacts]], tuple[FlowFacts, ...]] | None = None,
    ) -> None:
        """Make a conversation.

        Args:
            packs: the law.
            lang: zh or en.
            out: where questions are printed.
            read: returns the next line, None when there is none.
            keep: hears of the state after every answer.
            more: asks for flows beside those that there are; None where the data say whose they are.
        """
        self._packs = packs
        self._lang = lang
        self._out = out
        self._read = read
        self._keep = keep
        self._more = more
        self._fewer: list[InterviewState] = []

    def run(self, state: InterviewState) -> tuple[InterviewState, bool]:
        """Ask until nothing matters any more or the person quits; returns the state and whether all was asked."""
        found = step(state, self._packs)
        while True:
            if not found.questions:
                following = self._widened(found)
                if following is None:
                    return found.state, True
            else:
                self._show(found)
                following = self._answered(found)
                if following is None:
                    return found.state, False
            found = following
            self._keep(found.state)

    def _widened(self, found: InterviewStep) -> InterviewStep | None:
        """Return the step with further flows; None where there are none."""
        flows = () if self._more is None else self._more(found.state.flows)
        if not flows:
            return None
        self._fewer.append(found.state)
        return step(with_flows(found.state, flows), self._packs)

    def _earlier(self, state: InterviewState) -> InterviewState:
        """Return the state before flows were added, where nothing was answered since, or before the last answer."""
        if self._fewer and self._fewer[-1].answers == state.answers:
            return self._fewer.pop()
        return back(state)

    def _show(self, found: InterviewStep) -> None:
        one = found.questions[0]
        self._out.print()
        head = _HEAD.fill(number=len(found.state.answers) + 1, rest=rest_words(found))
        self._say(head, style="dim")
        self._say(_SO_FAR.fill(words=_outcomes(found)), style="dim")
        self._say(one.label if one.flow_label is None else _of_flow(one), style="bold")
        sign = "" if one.type is FactType.BOOL else "#"
        picks = [f"{sign}{number} {pick.label.of(self._lang)}" for number, pick in enumerate(one.choices[:-1], 1)]
        if picks:
            say(self._out, "   ".join(picks), lead="  ")
        keys = _KEYS if self._more is None else Text(zh=_KEYS.zh + _MORE.zh, en=_KEYS.en + _MORE.en)
        self._say(keys, lead="  ", style="dim")

    def _answered(self, found: InterviewStep) -> InterviewStep | None:
        """Return the step after an answer, after going back or with further flows; None where the person quits."""
        one = found.questions[0]
        while True:
            self._out.print("> ", end="")
            line = self._read()
            if line is None or line.strip().lower() in {"q", "quit", "exit", "退出"}:
                return None
            word = line.strip().lower()
            if word in _BACK_WORDS and (found.state.answers or self._fewer):
                return step(self._earlier(found.state), self._packs)
            if word in _MORE_WORDS and self._more is not None:
                return self._widened(found) or found
            if not self._helped(word, one):
                following = self._taken(found, word, line)
                if following is not None:
                    return following

    def _helped(self, word: str, one: InterviewQuestion) -> bool:
        """Say what was asked for; False where the line is an answer."""
        if word == "":
            self._say(_HOW[one.type], lead="  ")
        elif word in _BACK_WORDS:
            self._say(_FIRST, lead="  ")
        elif word in {"?", "？", "help", "说明"}:
            self._say(one.help, lead="  ")
            self._say(_HOW[one.type], lead="  ")
        elif word in {"w", "why", "依据"}:
            self._why(one)
        else:
            return False
        return True

    def _why(self, one: InterviewQuestion) -> None:
        paths = [pathway_words((path,)) for path in one.decides]
        words = Text(zh="、".join(path.zh for path in paths), en=", ".join(path.en for path in paths))
        self._say(_DECIDES.fill(words=words) if paths else _WITH_OTHERS, lead="  ")
        if one.asked_by:
            self._say(_ASKED_BY, lead="  ")
        for asked in one.asked_by:
            line = f"{asked.label.of(self._lang)} — {citation(asked.source).of(self._lang)} [{asked.rule}]"
            say(self._out, line, lead="    · ")

    def _taken(self, found: InterviewStep, word: str, line: str) -> InterviewStep | None:
        one = found.questions[0]
        try:
            value = None if word in {"u", "unknown", "不知道", "未知"} else read_answer(one, line)
            return step(answer(found.state, one.fact, value, flow=one.flow), self._packs)
        except ValueError:
            self._say(_AGAIN.fill(how=_HOW[one.type]), lead="  ! ", style="yellow")
        except KouanError as error:
            for text in error.lines(self._lang):
                self._out.print(plain(text), style="yellow", soft_wrap=True)
        return None

    def _say(self, text: Text, *, lead: str = "", style: str | None = None) -> None:
        say(self._out, text.of(self._lang), lead=lead, style=style)


def rest_words(found: InterviewStep) -> Text:
    """Say how many questions can follow."""
    if found.least == found.most:
        return Text(zh=f"还有 {found.most} 问", en=f"{found.most} left")
    return Text(zh=f"还有 {found.least} 至 {found.most} 问", en=f"{found.least} to {found.most} left")


def _of_flow(one: InterviewQuestion) -> Text:
    assert one.flow_label is not None
    return Text(zh=f"【{one.flow_label.zh}】{one.label.zh}", en=f"[{one.flow_label.en}] {one.label.en}")


def _outcomes(found: InterviewStep) -> Text:
    words = [pathway_words(outcome.options) for outcome in found.decision.possible]
    return Text(zh=" / ".join(one.zh for one in words), en=" / ".join(one.en for one in words))
