"""Write the package of an office document anew: changed parts patched, every other part byte for byte.

Where nothing changes the file is copied as it is, unless its zip holds bytes that are no part. The others keep their
names, order and times inside the package.
"""

from __future__ import annotations

import codecs
import re
import zipfile
from typing import TYPE_CHECKING

from kouan.formats.files import pieces_of
from kouan.formats.tree.document import is_utf8
from kouan.formats.tree.splice import apply
from kouan.formats.zipped import is_tight

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import IO

    Patches = Mapping[str, list[tuple[int, int, bytes]]]

ROOT, TYPES = "_rels/.rels", "[Content_Types].xml"
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*?/?>(?:\s*</(?:\w+:)?Relationship>)?")
_OVERRIDE = re.compile(rb"<(?:\w+:)?Override\s[^<>]*?/>")


def write_package(path: Path, out: IO[bytes], patches: Patches, gone: Sequence[str]) -> None:
    """Write a package with some parts patched and some left out. Raises as zipfile does."""
    with zipfile.ZipFile(path) as source:
        if not patches and not gone and is_tight(path, source):
            for piece in pieces_of(path):
                out.write(piece)
            return
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            if info.filename in gone:
                continue
            fresh = zipfile.ZipInfo(info.filename, info.date_time)
            fresh.compress_type, fresh.create_system = info.compress_type, info.create_system
            fresh.external_attr = info.external_attr
            target.writestr(fresh, _part(info.filename, source.read(info), patches.get(info.filename, []), gone))


def _part(name: str, raw: bytes, patches: list[tuple[int, int, bytes]], gone: Sequence[str]) -> bytes:
    if name not in {ROOT, TYPES} or not gone:
        return part_bytes(raw, apply(part_text(raw), patches)) if patches else raw
    pattern = _RELATION if name == ROOT else _OVERRIDE
    parts = [part.encode() for part in gone]
    data = apply(part_text(raw), patches)
    return part_bytes(raw, pattern.sub(lambda one: b"" if any(part in one[0] for part in parts) else one[0], data))


def part_text(raw: bytes) -> bytes:
    """Return a part in UTF-8. Raises ValueError for another encoding than UTF-8 and UTF-16 with a mark."""
    codec = _UTF16.get(raw[:2])
    if codec is not None:
        return raw[2:].decode(codec).encode()
    data = raw.removeprefix(codecs.BOM_UTF8)
    if not is_utf8(data):
        raise ValueError("not UTF-8")
    return data


def part_bytes(raw: bytes, data: bytes) -> bytes:
    """Return a changed part in the encoding of the one it comes from."""
    codec = _UTF16.get(raw[:2])
    if codec is not None:
        return raw[:2] + data.decode().encode(codec)
    return codecs.BOM_UTF8 + data if raw.startswith(codecs.BOM_UTF8) else data
