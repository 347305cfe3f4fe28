"""Surrogates keep the format of their values, come back by FF1 alone, and never pass for what they are not."""

from __future__ import annotations

import datetime as dt
import re
import string

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kouan.deidentify.rules import Given, transform
from kouan.deidentify.surrogate import UNSHAPED, Surrogate
from kouan.engine.persons import normalise
from kouan.model.plan import Action, PlanLine
from kouan.model.text import same
from kouan.recognize.arithmetic import PROVINCES

KEY = bytes(range(32))
FEW = settings(max_examples=60, deadline=None)
METHODS = [{"method": "hash"}, {"method": "ff1", "cipher": "aes"}, {"method": "ff1", "cipher": "sm4"}]
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def luhn(body):
    doubled = [int(one) * (2 - at % 2) for at, one in enumerate(reversed(body))]
    return str(-sum(one // 10 + one % 10 for one in doubled) % 10)


def mod_11_2(body):
    return "10X98765432"[sum(int(one) * weight for one, weight in zip(body, WEIGHTS, strict=True)) % 11]


def resident(parts):
    province, place, born, sequence = parts
    body = f"{province}{place:04}{born:%Y%m%d}{sequence:03}"
    return body + mod_11_2(body)


MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
CARDS = st.from_regex(r"[0-9]{12,18}", fullmatch=True).map(lambda body: body + luhn(body))
RESIDENTS = st.tuples(
    st.sampled_from([one for one in range(100) if PROVINCES[one]]),
    st.integers(0, 9999),
    st.dates(dt.date(1900, 1, 1), dt.date(2029, 12, 31)),
    st.integers(0, 999),
).map(resident)
CODES = st.text(string.ascii_letters + string.digits + "-_/. #", min_size=1, max_size=40)
KINDS = {"mobile": "cn.mobile", "card": "cn.bankcard", "resident_id": "cn.ric", "characters": "order_id"}


def made(shape, **more):
    return Surrogate(KINDS[shape], KEY, shape, **more)


def run(values, shape, **more):
    return made(shape, **more)(pa.array(values, pa.string())).to_pylist()


def form(value):
    return re.sub("[0-9]", "0", re.sub("[a-z]", "a", re.sub("[A-Z]", "A", value)))


@pytest.mark.parametrize("more", METHODS, ids=str)
@FEW
@given(values=st.lists(MOBILES, min_size=1, max_size=20))
def test_mobiles_stay_mobiles(values, more):
    found = run(values, "mobile", **more)
    assert all(re.fullmatch(r"1[3-9]\d{9}", one) for one in found)


@pytest.mark.parametrize("more", METHODS, ids=str)
@FEW
@given(values=st.lists(CARDS, min_size=1, max_size=20), right=st.booleans())
def test_cards_keep_their_length_and_first_digit_and_pass_only_where_asked(values, more, right):
    found = run(values, "card", right_check=right, **more)
    assert [(one[0], len(one)) for one in found] == [(one[0], len(one)) for one in values]
    assert {one[-1] == luhn(one[:-1]) for one in found} == {right}


@pytest.mark.parametrize("more", METHODS, ids=str)
@FEW
@given(values=st.lists(RESIDENTS, min_size=1, max_size=20), right=st.booleans())
@example(values=["11010519491231002X"], right=True)
def test_resident_ids_are_nobodys_and_pass_only_where_asked(values, more, right):
    for one in run(values, "resident_id", right_check=right, **more):
        assert len(one) == 18
        assert not PROVINCES[int(one[:2])]
        assert one[0] in "12345678"
        assert 1900 <= dt.date(int(one[6:10]), int(one[10:12]), int(one[12:14])).year < 2030
        assert (one[-1] == mod_11_2(one[:-1])) is right


@pytest.mark.parametrize("more", METHODS, ids=str)
@FEW
@given(values=st.lists(CODES, min_size=1, max_size=20))
@example(values=["0012345", "7654321", "9" * 32, "9" * 33, "aB3dE", "a" * 32])
def test_codes_keep_the_class_of_every_character(values, more):
    spelt = normalise("order_id", pa.array(values)).to_pylist()
    for value, one in zip(spelt, run(values, "characters", **more), strict=True):
        letters, figures = sum(map(str.isalpha, value)), sum(map(str.isdigit, value))
        enough = 26**letters * 10**figures >= 10**6 if letters else figures >= 7
        assert (one is not None) == (enough and letters + figures <= 32)
        if one is not None:
            assert form(one) == form(value)
            assert letters or (re.sub(r"\D", "", one)[0] == "0") == (re.sub(r"\D", "", value)[0] == "0")


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
@pytest.mark.parametrize(
    ("shape", "cells"), [("mobile", MOBILES), ("card", CARDS), ("resident_id", RESIDENTS), ("characters", CODES)]
)
@FEW
@given(data=st.data())
def test_reversible_ones_come_back_and_never_meet(shape, cells, cipher, data):
    values = data.draw(st.lists(cells, min_size=1, max_size=20))
    prefix = data.draw(st.sampled_from(["", "T-"]))
    one = made(shape, method="ff1", cipher=cipher, prefix=prefix, right_check=data.draw(st.booleans()))
    spelt = normalise(KINDS[shape], pa.array(values)).to_pylist()
    found = one(pa.array(values, pa.string()))
    back = one.back(found).to_pylist()
    assert back == [value if there is not None else None for value, there in zip(spelt, found.to_pylist(), strict=True)]
    kept = [value for value in back if value is not None]
    assert len(set(found.drop_null().to_pylist())) == len(set(kept))
    assert all(word.startswith(prefix) for word in found.drop_null().to_pylist())


@pytest.mark.parametrize(
    ("shape", "value"),
    [
        ("mobile", "12345678901"),
        ("mobile", "1380013800"),
        ("mobile", "1380013800x"),
        ("card", "6222021234567890127"),
        ("card", "123456789015"),
        ("resident_id", "110105194912310021"),
        ("resident_id", "99010519491231002X"),
        ("resident_id", "110105194902300028"),
        ("characters", "123456"),
        ("characters", "张三1234567"),
        ("characters", "---------"),
    ],
)
def test_what_has_not_the_form_becomes_empty_and_is_counted(shape, value):
    for more in METHODS:
        found, counts = made(shape, **more).run(pa.array([value, None, "", " ", value]))
        assert found.to_pylist() == [None] * 5
        assert counts[UNSHAPED] == 2


@pytest.mark.parametrize("more", METHODS, ids=str)
def test_kind_key_and_method_separate(more):
    def of(kind="x", key=KEY, **other):
        return Surrogate(kind, key, "characters", **{**more, **other})(pa.array(["AB-1234567890"])).to_pylist()[0]

    others = [of("y"), of(key=KEY[::-1]), *(of(**other) for other in METHODS if other != more)]
    assert of() == of()
    assert of() not in others
    assert len(set(others)) == len(others)


def test_one_number_has_one_surrogate_however_it_is_written_and_whatever_the_columns_type():
    line = PlanLine(item="a!a#x", action=Action.PSEUDONYM, params={"form": "surrogate", "unmarked": "t"}, why=same("t"))
    kernel = transform(line, Given("cn.mobile", KEY))
    column = pa.array(["13800138000", "+86 138-0013-8000", "１３８００１３８０００"])
    found = set(kernel(column).to_pylist()) | set(kernel(pa.array([13800138000])).to_pylist())
    assert len(found) == 1
    assert re.fullmatch(r"1[3-9]\d{9}", found.pop())


def test_most_surrogates_by_hash_stay_apart():
    values = [f"1380{at:07}" for at in range(20_000)]
    assert len(set(run(values, "mobile"))) > 19_990
