"""`kouan assess`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.alongside import lay_alongside
from kouan.clearance.attackcheck import attack_again
from kouan.clearance.desk import Desk, said_otherwise
from kouan.clearance.engines import engine_of
from kouan.clearance.verify import verify_folder
from kouan.cli.progress import progress_bar
from kouan.cli.show import show_assessed
from kouan.cli.show_attacked import show_attacked
from kouan.cli.terminal import console, print_json
from kouan.evidence import TrustStore
from kouan.model.errors import Exit
from kouan.model.text import Text

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings

_KEY_BYTES = 32


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Assess the data as they are, or attack what a clearing made of them."""
    if arguments.cleared:
        return _attacked(arguments, settings)
    desk = said_otherwise(
        Desk.open(Path(arguments.transfer), settings),
        sharing=arguments.sharing,
        environment=arguments.environment,
        size=arguments.population,
        table=arguments.population_table,
    )
    # What is started here is used twice.
    with engine_of(settings), progress_bar(settings.lang, quiet=arguments.json) as progress:
        inventory = desk.inspect(person_key=os.urandom(_KEY_BYTES), progress=progress)
        view = desk.measure(inventory)
    if arguments.json:
        print_json(view)
    else:
        words = Text(zh="原始数据", en="data as they are")
        show_assessed(console(), words, view, inventory, settings.lang, whole=arguments.all)
    return Exit.OK


def _attacked(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the attacks of a clearance folder again on the data beside a declaration and show all of them."""
    folder = Path(arguments.cleared)
    checked = verify_folder(folder, TrustStore.of_home(settings.home))
    if checked.problems:
        raise checked.problems[0]
    attacked = attack_again(lay_alongside(folder, Path(arguments.transfer).parent, settings))
    if arguments.json:
        print_json(attacked)
    else:
        show_attacked(console(), attacked, settings.lang, whole=True)
    return Exit.OK
