"""`kouan what-if`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.readying import ready_option
from kouan.clearance.whatif import find_lighter
from kouan.clearance.workfolder import disk_errors
from kouan.cli import messages
from kouan.cli.progress import progress_bar
from kouan.cli.show_whatif import show_ready, show_what_if
from kouan.cli.terminal import console, print_json
from kouan.deidentify import plan_yaml
from kouan.model.errors import Exit
from kouan.model.files import write_whole

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings
    from kouan.clearance.whatif import Search

_KEY_BYTES = 32


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Search and print; finding nothing is an answer, too. With `--out` one option is written as a plan."""
    transfer, out = Path(arguments.transfer), Path(arguments.out) if arguments.out else None
    if out is not None and out.exists() and not arguments.force:
        raise messages.FILE_EXISTS.at(str(out))
    with progress_bar(settings.lang, quiet=arguments.json) as progress:
        search = find_lighter(transfer, settings, person_key=os.urandom(_KEY_BYTES), progress=progress)
    if out is not None:
        _write(search, arguments, settings, transfer, out)
    elif arguments.json:
        print_json(search.found)
    else:
        show_what_if(console(), search.found, settings.lang)
    return Exit.OK


def _write(search: Search, arguments: argparse.Namespace, settings: Settings, transfer: Path, out: Path) -> None:
    ready = ready_option(search.desk, search.inventory, search.found, arguments.option, consent=search.consent)
    text = plan_yaml(ready.plan, search.inventory, settings.lang, notes=ready.notes(settings.lang))
    with disk_errors(out):
        write_whole(out, text.encode())
    if arguments.json:
        print_json(ready.decision)
    else:
        show_ready(console(), ready, settings.lang, transfer=transfer, out_path=out)
