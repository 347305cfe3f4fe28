"""Counts after items or persons are kept out: no possible number is left out, and exact ones stay exact."""

from __future__ import annotations

import pytest

from kouan.clearance.recounting import left_of
from kouan.model.facts import Range
from kouan.model.inventory import PersonCount, Sensitivity
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same
from kouan.recognize.lexicon import load_lexicon
from tests.inventories import inventory, item

ID, BANK, NOTE, DEPT, MORE = (f"m.csv!m#{name}" for name in ("id", "bank", "note", "dept", "more"))
OTHER = "o.csv!o#health"


def _count(persons, sensitive, under14=(0, 0), subject="member"):
    spans = [Range(lo=lo, hi=hi) for lo, hi in (persons, sensitive, under14)]
    return PersonCount(
        subject=subject, persons=spans[0], sensitive=spans[1], under14=spans[2], keys=(), method=same("test")
    )


def _left(count, *items, dropped=(), out=()):
    found = left_of(inventory(*items, persons=[count]), dropping(*dropped), out={("member", who) for who in out})
    return [
        ((one.persons.lo, one.persons.hi), (one.sensitive.lo, one.sensitive.hi), (one.under14.lo, one.under14.hi))
        for one in found.persons
    ]


def dropping(*items):
    return {item: PlanLine(item=item, action=Action.DROP, why=same("test")) for item in items}


def _items(*, full: bool = False):
    return (
        item(ID, meaning="person_id", subject="member", cells=100),
        item(DEPT, meaning="department", role="quasi_identifier", subject="member", cells=100),
        item(BANK, subject="member", sensitive=True, cells=100, nulls=0 if full else 60),
        item(NOTE, subject="member", sensitive=None, cells=100, nulls=90),
    )


def test_nothing_changes_without_a_change():
    assert _left(_count((90, 100), (40, 50)), *_items()) == [((90, 100), (40, 50), (0, 0))]


def test_without_any_sensitive_item_only_children_are_sensitive():
    assert _left(_count((90, 100), (40, 50)), *_items(), dropped=[BANK, NOTE]) == [((90, 100), (0, 0), (0, 0))]
    assert _left(_count((90, 100), (40, 50), (3, 5)), *_items(), dropped=[BANK, NOTE]) == [((90, 100), (3, 5), (3, 5))]


def test_what_cells_cannot_tell_is_a_range():
    # Ten cells of notes are left: of nobody, or of ten persons; with the bank card kept, of at most forty.
    assert _left(_count((90, 100), (40, 50)), *_items(), dropped=[BANK]) == [((90, 100), (0, 10), (0, 0))]
    assert _left(_count((90, 100), (40, 50)), *_items(), dropped=[NOTE]) == [((90, 100), (0, 40), (0, 0))]


def test_an_item_filled_in_every_row_marks_everybody():
    assert _left(_count((90, 100), (90, 100)), *_items(full=True), dropped=[NOTE]) == [((90, 100), (90, 100), (0, 0))]
    elsewhere = (*_items(full=True), item(OTHER, subject="member", cells=9))
    assert _left(_count((90, 100), (90, 100)), *elsewhere, dropped=[NOTE]) == [((90, 100), (0, 100), (0, 0))]


def test_a_list_in_a_cell_may_be_of_more_persons_than_cells():
    items = [one.model_copy(update={"type": "list<string>"}) if one.id == NOTE else one for one in _items()]
    assert _left(_count((90, 100), (40, 50)), *items, dropped=[BANK]) == [((90, 100), (0, 50), (0, 0))]


def test_children_kept_out_are_gone_from_every_count():
    assert _left(_count((90, 100), (40, 50), (3, 5)), *_items(), out=["children"]) == [((85, 97), (35, 47), (0, 0))]
    plain = _items()[:2]
    assert _left(_count((90, 100), (3, 5), (3, 5)), *plain, out=["children"]) == [((85, 97), (0, 0), (0, 0))]
    both = _left(_count((90, 100), (40, 50), (3, 5)), *_items(), dropped=[BANK, NOTE], out=["children"])
    assert both == [((85, 97), (0, 0), (0, 0))]


def test_an_item_that_is_sensitive_only_because_children_stand_in_it_is_not_once_they_are_out():
    clause = load_lexicon().clauses["under14"]
    assert isinstance(clause, Sensitivity)
    dept = item(DEPT, meaning="department", role="quasi_identifier", subject="member", cells=100).model_copy(
        update={"sensitive": clause}
    )
    assert _left(_count((90, 100), (90, 100), (3, 5)), dept, out=["children"]) == [((85, 97), (0, 0), (0, 0))]


def test_persons_with_a_sensitive_item_kept_out():
    assert _left(_count((90, 100), (40, 50), (3, 5)), *_items(), out=["sensitive"]) == [((40, 60), (0, 0), (0, 0))]


def test_a_subject_kept_out_is_gone_with_its_items():
    found = left_of(
        inventory(*_items(), item(MORE, personal=False), persons=[_count((90, 100), (40, 50))]),
        dropping(ID, DEPT, BANK, NOTE),
    )
    assert found.persons == ()
    assert [one.id for one in found.items] == [MORE]


@pytest.mark.parametrize("dropped", [(), (BANK,), (NOTE,), (BANK, NOTE)])
@pytest.mark.parametrize("out", [(), ("children",), ("sensitive",)])
def test_counts_never_grow_and_stay_within_each_other(dropped, out):
    count = _count((90, 100), (40, 50), (3, 5))
    ((persons, sensitive, young),) = _left(count, *_items(), dropped=dropped, out=out)
    assert persons[1] <= 100
    assert sensitive[1] <= 50
    assert young[1] <= sensitive[1] <= persons[1]


def test_a_track_makes_nobody_sensitive_for_certain():
    # Places are full, yet a track is what some persons have: at least none of the hundred is known to.
    clause = load_lexicon().clauses["track"]
    places = item(BANK, meaning="location", subject="member", cells=100).model_copy(update={"sensitive": clause})
    others = _items()
    found = (others[0], others[1], places, others[3])
    assert _left(_count((90, 100), (0, 100)), *found, dropped=[NOTE]) == [((90, 100), (0, 100), (0, 0))]
