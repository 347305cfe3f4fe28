"""Open any known file, and write one in the format of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from kouan.formats.csv_read import open_csv
from kouan.formats.csv_write import CsvSink
from kouan.formats.detect import detect
from kouan.formats.options import ReadOptions
from kouan.formats.parquet_read import open_parquet
from kouan.formats.parquet_write import ParquetSink
from kouan.formats.tree.read import open_json, open_xml
from kouan.formats.tree.write import TreeSink
from kouan.formats.xlsx_read import open_xlsx
from kouan.formats.xlsx_write import XlsxSink
from kouan.formats.xport_read import open_xport
from kouan.formats.xport_write import XportSink

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

    from kouan.formats.source import Sink, Source


class Reader(Protocol):
    """Opens files of one format."""

    def __call__(self, path: Path, *, name: str, options: ReadOptions) -> Source:
        """Open the file at `path`; `name` is how the declaration writes it."""


class Writer(Protocol):
    """Makes sinks of one format."""

    def __call__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> Sink:
        """Prepare to write `path` in the manner of `like`."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format in and out."""

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    write: Writer


FORMATS: Mapping[str, Format] = {
    found.name: found
    for found in (
        Format("csv", (".csv", ".tsv", ".txt"), open_csv, CsvSink),
        Format("parquet", (".parquet",), open_parquet, ParquetSink),
        Format("xlsx", (".xlsx", ".xlsm"), open_xlsx, XlsxSink),
        Format("xml", (".xml",), open_xml, TreeSink),
        Format("json", (".json", ".ndjson", ".jsonl"), open_json, TreeSink),
        Format("xport", (".xpt",), open_xport, XportSink),
    )
}
"""Known formats by name; `Source.format` is a key."""

_DEFAULTS = ReadOptions()


def open_source(path: Path, *, name: str, options: ReadOptions = _DEFAULTS) -> Source:
    """Open a file of any known format, told by its content.

    Args:
        path: where it lies; symbolic links are followed.
        name: path as the declaration writes it, first part of item ids.
        options: what the user states about it.

    Raises:
        KouanError: K-FMT-001…026, 031…033, 036; no message holds a cell's content.
    """
    return FORMATS[detect(path)].read(path, name=name, options=options)


def open_sink(path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> Sink:
    """Prepare to write a file in the format, and as far as it goes the manner, of `like`.

    Args:
        path: final place; it is there whole when the `with` block ends without error, else not at all.
        like: source whose format and layout are taken over.
        schemas: columns and types to write by table name, in table order; tables left out are not written.

    Raises:
        KouanError: K-FMT-027…030, 034, 035, on entering, writing or leaving.
    """
    return FORMATS[like.format].write(path, like, schemas=schemas)
