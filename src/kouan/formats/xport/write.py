"""Write a SAS transport file like its source: what nobody treated is copied byte for byte, headers included."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kouan.formats import notes
from kouan.formats.landing import Landing, writing
from kouan.formats.opened import FileSource
from kouan.formats.xport.columns import padded
from kouan.formats.xport.edits import TableEdits
from kouan.formats.xport.layout import RECORD, arranged, namestrs
from kouan.formats.xport.read import XportLayout
from kouan.formats.xport.scan import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path
    from typing import Self

    from kouan.formats.source import Source
    from kouan.formats.xport.edits import ColumnEdit
    from kouan.formats.xport.layout import Variable
    from kouan.formats.xport.numbers import Bools, Bytes
    from kouan.model.text import Text


class XportSink:
    """A SAS transport file being written (see `Sink`).

    Changed texts make a variable as long as its longest value; a number treated into text becomes a character variable,
    except where it has a date format and all its texts are ISO days or moments. Nothing changed: the same bytes.
    """

    def __init__(self, path: Path, like: Source, *, schemas: Mapping[str, pa.Schema]) -> None:
        if not isinstance(like, FileSource) or not isinstance(like.layout, XportLayout):
            raise ValueError("a SAS transport file is written like a SAS transport file")  # noqa: TRY004 - a value of it
        self._path = path
        self._layout = like.layout
        tables = {table.name: table for table in like.layout.tables}
        if not schemas or not set(schemas) <= set(tables):
            raise ValueError("the source has no such table")
        self._tables = {
            name: TableEdits.of(path, table, schemas[name]) for name, table in tables.items() if name in schemas
        }
        self._landing: Landing | None = None
        self._notes: list[Text] = []

    @property
    def notes(self) -> tuple[Text, ...]:
        """What changed beyond the treated values; complete once the file is closed."""
        return tuple(self._notes)

    def __enter__(self) -> Self:
        self._landing = Landing(self._path)
        return self

    def __exit__(self, *exc: object) -> None:
        assert self._landing is not None
        try:
            if exc and exc[0] is not None:
                self._landing.abandon()
                return
            with writing(self._path):
                self._landing.stream.write(self._layout.library)
                for edits in self._tables.values():
                    for piece in self._pieces(edits):
                        self._landing.stream.write(piece)
            self._landing.land()
        except BaseException:
            self._landing.abandon()
            raise
        finally:
            for edits in self._tables.values():
                edits.discard()

    def write(self, entity: str, batch: pa.RecordBatch, keep: pa.BooleanArray | None = None) -> None:
        """Append rows. Raises KouanError: K-FMT-025…029, 034, 035."""
        if entity not in self._tables:
            raise ValueError("no such table")
        self._tables[entity].add(batch, keep)

    def _pieces(self, edits: TableEdits) -> Iterator[bytes]:
        """Yield one data set: its header, its variables, its rows and what pads them."""
        member, columns = edits.table.member, edits.columns
        plan = [(name, columns[name]) for name in edits.table.schema.names if name in columns]
        targets = tuple(column.target for _, column in plan)
        if targets != member.variables:
            targets = arranged(targets)
        yield member.header + namestrs(member, targets)
        width = sum(one.length for one in targets)
        end = _End(width)
        for block, changed in edits.replay():
            rows = (
                _rows(edits, block, changed, plan=plan, targets=targets)
                if changed or targets != member.variables
                else block
            )
            data = rows.tobytes()
            end.add(data)
            yield data
        if width == member.row_bytes and end.size == member.rows * width and not member.cut:
            yield read_bytes(edits.table.file.path, member.start + end.size, member.end - member.start - end.size)
        else:
            yield b" " * (-end.size % RECORD)
        self._say(edits, plan, end)

    def _say(self, edits: TableEdits, plan: list[tuple[str, ColumnEdit]], end: _End) -> None:
        turned = [name for name, column in plan if column.is_text and column.variable.numeric]
        if turned:
            said = notes.XPORT_AS_TEXT.fill(table=edits.table.name, columns=notes.listed(turned))
            self._notes.append(said)
        if blank := end.blank_rows():
            self._notes.append(notes.XPORT_LAST_BLANK.fill(table=edits.table.name, count=blank))


@dataclass(slots=True)
class _End:
    """The last bytes of the rows of a table, to tell which rows at its end look like padding."""

    width: int
    size: int = 0
    last: bytes = b""

    def add(self, data: bytes) -> None:
        self.size += len(data)
        self.last = (self.last + data[-RECORD:])[-RECORD:]

    def blank_rows(self) -> int:
        if not self.size:
            return 0
        room = self.size + -self.size % RECORD
        fewest = max(0, (room - RECORD) // self.width + 1)
        most = self.size // self.width - fewest
        blank = len(self.last) - len(self.last.rstrip(b" "))
        return max(0, min(most, blank // self.width))


def _rows(
    edits: TableEdits,
    block: Bytes,
    changed: Mapping[str, tuple[pa.Array, Bools]],
    *,
    plan: list[tuple[str, ColumnEdit]],
    targets: tuple[Variable, ...],
) -> Bytes:
    """Return rows in their new layout."""
    out = np.empty((len(block), sum(one.length for one in targets)), np.uint8)
    for (name, column), target in zip(plan, targets, strict=True):
        source = column.variable
        cells = out[:, target.position : target.end]
        values, where = changed.get(name) or (pa.nulls(len(block), column.stored), np.zeros(len(block), np.bool_))
        if source.numeric and not target.numeric:
            cells[:] = padded(values, target.length)
            continue
        cells[:] = 0 if target.numeric else ord(" ")
        shared = min(source.length, target.length)
        cells[:, :shared] = block[:, source.position : source.position + shared]
        if where.any():
            some = values.filter(pa.array(where))
            cells[where] = (
                edits.numbers(name, some)[:, : target.length] if target.numeric else padded(some, target.length)
            )
    return out
