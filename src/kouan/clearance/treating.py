"""`kouan deidentify`: treat the data of a declaration into a folder, all of it or none."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.clearance.naming import check_member_names
from kouan.clearance.opening import read_text
from kouan.clearance.workfolder import disk_errors, folder_lock
from kouan.deidentify import apply_plan, check_plan, read_hierarchies, read_plan
from kouan.evidence import FileKeyStore
from kouan.model.files import sync_directory
from kouan.model.ports import silent

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.clearance.desk import Desk
    from kouan.model.ports import Progress
    from kouan.model.treatment import Treatment


def treat_into(desk: Desk, out: Path, *, plan_path: Path | None, progress: Progress = silent) -> Treatment:
    """Treat every source into `out`, which must not exist or be empty.

    Raises:
        KouanError: K-CLR-010, K-CLR-011, K-DEI-…; nothing is left under `out` then.
    """
    if os.path.lexists(out) and (out.is_symlink() or not out.is_dir() or any(out.iterdir())):
        raise messages.FOLDER_FOREIGN.at(str(out))
    with disk_errors(out), folder_lock(out, desk.settings.home):
        keys = FileKeyStore.open(desk.settings.home, create=True)
        inventory = desk.inspect(person_key=keys.derive(f"person/{desk.settings.as_of.year}"), progress=progress)
        plan, text = desk.plan(inventory), None
        if plan_path is not None:
            text = read_text(plan_path)
            plan = read_plan(text, plan_path.name, made=plan)
        where = "plan" if plan_path is None else plan_path.name
        hierarchies = read_hierarchies(plan, desk.folder, where, made_from=text, profile=desk.profile)
        check_plan(plan, inventory, where, text=text, hierarchies=hierarchies.read, profile=desk.profile)
        plan = hierarchies.pinned(plan)
        check_member_names(desk.sources, inventory, plan)
        consents = desk.consents(inventory, keys)
        work = out.with_name(f".{out.name}.treated")
        if work.exists():  # of a killed run; the lock says that nobody is in it
            shutil.rmtree(work)
        work.mkdir(parents=True, mode=0o700)
        try:
            treatment = apply_plan(
                plan,
                desk.sources,
                inventory,
                keys=keys,
                out=work,
                threads=desk.settings.threads,
                progress=progress,
                hold=None if consents is None else consents.holder,
                hierarchies=hierarchies.read,
                population=desk.population_table,
            )
            desk.check_unchanged()
            if out.exists():
                out.rmdir()
            work.rename(out)
        except BaseException:
            shutil.rmtree(work, ignore_errors=True)
            raise
        sync_directory(out.parent)
        return treatment
