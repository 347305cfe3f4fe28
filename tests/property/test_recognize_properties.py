"""Check digits against an independent library, vectors against scalars, batches against wholes, labels against sets."""

from __future__ import annotations

import base64
import datetime as dt
import json
import re
import unicodedata
from itertools import combinations
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

import numpy as np
import pyarrow as pa
from hypothesis import given as hypothesis_given
from hypothesis import settings
from hypothesis import strategies as st
from stdnum import imei as stdnum_imei
from stdnum import luhn
from stdnum.cn import ric as stdnum_ric
from stdnum.cn import uscc as stdnum_uscc

from kouan.recognize import siphash
from kouan.recognize.cells import view
from kouan.recognize.encoded import Decoded, decode
from kouan.recognize.grouping import put_codes
from kouan.recognize.identifiers import (
    IDENTIFIERS,
    bankcard,
    device,
    hkid,
    hmt_res,
    orgcode,
    passport,
    permanent,
    ric,
    twid,
    uscc,
    vin,
)
from kouan.recognize.kernel.dispatch import HITS
from kouan.recognize.kernel.hashes import deal_pairs, first_numbers, first_pairs, first_texts, hash_rows
from kouan.recognize.kernel.plain import make_plain
from kouan.recognize.kernel.sips import RECORD, deal_records, sip_numbers, sip_texts
from kouan.recognize.kernel.start import code_numbers, code_pairs, code_records, code_texts, records_of
from kouan.recognize.kernel.tables import FOREIGN, KINDS, RUNS
from kouan.recognize.kernel.words import all_high, any_foreign, of_digits, seven
from kouan.recognize.keyed import resolve_keyed
from kouan.recognize.resolve import LINK_LIMIT, resolve
from tests.recognizing import (
    AS_OF,
    card_of,
    coded,
    given,
    grades,
    hkid_of,
    look,
    mobile_of,
    mrz_of,
    permanent_of,
    ric_of,
    scanned,
    twid_of,
    uscc_of,
    wrong,
)

if TYPE_CHECKING:
    from collections.abc import Callable

FEW = settings(max_examples=60, deadline=None)
SOME = settings(max_examples=12, deadline=None)
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


@FEW
@hypothesis_given(st.integers(0, 10**12 - 1), st.sampled_from(["35", "86"]))
def test_imei(serial: int, head: str) -> None:
    number = f"{head}{serial:012d}"
    number += luhn.calc_check_digit(number)
    assert stdnum_imei.is_valid(number)
    called = f"IMEI {number}"  # without the word a birth date at its place leaves it suspected
    assert scanned([called, f"IMEI {wrong(number)}"])["imei"] == [0, 0, 1, 1]
    assert grades(device.IMEI, [wrong(number)]) == [1]


VIN_VALUES = {char: int(char) for char in "0123456789"} | dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)
VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


@FEW
@hypothesis_given(st.text("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", min_size=6, max_size=6), st.integers(0, 99_999))
def test_vin_check_character(body: str, serial: int) -> None:
    """By the table of the standard; only the right one of eleven characters is ever confirmed."""
    made = [f"L{body}8{check}5K0{serial:05d}" for check in "0123456789X"]
    right = [
        number
        for number in made
        if sum(VIN_VALUES[char] * weight for char, weight in zip(number, VIN_WEIGHTS, strict=True)) % 11
        == "0123456789X".index(number[8])
    ]
    assert len(right) == 1
    assert grades(vin.IDENTIFIER, right) == [2]
    assert set(grades(vin.IDENTIFIER, [number for number in made if number not in right])) == {1}


@FEW
@hypothesis_given(
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8).filter(lambda text: any(map(str.isdigit, text)))
)
def test_exactly_one_check_character_of_an_organisation_code(body: str) -> None:
    assert sorted(grades(orgcode.IDENTIFIER, [body + last for last in "0123456789X"])) == [1] * 10 + [2]


others = st.sampled_from("0123456789")
letters = st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


