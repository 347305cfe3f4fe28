"""Samples: a code that many rows share is shown, everything else is masked."""

from __future__ import annotations

import pytest

from kouan.model.declaration import ItemHint
from tests.recognizing import column, given, look

MANY = 24


@pytest.mark.parametrize(
    ("name", "values", "shown"),
    [
        ("性别", ["男"] * MANY + ["女"] * 3, ("男",)),
        ("学历", ["本科"] * MANY + ["大专"] * MANY, ("大专",)),  # as many of each: by code point
        ("会员等级", ["普通会员"] * MANY, ("普通会员",)),
        ("门店", ["西单店"] * 19, ("字字字",)),  # too few rows share it
        ("门店", ["西单店"] * MANY + [f"{n}店" for n in range(50)], ("字字字", "#字")),  # too many values for a list
        ("商品", ["非常非常长的商品名称一二三四"] * MANY, ("字" * 14,)),
        ("channel", ["12345"] * MANY, ("#####",)),  # could be anybody's number
        ("状态", ["王伟", "李婷"] * MANY, ("字字",)),  # these may be names
        ("状态", ["欧阳震华"] * MANY, ("字字字字",)),
        ("姓名", ["王伟"] * MANY, ("王*",)),
        ("民族", ["汉族"] * MANY, ("字字",)),
        ("月薪", [5000] * MANY, ("####",)),
        ("宗教信仰", ["佛教"] * MANY, ("字字",)),
        ("zz", ["plantedvalue"] * MANY, ("[12: 字0 #0 x12]",)),
    ],
)
def test_samples(name: str, values: list[object], shown: tuple[str, ...]) -> None:
    assert column(name, values).samples[:2] == shown


def test_a_hint_decides_what_may_be_shown() -> None:
    table = {"t": {"zz": ["甲类"] * MANY}}
    (item,) = look(given(table, items={"zz": ItemHint(meaning="code")})).items
    assert item.samples == ("甲类",)
    (item,) = look(given(table, items={"zz": ItemHint(meaning="health")})).items
    assert item.samples == ("[2: 字2 #0 x0]",)


def test_any_split_shows_the_same() -> None:
    values = ["A"] * 19 + ["B"] * 21 + ["A"] * 3
    items = [look(given({"t": {"等级": values}}, batch_rows=rows)).items[0] for rows in (1, 7, 100)]
    assert {item.samples for item in items} == {("A",)}


def test_nothing_is_shown_of_children() -> None:
    table = {"家属": {"姓名": ["王小一"] * MANY, "关系": ["儿子"] * MANY, "出生日期": ["2018-06-01"] * MANY}}
    items = look(given(table, subjects=("employee", "child"))).items
    assert [item.samples for item in items] == [("王*",), ("字字",), ("2018-**-**",)]
