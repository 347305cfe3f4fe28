"""`kouan attack`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kouan.cli import messages
from kouan.cli.show_attacks import show_attacks
from kouan.cli.terminal import console, print_json
from kouan.deidentify.hierarchy import read_hierarchy
from kouan.formats import open_source
from kouan.model.attacks import AttackReport
from kouan.model.document import Document, Input
from kouan.model.errors import Exit
from kouan.risk.attacks import Asked, attack_tables, read_table

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Attack a treated table and say what it gave away."""
    paths = [Path(name) for name in (arguments.original, arguments.treated, arguments.control) if name]
    sources = [open_source(path, name=str(path)) for path in paths]
    names = (arguments.table, None if arguments.counts else arguments.table, arguments.table)
    tables = [read_table(source, name) for source, name in zip(sources, names, strict=False)]
    if arguments.attacks < 1:
        raise messages.USAGE.at("--attacks", problem="--attacks < 1", command="kouan attack")
    asked = Asked(
        attacks=arguments.attacks,
        seed=arguments.seed,
        secrets=tuple(arguments.secret),
        halves=_halves(arguments.aux),
        neighbours=max(1, arguments.neighbours),
        parents=dict(_parents(word) for word in arguments.hierarchy),
        counts=arguments.counts,
    )
    report = attack_tables(tables[0], tables[1], tables[2] if arguments.control else None, asked)
    if arguments.json:
        inputs = tuple(Input(name=source.name, sha256=source.sha256) for source in sources)
        print_json(Document[AttackReport](kind="attacks", version=1, inputs=inputs, body=report))
    else:
        show_attacks(console(), report, settings.lang)
    return Exit.OK if all(source.complete for source in sources) else Exit.PARTLY_READ


def _parents(word: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Return a column, and the labels above each value in its hierarchy."""
    column, sign, path = word.partition("=")
    if not sign:
        raise messages.USAGE.at("--hierarchy", problem=f"--hierarchy {word}", command="kouan attack")
    return column, {row[0]: row[1:] for row in read_hierarchy(Path(path)).rows}


def _halves(aux: str | None) -> tuple[tuple[str, ...], ...]:
    parts = (aux or "").split("/")
    halves = [tuple(name.strip() for name in part.split(",") if name.strip()) for part in parts]
    return tuple(half for half in halves if half)
