"""What an engine is: it reads a table's rows, some of them here, and maps a kernel over the rest wherever it works."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from kouan.engine.threads import Threads
    from kouan.formats.source import Entity

R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

ROWS = 65_536
"""Most rows of one batch that a kernel sees."""


class Kernel(Protocol[R_co]):
    """A function of one batch; an engine of other processes pickles it, so that it is made of plain data."""

    def __call__(self, first: int, batch: Any) -> R_co:
        """Return what there is to know of a batch that begins at row `first` of its table."""


class Rows(Protocol):
    """A table being read: iterating gives batches with their first rows, in order; `rest` maps over what is left."""

    def __iter__(self) -> Self: ...

    def __next__(self) -> tuple[int, Any]: ...

    def back(self, batch: Any) -> None:
        """Take the last batch back: it is the next one again."""

    def rest(self, kernel: Kernel[R], *, merge: Callable[[R, R], R] | None, seen: Callable[[int], None]) -> Iterator[R]:
        """Yield what a kernel makes of the rows that are left, in their order.

        Args:
            kernel: of one batch.
            merge: puts two results together; with it neighbours may come as one.
            seen: hears of rows as they are done.

        Raises:
            KouanError: as the table's reader does, K-ENG-… where the engine fails.
        """


class Engine(Protocol):
    """Where kernels run."""

    @property
    def apart(self) -> bool:
        """Whether that is in other processes, so that keys of persons are handed over as keyed hashes."""

    @property
    def here(self) -> Threads:
        """The engine of this process, for what is not handed to others."""

    def rows(self, entity: Entity, columns: Sequence[str] | None = None) -> Rows:
        """Begin to read a table; `columns` as for `Entity.batches`."""


def slices(entity: Entity, columns: Sequence[str] | None = None) -> Iterator[Any]:
    """Yield a table's record batches, none longer than 65,536 rows."""
    for batch in entity.batches(columns):
        for start in range(0, len(batch), ROWS):
            yield batch.slice(start, ROWS)


class Numbered:
    """Batches with their first rows.

    Attributes:
        done: rows given so far.
    """

    def __init__(self, batches: Iterator[Any]) -> None:
        self._batches = batches
        self.done = 0

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> tuple[int, Any]:
        batch = next(self._batches)
        first, self.done = self.done, self.done + len(batch)
        return first, batch

    def back(self, batch: Any) -> None:
        """Take the last batch back: it is the next one again."""
        self._batches, self.done = chain((batch,), self._batches), self.done - len(batch)

    def close(self) -> None:
        """Read no further."""
        self._batches = iter(())
