"""Employees of a Beijing firm and their children, as its personnel department would export them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from examples import defects, digits, names, places
from examples.people import TODAY, People, people
from examples.workbook import Sheet, as_days, as_numbers, write_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.random import Generator

EMPLOYEES = 3_000
"""People employed; a few stand in the sheet twice."""

_DEPARTMENTS = (
    "研发中心",
    "生产制造部",
    "质量管理部",
    "采购与供应链部",
    "市场销售部",
    "售后服务部",
    "财务部",
    "人力资源部",
    "信息技术部",
    "法务合规部",
)
_POSTS = ("工程师", "高级工程师", "主管", "专员", "技师", "操作工", "经理", "分析师", "助理", "总监")
_GRADES = ("P3", "P4", "P5", "P6", "P7", "M1", "M2", "M3")
_NATIONS = ("汉族", "满族", "回族", "蒙古族", "壮族", "朝鲜族", "维吾尔族", "土家族")
_SCHOOLING = ("本科", "硕士研究生", "大专", "博士研究生", "中专", "高中")
_MARRIED = ("已婚", "未婚", "离异", "丧偶")
_PARENT_FROM = 24
_CHILDREN = (0.3, 0.45, 0.22, 0.03)
_SAME_NAME = 0.85
_ADULT_DAYS = 21 * 365
_REMARK_SHARE = 0.12
_REMARKS = (
    "外派项目，住址已变更",
    "试用期至2026年12月31日",
    "紧急情况请联系其配偶，电话{mobile}",
    "护照办理中，暂用身份证{ric}",
    "工资卡已更换，新卡号{card}",
    "对青霉素过敏，已告知医务室",
    "哺乳期，至2027年3月",
    "个人邮箱 {email} 仅用于发送工资条",
    "2025年度先进个人",
    "借调至慕尼黑总部，2026-09起",
)


def write_hr(folder: Path, seed: int, *, scale: int) -> None:
    """Write `employees.xlsx` with the sheets 员工 and 家属.

    Args:
        folder: where to.
        seed: of the random digits.
        scale: divides the number of people.
    """
    rng = np.random.default_rng([seed, 1])
    staff = people(rng, EMPLOYEES // scale, ages=(21, 60))
    numbers_of = np.arange(len(staff.male)) + 100_001
    married = _pick(rng, _MARRIED, len(staff.male), tilt=1.6)
    sheets = [
        _staff_sheet(rng, staff, numbers_of, married=married),
        _children_sheet(rng, staff, numbers_of, married=married),
    ]
    write_workbook(folder / "employees.xlsx", sheets)


def _staff_sheet(rng: Generator, staff: People, numbers_of: np.ndarray, *, married: pa.Array) -> Sheet:
    count = len(staff.male)
    ric, card, email = staff.resident_ids(rng), digits.cards(rng, count), staff.emails(rng)
    contact = people(rng, count, ages=(25, 70))
    ids, births = _untidy_ids(ric, rng), _days(staff.births)
    columns: dict[str, list[Any]] = {
        "工号": as_numbers(pa.array(numbers_of).cast(pa.string()), rng, 0.9),
        "姓名": _untidy_names(staff.name, rng).to_pylist(),
        "身份证号": ids,
        "出生日期": as_days(pc.if_else(_are_whole(ids, ric), defects.blank(births, rng, 0.01), births), rng),
        "性别": _untidy_sex(staff.male, rng).to_pylist(),
        "民族": defects.spoil(
            _pick(rng, _NATIONS, count, tilt=3.0), rng, 0.03, change=lambda v: v.removesuffix("族")
        ).to_pylist(),
        "婚姻状况": defects.blank(married, rng, 0.03).to_pylist(),
        "手机": as_numbers(_untidy_mobiles(staff.mobile, rng), rng, 0.6),
        "邮箱": _untidy_emails(email, rng).to_pylist(),
        "家庭住址": defects.blank(places.addresses(rng, staff.place), rng, 0.02).to_pylist(),
        "部门": _pick(rng, _DEPARTMENTS, count, tilt=0.6).to_pylist(),
        "岗位": _pick(rng, _POSTS, count, tilt=0.6).to_pylist(),
        "职级": _pick(rng, _GRADES, count, tilt=0.7).to_pylist(),
        "入职日期": as_days(_days(_hired(rng, staff)), rng),
        "学历": defects.blank(_pick(rng, _SCHOOLING, count, tilt=1.0), rng, 0.01).to_pylist(),
        "月薪": _salaries(rng, count),
        "工资卡号": _untidy_cards(card, rng),
        "紧急联系人": defects.blank(contact.name, rng, 0.04).to_pylist(),
        "紧急联系电话": as_numbers(_untidy_mobiles(contact.mobile, rng), rng, 0.5),
        "备注": _remarks(rng, contact.mobile, ric=ric, card=card, email=email).to_pylist(),
    }
    return Sheet("员工", columns, _twice(rng, count))


def _children_sheet(rng: Generator, staff: People, numbers_of: np.ndarray, *, married: pa.Array) -> Sheet:
    at_home = np.asarray(pc.not_equal(married, "未婚")) & (_age(staff) > _PARENT_FROM)
    parent = np.repeat(np.arange(len(at_home)), at_home * rng.choice(4, len(at_home), p=_CHILDREN))
    count = len(parent)
    surname = np.where(rng.random(count) < _SAME_NAME, staff.surname[parent], names.surnames(rng, count))
    child = people(rng, count, ages=(0.1, 22), surname=surname)
    earliest = staff.births[parent] + np.timedelta64(_ADULT_DAYS, "D")
    births = np.minimum(np.maximum(child.births, earliest), np.datetime64(TODAY) - 30)
    child = replace(child, births=births, place=staff.place[parent])
    relation = defects.spoil(pa.array(np.where(child.male, "儿子", "女儿")), rng, 0.1, change=lambda _: "子女")
    columns: dict[str, list[Any]] = {
        "员工工号": as_numbers(pa.array(numbers_of[parent]).cast(pa.string()), rng, 0.9),
        "家属姓名": _untidy_names(child.name, rng).to_pylist(),
        "关系": relation.to_pylist(),
        "出生日期": as_days(defects.blank(_days(child.births), rng, 0.02), rng),
        "身份证号": _untidy_ids(defects.blank(child.resident_ids(rng), rng, 0.4), rng),
    }
    return Sheet("家属", columns, _twice(rng, count))


def _pick(rng: Generator, values: tuple[str, ...], count: int, *, tilt: float) -> pa.Array:
    """Draw values, the first ones more often; the higher the tilt, the more so."""
    weight = (np.arange(len(values)) + 1.0) ** -tilt
    return pa.array(values).take(pa.array(rng.choice(len(values), count, p=weight / weight.sum())))


def _days(days: np.ndarray) -> pa.Array:
    return pa.array(days.astype("datetime64[D]"))


def _age(staff: People) -> np.ndarray:
    return (np.datetime64(TODAY) - staff.births).astype(np.int64) / 365.25


def _hired(rng: Generator, staff: People) -> np.ndarray:
    """Return hiring days between the twenty-first birthday and yesterday, not before 2003."""
    first = np.maximum(staff.births + np.timedelta64(_ADULT_DAYS, "D"), np.datetime64("2003-04-01"))
    span = np.maximum((np.datetime64(TODAY) - first).astype(np.int64) - 1, 1)
    hired: np.ndarray = first + (rng.random(len(first)) ** 1.5 * span).astype("timedelta64[D]")
    return hired


def _untidy_names(name: pa.Array, rng: Generator) -> pa.Array:
    name = defects.spoil(name, rng, 0.01, change=defects.around("", " "))
    return defects.spoil(name, rng, 0.01, change=lambda v: f"{v[0]}　{v[1:]}")


def _untidy_sex(male: np.ndarray, rng: Generator) -> pa.Array:
    sex = defects.blank(pa.array(np.where(male, "男", "女")), rng, 0.01)
    return defects.spoil(sex, rng, 0.02, change=lambda v: {"男": "M", "女": "F"}[v])


def _untidy_ids(ric: pa.Array, rng: Generator) -> list[Any]:
    ric = defects.blank(ric, rng, 0.01)
    ric = defects.spoil(ric, rng, 0.025, change=defects.wrong_check)
    ric = defects.spoil(ric, rng, 0.01, change=defects.grouped(6, 8, by=" "))
    ric = defects.spoil(ric, rng, 0.01, change=defects.full_width)
    ric = defects.spoil(ric, rng, 0.05, change=str.lower)
    ric = defects.spoil(ric, rng, 0.01, change=defects.around("", " "))
    return as_numbers(ric, rng, 0.008)


def _are_whole(ids: list[Any], ric: pa.Array) -> pa.Array:
    """Tell which resident IDs can still be read: nobody is employed without one proof of age."""
    plain = [cell.replace(" ", "").upper() if isinstance(cell, str) else None for cell in ids]
    return pc.equal(pa.array(plain, pa.string()), ric).fill_null(False)


def _untidy_mobiles(mobile: pa.Array, rng: Generator) -> pa.Array:
    mobile = defects.shared(defects.blank(mobile, rng, 0.015), rng, 0.015)
    mobile = defects.spoil(mobile, rng, 0.03, change=defects.grouped(3, 4, by="-"))
    mobile = defects.spoil(mobile, rng, 0.01, change=defects.around("+86 ", ""))
    mobile = defects.spoil(mobile, rng, 0.008, change=defects.full_width)
    return defects.spoil(mobile, rng, 0.008, change=lambda v: v[:-1])


def _untidy_emails(email: pa.Array, rng: Generator) -> pa.Array:
    email = defects.spoil(defects.blank(email, rng, 0.02), rng, 0.03, change=str.upper)
    return defects.spoil(email, rng, 0.01, change=defects.around("", " "))


def _untidy_cards(card: pa.Array, rng: Generator) -> list[Any]:
    card = defects.spoil(defects.blank(card, rng, 0.01), rng, 0.02, change=defects.wrong_check)
    card = defects.spoil(card, rng, 0.03, change=defects.grouped(4, 4, 4, 4, by=" "))
    return as_numbers(card, rng, 0.015)


def _salaries(rng: Generator, count: int) -> list[Any]:
    """Return monthly pay in yuan: numbers, some typed as text with separators, a few words."""
    pay = np.round(np.exp(rng.normal(9.75, 0.45, count)) / 50) * 50
    kind = rng.random(count)
    cells: list[Any] = []
    for amount, drawn in zip(pay.tolist(), kind.tolist(), strict=True):
        for limit, cell in ((0.03, f"{amount:,.2f}"), (0.04, f"¥{amount:,.0f}"), (0.045, "面议"), (0.05, None)):
            if drawn < limit:
                cells.append(cell)
                break
        else:
            cells.append(amount)
    return cells


def _remarks(rng: Generator, mobile: pa.Array, *, ric: pa.Array, card: pa.Array, email: pa.Array) -> pa.Array:
    """Return mostly empty remarks; some quote the number of somebody."""
    cells: list[str | None] = []
    drawn = rng.random(len(mobile))
    which = rng.integers(0, len(_REMARKS), len(mobile))
    values = zip(mobile.to_pylist(), ric.to_pylist(), card.to_pylist(), email.to_pylist(), strict=True)
    for row, (one_mobile, one_ric, one_card, one_email) in enumerate(values):
        text = _REMARKS[which[row]].format(mobile=one_mobile, ric=one_ric, card=one_card, email=one_email)
        cells.append(text if drawn[row] < _REMARK_SHARE else None)
    return pa.array(cells, pa.string())


def _twice(rng: Generator, count: int) -> list[int]:
    """Return row numbers in order, one in a hundred standing there once more further down."""
    again = rng.choice(count, max(count // 100, 1), replace=False)
    return [*range(count), *np.sort(again).tolist()]
