"""Purposes load, speak of meanings that exist in both languages, and every slip is refused with its line."""

from __future__ import annotations

import pytest

from kouan.clearance.declare import declarable
from kouan.model.errors import KouanError
from kouan.model.purpose import JUDGEMENT, Need
from kouan.packs import builtin_root, find_purpose, load_packs, load_purposes, load_sectors, read_purpose
from kouan.recognize.lexicon import load_lexicon

PACKS = load_purposes()
EXPECTED = {
    "academic_cooperation", "ai_training", "autonomous_driving", "booking", "clinical_trial", "commercial_space",
    "credit_query", "cross_border_clearing", "cross_border_shopping", "examinations", "hr_management", "manufacturing",
    "payment", "pharmacovigilance", "real_world_study", "remote_consultation", "research_and_development",
    "retail_analytics", "retail_membership", "shipping_and_trade", "social_media", "vehicle_after_sales",
}  # fmt: skip
TEXT = """\
id: some_purpose
version: 1.0.0
label: {zh: 某目的, en: some purpose}
instruments:
  o16: {zh: 某文件, en: some text}
persons: [employee, child]
questions:
  export: {ask: {zh: 问, en: ask}, source: {instrument: o16, confidence: H}}
  persons: {ask: {zh: 问, en: ask}, source: {instrument: o16, confidence: H}}
  items: {ask: {zh: 问, en: ask}, source: {instrument: o16, confidence: H}}
items:
"""


def entry(meaning="name", *, need="needed", more="", source="judgement, confidence: L"):
    return f"  - {{meaning: [{meaning}], need: {need}, reason: {{zh: 因, en: why}}, source: {{instrument: {source}}}{more}}}\n"


def load(tmp_path, *entries, text=TEXT, name="some_purpose"):
    (tmp_path / f"{name}.yaml").write_text(text + "".join(entries), "utf-8")
    return load_purposes(tmp_path)


def refused(tmp_path, *entries, **changes):
    with pytest.raises(KouanError) as caught:
        load(tmp_path, *entries, **changes)
    return caught.value.code, caught.value.where


def test_every_purpose_that_is_promised_is_there():
    assert {pack.purpose.id for pack in PACKS} == EXPECTED


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.purpose.id)
def test_a_purpose_speaks_of_what_exists(pack):
    purpose = pack.purpose
    meanings = load_lexicon().meanings
    sectors = {one.schema.id for one in load_sectors()}
    facts = declarable(load_packs(builtin_root()))
    assert [name for item in purpose.items for name in item.meaning if name not in meanings] == []
    assert [name for item in purpose.items for name in item.sectors if name not in sectors] == []
    assert [name for name in purpose.questions.export.facts if name not in facts] == []


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.purpose.id)
def test_a_purpose_speaks_both_languages_and_says_where_it_stands(pack):
    purpose = pack.purpose
    parts = (purpose.questions.export, purpose.questions.persons, purpose.questions.items)
    texts = [purpose.label, *(part.ask for part in parts), *(item.reason for item in purpose.items)]
    texts += [item.condition for item in purpose.items if item.condition]
    for text in texts:
        assert any("\u4e00" <= char <= "\u9fff" for char in text.zh)
        assert text.en
        assert not any("\u4e00" <= char <= "\u9fff" for char in text.en)
    cited = {part.source.instrument for part in parts} | {item.source.instrument for item in purpose.items}
    assert cited - {JUDGEMENT} == set(purpose.instruments)
    assert [item for item in purpose.items if item.source.confidence == "H" and not item.source.place] == []


def test_the_list_of_shanghai_names_what_membership_takes_and_sets_a_condition_for_the_address():
    purpose = find_purpose(PACKS, "retail_membership").purpose
    by = {meaning: item for item in purpose.items for meaning in item.meaning}
    assert (by["name"].need, by["name"].source.instrument, by["name"].source.confidence) == (
        Need.NEEDED,
        "sh-2024",
        "H",
    )
    assert (by["address"].need, by["address"].source.confidence) == (Need.NEEDED_IF, "H")


def test_papers_of_applicants_are_needed_only_where_the_foreign_party_takes_part_in_hiring():
    purpose = find_purpose(PACKS, "hr_management").purpose
    (item,) = [one for one in purpose.items if one.subjects == ("candidate",)]
    assert (item.need, item.source.instrument, item.source.confidence) == (Need.NEEDED_IF, "qa5", "M")


def test_a_scenario_is_found_under_each_of_its_names_and_an_unknown_one_not():
    assert find_purpose(PACKS, "multi_centre_trial").purpose.id == "clinical_trial"
    assert find_purpose(PACKS, "something_else") is None


def test_a_purpose_is_named_by_its_digest_and_read_back_from_its_bytes(tmp_path):
    (one,) = load(tmp_path, entry())
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "purpose.yaml").write_bytes(one.data)
    assert read_purpose(tmp_path / "copy" / "purpose.yaml").ref == one.ref
    (other,) = load(tmp_path, entry("email"))
    assert other.ref.sha256 != one.ref.sha256


@pytest.mark.parametrize(
    ("entries", "code", "line"),
    [
        ([entry(source="o17, confidence: H")], "K-PCK-082", 12),
        ([entry(), entry("email"), entry()], "K-PCK-083", 14),
        ([entry(), entry(more=", subjects: [child]")], "K-PCK-083", 13),
        ([entry(), entry(more=", sectors: [x]")], "K-PCK-083", 13),
        ([entry(source="judgement, confidence: H")], "K-MOD-005", 12),
        ([entry(need="needed_if")], "K-MOD-005", 12),
        ([entry(more=", condition: {zh: 若, en: if}")], "K-MOD-005", 12),
        ([entry(need="maybe")], "K-MOD-005", 12),
        ([entry(more=", because: x")], "K-MOD-003", 12),
    ],
)
def test_a_slip_is_refused_with_its_line(tmp_path, entries, code, line):
    found, where = refused(tmp_path, *entries)
    assert (found, where) == (code, f"some_purpose.yaml:{line}")


def test_a_narrow_statement_may_stand_before_a_wide_one(tmp_path):
    load(tmp_path, entry(more=", subjects: [child]"), entry(more=", sectors: [x]"), entry())


def test_two_purposes_cannot_stand_for_one_scenario_and_a_file_is_named_by_its_id(tmp_path):
    assert refused(tmp_path, entry(), name="other")[0] == "K-PCK-081"
    (tmp_path / "other.yaml").unlink()
    load(tmp_path, entry())
    second = TEXT.replace("some_purpose", "zz").replace("version", "also: [some_purpose]\nversion")
    assert refused(tmp_path, entry(), text=second, name="zz") == ("K-PCK-080", "zz.yaml")
