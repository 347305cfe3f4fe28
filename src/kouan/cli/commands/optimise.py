"""`kouan optimise`: search the generalisation that loses least and protects as asked, and write it as a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance.optimising import planned
from kouan.clearance.workfolder import disk_errors
from kouan.cli import messages
from kouan.cli.commands.localise import run_local
from kouan.cli.searching import opened, out_of, run_frontier, wanted_of
from kouan.cli.terminal import console, plain, print_json
from kouan.deidentify import plan_yaml
from kouan.deidentify.aiming import step_words
from kouan.model.errors import Exit
from kouan.model.files import write_whole
from kouan.model.items import split_item_id
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from kouan.clearance.optimising import Found, Prepared, Wanted
    from kouan.clearance.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Search once and write the plan, or for many protections and show what each costs."""
    others = [name for name in ("explore", "pick", "ranges") if getattr(arguments, name)]
    if others and (arguments.local or "ranges" in others) and not (arguments.local and others == ["ranges"]):
        problem = _TOGETHER.fill(option=f"--{others[0]}")
        raise messages.USAGE.at("optimise", problem=problem, command="kouan optimise")
    if arguments.local:
        return run_local(arguments, settings)
    if arguments.explore or arguments.pick:
        return run_frontier(arguments, settings)
    out = out_of(arguments)
    wanted = wanted_of(arguments, seconds=arguments.seconds)
    _, inventory, made, prepared = opened(arguments, settings, wanted)
    found = prepared.search(wanted.models, wanted.suppress, wanted.seconds)
    plan = planned(made, prepared, found, wanted.models, wanted.suppress)
    if out is not None:
        with disk_errors(out):
            write_whole(out, plan_yaml(plan, inventory, settings.lang).encode())
    if arguments.json:
        print_json(_told(prepared, found, wanted))
    else:
        _show(prepared, found, settings.lang, out)
    return Exit.OK


def _told(prepared: Prepared, found: Found, wanted: Wanted) -> dict[str, object]:
    result = found.result
    levels = result.levels or ()
    return {
        "models": [str(one) for one in wanted.models],
        "suppress": str(wanted.suppress),
        "unit": "row" if prepared.person is None else prepared.person[0].id,
        "levels": {one.item: level for one, level in zip(found.ladders, levels, strict=True)},
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
    for one, level in zip(found.ladders, result.levels, strict=True):
        line = _LEVEL.fill(
            item=split_item_id(one.item)[2], told=step_words(one.lines[level]), level=level, height=one.height
        )
        page.print(plain(line.of(lang)))
    summary = _SUMMARY.fill(
        loss=f"{result.score:.4f}",
        rows=f"{found.rows:,}",
        kept=f"{result.suppressed:,}",
        classes=f"{result.classes:,}",
        nodes=f"{result.nodes:,}",
        checked=f"{result.checked:,}",
        proof=_PROVEN if result.optimal else _BOUND.fill(bound=f"{result.bound:.4f}"),
    )
    page.print(plain(summary.of(lang)), style="bold")
    person = prepared.person
    unit = _ROWS if person is None else _PERSONS.fill(by=person[0].name)
    page.print(plain(unit.of(lang)))
    if prepared.left:
        names = ", ".join(item.name for item, _ in prepared.left)
        page.print(plain(_LEFT.fill(items=names).of(lang)), style="yellow")
    if out is not None:
        page.print(plain(Text(zh="方案：{path}", en="plan: {path}").fill(path=out).of(lang)))


_TOGETHER = Text(
    zh="--local 不与 --explore、--pick 同用，--ranges 只与 --local 同用（写了 {option}）",
    en="--local goes with neither --explore nor --pick, and --ranges with --local only ({option} was given)",
)
_LEVEL = Text(zh="  {item}：{told}（第 {level} 级，最高 {height}）", en="  {item}: {told} (level {level} of {height})")
_SUMMARY = Text(
    zh="信息损失 {loss}（0 为不变，1 为全部泛化）；{rows} 行中留下 {kept} 行不出境，{classes} 个类；"
    "{nodes} 种组合检查了 {checked} 种{proof}",
    en="loss {loss} (0: unchanged, 1: all generalised); {kept} of {rows} rows stay here, {classes} classes; "
    "{checked} of {nodes} combinations looked at{proof}",
)
_PROVEN = Text(zh="，已证明最优", en=", proven optimal")
_BOUND = Text(zh="，时间用尽，最优值不低于 {bound}", en=", out of time: the optimum is at least {bound}")
_PERSONS = Text(zh="k 按“{by}”所指的个人计。", en="k counts the persons that “{by}” names.")
_ROWS = Text(zh="k 按行计：没有标明个人的列。", en="k counts rows: no column names the person.")
_LEFT = Text(
    zh="注意：这些准标识符不在寻优之列，风险报告仍会计入：{items}。",
    en="Note: these quasi-identifiers were not searched, and the risk report counts them too: {items}.",
)
