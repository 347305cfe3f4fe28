"""`kouan inspect`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.desk import Desk, inspect_files
from kouan.cli.progress import progress_bar
from kouan.cli.show import show_inventory
from kouan.cli.terminal import console, print_json
from kouan.formats import is_address, parse_word
from kouan.model.errors import Exit

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings

_KEY_BYTES = 32


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Inspect a declaration's sources, or bare data files."""
    paths = tuple(parse_word(word) if is_address(word) else Path(word) for word in arguments.target)
    # Nothing of this inventory is kept, so neither is the key that tells its persons apart.
    key = os.urandom(_KEY_BYTES)
    with progress_bar(settings.lang, quiet=arguments.json) as progress:
        if len(paths) == 1 and isinstance(paths[0], Path) and paths[0].suffix in {".yaml", ".yml"}:
            inventory = Desk.open(paths[0], settings).inspect(person_key=key, progress=progress)
        else:
            inventory = inspect_files(paths, settings, person_key=key, progress=progress)
    if arguments.json:
        print_json(inventory)
    else:
        show_inventory(console(), inventory, settings.lang, whole=arguments.all)
    return Exit.OK if all(source.complete for source in inventory.sources) else Exit.PARTLY_READ
