"""`kouan law import-list`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kouan.model.errors import Exit
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse

    from rich.console import Console

    from kouan.clearance.settings import Settings
    from kouan.packs.drafting import Draft

ABOUT = Text(zh="把公布的清单表格转成规则包草稿", en="turn the tables of a published list into a draft pack")
_FILE = Text(zh="清单文件：xlsx、docx、html 或 yaml", en="the list: xlsx, docx, html or yaml")
_OUT = Text(zh="草稿文件夹（尚不存在）", en="folder of the draft (not there yet)")
_MAP = Text(
    zh="指明一列：角色=列名或列号，可多次，如 description=4", en="name a column: ROLE=HEADING or NUMBER, repeatable"
)
_ID = Text(zh="清单编号，如 shanghai-2026", en="id of the list, such as shanghai-2026")
_TITLE = Text(zh="清单名称；不写则取文件第一行", en="title of the list; without it the first line of the file")
_FROM = Text(
    zh="施行日 YYYY-MM-DD；不写则取办理日，待确认", en="first day in force; without it the legal day, to be confirmed"
)
_TABLE = Text(zh="表 {place}（{rows} 行）：{columns}", en="table {place} ({rows} rows): {columns}")
_NO_HEADER = Text(zh="没有认得的表头", en="no header that is known")
_READ = Text(
    zh="读出 {entries} 条，共 {rows} 行；{unread} 处没有读懂，{open} 处清单以“等”结尾",
    en="{entries} entries of {rows} rows read; {unread} things not understood, {open} lists end with 等",
)
_MISSED = Text(zh="第 {place} 行：{why}", en="row {place}: {why}")
_NEXT = Text(
    zh="草稿写在 {folder}。在人对照 printed/rows.yaml 确认以前，它不参与任何判断。",
    en="The draft lies in {folder}. It decides nothing until a person has compared it with printed/rows.yaml.",
)


def add(parser: argparse.ArgumentParser, lang: str) -> None:
    """Add the file, the place of the draft, and what the user knows of both."""
    parser.add_argument("file", metavar="FILE", help=_FILE.of(lang))
    parser.add_argument("-o", "--out", metavar="FOLDER", required=True, help=_OUT.of(lang))
    parser.add_argument("--map", action="append", default=[], metavar="ROLE=COLUMN", help=_MAP.of(lang))
    parser.add_argument("--id", metavar="ID", help=_ID.of(lang))
    parser.add_argument("--title", metavar="TITLE", help=_TITLE.of(lang))
    parser.add_argument("--from", dest="start", metavar="DAY", help=_FROM.of(lang))


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Read the tables, write the draft and say what was not understood; 6 where something was not."""
    import datetime as dt

    from kouan.clearance.workfolder import disk_errors
    from kouan.cli import messages
    from kouan.cli.terminal import console, print_json
    from kouan.formats.printed.read import read_printed
    from kouan.model.canonical import sha256_file
    from kouan.packs.drafting import draft_list, write_draft

    path, folder = Path(arguments.file), Path(arguments.out)
    try:
        start = dt.date.fromisoformat(arguments.start) if arguments.start else settings.as_of
    except ValueError:
        raise messages.NO_SUCH_DAY.at("--from") from None
    draft = draft_list(
        read_printed(path),
        name=arguments.id or folder.name,
        title=arguments.title,
        start=start,
        choices=arguments.map,
    )
    with disk_errors(folder):
        write_draft(draft, folder, source=path.name, digest=sha256_file(path))
    if arguments.json:
        print_json(_summary(draft, folder))
    else:
        _show(console(), draft, folder, settings.lang)
    return Exit.PARTLY_READ if draft.unread else Exit.OK


def _summary(draft: Draft, folder: Path) -> dict[str, object]:
    return {
        "folder": str(folder),
        "tables": [
            {"table": one.place, "title": one.title, "rows": one.rows, "columns": one.columns}
            for one in draft.reading.sheets
        ],
        "rows": len(draft.reading.rows),
        "entries": len(draft.body["entries"]),
        "unread": [{"row": one.place, "why": one.why.model_dump()} for one in draft.unread],
        "open_lists": draft.open_lists,
    }


def _show(out: Console, draft: Draft, folder: Path, lang: str) -> None:
    from kouan.cli.terminal import say

    for one in draft.reading.sheets:
        columns = ", ".join(f"{heading} → {role}" for role, heading in one.columns.items()) or _NO_HEADER.of(lang)
        say(out, _TABLE.fill(place=one.place, rows=one.rows, columns=columns).of(lang), lead="  · ")
    for miss in draft.unread:
        say(out, _MISSED.fill(place=miss.place, why=miss.why).of(lang), lead="  ! ", style="yellow")
    read = _READ.fill(
        entries=len(draft.body["entries"]),
        rows=len(draft.reading.rows),
        unread=len(draft.unread),
        open=len(draft.open_lists),
    )
    say(out, read.of(lang), style="bold")
    say(out, _NEXT.fill(folder=folder).of(lang))
