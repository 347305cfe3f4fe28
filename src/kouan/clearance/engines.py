"""The engine that a run's settings ask for."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from kouan.engine.threads import Threads

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.clearance.settings import Settings
    from kouan.engine.maps import Engine


@contextmanager
def engine_of(settings: Settings) -> Iterator[Engine]:
    """Give the engine that reads raw data; one that is asked for while another is open shares its session.

    Raises KouanError K-ENG-001, K-ENG-002.
    """
    if settings.engine == "threads":
        yield Threads(settings.threads)
        return
    from kouan.engine.spark import Spark  # noqa: PLC0415 - starts a cluster's client

    with Spark(settings.spark_master, threads=settings.threads) as engine:
        yield engine
