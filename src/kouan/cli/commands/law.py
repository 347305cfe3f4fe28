"""`kouan law`: read, check, test and compare the law packs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.cli.commands.law_parts import part_of

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run one part of the group."""
    return part_of(arguments.part).run(arguments, settings)
