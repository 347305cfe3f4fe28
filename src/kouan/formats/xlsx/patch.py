"""Write a workbook anew from its source, part by part, with the treated tables in place of the raw ones."""

from __future__ import annotations

import zipfile
from functools import partial
from typing import TYPE_CHECKING

from kouan.formats.files import PIECE
from kouan.formats.xlsx.cells import Table
from kouan.formats.xlsx.package import TYPES, Package, decide
from kouan.formats.xlsx.parts import bare
from kouan.formats.xlsx.sheet_patch import SheetPatch
from kouan.formats.xlsx.strings import patched_strings
from kouan.formats.xlsx.xml import Unusual

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import IO, BinaryIO

_LARGE = 256 << 20
_NEVER = (1980, 1, 1, 0, 0, 0)


class PartError(Exception):
    """A part cannot be patched; holds its name."""


class Patched:
    """What became of a workbook.

    Attributes:
        removed: kinds of content left out (keys of `notes.REMOVED_NAMES`).
        formulas: formulas that gave way to their results, or went with their values.
        rules: rules of formatting and validation taken out.
        charts: whether a chart lost what it stored.
    """

    def __init__(self) -> None:
        self.removed: dict[str, None] = {}
        self.formulas = self.rules = 0
        self.charts = False


def patch(source: zipfile.ZipFile, out: BinaryIO, *, tables: Mapping[str, Table], strict: bool) -> Patched:
    """Write the patched package; the same input gives the same bytes.

    Args:
        source: the workbook as it was read.
        out: where it goes.
        tables: sheet title -> what of its table leaves; a sheet left out leaves empty.
        strict: whether anything is treated, dropped or held back.

    Raises:
        PartError: a part is written in a way that cannot be patched safely.
        UnsafeSheet, TooLong
    """

    def fits(title: str, header: int, columns: range) -> bool:
        table = tables.get(title, Table())
        kept = set(columns) <= set(table.columns) and not table.titles.keys() & set(columns)
        return kept and header == table.header

    done, package = Patched(), Package(source, strict)
    try:
        decide(package, fits=fits)
        done.removed, done.charts = package.removed, package.charts
        used: set[int] = set()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
            for part in _order(package):
                package.part = part
                size = source.getinfo(part).file_size
                info = zipfile.ZipInfo(part, _NEVER)
                info.compress_type, info.create_system, info.external_attr = zipfile.ZIP_DEFLATED, 3, 0o600 << 16
                with source.open(part) as raw, target.open(info, "w", force_zip64=size > _LARGE) as stream:
                    waiting, length = [], 0
                    for piece in _content(package, raw, done, tables=tables, used=used):
                        waiting.append(piece)
                        length += len(piece)
                        if length > PIECE:
                            stream.write(b"".join(waiting))
                            waiting, length = [], 0
                    stream.write(b"".join(waiting))
    except (Unusual, UnicodeDecodeError):
        raise PartError(package.part) from None
    return done


def _order(package: Package) -> list[str]:
    """Return the parts that leave in the source's order, the texts last: only then is it known which are used."""
    parts = [name for name in package.names.values() if name in package.made or name in package.roles]
    return sorted(parts, key=lambda name: (name != TYPES, package.roles.get(name) == "sharedStrings"))


def _content(
    package: Package, raw: IO[bytes], done: Patched, *, tables: Mapping[str, Table], used: set[int]
) -> Iterator[bytes]:
    part, pieces = package.part, iter(partial(raw.read, PIECE), b"")
    if part in package.made:
        yield package.made[part]
        return
    role = package.roles[part]
    if role == "sharedStrings":
        yield from patched_strings(pieces, used, removed=package.remove)
    elif role in {"worksheet", "chartsheet"}:
        title = next(title for title, sheet in package.sheets.items() if sheet == part)
        sheet = SheetPatch(
            tables.get(title, Table()),
            strict=package.strict,
            used=used,
            sheets=frozenset(package.sheets),
            parts=package.relations[part].__contains__,
        )
        yield from sheet.patch(pieces)
        done.formulas += sheet.formulas
        done.rules += sheet.rules
        package.removed.update(sheet.removed)
    else:
        yield from bare(pieces)
