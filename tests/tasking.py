"""An engine like a cluster's in this process: tasks and results go through bytes, as between machines."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from kouan.engine.tasks import TaskRows
from kouan.engine.threads import Threads
from kouan.formats import Address, ReadOptions, open_source
from kouan.model.declaration import ReleaseMode, SourceSpec
from kouan.model.inventory import IdentityRole, Inventory
from kouan.recognize import SourceInput, inspect
from kouan.risk import measure
from tests.recognizing import AS_OF, KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kouan.engine.maps import Engine
    from kouan.engine.tasks import Task
    from kouan.formats.source import Entity

_DEFAULTS = ReadOptions()
_ROLES = {"amount": IdentityRole.SENSITIVE, "active": IdentityRole.SENSITIVE, "blob": IdentityRole.QUASI}
"""Of columns that recognition leaves alone."""


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


def risk_of(path: Path, *, engine: Engine | None = None, options: ReadOptions = _DEFAULTS) -> str:
    """Return how identifiable a file is as JSON, by the inventory of threads and more roles."""
    known = Inventory.model_validate_json(inventory_of(path, options=options))
    items = [one.model_copy(update={"role": _ROLES.get(one.name, one.role)}) for one in known.items]
    known = known.model_copy(update={"items": tuple(items)})
    source = open_source(path, name=path.name, options=options)
    found = measure([source], known, ReleaseMode.CONTROLLED, engine=engine)
    source.check_unchanged()
    return found.model_dump_json()


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
