"""Kernels compiled by numba, which is optional: what it compiled is kept in a folder of this user alone."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable

Function = TypeVar("Function", bound="Callable[..., Any]")

LARGE = 20_000_000
"""Bytes from which compiled code wins back what importing numba costs (2 s of processor time; DESIGN 6)."""
_OTHERS = 0o022
_PLAIN = {"nogil": True}
_LEAN = {"nogil": True, "_nrt": False, "error_model": "numpy"}
"""For kernels that allocate nothing and divide by constants only: without counted references, several times as fast."""


@cache
def is_available() -> bool:
    """Return whether numba is installed; it is not imported for that."""
    return find_spec("numba") is not None


def pays(size: int) -> bool:
    """Tell whether compiled code may be used, and is worth its start, for a document of so many bytes."""
    return size >= LARGE and is_available()


def compiled(function: Function, *, lean: bool = False, prepare: Callable[[], None] | None = None) -> Function:
    """Compile a function at its first call, without the interpreter's lock (imports numba: 1 s).

    Args:
        function: in Python that numba understands.
        lean: see `_LEAN`.
        prepare: called before the function is compiled, to give it the compiled functions that it calls; not called
            where its machine code has been kept.

    Machine code is kept between processes where a private folder can be had. It is loaded by unpickling, so that the
    folder must be this user's own; any fault of it means only that the function is compiled again.
    """
    dispatcher = _numba().njit(**(_LEAN if lean else _PLAIN))(function)
    folder = _private_folder(_digest(function, prepare))
    if folder is not None and hasattr(dispatcher, "_cache"):
        with suppress(Exception):
            dispatcher._cache = _cache_class(folder, prepare)(function)  # noqa: SLF001 - as its own enable_caching does
            prepare = None
    if prepare is not None:
        prepare()
    return cast("Function", dispatcher)


def jitted(function: Function, *signature: Any, inline: bool = False) -> Function:
    """Compile a function that only compiled functions call, at once if a signature says for which types.

    Args:
        function: as for `compiled`.
        signature: of types, or nothing.
        inline: write it out where it is called: a call hands over every array in seven parts.
    """
    return cast("Function", _numba().njit(*signature, **_LEAN, inline="always" if inline else "never")(function))


def _numba() -> Any:
    return import_module("numba")  # optional and slow: only once it is needed


def _cache_class(folder: Path, prepare: Callable[[], None] | None) -> Any:
    """Return numba's cache of one function's machine code, in a folder of our choice and silent about its faults."""
    caching: Any = import_module("numba.core.caching")

    class Locator(caching._CacheLocator):  # type: ignore[misc]  # noqa: SLF001 - what its caches ask for a place
        def __init__(self, line: int) -> None:
            self._line = line

        def get_cache_path(self) -> str:
            return str(folder)

        def get_source_stamp(self) -> str:
            return folder.name

        def get_disambiguator(self) -> str:
            return str(self._line)

        @classmethod
        def from_function(cls, py_func: Any, _py_file: str) -> Locator:
            return cls(py_func.__code__.co_firstlineno)

    class Impl(caching.CompileResultCacheImpl):  # type: ignore[misc]
        _locator_classes = [Locator]  # noqa: RUF012 - overrides a list

    class Cache(caching.FunctionCache):  # type: ignore[misc]
        _impl_class = Impl

        def load_overload(self, sig: Any, target_context: Any) -> Any:
            kept = None
            with suppress(Exception):
                kept = super().load_overload(sig, target_context)
            if kept is None and prepare is not None:
                prepare()
            return kept

        def save_overload(self, sig: Any, data: Any) -> None:
            with suppress(Exception):
                super().save_overload(sig, data)

    return Cache


def _private_folder(digest: str) -> Path | None:
    """Return the folder of a function's machine code, or None where none is safe from other users."""
    try:
        base = os.environ.get("XDG_CACHE_HOME", "")
        folder = (Path(base) if Path(base).is_absolute() else Path.home() / ".cache") / "kouan" / f"kernels-{digest}"
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True, mode=0o700)
        return folder if all(map(_is_private, (folder.parent, folder))) else None
    except (OSError, RuntimeError):
        return None


def _is_private(folder: Path) -> bool:
    facts = folder.lstat()
    return stat.S_ISDIR(facts.st_mode) and facts.st_uid == os.geteuid() and not facts.st_mode & _OTHERS


def _digest(function: Callable[..., Any], maker: Callable[..., Any] | None) -> str:
    """Return what tells a function with all that it calls, who makes it, this Python and this numba from all others."""
    digest = hashlib.sha256(f"{sys.version}|{_numba().__version__}".encode())
    digest.update(Path(__file__).read_bytes())
    if maker is not None:
        digest.update(Path(maker.__code__.co_filename).read_bytes())
    waiting, reached = [function], set()
    while waiting:
        one = waiting.pop()
        if one in reached:
            continue
        reached.add(one)
        code = one.__code__
        digest.update(repr((code.co_code, code.co_consts, code.co_names, code.co_varnames)).encode())
        for name in code.co_names:
            value = one.__globals__.get(name)
            parts = value if isinstance(value, tuple) else (value,)
            waiting += [part for part in parts if isinstance(part, FunctionType)]
            digest.update(repr([part for part in parts if isinstance(part, int | bytes)]).encode())
    return digest.hexdigest()[:16]
