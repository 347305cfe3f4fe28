"""Tasks: pieces of a table with the kernel to run on them, as other processes take them, and what these give back.

Whoever runs a task reads the files itself with our readers, so that no row is handed over, and gives back what the
kernel makes of rows, as bytes of `wire`. The rows that fix how a table is read (see `Rows`) are read by the command.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from kouan.engine import messages
from kouan.engine.maps import ROWS, Numbered, slices
from kouan.engine.threads import map_ordered
from kouan.engine.wire import pack, unpack
from kouan.formats.messages import NO_PERMISSION, NOT_FOUND
from kouan.formats.splits import splits_of
from kouan.model.errors import Exit, KouanError, Message
from kouan.model.text import Text
from kouan.model.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kouan.engine.maps import Kernel
    from kouan.engine.threads import Threads
    from kouan.formats.source import Entity

R = TypeVar("R")

_MOST_ROWS = 16 * ROWS
"""Rows of neighbouring splits that make one task; a split with more is one by itself."""
_TASKS_EACH = 4
"""Tasks for each of the processes at the least, where there are as many splits, so that none waits long for another."""


class Workers(Protocol):
    """Other processes that run tasks."""

    @property
    def jobs(self) -> int:
        """Tasks that they are given at a time."""

    @property
    def here(self) -> Threads:
        """The engine for what only this process can read."""

    def run(self, task: Task) -> bytes:
        """Return what a task gives; called from several threads. Raises KouanError."""

    def cancel(self) -> None:
        """Stop what they still do for us."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A split with its place in the table.

    Attributes:
        first: row of the table at which it begins.
        skip: rows of it that were read already.
    """

    split: Entity
    first: int
    skip: int


class TaskRows(Numbered):
    """A table being read (see `Rows`)."""

    def __init__(self, workers: Workers, entity: Entity, columns: Sequence[str] | None) -> None:
        super().__init__(slices(entity, columns))
        self._workers, self._entity = workers, entity
        self._columns = None if columns is None else tuple(columns)

    def rest(self, kernel: Kernel[R], *, merge: Callable[[R, R], R] | None, seen: Callable[[int], None]) -> Iterator[R]:
        """Yield what a kernel makes of the splits that are left, one result for each of their batches or tasks."""
        splits = splits_of(self._entity)
        if splits is None:
            return self._workers.here.over(self, kernel, seen)
        self.close()
        return self._mapped(_left(splits, self.done), kernel, merge, seen)

    def _mapped(
        self, pieces: Iterable[Piece], kernel: Kernel[R], merge: Callable[[R, R], R] | None, seen: Callable[[int], None]
    ) -> Iterator[R]:
        workers = self._workers
        tasks = (Task(chunk, self._columns, kernel, merge) for chunk in chunks(list(pieces), workers.jobs))
        for result in map_ordered(tasks, workers.run, workers.jobs, stop=workers.cancel):
            rows, values = _opened(result)
            seen(rows)
            yield from values


def _left(splits: Iterable[Entity], done: int) -> Iterator[Piece]:
    """Yield the splits, or what is left of them, after the first `done` rows."""
    first = 0
    for split in splits:
        rows = split.rows or 0
        if first + rows > done:
            yield Piece(split, first, max(0, done - first))
        first += rows


def chunks(pieces: Sequence[Piece], jobs: int) -> Iterator[tuple[Piece, ...]]:
    """Yield neighbouring pieces that make one task each."""
    sizes = [(piece.split.rows or 0) - piece.skip for piece in pieces]
    enough = min(_MOST_ROWS, sum(sizes) // (_TASKS_EACH * jobs))
    waiting: list[Piece] = []
    rows = 0
    for piece, more in zip(pieces, sizes, strict=True):
        if waiting and rows + more > enough:
            yield tuple(waiting)
            waiting, rows = [], 0
        waiting.append(piece)
        rows += more
    if waiting:
        yield tuple(waiting)


@dataclass(frozen=True, slots=True)
class Task:
    """What an executor does: read some splits and give what the kernel makes of them.

    Attributes:
        version: of this software; another one may find something else.
    """

    pieces: tuple[Piece, ...]
    columns: tuple[str, ...] | None
    kernel: Any = field(repr=False)
    merge: Any
    version: str = VERSION

    def __call__(self, given: Iterable[object]) -> Iterator[bytes]:
        """Yield one result as bytes. Nothing is raised: Spark would log the words, which may quote cells."""
        for _ in given:  # what is not read to its end costs Spark the process, which is then started anew
            pass
        try:
            yield pack(self._done())
        except KouanError as error:
            yield pack(_told(error))
        except Exception as error:  # noqa: BLE001 - see above
            yield pack(_told(messages.EXECUTOR_BROKE.at(self._where, kind=type(error).__name__)))

    def _done(self) -> dict[str, object]:
        if self.version != VERSION:
            raise messages.EXECUTOR_UNFIT.at("kouan", version=self.version, found=VERSION)
        rows = 0
        results: list[Any] = []
        for piece in self.pieces:
            for first, batch in _read(piece, self.columns):
                result = self.kernel(first, batch)
                rows += len(batch)
                if self.merge is None or not results:
                    results.append(result)
                else:
                    results[0] = self.merge(results[0], result)
        return {"rows": rows, "values": results}

    @property
    def _where(self) -> str:
        return self.pieces[0].split.name if self.pieces else ""


def _read(piece: Piece, columns: tuple[str, ...] | None) -> Iterator[tuple[int, Any]]:
    skip, first = piece.skip, piece.first + piece.skip
    try:
        for batch in slices(piece.split, columns):
            rest = batch.slice(skip) if skip else batch
            skip -= min(skip, len(batch))
            if len(rest):
                yield first, rest
                first += len(rest)
    except KouanError as error:
        if error.code in {NOT_FOUND.code, NO_PERMISSION.code}:
            raise messages.NOT_SEEN.at(error.where, code=error.code) from None
        raise


def _told(error: KouanError) -> dict[str, object]:
    words = [(text.zh, text.en) for text in (error.what, error.why, error.fix)]
    return {"code": error.code, "where": error.where, "words": words, "status": int(error.status)}


def _opened(result: bytes) -> tuple[int, Sequence[Any]]:
    """Return rows and values of a task. Raises KouanError as the executor did."""
    found = unpack(result)
    if "code" in found:
        what, why, fix = (Text(zh=_plain(zh), en=_plain(en)) for zh, en in found["words"])
        message = Message(code=found["code"], what=what, why=why, fix=fix, status=Exit(found["status"]))
        raise message.at(found["where"])
    return found["rows"], found["values"]


def _plain(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")
