"""C2SP tlog-tiles: a tree as files of up to 256 hashes, and its entries as bundles of up to 256."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kouan.evidence.tlog.tree import leaf_hash, perfect_root

HEIGHT = 8
WIDTH = 1 << HEIGHT
MOST_LEVELS = 8
ENTRIES = -1
"""The "level" of entry bundles, served under `tile/entries/`."""
LONGEST_ENTRY = 0xFFFF

RowReader = Callable[[int, int, int], Sequence[bytes]]
"""Gives the hashes [low, high) of a tile level (0 are leaf hashes, 1 the roots of full level 0 tiles, …)."""

_PATH = re.compile(r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?\Z")


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile: its level (or ENTRIES), its index in the level, and how many hashes or entries it holds (1 to 256)."""

    level: int
    index: int
    width: int

    @property
    def full_path(self) -> str:
        """Path of the full tile, relative to the log, such as `tile/0/x001/x234/067`."""
        digits = str(self.index)
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        level = "entries" if self.level == ENTRIES else str(self.level)
        return f"tile/{level}/" + "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])

    @property
    def path(self) -> str:
        """Path relative to the log; partial tiles end with `.p/<width>`."""
        return self.full_path if self.width == WIDTH else f"{self.full_path}.p/{self.width}"


def parse_tile(path: str) -> Tile | None:
    """Return the tile that a path names, or None when it names none."""
    match = _PATH.match(path)
    if match is None:
        return None
    level = ENTRIES if match[1] == "entries" else int(match[1])
    tile = Tile(level, int(match[2].replace("x", "").replace("/", "")), int(match[3] or WIDTH))
    return tile if tile.width <= WIDTH and tile.path == path else None


def tiles_of(size: int) -> Iterator[Tile]:
    """Yield the hash tiles and then the entry bundles of a log of `size` entries."""
    level = 0
    while size >> (HEIGHT * level):
        yield from _row(level, size >> (HEIGHT * level))
        level += 1
    yield from _row(ENTRIES, size)


def changed_tiles(size: int) -> Iterator[Tile]:
    """Yield the tiles that entry number `size` (from 0) adds or widens: its bundle, then upwards from its leaf."""
    yield Tile(ENTRIES, size // WIDTH, size % WIDTH + 1)
    length = size + 1
    for level in range(MOST_LEVELS):
        yield Tile(level, (length - 1) // WIDTH, (length - 1) % WIDTH + 1)
        length, rest = divmod(length, WIDTH)
        if rest:
            return


def _row(level: int, length: int) -> Iterator[Tile]:
    for index in range(-(-length // WIDTH)):
        yield Tile(level, index, min(WIDTH, length - index * WIDTH))


def node_reader(row: RowReader) -> Callable[[int, int], bytes]:
    """Return a reader of perfect subtrees over rows of tile hashes."""

    def node(level: int, index: int) -> bytes:
        tile_level, inside = divmod(level, HEIGHT)
        return perfect_root(row(tile_level, index << inside, (index + 1) << inside))

    return node


def rows_of(entries: Sequence[bytes]) -> list[list[bytes]]:
    """Return the hashes of every tile level over the entries, level 0 first."""
    rows = [[leaf_hash(entry) for entry in entries]]
    while len(rows[-1]) >= WIDTH:
        below = rows[-1]
        rows.append([perfect_root(below[at : at + WIDTH]) for at in range(0, len(below) - WIDTH + 1, WIDTH)])
    return rows


def pack_entries(entries: Sequence[bytes]) -> bytes:
    """Return the bundle: for each entry its length in two bytes, big-endian, and the entry."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unpack_entries(data: bytes) -> list[bytes]:
    """Return the entries of a bundle. Raises ValueError when its lengths do not add up or it holds more than 256."""
    entries: list[bytes] = []
    at = 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if at + 2 > len(data) or end > len(data) or len(entries) == WIDTH:
            raise ValueError(at)
        entries.append(data[at + 2 : end])
        at = end
    return entries
