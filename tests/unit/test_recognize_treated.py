"""Treated data keep their meaning, subject and personal status; pseudonyms still count persons."""

from __future__ import annotations

import datetime as dt

from kouan.model.inventory import IdentityRole
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same
from tests.recognizing import given, look, mobile_of, ric_of

RAW = {
    "member_id": [f"M{n}" for n in range(6)],
    "身份证号": [ric_of(n, dt.date(1985, 1, 1)) for n in range(6)],
    "手机号": [mobile_of(n // 2) for n in range(6)],
    "出生日期": ["1985-01-01"] * 6,
    "月薪": [1] * 6,
    "姓名": ["王伟"] * 6,
}
TREATED = {
    "member_id": [f"p{n}" for n in range(6)],
    "身份证号": [f"{n:032x}" for n in range(6)],
    "手机号": ["138****0000"] * 6,
    "出生日期": ["1980-1989"] * 6,
    "月薪": [1] * 6,
}
ACTIONS = {
    "member_id": Action.PSEUDONYM,
    "身份证号": Action.PSEUDONYM,
    "手机号": Action.MASK,
    "出生日期": Action.GENERALISE,
    "月薪": Action.KEEP,
}


def test_treated_columns_keep_what_they_are() -> None:
    original = look(given({"data": RAW}, subjects=("member",)))
    lines = {
        f"data.csv!data#{name}": PlanLine(item=f"data.csv!data#{name}", action=action, why=same("-"))
        for name, action in ACTIONS.items()
    }
    after = look(given({"data": TREATED}, subjects=("member",), treated=lines, original=original))
    items = {item.name: item for item in after.items}
    assert [items[name].meaning for name in TREATED] == ["pseudonym", "pseudonym", "cn.mobile", "birth_date", "salary"]
    assert [items[name].role for name in TREATED] == [
        IdentityRole.OTHER,
        IdentityRole.OTHER,
        IdentityRole.QUASI,
        IdentityRole.QUASI,
        IdentityRole.SENSITIVE,
    ]
    assert all(item.personal for item in after.items)
    assert {item.subject for item in after.items} == {"member"}
    assert items["月薪"].sensitive.value is True
    count = after.persons[0]
    assert (count.persons.lo, count.persons.hi) == (6, 6)
    assert (count.under14.lo, count.under14.hi) == (0, 0)


def test_dropping_a_key_cannot_add_persons() -> None:
    original = look(given({"data": RAW}, subjects=("member",)))
    after = look(given({"data": {"月薪": [1] * 6}}, subjects=("member",), original=original))
    count = after.persons[0]
    assert (count.persons.lo, count.persons.hi) == (1, 6)
    assert count.under14.hi == 0  # the raw data showed that nobody is a child