@FEW
@hypothesis_given(st.one_of(letters, st.builds(str.__add__, letters, letters)), st.integers(0, 10**6 - 1), others)
def test_hong_kong_check(head: str, serial: int, other: str) -> None:
    number = hkid_of(serial, head)
    changed = number[:-1] + other
    assert grades(hkid.IDENTIFIER, [number, changed]) == [2, 2 if changed == number else 1]


@FEW
@hypothesis_given(letters, st.sampled_from("1289"), st.integers(0, 10**7 - 1), others)
def test_taiwan_check(letter: str, sex: str, serial: int, other: str) -> None:
    number = twid_of(serial, letter + sex)
    changed = number[:-1] + other
    assert grades(twid.IDENTIFIER, [number, changed]) == [2, 2 if changed == number else 1]


@FEW
@hypothesis_given(days, serials, st.sampled_from("0123456789X"), st.sampled_from(["810000", "820000", "830000"]))
def test_residence_permit_check(day: dt.date, serial: int, last: str, area: str) -> None:
    number = ric_of(serial, day, area)[:17] + last
    assert grades(hmt_res.IDENTIFIER, [number]) == [2 if stdnum_ric.calc_check_digit(number) == last else 1]


@FEW
@hypothesis_given(days, serials, st.sampled_from("0123456789X"))
def test_permanent_residence_check(day: dt.date, serial: int, last: str) -> None:
    number = permanent_of(serial, day, "931840")[:17] + last
    right, code = stdnum_ric.calc_check_digit(number) == last, grades(uscc.IDENTIFIER, [number]) == [2]
    assert grades(permanent.IDENTIFIER, [number]) == [(1 if code else 2) if right else 0 if code else 1]


