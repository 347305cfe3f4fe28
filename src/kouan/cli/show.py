"""Documents as a person reads them on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from kouan.clearance.changes import outcome_words, pathway_words
from kouan.cli.shortening import LONGEST, short
from kouan.cli.show_brought import show_brought
from kouan.cli.show_others import show_others
from kouan.cli.show_tables import show_view
from kouan.cli.show_verdicts import show_carriers, show_verdicts
from kouan.cli.terminal import plain, say
from kouan.cli.why import show_readings
from kouan.dossier.articles import citation
from kouan.dossier.classes_view import HEAD, TOGETHER, candidate_lines, together_lines
from kouan.dossier.figures import span
from kouan.dossier.gate import by_track
from kouan.dossier.inventory_view import MANY, is_plain
from kouan.dossier.metered import told_again
from kouan.dossier.necessity_view import lines_of
from kouan.dossier.summary import UNREAD_MEANS
from kouan.dossier.terms import BY_DECLARATION, BY_PERSON, CATEGORY, IDENTITY, TIER, TRACK, subject
from kouan.formats.notes import listed
from kouan.model.items import split_item_id
from kouan.model.text import Text, same
from kouan.risk.messages import SCOPE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from kouan.model.consent import Consent
    from kouan.model.decision import Decision, DecisionPair, FlowDecision, Override
    from kouan.model.inventory import Inventory, Item
    from kouan.model.necessity import Necessity
    from kouan.model.portfolio import Finding
    from kouan.model.risk import RiskReport, RiskView

PERSONS = Text(zh="涉及人数：", en="persons:")
_MANY = 12
_LEADS = ("", "  · ", "    – ")
_OVERRIDDEN = Text(zh="用户规则包 {pack} {text}", en="the user pack {pack} {text}")
_ONLY = Text(zh="（限{paths}）", en=" (only with: {paths})")
_LEVEL = Text(zh="{standard} 分级建议 {level} 级（{label}）：", en="{standard}, level {level} proposed ({label}): ")
_BY_LIST = Text(zh="（按 {basis}）", en=" (by {basis})")
_UNCOUNTED = Text(
    zh="没有可以计数的个人，不等于没有个人信息", en="nobody to count, which does not mean nobody is there"
)
_REST = Text(
    zh="另有 {count} 项不敏感、也不用于识别个人（加 --all 全部列出）",
    en="{count} more items are not sensitive and tell nobody apart (--all lists them)",
)


def show_inventory(console: Console, inventory: Inventory, lang: str, *, whole: bool = True) -> None:
    """Print sources, items by table, and persons; without `whole`, of large tables the items that matter."""
    show_unread(console, inventory, lang)
    for source in inventory.sources:
        tables = ", ".join(f"{part.name} {part.rows:,}×{part.columns}" for part in source.entities)
        console.print(f"[bold]{plain(source.path)}[/bold]  {plain(source.detail)}  {plain(tables)}")
        for note in source.notes if source.complete else ():
            say(console, note.of(lang), lead="  ! ", style="yellow")
    by_table: dict[tuple[str, str], list[Item]] = {}
    for item in inventory.items:
        path, entity, _ = split_item_id(item.id)
        by_table.setdefault((path, entity), []).append(item)
    for (_, entity), items in by_table.items():
        _show_items(console, entity if len(by_table) > 1 else "", items, lang, whole=whole)
    show_persons(console, inventory, lang)
    _show_classes(console, inventory, lang)
    for note in inventory.notes:
        say(console, note.of(lang), lead="! ", style="yellow")


def show_unread(console: Console, inventory: Inventory, lang: str) -> None:
    """Say first of all what was not read, and what follows from that."""
    name_unread(console, inventory, lang)
    parts = [source for source in inventory.sources if not source.complete]
    for source in parts:
        for note in source.notes:
            say(console, f"{source.path}: {note.of(lang)}", lead="  ! ", style="yellow")
    if parts:
        say(console, UNREAD_MEANS.of(lang), lead="  → ", style="bold")


def name_unread(console: Console, inventory: Inventory, lang: str) -> None:
    """Name the sources that were not read completely, in one line."""
    paths = [source.path for source in inventory.sources if not source.complete]
    if paths:
        head = Text(zh="未能完整读取：{names}", en="not read completely: {names}").fill(names=listed(paths))
        say(console, head.of(lang), lead="!! ", style="bold red")


def _show_items(console: Console, entity: str, items: Sequence[Item], lang: str, *, whole: bool) -> None:
    shown = [item for item in items if whole or len(items) < MANY or not is_plain(item)] or list(items)
    if entity:
        console.print(f"[bold]{plain(entity)}[/bold]")
    table = Table(box=None, pad_edge=False, show_edge=False)
    heads = Text(
        zh="数据项|含义|类别|敏感|角色|主体|把握|样例（已遮蔽）",
        en="item|meaning|category|sensitive|role|subject|sure|sample (masked)",
    )
    for place, head in enumerate(heads.of(lang).split("|")):
        table.add_column(head, overflow="fold", min_width=LONGEST if place == 0 and len(items) >= MANY else None)
    for item in shown:
        table.add_row(*_item_row(item, lang))
    console.print(table)
    if len(shown) < len(items):
        rest = _REST.fill(count=f"{len(items) - len(shown):,}")
        say(console, rest.of(lang), lead="  … ", style="dim")


def _item_row(item: Item, lang: str) -> tuple[str, ...]:
    yes, no = ("是", "否") if lang == "zh" else ("yes", "no")
    return (
        plain(short(item.name)),
        plain(f"{item.element} {item.label.of(lang)}" if item.element else short(item.label.of(lang))),
        plain(CATEGORY.get(item.category, same(item.category)).of(lang)),
        {True: yes, False: no, None: "?"}[item.sensitive.value],
        IDENTITY[item.role].of(lang),
        plain(subject(item.subject).of(lang) if item.subject else "–"),
        plain(_sure(item).of(lang)),
        plain(item.samples[0] if item.samples else "–"),
    )


def _sure(item: Item) -> Text:
    """Return how sure a verdict is; of a person's word, whose and of which day."""
    if item.word is None:
        return TIER[item.tier]
    return BY_PERSON.fill(by=item.word.by, on=item.word.on) if item.word.by else BY_DECLARATION


