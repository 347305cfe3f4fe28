"""The examples hold what real files hold, in measured proportions; check digits by an independent implementation."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from python_calamine import CalamineWorkbook
from stdnum import luhn
from stdnum.cn import ric

from examples import digits, orders, retail
from examples.hr import write_hr
from examples.people import TODAY, birth_days, people

MOBILE = re.compile(r"1[3-9]\d{9}")
EMAIL = re.compile(r"[a-z]+\.[a-z]+\d+@example\.(com|cn)")


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hr")
    write_hr(folder, 1, scale=1)
    return CalamineWorkbook.from_path(folder / "employees.xlsx")


def sheet(book, title):
    head, *rows = book.get_sheet_by_name(title).to_python()
    return {name: [row[place] for row in rows] for place, name in enumerate(head)}


@pytest.fixture(scope="module")
def staff(book):
    return sheet(book, "员工")


@pytest.fixture(scope="module")
def children(book):
    return sheet(book, "家属")


@pytest.fixture(scope="module")
def members():
    return retail.members(np.random.default_rng(1), 0, 40_000)


@pytest.fixture(scope="module")
def bought():
    return orders.orders(np.random.default_rng(1), 0, count=60_000, members=40_000)


def share(values, test):
    values = list(values)
    return sum(1 for value in values if test(value)) / len(values)


def plain(value):
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", str(value))).upper()


def test_generated_numbers_are_valid():
    rng = np.random.default_rng(3)
    who = people(rng, 500, ages=(20, 60))
    ids = who.resident_ids(rng).to_pylist()
    assert all(ric.is_valid(one) for one in ids)
    assert [ric.get_birth_date(one) for one in ids] == who.births.tolist()
    assert [int(one[16]) % 2 == 1 for one in ids] == who.male.tolist()
    cards = digits.cards(rng, 500).to_pylist()
    assert all(luhn.is_valid(one) and len(one) == 19 for one in cards)
    assert all(MOBILE.fullmatch(one) for one in who.mobile.to_pylist())
    assert all(EMAIL.fullmatch(one) for one in who.emails(rng).to_pylist())


def test_birth_days_keep_to_their_ages():
    births = birth_days(np.random.default_rng(2), 2_000, ages=(21, 60)).tolist()
    assert min(births) > dt.date(TODAY.year - 61, 1, 1)
    assert max(births) < dt.date(TODAY.year - 20, 1, 1)


def test_staff_sheet_has_its_people_and_a_few_twice(staff):
    assert len(set(map(plain, staff["工号"]))) <= 3_000
    assert len(staff["工号"]) == 3_030
    assert list(staff)[:4] == ["工号", "姓名", "身份证号", "出生日期"]
    assert len(staff) == 20


def test_staff_identity_numbers_are_mostly_right(staff):
    typed = [value for value in staff["身份证号"] if isinstance(value, str) and value]
    assert 0.95 < share(typed, lambda value: ric.is_valid(plain(value))) < 0.99
    assert share(typed, lambda value: any("０" <= mark <= "９" for mark in value)) > 0
    assert share(typed, lambda value: " " in value.strip()) > 0
    assert share(typed, lambda value: value.endswith("x")) > 0
    assert 0 < share(staff["身份证号"], lambda value: value == "") < 0.03


def test_long_numbers_typed_as_numbers_have_lost_their_end(staff):
    for name, width in (("身份证号", 18), ("工资卡号", 19)):
        damaged = [value for value in staff[name] if isinstance(value, float)]
        assert damaged
        assert all(len(str(int(value))) == width and float(f"{value:.14e}") == value for value in damaged)


def test_staff_columns_mix_types_and_spellings(staff):
    for name, least in (("工号", 0.8), ("手机", 0.5), ("月薪", 0.9)):
        assert least < share(staff[name], lambda value: isinstance(value, float)) < 1
    texts = [value for value in staff["出生日期"] if isinstance(value, str) and value]
    spelled = {re.sub(r"\d+", "0", value) for value in texts}
    assert spelled == {"0-0-0", "0/0/0", "0年0月0日", "0.0.0", "0"}
    assert share(staff["出生日期"], lambda value: isinstance(value, dt.date)) > 0.8
    assert any("," in value for value in staff["月薪"] if isinstance(value, str))
    assert share(staff["工资卡号"], lambda value: luhn.is_valid(plain(value))) > 0.9


def test_staff_share_mobiles_and_quote_numbers_in_remarks(staff):
    mobiles = [plain(int(value) if isinstance(value, float) else value).removeprefix("+86") for value in staff["手机"]]
    right = [value for value in mobiles if MOBILE.fullmatch(value)]
    assert len(right) / len(mobiles) > 0.95
    assert 40 < len(right) - len(set(right)) < 150
    remarks = " ".join(filter(None, staff["备注"]))
    assert MOBILE.search(remarks)
    assert any(ric.is_valid(one) for one in re.findall(r"\d{17}[\dX]", remarks))


def test_children_stand_in_both_age_bands(children):
    births = [value for value in children["出生日期"] if isinstance(value, dt.date)]
    under = sum(1 for day in births if (TODAY.year - day.year - ((TODAY.month, TODAY.day) < (day.month, day.day))) < 14)
    assert 0.4 < under / len(births) < 0.9
    assert max(births) < TODAY
    assert 0.3 < share(children["身份证号"], lambda value: value == "") < 0.5
    assert set(children["关系"]) == {"儿子", "女儿", "子女"}


def test_children_belong_to_staff(staff, children):
    known = {int(float(value)) for value in staff["工号"]}
    assert {int(float(value)) for value in children["员工工号"]} <= known


def test_members_are_untidy_in_proportion(members):
    count = members.num_rows
    assert pc.count_distinct(members["member_id"]).as_py() == 40_000 < count
    mobiles = [plain(value).removeprefix("+86") for value in members["手机"].drop_null().to_pylist()]
    assert 0.98 < share(mobiles, MOBILE.fullmatch) < 1
    assert 0.01 < 1 - len(set(mobiles)) / len(mobiles) < 0.05
    assert share(members["email"].drop_null().to_pylist(), lambda one: EMAIL.fullmatch(one.lower())) == 1
    assert set(members["gender"].to_pylist()) == {"男", "女", "M", "F", None}
    assert 0.25 < members["生日"].null_count / count < 0.35
    assert members["points"].type == pa.float64()


def test_some_members_have_a_payment_account(members):
    accounts = members["支付账号"].drop_null().to_pylist()
    assert 0.02 < len(accounts) / members.num_rows < 0.03
    assert 0.94 < share(accounts, lambda one: luhn.is_valid(plain(one))) < 0.99


def test_enough_persons_for_the_thresholds():
    assert retail.MEMBERS * 0.02 > 10_000
    assert retail.MEMBERS * 0.97 > 1_000_000


def test_order_numbers_look_like_identity_numbers_now_and_then(bought):
    numbers = bought["order_id"].to_pylist()
    assert len(set(numbers)) == len(numbers)
    assert all(re.fullmatch(r"20\d{16}", one) for one in numbers)
    assert any(one[6:8] in {"19", "20"} and one[10:12] in {"01", "12"} for one in numbers)


def test_orders_hold_guests_and_remarks_with_identifiers(bought):
    assert 0.06 < bought["member_id"].null_count / bought.num_rows < 0.1
    remarks = bought["备注"].drop_null().to_pylist()
    assert 0.04 < len(remarks) / bought.num_rows < 0.08
    assert share(remarks, MOBILE.search) > 0.1
    assert share(remarks, lambda text: re.search(r"\d{17}[\dX]", text)) > 0.05
    assert max(bought["order_time"].to_pylist()) <= dt.datetime(TODAY.year, TODAY.month, TODAY.day)  # noqa: DTZ001


def test_orders_are_made_by_members_only(bought):
    known = set(digits.member_ids(np.arange(40_000)).to_pylist())
    assert set(bought["member_id"].drop_null().to_pylist()) <= known
