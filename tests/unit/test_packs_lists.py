"""Negative lists in packs: sizes and numbers as printed, what does not fit is refused, nothing falls between entries."""

from __future__ import annotations

import shutil
from collections import Counter as Tally
from typing import TYPE_CHECKING

import pytest

from kouan.model.decision import Pathway
from kouan.model.errors import KouanError
from kouan.model.neglist import Completeness, Counter
from kouan.model.provision import Rule
from kouan.packs import builtin_root, load_packs
from kouan.recognize.lexicon import load_lexicon

if TYPE_CHECKING:
    from pathlib import Path

    from kouan.model.neglist import NegativeList
    from kouan.packs import PackSet

ORD, SEN = Counter.ORDINARY, Counter.SENSITIVE
# Printed numbers: sector -> counter -> (contract or certification from, assessment from); None: no raised number.
NAMED = {
    "shanghai-2024": {
        "reinsurance": {ORD: (1_000_000, 10_000_000), SEN: (10_000, 1_000_000)},
        "international_shipping": {ORD: (150_000, None), SEN: (10_000, 150_000)},
        "commerce": {ORD: (1_000_000, 10_000_000), SEN: (100_000, 1_000_000)},
    },
    "zhejiang-2024": {
        "b2b_ecommerce": {ORD: (1_000_000, 5_000_000), SEN: (500_000, 2_000_000)},
        "clearing_settlement": {ORD: (500_000, 2_000_000), SEN: (500_000, 1_000_000)},
    },
}
SIZES = {  # printed entries, those on important data, residual ones, printed fields over sets and over scenarios
    "shanghai-2024": (27, 10, 6, 51, 61),
    "zhejiang-2024": (14, 2, 4, 134, 134),
}


@pytest.fixture(scope="module")
def packs() -> PackSet:
    return load_packs()


def _bands(one: NegativeList, sector: str, *, table: int | None, residual: bool) -> dict[Counter, tuple[object, ...]]:
    return {
        band.counter: (band.at_least, band.below)
        for entry in one.entries
        if entry.sector == sector and entry.table == table and entry.residual is residual
        for band in entry.bands
    }


@pytest.mark.parametrize("name", sorted(SIZES))
def test_complete_lists_have_the_printed_size(packs: PackSet, name: str) -> None:
    one = packs.editions[name]
    printed = [entry for entry in one.entries if entry.number is not None]
    fields = [(len(each.fields), len(each.scenarios)) for each in one.field_sets]
    size = (
        len(printed),
        sum(entry.important for entry in printed),
        sum(entry.residual for entry in printed),
        sum(count for count, _ in fields),
        sum(count * scenarios for count, scenarios in fields),
    )
    assert size == SIZES[name]
    assert one.completeness is Completeness.FULL


@pytest.mark.parametrize(("name", "sector"), [(name, sector) for name, sectors in NAMED.items() for sector in sectors])
def test_named_fields_have_the_printed_numbers(packs: PackSet, name: str, sector: str) -> None:
    one = packs.editions[name]
    assessed = _bands(one, sector, table=1, residual=False)
    contract = _bands(one, sector, table=2, residual=False)
    free = _bands(one, sector, table=None, residual=False)
    for counter, (lower, upper) in NAMED[name][sector].items():
        assert assessed.get(counter) == ((upper, None) if upper else None)
        assert contract[counter] == (lower, upper or 1_000_000)
        assert free[counter] == (None, lower)


@pytest.mark.parametrize("name", ["shanghai-2024", "zhejiang-2024", "tianjin-2024"])
def test_residual_entries_have_the_national_numbers(packs: PackSet, name: str) -> None:
    one = packs.editions[name]
    for sector in one.sectors:
        assert _bands(one, sector.id, table=1, residual=True) == {ORD: (1_000_000, None), SEN: (10_000, None)}
        assert _bands(one, sector.id, table=2, residual=True) == {ORD: (100_000, 1_000_000), SEN: (None, 10_000)}
        assert _bands(one, sector.id, table=None, residual=True) == {ORD: (None, 100_000)}


