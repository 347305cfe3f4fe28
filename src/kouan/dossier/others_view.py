"""Items outside the quasi-identifiers, in words: whom they single out, and what a person has to say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.dossier.figures import percent
from kouan.dossier.inventory_view import steps_of
from kouan.dossier.itemnames import short_names
from kouan.model.items import split_item_id
from kouan.model.plan import Action
from kouan.model.text import Text, same
from kouan.risk.messages import PEOPLE, ROWS
from kouan.risk.others import unanswered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.model.inventory import Inventory, KnownWord
    from kouan.model.plan import Plan
    from kouan.model.risk import OtherItem, RiskView, TableRisk

HEAD = Text(zh="准标识符之外的数据项", en="Items outside the quasi-identifiers")
LEAD = Text(
    zh="标准的各项数值只按准标识符计算，准标识符由人选定。下面是更严的看法，不是任何标准的数值：假如接收方还知道某人的这些项。"
    "合计可单独识别超过 {bar} 的，逐项提请认定（{bar} 由本软件自定）。",
    en="The figures of the standards use only quasi-identifiers, which people choose. This is a stricter view and no"
    " standard's figure: what if the recipient knew these of somebody too? Where they single out more than {bar} in"
    " all, they are put to a person one by one ({bar} is this software's own choice).",
)
ALL_KNOWN = Text(
    zh="假如知道放行的每一项（准标识符之外 {count} 项）：{units} {unit}中 {alone} {unit}独一无二（{share}），"
    "k={k}，识别概率最高 {most}、平均 {average}",
    en="if every item of the release were known ({count} beside the quasi-identifiers): of {units} {unit}, {alone} are"
    " unique ({share}), k = {k}, largest chance {most}, average {average}",
)
_BOTH = Text(
    zh="“{name}”：只凭它可单独识别 {alone} {unit}，与准标识符一起再增 {added} {unit}",
    en="“{name}”: by itself it singles out {alone} {unit}, with the quasi-identifiers {added} more",
)
_TOGETHER = Text(
    zh="{told}，再加上已放过的各项共增 {together} {unit}",
    en="{told}, and together with those let pass {together} more",
)
_MEANT = Text(zh="{label}（{at}）", en="{label} ({at})")
_NOT_MEASURED = Text(
    zh="“{name}”：文本或者嵌套内容，没有测量", en="“{name}”: running text or nested fields, not measured"
)
ASKED = Text(zh="尚未认定", en="not answered")
REFUSED = Text(zh="认定不作准标识符：{why}", en="refused as a quasi-identifier: {why}")
BY = Text(zh="{word}（{by}，{on}）", en="{word} ({by}, {on})")
ITEM = Text(zh="数据项", en="Item")
STANDING = Text(zh="认定", en="Settled")
PASSED = Text(zh="另有 {count} 项合计未超过限度", en="{count} further items stay within the limit together")
LET_PASS = Text(zh="未超过限度", en="within the limit")
_PROPOSED = Text(
    zh="建议认定的数据项（按原始数据，准标识符之外合计可单独识别超过 {bar} 的人或记录）：",
    en="Items to be settled (of the raw data; outside the quasi-identifiers they single out more than {bar} of all):",
)
_HOW = Text(
    zh="在填报文件 sources 的 items 中逐项写明：{{quasi: true}} 列为准标识符，"
    "或 {{quasi: false, why: 理由}} 说明接收方为何无从知道；没有写明的，证书不得称匿名化",
    en="settle each under items of its source in the declaration: {{quasi: true}} takes it among the"
    " quasi-identifiers, {{quasi: false, why: REASON}} says why nobody at the recipient can know it; while one is open,"
    " no certificate says anonymised",
)


@dataclass(frozen=True, slots=True)
class OtherRow:
    """One item: its measures and where it stands, in words; `plain` where nobody has to look at it."""

    name: str
    told: Text
    standing: Text
    asked: bool
    plain: bool


def rows_of(table: TableRisk, raw: Inventory, view: RiskView) -> tuple[OtherRow, ...]:
    """Return the items of a table outside the quasi-identifiers, those that must be settled first.

    Args:
        table: of the view.
        raw: inventory of the raw data, with what persons said.
        view: of the data that leave.
    """
    open_ = {one.item for one in unanswered(view, raw)}
    known = {item.id: item.known for item in raw.items}
    names = _names(raw)
    rows = [
        _row(one, table, known.get(one.item), name=names[one.item], asked=one.item in open_) for one in table.others
    ]
    return tuple(sorted(rows, key=lambda row: not row.asked))


def of_tables(view: RiskView | None, raw: Inventory | None) -> dict[str, tuple[OtherRow, ...]]:
    """Return the rows of every table by its name; none where nothing was measured."""
    if view is None or raw is None:
        return {}
    return {table.entity: rows_of(table, raw, view) for table in view.tables if table.others}


def stricter(table: TableRisk) -> Text | None:
    """Return the figures for a recipient who knew every measured item; None where no other item was measured."""
    found = table.everything
    if found is None or not found.items:
        return None
    return ALL_KNOWN.fill(
        count=len(found.items),
        units=f"{found.units:,}",
        unit=_unit(table),
        alone=f"{found.alone:,}",
        share=percent(found.share),
        k=f"{found.k:,}",
        most=percent(found.prosecutor_max),
        average=percent(found.prosecutor_avg),
    )


def proposals(view: RiskView, raw: Inventory, plan: Plan) -> Iterator[Text]:
    """Yield what a plan has to say of items that nobody has settled; nothing where there are none.

    Args:
        view: of the raw data.
        raw: their inventory.
        plan: whose lines say what leaves at all.
    """
    gone = {line.item for line in plan.lines if line.action in {Action.DROP, Action.PSEUDONYM}}
    asked = {one.item for one in unanswered(view, raw)} - gone
    rows = [(one, table) for table in view.tables for one in table.others if one.item in asked]
    bar = next((table.everything.bar for _, table in rows if table.everything is not None), None)
    if bar is None:
        return
    yield _PROPOSED.fill(bar=percent(bar))
    for one, table in rows:
        yield _told(one, table, same(split_item_id(one.item)[2]))
    yield settling()


def settling() -> Text:
    """Return how a person settles an item."""
    return _HOW.fill()


def _row(one: OtherItem, table: TableRisk, known: KnownWord | None, *, name: Text, asked: bool) -> OtherRow:
    standing = ASKED if asked else LET_PASS if known is None else _standing(known)
    plain = not asked and known is None
    return OtherRow(split_item_id(one.item)[2], _told(one, table, name), standing, asked=asked, plain=plain)


def _standing(known: KnownWord) -> Text:
    word = REFUSED.fill(why=known.why)
    return word if known.by is None else BY.fill(word=word, by=known.by, on=known.on)


def _told(one: OtherItem, table: TableRisk, name: Text) -> Text:
    if one.alone is None or one.added is None:
        return _NOT_MEASURED.fill(name=name)
    told = _BOTH.fill(name=name, alone=f"{one.alone:,}", added=f"{one.added:,}", unit=_unit(table))
    if one.together is None or one.together == one.added:
        return told
    return _TOGETHER.fill(told=told, together=f"{one.together:,}", unit=_unit(table))


def _names(raw: Inventory) -> dict[str, Text]:
    """Return what to call each item: a column by its name, a path in a document by its meaning and place."""
    short = short_names(item.id for item in raw.items)
    return {
        item.id: same(short[item.id]) if steps_of(item) is None else _MEANT.fill(label=item.label, at=short[item.id])
        for item in raw.items
    }


def _unit(table: TableRisk) -> Text:
    return ROWS if table.unit == "row" else PEOPLE
