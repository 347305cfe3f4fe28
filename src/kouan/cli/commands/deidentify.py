"""`kouan deidentify`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.desk import Desk
from kouan.clearance.treating import treat_into
from kouan.cli import messages
from kouan.cli.progress import progress_bar
from kouan.cli.searching import run_frontier
from kouan.cli.terminal import console, plain, print_json
from kouan.dossier.terms import ACTION
from kouan.model.errors import Exit
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Treat the data by a plan (or by the one Kouan makes) into a new folder, or compare what plans would come to."""
    if arguments.explore or arguments.pick:
        return run_frontier(arguments, settings)
    if arguments.out is None:
        raise messages.OUT_NEEDED.at("deidentify")
    plan = Path(arguments.plan) if arguments.plan else None
    desk = Desk.open(Path(arguments.transfer), settings, plan=plan)
    with progress_bar(settings.lang, quiet=arguments.json) as progress:
        treatment = treat_into(desk, Path(arguments.out), plan_path=plan, progress=progress)
    if arguments.json:
        print_json(treatment)
        return Exit.OK
    out, lang = console(), settings.lang
    for file in treatment.files:
        line = Text(zh="{source} → {staged}：{rows} 行", en="{source} → {staged}: {rows} rows")
        out.print(plain(line.fill(source=file.source, staged=file.staged, rows=f"{file.rows:,}").of(lang)))
        for note in file.notes:
            out.print(f"  ! {plain(note.of(lang))}", style="yellow")
    if treatment.held:
        held = Text(zh="  ! {rows} 行未出境", en="  ! {rows} rows stay here")
        out.print(plain(held.fill(rows=f"{treatment.held:,}").of(lang)), style="yellow")
    for note in treatment.notes:
        out.print(f"  ! {plain(note.of(lang))}", style="yellow")
    for item in treatment.items:
        line = Text(
            zh="  {item}：{action}，改变 {changed}/{cells}，清空 {emptied}",
            en="  {item}: {action}, {changed}/{cells} changed, {emptied} emptied",
        )
        filled = line.fill(
            item=item.item, action=ACTION[item.action], changed=item.changed, cells=item.cells, emptied=item.emptied
        )
        out.print(plain(filled.of(lang)))
    return Exit.OK