@FEW
@hypothesis_given(st.from_regex(r"[A-Z0-9]{9}", fullmatch=True), days, st.integers(0, 43), others)
def test_machine_readable_line(number: str, day: dt.date, place: int, other: str) -> None:
    line = mrz_of(number, birth=f"{day:%y%m%d}", rest="A1B2C3D4E5F6G7")
    changed = line[:place] + other + line[place + 1 :]
    found = [scanned([one]).get("cn.passport") for one in (line, changed)]
    assert found[0] == [0, 1, 0, 0]
    field = place < 10 or 12 < place < 20 or place > 20
    if field and line[place].isdigit() and changed != line:
        assert found[1] is None
    assert grades(passport.IDENTIFIER, [line]) == [2]


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
        permit = short[:6] in ("810000", "820000", "830000")
        found["cn.ric"] = 0 if permit else 2 if stdnum_ric.calc_check_digit(short) == short[17].upper() else 1
        return found
    if re.fullmatch(r"9\d{16}[\dXx]", short) and PROVINCES.match(short[1:]) and _day(short[6:14]):
        right = stdnum_ric.calc_check_digit(short) == short[17].upper()
        placed = PROVINCES.match(short[2:]) or short[2:8] == "100000"
        if right and not (placed and stdnum_uscc.is_valid(short)):
            return found  # a foreigner's permanent residence number
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
    st.builds(ric_of, serials, days, st.sampled_from(["810000", "830000"])),
    st.builds(permanent_of, serials, days),
    st.builds(hkid_of, st.integers(0, 10**6 - 1), st.sampled_from(["A", "WX"])),
    st.builds(lambda n: f"{hkid_of(n)[:-1]}({hkid_of(n)[-1]})", st.integers(0, 10**6 - 1)),
    st.builds(twid_of, st.integers(0, 10**7 - 1)),
    st.builds("{}{:08d}".format, st.sampled_from("EGHKM"), st.integers(0, 10**8 - 1)),
    st.builds("{:08d}".format, st.integers(0, 10**8 - 1)),
    st.builds(
        "0{}{}{}".format, st.sampled_from(["10-", "311 ", "10"]), st.integers(2, 8), st.integers(10**6, 10**7 - 1)
    ),
    st.builds("军字第{}号".format, st.integers(10**3, 10**9)),
    st.sampled_from([mrz_of(), "wxid_abcdef1234567", "oABC-defg_hijkLMNOP012345678", "CAN110078062401"]),
    st.text("0123456789Xx -+()", max_size=24),
    st.integers(10**10, 10**19).map(str),
)
HEX = "0123456789abcdefABCDEF"
octets = st.integers(0, 260)
things = st.one_of(
    st.builds(
        "{}{}{}".format, st.sampled_from("京沪新云A"), st.sampled_from("ABIz"), st.text("0123456789ADFI·- ", max_size=8)
    ),
    st.builds("京A{:04d}{}".format, st.integers(0, 9999), st.sampled_from(["警", "港", "应急", "号", "F"])),
    st.text("ABCDEFGHJKLMNPRSTUVWXYZ0123456789I", min_size=17, max_size=17),
    st.builds("LSVAA49J{}32{:06d}".format, st.sampled_from("0123456789X"), st.integers(0, 999_999)),
    st.builds("{}{:013d}".format, st.sampled_from(["35", "86", "46", "49"]), st.integers(0, 10**13 - 1)),
    st.builds("8986{:016d}".format, st.integers(0, 10**16 - 1)),
    st.lists(st.text(HEX, min_size=1, max_size=3), min_size=5, max_size=8).map(":".join),
    st.lists(st.text(HEX, min_size=0, max_size=5), min_size=2, max_size=9).map(":".join),
    st.builds(
        lambda parts, mark: mark.join(parts),
        st.lists(st.text(HEX, min_size=2, max_size=2), min_size=6, max_size=6),
        st.sampled_from(":-."),
    ),
    st.uuids().map(str),
    st.builds("{}.{}.{}.{}".format, octets, octets, octets, octets),
    st.builds("{:.5f},{:.5f}".format, st.floats(-190, 190), st.floats(-95, 95)),
    st.builds(
        "{}{}".format,
        st.sampled_from(["AKIA", "LTAI", "ghp_", "sk-", "eyJ", "AIza"]),
        st.text(HEX + "_-.", max_size=70),
    ),
    st.builds("eyJ{}.eyJ{}.{}".format, st.text(HEX, max_size=70), st.text(HEX, max_size=70), st.text(HEX, max_size=9)),
    st.builds("{}://{}:{}@{}".format, *(st.text("ab1:/$@.", max_size=5) for _ in range(4))),
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from([";", "&", "", "api_"]),
        st.sampled_from(["pwd", "password", "secret", "key"]),
        st.sampled_from(["=", ": ", '":"']),
        st.text(HEX + "$<", max_size=30),
    ),
    st.builds("-----BEGIN{}KEY-----1".format, st.sampled_from([" PRIVATE ", " RSA PRIVATE ", " PUBLIC ", "PRIVATE"])),
)
messy = st.one_of(
    numbers,
    things,
    things.map("设备IMEI IP：{}。".format),
    numbers.map(_wide),
    numbers.map(_spaced),
    numbers.map("电话{}，谢谢".format),
    st.builds(
        "{}：{}。".format, st.sampled_from(["护照", "HKID", "台胞证", "军官证", "永居证", "QQ", "openid"]), numbers
    ),
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
    everything = frozenset(one.id for one in IDENTIFIERS)
    for asked in (frozenset[str](), everything):
        assert scanned(values, compiled=True, asked=asked) == scanned(values, asked=asked)


@settings(max_examples=100, deadline=None)
@hypothesis_given(st.lists(st.one_of(messy, st.sampled_from(["", "a", "张三", "x" * 40])), max_size=20))
def test_first_places_are_those_of_equal_texts_plain_and_compiled(values: list[str]) -> None:
    texts = pa.array(values, pa.string())
    data, offsets = view(texts)
    plain = [0] * len(values)
    hash_rows(data.tobytes(), offsets.tolist(), plain)
    rows = np.arange(3, 3 + 2 * len(values), 2, dtype=np.int32)
    expected = [-1] * (2 * len(values) + 3)
    for row, value in zip(rows.tolist(), values, strict=True):
        expected[row] = 3 + 2 * values.index(value)
    codes = [-1] * len(expected)
    first_texts(data.tobytes(), offsets.tolist(), plain, rows.tolist(), [-1] * 64, codes)
    assert codes == expected
    # numbers that are the same, or lead to the same place, never make two texts one
    codes = [-1] * len(expected)
    first_texts(data.tobytes(), offsets.tolist(), [7] * len(values), rows.tolist(), [-1] * 64, codes)
    assert codes == expected
    codes = [-1] * len(expected)
    first_numbers(plain, rows.tolist(), [-1] * 64, codes)
    assert codes == expected
    for put, array in (
        (lambda codes: code_texts(texts, rows, codes), texts),
        (lambda codes: code_numbers(np.array(plain, np.int64), rows, codes), pa.array(plain, pa.int64())),
    ):
        compiled, whole = np.full((2, len(expected)), -1, np.int32)
        put(compiled)
        put_codes(whole, rows, array)
        assert compiled.tolist() == whole.tolist() == expected


pairs = st.tuples(st.integers(-1, 5), st.integers(-1, 5), st.booleans())


@settings(max_examples=60, deadline=None)
@hypothesis_given(st.lists(pairs, max_size=25), st.integers(1, 9))
def test_first_pairs_plain_and_compiled_are_those_of_equal_pairs(rows: list[tuple[int, int, bool]], turns: int) -> None:
    left, right, where = ([row[part] for row in rows] for part in range(3))
    told = [row[:2] if row[0] >= 0 and row[2] else None for row in rows]
    expected = [-1 if pair is None else told.index(pair) for pair in told]
    turn, counts, codes = [0] * len(rows), [0] * (turns + 1), [-1] * len(rows)
    deal_pairs(left, right, where, turn, counts)
    for one in range(1, turns + 1):
        first_pairs(left, right, turn, one, [-1] * 64, codes)
    assert codes == expected
    assert sum(counts) == sum(pair is not None for pair in told)
    compiled = np.full(len(rows), -1, np.int32)
    code_pairs(*(np.array(part, np.int32) for part in (left, right)), np.array(where, np.bool_), turns, compiled)
    assert compiled.tolist() == expected


@settings(max_examples=60, deadline=None)
@hypothesis_given(
    st.binary(min_size=16, max_size=16),
    st.lists(st.none() | messy | st.sampled_from(["", "张三", "x" * 300]), max_size=20),
    st.lists(st.none() | st.integers(-(2**63), 2**63 - 1), max_size=20),
)
def test_records_compiled_are_those_of_the_plain_run_and_of_whole_arrays(
    key: bytes, texts: list[str | None], numbers: list[int | None]
) -> None:
    for array in (pa.array(texts, pa.string()), pa.array(numbers, pa.int64())):
        rows = np.flatnonzero(np.asarray(array.is_valid())).astype(np.int32)
        if len(rows) == 0:
            continue
        words = np.ravel(siphash.keyed(key, array.drop_null())).tolist()
        plain, ends, records = [0] * len(words), [0] * 4, [0] * (RECORD * len(rows))
        given_key = siphash.words_of(key)
        if array.type == "int64":
            sip_numbers(array.to_pylist(), rows.tolist(), given_key, plain)
        else:
            data, offsets = view(array)
            sip_texts(data.tobytes(), offsets.tolist(), rows.tolist(), given_key, plain)
        assert plain == words
        deal_records(plain, rows.tolist(), ends, records)
        found, bounds = records_of(array, rows, given_key, 4)
        assert found.tolist() == records
        assert bounds.tolist() == ends
        codes = np.full(len(array), -1, np.int32)
        for first, last in zip([0, *ends], ends, strict=False):
            code_records(found[RECORD * first : RECORD * last], codes)
        values = array.to_pylist()
        assert codes.tolist() == [-1 if value is None else values.index(value) for value in values]


@settings(max_examples=150, deadline=None)
@hypothesis_given(st.binary(min_size=8, max_size=8))
def test_seven_bytes_at_once_are_what_each_of_them_is(data: bytes) -> None:
    word = seven(data, 0)
    assert all_high(word) == all(byte >= 0x80 for byte in data[:7])
    assert of_digits(word) == data[:7].isdigit()
    assert any_foreign(word) == any(KINDS[byte] == FOREIGN for byte in data[:7])


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


def _percent(text: str) -> str:
    return quote(text, safe="")


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _escaped(text: str) -> str:
    return json.dumps(text)[1:-1]


readable = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=12, max_size=40)
writings = st.sampled_from([_percent, _base64, _escaped])


