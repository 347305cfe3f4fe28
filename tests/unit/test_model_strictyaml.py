"""Strict YAML: what plain YAML would get wrong in silence, and the line of every problem."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from kouan.model.declaration import Declaration
from kouan.model.errors import KouanError
from kouan.model.strictyaml import TooManyError, load, parse

GOOD = """\
transfer: {name: 测试, scenario: hr_management, standing: true, mode: controlled}
parties:
  - {role: exporter, name: 某某, ciio: false}
  - {role: recipient, name: X, country: NO}
purpose: 人事管理
basis: [hr]
sources:
  - {path: a.xlsx, subjects: [employee]}
year_to_date: {ordinary: 1200, sensitive: 300, as_of: 2026-11-01}
facts: {hr.collective_contract: unknown}
"""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("NO", "NO"),
        ("yes", "yes"),
        ("on", "on"),
        ("true", True),
        ("unknown", None),
        ("未知", None),
        ("0123", "0123"),
        ("1_000", 1000),
        ("0.05", Decimal("0.05")),
        ("1e3", "1e3"),
        ("2026-11-01", dt.date(2026, 11, 1)),
        ("'unknown'", "unknown"),
        ("'12'", "12"),
    ],
)
def test_scalars(text, value):
    assert load(f"a: {text}", "t").value == {"a": value}


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("ciio: false", "cio: false", "K-MOD-003", 3),
        (", as_of: 2026-11-01", "", "K-MOD-004", 9),
        ("300", "-3", "K-MOD-005", 9),
        ("standing: true", "standing: yes", "K-MOD-005", 1),
        ("purpose: 人事管理", "purpose: a\npurpose: b", "K-MOD-002", 6),
        ("2026-11-01", "2026-13-01", "K-MOD-001", 9),
        ("role: recipient", "role: recipent", "K-MOD-005", 4),
        ("role: recipient", "role: processor", "K-MOD-005", 1),
        ("[hr]", "[hr", "K-MOD-001", 7),
        ("[hr]", "&a [hr, *a]", "K-MOD-001", None),
        ("purpose: 人事管理", "<<: {a: 1}", "K-MOD-001", 5),
    ],
)
def test_problem_names_its_line(old, new, code, line):
    with pytest.raises(KouanError) as caught:
        parse(Declaration, GOOD.replace(old, new), "t.yaml", "declaration")
    assert caught.value.code == code
    if line is not None:
        assert caught.value.where == f"t.yaml:{line}"


def test_unknown_field_gets_a_guess():
    with pytest.raises(KouanError) as caught:
        parse(Declaration, GOOD.replace("subjects:", "subject:"), "t.yaml", "declaration")
    assert "subjects?" in caught.value.what.en


def test_deep_nesting_and_recursion_are_refused():
    with pytest.raises(KouanError):
        load("[" * 500 + "]" * 500, "t")
    with pytest.raises(KouanError):
        load("a: &a [*a]", "t")


def test_billion_laughs_is_refused():
    text = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )
    with pytest.raises(KouanError):
        load(text, "t")


def test_empty_document():
    assert load("", "t").value is None
    with pytest.raises(KouanError):
        parse(Declaration, "", "t.yaml", "declaration")


@pytest.mark.parametrize("text", ["[1, 2, 3]", "{a: 1, b: 2, c: 3}", "[[[1]]]"])
def test_reading_stops_after_as_many_values_as_are_taken(text):
    """The outermost list or mapping is a value, too."""
    assert load(text, "t", most=4).value is not None
    with pytest.raises(TooManyError):
        load(text, "t", most=3)
