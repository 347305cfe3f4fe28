"""Hierarchies: what is read back is what was written, and every way of not being one is refused with its line."""

from __future__ import annotations

import csv
import io
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.deidentify import hierarchy as module
from kouan.deidentify.hierarchy import hierarchy_of, read_hierarchy
from kouan.model.errors import KouanError

FEW = settings(max_examples=60, deadline=None)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cf"]), min_size=1, max_size=6)


@st.composite
def trees(draw):
    """Return rows of a hierarchy: leaf i of `n` has the group i // size at each level, names of levels apart."""
    count, height = draw(st.integers(1, 30)), draw(st.integers(1, 4))
    names = draw(st.lists(WORDS, min_size=count, max_size=count, unique=True))
    sizes = [1]
    for _ in range(height):
        sizes.append(sizes[-1] * draw(st.integers(1, 4)))
    return [
        (f"0{names[at]}", *(f"{level} g{at // sizes[level]}" for level in range(1, height + 1))) for at in range(count)
    ]


def written(rows, separator=";"):
    stream = io.StringIO()
    csv.writer(stream, delimiter=separator, lineterminator="\n").writerows(rows)
    return stream.getvalue()


def nested(rows):
    tree: dict = {}
    for leaf, *groups in rows:
        place = tree
        for group in reversed(groups[1:]):
            place = place.setdefault(group, {})
        place.setdefault(groups[0], []).append(leaf)
    return tree