def _units(text: bytes, places: list[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """The bytes of a decoded form by the place in the original that they come from."""
    units: dict[tuple[int, int], bytes] = {}
    for byte, place in zip(text, places, strict=True):
        units[place] = units.get(place, b"") + bytes([byte])
    return units


@settings(max_examples=150, deadline=None)
@hypothesis_given(readable.map(lambda text: f"张 {text}？~~~"), writings)
def test_each_decoded_byte_leads_to_its_place(text: str, write: Callable[[str], str]) -> None:
    """What stands at the places of a layer, read alone, is what was decoded from them; and they follow each other."""
    cell = write(text).encode()
    found = decode(cell)
    assert found is not None
    outer = Decoded(text.encode(), found.layers[:1])
    places = outer.places()
    assert [start for start, _ in places] == sorted(start for start, _ in places)
    assert all(0 <= start < end <= len(cell) for start, end in places)
    for (start, end), plain in _units(outer.text, places).items():
        part = cell[start:end].decode()
        read = {_percent: unquote_to_bytes, _escaped: lambda one: json.loads(f'"{one}"').encode()}.get(write, _quartet)
        assert read(part) == plain


def _quartet(part: str) -> bytes:
    return base64.b64decode(part)


@settings(max_examples=100, deadline=None)
@hypothesis_given(readable.map(lambda text: f"张 {text}？~~~"), writings, writings)
def test_two_layers_come_off_and_spans_lead_through_both(
    text: str, inner: Callable[[str], str], outer: Callable[[str], str]
) -> None:
    once = inner(text)
    cell = outer(once).encode()
    found = decode(cell)
    assert found is not None
    assert found.text in {text.encode(), once.encode(), (decode(text.encode()) or found).text}
    places = found.places()
    assert len(places) == len(found.text)
    assert [start for start, _ in places] == sorted(start for start, _ in places)
    first, last = found.span(0, len(found.text))
    assert 0 <= first < last <= len(cell)


@settings(max_examples=100, deadline=None)
@hypothesis_given(st.binary(max_size=60))
def test_whatever_is_decoded_is_text_and_no_longer(cell: bytes) -> None:
    found = decode(cell)
    if found is not None:
        assert len(found.text) <= len(cell)
        assert found.text.decode()
        assert len(found.places()) == len(found.text)


cells = st.one_of(st.none(), messy, messy.map(_percent), messy.map(_base64))
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
    people = resolve({kind: coded(values) for kind, values in keys.items()}, rows)
    everyone = np.ones(rows, np.bool_)
    assert people.lowest(everyone) == _least(keys, ("id:a", "id:b", "mobile", "email"))
    assert people.lowest(everyone) <= people.highest(everyone)
    named = np.array(keys["ric"]) >= 0
    for one, other in combinations(np.flatnonzero(named), 2):
        same = keys["ric"][one] == keys["ric"][other]
        assert (people.merged[one] == people.merged[other]) == same
        assert (people.apart[one] == people.apart[other]) == same
    pairs = list(zip(keys["id:a"], keys["id:b"], strict=True))
    leading = max(("id:a", "id:b"), key=lambda kind: (len(set(keys[kind]) - {-1}), kind == "id:a"))
    for one, other in combinations(np.flatnonzero(~named), 2):
        if pairs[one] == pairs[other] != (-1, -1):
            assert people.apart[one] == people.apart[other]
        if -1 < keys[leading][one] != keys[leading][other] > -1 and not named.any():
            assert people.apart[one] != people.apart[other]


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
    people = resolve_keyed({kind: coded(values) for kind, values in keys.items()}, len(rows))
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
