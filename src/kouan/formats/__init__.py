"""Every format in and out, with limits against hostile input."""

from kouan.formats.collection.sink import WrittenFile
from kouan.formats.landing import PART_SUFFIX
from kouan.formats.options import Limits, ReadOptions
from kouan.formats.registry import (
    FORMATS,
    Format,
    file_paths,
    member_names,
    open_sink,
    open_source,
    open_sources,
    written_files,
)
from kouan.formats.remote.address import Address, is_address, parse_address, parse_word
from kouan.formats.source import Entity, Sink, Source

__all__ = [
    "FORMATS",
    "PART_SUFFIX",
    "Address",
    "Entity",
    "Format",
    "Limits",
    "ReadOptions",
    "Sink",
    "Source",
    "WrittenFile",
    "file_paths",
    "is_address",
    "member_names",
    "open_sink",
    "open_source",
    "open_sources",
    "parse_address",
    "parse_word",
    "written_files",
]
