"""The process that Atheris drives: one reader, one file after another."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["kouan.formats"]):
    from kouan.formats import ReadOptions, open_source
    from kouan.formats.options import MIB, Limits
    from kouan.model.errors import KouanError

from bench.seeds import SHAPES, SUFFIXES

_LIMITS = Limits(tree_bytes=64 * MIB, unzipped_bytes=256 * MIB, sheet_cells=1_000_000)
_OPTIONS = ReadOptions(shapes=SHAPES, limits=_LIMITS)


def main() -> None:
    """Read `sys.argv[1]`-like files until libFuzzer stops."""
    reader = sys.argv.pop(1)
    folder = Path(tempfile.mkdtemp(prefix="kouan-fuzz-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None))  # noqa: PTH112, S108
    path = folder / f"input{SUFFIXES[reader]}"

    def one(data: bytes) -> None:
        path.write_bytes(data)
        try:
            source = open_source(path, name=path.name, options=_OPTIONS)
            for entity in source.entities:
                for _ in entity.batches():
                    pass
        except KouanError as error:
            assert error.code.startswith("K-FMT-"), error.code  # noqa: PT017 - no test; anything else is a finding

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
