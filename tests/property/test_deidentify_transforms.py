"""What holds for every value, not only for those in the tables."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import uuid

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.deidentify.dates import DatePart
from kouan.deidentify.mask import Mask
from kouan.deidentify.numbers import AgeBand, Bins
from kouan.deidentify.places import Place
from kouan.deidentify.pseudonym import Pseudonym, _uuids
from kouan.deidentify.references import split_reference

KEY = bytes(range(32))
FEW = settings(max_examples=50, deadline=None)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
CELLS = st.lists(st.none() | TEXT, max_size=30)


@FEW
@given(st.lists(st.none() | st.text("0123456789ABCxyz", min_size=1, max_size=40), max_size=40))
def test_pseudonyms_are_the_scalar_hmac(values):
    def scalar(value):
        digest = hmac.new(KEY, b"v1|person_id|" + value.encode(), "sha256").digest()[:16]
        return "p" + base64.b32encode(digest).decode()[:26].lower()

    found = Pseudonym("person_id", KEY)(pa.array(values, pa.string())).to_pylist()
    assert found == [None if value is None else scalar(value) for value in values]


@FEW
@given(CELLS, st.integers(0, 8), st.integers(0, 8))
def test_masks_hide_at_least_a_third_and_keep_only_the_ends(values, start, end):
    found = Mask(start, end)(pa.array(values, pa.string())).to_pylist()
    for value, masked in zip(values, found, strict=True):
        if value is None:
            assert masked is None
            continue
        assert len(masked) == len(value)
        hidden = len(value) - start - end
        if 3 * hidden >= len(value):
            assert masked == value[:start] + "*" * hidden + value[len(value) - end :]
        else:
            assert masked == "*" * len(value)


@FEW
@given(st.lists(st.dates(dt.date(1800, 1, 1), dt.date(2199, 12, 31)), min_size=1, max_size=20))
def test_dates_and_their_wordings_agree(days):
    for to in ("month", "quarter", "year", "five_years"):
        typed = DatePart(to)(pa.array(days, pa.date32())).to_pylist()
        for form in ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%Y年%m月%d日"):
            assert DatePart(to)(pa.array([day.strftime(form) for day in days])).to_pylist() == typed


@FEW
@given(st.lists(st.integers(-(10**9), 10**9), max_size=30), st.integers(1, 10**6))
def test_every_number_lies_in_its_bin(numbers, width):
    for number, label in zip(numbers, Bins(width)(pa.array(numbers, pa.int64())).to_pylist(), strict=True):
        low, high = (int(end) for end in label[1:-1].split(","))
        assert low <= number < high == low + width
        assert low % width == 0


@FEW
@given(CELLS)
def test_hostile_text_never_breaks_a_transform_and_null_stays_null(values):
    column = pa.array(values, pa.string())
    kernels = [
        Pseudonym("cn.mobile", KEY),
        Pseudonym("email", KEY),
        Mask(1, 1),
        DatePart("month"),
        Bins(5),
        AgeBand(5, 80),
        Place("city"),
        Place("id_province"),
    ]
    for kernel in kernels:
        found = kernel(column)
        assert found.type == pa.string()
        assert len(found) == len(values)
        assert all(after is None for before, after in zip(values, found.to_pylist(), strict=True) if before is None)


@FEW
@given(CELLS)
def test_coarser_values_never_repeat_the_text_they_came_from(values):
    column = pa.array(values, pa.string())
    for kernel in (DatePart("five_years"), Bins(7), Place("province")):
        for before, after in zip(values, kernel(column).to_pylist(), strict=True):
            assert after is None or before is None or after != before


@FEW
@given(st.lists(st.none() | st.text("0123456789ABCxyz", min_size=1, max_size=40), max_size=40))
def test_pseudonyms_with_sm3_are_its_scalar_hmac(values):
    def scalar(value):
        inner, outer = (bytes(byte ^ pad for byte in KEY.ljust(64, b"\0")) for pad in (0x36, 0x5C))
        first = hashlib.new("sm3", inner + b"v1|person_id|" + value.encode()).digest()
        return "p" + base64.b32encode(hashlib.new("sm3", outer + first).digest()[:16]).decode()[:26].lower()

    found = Pseudonym("person_id", KEY, algorithm="hmac-sm3")(pa.array(values, pa.string())).to_pylist()
    assert found == [None if value is None else scalar(value) for value in values]


def test_sm3_is_the_published_one():
    """The first example of GB/T 32905-2016."""
    published = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert hashlib.new("sm3", b"abc").hexdigest() == published


@FEW
@given(st.lists(st.binary(min_size=16, max_size=16), max_size=20))
def test_uuids_are_those_of_the_standard_library(digests):
    def scalar(digest):
        raw = bytearray(digest)
        raw[6], raw[8] = raw[6] & 0x0F | 0x80, raw[8] & 0x3F | 0x80
        return str(uuid.UUID(bytes=bytes(raw)))

    assert _uuids(b"".join(digests)).to_pylist() == [scalar(one) for one in digests]


REFERENCES = st.builds(
    "{}{}/{}".format,
    st.sampled_from(["", "https://a.example/fhir/", "http://b/Patient/"]),
    st.sampled_from(["Patient", "ResearchSubject"]),
    st.text("0123456789abcXYZ-.", min_size=1, max_size=10),
)


@FEW
@given(st.lists(st.none() | REFERENCES, max_size=10))
def test_plain_references_are_split_as_among_others(values):
    alone = split_reference(pa.array(values, pa.string()))
    among = split_reference(pa.array([*values, "STUDY/001 x", "Patient/1/_history/2"], pa.string()))
    for one, other in zip(alone, among, strict=True):
        assert [found or None for found in one.to_pylist()] == [found or None for found in other.to_pylist()[:-2]]