def show_persons(console: Console, inventory: Inventory, lang: str) -> None:
    """Print the counts of persons; that nobody can be counted does not mean that nobody is there."""
    words = Text(
        zh="{subject}：{persons} 人，其中含敏感个人信息 {sensitive} 人，不满十四周岁 {under14} 人",
        en="{subject}: {persons} persons, {sensitive} with sensitive items, {under14} under 14",
    )
    if not inventory.persons and any(item.personal is None for item in inventory.items):
        say(console, _UNCOUNTED.of(lang), lead="  · ")
    for count in inventory.persons:
        line = words.fill(
            subject=subject(count.subject),
            persons=span(count.persons),
            sensitive=span(count.sensitive),
            under14=span(count.under14),
        )
        say(console, line.of(lang), lead="  · ")


def _show_classes(console: Console, inventory: Inventory, lang: str) -> None:
    """Print levels of health data, what may be important data, and general items that are weighed together."""
    levels: dict[str, list[str]] = {}
    for item in inventory.items:
        for grade in item.grades:
            if grade.level.isdigit():
                words = _LEVEL.fill(standard=grade.standard, level=grade.level, label=grade.label)
                levels.setdefault(words.of(lang), []).append(item.name)
    for level, names in sorted(levels.items()):
        say(console, f"{level}{listed(list(dict.fromkeys(names))).of(lang)}", lead="  · ")
    parts = ((HEAD, candidate_lines(inventory.candidates)), (TOGETHER, together_lines(inventory)))
    for head, lines in parts:
        for place, line in enumerate(lines):
            if not place:
                say(console, head.of(lang), style="bold")
            say(console, line.of(lang), lead="  ? ")


def show_decision(console: Console, decision: Decision, lang: str, *, whole: bool = False) -> None:
    """Print the result, each flow with its reason, questions, conditions, and duties: all of them with `whole`."""
    head = Text(zh="合规路径：{words}", en="pathway: {words}").fill(words=outcome_words(decision))
    say(console, head.of(lang), style="bold")
    show_overrides(console, decision.overrides, lang)
    for flow in decision.flows:
        _show_flow(console, flow, lang)
    again = told_again(decision.facts)
    if again is not None:
        say(console, again.of(lang))
    if decision.questions:
        say(
            console,
            Text(zh="待回答（最关键的在前）：", en="open questions, most decisive first:").of(lang),
            style="bold",
        )
        for question in decision.questions:
            say(console, f"{question.label.of(lang)} [{question.fact}]", lead="  ? ")
            say(console, question.help.of(lang), lead="    ", style="dim")
    for place, note in enumerate(decision.notes):
        if not place:
            say(console, Text(zh="注意：", en="please note:").of(lang), style="bold")
        say(console, note.of(lang), lead="  ! ")
    if decision.conditions:
        _show_conditions(console, decision, lang)
    show_brought(console, decision, lang, whole=whole)
    show_readings(console, decision, lang)


def show_findings(console: Console, findings: Sequence[Finding], lang: str) -> None:
    """Print what people should look at over several transfers, with its articles."""
    if findings:
        say(
            console, Text(zh="请核实（不改变结论）：", en="to be checked (changes no decision):").of(lang), style="bold"
        )
    for finding in findings:
        cited = "；".join(citation(source).of(lang) for source in finding.sources)
        say(console, f"{finding.text.of(lang)} — {cited}", lead="  ! ")


def show_overrides(console: Console, overrides: Sequence[Override], lang: str) -> None:
    """Print what user packs loosened."""
    for one in overrides:
        say(console, _OVERRIDDEN.fill(pack=one.pack, text=one.text).of(lang), lead="!! ", style="bold yellow")


