"""`kouan optimise --local`: recode rows by what is alike near them, and write it as a plan with its file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.desk import Desk
from kouan.clearance.localising import localise, planned
from kouan.clearance.localreading import LocalWanted, read_table
from kouan.clearance.workfolder import disk_errors
from kouan.cli import messages
from kouan.cli.searching import out_of, wanted_of
from kouan.cli.terminal import console, plain, print_json
from kouan.deidentify import plan_yaml
from kouan.model.errors import Exit
from kouan.model.files import write_whole
from kouan.model.items import split_item_id
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from kouan.clearance.localising import Figures, Localised
    from kouan.clearance.localreading import LocalTable
    from kouan.clearance.settings import Settings

_KEY_BYTES = 32


def run_local(arguments: argparse.Namespace, settings: Settings) -> int:
    """Recode once and write the plan and the file that it names, side by side."""
    wanted, out = _wanted(arguments), out_of(arguments)
    file = None if out is None else out.with_name(f"{out.stem}.{wanted.way}.jsonl")
    if file is not None and file.exists() and not arguments.force:
        raise messages.FILE_EXISTS.at(str(file))
    path = Path(arguments.transfer)
    desk = Desk.open(path, settings)
    inventory = desk.inspect(person_key=os.urandom(_KEY_BYTES))
    plan = desk.plan(inventory)
    hold = desk.holder(inventory)
    read = read_table(desk.sources, inventory, plan, path.parent, wanted, profile=desk.profile, hold=hold)
    found = localise(read, wanted)
    desk.check_unchanged()
    if out is not None and file is not None:
        name = Path(os.path.relpath(file, path.parent)).as_posix()
        made = planned(plan, read, found, wanted, name)
        with disk_errors(out):
            write_whole(file, found.text.encode())
            write_whole(out, plan_yaml(made, inventory, settings.lang).encode())
    if arguments.json:
        print_json(_told(read, found, wanted))
    else:
        _show(read, found, settings.lang, (out, file))
    return Exit.OK


def _wanted(arguments: argparse.Namespace) -> LocalWanted:
    asked = wanted_of(arguments, seconds=arguments.seconds)
    return LocalWanted(
        way=arguments.local,
        models=asked.models,
        hierarchies=asked.hierarchies,
        ranges=tuple(arguments.ranges),
        lowest=asked.lowest,
        suppress=asked.suppress,
        table=asked.table,
        by=asked.by,
        seconds=asked.seconds,
    )


def _told(read: LocalTable, found: Localised, wanted: LocalWanted) -> dict[str, object]:
    names = [split_item_id(one.item)[2] for one in read.quasi]
    return {
        "local": wanted.way,
        "models": [str(one) for one in wanted.models],
        "unit": "row" if read.person is None else read.person,
        "found": _figures(found.figures, names),
        "optimum": None if found.optimum is None else _figures(found.optimum, names) | {"proven": found.proven},
        "left": list(read.left),
    }


def _figures(one: Figures, names: Sequence[str]) -> dict[str, object]:
    return {
        "loss": f"{one.loss.joint:.6f}",
        "granularity": f"{one.loss.granularity:.6f}",
        "ncp": f"{one.loss.ncp:.6f}",
        "iloss": f"{one.loss.iloss:.6f}",
        "items": {name: f"{loss:.6f}" for name, loss in zip(names, one.loss.items, strict=True)},
        "levels": dict(zip(names, one.levels, strict=True)) if one.levels else None,
        "rows": one.rows,
        "held": one.held,
        "emptied": one.emptied,
        "classes": one.classes,
        "smallest": one.smallest,
    }


def _show(read: LocalTable, found: Localised, lang: str, paths: tuple[Path | None, Path | None]) -> None:
    page = console()
    page.print(plain(_HEAD.of(lang)), style="bold")
    page.print(plain(_row(_LOCAL.of(lang), found.figures)))
    if found.optimum is not None:
        page.print(plain(_row((_GLOBAL if found.proven else _BEST).of(lang), found.optimum)))
    else:
        page.print(plain(_NO_GLOBAL.of(lang)), style="dim")
    for place, one in enumerate(read.quasi):
        name = split_item_id(one.item)[2]
        both = [figures.loss.items[place] for figures in (found.figures, found.optimum) if figures is not None]
        page.print(plain(f"    {name}: " + " / ".join(f"{loss:.4f}" for loss in both)), style="dim")
    whole = found.figures
    unit = _ROWS.of(lang) if read.person is None else _PERSONS.fill(by=read.person).of(lang)
    said = _SUMMARY.fill(rows=f"{whole.rows:,}", classes=f"{whole.classes:,}", smallest=whole.smallest, unit=unit)
    page.print(plain(said.of(lang)), style="bold")
    if read.left:
        page.print(plain(_LEFT.fill(items=", ".join(read.left)).of(lang)), style="yellow")
    for label, path in zip((_PLAN, _FILE), paths, strict=True):
        if path is not None:
            page.print(plain(label.fill(path=path).of(lang)))


def _row(name: str, one: Figures) -> str:
    found = one.loss
    numbers = f"{found.joint:8.4f} {found.granularity:8.4f} {found.ncp:8.4f} {found.iloss:8.4f}"
    return f"  {numbers} {one.classes:9,} {one.held:9,} {one.emptied:9,}  {name}"


_HEAD = Text(
    zh="    损失    粒度损失    NCP     ILoss      组数    留下行   抹去格",
    en="      loss granular.    NCP    ILoss   classes stay here   emptied",
)
_LOCAL = Text(zh="局部泛化", en="local recoding")
_GLOBAL = Text(zh="全表泛化的最优解", en="global optimum")
_BEST = Text(zh="全表泛化，限时内最好的解", en="global recoding, the best in time")
_NO_GLOBAL = Text(
    zh="  没有与全表泛化比较：须每一项都有层级文件，且要求可以达到",
    en="  not compared with a global recoding: that takes a hierarchy for every item, and models within reach",
)
_ROWS = Text(zh="行", en="rows")
_PERSONS = Text(zh="人按“{by}”计", en="rows; k counts the persons that “{by}” names")
_SUMMARY = Text(
    zh="{rows} 行分成 {classes} 组，最小的组 {smallest} 行（{unit}）",
    en="{rows} rows in {classes} classes, the smallest of {smallest} {unit}",
)
_LEFT = Text(
    zh="注意：这些准标识符没有泛化，风险报告仍会计入：{items}",
    en="Note: these quasi-identifiers were not recoded, and the risk report counts them too: {items}",
)
_PLAN = Text(zh="方案：{path}", en="plan: {path}")
_FILE = Text(zh="方案所用的文件：{path}", en="its file: {path}")
