"""`kouan demo`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.certify import EVALUATION
from kouan.cli import messages
from kouan.cli.certifying import certify_and_show
from kouan.cli.clearing import clear_and_show
from kouan.cli.terminal import console, plain

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Clear each example under a folder and certify it where answers lie beside it; returns the highest status."""
    root = Path(arguments.examples)
    transfers = sorted(root.glob("*/transfer.yaml"))
    if not transfers:
        raise messages.NO_EXAMPLES.at(str(root))
    out = Path(arguments.out) if arguments.out else root / "cleared"
    out.mkdir(parents=True, exist_ok=True)
    worst = 0
    for transfer in transfers:
        if not arguments.json:
            console().rule(plain(transfer.parent.name))
        folder = out / transfer.parent.name
        worst = max(worst, clear_and_show(transfer, folder, settings, plan=None, as_json=arguments.json))
        answers = transfer.with_name(EVALUATION)
        if answers.is_file() and (folder / "staged").is_dir():
            certify_and_show(folder, answers, settings, as_json=arguments.json)
    return worst
