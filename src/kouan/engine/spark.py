"""Recognition on a Spark cluster: its executors run the tasks of `tasks`, one job of one partition for each.

RDDs of a classic session are used (docs/adr/0017): `mapInArrow` wants pandas on every node for rows that never pass.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Self

from kouan.engine.session import close_session, find_session, spark_errors
from kouan.engine.tasks import TaskRows
from kouan.engine.threads import Threads

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from kouan.engine.tasks import Task
    from kouan.formats.source import Entity

_FEWEST_JOBS, _MOST_JOBS = 8, 64
"""Tasks given at a time; at first a cluster does not know all its executors."""


class Spark:
    """The engine of a cluster (see `Engine`).

    Args:
        master: such as `spark://host:7077`, `yarn`, `local[4]`; a session of our own is started there.
        session: a running session to use instead; it is left running.
        threads: kernels at a time for what only this process can read.

    Raises:
        KouanError: K-ENG-001, K-ENG-002, K-ENG-006.
    """

    apart = True

    def __init__(self, master: str = "local[*]", *, session: Any = None, threads: int = 1) -> None:
        self._session, self._own = find_session(master) if session is None else (session, False)
        self.here = Threads(threads)
        self._tag = f"kouan-{secrets.token_hex(8)}"
        with spark_errors():
            self.context = self._session.sparkContext
            # One task is one job of one partition, over this row; Spark keeps nothing of ours among its data.
            self.one = self.context.parallelize([0], 1)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._own:
            close_session(self._session)

    def rows(self, entity: Entity, columns: Sequence[str] | None = None) -> TaskRows:
        """Begin to read a table."""
        return TaskRows(self, entity, columns)

    def run(self, task: Task) -> bytes:
        """Run one task on the cluster. Raises KouanError K-ENG-003, K-ENG-004, K-ENG-007."""
        with spark_errors():
            self.context.addJobTag(self._tag)  # of this thread's jobs
            (result,) = self.one.mapPartitions(task).collect()
        return bytes(result)

    def cancel(self) -> None:
        """Stop what the cluster still does for us."""
        self.context.cancelJobsWithTag(self._tag)

    @property
    def jobs(self) -> int:
        """Tasks that are given to the cluster at a time."""
        return min(_MOST_JOBS, max(_FEWEST_JOBS, int(self.context.defaultParallelism)))
