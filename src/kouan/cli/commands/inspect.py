"""`kouan inspect`: what data hold, why, what persons say of it, and how often they agree."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.clearance.desk import Desk, inspect_files
from kouan.clearance.labelling import LABELS, find_item, write_label, writing
from kouan.cli import messages
from kouan.cli.inventory_out import check_out, write_inventory
from kouan.cli.progress import progress_bar
from kouan.cli.show import show_inventory
from kouan.cli.show_explain import show_explained, show_precision
from kouan.cli.terminal import console, print_json, say
from kouan.formats import is_address, parse_word
from kouan.model.errors import Exit
from kouan.model.labels import ItemLabel
from kouan.model.text import Text
from kouan.recognize.hints import check_meaning
from kouan.recognize.lexicon import load_lexicon
from kouan.recognize.precision import precision_of

if TYPE_CHECKING:
    import argparse

    from kouan.clearance.settings import Settings
    from kouan.model.inventory import Inventory

_KEY_BYTES = 32
_OUT = Text(zh="清单写入 {path}", en="inventory written to {path}")
_WRITTEN = Text(zh="{item}：{meaning}，写入 {path}", en="{item}: {meaning}, written to {path}")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Inspect a declaration's sources, or bare data files."""
    words = arguments.target
    declared = Path(words[0]) if len(words) == 1 and words[0].endswith((".yaml", ".yml")) else None
    paths = tuple(parse_word(word) if is_address(word) else Path(word) for word in words)
    labels = settings.labels or (declared.parent / LABELS if declared else None)
    writes = bool(arguments.confirm or arguments.correct)
    _check(arguments, labels, writes=writes)
    names = [path.name if isinstance(path, Path) else path.path for path in paths]
    out = Path(arguments.out) if arguments.out else None
    if out is not None:
        check_out(out, force=arguments.force)
    if writes and settings.labels is not None and not settings.labels.exists():
        settings = replace(settings, labels=None)  # it is made when the first label is written
    # Nothing of this inventory is kept, so neither is the key that tells its persons apart.
    key = os.urandom(_KEY_BYTES)
    with progress_bar(settings.lang, quiet=arguments.json) as progress:
        if declared is not None:
            inventory = Desk.open(declared, settings).inspect(person_key=key, progress=progress)
        else:
            inventory = inspect_files(paths, settings, person_key=key, progress=progress)
    if out is not None:
        write_inventory(out, inventory, lang=settings.lang, title=", ".join(names), made_at=settings.clock())
    if writes and labels is not None:
        _write(arguments, settings, inventory, labels)
    elif out is not None and not (arguments.json or arguments.explain or arguments.precision):
        say(console(), _OUT.fill(path=str(out)).of(settings.lang))
    else:
        _show(arguments, settings, inventory)
    return Exit.OK if all(source.complete for source in inventory.sources) else Exit.PARTLY_READ


def _check(arguments: argparse.Namespace, labels: Path | None, *, writes: bool) -> None:
    """Refuse what does not go together before any data are read."""
    asked = [name for name in ("explain", "precision") if getattr(arguments, name)] + ["confirm"] * writes
    if len(asked) > 1:
        raise messages.INSPECT_ONE.at("inspect")
    lexicon = load_lexicon()
    for word in arguments.correct:
        item, mark, meaning = word.rpartition("=")
        if not mark or not item:
            raise messages.CORRECT_SHAPE.at("--correct")
        check_meaning(meaning, item, lexicon)
    if writes and not arguments.by.strip():
        raise messages.LABEL_BY.at("--by")
    if writes and labels is None:
        raise messages.LABELS_WHERE.at("--labels")


def _show(arguments: argparse.Namespace, settings: Settings, inventory: Inventory) -> None:
    if arguments.precision:
        report = precision_of(inventory)
        if arguments.json:
            print_json(report)
        else:
            show_precision(console(), report, settings.lang)
    elif arguments.explain:
        items = [find_item(inventory, word) for word in arguments.explain]
        if arguments.json:
            print_json([item.model_dump(mode="json") for item in items])
        for item in () if arguments.json else items:
            show_explained(console(), item, settings.lang)
    elif arguments.json:
        print_json(inventory)
    else:
        show_inventory(console(), inventory, settings.lang, whole=arguments.all)


def _write(arguments: argparse.Namespace, settings: Settings, inventory: Inventory, path: Path) -> None:
    """Write what a person says into the file of labels, one item after the other."""
    confirmed = [find_item(inventory, word) for word in arguments.confirm]
    said = [(item, item.meaning) for item in confirmed]
    said += [(find_item(inventory, word.rpartition("=")[0]), word.rpartition("=")[2]) for word in arguments.correct]
    written = {}
    for item, meaning in said:
        label = ItemLabel(
            meaning=meaning,
            subject=arguments.subject,
            by=arguments.by.strip(),
            on=settings.as_of,
            note=arguments.note,
        )
        with writing(path, settings.home):
            write_label(path, item.id, label)
        written[item.id] = label.model_dump(mode="json")
        if not arguments.json:
            line = _WRITTEN.fill(item=item.id, meaning=label.meaning, path=path.name)
            say(console(), line.of(settings.lang), lead="  · ")
    if arguments.json:
        print_json({"labels": str(path), "items": written})
