"""Keyed pseudonyms against the standard library's HMAC and base32."""

from __future__ import annotations

import base64
import hmac
import re
import uuid
from decimal import Decimal

import pyarrow as pa
import pytest

from kouan.deidentify.pseudonym import Pseudonym
from kouan.deidentify.shift import Shift

KEY = bytes(range(32))


def expected(kind: str, value: str, key: bytes = KEY) -> str:
    digest = hmac.new(key, f"v1|{kind}|{value}".encode(), "sha256").digest()[:16]
    return "p" + base64.b32encode(digest).decode().rstrip("=").lower()


def test_values_agree_with_hmac_of_the_standard_library():
    values = ["1001", "工号七", "a" * 200]
    assert Pseudonym("person_id", KEY)(pa.array(values)).to_pylist() == [
        expected("person_id", value) for value in values
    ]


def test_null_and_blank_cells_become_null():
    found = Pseudonym("person_id", KEY)(pa.array(["7", None, "", "  ", "8", "7"])).to_pylist()
    assert found == [
        expected("person_id", "7"),
        None,
        None,
        None,
        expected("person_id", "8"),
        expected("person_id", "7"),
    ]


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (
            "cn.ric",
            [
                "11010519491231002X",
                "11010519491231002x",
                " 110105 19491231 002X",
                "１１０１０５１９４９１２３１００２Ｘ",
            ],
        ),
        ("cn.mobile", ["13800138000", "+86 138-0013-8000", "008613800138000", "8613800138000"]),
        ("email", ["Li.Lei@Example.com", "li.lei@example.com "]),
        ("cn.passport", ["e12345678", "E12345678"]),
        ("cn.plate", ["京A·12345", "京A 12345", "京a12345"]),
        ("person_id", ["A-1", "Ａ-1", "\ufeffA-1\u200b"]),
    ],
)
def test_spellings_of_one_value_get_one_pseudonym(kind, values):
    found = Pseudonym(kind, KEY)(pa.array(values)).to_pylist()
    assert set(found) == {found[0]}
    assert found[0] is not None


def test_internal_keys_keep_their_case_and_their_leading_zeros():
    found = Pseudonym("person_id", KEY)(pa.array(["a1", "A1", "01", "1"])).to_pylist()
    assert len(set(found)) == 4


@pytest.mark.parametrize(
    "column",
    [
        pa.array([1001, None]),
        pa.array([1001.0, None]),
        pa.array([Decimal("1001.00"), None]),
        pa.array(["1001", None]).dictionary_encode(),
        pa.array(["1001", None], pa.large_string()),
    ],
)
def test_one_person_keeps_one_pseudonym_whatever_the_columns_type(column):
    assert Pseudonym("person_id", KEY)(column).to_pylist() == [expected("person_id", "1001"), None]


def test_kind_and_key_separate():
    one = Pseudonym("person_id", KEY)(pa.array(["1"])).to_pylist()
    assert one != Pseudonym("order_id", KEY)(pa.array(["1"])).to_pylist()
    assert one != Pseudonym("person_id", KEY[::-1])(pa.array(["1"])).to_pylist()


def test_a_slice_of_a_column_is_treated_as_that_slice():
    column = pa.array(["0", "1", None, "3"])[1:3]
    assert Pseudonym("x", KEY)(column).to_pylist() == [expected("x", "1"), None]


@pytest.mark.parametrize("column", [pa.array([], pa.string()), pa.nulls(2, pa.string()), pa.nulls(2)])
def test_columns_without_values(column):
    found = Pseudonym("x", KEY)(column)
    assert found.type == pa.string()
    assert found.null_count == len(column)


UUIDS = ["123e4567-e89b-12d3-a456-426614174000", "123E4567-E89B-12D3-A456-426614174000"]


def formed(values, form, **more):
    return Pseudonym("patient_id", KEY, form, **more)(pa.array(values, pa.string())).to_pylist()


def test_uuids_are_valid_and_do_not_hang_on_the_case_of_letters():
    found = [uuid.UUID(one) for one in formed([*UUIDS, "7"], "uuid")]
    assert {(one.version, one.variant) for one in found} == {(8, uuid.RFC_4122)}
    assert found[0] == found[1] != found[2]


def test_references_keep_their_head_and_agree_with_the_ids_they_name():
    values = ["7", "Patient/7", f"urn:uuid:{UUIDS[0]}", UUIDS[1], "https://h.example/Patient/7/_history/1", None, " "]
    code, reference, urn, bare, absolute, *nothing = formed(values, "reference")
    assert code == formed(["7"], "code")[0]
    assert reference == f"Patient/{code}"
    assert urn == f"urn:uuid:{bare}"
    assert bare == formed(UUIDS[:1], "uuid")[0]
    assert absolute == f"https://h.example/Patient/{code}/_history/1"
    assert nothing == [None, None]


def test_object_identifiers_stay_object_identifiers():
    found = formed(["urn:oid:1.2.840.1"], "reference")[0]
    assert re.fullmatch(r"urn:oid:2\.25\.[1-9]\d{1,38}", found)


def test_lengths_are_limited_and_digits_are_digits():
    assert formed(["7"], "short")[0] == formed(["7"], "code")[0][:12]
    assert formed(["7"], "code", length=20)[0] == formed(["7"], "code")[0][:20]
    assert re.fullmatch(r"[1-9]\d{9}", formed(["7"], "digits", length=10)[0])
    assert len(set(formed([str(at) for at in range(500)], "digits"))) == 500


def test_no_kernel_shows_its_key():
    key = b"K" * 32
    for kernel in (Pseudonym("person_id", key), Shift(key)):
        assert "K" * 8 not in repr(kernel)
