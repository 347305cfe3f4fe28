"""What the terminal says of many tables: the riskiest few and one summary, or with `--all` each of them."""

from __future__ import annotations

import io
import re

import pyarrow as pa
import pytest
from rich.console import Console

from kouan.cli.show import show_risk
from kouan.model.declaration import ReleaseMode
from kouan.model.risk import RiskReport
from kouan.packs.thresholds import load_thresholds
from kouan.risk import measure
from tests.inventories import inventory, item
from tests.tables import MemorySource

SIZES = {"one": 30, "two": 40, "three": 1, "four": 2, "five": 60}
"""Rows that share each value of the quasi-identifier, by table."""


def report_of(names):
    sources = [
        MemorySource.of(
            name,
            {"t": pa.table({"q": [at // SIZES[name] for at in range(120)], "x": list(range(120)), "y": ["n"] * 120})},
        )
        for name in names
    ]
    known = inventory(
        *(item(f"{name}!t#q", role="quasi_identifier") for name in names),
        *(item(f"{name}!t#{column}") for name in names for column in "xy"),
    )
    view = measure(sources, known, ReleaseMode.ENCLAVE)
    return RiskReport(mode=ReleaseMode.ENCLAVE, thresholds=load_thresholds().edition, before=view, after=view), known


def printed(names, lang, *, whole):
    out = io.StringIO()
    show_risk(Console(file=out, width=400), *report_of(names), lang, whole=whole)
    return out.getvalue().splitlines()


@pytest.mark.parametrize(("lang", "stricter"), [("zh", "更严的看法"), ("en", "a stricter view")])
def test_the_riskiest_tables_are_listed_and_the_stricter_view_is_told_once(lang, stricter):
    lines = printed(SIZES, lang, whole=False)
    found = (re.match(r"(\w+)!t[:：]", line.strip()) for line in lines)
    assert [one[1] for one in found if one] == ["one", "three", "four"] * 2  # before and after
    assert sum("k=40" in line for line in lines) == 2  # of the two that are left out
    (told,) = [line for line in lines if stricter in line]
    assert "--all" in told
    assert "5" in told
    assert sum("“x”" in line for line in lines) == 5


@pytest.mark.parametrize(("lang", "stricter"), [("zh", "更严的看法"), ("en", "a stricter view")])
def test_all_lists_every_table_with_its_stricter_view(lang, stricter):
    lines = printed(SIZES, lang, whole=True)
    for name in SIZES:
        assert sum(line.strip().startswith(f"{name}!t") for line in lines) >= 2
    assert sum(stricter in line for line in lines) == 2 * len(SIZES)
    assert not any("k=40" in line and "--all" in line for line in lines)


def test_one_table_is_told_in_full():
    lines = printed(["two"], "en", whole=False)
    (told,) = [line for line in lines if "a stricter view" in line]
    assert "of 120 records, 120 are unique (100%)" in told
    assert "more tables" not in "".join(lines)
