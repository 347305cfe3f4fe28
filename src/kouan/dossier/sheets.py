"""出境数据项清单 and the numbers of persons: the tables that the organisation puts into its papers (Chinese only)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kouan.dossier import figures, terms
from kouan.dossier.articles import standard
from kouan.dossier.metered import told_again
from kouan.model.items import split_item_id
from kouan.model.plan import Action
from kouan.model.text import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kouan.dossier.people import People
    from kouan.model.decision import Decision
    from kouan.model.declaration import Declaration
    from kouan.model.facts import Range
    from kouan.model.inventory import Inventory, Item
    from kouan.model.treatment import TreatedItem, Treatment

ITEM_COLUMNS = (
    "序号",
    "数据项名称",
    "内容描述",
    "个人信息类别",
    "是否敏感",
    "认定依据",
    "信息主体",
    "出境必要性",
    "处理方式",
    "示例",
    "备注",
)
PERSON_COLUMNS = (
    "信息主体类别",
    "自然人",
    "其中不含敏感个人信息",
    "其中含敏感个人信息",
    "其中不满十四周岁",
    "计入当年累计",
    "去重方法",
)
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")


def inert(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula (leading = + - @, also full width, tab, line end)."""
    head = cell.lstrip(" \u3000")[:1]
    return f"'{cell}" if head in _FORMULA and head else cell


def items_csv(inventory: Inventory, treatment: Treatment | None) -> bytes:
    """Return the list of exported data items, each once per scenario, as CSV in UTF-8 with a BOM.

    Columns follow the table of the self-assessment template (申报指南第三版 annex 4, part 2(2)3): 序号, 数据项名称,
    内容描述, 出境必要性 (left to the organisation), 示例 (masked at the source), 备注, with category and sensitivity
    beside them.
    """
    done = {one.item: one for one in treatment.items} if treatment else {}
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(ITEM_COLUMNS)
    for number, group in enumerate(_distinct(inventory, done), start=1):
        writer.writerow([str(number), *(inert(cell) for cell in _cells(group, done))])
    return b"\xef\xbb\xbf" + visible(text.getvalue()).encode()


def persons_markdown(declaration: Declaration, decision: Decision, people: Iterable[People]) -> str:
    """Return this year's numbers of natural persons, de-duplicated, as the templates ask for them."""
    year = decision.as_of.year
    lines = [
        f"# {year} 年出境自然人数量（去重）",
        "",
        f"- 出境场景：{line(declaration.transfer.name)}",
        f"- 统计截至：{decision.as_of:%Y-%m-%d}",
    ]
    if declaration.year_to_date:
        before = declaration.year_to_date
        lines += [
            (
                f"- 本次之前当年累计（填报，截至 {before.as_of:%Y-%m-%d}）："
                f"个人信息（不含敏感）{_known(before.ordinary)}人，敏感个人信息{_known(before.sensitive)}人"
            )
        ]
    again = told_again(decision.facts)
    if again is not None:
        lines.append(f"- {again.zh}")
    lines += [
        "",
        "| " + " | ".join(PERSON_COLUMNS) + " |",
        "|" + "---|" * len(PERSON_COLUMNS),
    ]
    for row in people:
        name = row.label.zh if row.label else "、".join(terms.subject(one).zh for one in row.subjects)
        numbers = [figures.span(one).zh if one else "未知" for one in _numbers(row)]
        counted = {True: "是", False: "否（免予办理）", None: "待定"}[row.counted]
        lines.append(
            "| " + " | ".join([line(name), *numbers, counted, line("；".join(m.zh for m in row.method))]) + " |"
        )
    lines += ["", "未来三年预估数量及其与当年数量的关系由数据处理者补充。", ""]
    return "\n".join(lines)


def exported(inventory: Inventory, done: Mapping[str, TreatedItem]) -> list[Item]:
    """Return the items that leave: all but the dropped ones."""
    return [one for one in inventory.items if not (one.id in done and done[one.id].action is Action.DROP)]


def _distinct(inventory: Inventory, done: Mapping[str, TreatedItem]) -> list[list[Item]]:
    groups: dict[tuple[str, str | None, str], list[Item]] = {}
    for one in exported(inventory, done):
        action = done[one.id].action.value if one.id in done else ""
        name = one.name if one.meaning in {"unknown", "free_text", "text", "number", "code", "date"} else ""
        groups.setdefault((f"{one.meaning} {name}", one.subject, action), []).append(one)
    return list(groups.values())


def _cells(group: list[Item], done: Mapping[str, TreatedItem]) -> list[str]:
    first = group[0]
    treated = done.get(first.id)
    untouched = treated is None or treated.action is Action.KEEP
    sensitive = {True: "敏感", False: "未列为敏感（另按 GB/T 45574 第4.1条判断）", None: "待人工判断"}[
        first.sensitive.value
    ]
    basis = f"{standard(first.sensitive.standard)} {first.sensitive.clause}".strip()
    places = "；".join(f"{source} / {entity} / {path}" for source, entity, path in (split_item_id(i.id) for i in group))
    return [
        "、".join(dict.fromkeys(one.name for one in group)),
        first.label.zh,
        terms.category(first.category).zh,
        sensitive if first.personal is not False else "不是个人信息",
        basis if first.personal is not False else "",
        terms.subject(first.subject).zh if first.subject else "",
        "",
        "未处理" if treated is None else terms.ACTION[treated.action].zh,
        "、".join(first.samples) if untouched else "（处理后的值，见 staged/）",
        f"所在位置：{places}{_classes(first)}",
    ]


def _classes(item: Item) -> str:
    """Return the classes of an item in the standards, for the last column."""
    named = dict.fromkeys(f"{one.standard}：{one.label.zh}" for one in item.classes)
    return "".join(f"；{one}" for one in named)


def _numbers(row: People) -> tuple[Range | None, ...]:
    return (row.persons, row.ordinary, row.sensitive, row.under14)


def _known(number: int | None) -> str:
    return "未知" if number is None else f" {number:,} "


def line(text: str) -> str:
    """Return text that stays inside one table cell of Markdown."""
    return visible(" ".join(text.split())).replace("|", "｜").replace("<", "＜").replace(">", "＞")
