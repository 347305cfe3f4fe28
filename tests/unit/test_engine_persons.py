"""One spelling and one hash for a person's values, whoever asks: recognition, counting or pseudonyms."""

from __future__ import annotations

import hmac
import sys
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kouan.engine.persons import by_kind, normalise, person_hashes, spell
from kouan.recognize.cells import normal

KEY = bytes(range(32))


def _spelt(value):
    return spell(pa.array([value])).to_pylist()[0]


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("　１３８００１３８０００ ", "13800138000"),
        ("\ufeffA\u2011１\u200b", "A-1"),
        ("A−1–2—3", "A-1-2-3"),
        ("soft\u00adhyphen", "softhyphen"),
        ("Jose\u0301", "José"),
        ("王 伟", "王 伟"),
        ("aB1", "aB1"),
    ],
)
def test_spelling(written, spelt):
    assert _spelt(written) == spelt


@pytest.mark.parametrize(
    ("kind", "written", "one"),
    [
        ("cn.ric", "110105 1949-1231 002x", "11010519491231002X"),
        ("cn.mobile", "+86 138-0013-8000", "13800138000"),
        ("cn.mobile", "0086 13800138000", "13800138000"),
        ("cn.mobile", "8613800138", "8613800138"),
        ("cn.bankcard", "6222 0000 1111 2222", "6222000011112222"),
        ("cn.passport", "e1234 5678", "E12345678"),
        ("email", "Li.Lei@Example.COM ", "li.lei@example.com"),
        ("person_id", " a-1 ", "a-1"),
    ],
)
def test_spelling_by_kind(kind, written, one):
    assert normalise(kind, pa.array([written, None])).to_pylist() == [one, None]
    assert by_kind(kind, spell(pa.array([written]))).to_pylist() == [one]


def test_spelling_of_ascii_is_trimming_and_of_parts_that_of_each_value():
    signs = [f"{chr(code)}a{chr(code)}" for code in range(128)]
    alone = [value.strip(" \t\n\v\f\r\x1c\x1d\x1e\x1f") for value in signs]
    assert spell(pa.array(signs)).to_pylist() == alone
    assert spell(pa.array([*signs, "\uff21"])).to_pylist() == [*alone, "A"]
    assert spell(pa.array(["\uff21", " a", None, "\uff21"]).slice(1, 2)).to_pylist() == ["a", None]
    assert spell(pa.chunked_array([[" a"], ["\uff21 "]])).to_pylist() == ["a", "A"]
    assert spell(pa.array([None, None], pa.string())).to_pylist() == [None, None]


@pytest.mark.parametrize(
    ("kind", "written", "spelt"),
    [
        ("cn.passport", ["E1", "e2", None, "E-3"], ["E1", "E2", None, "E3"]),
        ("cn.passport", ["E1", "é2"], ["E1", "É2"]),
        ("email", ["a@b", "A@b"], ["a@b", "a@b"]),
        ("email", ["É@b"], ["é@b"]),
    ],
)
@pytest.mark.parametrize("type_", [pa.string(), pa.large_string()])
def test_what_stands_beside_a_part_of_an_array_does_not_count(kind, written, spelt, type_):
    array = pa.array(["x (-é", *written, "Y-Y"], type_).slice(1, len(written))
    assert by_kind(kind, array).to_pylist() == spelt
    chunked = pa.chunked_array([array, array.slice(0, 0), array])
    assert by_kind(kind, chunked).to_pylist() == [*spelt, *spelt]
    for value, one in zip(written, spelt, strict=True):
        assert by_kind(kind, pa.array([value], type_)).to_pylist() == [one]
    assert by_kind(kind, pa.array([], type_)).to_pylist() == []


def test_cells_left_out_of_recognitions_work_are_those_that_spelling_cannot_change():
    """Every character there is, alone and after a letter."""
    letters = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in {"Cn", "Cs"}]
    text = pa.array([char.strip() for char in letters] + [f"a{char}".strip() for char in letters])
    assert normal(text)[0].equals(spell(text))


@settings(max_examples=60)
@given(st.lists(st.text(max_size=12), max_size=6))
def test_spelling_twice_changes_nothing_more_for_recognition_and_pseudonyms(values):
    text = pa.array([value.strip() for value in values], pa.string())
    assert normal(text)[0].equals(spell(text))


@settings(max_examples=60)
@given(st.binary(min_size=1, max_size=100), st.lists(st.binary(max_size=80), max_size=5))
def test_hashes_agree_with_the_standard_library(key, values):
    expected = [hmac.digest(key, b"v1|email|" + value, "sha256")[:16] for value in values]
    assert person_hashes(key, "email", values) == b"".join(expected)


def test_hash_is_of_key_and_kind():
    one = person_hashes(KEY, "email", [b"a"])
    assert len(one) == 16
    assert one != person_hashes(KEY[::-1], "email", [b"a"])
    assert one != person_hashes(KEY, "name", [b"a"])
