"""Write a DICOM file back: treated values in its header, its pixels byte for byte."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kouan.formats import notes
from kouan.formats.apart import notes as words
from kouan.formats.apart.found import apart, found_in
from kouan.formats.apart.messages import DAMAGED, DICOM_WRITE
from kouan.formats.apart.process import RefusedFileError
from kouan.formats.files import PIECE, opened, take_in
from kouan.formats.landing import Landing, writing
from kouan.formats.options import Limits
from kouan.model.text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Self

    import pyarrow as pa

    from kouan.formats.source import Source
    from kouan.model.errors import KouanError
    from kouan.model.text import Text

Values = list[str] | None


@dataclass(slots=True)
class _Row:
    """The header as it is to leave; None until it came."""

    treated: dict[str, Values] | None = None
    held: bool = False
    said: list[Text] = field(default_factory=list)


class DicomSink:
    """A DICOM file being written (see `Sink`).

    Dropped and null values leave their element empty, as it must be there in most files. Private elements and bytes
    that nobody examined go; what was written is read again and compared first.
    """

    def __init__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> None:
        self._path, self._like = path, like
        self._row = _Row()
        (entity,) = like.entities
        self._raw = _listed(next(iter(entity.batches())).to_pylist()[0])
        if entity.name not in schemas:  # the whole table is left out
            self._row.held = True

    @property
    def notes(self) -> tuple[Text, ...]:
        """What was taken out and coded anew."""
        return tuple(self._row.said)

    def __enter__(self) -> Self:
        return self

    def write(self, entity: str, batch: pa.RecordBatch, keep: pa.BooleanArray | None = None) -> None:
        """Take the one row. Raises ValueError for rows that are not the table's."""
        if not batch.num_rows:
            return
        if batch.num_rows > 1 or self._row.treated is not None or entity != self._like.entities[0].name:
            raise ValueError("the batch does not belong to this table")
        self._row.held = keep is not None and not keep[0].as_py()
        self._row.treated = _listed(batch.to_pylist()[0])

    def __exit__(self, *exc: object) -> None:
        if (exc and exc[0] is not None) or self._row.held:
            return
        if self._row.treated is None:
            raise ValueError("not all rows of the table were written")
        treated = self._row.treated
        changes = {path: treated.get(path) for path, raw in self._raw.items() if treated.get(path) != raw}
        landing = Landing(self._path)
        try:
            self._rewrite(landing, changes)
            self._like.check_unchanged()
            landing.land()
        except BaseException:
            landing.abandon()
            raise

    def _rewrite(self, landing: Landing, changes: Mapping[str, Values]) -> None:
        path = self._like.path
        try:
            (done,) = apart("dicom-write").ask(path, {"changes": changes})
        except RefusedFileError as error:
            raise self._refusal(error) from None
        start, end = done["pixels"]
        self._put(landing, iter([base64.b64decode(done["header"])]))
        self._put(landing, _stretch(path, int(start), int(end)))
        landing.stream.flush()
        self._compare(landing.part, dict.fromkeys(changes) | done["written"])
        self._say(done)

    def _put(self, landing: Landing, pieces: Iterator[bytes]) -> None:
        with writing(self._path):
            for piece in pieces:
                landing.stream.write(piece)

    def _compare(self, part: Path, written: Mapping[str, Values]) -> None:
        """Read what was written; nothing of what was taken out may be there, and nothing else may have changed."""
        found = found_in(take_in(part), "dicom", {"bytes": Limits().header_bytes})
        (row,) = found.rows["header"]
        now = _listed(row)
        for path, raw in self._raw.items():
            if now.get(path) != written.get(path, raw):
                raise DICOM_WRITE.at(str(self._like.path), problem=words.DICOM_DIFFERS.fill(path=path))

    def _say(self, done: Mapping[str, Any]) -> None:
        binary = [shown(str(name)) for name in done["binary"]]
        names = notes.listed(binary) if binary else words.DICOM_NO_BINARY
        self._row.said.append(words.DICOM_REMOVED.fill(count=done["private"], names=names))
        if done["recoded"]:
            self._row.said.append(words.DICOM_RECODED.fill(names=notes.listed(sorted(done["recoded"]))))
        if done["pixels"][0] != done["pixels"][1]:
            self._row.said.append(words.DICOM_KEPT_PIXELS)

    def _refusal(self, error: RefusedFileError) -> KouanError:
        where = str(self._like.path)
        problem = {
            "form": words.DICOM_FORM.fill(path=error.facts.get("path", "?")),
            "syntax": words.DICOM_SYNTAX,
            "shape": words.DICOM_SHAPE,
        }.get(error.code)
        return DAMAGED.at(where, kind=words.DICOM_FILE) if problem is None else DICOM_WRITE.at(where, problem=problem)


def _listed(row: Mapping[str, Any]) -> dict[str, Values]:
    """Return the values of a row as lists; what is empty is None."""
    return {
        path: None if not value else [str(one) for one in (value if isinstance(value, list) else [value])]
        for path, value in row.items()
    }


def _stretch(path: Path, start: int, end: int) -> Iterator[bytes]:
    with opened(path) as descriptor:
        while start < end and (piece := os.pread(descriptor, min(PIECE, end - start), start)):
            yield piece
            start += len(piece)
