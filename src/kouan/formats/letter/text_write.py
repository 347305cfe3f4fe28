"""Write a text back line by line: what was not treated keeps its bytes, endings and blank lines included."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.formats import messages
from kouan.formats.landing import Landing, writing
from kouan.formats.letter.text_read import TextLines, lines_of, split_ending
from kouan.formats.opened import FileSource

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Self

    import pyarrow as pa

    from kouan.formats.source import Source
    from kouan.model.text import Text

_BREAK = re.compile(r"\r\n|\n|\r")


class TextSink:
    """A text being written (see `Sink`): a row held back goes with its line; a value taken out leaves its line empty.

    A text of which no line stays is not written.
    """

    def __init__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> None:
        (entity,) = like.entities if isinstance(like, FileSource) else (None,)
        if not isinstance(entity, TextLines) or schemas.keys() - {entity.name}:
            raise TypeError("a text is written like the text it comes from")
        self._path, self._entity = path, entity
        self._lines = lines_of(entity.file, entity.encoding, entity.options.limits.row_bytes)
        self._kept = self._held = 0

    @property
    def notes(self) -> tuple[Text, ...]:
        """Nothing is lost beyond the treated values."""
        return ()

    def __enter__(self) -> Self:
        self._landing = Landing(self._path)
        self._landing.stream.write(self._entity.encoding.mark)
        return self

    def __exit__(self, *exc: object) -> None:
        if exc and exc[0] is not None:
            self._landing.abandon()
            return
        try:
            self._finish()
        except BaseException:
            self._landing.abandon()
            raise
        if self._held and not self._kept:
            self._landing.abandon()
        else:
            self._landing.land()

    def _finish(self) -> None:
        if next(self._next(), None) is not None:
            raise ValueError("not all lines of the text were written")
        self._entity.file.check_unchanged()

    def write(self, entity: str, batch: pa.RecordBatch, keep: pa.BooleanArray | None = None) -> None:
        """Append lines. Raises KouanError K-FMT-027 to 029, and ValueError for more lines than were read."""
        if entity != self._entity.name:
            raise ValueError("the batch does not belong to this text")
        stays = [True] * batch.num_rows if keep is None else keep.to_pylist()
        for text, stay in zip(batch.column("text").to_pylist(), stays, strict=True):
            raw, ending = split_ending(next(self._next(), None) or _more())
            self._kept += bool(stay)
            self._held += not stay
            if stay:
                self._put(raw + ending if text == raw else _BREAK.sub(" ", text or "") + ending)

    def _next(self) -> Iterator[str]:
        """Write blank lines and yield the next one that is not."""
        for line in self._lines:
            if line.strip():
                yield line
                return
            self._put(line)

    def _put(self, text: str) -> None:
        codec = self._entity.encoding.codec
        try:
            data = text.encode(codec)
        except UnicodeEncodeError:
            raise messages.CANNOT_ENCODE.at(str(self._path), encoding=codec) from None
        with writing(self._path):
            self._landing.stream.write(data)


def _more() -> str:
    raise ValueError("more lines than were read")
