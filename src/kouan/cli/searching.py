"""What `optimise` and `deidentify --explore` share: options, reading one table, showing the frontier, picking."""

from __future__ import annotations

import math
import os
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.desk import Desk
from kouan.clearance.frontier import explore, pick
from kouan.clearance.optimising import Wanted
from kouan.clearance.preparing import prepare
from kouan.clearance.tool import tool
from kouan.clearance.workfolder import disk_errors
from kouan.cli import messages
from kouan.cli.show_frontier import show_frontier
from kouan.cli.terminal import console, plain, print_json
from kouan.deidentify import plan_yaml
from kouan.deidentify.asked import asked_all
from kouan.dossier.frontier_page import render_frontier
from kouan.model.errors import Exit
from kouan.model.files import write_whole
from kouan.model.masking import quoted
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.optimising import Prepared
    from kouan.clearance.settings import Settings
    from kouan.model.inventory import Inventory
    from kouan.model.plan import Plan

_KEY_BYTES = 32
_WHOLE = 100
_DEFAULT = "k=5"
_PAGE, _PLAN = "frontier.html", "plan.yaml"
_PICKED = Text(zh="{id} 的方案：{path}", en="plan of {id}: {path}")


def wanted_of(arguments: argparse.Namespace, *, sensitive: bool = False, seconds: float | None = None) -> Wanted:
    """Return what a command line asks for. Raises KouanError K-CLI-144, K-DEI-065."""
    if seconds is not None and not 0 < seconds < math.inf:
        raise messages.PAIR_SHAPE.at("--seconds", word=quoted(str(seconds)))
    spelt = [*([] if arguments.k is None else [f"k={arguments.k}"]), *arguments.model]
    return Wanted(
        models=asked_all(spelt or ([] if sensitive else [_DEFAULT]), "--model"),
        hierarchies=_pairs(arguments.hierarchy, "--hierarchy"),
        suppress=_share(arguments.suppress, "--suppress"),
        lowest={name: _number(value, "--lowest") for name, value in _pairs(arguments.lowest, "--lowest").items()},
        table=arguments.table,
        by=arguments.by,
        sensitive=sensitive,
        seconds=seconds,
    )


def out_of(arguments: argparse.Namespace, name: str | None = None) -> Path | None:
    """Return the file that is written, by default of this name. Raises KouanError K-CLI-004 where it exists."""
    told = arguments.out or name
    out = None if told is None else Path(told)
    if out is not None and out.exists() and not arguments.force:
        raise messages.FILE_EXISTS.at(str(out))
    return out


def opened(arguments: argparse.Namespace, settings: Settings, wanted: Wanted) -> tuple[Desk, Inventory, Plan, Prepared]:
    """Read the data of a declaration, plan as without a search, and read the table to be searched."""
    desk = Desk.open(Path(arguments.transfer), settings)
    inventory = desk.inspect(person_key=os.urandom(_KEY_BYTES))
    plan = desk.plan(inventory)
    prepared = prepare(desk, inventory, plan, wanted)
    desk.check_unchanged()
    return desk, inventory, plan, prepared


def run_frontier(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show the frontier and write its page, or write the plan of one of its points."""
    out = out_of(arguments, _PLAN if arguments.pick else _PAGE)
    assert out is not None
    wanted = wanted_of(arguments, sensitive=True)
    desk, inventory, plan, prepared = opened(arguments, settings, wanted)
    if arguments.pick:
        picked = pick(prepared, plan, wanted, arguments.pick)
        with disk_errors(out):
            write_whole(out, plan_yaml(picked, inventory, settings.lang).encode())
        if arguments.json:
            print_json(picked)
        else:
            console().print(plain(_PICKED.fill(id=arguments.pick, path=out).of(settings.lang)))
        return Exit.OK
    frontier = explore(prepared, plan, wanted, inventory=inventory, setting=desk.setting(plan.lines))
    title = desk.declaration.transfer.name
    page = render_frontier(frontier, lang=settings.lang, title=title, made_at=settings.clock(), tool=tool())
    with disk_errors(out):
        write_whole(out, page.encode())
    if arguments.json:
        print_json(frontier)
    else:
        show_frontier(frontier, settings.lang, out)
    return Exit.OK


def _pairs(words: list[str], option: str) -> dict[str, str]:
    found = {}
    for word in words:
        name, mark, value = word.rpartition("=")
        if not mark or not name or not value or name in found:  # what stands twice is not clear
            raise messages.PAIR_SHAPE.at(option, word=quoted(word))
        found[name] = value
    return found


def _number(value: str, option: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise messages.PAIR_SHAPE.at(option, word=quoted(value))
    return int(value)


def _share(value: str, option: str) -> Decimal:
    """Return a share from 0 to 1, also written in per cent."""
    try:
        share = Decimal(value.removesuffix("%")) / (_WHOLE if value.endswith("%") else 1)
    except InvalidOperation:
        share = Decimal(-1)
    if not share.is_finite() or not 0 <= share <= 1:
        raise messages.PAIR_SHAPE.at(option, word=quoted(value))
    return share
