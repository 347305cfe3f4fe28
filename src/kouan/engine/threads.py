"""Map and merge over record batches on threads, in bounded memory.

Arrow, numpy and hashlib release the GIL in their kernels, so threads are enough on one machine.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")
R = TypeVar("R")


def default_threads() -> int:
    """Return the number of processors this process may use, at most 8."""
    return min(8, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)


def map_ordered(parts: Iterable[T], kernel: Callable[[T], R], threads: int) -> Iterator[R]:
    """Yield `kernel(part)` in the order of the parts; at most `2 * threads` parts are held at a time.

    An exception of the reader or of a kernel is raised here and stops the rest.
    """
    if threads <= 1:
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


def map_merge(parts: Iterable[T], kernel: Callable[[T], R], merge: Callable[[R, R], R], threads: int) -> R | None:
    """Return the kernels' results merged from left to right, or None when there are no parts."""
    results = map_ordered(parts, kernel, threads)
    total = next(results, None)
    if total is None:
        return None
    for result in results:
        total = merge(total, result)
    return total
