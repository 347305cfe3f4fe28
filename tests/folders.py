"""Folders and archives for tests, and what comes back when one is written again."""

from __future__ import annotations

import io
import tarfile
import zipfile
from typing import TYPE_CHECKING

from kouan.formats import open_sink, open_source, written_files

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kouan.formats import ReadOptions, Source

PARTS = {"a.csv": b"id,city\n1,x\n2,y\n", "b.csv": b"id,city\n3,z\n", "sub/ae.csv": b"subject,term\ns1,t\n"}


def folder(path: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


def zipped(path: Path, files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def tarred(path: Path, files: Mapping[str, bytes], mode: str = "w") -> Path:
    with tarfile.open(path, mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


def opened(path: Path, options: ReadOptions | None = None) -> Source:
    return open_source(path, name=path.name) if options is None else open_source(path, name=path.name, options=options)


def tables(source: Source) -> dict[str, list[dict[str, object]]]:
    """Return all rows by table."""
    return {entity.name: [row for batch in entity.batches() for row in batch.to_pylist()] for entity in source.entities}


def written_back(source: Source, out: Path, keep=None):
    """Write every row back; `keep(entity, batch)` gives the rows that stay."""
    with open_sink(out, source, schemas={entity.name: entity.schema for entity in source.entities}) as sink:
        for entity in source.entities:
            for batch in entity.batches():
                sink.write(entity.name, batch, None if keep is None else keep(entity.name, batch))
    source.check_unchanged()
    return written_files(sink, out, rows=0, held=0), sink.notes
