"""An engine like a cluster's in this process: tasks and results go through bytes, as between machines."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from kouan.engine.tasks import TaskRows
from kouan.engine.threads import Threads
from kouan.formats import Address, ReadOptions, open_source
from kouan.model.declaration import SourceSpec
from kouan.recognize import SourceInput, inspect
from tests.recognizing import AS_OF, KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kouan.engine.maps import Engine
    from kouan.engine.tasks import Task
    from kouan.formats.source import Entity

_DEFAULTS = ReadOptions()


class Near:
    """See `Workers` and `Engine`; keeps what would cross the network.

    Attributes:
        sent, got: pickled tasks, and results.
    """

    apart = True

    def __init__(self, jobs: int = 2) -> None:
        self.jobs = jobs
        self.here = Threads(1)
        self.sent: list[bytes] = []
        self.got: list[bytes] = []

    def rows(self, entity: Entity, columns: Sequence[str] | None = None) -> TaskRows:
        return TaskRows(self, entity, columns)

    def run(self, task: Task) -> bytes:
        self.sent.append(pickle.dumps(task))
        (result,) = pickle.loads(self.sent[-1])([])
        self.got.append(result)
        return bytes(result)

    def cancel(self) -> None:
        pass


def inventory_of(
    *paths: Path | Address,
    engine: Engine | None = None,
    subjects: tuple[str, ...] = ("person",),
    heard: Callable[[str, int, int | None], None] = lambda *_: None,
    options: ReadOptions = _DEFAULTS,
) -> str:
    """Return the inventory of files as JSON; by two threads without an engine."""
    names = [path.path if isinstance(path, Address) else path.name for path in paths]
    inputs = [
        SourceInput(SourceSpec(path=name, subjects=subjects), open_source(path, name=name, options=options))
        for path, name in zip(paths, names, strict=True)
    ]
    found = inspect(inputs, as_of=AS_OF, person_key=KEY, threads=2, engine=engine, progress=heard)
    for given in inputs:
        given.source.check_unchanged()
    return found.model_dump_json()
