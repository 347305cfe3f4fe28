"""Emptied cells: every class protects as a plain counter sees it, and the file gives the same."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.deidentify.local import Level, Rows, blank, cells_lines, read_local
from kouan.model.errors import KouanError
from kouan.risk.privacy import DistinctDiversity, EqualCloseness, KAnonymity

WORDS = ["red", "blue", "green", "1:a", ""]


@st.composite
def tables(draw):
    size = draw(st.integers(1, 40))
    columns = [
        draw(st.lists(st.integers(0, len(WORDS) - 1), min_size=size, max_size=size))
        for _ in range(draw(st.integers(1, 4)))
    ]
    sensitive = draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))
    persons = draw(st.one_of(st.none(), st.lists(st.integers(0, 9), min_size=size, max_size=size)))
    return columns, sensitive, persons


def fine(part, sensitive, persons, asked):
    """Tell whether rows meet what is asked, counted one by one."""
    k, kinds, closeness = asked
    size = len(part) if persons is None else len({persons[row] for row in part})
    counts, whole = Counter(sensitive[row] for row in part), Counter(sensitive)
    off = sum(abs(counts[one] / len(part) - whole[one] / len(sensitive)) for one in whole) / 2
    return size >= k and len(counts) >= kinds and off <= closeness + 1e-9


@settings(max_examples=150, deadline=None)
@given(tables(), st.tuples(st.integers(1, 5), st.integers(1, 3), st.sampled_from([0.2, 0.45, 1.0])), st.data())
def test_every_class_meets_the_models(tmp_path_factory, table, asked, data):
    columns, sensitive, persons = table
    arrays = [np.array(column, np.int64) for column in columns]
    models = [KAnonymity(asked[0]), DistinctDiversity("s", asked[1]), EqualCloseness("s", asked[2])]
    whose = None if persons is None else np.array(persons, np.int64)
    rows = Rows([one.astype(np.int32) for one in arrays], models, {"s": (np.array(sensitive, np.int64), 3)}, whose)
    if not fine(range(len(sensitive)), sensitive, persons, asked):
        with pytest.raises(KouanError, match="K-DEI-072"):
            blank(arrays, rows)
        return
    found = blank(arrays, rows)
    emptied = found.emptied(len(columns))
    shown = [
        tuple(None if emptied[row, place] else WORDS[column[row]] or None for place, column in enumerate(columns))
        for row in range(len(sensitive))
    ]
    # What is empty by itself and what was emptied read the same, and are one class.
    classes = defaultdict(list)
    for row, cells in enumerate(zip(found.classes.tolist(), strict=True)):
        classes[cells].append(row)
    assert all(fine(part, sensitive, persons, asked) for part in classes.values())
    assert all(len({shown[row] for row in part}) == 1 for part in classes.values())
    before = defaultdict(list)
    for row in range(len(sensitive)):
        before[tuple(column[row] for column in columns)].append(row)
    if all(fine(part, sensitive, persons, asked) for part in before.values()):
        assert not emptied.any()
    _through_the_file(tmp_path_factory.mktemp("cells") / "cells.jsonl", columns, found, shown, data)


def _through_the_file(path, columns, found, shown, data):
    names = [f"c{place}" for place in range(len(columns))]
    words = [[WORDS[value] or None for value in column] for column in columns]
    combinations = [
        ([column[row] for column in words], int(mask))
        for row, mask in zip(found.first.tolist(), found.masks.tolist(), strict=True)
        if mask
    ]
    path.write_text("\n".join(cells_lines([Level(name) for name in names], combinations)) + "\n", "utf-8")
    assert not any(word in path.read_text("utf-8").partition("\n")[2] for word in WORDS if len(word) > 2)
    read = read_local(path)
    arrays = [pa.array(column, pa.string()) for column in words]
    cut = data.draw(st.integers(0, len(shown)))
    parts = [read.together([one.slice(*ends) for one in arrays]) for ends in ((0, cut), (cut, len(shown)))]
    treated = [first.to_pylist() + second.to_pylist() for first, second in zip(*parts, strict=True)]
    assert list(zip(*treated, strict=True)) == shown


def test_one_cell_is_emptied_where_one_is_enough():
    columns = [np.array([0, 0, 0, 0, 1, 1]), np.array([0, 0, 1, 2, 3, 3])]
    found = blank(columns, Rows([one.astype(np.int32) for one in columns], [KAnonymity(2)]))
    assert np.argwhere(found.emptied(2)).tolist() == [[2, 1], [3, 1]]


def test_too_many_items_are_refused():
    columns = [np.zeros(4, np.int64)] * 15
    with pytest.raises(KouanError, match="K-DEI-075"):
        blank(columns, Rows([one.astype(np.int32) for one in columns], [KAnonymity(2)]))
