"""Open any known file, and write one in the format of another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from kouan.formats.collection.messages import NESTED_CONTAINER
from kouan.formats.collection.open import FATAL, open_folder, open_gzip, open_tar, open_zip, read_through
from kouan.formats.collection.sink import CollectionSink, WrittenFile
from kouan.formats.collection.source import Collection, Openers
from kouan.formats.collection.walk import is_folder
from kouan.formats.columnar.arrow_ipc import ArrowSink, open_arrow
from kouan.formats.columnar.orc import OrcSink, open_orc
from kouan.formats.columnar.parquet_read import open_parquet
from kouan.formats.columnar.parquet_write import ParquetSink
from kouan.formats.delimited.read import open_csv
from kouan.formats.delimited.write import CsvSink
from kouan.formats.detect import detect
from kouan.formats.dicom.read import open_dicom
from kouan.formats.dicom.write import DicomSink
from kouan.formats.lake.open import open_lake
from kouan.formats.letter.kinds import is_known_table
from kouan.formats.letter.mail import open_mail, open_mbox
from kouan.formats.letter.office import open_docx, open_pptx
from kouan.formats.letter.sink import SplicedSink
from kouan.formats.letter.text_read import TEXT_COLUMNS, open_text
from kouan.formats.letter.text_write import TextSink
from kouan.formats.messages import NOT_FOUND
from kouan.formats.opened import FileSource, unread
from kouan.formats.options import ReadOptions
from kouan.formats.payload.entity import PayloadEntity, with_payloads, without_payloads
from kouan.formats.payload.sink import PayloadSink
from kouan.formats.pdf.read import open_pdf
from kouan.formats.picture.read import open_picture
from kouan.formats.remote.address import Address
from kouan.formats.remote.open import open_address
from kouan.formats.tree.read import open_json, open_xml
from kouan.formats.tree.write import TreeSink
from kouan.formats.unchanged import ReadOnlySink
from kouan.formats.xlsx.read import open_xlsx
from kouan.formats.xlsx.write import XlsxSink
from kouan.formats.xport.read import open_xport
from kouan.formats.xport.write import XportSink
from kouan.model.errors import KouanError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from kouan.formats.source import Reader, Sink, Source, Writer


@dataclass(frozen=True, slots=True)
class Format:
    """One format in and out.

    Attributes:
        document: its tables are the kinds of records of a document; those of equal names in many files are one.
        many: it holds other files.
    """

    name: str
    suffixes: tuple[str, ...]
    read: Reader
    write: Writer
    document: bool = False
    many: bool = False


_DEFAULTS = ReadOptions()
_STOPS = FATAL | {NOT_FOUND.code}


def open_source(path: Path | Address, *, name: str, options: ReadOptions = _DEFAULTS) -> Source:
    """Open a file of any known format, told by its content; a folder, a pattern such as `cases/*.xml`, an archive.

    Args:
        path: where it lies; symbolic links are followed, inside a folder only as far as they stay in it. An address
            names tables of a database, or objects of a store.
        name: path as the declaration writes it, first part of item ids.
        options: what the user states about it.

    Raises:
        KouanError: K-FMT-…; no message holds a cell's content.
    """
    if isinstance(path, Address):
        return open_address(path, name=name, options=options, openers=_IN_FOLDER)
    if not is_folder(path):
        return _with_payloads(_asked(detect(path), path, options).read(path, name=name, options=options), options)
    table = open_lake(path, name=name, options=options, openers=_IN_FOLDER)
    return FORMATS["folder"].read(path, name=name, options=options) if table is None else table


def open_sources(asked: Sequence[tuple[Path | Address, str, ReadOptions]]) -> tuple[Source, ...]:
    """Open several sources; a file that cannot be read stands beside the others as an incomplete one without tables.

    Args:
        asked: path, name and options of each, as for `open_source`.

    Raises:
        KouanError: K-FMT-… when one is missing, when a folder cannot be read at all, or when nothing can be read; with
            one source alone, as `open_source`.
    """
    if len(asked) == 1:
        ((path, name, options),) = asked
        return (open_source(path, name=name, options=options),)
    done, failed = [], []
    for path, name, options in asked:
        try:
            source = open_source(path, name=name, options=options)
            if not isinstance(source, Collection):
                read_through(source)
        except KouanError as error:
            if isinstance(path, Address) or error.code in _STOPS or is_folder(path):
                raise
            failed.append(error.with_traceback(None))
            source = unread(path, name=name, error=error)
        done.append(source)
    if failed and len(failed) == len(asked):
        raise failed[0]
    return tuple(done)


def open_sink(path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> Sink:
    """Prepare to write a file in the format, and as far as it goes the manner, of `like`.

    Args:
        path: final place, with the pattern when `like` was opened by one; what is written is there whole when the
            `with` block ends without error, else not at all. Missing folders above are made for a folder.
        like: source whose format and layout are taken over.
        schemas: columns and types to write by table name, in table order; tables left out are not written.

    Raises:
        KouanError: K-FMT-027…030, 034, 035, on entering, writing or leaving.
    """
    write = _WRITE_MANY if isinstance(like, Collection) else FORMATS[like.format].write
    if isinstance(like, FileSource) and any(isinstance(one, PayloadEntity) for one in like.entities):
        return PayloadSink(like, schemas, partial(_plain_sink, write, path, without_payloads(like)))
    return write(path, like, schemas=schemas)


def _plain_sink(write: Writer, path: Path, like: Source, schemas: Mapping[str, pa.Schema]) -> Sink:
    return write(path, like, schemas=schemas)


def written_files(sink: Sink, path: Path, *, rows: int, held: int) -> list[WrittenFile]:
    """Return the files that a closed sink left: those of a folder one by one, none where no record stays.

    Args:
        sink: closed without error.
        path: as it was opened with.
        rows: that were kept in all.
        held: that were left out in all.
    """
    if isinstance(sink, CollectionSink):
        return sink.written
    return [WrittenFile(path, rows, held)] if path.exists() else []


def member_names(source: Source) -> tuple[str, ...]:
    """Return the paths of the files in a folder or archive, read or not; none for a single file."""
    return tuple(member.name for member in source.shelf.members) if isinstance(source, Collection) else ()


def file_paths(source: Source) -> tuple[Path, ...]:
    """Return where the bytes of a source lie: all files of a folder or pattern, all tables, else the one file."""
    if isinstance(source, Collection) and source.loose:
        return tuple(source.base / member.name for member in source.shelf.members)
    return (source.path,)


def _open_inside_folder(path: Path, *, name: str, options: ReadOptions) -> Source:
    """Open a member of a folder: any single file, gzip around one included."""
    kind = detect(path)
    if kind == "gzip":
        return open_gzip(path, name=name, options=options, openers=replace(_IN_ARCHIVE, inside=True))
    return _with_payloads(_single(kind, path, options).read(path, name=name, options=options), options)


def _open_inside_archive(path: Path, *, name: str, options: ReadOptions) -> Source:
    return _with_payloads(_single(detect(path), path, options).read(path, name=name, options=options), options)


def _with_payloads(source: Source, options: ReadOptions) -> Source:
    """Return a table file with its columns of JSON as trees; a document is a tree already."""
    if isinstance(source, FileSource) and source.format != "text" and not FORMATS[source.format].document:
        return with_payloads(source, options.limits)
    return source


def _single(kind: str, path: Path, options: ReadOptions) -> Format:
    if FORMATS[kind].many:
        raise NESTED_CONTAINER.at(str(path), kind=kind)
    return _asked(kind, path, options)


def _asked(kind: str, path: Path, options: ReadOptions) -> Format:
    """Return a format; who states how a table is written, or read it before, says whether a text is one."""
    stated = options.delimiter or options.quote or options.header is not None
    if kind == "text" and (stated or (options.columns is not None and is_known_table(path, options.columns))):
        return FORMATS["csv"]
    if kind == "csv" and options.columns == TEXT_COLUMNS and not is_known_table(path, TEXT_COLUMNS):
        return FORMATS["text"]
    return FORMATS[kind]


def _is_document(kind: str) -> bool:
    return FORMATS[kind].document


_IN_FOLDER = Openers(_open_inside_folder, _is_document)
_IN_ARCHIVE = Openers(_open_inside_archive, _is_document)
_WRITE_MANY = partial(CollectionSink, write=open_sink)
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif")

FORMATS: Mapping[str, Format] = {
    found.name: found
    for found in (
        Format("csv", (".csv", ".tsv"), open_csv, CsvSink),
        Format("parquet", (".parquet",), open_parquet, ParquetSink),
        Format("orc", (".orc",), open_orc, OrcSink),
        Format("arrow", (".arrow", ".arrows", ".feather"), open_arrow, ArrowSink),
        Format("xlsx", (".xlsx", ".xlsm"), open_xlsx, XlsxSink),
        Format("xml", (".xml",), open_xml, TreeSink, document=True),
        Format("json", (".json", ".ndjson", ".jsonl"), open_json, TreeSink, document=True),
        Format("docx", (".docx", ".docm", ".dotx"), open_docx, SplicedSink, document=True),
        Format("pptx", (".pptx", ".pptm", ".potx", ".ppsx"), open_pptx, SplicedSink, document=True),
        Format("mail", (".eml",), open_mail, SplicedSink, document=True),
        Format("mbox", (".mbox",), open_mbox, SplicedSink, document=True),
        Format("text", (".txt", ".md", ".log"), open_text, TextSink),
        Format("xport", (".xpt",), open_xport, XportSink),
        Format("pdf", (".pdf",), open_pdf, ReadOnlySink, document=True),
        Format("picture", _PICTURES, open_picture, ReadOnlySink, document=True),
        Format("dicom", (".dcm",), open_dicom, DicomSink, document=True),
        Format("folder", (), partial(open_folder, openers=_IN_FOLDER), _WRITE_MANY, many=True),
        Format("zip", (".zip",), partial(open_zip, openers=_IN_ARCHIVE), _WRITE_MANY, many=True),
        Format("tar", (".tar", ".tgz"), partial(open_tar, openers=_IN_ARCHIVE), _WRITE_MANY, many=True),
        Format("gzip", (".gz",), partial(open_gzip, openers=_IN_ARCHIVE), _WRITE_MANY, many=True),
    )
}
"""Known formats by name; `Source.format` is a key."""