def test_fields_refer_to_meanings_that_recognition_has(packs: PackSet) -> None:
    meanings = set(load_lexicon().meanings)
    used = {meaning for one in packs.editions.values() for each in one.field_sets for field in each.fields
            for meaning in field.meanings}  # fmt: skip
    assert used <= meanings


def test_only_what_was_read_whole_is_called_complete(packs: PackSet) -> None:
    full = {name for name, one in packs.editions.items() if one.completeness is Completeness.FULL}
    assert full == {"shanghai-2024", "zhejiang-2024"}
    unread = {name for name, one in packs.editions.items() if any(sector.mechanism for sector in one.sectors)}
    assert unread == set(packs.editions) - full - {"tianjin-2024"}
    assert all(packs.sources[f"{name}-open-exempt"].confidence == "L" for name in unread)


def test_every_list_rule_lets_the_national_exemptions_go_first(packs: PackSet) -> None:
    of_lists = [rule for rule in packs.rules if isinstance(rule, Rule) and rule.id in packs.lists]
    rules = [rule for rule in of_lists if Pathway.PROHIBITED not in rule.pathways]
    assert len(rules) > 80
    assert all(rule.yields_to[0].to == "o16-3-to-6" for rule in rules)
    assert all(("list-free" in rule.groups) is bool(rule.gives) and "list-governed" in rule.groups for rule in rules)
    uncounted = [rule.id for rule in rules if not rule.counts]
    assert all(name.endswith("-off-list") for name in uncounted)


def test_stable_ids_begin_with_the_list_and_stand_once(packs: PackSet) -> None:
    assert all(provision.startswith(f"{name}-") for provision, name in packs.lists.items())
    rules = Tally(rule.id for rule in packs.rules)
    assert max(rules.values()) == 1
    assert packs.sources["shanghai-2024-re-5"].article == "entry 5"
    assert packs.sources["shanghai-2024-re-5"].instrument == "SH-LIST"


EDITS = {
    "another id": ("id: shanghai-2024", "id: shanghai-2023", "K-PCK-040", 4),
    "unknown sector": ("sector: commerce, label", "sector: comerce, label", "K-PCK-041", 31),
    "unknown scenario": ("scenarios: [crew_management]", "scenarios: [crew_managment]", "K-PCK-041", 56),
    "scenario of another sector": ("scenarios: [crew_management]", "scenarios: [membership]", "K-PCK-041", 56),
    "unknown field set": ("fields: [re-ordinary]", "fields: [re-ordinari]", "K-PCK-041", None),
    "entry twice": ("- id: re-6\n", "- id: re-5\n", "K-PCK-042", None),
    "unknown successor": ("superseded_by: shanghai-2025", "superseded_by: shanghai-2052", "K-PCK-043", 9),
    "no residual and nobody asked": ("- id: co-3\n    number: 3\n    table: 1\n    sector: commerce\n    residual: true",
                                     "- id: co-3\n    number: 3\n    table: 1\n    sector: reinsurance\n    residual: true",
                                     "K-PCK-044", 24),
    "residual and a person asked": ("- {id: commerce, label", "- {id: commerce, mechanism: true, label", "K-PCK-044", 24),
    "misspelt key": ("completeness: full", "completness: full", "K-MOD-003", None),
    "band without a number": ("bands: [{counter: ordinary, at_least: 10000000}]", "bands: [{counter: ordinary}]", "K-MOD", None),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(EDITS))
def test_a_list_that_does_not_fit_is_refused_with_its_line(tmp_path: Path, case: str) -> None:
    old, new, code, line = EDITS[case]
    folder = tmp_path / "cn"
    shutil.copytree(builtin_root(), folder)
    path = folder / "lists" / "shanghai-2024" / "list.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KouanError) as caught:
        load_packs(folder)
    assert caught.value.code.startswith(code)
    assert "lists/shanghai-2024/list.yaml:" in caught.value.where
    if line is not None:
        assert caught.value.where.endswith(f":{line}")


def test_packs_with_lists_survive_a_copy(tmp_path: Path, packs: PackSet) -> None:
    written = packs.copy_to(tmp_path)
    assert tmp_path / "cn.lists.zhejiang-2024" / "list.yaml" in written
    again = load_packs(tmp_path)
    assert again.refs == packs.refs
    assert again.lists == packs.lists
    assert again.editions == packs.editions
