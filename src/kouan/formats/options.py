"""How to read: what the user may state, and the limits against hostile input."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kouan.model.shape import TreeShape

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that keep memory and time finite whatever a file claims.

    Attributes:
        columns: columns of one table.
        row_bytes: bytes of one CSV row, its cells and delimiters together; rows up to twice as long may pass.
        sheet_cells: cells in the rectangle that holds all values of one xlsx sheet.
        unzipped_bytes: bytes of all parts of one xlsx file when unpacked.
        zip_ratio: unpacked bytes per packed byte of one part of an xlsx file larger than 1 MiB.
        tree_bytes: bytes of one document (XML, JSON); a document is held in memory while it is read.
        office_bytes: bytes of all texts of one docx or pptx file when unpacked; they are held in memory.
        tree_depth: elements or objects inside one another.
        value_bytes: bytes of one value of a document.
        batch_bytes: bytes of one record batch of a columnar file; one row may be larger.
        page_bytes: bytes of the pieces of a columnar file that have to be unpacked at once to make a batch.
        cells: of one columnar file, whatever its size; more must have bytes to show for them.
        cells_per_byte: cells of a columnar file for each of its bytes, beyond `cells`.
        members: files of one folder or archive.
        folder_depth: folders inside one another.
        unpacked_bytes: bytes of all files of one archive when unpacked.
        unpacked_ratio: unpacked bytes per packed byte of one file in an archive larger than 1 MiB.
        paper_bytes: bytes of one PDF file or picture.
        pages: pages of one PDF file.
        page_letters: letters of all its pages.
        pixels: of one picture, or of one page while its words are recognised.
        frames: pictures in one file that are read.
        header_bytes: bytes of a DICOM file before its pixels.
    """

    columns: int = 10_000
    row_bytes: int = 4 * MIB
    sheet_cells: int = 20_000_000
    unzipped_bytes: int = 2048 * MIB
    zip_ratio: int = 250
    tree_bytes: int = 1024 * MIB
    office_bytes: int = 256 * MIB
    tree_depth: int = 200
    value_bytes: int = 16 * MIB
    batch_bytes: int = 128 * MIB
    page_bytes: int = 1024 * MIB
    cells: int = 100_000_000
    cells_per_byte: int = 250
    members: int = 50_000
    folder_depth: int = 32
    unpacked_bytes: int = 16 * 1024 * MIB
    unpacked_ratio: int = 500
    paper_bytes: int = 512 * MIB
    pages: int = 20_000
    page_letters: int = 100_000_000
    pixels: int = 100_000_000
    frames: int = 500
    header_bytes: int = 64 * MIB


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user states about a file; everything else is found out from its content.

    Attributes:
        encoding: Python codec name of a text file; None sniffs UTF-8, UTF-16 with a mark, GB18030.
        delimiter: one character between the cells of a text file; None sniffs `,` `;` tab `|`.
        quote: one character around cells that hold delimiters; None sniffs `"` `'`.
        header: whether the first row names the columns; None decides from the cells.
        batch_rows: most rows of one record batch.
        shapes: known shapes of documents; the first whose root fits cuts a document into records.
        records: table name -> path of the element or object that opens its records, as a person states it.
        title: what the only table of a file is called; None is the file's stem.
        merged: of a folder or archive read before: file -> its table -> the table that it became part of, where that
            has another name; None finds out what belongs together.
        columns: of all tables when the source was read before; what was a table then is not taken for a text once
            treatment has left words alone in it.
        limits: see Limits.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header: bool | None = None
    batch_rows: int = 65_536
    shapes: tuple[TreeShape, ...] = ()
    records: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    merged: Mapping[str, Mapping[str, str]] | None = None
    columns: frozenset[str] | None = None
    limits: Limits = field(default_factory=Limits)
