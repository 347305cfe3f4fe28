"""`kouan attack` from the command line: what it prints, what it refuses."""

from __future__ import annotations

import json

import pytest

from tests.commands import kouan

ROWS = [f"{20 + n % 40},{'ABCDEF'[n * 7 % 6]},{n * 977 % 9000}" for n in range(240)]


@pytest.fixture
def files(tmp_path):
    """Write an original, a copy in bands, a control, a hierarchy and a table of counts."""
    head = "age,city,pay"
    (tmp_path / "original.csv").write_text("\n".join([head, *ROWS[:160]]) + "\n", "utf-8")
    (tmp_path / "control.csv").write_text("\n".join([head, *ROWS[160:]]) + "\n", "utf-8")
    side = {"A": "north", "B": "north", "C": "north", "D": "south", "E": "south", "F": "south"}
    cells = [row.split(",") for row in ROWS[:160]]
    banded = [f'"[{int(a) // 10 * 10},{int(a) // 10 * 10 + 10})",{side[c]},*' for a, c, _ in cells]
    (tmp_path / "treated.csv").write_text("\n".join([head, *banded]) + "\n", "utf-8")
    (tmp_path / "city.csv").write_text("".join(f"{leaf};{over};*\n" for leaf, over in side.items()), "utf-8")
    counts = {city: sum(c == city for _, c, _ in cells) for city in side}
    (tmp_path / "counts.csv").write_text("city,n\n" + "".join(f"{c},{n}\n" for c, n in counts.items()), "utf-8")
    return tmp_path


def attack(folder, *words, lang="en"):
    return kouan("attack", folder / "original.csv", *words, home=folder / "home", lang=lang)


def test_it_prints_every_attack_in_both_languages(files):
    for lang, words in (("en", ("singling out", "linkability", "inference")), ("zh", ("筛出", "关联", "推断"))):
        done = attack(files, files / "treated.csv", "--control", files / "control.csv", lang=lang)
        assert done.returncode == 0, done.stderr
        assert all(word in done.stdout for word in words)


def test_labels_of_a_hierarchy_are_matched_only_when_it_is_given(files):
    found = {}
    for name, words in (("bare", ()), ("told", ("--hierarchy", f"city={files / 'city.csv'}"))):
        done = attack(files, files / "treated.csv", "--control", files / "control.csv", *words, "--json")
        found[name] = json.loads(done.stdout)["body"]
    assert any("city" in text["en"] for text in found["bare"]["left_out"])
    assert not found["told"]["left_out"]
    assert "city" in {result["secret"] for result in found["told"]["results"]}
    assert found["told"]["rows"] == [160, 160, 80]


def test_counts_are_attacked_for_membership(files):
    done = attack(files, files / "counts.csv", "--counts", "n", "--control", files / "control.csv", "--json")
    (result,) = json.loads(done.stdout)["body"]["results"]
    assert result["attack"] == "membership"
    assert result["control"]["attacks"] == 40


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("treated.csv", "--secret", "height"), "K-RSK-060"),
        (("treated.csv", "--aux", "age/age"), "K-RSK-063"),
        (("counts.csv", "--counts", "n"), "K-RSK-066"),
        (("counts.csv", "--counts", "m", "--control", "control.csv"), "K-RSK-067"),
        (("treated.csv", "--table", "other"), "K-RSK-068"),
        (("treated.csv", "--hierarchy", "city"), "K-CLI-001"),
        (("treated.csv", "--attacks", "0"), "K-CLI-001"),
    ],
)
def test_what_cannot_be_attacked_is_refused_with_a_code(files, words, code):
    named = [files / word if word.endswith(".csv") else word for word in words]
    done = attack(files, *named)
    assert done.returncode == 2
    assert done.stderr.startswith(code)
