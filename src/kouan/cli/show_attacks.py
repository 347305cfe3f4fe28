"""The report of attacks as a reviewer reads it on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from kouan.cli.terminal import plain, say
from kouan.dossier.terms import ATTACK
from kouan.model.text import Text, same

if TYPE_CHECKING:
    from decimal import Decimal

    from rich.console import Console

    from kouan.model.attacks import AttackReport, AttackResult, Effort, Successes

_HEADS = Text(
    zh="攻击|对象|成功|随机猜测|对照|风险（95% 区间）", en="attack|of|worked|blind|control|risk (95 % interval)"
)
_TABLES = Text(
    zh="攻击 {treated}（{released} 行）；原始数据 {original}（{rows} 行）；{control}；种子 {seed}",
    en="attack on {treated} ({released} rows); original {original} ({rows} rows); {control}; seed {seed}",
)
_CONTROL = Text(zh="对照数据 {control}（{count} 行）", en="control {control} ({count} rows)")
_NO_CONTROL = Text(zh="没有对照数据", en="no control set")
_COLUMNS = Text(zh="{count} 列", en="{count} columns")
_READS = Text(
    zh="风险 = (成功率 − 对照成功率) ÷ (1 − 对照成功率)：0 表示未放行的人同样猜得到，1 表示次次得手。",
    en="risk = (worked - control) / (1 - control): 0 means that persons outside the release fare no better, 1 that"
    " every try works.",
)
_BROKEN = Text(
    zh="“{name}”可以破解：做法是 {recipe}，没有密钥。{tried} 个号码用时 {seconds} 秒，直接猜中 {opened} 个；"
    "试完全部 {space} 个号码约需 {whole}（单个处理器）。",
    en="“{name}” is broken: it was made as {recipe}, without a key. {tried} numbers took {seconds} s and opened"
    " {opened}; all {space} numbers take about {whole} on one processor.",
)
_BROKEN_KNOWN = Text(
    zh="“{name}”可以破解：做法是 {recipe}，没有密钥；知道原值的人一算便知。",
    en="“{name}” is broken: it was made as {recipe}, without a key; whoever knows a value can compute its pseudonym.",
)
_STANDS = Text(zh="“{name}”未被打开。", en="“{name}” was not opened.")
_UNITS = ((86_400, Text(zh="天", en="days")), (3_600, Text(zh="小时", en="hours")), (60, Text(zh="分钟", en="minutes")))
_FEW = 5
_SECONDS = Text(zh="秒", en="seconds")


def show_attacks(console: Console, report: AttackReport, lang: str) -> None:
    """Print what each attack achieved, what broke, what it assumes and what it leaves open."""
    control = _NO_CONTROL
    if report.control:
        control = _CONTROL.fill(control=report.control, count=f"{report.rows[2]:,}")
    head = _TABLES.fill(
        treated=report.treated,
        original=report.original,
        rows=f"{report.rows[0]:,}",
        released=f"{report.rows[1]:,}",
        seed=report.seed,
        control=control,
    )
    say(console, head.of(lang), style="bold")
    table = Table(box=None, pad_edge=False, show_edge=False)
    for place, name in enumerate(_HEADS.of(lang).split("|")):
        table.add_column(name, overflow="fold", justify="left" if place < 2 else "right")  # noqa: PLR2004 - words, then figures
    for result in report.results:
        table.add_row(*_row(result, lang))
    console.print(table)
    say(console, _READS.of(lang), lead="  ")
    for result in report.results:
        if result.effort is not None:
            broken = result.effort.recipe is not None
            words = _effort(result.secret or "", result.effort, lang)
            say(console, words, lead="!! " if broken else "  · ", style="bold red" if broken else None)
    _lines(console, [note for result in report.results for note in result.notes], lang, lead="  ! ", style="yellow")
    _lines(console, list(report.left_out), lang, lead="  ! ", style="yellow")
    _lines(console, [one for result in report.results for one in result.assumes], lang, lead="  · ")
    _lines(console, list(report.notes), lang, lead="  · ")


def _row(result: AttackResult, lang: str) -> tuple[str, ...]:
    risk = result.risk
    return (
        ATTACK[result.attack].of(lang),
        plain(result.secret or " / ".join(_columns(half, lang) for half in result.aux)),
        _share(result.main),
        _share(result.baseline),
        _share(result.control),
        f"{_percent(risk.value)} ({_percent(risk.lo)}–{_percent(risk.hi)})",
    )


def _columns(names: tuple[str, ...], lang: str) -> str:
    return ", ".join(names) if len(names) <= _FEW else _COLUMNS.fill(count=len(names)).of(lang)


def _share(one: Successes | None) -> str:
    return "–" if one is None else f"{one.successes:.0f}/{one.attacks}"


def _percent(value: Decimal) -> str:
    return f"{value * 100:.1f}%"


def _effort(name: str, effort: Effort, lang: str) -> str:
    if effort.recipe is None:
        return _STANDS.fill(name=name).of(lang)
    if effort.whole_seconds is None:
        return _BROKEN_KNOWN.fill(name=name, recipe=effort.recipe).of(lang)
    return _BROKEN.fill(
        name=name,
        recipe=effort.recipe,
        tried=f"{effort.tried:,}",
        seconds=f"{effort.seconds:.1f}",
        opened=f"{effort.opened:,}",
        space=f"{effort.space:,}",
        whole=_span(effort.whole_seconds),
    ).of(lang)


def _span(seconds: Decimal) -> Text:
    for size, unit in _UNITS:
        if seconds >= size:
            number = same(f"{seconds / size:.1f}")
            return Text(zh=f"{number.zh} {unit.zh}", en=f"{number.en} {unit.en}")
    return Text(zh=f"{seconds:.1f} {_SECONDS.zh}", en=f"{seconds:.1f} {_SECONDS.en}")


def _lines(console: Console, texts: list[Text], lang: str, *, lead: str, style: str | None = None) -> None:
    for words in dict.fromkeys(text.of(lang) for text in texts):
        say(console, words, lead=lead, style=style)
