"""Checking a copy of a log as a stranger would: every entry, every tile, the signed root."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kouan.evidence import messages
from kouan.evidence.durable import failure, read_plain
from kouan.evidence.log import CHECKPOINT, LONGEST_NOTE
from kouan.evidence.tilefiles import TileFiles
from kouan.evidence.tlog.checkpoint import Checkpoint, parse_checkpoint
from kouan.evidence.tlog.note import parse_note
from kouan.evidence.tlog.tiles import (
    ENTRIES,
    LONGEST_ENTRY,
    WIDTH,
    Tile,
    changed_tiles,
    node_reader,
    pack_entries,
    parse_tile,
    rows_of,
    tiles_of,
)
from kouan.evidence.tlog.tree import tree_root
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kouan.evidence.trust import TrustStore

_FORM = Text(zh="检查点无法读取", en="the checkpoint cannot be read")
_ORIGIN = Text(zh="来源与签名密钥不符", en="its origin is not the signing key's name")
_ROOT = Text(zh="条目与检查点的根不符", en="the entries do not give the checkpoint's root")
_TILE = Text(zh="数据块与条目不符", en="a tile does not match the entries")
_STRANGE = Text(zh="多出的文件", en="a file that does not belong to the log")
_LONGEST_TILE = WIDTH * (LONGEST_ENTRY + 2)


def audit_log(directory: Path, trust: TrustStore) -> Checkpoint:
    """Recompute a whole log from its entries and return its checkpoint when everything agrees.

    Partial tiles of earlier sizes are checked too; what an interrupted append left beyond the checkpoint is passed
    over, since nobody signed for it. Memory: all entries.

    Raises:
        KouanError: K-EVI-011 naming the file that is damaged, missing or strange; K-EVI-040, K-EVI-041 (signature).
    """
    tree = _checkpoint(directory, trust)
    files = TileFiles(directory, tree.size)
    entries = [entry for index in range(-(-tree.size // WIDTH)) for entry in files.entries(index)]
    rows = rows_of(entries)
    if tree_root(node_reader(lambda level, low, high: rows[level][low:high]), tree.size) != tree.root:
        raise messages.LOG_DAMAGED.at(str(directory / CHECKPOINT), problem=_ROOT)
    present = set(_tile_paths(directory)) - {tile.path for tile in changed_tiles(tree.size)}
    for path in sorted(present | {tile.path for tile in tiles_of(tree.size)}):
        tile = parse_tile(path)
        wanted = None if tile is None else _content(tile, rows, entries)
        if wanted is None:
            raise messages.LOG_DAMAGED.at(str(directory / path), problem=_STRANGE)
        if _read(directory / path) != wanted:
            raise messages.LOG_DAMAGED.at(str(directory / path), problem=_TILE)
    return tree


def _checkpoint(directory: Path, trust: TrustStore) -> Checkpoint:
    where = directory / CHECKPOINT
    try:
        note = parse_note(read_plain(where, LONGEST_NOTE))
        tree = parse_checkpoint(note.text)
    except ValueError:
        raise messages.LOG_DAMAGED.at(str(where), problem=_FORM) from None
    except OSError as error:
        raise failure(error, str(where)) from None
    key = trust.check(note.text.encode(), note.signatures, where=str(where))
    if key.name != tree.origin:
        raise messages.LOG_DAMAGED.at(str(where), problem=_ORIGIN)
    return tree


def _content(tile: Tile, rows: list[list[bytes]], entries: list[bytes]) -> bytes | None:
    """Return what a tile must hold, or None when the log has no such tile."""
    if tile.level >= len(rows):
        return None
    row = entries if tile.level == ENTRIES else rows[tile.level]
    part = row[tile.index * WIDTH : tile.index * WIDTH + tile.width]
    if len(part) < tile.width:
        return None
    return pack_entries(part) if tile.level == ENTRIES else b"".join(part)


def _tile_paths(directory: Path) -> Iterator[str]:
    for folder, _, names in os.walk(directory / "tile"):
        for name in names:
            yield os.path.relpath(os.path.join(folder, name), directory)  # noqa: PTH118 - os.walk gives strings


def _read(path: Path) -> bytes | None:
    try:
        return read_plain(path, _LONGEST_TILE)
    except OSError as error:
        raise failure(error, str(path)) from None
