"""`kouan clear`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.workfolder import default_out
from kouan.cli.clearing import clear_and_show

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Clear one transfer and print its verdict."""
    transfer = Path(arguments.transfer)
    out = Path(arguments.out) if arguments.out else default_out(transfer)
    plan = Path(arguments.plan) if arguments.plan else None
    under = Path(arguments.under) if arguments.under else None
    return clear_and_show(transfer, out, settings, plan=plan, under=under, as_json=arguments.json, whole=arguments.all)
