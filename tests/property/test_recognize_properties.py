"""Check digits against an independent library, vectors against scalars, batches against wholes, labels against sets."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from itertools import combinations

import numpy as np
import pyarrow as pa
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import ric as stdnum_ric
from stdnum.cn import uscc as stdnum_uscc

from kouan.recognize.identifiers import bankcard, ric, uscc
from kouan.recognize.kernel.dispatch import HITS
from kouan.recognize.kernel.plain import make_plain
from kouan.recognize.kernel.tables import RUNS
from kouan.recognize.keyed import resolve_keyed
from kouan.recognize.resolve import LINK_LIMIT, resolve
from tests.recognizing import AS_OF, card_of, given, grades, look, mobile_of, ric_of, scanned, uscc_of, wrong

FEW = settings(max_examples=60, deadline=None)
SOME = settings(max_examples=20, deadline=None)
PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")

days = st.dates(dt.date(1880, 1, 1), AS_OF)
serials = st.integers(0, 999)


@FEW
@hypothesis_given(days, serials, st.sampled_from("0123456789X"))
def test_resident_id_check_digit(day: dt.date, serial: int, last: str) -> None:
    number = ric_of(serial, day)[:17] + last
    assert grades(ric.IDENTIFIER, [number]) == [2 if stdnum_ric.calc_check_digit(number) == last else 1]


@FEW
@hypothesis_given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=10, max_size=10), st.sampled_from("1359"))
def test_credit_code_check_character(tail: str, head: str) -> None:
    code = f"{head}1110108{tail}"
    assert grades(uscc.IDENTIFIER, [code]) == [2 if stdnum_uscc.is_valid(code) else 1]


@FEW
@hypothesis_given(st.integers(0, 10**14 - 1), st.sampled_from([16, 17, 18, 19]))
def test_luhn(serial: int, length: int) -> None:
    number = "62" + f"{serial:0{length - 2}d}"[: length - 2]
    assert grades(bankcard.IDENTIFIER, [number]) == [2 if luhn.is_valid(number) else 1]


WHOLE = ("cn.ric", "cn.uscc", "cn.bankcard", "cn.mobile")


def scalar(value: str) -> dict[str, int]:
    """Grade one cell in plain Python, from the standards' own words."""
    text = unicodedata.normalize("NFKC", value).strip()
    text = re.sub("[\u200b-\u200f\u2060\ufeff\xad]", "", text)
    text = re.sub("[\u2010-\u2015\u2212]", "-", text).strip()
    found = {"cn.ric": 0, "cn.uscc": 0, "cn.bankcard": 0, "cn.mobile": 0}
    if not text.isascii() or text.startswith("-") or not 11 <= len(text) <= 40:
        return found
    short = re.sub(r"[ \-+()]", "", text)
    if re.fullmatch(r"\d{17}[\dXx]", short) and PROVINCES.match(short) and _day(short[6:14]):
        found["cn.ric"] = 2 if stdnum_ric.calc_check_digit(short) == short[17].upper() else 1
        return found
    if re.fullmatch(r"[1-9ANY][0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}", short.upper()) and (
        PROVINCES.match(short[2:]) or short[2:8] == "100000"
    ):
        found["cn.uscc"] = 2 if stdnum_uscc.is_valid(short.upper()) else 1
        if found["cn.uscc"] == 2:
            return found
    sixteen = re.fullmatch(r"(?:4|5[1-5]|2[2-7]|35)\d+", short) and len(short) == 16
    if re.fullmatch(r"\d{16,19}", short) and (short[:2] == "62" or short[0] == "9" or sixteen):
        found["cn.bankcard"] = 2 if luhn.is_valid(short) else 1
    found["cn.mobile"] = int(bool(re.fullmatch(r"(?:86|0086)?1[3-9]\d{9}", short)))
    return found


def _day(text: str) -> bool:
    try:
        return dt.date(1880, 1, 1) <= dt.datetime.strptime(text, "%Y%m%d").date() <= AS_OF  # noqa: DTZ007
    except ValueError:
        return False


