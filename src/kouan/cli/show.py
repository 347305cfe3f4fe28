"""Documents as a person reads them on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from kouan.clearance.changes import PATHWAYS, outcome_words
from kouan.cli.terminal import plain
from kouan.model.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from kouan.model.decision import Decision, DecisionPair
    from kouan.model.facts import Range
    from kouan.model.inventory import Inventory, Item
    from kouan.model.risk import RiskReport, RiskView

_MANY = 12


def span(value: Range) -> str:
    """Return a range of persons with thousands separators."""
    if value.hi is None:
        return f"≥ {value.lo:,}"
    return f"{value.lo:,}" if value.lo == value.hi else f"{value.lo:,}–{value.hi:,}"


def show_inventory(console: Console, inventory: Inventory, lang: str) -> None:
    """Print sources, items and persons."""
    for source in inventory.sources:
        tables = ", ".join(f"{plain(part.name)} {part.rows:,}×{part.columns}" for part in source.entities)
        console.print(f"[bold]{plain(source.path)}[/bold]  {plain(source.format)} {plain(source.detail)}  {tables}")
        for note in source.notes:
            console.print(f"  ! {plain(note.of(lang))}", style="yellow")
    table = Table(box=None, pad_edge=False, show_edge=False)
    heads = Text(
        zh="数据项|含义|类别|敏感|角色|主体|把握|样例（已遮蔽）",
        en="item|meaning|category|sensitive|role|subject|sure|sample (masked)",
    )
    for head in heads.of(lang).split("|"):
        table.add_column(head, overflow="fold")
    for item in inventory.items:
        table.add_row(*_item_row(item, lang))
    console.print(table)
    show_persons(console, inventory, lang)
    for note in inventory.notes:
        console.print(f"! {plain(note.of(lang))}", style="yellow")


def _item_row(item: Item, lang: str) -> tuple[str, ...]:
    yes, no = ("是", "否") if lang == "zh" else ("yes", "no")
    sensitive = {True: yes, False: no, None: "?"}[item.sensitive.value]
    return (
        plain(item.name),
        plain(item.label.of(lang)),
        plain(item.category),
        sensitive,
        _ROLES[item.role].of(lang),
        plain(item.subject or "–"),
        _TIERS[item.tier].of(lang),
        plain(item.samples[0] if item.samples else "–"),
    )


_ROLES = {
    "direct_identifier": Text(zh="直接标识符", en="direct"),
    "quasi_identifier": Text(zh="准标识符", en="quasi"),
    "sensitive_attribute": Text(zh="敏感属性", en="sensitive"),
    "other": Text(zh="其他", en="other"),
}
_TIERS = {
    "confirmed": Text(zh="确认", en="confirmed"),
    "suspected": Text(zh="疑似", en="suspected"),
    "rejected": Text(zh="–", en="–"),
}


def show_persons(console: Console, inventory: Inventory, lang: str) -> None:
    """Print the counts of persons."""
    words = Text(
        zh="{subject}：{persons} 人，其中含敏感个人信息 {sensitive} 人，不满十四周岁 {under14} 人",
        en="{subject}: {persons} persons, {sensitive} with sensitive items, {under14} under 14",
    )
    for count in inventory.persons:
        line = words.fill(
            subject=count.subject,
            persons=span(count.persons),
            sensitive=span(count.sensitive),
            under14=span(count.under14),
        )
        console.print(f"  {plain(line.of(lang))}")


def show_decision(console: Console, decision: Decision, lang: str) -> None:
    """Print the result, each flow with its reason, questions, conditions and duties."""
    head = Text(zh="合规路径", en="pathway").of(lang)
    console.print(f"[bold]{head}: {plain(outcome_words(decision).of(lang))}[/bold]")
    for flow in decision.flows:
        for outcome in flow.possible:
            names = " / ".join(PATHWAYS[option].of(lang) for option in outcome.options)
            console.print(f"  · {plain(flow.label.of(lang))}: {plain(names)}")
            console.print(f"    {plain(outcome.reason.of(lang))}", style="dim")
    if decision.questions:
        console.print(
            Text(zh="待回答（最关键的在前）：", en="open questions, most decisive first:").of(lang), style="bold"
        )
        for question in decision.questions:
            console.print(f"  ? {plain(question.label.of(lang))}  [{plain(question.fact)}]")
            console.print(f"    {plain(question.help.of(lang))}", style="dim")
    if decision.conditions:
        console.print(Text(zh="放行条件：", en="conditions of release:").of(lang), style="bold")
        for condition in decision.conditions:
            source = f"{condition.source.title.of(lang)} {condition.source.article}"
            only = "" if not condition.pathways else f" ({', '.join(condition.pathways)})"
            console.print(f"  □ {condition.id}: {plain(condition.label.of(lang))}{only} — {plain(source)}")
    if decision.duties:
        console.print(Text(zh="义务：", en="duties:").of(lang), style="bold")
        for duty in decision.duties:
            when = f" · {duty.deadline.of(lang)}" if duty.deadline else ""
            source = f"{duty.source.title.of(lang)} {duty.source.article}"
            console.print(f"  – {plain(duty.label.of(lang))}{plain(when)} — {plain(source)}")


def show_pair(console: Console, pair: DecisionPair, lang: str) -> None:
    """Print the decision that counts and what treatment changed."""
    if pair.treated is None:
        show_decision(console, pair.original, lang)
        return
    before = Text(zh="原始数据", en="data as they are").of(lang)
    console.print(f"{before}: {plain(outcome_words(pair.original).of(lang))}")
    for flow in pair.original.flows:
        for outcome in flow.possible:
            console.print(f"    {plain(flow.label.of(lang))}: {plain(outcome.reason.of(lang))}", style="dim")
    console.print(Text(zh="处理之后", en="after treatment").of(lang) + ":")
    show_decision(console, pair.treated, lang)
    console.print(Text(zh="变化：", en="what changed:").of(lang), style="bold")
    for change in pair.changes[:_MANY]:
        console.print(f"  → {plain(change.text.of(lang))}")


def show_risk(console: Console, report: RiskReport, lang: str) -> None:
    """Print grades and measures before and after."""
    console.print(Text(zh="可识别风险（GB/T 42460）：", en="identifiability (GB/T 42460):").of(lang), style="bold")
    for words, view in (
        (Text(zh="处理前", en="before"), report.before),
        (Text(zh="处理后", en="after"), report.after),
    ):
        if view is not None:
            show_view(console, words, view, lang)


def show_view(console: Console, words: Text, view: RiskView, lang: str) -> None:
    """Print one view: the grade and one line per table."""
    grade = Text(zh="{when}：{grade} 级。{reason}", en="{when}: grade {grade}. {reason}")
    filled = grade.fill(when=words, grade=view.grade.grade, reason=view.grade.reason)
    console.print(f"  {plain(filled.of(lang))}")
    for table in view.tables:
        line = Text(
            zh="{entity}：{n} 条，{j} 个等价类，k={k}，最大风险 {top}，直接标识符 {direct} 项",
            en="{entity}: {n} records, {j} classes, k={k}, highest risk {top}, {direct} direct identifiers",
        ).fill(
            entity=table.entity,
            n=f"{table.records:,}",
            j=f"{table.classes:,}",
            k=table.k,
            top=table.prosecutor_max,
            direct=len(table.direct),
        )
        console.print(f"    {plain(line.of(lang))}", style="dim")
