"""Runs the cases of tests/spec/profiles: what a treatment profile does to given columns, as a compliance officer reads it.

A case names columns and what they are; what an item of a sector's standard is comes from its schema.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from kouan.deidentify import check_plan, check_profile, make_plan, read_hierarchies
from kouan.model.declaration import ReleaseMode
from kouan.packs import find_profile, load_sectors, open_profiles
from kouan.recognize.lexicon import load_lexicon
from tests.declarations import decision, declaration
from tests.inventories import inventory, item

FOLDER = Path(__file__).parent / "profiles"
BOOKS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))}
CASES = [(name, case) for name, book in BOOKS.items() for case in book["cases"]]
CASE_KEYS = {"title", "mode", "sector", "table", "needed", "items"}
ITEM_KEYS = {"is", "of", "then", "rule", "personal", "empty"}
NO_RULE = "-"


@cache
def packs():
    return open_profiles(), load_sectors()


def _item(case: dict[str, Any], name: str, said: dict[str, Any]) -> Any:
    table, lexicon = case.get("table", "t"), load_lexicon().meanings
    meaning, element, sector, subject, role = said.get("is"), "", "", said.get("of"), None
    if "sector" in case:
        standard = next(one for one in packs()[1] if one.schema.id == case["sector"])
        found = standard.find(table, name)
        assert found is not None, name
        meaning, element, sector = found.meaning, found.element, standard.schema.id
        subject = subject or found.subject or standard.subject(table)
        role = found.role
    assert meaning is not None, name
    one = item(
        f"in!{table}#{name}",
        meaning=meaning,
        role=role or lexicon[meaning].role.value,
        personal=said.get("personal", True),
        subject=subject,
        cells=4,
        nulls=4 if said.get("empty") else 0,
    )
    return one.model_copy(update={"element": element, "sector": sector})


def _shown(line: Any) -> str:
    params = {name: value for name, value in line.params.items() if name != "kind"}
    words = ", ".join(f"{name} {value}" for name, value in params.items())
    return f"{line.action} ({words})" if words else str(line.action)


def _rule(line: Any, profile: str) -> str:
    start = f"profile {profile} ("
    return line.why.en.removeprefix(start).partition(")")[0] if line.why.en.startswith(start) else NO_RULE


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}: {case['title']}" for name, case in CASES])
def test_profile(name, case):
    assert set(case) <= CASE_KEYS
    profiles, sectors = packs()
    pack = find_profile(profiles, name, "case")
    mode = ReleaseMode(case.get("mode", "controlled"))
    check_profile(pack, sectors, mode)
    wanted = {column: {"then": said} if isinstance(said, str) else said for column, said in case["items"].items()}
    assert all(set(said) <= ITEM_KEYS for said in wanted.values())
    raw = inventory(*(_item(case, column, said) for column, said in wanted.items()))
    said = declaration({"in": case.get("needed")}, mode=mode)
    plan = make_plan(raw, decision(), said, sectors, profile=pack)
    hierarchies = read_hierarchies(plan, Path(), "plan", profile=pack).read
    check_plan(plan, raw, "plan", profile=pack, hierarchies=hierarchies)
    assert plan.profile == pack.ref
    found = {line.item.partition("#")[2]: line for line in plan.lines}
    shown = {column: _shown(found[column]) for column in wanted}
    assert shown == {column: said["then"] for column, said in wanted.items()}
    rules = {column: _rule(found[column], name) for column, said in wanted.items() if "rule" in said}
    assert rules == {column: said["rule"] for column, said in wanted.items() if "rule" in said}


def test_every_profile_has_cases_and_every_rule_is_in_one():
    profiles, _ = packs()
    assert set(BOOKS) == {one.ref.id for one in profiles}
    for pack in profiles:
        told = {
            said.get("rule")
            for case in BOOKS[pack.ref.id]["cases"]
            for said in case["items"].values()
            if isinstance(said, dict)
        }
        assert {rule.id for rule in pack.profile.rules} <= told, pack.ref.id
