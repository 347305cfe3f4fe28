"""Reading a log's tiles and entry bundles from its folder, at a given size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.evidence import messages
from kouan.evidence.durable import failure, read_plain
from kouan.evidence.tlog.tiles import ENTRIES, HEIGHT, LONGEST_ENTRY, WIDTH, Tile, node_reader, unpack_entries
from kouan.evidence.tlog.tree import HASH_SIZE, leaf_hash
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MISSING = Text(zh="数据块缺失", en="a tile is missing")
_LENGTH = Text(zh="数据块长度不对", en="a tile has the wrong length")
_BUNDLE = Text(zh="条目与其散列不符", en="entries do not match their hashes")


class TileFiles:
    """The tiles of a log's first `size` entries; each tile is read once.

    Raises:
        KouanError: K-EVI-011 naming the file that is missing or has a wrong length.
    """

    def __init__(self, directory: Path, size: int) -> None:
        self._directory = directory
        self._size = size
        self._tiles: dict[tuple[int, int], list[bytes]] = {}
        self.node = node_reader(self.row)

    def row(self, level: int, low: int, high: int) -> Sequence[bytes]:
        """Return the hashes [low, high) of a tile level; they lie in one tile."""
        if low == high:
            return []
        index = low // WIDTH
        return self._tile(level, index)[low - index * WIDTH : high - index * WIDTH]

    def entries(self, index: int) -> list[bytes]:
        """Return the entries of a bundle, each checked against its leaf hash."""
        data, path = self._read(self._at(ENTRIES, index), WIDTH * (LONGEST_ENTRY + 2))
        try:
            entries = unpack_entries(data)
        except ValueError:
            entries = []
        if [leaf_hash(entry) for entry in entries] != self._tile(0, index):
            raise messages.LOG_DAMAGED.at(str(path), problem=_BUNDLE)
        return entries

    def _tile(self, level: int, index: int) -> list[bytes]:
        known = self._tiles.get((level, index))
        if known is None:
            tile = self._at(level, index)
            data, path = self._read(tile, WIDTH * HASH_SIZE)
            if len(data) < tile.width * HASH_SIZE or len(data) % HASH_SIZE:
                raise messages.LOG_DAMAGED.at(str(path), problem=_LENGTH)
            known = [data[at : at + HASH_SIZE] for at in range(0, tile.width * HASH_SIZE, HASH_SIZE)]
            self._tiles[level, index] = known
        return known

    def _at(self, level: int, index: int) -> Tile:
        length = self._size >> (HEIGHT * max(level, 0))
        return Tile(level, index, min(WIDTH, length - index * WIDTH))

    def _read(self, tile: Tile, limit: int) -> tuple[bytes, Path]:
        path = self._directory / tile.path
        try:
            return read_plain(path, limit), path
        except FileNotFoundError:
            raise messages.LOG_DAMAGED.at(str(path), problem=_MISSING) from None
        except OSError as error:
            raise failure(error, str(path)) from None
