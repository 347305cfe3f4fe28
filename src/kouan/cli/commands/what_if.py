"""`kouan what-if`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.whatif import find_lighter
from kouan.cli.progress import progress_bar
from kouan.cli.show_whatif import show_what_if
from kouan.cli.terminal import console, print_json
from kouan.model.errors import Exit

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings

_KEY_BYTES = 32


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Search and print; finding nothing is an answer, too."""
    with progress_bar(settings.lang, quiet=arguments.json) as progress:
        found = find_lighter(Path(arguments.transfer), settings, person_key=os.urandom(_KEY_BYTES), progress=progress)
    if arguments.json:
        print_json(found)
    else:
        show_what_if(console(), found, settings.lang)
    return Exit.OK
