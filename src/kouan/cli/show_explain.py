"""Why an item is what it is, and how often persons agree with recognition, as a person reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from kouan.cli.terminal import plain, say
from kouan.dossier.terms import TIER
from kouan.model.text import Text

if TYPE_CHECKING:
    from decimal import Decimal

    from rich.console import Console

    from kouan.model.inventory import Count, Grounds, Item, Texts
    from kouan.model.labels import PrecisionReport

_VERDICT = Text(zh="认定为{label}（{meaning}），{tier}", en="taken for {label} ({meaning}), {tier}")
_MACHINE = Text(zh="自动识别的结果是 {machine}，{tier}", en="recognition found {machine}, {tier}")
_TOKENS = Text(zh="列名切分为：{tokens}", en="the name reads as: {tokens}")
_CONTEXT = Text(
    zh="列名、表名中与标识符有关的用语：{words}", en="words of the names that speak of identifiers: {words}"
)
_NO_CONTEXT = Text(
    zh="列名、表名中没有与标识符有关的用语，故不查找须凭用语认定的号码",
    en="no word of the names speaks of an identifier, so numbers that need such a word were not looked for",
)
_SEEN = Text(
    zh="看了什么：全部 {cells} 格（{nulls} 格为空）逐格查找标识符，数值列只看不少于八位的整数；"
    "其中 {looked} 个非空单元格另看了姓名、日期、数值等特征；取值 {distinct} 种",
    en="looked at: all {cells} cells ({nulls} empty) for identifiers, of numbers the whole ones of eight digits and"
    " more; {looked} filled ones for names, dates, numbers and the like; {distinct} distinct values",
)
_NONE_SEEN = Text(zh="没有任何单元格含有标识符", en="no cell holds an identifier")
_RUNNER_UP = Text(zh="其次可能是{label}（{meaning}）：{why}", en="next would be {label} ({meaning}): {why}")
_NO_RUNNER_UP = Text(zh="没有接近的其他可能", en="nothing else comes near")
_SAMPLES = Text(zh="样例（已遮蔽）：{samples}", en="samples (masked): {samples}")
_COUNTS = Text(
    zh="标识符|整格，校验正确|整格，仅格式|文中，校验正确|文中，仅格式|校验通过率（95% 区间）|随机",
    en="identifier|whole, check right|whole, format only|in text, check right|in text, format only|"
    "passing (95 % interval)|chance",
)
_TEXTS = Text(
    zh="读了文本：抽取 {rows} 行，其中 {read} 条是文本{model}",
    en="texts read: {rows} rows chosen, {read} of them texts{model}",
)
_BY_MODEL = Text(zh="，{tagged} 条另由模型 {model} 读过", en=", {tagged} of them by the model {model} too")
_TOLD = Text(zh="文本中提到|确认|疑似|依据的规则（条数）", en="texts speak of|confirmed|suspected|by the rules (texts)")
_FORMAT = Text(zh="无校验位", en="no check digit")


def show_explained(console: Console, item: Item, lang: str) -> None:
    """Print why an item is what it is, what was looked at, and why it is not the next likely thing."""
    console.print(f"[bold]{plain(item.id)}[/bold]")
    verdict = _VERDICT.fill(label=item.label, meaning=item.meaning, tier=TIER[item.tier])
    say(console, verdict.of(lang), lead="  ", style="bold")
    say(console, item.reason.of(lang), lead="  · ")
    if item.word is not None:
        machine = _MACHINE.fill(machine=item.word.machine, tier=TIER[item.word.machine_tier])
        say(console, machine.of(lang), lead="  · ")
    for note in item.notes:
        say(console, note.of(lang), lead="  ! ", style="yellow")
    if item.evidence is not None:
        _show_grounds(console, item, item.evidence, lang)
    other = item.runner_up
    rest = _NO_RUNNER_UP
    if other is not None:
        rest = _RUNNER_UP.fill(label=other.label, meaning=other.meaning, why=other.why)
    say(console, rest.of(lang), lead="  · ")
    if item.samples:
        say(console, _SAMPLES.fill(samples=" ".join(item.samples)).of(lang), lead="  · ")


def _show_grounds(console: Console, item: Item, grounds: Grounds, lang: str) -> None:
    say(console, _TOKENS.fill(tokens=" · ".join(grounds.tokens) or "–").of(lang), lead="  · ")
    context = _CONTEXT.fill(words="、".join(grounds.context)) if grounds.context else _NO_CONTEXT
    say(console, context.of(lang), lead="  · ")
    seen = _SEEN.fill(
        cells=f"{item.cells:,}",
        nulls=f"{item.nulls:,}",
        looked=f"{grounds.looked:,}",
        distinct="20,000+" if item.distinct is None else f"{item.distinct:,}",
    )
    say(console, seen.of(lang), lead="  · ")
    if grounds.counts:
        _show_counts(console, grounds, lang)
    else:
        say(console, _NONE_SEEN.of(lang), lead="  · ")
    if grounds.texts is not None:
        _show_texts(console, grounds.texts, lang)


def _show_texts(console: Console, texts: Texts, lang: str) -> None:
    by_model = _BY_MODEL.fill(tagged=f"{texts.tagged:,}", model=texts.model) if texts.model else Text(zh="", en="")
    seen = _TEXTS.fill(rows=f"{texts.rows:,}", read=f"{texts.read:,}", model=by_model)
    say(console, seen.of(lang), lead="  · ")
    if not texts.told:
        return
    table = Table(box=None, pad_edge=False, show_edge=False)
    for place, head in enumerate(_TOLD.of(lang).split("|")):
        table.add_column(head, overflow="fold", justify="right" if place in (1, 2) else "left")
    for one in texts.told:
        rules = " · ".join(f"{rule.label.of(lang)} {rule.texts:,}" for rule in one.rules)
        table.add_row(plain(one.label.of(lang)), f"{one.confirmed:,}", f"{one.suspected:,}", plain(rules))
    console.print(table)


def _show_counts(console: Console, grounds: Grounds, lang: str) -> None:
    table = Table(box=None, pad_edge=False, show_edge=False)
    for place, head in enumerate(_COUNTS.of(lang).split("|")):
        table.add_column(head, overflow="fold", justify="left" if place == 0 else "right")
    for one in grounds.counts:
        table.add_row(*_count_row(one, lang))
    console.print(table)


def _count_row(one: Count, lang: str) -> tuple[str, ...]:
    cells = (one.right, one.format, one.inside_right, one.inside_format)
    whole = one.right + one.format
    passing = f"{_percent(one.passing_lo)}–{_percent(one.passing_hi)}" if whole else "–"
    return (
        plain(one.label.of(lang)),
        *(f"{count:,}" for count in cells),
        _FORMAT.of(lang) if one.chance is None else passing,
        "–" if one.chance is None else _percent(one.chance),
    )


def _percent(share: Decimal) -> str:
    return f"{100 * share:.1f}%"


_LABELLED = Text(
    zh="共 {items} 个数据项，人工认定过 {labelled} 项，其中 {open} 项自动识别没有给出含义",
    en="{items} items; persons have spoken of {labelled}, of {open} of which recognition said nothing",
)
_BIAS = Text(
    zh="只比较人工认定过的数据项；如果只看有疑问的，准确率会偏低",
    en="only items of which persons have spoken are compared: where only doubtful ones were looked at, precision is "
    "understated",
)
_PRECISION = Text(
    zh="自动识别的含义|人工同意|人工改正|准确率|95% 区间",
    en="what recognition said|confirmed|corrected|precision|95 % interval",
)
_CORRECTION = Text(
    zh="{item}：自动识别为 {machine}，人工认定为 {person}",
    en="{item}: {machine} by recognition, {person} by a person",
)


def show_precision(console: Console, report: PrecisionReport, lang: str) -> None:
    """Print how often persons agree with recognition."""
    head = _LABELLED.fill(items=f"{report.items:,}", labelled=f"{report.labelled:,}", open=f"{report.open:,}")
    say(console, head.of(lang), style="bold")
    if not report.labelled:
        return
    table = Table(box=None, pad_edge=False, show_edge=False)
    for place, title in enumerate(_PRECISION.of(lang).split("|")):
        table.add_column(title, overflow="fold", justify="left" if place == 0 else "right")
    for row in (*report.meanings, report.total):
        judged = row.confirmed + row.corrected
        share, span = (_percent(row.precision), f"{_percent(row.lo)}–{_percent(row.hi)}") if judged else ("–", "–")
        name = row.label.of(lang) if row is report.total else f"{row.label.of(lang)} ({row.meaning})"
        table.add_row(plain(name), f"{row.confirmed:,}", f"{row.corrected:,}", share, span)
    console.print(table)
    for one in report.corrections:
        say(console, _CORRECTION.fill(**one.model_dump()).of(lang), lead="  → ")
    say(console, _BIAS.of(lang), lead="  · ", style="dim")
