"""`kouan optimise`: search the generalisation that loses least and protects as asked, and write it as a plan."""

from __future__ import annotations

import os
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.desk import Desk
from kouan.clearance.optimising import Wanted, planned, prepare
from kouan.clearance.workfolder import disk_errors
from kouan.cli import messages
from kouan.cli.commands.localise import local_wanted, run_local
from kouan.cli.terminal import console, plain, print_json
from kouan.deidentify import plan_yaml
from kouan.model.errors import Exit
from kouan.model.files import write_whole
from kouan.model.items import split_item_id
from kouan.model.masking import quoted
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.localreading import LocalWanted
    from kouan.clearance.optimising import Found, Prepared
    from kouan.clearance.settings import Settings

_KEY_BYTES = 32
_STEPS = (2, 3, 5, 10, 20, 50)
_SHARES = (Decimal(0), Decimal("0.01"), Decimal("0.05"))
_WHOLE = 100


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Search once and write the plan, or for many k and shares and show what each costs."""
    out = Path(arguments.out) if arguments.out else None
    if out is not None and out.exists() and not arguments.force:
        raise messages.FILE_EXISTS.at(str(out))
    if arguments.local:
        return run_local(arguments, settings, _local(arguments))
    wanted = _wanted(arguments)
    path = Path(arguments.transfer)
    desk = Desk.open(path, settings)
    inventory = desk.inspect(person_key=os.urandom(_KEY_BYTES))
    prepared = prepare(desk.sources, inventory, path.parent, wanted)
    desk.check_unchanged()
    if arguments.explore:
        _explore(prepared, wanted, settings.lang, as_json=arguments.json)
        return Exit.OK
    found = prepared.search(wanted)
    plan = planned(desk.plan(inventory), prepared, found, wanted)
    if out is not None:
        with disk_errors(out):
            write_whole(out, plan_yaml(plan, inventory, settings.lang).encode())
    if arguments.json:
        print_json(_told(found, wanted))
    else:
        _show(prepared, found, settings.lang, out)
    return Exit.OK


def _wanted(arguments: argparse.Namespace) -> Wanted:
    hierarchies = _pairs(arguments.hierarchy, "--hierarchy")
    if not hierarchies:
        raise messages.OPTIMISE_NEEDS.at("--hierarchy")
    return Wanted(
        hierarchies=hierarchies,
        k=arguments.k,
        diversity={name: _whole(value, "--l") for name, value in _pairs(arguments.l, "--l").items()},
        closeness={name: _share(value, "--t") for name, value in _pairs(arguments.t, "--t").items()},
        suppress=_share(arguments.suppress, "--suppress"),
        lowest={name: _whole(value, "--lowest") for name, value in _pairs(arguments.lowest, "--lowest").items()},
        seconds=arguments.seconds,
    )


def _local(arguments: argparse.Namespace) -> LocalWanted:
    models = [f"k={arguments.k}"]
    models += [f"l:{name}={value}" for name, value in _pairs(arguments.l, "--l").items()]
    models += [f"t:{name}={_share(value, '--t'):f}" for name, value in _pairs(arguments.t, "--t").items()]
    pairs = {"hierarchy": _pairs(arguments.hierarchy, "--hierarchy"), "lowest": _pairs(arguments.lowest, "--lowest")}
    return local_wanted(arguments, models, pairs, _share(arguments.suppress, "--suppress"))


def _pairs(words: list[str], option: str) -> dict[str, str]:
    found = {}
    for word in words:
        name, mark, value = word.rpartition("=")
        if not mark or not name or not value:
            raise messages.PAIR_SHAPE.at(option, word=quoted(word))
        found[name] = value
    return found


def _whole(value: str, option: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise messages.PAIR_SHAPE.at(option, word=quoted(value))
    return int(value)


def _share(value: str, option: str) -> Decimal:
    """Return a share from 0 to 1, also written in per cent."""
    try:
        share = Decimal(value.removesuffix("%")) / (_WHOLE if value.endswith("%") else 1)
    except InvalidOperation:
        share = Decimal(-1)
    if not 0 <= share <= 1:
        raise messages.PAIR_SHAPE.at(option, word=quoted(value))
    return share


def _told(found: Found, wanted: Wanted) -> dict[str, object]:
    result = found.result
    return {
        "k": wanted.k,
        "suppress": str(wanted.suppress),
        "levels": None if result.levels is None else dict(zip(found.items, result.levels, strict=True)),
        "loss": None if result.score is None else f"{result.score:.6f}",
        "bound": None if result.bound is None else f"{result.bound:.6f}",
        "optimal": result.optimal,
        "rows": found.rows,
        "suppressed": result.suppressed,
        "classes": result.classes,
        "nodes": result.nodes,
        "checked": result.checked,
    }


def _show(prepared: Prepared, found: Found, lang: str, out: Path | None) -> None:
    page, result = console(), found.result
    assert result.levels is not None
    for item, level, height in zip(found.items, result.levels, found.heights, strict=True):
        line = Text(zh="  {item}：第 {level} 级（最高 {height}）", en="  {item}: level {level} of {height}")
        page.print(plain(line.fill(item=split_item_id(item)[2], level=level, height=height).of(lang)))
    summary = Text(
        zh="信息损失 {loss}（0 为不变，1 为全部泛化）；{rows} 行中留下 {kept} 行不出境，{classes} 个类；"
        "{nodes} 种组合检查了 {checked} 种{proof}",
        en="loss {loss} (0: unchanged, 1: all generalised); {kept} of {rows} rows stay here, {classes} classes; "
        "{checked} of {nodes} combinations looked at{proof}",
    ).fill(
        loss=f"{result.score:.4f}",
        rows=f"{found.rows:,}",
        kept=f"{result.suppressed:,}",
        classes=f"{result.classes:,}",
        nodes=f"{result.nodes:,}",
        checked=f"{result.checked:,}",
        proof=_PROVEN if result.optimal else _BOUND.fill(bound=f"{result.bound:.4f}"),
    )
    page.print(plain(summary.of(lang)), style="bold")
    if prepared.left:
        page.print(plain(_LEFT.fill(items=", ".join(prepared.left)).of(lang)), style="yellow")
    if out is not None:
        page.print(plain(Text(zh="方案：{path}", en="plan: {path}").fill(path=out).of(lang)))


_PROVEN = Text(zh="，已证明最优", en=", proven optimal")
_BOUND = Text(zh="，时间用尽，最优值不低于 {bound}", en=", out of time: the optimum is at least {bound}")
_LEFT = Text(
    zh="注意：这些准标识符不在寻优之列，风险报告仍会计入：{items}。k 按行计，不按人计。",
    en="Note: these quasi-identifiers were not searched, and the risk report counts them too: {items}. k counts rows, "
    "not persons.",
)


def _explore(prepared: Prepared, wanted: Wanted, lang: str, *, as_json: bool) -> None:
    """Show the least loss for every k and share: the frontier of protection against use."""
    shares = _SHARES if not wanted.diversity and not wanted.closeness else (Decimal(0),)
    tried = [replace(wanted, k=k, suppress=share) for k in _STEPS for share in shares]
    told = [_told(prepared.search(one), one) for one in tried]
    if as_json:
        print_json(told)
        return
    page = console()
    head = Text(zh="  k    可留下   信息损失  各项层级", en="  k    suppress   loss   levels")
    page.print(plain(head.of(lang)), style="bold")
    for one, row in zip(tried, told, strict=True):
        levels = row["levels"]
        if not isinstance(levels, dict):
            none = Text(zh="达不到", en="out of reach").of(lang)
            page.print(plain(f"  {one.k:<4} {one.suppress:>6.0%}   {none}"), style="dim")
            continue
        loss = float(str(row["loss"]))
        bar = "█" * round(loss * 20)
        names = "  ".join(f"{split_item_id(item)[2]} {level}" for item, level in levels.items())
        page.print(plain(f"  {one.k:<4} {one.suppress:>6.0%}   {loss:.4f} {bar:<20} {names}"))
