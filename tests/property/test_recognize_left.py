"""Persons left after treatment: rows and cells that stay here are counted table by table, against a plain count."""

from __future__ import annotations

import datetime as dt

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kouan.model.plan import Action, PlanLine
from kouan.model.text import same
from tests.recognizing import given as data
from tests.recognizing import look

ROW = st.tuples(
    st.integers(0, 12),  # whose it is
    st.sampled_from([None, 8000, 9500]),
    st.sampled_from([None, 0, 1]),  # the first child, of two that the family may have
    st.sampled_from([None, 0, 1]),
    st.booleans(),  # whether it leaves
    st.booleans(),  # whether its salary does
)
_BIRTHS = (dt.date(2018, 5, 6), dt.date(2020, 5, 6))
_KEY = "data.csv!员工#"


def _child(who, one):
    return (None, None) if one is None else (f"王小{'一二三四五六七八九十百千万'[who]}{one}", _BIRTHS[one])


def _staff(rows):
    first, second = ([_child(row[0], row[at]) for row in rows] for at in (2, 3))
    return {
        "工号": [f"E{row[0]:03d}" for row in rows],
        "性别": ["男" if row[0] % 2 else "女" for row in rows],
        "月薪": [row[1] for row in rows],
        "子女1姓名": [name for name, _ in first],
        "子女1出生日期": [None if day is None else day.isoformat() for _, day in first],
        "子女2姓名": [name for name, _ in second],
        "子女2出生日期": [None if day is None else day.isoformat() for _, day in second],
    }


def _counts(rows, others):
    """What recognition finds before and after, where only sex, salary and the children's years of birth are left."""
    raw = _staff(rows)
    tables = {"员工": raw, "联络": {"工号": [f"E{who:03d}" for who in others], "部门": ["财务部"] * len(others)}}
    before = look(data(tables, subjects=("employee", "child")))
    kept = [row for row in rows if row[4]]
    left = _staff(kept)
    left["月薪"] = [row[1] if row[5] else None for row in kept]
    for at in (1, 2):
        left[f"子女{at}出生日期"] = [None if day is None else day[:4] for day in left[f"子女{at}出生日期"]]
        del left[f"子女{at}姓名"]
    del left["工号"]
    actions = dict.fromkeys(("子女1出生日期", "子女2出生日期"), Action.GENERALISE)
    lines = {
        f"{_KEY}{name}": PlanLine(item=f"{_KEY}{name}", action=action, why=same("-"))
        for name, action in actions.items()
    }
    after = look(data({"员工": left}, subjects=("employee", "child"), treated=lines, original=before))
    return tuple({one.subject: one for one in found.persons} for found in (before, after))


@settings(max_examples=80, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=25), st.lists(st.integers(0, 15), min_size=1, max_size=12))
@example([(who, 8000, None, None, who > 0, True) for who in range(10)], list(range(10)))
def test_no_count_of_persons_leaves_the_truth_out(rows, others):
    before, after = _counts(rows, others)
    kept = [row for row in rows if row[4]]
    staff = {row[0] for row in kept}
    paid = {row[0] for row in kept if row[5] and row[1] is not None}
    children = {(row[0], row[at]) for row in kept for at in (2, 3) if row[at] is not None}
    if "employee" in after:
        count = after["employee"]
        assert count.persons.lo <= len(staff) <= count.persons.hi
        assert count.sensitive.lo <= len(paid) <= count.sensitive.hi
        assert count.persons.hi <= before["employee"].persons.hi
        # One row that stays here is one person at the most, whatever else named the persons.
        assert count.persons.lo >= len({row[0] for row in rows}) - (len(rows) - len(kept))
    if "child" in after:
        assert after["child"].persons.lo <= len(children) <= after["child"].persons.hi


def test_a_table_that_is_dropped_whole_takes_nobody_from_another():
    rows = [(who, 8000, None, None, who > 0, who > 1) for who in range(10)]
    _, after = _counts(rows, list(range(10)))
    count = after["employee"]
    assert (count.persons.lo, count.persons.hi) == (9, 9)
    assert (count.sensitive.lo, count.sensitive.hi) == (
        8,
        9,
    )  # who has no salary left may be sensitive for other reasons
