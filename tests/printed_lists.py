"""Official lists as files: built from structured facts in the shape of the printed tables, as docx, xlsx and html."""

from __future__ import annotations

import html
import io
import zipfile
from itertools import groupby
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path

ORDINALS = "一二三四五六七八九十"
COUNTED = "个人信息计算数量以自然人为单位去重后的统计结果为准，属于《促进和规范数据跨境流动规定》{}规定情形的，不计入累计数量。"
_ARTICLES = {"O16-3": "第三条", "O16-4": "第四条", "O16-6": "第六条"}
_TITLES = {
    1: "（一）需要通过数据出境安全评估的数据清单",
    2: "（二）需要通过个人信息出境标准合同备案、个人信息保护认证出境的数据清单",
}
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def printed(reference: dict[str, Any]) -> list[Any]:
    """Return paragraphs and tables (lists of rows of four cells) as the official list prints them."""
    header = reference["list"]["entry_columns_zh"]
    sets = {one["id"]: one for one in reference["field_sets"]}
    blocks: list[Any] = [reference["list"]["name_zh"], "说明"]
    records = [one for one in reference["records"] if one.get("entry_no") and one["table"]]
    for place, sector in enumerate(dict.fromkeys(one["sector_zh"] for one in records)):
        blocks.append(f"{ORDINALS[place]}、{sector}领域")
        for table in (1, 2):
            mine = [one for one in records if (one["sector_zh"], one["table"]) == (sector, table)]
            if mine:
                blocks += [_TITLES[table], [header, *(_row(one, sets, scenarios="场景名称" in header) for one in mine)]]
        blocks.append("注：1.本清单适用于某类数据处理者，但不适用于关键信息基础设施运营者。")
        blocks.append("2.本清单所称数据，由主管部门解释。")
    return blocks


def _row(one: dict[str, Any], sets: dict[str, Any], *, scenarios: bool) -> list[str]:
    scenario = ["、".join(f"{name}场景" for name in one.get("scenario_zh") or [])] if scenarios else []
    counted = COUNTED.format(_articles(one.get("not_counted", [])))
    if one["kind"] == "important_data":
        return ["重要数据", *scenario, f"{one['entry_no']}.{one['subclass_zh']}。", "包括甲类数据、乙类数据等。"]
    subclass = f"{one['entry_no']}.自当年1月1日起累计向境外提供{_numbers(one['any_of'])}。"
    rest = f"除第{'、'.join(map(str, one.get('rest_of') or []))}项以外的个人信息"
    if one["applies_to"] == "rest":
        return [rest, *scenario, subclass, counted] if scenarios else ["个人信息", subclass, f"{rest}。{counted}"]
    named = [(sets[key]["scenario_zh"], [item["zh"] for item in sets[key]["items"]]) for key in one["field_sets"]]
    if scenarios:
        fields = "、".join(name for _, names in named for name in names)
        return ["个人信息", *scenario, subclass, f"包括业务中涉及的信息，如{fields}等信息。{counted}"]
    only = "、".join(f"{name}场景" for names, _ in named for name in names)
    each = "；".join(f"{name}场景包括{'、'.join(fields)}等" for names, fields in named for name in names)
    return ["个人信息", subclass, f"仅限于{only}。{each}。{counted}"]


def _numbers(any_of: list[dict[str, Any]]) -> str:
    words = []
    for one in any_of:
        low = f"{_count(one['ge'])}人以上" if "ge" in one else ""
        high = f"不满{_count(one['lt'])}人" if "lt" in one else ""
        joined = f"{low}且{high}" if low and high else low or high
        noun = "的个人信息（不含敏感个人信息）" if one["counter"] == "ordinary" else "的敏感个人信息"
        words.append(joined + noun)
    return "，或".join(words)


def _count(number: int) -> str:
    return f"{number // 10000}万" if number % 10000 == 0 else str(number)


def _articles(codes: list[str]) -> str:
    words = [_ARTICLES[code] for code in codes if code in _ARTICLES]
    if "O16-5(1)1" in codes:
        words.insert(2, "第五条第一款第一项至第三项")
    return "、".join(words)


def spans(rows: list[list[str]], column: int) -> list[tuple[int, int]]:
    """Return the runs of equal cells of a column below the header, as (first row, length): they are printed merged."""
    found, at = [], 1
    for _, run in groupby(rows[1:], key=lambda row: tuple(row[: column + 1])):
        length = len(list(run))
        found.append((at, length))
        at += length
    return found


def write_xlsx(path: Path, blocks: list[Any]) -> None:
    """Write one sheet per table, its headings in merged rows above, categories and scenarios merged."""
    book = xlsxwriter.Workbook(str(path))
    heads: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            heads.append(block)
            continue
        sheet, wide = book.add_worksheet(), len(block[0])
        for place, head in enumerate(heads):
            sheet.merge_range(place, 0, place, wide - 1, head)
        for place, row in enumerate(block):
            for column, text in enumerate(row):
                sheet.write_string(len(heads) + place, column, text)
        for column in range(wide - 2):
            for start, length in spans(block, column):
                if length > 1:
                    top = len(heads) + start
                    sheet.merge_range(top, column, top + length - 1, column, block[start][column])
        heads = []
    book.close()


def write_html(path: Path, blocks: list[Any]) -> None:
    """Write a page with rowspans."""
    parts = ["<!doctype html><meta charset=utf-8><style>td {color: red}</style>"]
    for block in blocks:
        if isinstance(block, str):
            parts.append(f"<p>{html.escape(block)}</p>")
            continue
        starts = {(row, column): n for column in range(len(block[0]) - 2) for row, n in spans(block, column)}
        parts.append("<table>")
        for place, row in enumerate(block):
            parts.append("<tr>")
            for column, text in enumerate(row):
                if place and column < len(block[0]) - 2 and (place, column) not in starts:
                    continue
                span = starts.get((place, column), 1)
                # Printed cells break in the middle of words.
                body = html.escape(text[:7]) + "<br>" + html.escape(text[7:]) if len(text) > 14 else html.escape(text)
                parts.append(f"<td rowspan={span}>{body}</td>")
            parts.append("</tr>")
        parts.append("</table>")
    path.write_text("".join(parts), "utf-8")


def write_docx(path: Path, blocks: list[Any]) -> None:
    """Write a document with vertical merges; long cells stand in several paragraphs."""
    body = []
    for block in blocks:
        if isinstance(block, str):
            body.append(_paragraph(block))
            continue
        starts = {(row, column): n for column in range(len(block[0]) - 2) for row, n in spans(block, column)}
        body.append("<w:tbl>")
        for place, row in enumerate(block):
            body.append("<w:tr>")
            for column, text in enumerate(row):
                covered = place and column < len(block[0]) - 2 and (place, column) not in starts
                merge = '<w:vMerge w:val="restart"/>' if starts.get((place, column), 1) > 1 else ""
                merge = "<w:vMerge/>" if covered else merge
                inner = "<w:p/>" if covered else _paragraph(text[:9]) + (_paragraph(text[9:]) if text[9:] else "")
                body.append(f"<w:tc><w:tcPr>{merge}</w:tcPr>{inner}</w:tc>")
            body.append("</w:tr>")
        body.append("</w:tbl>")
    write_document(path, f'<w:document xmlns:w="{WORD}"><w:body>{"".join(body)}</w:body></w:document>')


def write_document(path: Path, xml: str) -> None:
    """Write a docx whose only part is the body."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?>{xml}')
    path.write_bytes(made.getvalue())


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{html.escape(text)}</w:t></w:r></w:p>"
