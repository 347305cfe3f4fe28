"""Counting on disk equals counting in memory, however rows are split and however little is held at a time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.recognize import grouping, keyring
from kouan.recognize import resolve as resolving
from kouan.recognize.days import NO, OPEN, YES
from kouan.recognize.keyed import resolve_keyed
from kouan.recognize.keyring import Keyring
from kouan.recognize.parts import ADMITTED, EITHER, MAYBE, OLD, SENSITIVE, YOUNG
from kouan.recognize.resolve import resolve
from kouan.recognize.tally import tally
from tests import plain_persons

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from kouan.recognize.resolve import Persons

_NUMBERS = ("ric", "mobile", "birth")
_KINDS = (*_NUMBERS, "id:a", "id:b", "email", "name", "holder")
_BITS = (YOUNG, OLD, EITHER)


def column(kind: str, most: int) -> st.SearchStrategy[Any]:
    """Values of a kind: few, so that rows share them, and often none."""
    if kind in _NUMBERS:
        return st.none() | st.integers(0, most)
    return st.none() | st.integers(0, most).map(lambda number: f"{number}" + "长" * (7 * (number % 3)))


tables = st.tuples(st.integers(0, 60), st.integers(1, 25), st.sets(st.sampled_from(_KINDS))).flatmap(
    lambda chosen: st.fixed_dictionaries(
        {kind: st.lists(column(kind, chosen[1]), min_size=chosen[0], max_size=chosen[0]) for kind in chosen[2]}
        | {"says": st.lists(st.integers(0, 63).filter(_one_age), min_size=chosen[0], max_size=chosen[0])}
    )
)


def _one_age(bits: int) -> bool:
    return sum(bits & bit > 0 for bit in _BITS) <= 1


@contextmanager
def limits(span: int, turn: int, linked: int, *, compiled: bool) -> Iterator[None]:
    """Hold so many rows and pairs at a time; take a telephone of more persons than this for a hotline."""
    with (
        patch.object(grouping, "is_compiled", return_value=compiled),
        patch.object(keyring, "is_compiled", return_value=compiled),
        patch.object(grouping, "SPAN", span),
        patch.object(grouping, "PASS", turn),
        patch.object(resolving, "LINK_LIMIT", linked),
        patch.object(plain_persons, "LINK_LIMIT", linked),
    ):
        yield


def arrays(table: dict[str, list[Any]]) -> dict[str, Any]:
    return {
        kind: pa.array(values, pa.int64() if kind in _NUMBERS else pa.string())
        for kind, values in table.items()
        if kind != "says"
    }


def counted(table: dict[str, list[Any]], *, held: int, cuts: list[int], keyed: bool) -> tuple[Persons, list[int]]:
    """Count by the keyring: the rows cut into pieces, so many keys held in memory."""
    rows, whole = len(table["says"]), arrays(table)
    ring = Keyring(held)
    ends = sorted({min(cut, rows) for cut in cuts} | {rows})
    for start, end in zip([0, *ends], ends, strict=False):
        piece = {kind: values.slice(start, end - start) for kind, values in whole.items()}
        ring.add(end - start, {kind: ring.packed(values) for kind, values in piece.items()})
    people = (resolve_keyed if keyed else resolve)(ring.codes(threads=len(cuts) % 3), ring.rows)
    told = tally(people, np.array(table["says"], np.uint8))
    return people, [*told.persons, *told.sensitive, *told.under14, told.presumed, told.bearing]


def plainly(table: dict[str, list[Any]], *, keyed: bool) -> tuple[plain_persons.Persons, list[int]]:
    """Count by dense codes and masks of all rows."""
    codes = {
        kind: np.asarray(values.dictionary_encode().indices.fill_null(-1), np.int32)
        for kind, values in sorted(arrays(table).items())
    }
    says = np.array(table["says"], np.uint8)
    people = (plain_persons.resolve_keyed if keyed else plain_persons.resolve)(codes, len(says))
    age = np.select([says & YOUNG > 0, says & OLD > 0, says & EITHER > 0], [YES, NO, OPEN], 0).astype(np.int8)
    presumed, sensitive, maybe = (says & bit > 0 for bit in (ADMITTED, SENSITIVE, MAYBE))
    return people, plain_persons.count(people, age, presumed=presumed, sensitive=sensitive, maybe=maybe)


def groups(labels: npt.NDArray[Any]) -> list[int]:
    """For each row the first of its group; -1 stays."""
    values = labels.tolist()
    return [values.index(value) if value >= 0 else -1 for value in values]


@settings(max_examples=150, deadline=None)
@given(
    tables,
    st.integers(0, 200),
    st.lists(st.integers(0, 60), max_size=5),
    st.integers(4, 70),
    st.integers(4, 70),
    st.integers(1, 4),
    st.booleans(),
    st.booleans(),
)
def test_any_split_on_disk_or_in_memory_counts_as_all_rows_at_once(  # noqa: PLR0917 - what is drawn
    table: dict[str, list[Any]],
    held: int,
    cuts: list[int],
    span: int,
    turn: int,
    linked: int,
    keyed: bool,
    compiled: bool,
) -> None:
    keyed &= any(kind.startswith("id:") for kind in table)
    with limits(span, turn, linked, compiled=compiled):
        expected, numbers = plainly(table, keyed=keyed)
        people, found = counted(table, held=held, cuts=cuts, keyed=keyed)
    assert found == numbers
    assert groups(people.merged) == groups(expected.merged)
    assert groups(people.apart) == groups(expected.apart)
    assert people.keyed.tolist() == expected.keyed.tolist()
