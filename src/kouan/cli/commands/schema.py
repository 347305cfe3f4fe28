"""`kouan schema`."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from kouan.clearance.declare import declarable
from kouan.cli import messages
from kouan.cli.terminal import console, plain, print_json
from kouan.model.errors import Exit
from kouan.model.kinds import KINDS, schema_of
from kouan.packs import builtin_root, load_packs

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings

_VOCABULARY = "vocabulary"


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print one schema, the vocabulary of facts, or the names of all kinds."""
    kind = arguments.kind
    if kind is None:
        for name in (*KINDS, _VOCABULARY):
            console().print(name)
        return Exit.OK
    if kind == _VOCABULARY:
        _show_vocabulary(settings, as_json=arguments.json)
        return Exit.OK
    if kind not in KINDS:
        near = difflib.get_close_matches(kind, list(KINDS), n=1)
        raise messages.KIND_UNKNOWN.at(kind, name=kind, names=", ".join(near or (*KINDS, _VOCABULARY)))
    print_json(schema_of(kind))
    return Exit.OK


def _show_vocabulary(settings: Settings, *, as_json: bool) -> None:
    known = declarable(load_packs(builtin_root(), *settings.packs, allow_override=settings.allow_override))
    if as_json:
        print_json(
            [{"name": name, "type": fact.type.value, "label": fact.label.model_dump()} for name, fact in known.items()]
        )
        return
    out = console()
    for name, fact in known.items():
        out.print(f"[bold]{plain(name)}[/bold] ({fact.type.value})  {plain(fact.label.of(settings.lang))}")
        out.print(f"    {plain(fact.help.of(settings.lang))}", style="dim")
