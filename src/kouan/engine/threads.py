"""Map and merge over record batches on threads, in bounded memory.

Arrow, numpy and hashlib release the GIL in their kernels, so threads are enough on one machine.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, TypeVar

from kouan.engine.maps import Numbered, slices

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kouan.engine.maps import Kernel
    from kouan.formats.source import Entity

T = TypeVar("T")
R = TypeVar("R")


def default_threads() -> int:
    """Return the number of processors this process may use, at most 8."""
    return min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def map_ordered(
    parts: Iterable[T], kernel: Callable[[T], R], threads: int, *, stop: Callable[[], None] | None = None
) -> Iterator[R]:
    """Yield `kernel(part)` in the order of the parts; at most `2 * threads` parts are held at a time.

    An exception of the reader or of a kernel is raised here and stops the rest; `stop` ends kernels that wait for
    others to work.
    """
    if threads <= 1 and stop is None:
        yield from map(kernel, parts)
        return
    with ThreadPoolExecutor(max_workers=threads, thread_name_prefix="kouan") as pool:
        waiting: deque[Future[R]] = deque()
        try:
            for part in parts:
                waiting.append(pool.submit(kernel, part))
                if len(waiting) >= 2 * threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
            if waiting and stop is not None:
                stop()


class Threads:
    """The engine of one machine (see `Engine`): batches are read one after another, kernels run on threads."""

    apart = False

    def __init__(self, threads: int) -> None:
        self.threads = threads

    @property
    def here(self) -> Threads:
        """Itself."""
        return self

    def rows(self, entity: Entity, columns: Sequence[str] | None = None) -> ThreadRows:
        """Begin to read a table."""
        return ThreadRows(slices(entity, columns), self)

    def over(self, batches: Iterable[tuple[int, Any]], kernel: Kernel[R], seen: Callable[[int], None]) -> Iterator[R]:
        """Yield what a kernel makes of each batch."""

        def work(numbered: tuple[int, Any]) -> R:
            result = kernel(*numbered)
            seen(len(numbered[1]))
            return result

        return map_ordered(batches, work, self.threads)


class ThreadRows(Numbered):
    """A table being read (see `Rows`)."""

    def __init__(self, batches: Iterator[Any], engine: Threads) -> None:
        super().__init__(batches)
        self._engine = engine

    def rest(self, kernel: Kernel[R], *, merge: Callable[[R, R], R] | None, seen: Callable[[int], None]) -> Iterator[R]:
        """Yield what a kernel makes of each batch that is left."""
        del merge  # results of batches are merged by who asked for them
        return self._engine.over(self, kernel, seen)
