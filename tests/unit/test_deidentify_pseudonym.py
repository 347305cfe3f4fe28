"""Keyed pseudonyms against the standard library's HMAC and base32."""

from __future__ import annotations

import base64
import hmac
from decimal import Decimal

import pyarrow as pa
import pytest

from kouan.deidentify.pseudonym import Pseudonym

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
