"""The labelled notes say where everything stands, and scores count what they say they count."""

from __future__ import annotations

import pytest

from bench.labelled.notes.fill import Label, Note, all_notes, counts
from bench.labelled.notes.lists import DEVELOPMENT, HELD
from bench.labelled.notes.score import errors, scores

_NOTE = Note(
    "k/0",
    "zh",
    "x",
    False,
    "张三住北京路8号，王某来电",
    (Label(0, 2, "name"), Label(3, 8, "address"), Label(9, 11, "name")),
)


def test_there_are_enough_notes_of_each_language_and_half() -> None:
    numbers = counts()
    assert numbers["zh", True] + numbers["zh", False] >= 400
    assert numbers["en", True] + numbers["en", False] >= 200
    assert numbers["mixed", True] + numbers["mixed", False] >= 60
    assert all(count >= 30 for count in numbers.values())


def test_labels_stand_apart_in_their_text_and_no_slot_is_left() -> None:
    for note in all_notes():
        ends = [0, *(one.end for one in note.labels)]
        assert all(end <= one.start < one.end <= len(note.text) for end, one in zip(ends, note.labels, strict=False))
        assert not {"{", "}"} & set(note.text)
        assert note.genre != "trap" or all(one.kind == "skip" for one in note.labels)


@pytest.mark.parametrize("part", ["given", "others", "foreign", "first", "last", "roads", "brands", "firms", "cities"])
def test_the_halves_share_no_names(part: str) -> None:
    assert not set(getattr(DEVELOPMENT, part)) & set(getattr(HELD, part))


def test_a_text_and_its_copies_are_in_one_half() -> None:
    halves = {note.key.partition("/")[0]: note.held for note in all_notes()}
    assert all(halves[note.key.partition("/")[0]] == note.held for note in all_notes())


def test_scores_tell_exact_from_overlapping_and_kinds_apart() -> None:
    found = [(0, 2, "name"), (3, 6, "address"), (12, 13, "name")]
    counted = scores([_NOTE], [found])
    assert (counted["name"].strict()[0], counted["name"].strict()[1]) == (0.5, 0.5)
    assert counted["address"].strict() == (0.0, 0.0, 0.0)
    assert counted["address"].lenient() == (1.0, 1.0, 1.0)


def test_mistakes_are_told_apart() -> None:
    classes = errors([_NOTE], [[(0, 2, "place"), (3, 6, "address"), (12, 13, "name")]])
    assert {kind: {name: one.count for name, one in wrong.items()} for kind, wrong in classes.items()} == {
        "name": {"taken for place": 1, "missed": 1, "nothing there": 1},
        "address": {"too short": 1},
    }


def test_a_brand_may_be_called_an_organisation_but_no_name() -> None:
    note = Note("k/0", "zh", "trap", True, "李宁跑鞋上架", (Label(0, 2, "skip"),))
    assert scores([note], [[(0, 2, "organisation")]]) == {}
    assert scores([note], [[(0, 2, "name")]])["name"].found == 1
