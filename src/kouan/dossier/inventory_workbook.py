"""数据出境清单 as a workbook: items, persons and sources, each item traced to its file, table and path."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from kouan.dossier import figures, terms
from kouan.dossier.articles import standard
from kouan.dossier.classes_view import candidate_lines, class_lines, together_lines
from kouan.model.items import split_item_id
from kouan.model.text import Text, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kouan.model.inventory import Finding, Inventory, Item

_ITEMS, _PERSONS, _SOURCES = (
    Text(zh="数据项", en="Items"),
    Text(zh="人数", en="Persons"),
    Text(zh="来源", en="Sources"),
)
ITEM_COLUMNS = (
    Text(zh="序号", en="No."),
    Text(zh="来源文件", en="Source"),
    Text(zh="表", en="Table"),
    Text(zh="数据项（字段或路径）", en="Item (column or path)"),
    Text(zh="含义", en="Meaning"),
    Text(zh="类别", en="Category"),
    Text(zh="个人信息", en="Personal"),
    Text(zh="敏感个人信息", en="Sensitive"),
    Text(zh="认定依据", en="By"),
    Text(zh="识别作用", en="Role in identification"),
    Text(zh="主体", en="Subject"),
    Text(zh="判定", en="Verdict"),
    Text(zh="单元格", en="Cells"),
    Text(zh="空值", en="Empty"),
    Text(zh="不同值", en="Distinct"),
    Text(
        zh="识别到的标识符和文本中提到的内容（确认/疑似）",
        en="Identifiers, and what texts speak of (confirmed/suspected)",
    ),
    Text(zh="示例（已打码）", en="Samples (masked)"),
    Text(zh="理由", en="Reason"),
    Text(zh="备注", en="Notes"),
    Text(zh="标准中的类别和分级建议", en="Classes in standards, levels proposed"),
)
PERSON_COLUMNS = (
    Text(zh="主体", en="Subject"),
    Text(zh="人数", en="Persons"),
    Text(zh="其中含敏感个人信息", en="With sensitive items"),
    Text(zh="其中不满十四周岁", en="Under 14"),
    Text(zh="计数方法", en="How counted"),
)
SOURCE_COLUMNS = (
    Text(zh="来源文件", en="Source"),
    Text(zh="格式", en="Format"),
    Text(zh="字节", en="Bytes"),
    Text(zh="SHA-256", en="SHA-256"),
    Text(zh="表（行 × 列）", en="Tables (rows × columns)"),
    Text(zh="完整读取", en="Read whole"),
    Text(zh="备注", en="Notes"),
)
_CUES = Text(zh="重要数据线索和合并判断", en="Cues")
CUE_COLUMNS = (Text(zh="须由人核对", en="For a person to check"),)
_YES, _NO, _OPEN = Text(zh="是", en="yes"), Text(zh="否", en="no"), Text(zh="待判断", en="to be judged")
_OF = Text(zh="（读过 {looked} 条）", en=" (of {looked} read)")
_WIDTHS = (6, 24, 16, 28, 20, 16, 10, 12, 30, 14, 12, 10, 12, 10, 10, 26, 26, 60, 40, 60)
_MOST = 32_767
"""Characters that a cell of a workbook can hold."""


def inventory_workbook(inventory: Inventory, *, lang: str) -> bytes:
    """Return an inventory as an xlsx workbook of texts and numbers; no cell is ever a formula.

    Args:
        inventory: its samples are masked at the source.
        lang: language of headings and words, "zh" or "en".
    """
    import xlsxwriter  # noqa: PLC0415 - only for workbooks

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        _fill(book, _ITEMS, ITEM_COLUMNS, _item_rows(inventory, lang), lang=lang)
        _fill(book, _PERSONS, PERSON_COLUMNS, _person_rows(inventory, lang), lang=lang)
        if cues := (*candidate_lines(inventory.candidates), *together_lines(inventory)):
            _fill(book, _CUES, CUE_COLUMNS, ([one.of(lang)] for one in cues), lang=lang)
        _fill(book, _SOURCES, SOURCE_COLUMNS, _source_rows(inventory, lang), lang=lang)
    return buffer.getvalue()


def _fill(book: Any, title: Text, columns: Sequence[Text], rows: Iterable[Sequence[str | int]], *, lang: str) -> None:
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(title.of(lang))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for place, column in enumerate(columns):
        width = _WIDTHS[place] if columns is ITEM_COLUMNS else 120 if columns is CUE_COLUMNS else 28
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, column.of(lang), head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(last, place, value, wrapped)
            else:
                sheet.write_string(last, place, visible(value)[:_MOST], wrapped)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _item_rows(inventory: Inventory, lang: str) -> Iterable[list[str | int]]:
    for number, item in enumerate(inventory.items, start=1):
        source, table, path = split_item_id(item.id)
        found = "\n".join(_found(one, lang) for one in item.findings)
        yield [
            number,
            source,
            table,
            path,
            item.label.of(lang),
            terms.category(item.category).of(lang),
            _said(item.personal).of(lang),
            _said(False if item.personal is False else item.sensitive.value).of(lang),
            _ground(item),
            terms.IDENTITY[item.role].of(lang),
            "" if item.subject is None else terms.subject(item.subject).of(lang),
            terms.TIER[item.tier].of(lang),
            item.cells,
            item.nulls,
            "" if item.distinct is None else item.distinct,
            found,
            "\n".join(item.samples),
            item.reason.of(lang),
            "\n".join(note.of(lang) for note in item.notes),
            "\n".join(one.of(lang) for one in class_lines(item)),
        ]


def _found(one: Finding, lang: str) -> str:
    name = one.identifier if one.label is None else one.label.of(lang)
    looked = "" if one.looked is None else _OF.fill(looked=f"{one.looked:,}").of(lang)
    return f"{name} {one.confirmed}/{one.suspected}{looked}"


def _ground(item: Item) -> str:
    if item.personal is False or not item.sensitive.standard:
        return ""
    return f"{standard(item.sensitive.standard)} {item.sensitive.clause}".strip()


def _said(value: bool | None) -> Text:  # noqa: FBT001 - a verdict, not a switch
    return _OPEN if value is None else _YES if value else _NO


def _person_rows(inventory: Inventory, lang: str) -> Iterable[list[str | int]]:
    for one in inventory.persons:
        ranges = (figures.span(part) for part in (one.persons, one.sensitive, one.under14))
        yield [terms.subject(one.subject).of(lang), *(part.of(lang) for part in ranges), one.method.of(lang)]


def _source_rows(inventory: Inventory, lang: str) -> Iterable[list[str | int]]:
    for one in inventory.sources:
        yield [
            one.path,
            f"{one.format} {one.detail}".strip(),
            one.bytes,
            one.sha256,
            "\n".join(f"{part.name} {part.rows:,} × {part.columns:,}" for part in one.entities),
            (_YES if one.complete else _NO).of(lang),
            "\n".join(note.of(lang) for note in one.notes),
        ]
