"""Labels of local recoding stand, in an attack, for just the values that they cover."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from kouan.risk.attacks.coverage import Coverage
from kouan.risk.attacks.labels import date_label, number_label, set_parts
from kouan.risk.attacks.space import make_space


@pytest.mark.parametrize(("label", "ends"), [("[30,36]", (30, 36)), ("[1.5,2]|∅", (1.5, 2)), ("7|∅", (7, 7))])
def test_ranges_of_numbers(label, ends):
    assert number_label(label) == ends


def test_ranges_of_dates():
    first, last = (float(dt.date(2020, 5, day).toordinal()) for day in (3, 9))
    assert date_label("[2020-05-03,2020-05-09]") == (first, last)
    assert date_label("[2020-05-03,2020-05-09]|∅") == (first, last)
    assert date_label("[2020-05-03,2020-15-09]") is None


def test_sets_of_values():
    found = Coverage(["red", "a,b", "b", "blue", "a,green"], {})
    assert list(found.of("{red,a,b,green}|∅")) == [1, 2, 3]
    assert set_parts("red") == ()


def test_an_attack_reads_sets_and_groups():
    raw = pa.table({"colour": ["red", "green", "blue"], "city": ["Paris", "Lyon", "Rome"]})
    treated = pa.table({"colour": ["{blue,red}", "green", "{blue,red}"], "city": ["France", "France", "Rome"]})
    above = {"city": {"Paris": ("France", "*"), "Lyon": ("France", "*"), "Rome": ("Italy", "*")}}
    space = make_space(raw, treated, parents=above)
    assert set(space.columns) == {"colour", "city"}
    assert not space.left_out
