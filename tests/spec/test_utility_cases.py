"""The tables of a trial in `utility/*.yaml`, as a statistician reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from kouan.packs import load_sectors
from kouan.risk.sector import agrees_with, compare_sectors
from tests.trials import trial

FOLDER = Path(__file__).parent / "utility"
CASES = [case for path in sorted(FOLDER.glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]
SECTORS = load_sectors()
PERSONS = [f"{arm}{at:02}" for arm in "AB" for at in range(1, 13)]
DATES = ("RFSTDTC", "AESTDTC")


def laid(case: dict[str, Any]) -> dict[str, dict[str, list[Any]]]:
    """Return subjects and events of a case; every column has its rows for whole arms, in one order."""
    arms = [arm for arm, _ in next(iter(case.values()))]
    who = [person for arm in arms for person in PERSONS if person.startswith(arm)]
    columns = {name: [word for _, word in rows for _ in range(12)] for name, rows in case.items()}
    subjects = {"USUBJID": PERSONS, "ARM": [one[0] for one in PERSONS], "RFSTDTC": ["2024-03-01"] * len(PERSONS)}
    return {"dm": subjects, "ae": {"USUBJID": who, **columns}}


def moved(date: str, days: int) -> str:
    return str(np.datetime64(date, "D") + days)


def treated(raw: dict[str, Any], how: dict[str, Any]) -> tuple[dict[str, Any], dict[tuple[str, str], Any]]:
    """Return the treated tables and which rows of the raw ones they are."""
    tables = laid(raw | {name: rows for name, rows in how.items() if name.isupper()})
    kept = {}
    for name, table in tables.items():
        keep = np.array([person not in how.get("held", ()) for person in table["USUBJID"]])
        if how.get("held"):
            kept[f"{name}.xpt", name] = keep
        for column, cells in list(table.items()):
            left = [cell for cell, stays in zip(cells, keep, strict=True) if stays]
            if column in DATES and "shift" in how and column not in how.get("not", ()):
                left = [moved(date, how["shift"]) for date in left]
            if column == "USUBJID" and how.get("rename") in {"all", name}:
                left = [f"P-{person[::-1]}" for person in left]
            table[column] = left
        for column in how.get("drop", ()):
            table.pop(column, None)
    return tables, kept


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_table_comes_out_as_expected(case):
    raw = trial(**laid(case["raw"]))
    tables, kept = treated(case["raw"], case["treated"])
    results = compare_sectors(raw, trial(**tables), SECTORS, kept=kept)
    found = {one.check: one for one in results}
    for check, expected in case["expect"].items():
        one = found[check]
        for name in expected.keys() - {"cells"}:
            assert getattr(one, name) == expected[name], (check, name)
        cells = {" | ".join(cell.key): [cell.before, cell.after] for cell in one.cells}
        assert {key: cells.get(key) for key in expected.get("cells", {})} == expected.get("cells", {})
    assert agrees_with(results, trial(**tables), SECTORS)
