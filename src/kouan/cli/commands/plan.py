"""`kouan plan`."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.desk import Desk
from kouan.clearance.engines import engine_of
from kouan.clearance.opening import read_text
from kouan.clearance.workfolder import disk_errors
from kouan.cli import messages
from kouan.cli.progress import progress_bar
from kouan.cli.show_preview import show_preview
from kouan.cli.show_target import show_account
from kouan.cli.terminal import console, print_json
from kouan.deidentify import check_plan, plan_yaml, preview, read_hierarchies, read_plan
from kouan.dossier.necessity_view import lines_of
from kouan.dossier.others_view import proposals
from kouan.model.errors import Exit
from kouan.model.files import write_whole

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings
    from kouan.model.inventory import Inventory
    from kouan.model.plan import Plan

_KEY_BYTES = 32


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Make a plan and print it, or write it to a file; or show masked examples of what it does.

    Returns 4 where the declaration has a target that no plan within its limits reaches.
    """
    out = Path(arguments.out) if arguments.out else None
    if out is not None and out.exists() and not arguments.force:
        raise messages.FILE_EXISTS.at(str(out))
    desk = Desk.open(Path(arguments.transfer), settings, profile=arguments.profile)
    with progress_bar(settings.lang, quiet=arguments.json) as progress:
        inventory = desk.inspect(person_key=os.urandom(_KEY_BYTES), progress=progress)
    edited = None if arguments.plan is None else _edited(Path(arguments.plan), desk, inventory)
    aimed = desk.aim(inventory, edited=edited)
    plan, where = aimed.plan, arguments.plan or "plan"
    files = read_hierarchies(plan, desk.folder, where, profile=desk.profile).read
    check_plan(plan, inventory, where, profile=desk.profile, hierarchies=files)
    notes = [one.of(settings.lang) for one in aimed.account]
    with engine_of(settings):
        notes += [one.of(settings.lang) for one in proposals(desk.measure(inventory), inventory, plan)]
    notes += [("  " * depth) + line for depth, line in lines_of(desk.necessity(inventory, plan), settings.lang)]
    text = plan_yaml(plan, inventory, settings.lang, notes=notes)
    if out is not None:
        with disk_errors(out):
            write_whole(out, text.encode())
    if arguments.preview:
        show_preview(plan, preview(plan, desk.sources, inventory, files), settings.lang)
    elif arguments.json:
        print_json(plan)
    elif out is None:
        sys.stdout.write(text)
    else:
        show_account(console(), aimed.account, settings.lang, reached=aimed.reached)
    return Exit.OK if aimed.reached else Exit.PROHIBITED


def _edited(path: Path, desk: Desk, inventory: Inventory) -> Plan:
    """Read a plan that people edited. Its rules on rows are made again unless they are a person's, and checked then."""
    text = read_text(path)
    plan = read_plan(text, path.name)
    files = read_hierarchies(plan, desk.folder, path.name, made_from=text, profile=desk.profile).read
    bare = plan.model_copy(update={"rows": None})
    check_plan(bare, inventory, path.name, text=text, profile=desk.profile, hierarchies=files)
    return plan
