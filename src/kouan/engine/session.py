"""A Spark session of our own: quiet, without web pages, what it writes encrypted, unless its files say otherwise.

A value in `spark-defaults.conf` goes before ours (https://spark.apache.org/docs/latest/configuration.html,
https://spark.apache.org/docs/latest/security.html).
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kouan.engine import messages
from kouan.model.errors import KouanError
from kouan.model.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

_OURS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.eventLog.enabled": "false",
    "spark.io.encryption.enabled": "true",
    "spark.io.encryption.keySizeBits": "256",
    "spark.executorEnv.PYTHONHASHSEED": "0",
}
_END_S = 30
_GENERATED = ("local", "yarn", "k8s://")
"""Masters for which Spark makes the secret of an application by itself; another one has a secret of its own or none."""
_SECRET = {"spark.authenticate": "true", "spark.network.crypto.enabled": "true"}
_LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
_UNFIT = ("No module named", "PYTHON_VERSION_MISMATCH")
"""What an executor says whose Python lacks this software, or is another one."""


def find_session(master: str) -> tuple[Any, bool]:
    """Return the session that is active in this process, or else a new one, and whether it is new.

    Raises:
        KouanError: K-ENG-001, K-ENG-002.
    """
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra, and slow to load
    except ImportError:
        raise messages.SPARK_MISSING.at("pyspark") from None
    active = SparkSession.getActiveSession()
    if active is not None:
        return active, False
    stated = _stated()
    os.environ.setdefault("PYSPARK_PYTHON", stated.get("spark.pyspark.python", sys.executable))
    builder = SparkSession.builder.master(master).appName("kouan")
    for name, value in _settings(master).items():
        if name not in stated:
            builder = builder.config(name, value)
    with _quiet():
        try:
            session = builder.getOrCreate()
        except Exception as error:  # noqa: BLE001 - whatever the bridge to Java raises
            raise messages.SPARK_NOT_STARTED.at("spark", kind=_kind(error), master=master) from None
        session.sparkContext.setLogLevel("OFF")
    return session, True


def close_session(session: Any) -> None:
    """End a session of our own, and Java with it: what it was started with would live on in the next session."""
    context = type(session.sparkContext)
    session.stop()
    gateway = context._gateway  # noqa: SLF001 - nothing public ends it
    context._gateway = context._jvm = None  # noqa: SLF001
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait(_END_S)


def _settings(master: str) -> dict[str, str]:
    settings = dict(_OURS)
    if master.startswith(_GENERATED):
        settings |= _SECRET
    if master.startswith("local"):
        settings |= _LOOPBACK
    return settings


def _conf() -> Path | None:
    """Return the folder of Spark's own files."""
    home = os.environ.get("SPARK_HOME")
    folder = os.environ.get("SPARK_CONF_DIR") or (f"{home}/conf" if home else None)
    return Path(folder) if folder else None


def _stated() -> dict[str, str]:
    """Return what `spark-defaults.conf` sets."""
    folder = _conf()
    try:
        text = (folder / "spark-defaults.conf").read_text("utf-8") if folder else ""
    except OSError:
        return {}
    lines = (line.strip() for line in text.splitlines())
    pairs = (line.replace("=", " ", 1).split(None, 1) for line in lines if line and not line.startswith("#"))
    return {pair[0]: pair[1].strip() if len(pair) > 1 else "" for pair in pairs if pair}


@contextmanager
def _quiet() -> Iterator[None]:
    """Start Java without its words on our terminal, unless its files say how it logs."""
    folder = _conf()
    if folder is not None and (folder / "log4j2.properties").is_file():
        yield
        return
    sys.stderr.flush()
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


@contextmanager
def spark_errors() -> Iterator[None]:
    """Turn what Spark raises into our errors, without its words: they hold stack traces and may quote data."""
    try:
        yield
    except KouanError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever the bridge to Java raises
        said = str(error)
        if any(word in said for word in _UNFIT):
            raise messages.EXECUTOR_UNFIT.at("spark", version=VERSION, found="-") from None
        if "CONNECT" in said and "sparkContext" in said:
            raise messages.SPARK_CONNECT.at("spark") from None
        raise messages.SPARK_FAILED.at("spark", kind=_kind(error)) from None


def _kind(error: Exception) -> str:
    """Return what kind of error it is: the class of Spark's own error where one is inside."""
    inner = getattr(error, "java_exception", None)
    name = type(error).__name__ if inner is None else str(inner.getClass().getSimpleName())
    condition = getattr(error, "getCondition", lambda: None)() if inner is None else None
    return f"{name} {condition}" if condition else name
