"""The process that Atheris drives: one reader, one file after another."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

with atheris.instrument_imports(include=["kouan.formats"]):
    from kouan.formats import ReadOptions, open_sink, open_source
    from kouan.formats.define import read_define
    from kouan.formats.options import MIB, Limits
    from kouan.model.errors import KouanError

import pyarrow as pa

from bench.seeds import SHAPES, SUFFIXES

if TYPE_CHECKING:
    from kouan.formats import Entity, Source

_LIMITS = Limits(tree_bytes=64 * MIB, unzipped_bytes=256 * MIB, sheet_cells=1_000_000, unpacked_bytes=256 * MIB)
_OPTIONS = ReadOptions(shapes=SHAPES, limits=_LIMITS)


def main() -> None:
    """Read `sys.argv[1]`-like files until libFuzzer stops."""
    reader = sys.argv.pop(1)
    folder = Path(tempfile.mkdtemp(prefix="kouan-fuzz-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))  # noqa: PTH112, S108
    path = folder / f"input{SUFFIXES[reader]}"
    out = path.with_stem("output")

    def one(data: bytes) -> None:
        path.write_bytes(data)
        try:
            if reader == "define":
                read_define(path)
                return
            source = open_source(path, name=path.name, options=_OPTIONS)
            if not reader.endswith("-back"):
                _read(source)
                return
            out.unlink(missing_ok=True)
            if source.format != SUFFIXES[reader].removeprefix("."):
                return  # what no longer looks like a document is a delimited text
            _write_back(source, out, random.Random(zlib.crc32(data)))  # noqa: S311 - the same file, the same treatment
        except KouanError as error:
            assert error.code.startswith("K-FMT-"), error.code  # noqa: PT017 - no test; anything else is a finding
            return
        if out.exists():  # a file of ours that cannot be read is a finding, whatever its code
            _read(open_source(out, name=out.name, options=_OPTIONS))

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


def _read(source: Source) -> None:
    for entity in source.entities:
        for _ in entity.batches():
            pass


def _write_back(source: Source, out: Path, dice: random.Random) -> None:
    """Drop, change and keep columns and rows at random."""
    kept = {entity.name: [name for name in entity.schema.names if dice.random() < 0.8] for entity in source.entities}  # noqa: PLR2004
    schemas = {one.name: _kept(one, kept[one.name]) for one in source.entities if kept[one.name]}
    if not schemas:
        return
    with open_sink(out, source, schemas=schemas) as sink:
        for entity in source.entities:
            for batch in entity.batches(kept[entity.name]) if kept[entity.name] else ():
                columns = [_treated(column, dice) for column in batch.columns]
                stays = pa.array([dice.random() < 0.9 for _ in range(batch.num_rows)], pa.bool_())  # noqa: PLR2004
                treated = pa.RecordBatch.from_arrays(columns, schema=schemas[entity.name])
                sink.write(entity.name, treated, dice.choice([None, stays]))


def _kept(entity: Entity, names: list[str]) -> pa.Schema:
    return pa.schema([entity.schema.field(name) for name in names])


def _treated(column: pa.Array, dice: random.Random) -> pa.Array:
    if not pa.types.is_string(column.type) or dice.random() < 0.5:  # noqa: PLR2004
        return column
    said = dice.choice([None, "", "t", '<&>"\n', "王"])
    return pa.array([said if value is not None else None for value in column.to_pylist()], pa.string())


if __name__ == "__main__":
    main()
