"""`kouan decide`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.desk import Desk
from kouan.cli.progress import progress_bar
from kouan.cli.show import show_decision, show_persons
from kouan.cli.terminal import console, print_json
from kouan.model.decision import Pathway
from kouan.model.errors import Exit

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings

_KEY_BYTES = 32


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Decide on the data as they are, without writing anything."""
    desk = Desk.open(Path(arguments.transfer), settings)
    with progress_bar(settings.lang, quiet=arguments.json) as progress:
        inventory = desk.inspect(person_key=os.urandom(_KEY_BYTES), progress=progress)
    decision = desk.decide(inventory)
    if arguments.json:
        print_json(decision)
    else:
        out = console()
        show_persons(out, inventory, settings.lang)
        show_decision(out, decision, settings.lang)
    if not decision.determined:
        return Exit.UNDETERMINED
    return Exit.PROHIBITED if Pathway.PROHIBITED in decision.options else Exit.OK