def _wide(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


def _spaced(text: str) -> str:
    return f" {text[:3]} {text[3:7]}-{text[7:]}\u200b"


numbers = st.one_of(
    st.builds(ric_of, serials, days),
    st.builds(lambda n, day: wrong(ric_of(n, day)), serials, days),
    st.builds(card_of, st.integers(0, 10**9), st.sampled_from([16, 19])),
    st.builds(uscc_of, st.integers(0, 10**6)),
    st.builds(mobile_of, st.integers(0, 10**8 - 1)),
    st.builds("+86 {}".format, st.builds(mobile_of, st.integers(0, 10**8 - 1))),
    st.text("0123456789Xx -+()", max_size=24),
    st.integers(10**10, 10**19).map(str),
)
messy = st.one_of(
    numbers,
    numbers.map(_wide),
    numbers.map(_spaced),
    numbers.map("电话{}，谢谢".format),
    st.sampled_from(["", " ", "NA", "王伟", "北京市朝阳区建国路1号", "a@example.com", "2018-05-06", "男", "39"]),
    st.text(max_size=12),
)


@settings(max_examples=150, deadline=None)
@hypothesis_given(messy)
def test_whole_cells_equal_the_standards_words(value: str) -> None:
    found = scanned([value])
    assert {key: _whole_grade(found.get(key)) for key in WHOLE} == scalar(value)


def _whole_grade(counts: list[int] | None) -> int:
    return 0 if counts is None else 2 if counts[1] else 1 if counts[0] else 0


@settings(max_examples=150, deadline=None)
@hypothesis_given(st.lists(messy, min_size=1, max_size=12))
def test_compiled_equals_plain(values: list[str]) -> None:
    assert scanned(values, compiled=True) == scanned(values)


@settings(max_examples=150, deadline=None)
@hypothesis_given(st.lists(messy, max_size=6))
def test_plain_form_leads_back_to_the_original(values: list[str]) -> None:
    """Each byte of the plain form comes from the place that the map names, in order."""
    data = "，".join(values).encode()
    out, origin = bytearray(len(data)), [0] * (len(data) + 1)
    size = make_plain(data, 0, len(data), out, origin)
    assert origin[:size] == sorted(origin[:size])
    assert origin[size] == len(data)
    for place in range(size):
        byte = data[origin[place]]
        assert byte == out[place] or byte >= 0x80
    assert out[:size].decode() is not None


cells = st.one_of(st.none(), messy)
tables = st.integers(1, 14).flatmap(
    lambda rows: st.fixed_dictionaries(
        {
            "member_id": st.lists(
                st.one_of(st.none(), st.sampled_from(["M1", "M2", "M3", "M4"])), min_size=rows, max_size=rows
            ),
            "身份证号": st.lists(cells, min_size=rows, max_size=rows),
            "手机": st.lists(cells, min_size=rows, max_size=rows),
            "姓名": st.lists(cells, min_size=rows, max_size=rows),
            "子女姓名": st.lists(cells, min_size=rows, max_size=rows),
            "子女出生日期": st.lists(cells, min_size=rows, max_size=rows),
            "备注": st.lists(cells, min_size=rows, max_size=rows),
            "zz": st.lists(cells, min_size=rows, max_size=rows),
        }
    )
)


@SOME
@hypothesis_given(tables, st.integers(1, 5), st.sampled_from([1, 2]))
def test_any_split_gives_the_same_inventory(table: dict[str, list[str | None]], rows: int, threads: int) -> None:
    made = {"t": pa.table({name: pa.array(values, pa.string()) for name, values in table.items()})}
    whole = look(given(made, subjects=("member", "child")))
    split = look(given(made, subjects=("member", "child"), batch_rows=rows), threads=threads)
    assert split == whole


@SOME
@hypothesis_given(tables)
def test_ranges_are_ordered_and_hold_the_rows(table: dict[str, list[str | None]]) -> None:
    made = {"t": pa.table({name: pa.array(values, pa.string()) for name, values in table.items()})}
    rows = len(table["zz"])
    for one in look(given(made, subjects=("member", "child"))).persons:
        assert one.persons.hi is not None
        assert one.persons.hi <= rows
        for part in (one.sensitive, one.under14):
            assert part.hi is not None
            assert part.lo <= part.hi <= one.persons.hi
        assert one.under14.lo <= one.sensitive.lo


codes = st.integers(1, LINK_LIMIT).flatmap(  # no telephone can become a hotline
    lambda rows: st.fixed_dictionaries(
        {
            kind: st.lists(st.integers(-1, 3), min_size=rows, max_size=rows)
            for kind in ("ric", "id:a", "id:b", "mobile", "email")
        }
    )
)


@settings(max_examples=200, deadline=None)
@hypothesis_given(codes)
def test_components_equal_plain_sets(keys: dict[str, list[int]]) -> None:
    """Rows joined through rows without resident ID; a group takes part in at most one resident ID."""
    rows = len(keys["ric"])
    people = resolve({kind: np.array(values, np.int32) for kind, values in keys.items()}, rows)
    everyone = np.ones(rows, np.bool_)
    assert people.lowest(everyone) == _least(keys, ("id:a", "id:b", "mobile", "email"))
    assert people.lowest(everyone) <= people.highest(everyone)
    named = np.array(keys["ric"]) >= 0
    for one, other in combinations(np.flatnonzero(named), 2):
        same = keys["ric"][one] == keys["ric"][other]
        assert (people.merged[one] == people.merged[other]) == same
        assert (people.apart[one] == people.apart[other]) == same
    for kind in ("id:a", "id:b"):
        for one, other in combinations(np.flatnonzero(~named & (np.array(keys[kind]) >= 0)), 2):
            if keys[kind][one] == keys[kind][other]:
                assert people.apart[one] == people.apart[other]


def _least(keys: dict[str, list[int]], kinds: tuple[str, ...]) -> int:
    rows = range(len(keys["ric"]))
    free = [row for row in rows if keys["ric"][row] < 0 and any(keys[kind][row] >= 0 for kind in kinds)]
    groups: list[set[int]] = []
    for row in free:
        linked = [group for group in groups if any(_linked(keys, row, other, kinds) for other in group)]
        groups = [group for group in groups if group not in linked] + [{row}.union(*linked)]
    ids = {code for code in keys["ric"] if code >= 0}
    named = [row for row in rows if keys["ric"][row] >= 0]
    alone = [group for group in groups if not any(_linked(keys, row, other, kinds) for row in group for other in named)]
    return len(ids) + len(alone) or 1


def _linked(keys: dict[str, list[int]], one: int, other: int, kinds: tuple[str, ...]) -> bool:
    return any(keys[kind][one] == keys[kind][other] >= 0 for kind in kinds)


keyed_codes = st.integers(1, 10).flatmap(
    lambda rows: st.fixed_dictionaries(
        {kind: st.lists(st.integers(-1, 3), min_size=rows, max_size=rows) for kind in ("ric", "id:a", "mobile", "name")}
    )
)


@settings(max_examples=200, deadline=None)
@hypothesis_given(keyed_codes)
def test_subject_keys_equal_plain_sets(keys: dict[str, list[int]]) -> None:
    """Lower end: resident IDs of keys and keys without one; upper end: resident IDs of each key, one at the least."""
    rows = list(zip(keys["id:a"], keys["ric"], strict=True))
    people = resolve_keyed({kind: np.array(values, np.int32) for kind, values in keys.items()}, len(rows))
    known = {key: {ric for other, ric in rows if other == key and ric >= 0} for key, _ in rows if key >= 0}
    keyed = np.array(keys["id:a"]) >= 0
    assert people.highest(keyed) == sum(max(len(found), 1) for found in known.values())
    everyone = np.ones(len(rows), np.bool_)
    least = len(set().union(*known.values())) + sum(not found for found in known.values())
    assert people.lowest(everyone) == max(least, 1)
    assert people.highest(keyed) <= people.highest(everyone) <= people.highest(keyed) + int((~keyed).sum())


def test_all_hits_of_one_run_find_room() -> None:
    """A run may set off several identifiers, and a cell of many runs is scanned in parts."""
    assert max(bits.bit_count() for bits in RUNS) <= HITS // 2
    numbers = [mobile_of(n) for n in range(3 * HITS)]
    assert scanned([" 和 ".join(numbers) + " a@example.com"])["email"] == [0, 0, 0, 1]