def _show_conditions(console: Console, decision: Decision, lang: str) -> None:
    say(console, Text(zh="放行条件：", en="conditions of release:").of(lang), style="bold")
    groups = by_track(decision.conditions)
    open_ = {option for outcome in decision.possible for option in outcome.options}
    for track, conditions in groups:
        if len(groups) > 1:
            say(console, TRACK[track].of(lang), lead="  ")
        for condition in conditions:
            some = condition.pathways and open_ - set(condition.pathways)
            only = _ONLY.fill(paths=pathway_words(condition.pathways)).of(lang) if some else ""
            line = f"{condition.id}: {condition.label.of(lang)}{only} — {citation(condition.source).of(lang)}"
            say(console, line, lead="  □ ")


def show_consent(console: Console, consent: Consent, lang: str) -> None:
    """Print what the ledger of consents says."""
    head = Text(
        zh="同意台账：数据中 {persons} 人，有效的单独同意 {standing} 人，已撤回 {withdrawn} 人，没有同意 {absent} 人，"
        "缺监护人同意 {guardian} 人",
        en="ledger of consents: {persons} persons in the data, {standing} with standing consent, {withdrawn} withdrawn,"
        " {absent} without, {guardian} lack a guardian's consent",
    ).fill(
        persons=f"{consent.persons:,}",
        standing=f"{consent.standing:,}",
        withdrawn=f"{consent.withdrawn:,}",
        absent=f"{consent.absent:,}",
        guardian=f"{consent.guardian_missing:,}",
    )
    say(console, head.of(lang), style="bold")
    row = Text(
        zh="{table}：{rows} 行中扣留 {held} 行，其中 {nameless} 行未写明是谁",
        en="{table}: {held} of {rows} rows kept back, {nameless} of them name nobody",
    )
    for one in consent.tables:
        filled = row.fill(
            table=f"{one.source} · {one.entity}",
            rows=f"{one.rows:,}",
            held=f"{one.held:,}",
            nameless=f"{one.nameless:,}",
        )
        say(console, filled.of(lang), lead="  · ")


def show_necessity(console: Console, necessity: Necessity, lang: str) -> None:
    """Print the three necessities and what is open in them."""
    for depth, line in lines_of(necessity, lang):
        say(console, line, lead=_LEADS[depth], style="bold" if depth == 0 else None)


def _show_flow(console: Console, flow: FlowDecision, lang: str) -> None:
    colon = "：" if lang == "zh" else ": "
    by = _BY_LIST.fill(basis=flow.basis).of(lang) if flow.basis.startswith("list:") else ""
    for outcome in flow.possible:
        say(console, f"{flow.label.of(lang)}{colon}{pathway_words(outcome.options).of(lang)}{by}", lead="  · ")
        say(console, outcome.reason.of(lang), lead="    ", style="dim")


def show_pair(console: Console, pair: DecisionPair, lang: str, *, whole: bool = False) -> None:
    """Print the decision on the data as they are, what treatment changed, and the decision that counts."""
    if pair.treated is None:
        show_decision(console, pair.original, lang, whole=whole)
        return
    before = Text(zh="原始数据：{words}", en="data as they are: {words}").fill(words=outcome_words(pair.original))
    say(console, before.of(lang), style="bold")
    for flow in pair.original.flows:
        _show_flow(console, flow, lang)
    say(console, Text(zh="处理带来的变化：", en="what treatment changed:").of(lang), style="bold")
    for change in pair.changes[:_MANY]:
        say(console, change.text.of(lang), lead="  → ")
    say(console, Text(zh="处理之后——", en="after treatment —").of(lang), style="bold")
    show_decision(console, pair.treated, lang, whole=whole)


def show_risk(console: Console, report: RiskReport, raw: Inventory, lang: str, *, whole: bool = False) -> None:
    """Print grades and measures before and after, and what a person has to settle of items that single out.

    Args:
        console: prints.
        report: of both.
        raw: inventory of the raw data.
        lang: zh or en.
        whole: every table with its stricter view, and every item; else a few and where the others stand.
    """
    say(console, Text(zh="重标识风险（GB/T 42460）：", en="identifiability (GB/T 42460):").of(lang), style="bold")
    for words, view in (
        (Text(zh="处理前", en="before"), report.before),
        (Text(zh="处理后", en="after"), report.after),
    ):
        if view is not None:
            show_view(console, words, view, lang, whole=whole)
    show_others(console, report.after or report.before, raw, lang, whole=whole)
    show_verdicts(console, (report.after or report.before).verdicts, lang, whole=False)
    show_scope(console, lang)


def show_scope(console: Console, lang: str) -> None:
    """Print once what no grade decides."""
    say(console, SCOPE.of(lang), lead="  · ", style="dim")


def show_assessed(console: Console, words: Text, view: RiskView, raw: Inventory, lang: str, *, whole: bool) -> None:
    """Print one view with what carries the risk, and what each standard says of it; all of it with `whole`."""
    show_view(console, words, view, lang, whole=whole)
    for table in view.tables:
        if len(view.tables) > 1:
            say(console, table.entity, lead="    ")
        show_carriers(console, table, lang, whole=whole)
    show_others(console, view, raw, lang, whole=whole)
    show_verdicts(console, view.verdicts, lang, whole=whole)
    show_scope(console, lang)
