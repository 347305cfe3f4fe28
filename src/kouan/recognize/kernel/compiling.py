"""The kernel compiled by numba: the same functions, with constants as arrays and the identifiers as one chain."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import FunctionType
from typing import TYPE_CHECKING, Any

import numpy as np

from kouan.formats.compiled import compiled, jitted
from kouan.recognize.identifiers import IDENTIFIERS
from kouan.recognize.kernel.dispatch import HITS, try_each
from kouan.recognize.kernel.plain import make_plain
from kouan.recognize.kernel.tables import STOPS
from kouan.recognize.kernel.words import seven
from kouan.recognize.nearby import beside, near

if TYPE_CHECKING:
    from collections.abc import Callable


_APART = (beside, near, make_plain)
"""Functions of long loops, in which many others end: written out in each they would only take long to compile."""


@cache
def compiled_rows(function: Callable[..., Any]) -> Any:
    """Return a function over rows compiled; its machine code is kept between processes."""
    outer = _copy(function)
    return compiled(outer, lean=True, prepare=lambda: outer.__globals__.update(_known(function, _parts())))


@cache
def _parts() -> dict[Any, Any]:
    return {seven: _seven()}


def _find(function: Callable[..., Any], done: dict[Any, Any]) -> Any:
    done[function] = jitted(_with_constants(function, done), _types("n", "rnnnnn"))
    return done[function]


def _seven() -> Any:
    """Return `seven` as one read of eight bytes, which numba has no words for."""
    numba, extending = import_module("numba"), import_module("numba.extending")
    arrays, ir = import_module("numba.np.arrayobj"), import_module("llvmlite.ir")

    def generated(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        data = arrays.make_array(signature.args[0])(context, builder, given[0]).data
        word = ir.IntType(64)
        place = builder.bitcast(builder.gep(data, [given[1]]), word.as_pointer())
        return builder.and_(builder.load(place, align=1), ir.Constant(word, (1 << 56) - 1))

    def typed(_typing: Any, data: Any, at: Any) -> Any:
        return numba.types.int64(data, numba.types.int64), generated

    return extending.intrinsic(typed)


def _types(result: str, arguments: str) -> Any:
    """Return a signature: n number, p two numbers, r bytes to read, h hits; so that nothing compiles twice."""
    types: Any = import_module("numba").types
    known = {
        "n": types.int64,
        "p": types.UniTuple(types.int64, 2),
        "r": types.Array(types.uint8, 1, "C", readonly=True),
        "h": types.Array(types.int64, 1, "C"),
    }
    return known[result](*(known[one] for one in arguments))


def _translated(function: Callable[..., Any], done: dict[Any, Any]) -> Any:
    """Return a function compiled, with all functions of ours that it calls."""
    if function is try_each and function not in done:
        done[function] = _unrolled([_find(one.find, done) for one in IDENTIFIERS])
    elif function not in done:
        done[function] = jitted(_with_constants(function, done), inline=function not in _APART)
    return done[function]


def _with_constants(function: Any, done: dict[Any, Any]) -> Any:
    """Return a copy of a function that sees arrays where it names bytes or numbers, and compiled functions."""
    copy = _copy(function)
    copy.__globals__.update(_known(function, done))
    return copy


def _copy(function: Any) -> Any:
    copy = FunctionType(function.__code__, dict(function.__globals__), function.__name__)
    copy.__module__, copy.__qualname__ = function.__module__, function.__qualname__
    return copy


def _known(function: Any, done: dict[Any, Any]) -> dict[str, Any]:
    names = (name for name in function.__code__.co_names if name in function.__globals__)
    return {name: _constant(function.__globals__[name], done) for name in names}


def _constant(value: Any, done: dict[Any, Any]) -> Any:
    if isinstance(value, bytes):
        return np.frombuffer(value, np.uint8)
    if isinstance(value, tuple):
        return np.array(value, np.int64)
    return _translated(value, done) if isinstance(value, FunctionType) else value


_HEAD = "def try_each(bits, data, lo, hi, at, end, today, hits, count):\n    reach = 0\n"
_STEP = """        if bits & {bit}:
            packed = find_{key}(data, lo, hi, at, end, today)
            if packed:
                hits[count] = packed
                hits[{most} + count] = {key}
                count += 1
                reach = max(reach, packed >> 33)
                if packed & 3 >= {stop}:
                    return count, reach
"""
_BLOCK = 8
"""Identifiers that are passed over together when none of them is looked for."""


def _unrolled(finds: list[Any]) -> Any:
    """Return `try_each` with its loop written out: compiled code cannot hold functions in a list."""
    steps = [_STEP.format(bit=1 << key, key=key, most=HITS, stop=STOPS[key]) for key in range(len(finds))]
    for first in range(0, len(finds), _BLOCK):
        steps[first] = f"    if bits & {(2**_BLOCK - 1) << first}:\n" + steps[first]
    names = {f"find_{key}": find for key, find in enumerate(finds)}
    exec(_HEAD + "".join(steps) + "    return count, reach\n", names)
    return jitted(names["try_each"], _types("p", "nrnnnnnhn"))
