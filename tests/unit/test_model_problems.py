"""What is wrong with a value is said in both languages, in words for people."""

from __future__ import annotations

import re

import pytest

from kouan.model.declaration import Declaration
from kouan.model.errors import KouanError
from kouan.model.plan import Plan
from kouan.model.strictyaml import load, parse
from tests.commands import DECLARATION

PLAN = "kind: plan\nversion: 1\nmode: public\nkey: k\nlines:\n  - {item: a, action: keep, why: {zh: 理, en: why}}\n"


def _refused(model, text):
    with pytest.raises(KouanError) as caught:
        parse(model, text, "x.yaml", "declaration")
    return caught.value


@pytest.mark.parametrize(
    ("model", "good", "old", "new", "says"),
    [
        (Declaration, DECLARATION, "ciio: false", "ciio: 1", "true or false"),
        (Declaration, DECLARATION, "ciio: false", "ciio: maybe", "true or false"),
        (Declaration, DECLARATION, "ordinary: 0", "ordinary: many", "a whole number"),
        (Declaration, DECLARATION, "ordinary: 0", "ordinary: -1", "at least 0"),
        (Declaration, DECLARATION, "2026-11-01", "yesterday", "YYYY-MM-DD"),
        (Declaration, DECLARATION, "2026-11-01", "[1]", "YYYY-MM-DD"),
        (Declaration, DECLARATION, "country: DE", "country: Germany", "^[A-Z]{2}$"),
        (Declaration, DECLARATION, "purpose: 人力资源管理", "purpose: ''", "not be empty"),
        (Declaration, DECLARATION, "purpose: 人力资源管理", "purpose: 12", "in quotes"),
        (Declaration, DECLARATION, "basis: [hr]", "basis: hr", "a list"),
        (Declaration, DECLARATION, "basis: [hr]", "basis: [hr, love]", "one of 'consent', "),
        (Declaration, DECLARATION, "role: recipient", "role: processor", "an exporter and a recipient"),
        (
            Declaration,
            DECLARATION,
            "  - {path: staff.csv, subjects: [employee]}",
            "  - staff.csv",
            "fields with values",
        ),
        (Declaration, DECLARATION, "  - {path: staff.csv, subjects: [employee]}", "  []", "at least 1"),
        (Plan, PLAN, "version: 1", "version: 2", "one of 1"),
        (Plan, PLAN, "action: keep", "action: keep, params: 3", "fields with values"),
    ],
)
def test_words(model, good, old, new, says):
    assert good.count(old) == 1
    error = _refused(model, good.replace(old, new))
    assert error.code == "K-MOD-005"
    assert says in error.what.en
    assert "Input should" not in error.what.en
    problem = error.what.zh.partition("：")[2]
    assert re.search(r"[\u4e00-\u9fff]", problem)
    assert " or " not in problem


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[" * 200_000, "nested too deeply"),
        ("- " * 200_000, "nested too deeply"),
        ("? " * 200_000, "plain words"),
        ("--- a\n--- b", "one document"),
        ("a: &x 1\nb: *x", "aliases"),
        ("a: &x [*x]", "aliases"),
        ("[a]: 1", "plain words"),
        ("a: 2026-02-30", "calendar"),
        ("\x00", "no YAML"),
    ],
)
def test_shapes_that_are_not_read(text, says):
    with pytest.raises(KouanError) as caught:
        load(text, "x.yaml")
    assert caught.value.code == "K-MOD-001"
    assert says in caught.value.what.en


def test_sixty_levels_are_read_and_long_numbers_stay_text():
    assert load("[" * 60 + "]" * 60, "x").value
    assert load("a: 999999999999999999", "x").value == {"a": 999_999_999_999_999_999}
    assert load("a: " + "9" * 19, "x").value == {"a": "9" * 19}
    assert load("a: " + "9" * 10_000, "x").value == {"a": "9" * 10_000}
