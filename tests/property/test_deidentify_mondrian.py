"""Mondrian: the classes of a plain one, every class protects, and every row is covered by what stands in its cells."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.deidentify.local import Rows, dimension, over_hierarchy, partition, partition_lines, read_local
from kouan.model.errors import KouanError
from kouan.risk.privacy import (
    BasicLikeness,
    DeltaDisclosure,
    DistinctDiversity,
    EntropyDiversity,
    EqualCloseness,
    KAnonymity,
    RecursiveDiversity,
)
from tests.plain_lattice import measured, meets
from tests.plain_mondrian import Item, Plain

TREE = [
    ("Paris", "France", "Europe"),
    ("Lyon", "France", "Europe"),
    ("Rome", "Italy", "Europe"),
    ("Kyoto", "Japan", "Asia"),
    ("Tokyo", "Japan", "Asia"),
    ("Seoul", "Korea", "Asia"),
]
MADE = {
    "k": lambda threshold, ell: KAnonymity(threshold),
    "distinct": lambda threshold, ell: DistinctDiversity("s", threshold),
    "entropy": lambda threshold, ell: EntropyDiversity("s", threshold),
    "recursive": lambda threshold, ell: RecursiveDiversity("s", threshold, ell),
    "equal": lambda threshold, ell: EqualCloseness("s", threshold),
    "disclosure": lambda threshold, ell: DeltaDisclosure("s", threshold),
    "basic": lambda threshold, ell: BasicLikeness("s", threshold),
}
THRESHOLDS = {
    "k": st.integers(1, 5),
    "distinct": st.integers(1, 3),
    "entropy": st.sampled_from([1.0, 1.37, 2.05]),
    "recursive": st.sampled_from([0.73, 1.31, 2.57]),
    "equal": st.sampled_from([0.13, 0.31, 0.57]),
    "disclosure": st.sampled_from([0.31, 0.73, 1.57]),
    "basic": st.sampled_from([0.23, 0.71, 1.9]),
}
CELLS = {
    "number": st.one_of(st.none(), st.integers(-5, 12).map(str)),
    "date": st.one_of(st.none(), st.dates().map(str)),
    "values": st.one_of(st.none(), st.sampled_from(["red", "green", "blue", "10 km", "{a,b}"])),
    "hierarchy": st.one_of(st.none(), st.sampled_from([row[0] for row in TREE])),
}


@st.composite
def tables(draw):
    kinds = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=4))
    size = draw(st.integers(1, 40))
    columns = [draw(st.lists(CELLS[kind], min_size=size, max_size=size)) for kind in kinds]
    values = draw(st.integers(1, 4))
    sensitive = tuple(draw(st.lists(st.integers(0, values - 1), min_size=size, max_size=size)))
    persons = st.lists(st.integers(0, 9), min_size=size, max_size=size).map(tuple)
    return kinds, columns, sensitive, values, draw(st.one_of(st.just(()), persons))


@st.composite
def questions(draw):
    kinds = draw(st.lists(st.sampled_from(sorted(MADE)), min_size=1, max_size=3, unique=True))
    return tuple((kind, draw(THRESHOLDS[kind]), draw(st.integers(1, 3))) for kind in kinds)


def coded(kind, cells, name=None):
    """Return an item with its codes and the place of each code."""
    name = name or kind
    empty = None in cells
    if kind == "hierarchy":
        one = over_hierarchy(name, TREE, empty=empty)
        places = np.arange(len(TREE), dtype=float)
    else:
        one = dimension(name, [cell for cell in cells if cell is not None], empty=empty)
        at = one.places(pa.array(cells, pa.string()))
        places = np.unique(at[np.isfinite(at)])
    at = one.places(pa.array(cells, pa.string()))
    return one, np.where(np.isneginf(at), 0, np.searchsorted(places, at) + 1).astype(np.int32), places


def learnt(kinds, columns, sensitive, values, whose, asked):  # noqa: PLR0917 (what a table is)
    made = [coded(kind, cells, f"{kind}{at}") for at, (kind, cells) in enumerate(zip(kinds, columns, strict=True))]
    models = [MADE[kind](threshold, ell) for kind, threshold, ell in asked]
    persons = np.array(whose, np.int64) if whose else None
    rows = Rows([codes for _, codes, _ in made], models, {"s": (np.array(sensitive, np.int64), values)}, persons)
    spans = [max(len(places) + one.empty - 1, 1) for one, _, places in made]
    return made, rows, spans


def covers(word, raw, kind):
    """Tell whether what stands in a cell may mean a value, by its text alone."""
    if word is None or raw is None:
        return word == raw or (raw is None and (word.endswith("|∅") or word == "*"))
    word = word.removesuffix("|∅")
    if kind == "hierarchy":
        return word == "*" or word in next(row for row in TREE if row[0] == raw)
    if word == raw:
        return True
    if kind == "values":
        return word.startswith("{") and raw in word[1:-1]
    low, high = re.fullmatch(r"\[(.+),(.+)\]", word).groups()
    return float(low) <= float(raw) <= float(high) if kind == "number" else low <= raw <= high


def usable(columns):
    return all(any(cell is not None for cell in cells) for cells in columns)


@settings(max_examples=300, deadline=None)
@given(tables(), questions())
def test_the_classes_are_those_of_a_plain_mondrian_and_all_protect(table, asked):
    kinds, columns, sensitive, values, whose = table
    if not usable(columns):
        return
    made, rows, spans = learnt(kinds, columns, sensitive, values, whose, asked)
    items = [
        Item(one.paths if kind == "hierarchy" else None, span)
        for kind, (one, _, _), span in zip(kinds, made, spans, strict=True)
    ]
    plain = Plain(
        tuple(items),
        tuple(zip(*(codes.tolist() for _, codes, _ in made), strict=True)),
        sensitive,
        values,
        asked,
        whose,
    )
    if not plain.fine(range(len(sensitive))):
        with pytest.raises(KouanError, match="K-DEI-072"):
            partition([one for one, _, _ in made], rows, spans)
        return
    found = partition([one for one, _, _ in made], rows, spans)
    classes = defaultdict(list)
    for row, number in enumerate(found.of.tolist()):
        classes[number].append(row)
    assert sorted(classes.values()) == plain.classes(rows.least)
    for part in classes.values():
        size = len({whose[row] for row in part}) if whose else None
        own = [sensitive[row] for row in part]
        assert all(meets(kind, measured(kind, own, plain.q, ell=ell, size=size), limit) for kind, limit, ell in asked)


@settings(max_examples=150, deadline=None)
@given(tables(), st.integers(1, 5), st.data())
def test_cells_cover_what_stood_there_and_k_rows_share_them(tmp_path_factory, table, k, data):
    kinds, columns, sensitive, values, _ = table
    if not usable(columns) or k > len(sensitive):
        return
    made, rows, spans = learnt(kinds, columns, sensitive, values, (), (("k", k, 1),))
    dimensions = [one for one, _, _ in made]
    found = partition(dimensions, rows, spans)
    path = tmp_path_factory.mktemp("local") / "table.jsonl"
    path.write_text("\n".join(partition_lines(dimensions, found, [places for _, _, places in made])) + "\n", "utf-8")
    read = read_local(path)
    arrays = [pa.array(cells, pa.string()) for cells in columns]
    treated = [one.to_pylist() for one in read.together(arrays)]
    for kind, before, after in zip(kinds, columns, treated, strict=True):
        assert all(covers(word, raw, kind) for word, raw in zip(after, before, strict=True)), (before, after)
    assert min(Counter(zip(*treated, strict=True)).values()) >= k
    # Rows of one class read the same, and what is cut anywhere gives the same.
    for part in {number: np.flatnonzero(found.of == number) for number in found.of.tolist()}.values():
        assert len({tuple(column[row] for column in treated) for row in part.tolist()}) == 1
    where = data.draw(st.integers(0, len(sensitive)))
    pieces = [read.together([one.slice(*ends) for one in arrays]) for ends in ((0, where), (where, len(sensitive)))]
    assert [a.to_pylist() + b.to_pylist() for a, b in zip(*pieces, strict=True)] == treated


@settings(max_examples=40, deadline=None)
@given(tables(), st.integers(1, 4), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(table, k, dice):
    kinds, columns, sensitive, values, _ = table
    if not usable(columns) or k > len(sensitive):
        return
    order = list(range(len(sensitive)))
    dice.shuffle(order)
    texts = []
    for rows_ in (range(len(sensitive)), order):
        moved = [[cells[row] for row in rows_] for cells in columns]
        made, rows, spans = learnt(kinds, moved, tuple(sensitive[row] for row in rows_), values, (), (("k", k, 1),))
        found = partition([one for one, _, _ in made], rows, spans)
        texts.append(list(partition_lines([one for one, _, _ in made], found, [at for _, _, at in made])))
    assert texts[0] == texts[1]


def patients():
    """The six patients of LeFevre, DeWitt, Ramakrishnan (2006), without their diseases."""
    rows = [("Male", 25, 53711), ("Female", 25, 53712), ("Male", 26, 53711)]
    rows += [("Male", 27, 53710), ("Female", 27, 53712), ("Male", 28, 53711)]
    return [list(map(str, column)) for column in zip(*rows, strict=True)]


def test_the_published_patients_become_the_published_classes(tmp_path):
    columns = patients()
    made = [coded("values", columns[0]), coded("number", columns[1]), coded("number", columns[2])]
    dimensions = [
        dimension(name, cells, empty=False) for name, cells in zip(("sex", "age", "zip"), columns, strict=True)
    ]
    found = partition(dimensions, Rows([codes for _, codes, _ in made], [KAnonymity(2)]), [1, 3, 2])
    path = tmp_path / "patients.jsonl"
    path.write_text("\n".join(partition_lines(dimensions, found, [at for _, _, at in made])), "utf-8")
    treated = zip(
        *(one.to_pylist() for one in read_local(path).together([pa.array(one) for one in columns])), strict=True
    )
    assert list(treated) == [
        ("Male", "[25,26]", "53711"),
        ("Female", "[25,27]", "53712"),
        ("Male", "[25,26]", "53711"),
        ("Male", "[27,28]", "[53710,53711]"),
        ("Female", "[25,27]", "53712"),
        ("Male", "[27,28]", "[53710,53711]"),
    ]


@pytest.fixture
def file(tmp_path):
    """A small partition as a file, with the columns it was made from."""
    columns = [["1", "2", "8", "9", "9"], ["Paris", "Lyon", "Kyoto", "Tokyo", "Seoul"]]
    made = [coded("number", columns[0]), coded("hierarchy", columns[1])]
    found = partition([one for one, _, _ in made], Rows([codes for _, codes, _ in made], [KAnonymity(2)]), [3, 5])
    path = tmp_path / "small.jsonl"
    lines = partition_lines([one for one, _, _ in made], found, [at for _, _, at in made])
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("number", "city"), [("5", "Paris"), ("2", "Kyoto"), (None, "Paris"), ("2", None), ("x", "Lyon"), ("2", "Oslo")]
)
def test_what_was_not_learnt_is_refused(file, number, city):
    read = read_local(file)
    with pytest.raises(KouanError, match="K-DEI-074") as caught:
        read.together([pa.array(["1", number]), pa.array(["Paris", city])])
    assert all(cell is None or f"{cell!r}" not in str(caught.value) for cell in (number, city))


def test_an_unseen_value_that_a_class_covers_is_treated(file):
    columns = read_local(file).together([pa.array(["1.5"]), pa.array(["Lyon"])])
    assert [one.to_pylist() for one in columns] == [["[1,2]"], ["France"]]


def spoilt():
    yield "no head", lambda lines: lines[1:]
    yield "another version", lambda lines: [lines[0].replace('"version": 1', '"version": 2'), *lines[1:]]
    yield "cut off", lambda lines: lines[:-1]
    yield "one class more", lambda lines: [*lines, lines[-1]]
    yield "no JSON", lambda lines: [*lines[:-1], lines[-1][:-1]]
    yield "a column that is not there", lambda lines: [*lines[:1], lines[1].replace("number", "age"), *lines[2:]]
    yield "a group that is not there", lambda lines: [line.replace('"Japan"', '"Peru"') for line in lines]
    yield "a range upside down", lambda lines: [line.replace('["1", "2"]', '["2", "1"]') for line in lines]
    yield "a number that is none", lambda lines: [line.replace('"up_to": "2"', '"up_to": "NaN"') for line in lines]
    yield "a name twice", lambda lines: [lines[0].replace('"hierarchy"', '"number"', 1), *lines[1:]]
    yield "no place at all", lambda lines: [json.dumps({"kind": "partition", "version": 1, "columns": []})]
    yield "deep", lambda lines: [lines[0], "[" * 100_000]


@pytest.mark.parametrize(("what", "spoil"), list(spoilt()))
def test_a_spoilt_file_is_refused_with_its_line(file, what, spoil):
    lines = file.read_text("utf-8").splitlines()
    changed = spoil(lines)
    assert changed != lines, what
    file.write_text("\n".join(changed) + "\n", "utf-8")
    with pytest.raises(KouanError, match=r"K-DEI-073"):
        read_local(file)
