import json
from collections import Counter
from pathlib import Path

import pytest

from kouan.evidence.tlog.tiles import (
    ENTRIES,
    Tile,
    changed_tiles,
    pack_entries,
    parse_tile,
    tiles_of,
    unpack_entries,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "tlog" / "vectors.json"


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0, 256), "tile/0/000"),
        (Tile(0, 1234067, 256), "tile/0/x001/x234/067"),
        (Tile(1, 1000, 7), "tile/1/x001/000.p/7"),
        (Tile(ENTRIES, 12, 255), "tile/entries/012.p/255"),
    ],
)
def test_paths(tile, path):
    assert tile.path == path
    assert parse_tile(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0", "tile/0/0000", "tile/00/000", "tile/0/x000/000", "tile/0/000.p/0", "tile/0/000.p/256",
        "tile/0/000.p/07", "tile/data/000", "checkpoint", "tile/0/../0/000", "tile/0/000\n", "tile/0/000.p/999",
    ],
)  # fmt: skip
def test_what_is_no_tile_path(path):
    assert parse_tile(path) is None


def test_the_example_of_c2sp_with_70000_entries():
    counts = Counter((tile.level, tile.width) for tile in tiles_of(70_000))
    bundles = {(ENTRIES, 256): 273, (ENTRIES, 112): 1}
    assert counts == {(0, 256): 273, (0, 112): 1, (1, 256): 1, (1, 17): 1, (2, 1): 1, **bundles}


def test_tiles_at_the_edges_and_of_the_go_implementation():
    assert list(tiles_of(0)) == []
    assert [tile.path for tile in tiles_of(256)] == ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]
    for size, paths in json.loads(GOLDEN.read_text())["TilePaths"].items():
        ours = {tile.path for tile in tiles_of(int(size)) if tile.level >= 0 and (tile.index < 2 or tile.width < 256)}
        assert ours == set(paths)


def test_changed_tiles_are_those_that_the_next_size_has_more():
    for size in [*range(5), 254, 255, 256, 511, 65_534, 65_535, 65_536, 70_000]:
        assert set(changed_tiles(size)) == set(tiles_of(size + 1)) - set(tiles_of(size))


def test_bundles():
    entries = [b"", b"a", b"x" * 65_535]
    data = pack_entries(entries)
    assert data[:6] == b"\x00\x00\x00\x01a\xff"
    assert unpack_entries(data) == entries
    for bad in (data[:-1], data + b"\x00", b"\x00\x02a", b"\x00\x00" * 257):
        with pytest.raises(ValueError, match=r"\d"):
            unpack_entries(bad)