@FEW
@given(rows=trees(), separator=st.sampled_from([";", ","]), encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
def test_csv_reads_back_as_it_was_written(tmp_path_factory, rows, separator, encoding):
    path = tmp_path_factory.mktemp("h") / "age.csv"
    if separator == ",":
        rows = [tuple(value.replace(";", "") for value in row) for row in rows]
        if len({row[0] for row in rows}) < len(rows):
            return
    path.write_bytes(written(rows, separator).encode(encoding))
    found = read_hierarchy(path)
    assert (found.name, found.rows) == ("age", tuple(rows))
    assert found.at(0) == {row[0]: row[0] for row in rows}
    assert found.at(found.height) == {row[0]: row[-1] for row in rows}


@FEW
@given(rows=trees())
def test_nested_yaml_says_the_same_as_csv(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("h") / "age.yaml"
    path.write_text(yaml.safe_dump(nested(rows), allow_unicode=True, default_style='"'), "utf-8")
    assert sorted(read_hierarchy(path).rows) == sorted(rows)


@FEW
@given(st.integers(-50, 50), st.integers(1, 200), st.lists(st.integers(2, 4), min_size=1, max_size=3))
def test_intervals_hold_their_numbers_and_nest(first, count, factors):
    widths = [factors[0]]
    for factor in factors[1:]:
        widths.append(widths[-1] * factor)
    text = f"intervals: {{from: {first}, to: {first + count}, widths: {widths}}}"
    rows = [row for _, row in module.yaml_rows(text, "a.yaml", most=1000)]
    assert [int(row[0]) for row in rows] == list(range(first, first + count))
    hierarchy_of("a", [(1, row) for row in rows], where="a.yaml")
    for number, *labels, top in rows:
        assert top == "*"
        for label, width in zip(labels, widths, strict=True):
            low, high = (int(end) for end in label.split("-" if first >= 0 else "~"))
            assert low <= int(number) <= high < low + width


@FEW
@given(trees(), st.data())
def test_a_second_parent_is_refused_with_the_line_of_both(rows, data):
    height = len(rows[0]) - 1
    if height < 2:
        return
    at = data.draw(st.integers(0, len(rows) - 1))
    level = data.draw(st.integers(1, height - 1))
    wrong = ("another leaf", *rows[at][1 : level + 1], *(f"{up} other" for up in range(level + 1, height + 1)))
    with pytest.raises(KouanError) as caught:
        hierarchy_of("h", enumerate([*rows, wrong], 1), where="h.csv")
    assert (caught.value.code, caught.value.where) == ("K-DEI-017", f"h.csv:{len(rows) + 1}")


@FEW
@given(st.integers(2, 6), st.integers(0, 5), st.integers(0, 5), st.booleans())
def test_names_that_lead_back_to_themselves_are_refused(size, before, above, across):
    """A ring of names, with leaves that lead into it before, and names it leads to above it."""
    ring = [f"r{at}" for at in range(size)]
    plain = [(f"p{at}", ring[0]) for at in range(before)]
    if across:
        rows = [*plain, *zip(ring, [*ring[1:], ring[0]], strict=True)]
    else:
        rows = [(*row, *["end"] * (size + above)) for row in [(one, f"g {one}") for one, _ in plain]]
        rows.append((*ring, ring[0], *(f"a{at}" for at in range(above)), "end")[: size + above + 2])
    with pytest.raises(KouanError) as caught:
        hierarchy_of("h", enumerate(rows, 1), where="h.csv")
    assert (caught.value.code, caught.value.where) == ("K-DEI-018", f"h.csv:{before + 1}")


@pytest.mark.parametrize(
    ("name", "text", "code", "where"),
    [
        ("h.csv", "", "K-DEI-013", "h.csv"),
        ("h.csv", "\n \n", "K-DEI-013", "h.csv"),
        ("h.csv", "a\nb\n", "K-DEI-014", "h.csv:1"),
        ("h.csv", "a;x;*\nb;x\n", "K-DEI-014", "h.csv:2"),
        ("h.csv", "a;x;*\n\nb;;*\n", "K-DEI-015", "h.csv:3"),
        ("h.csv", "a;x\nb;x\n a ;x\n", "K-DEI-016", "h.csv:3"),
        ("h.csv", "a;x;*\nb;x;+\n", "K-DEI-017", "h.csv:2"),
        ("h.csv", "a;b\nb;c\nc;a\n", "K-DEI-018", "h.csv:1"),
        ("h.csv", "z;a;b\nb;a;b\n", "K-DEI-018", "h.csv:1"),
        ("h.csv", 'a;"x\nb;x\n', "K-DEI-012", "h.csv:2"),
        ("h.csv", "a;\0\n", "K-DEI-012", "h.csv"),
        ("h.txt", "a;x\n", "K-DEI-012", "h.txt"),
        ("h.csv", ";".join("a" * 33), "K-DEI-020", "h.csv:1"),
        ("h.yaml", "", "K-DEI-013", "h.yaml"),
        ("h.yaml", "- a\n", "K-DEI-019", "h.yaml:1"),
        ("h.yaml", "x: [a]\ny: z\n", "K-DEI-019", "h.yaml:2"),
        ("h.yaml", "x: [a, 1.5]\n", "K-DEI-019", "h.yaml:1"),
        ("h.yaml", "x: [a]\ny: {z: [b]}\n", "K-DEI-014", "h.yaml:2"),
        ("h.yaml", "x: [a]\nx: [b]\n", "K-MOD-002", "h.yaml:2"),
        ("h.yaml", "intervals: {from: 0, to: 10, widths: [5, 7]}\n", "K-DEI-019", "h.yaml:1"),
        ("h.yaml", "intervals: {from: 0, to: 0, widths: [5]}\n", "K-DEI-019", "h.yaml:1"),
        ("h.yaml", "intervals: {from: 0, to: 99999999, widths: [5]}\n", "K-DEI-020", "h.yaml:1"),
    ],
)
def test_what_is_no_hierarchy_is_refused_with_its_line(tmp_path, name, text, code, where):
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(KouanError) as caught:
        read_hierarchy(tmp_path / name)
    assert (caught.value.code, caught.value.where) == (code, where)


def test_missing_and_foreign_and_large_files_are_refused(tmp_path, monkeypatch):
    (tmp_path / "b.csv").write_bytes(b"\xff\xff\xff\xff")
    (tmp_path / "c.csv").mkdir()
    for name in ("a.csv", "b.csv", "c.csv"):
        with pytest.raises(KouanError) as caught:
            read_hierarchy(tmp_path / name)
        assert caught.value.code == "K-DEI-012"
    (tmp_path / "d.csv").write_text("a;*\nb;*\nc;*\n")
    monkeypatch.setattr(module, "MOST_LEAVES", 2)
    with pytest.raises(KouanError) as caught:
        read_hierarchy(tmp_path / "d.csv")
    assert (caught.value.code, caught.value.where) == ("K-DEI-020", "d.csv:3")
    monkeypatch.setattr(module, "MOST_BYTES", 3)
    with pytest.raises(KouanError) as caught:
        read_hierarchy(tmp_path / "d.csv")
    assert caught.value.code == "K-DEI-020"


def test_errors_quote_no_value(tmp_path):
    (tmp_path / "h.csv").write_text("secret;x;*\nother;x;+\n")
    with pytest.raises(KouanError) as caught:
        read_hierarchy(tmp_path / "h.csv")
    assert "secret" not in str(caught.value)
    assert "other;" not in str(caught.value)


HEIGHTS = {
    "sex": 1,
    "age": 4,
    "race": 1,
    "marital-status": 2,
    "education": 3,
    "native-country": 2,
    "workclass": 2,
    "occupation": 2,
    "salary-class": 1,
}


def test_hierarchies_that_nobody_here_wrote_hold_every_value_of_their_data(samples):
    with (samples / "adult" / "adult.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    for name, height in HEIGHTS.items():
        found = read_hierarchy(samples / "adult" / f"adult_hierarchy_{name}.csv")
        assert found.height == height
        assert {row[name] for row in rows} <= found.at(0).keys()


@FEW
@given(trees(), st.data(), st.sampled_from(["", " ", "\u3000"]))
def test_a_gap_is_refused_with_its_line_and_level(rows, data, blank):
    at, level = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, len(rows[0]) - 1))
    holed = [list(row) for row in rows]
    holed[at][level] = blank
    with pytest.raises(KouanError) as caught:
        hierarchy_of("h", module._csv_rows(written(holed), "h.csv"), where="h.csv")
    assert (caught.value.code, caught.value.where) == ("K-DEI-015", f"h.csv:{at + 1}")
    assert str(level) in caught.value.what.en


@FEW
@given(trees(), st.data(), st.booleans())
def test_a_row_of_another_width_is_refused_with_its_line(rows, data, longer):
    at = data.draw(st.integers(1, max(1, len(rows) - 1)))
    if at >= len(rows):
        return
    changed = [*rows]
    changed[at] = (*rows[at], "one more") if longer else rows[at][:-1]
    with pytest.raises(KouanError) as caught:
        hierarchy_of("h", module._csv_rows(written(changed), "h.csv"), where="h.csv")
    assert (caught.value.code, caught.value.where) == ("K-DEI-014", f"h.csv:{at + 1}")


@FEW
@given(trees(), st.integers(1, 40), st.sampled_from(["csv", "yaml"]))
def test_more_leaves_than_are_read_are_refused(tmp_path_factory, rows, most, kind):
    path = tmp_path_factory.mktemp("h") / f"h.{kind}"
    text = written(rows) if kind == "csv" else yaml.safe_dump(nested(rows), allow_unicode=True, default_style='"')
    path.write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_LEAVES", most)
        if len(rows) * (1 if kind == "csv" else len(rows[0])) <= most:  # groups count in YAML
            assert len(read_hierarchy(path).rows) == len(rows)
        if len(rows) <= most:
            return
        with pytest.raises(KouanError) as caught:
            read_hierarchy(path)
    assert caught.value.code == "K-DEI-020"


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("long.csv", "".join(f"{n};{n // 10};*\n" for n in range(500_001)), "K-DEI-020"),
        ("long.yaml", "x: [" + ",".join(map(str, range(500_001))) + "]\n", "K-DEI-020"),
        ("big.csv", "a;" + "x" * (33 << 20), "K-DEI-020"),
        ("wide.csv", ";".join(map(str, range(1_000_000))), "K-DEI-020"),
        ("quoted.csv", '"' + "a;b\n" * 1_000_000, "K-DEI-012"),
        ("deep.yaml", "".join(" " * n + f"k{n}:\n" for n in range(2_000)) + " " * 2_000 + "[a]", "K-MOD-001"),
        ("laughs.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "K-MOD-001"),
    ],
)
def test_giants_are_refused_in_little_time(tmp_path, name, text, code):
    (tmp_path / name).write_text(text, "utf-8")
    started = time.process_time()
    with pytest.raises(KouanError) as caught:
        read_hierarchy(tmp_path / name)
    assert caught.value.code == code
    assert time.process_time() - started < 15
