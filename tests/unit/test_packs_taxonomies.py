"""Taxonomies of standards: what they hold on a day, and where recognition reads them otherwise today."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pydantic import ValidationError

from kouan.model import strictyaml
from kouan.model.errors import KouanError
from kouan.model.taxonomy import Grade, Grading, Level, Taxonomy
from kouan.packs import taxonomies
from kouan.packs.taxonomies import (
    load_candidate_rules,
    load_gradings,
    load_health_levels,
    load_law_rulings,
    load_taxonomies,
    taxonomy_on,
)
from kouan.recognize.lexicon import load_lexicon

STANDARDS = Path(taxonomies.__file__).parent / "standards"
BEFORE, SINCE = dt.date(2025, 10, 31), dt.date(2025, 11, 1)
WORDS = {True: Grade.YES, False: Grade.NO, None: Grade.JUDGE}

# meaning -> (recognition, taxonomy): recognition leaves meanings without content to a person, and calls what table A.1
# does not list not sensitive where the taxonomy leaves it to clause 4.1.
WITHOUT_CONTENT = dict.fromkeys(
    ("free_text", "score", "source_code", "trade_secret", "unknown"), (Grade.JUDGE, Grade.NO)
)
NUMBERS_OF_DOCUMENTS = (
    *("cn.ric", "cn.ric15", "cn.hmt_res", "cn.pr", "cn.pr15", "hkid", "moid", "twid"),
    *("cn.passport", "cn.hkmo_permit", "cn.tw_permit"),
    *("driver_licence", "cn.driving_file", "social_security", "cn.ssn"),
)
TRADE = ("event_date", "order_id", "product", "quantity", "amount", "price", "store", "channel")
DIFFERENCES = {
    SINCE: {
        **WITHOUT_CONTENT,
        **dict.fromkeys((*NUMBERS_OF_DOCUMENTS, *TRADE, "marital_status"), (Grade.NO, Grade.JUDGE)),
    },
    # Before GB/T 45574 recognition follows PIPL Art 28 for identities; table B.1 does not list them.
    BEFORE: {
        **WITHOUT_CONTENT,
        **dict.fromkeys(("disability", "disability_id"), (Grade.YES, Grade.NO)),
        "political_status": (Grade.JUDGE, Grade.NO),
    },
}


@pytest.mark.parametrize("day", [BEFORE, SINCE])
def test_recognition_grades_as_the_taxonomy_in_force_but_for_these(day: dt.date) -> None:
    lexicon, taxonomy = load_lexicon(), taxonomy_on(day)
    graded = {name: (WORDS[lexicon.sensitivity(name, day).value], taxonomy.grade(name)) for name in lexicon.meanings}
    assert {name: pair for name, pair in graded.items() if pair[0] is not pair[1]} == DIFFERENCES[day]


def test_every_meaning_named_is_one_that_recognition_knows() -> None:
    named = {name for one in load_taxonomies() for item in one.items for name in (*item.meanings, *item.partly)}
    assert named <= set(load_lexicon().meanings)


def test_the_newest_standard_in_force_on_the_day_is_asked() -> None:
    assert taxonomy_on(BEFORE).id == "gbt-35273-2020"
    assert taxonomy_on(SINCE).id == "gbt-45574-2025"
    with pytest.raises(KouanError) as caught:
        taxonomy_on(dt.date(2020, 9, 30))
    assert caught.value.code == "K-PCK-034"


def test_table_a1_is_complete_and_its_boundaries_are_kept() -> None:
    taxonomy = taxonomy_on(SINCE)
    listed = [item for item in taxonomy.items if item.listed]
    assert {item.category for item in listed} == {one.id for one in taxonomy.categories} - {"general"}
    grades = {item.id: item.sensitive for item in taxonomy.items}
    assert grades["id-photo"] is Grade.YES
    assert grades["id-number"] is Grade.JUDGE
    assert grades["constitution"] is Grade.JUDGE
    assert not any(item.listed for item in taxonomy.items if item.id in {"marital-history", "transactions", "password"})
    circumstances = {one.id: one.grade for one in taxonomy.circumstances}
    assert circumstances["performing-service"] is Grade.NO
    assert circumstances["under-14"] is Grade.YES
    assert {one.confidence for one in load_taxonomies()} == {"H", "M"}


def test_a_meaning_that_only_touches_an_item_is_left_to_a_person() -> None:
    taxonomy = taxonomy_on(SINCE)
    assert {item.sensitive for item in taxonomy.items_of("location")} == {Grade.YES}
    assert taxonomy.grade("location") is Grade.JUDGE
    assert taxonomy.grade("biometric") is Grade.YES
    assert taxonomy.grade("name") is taxonomy.unlisted is Grade.NO


def test_levels_follow_the_gravest_harm() -> None:
    grading = load_gradings()[0]
    assert grading.id == "gbt-43697-2024"
    assert grading.level({"national-security": "serious"}) is Level.CORE
    assert grading.level({"national-security": "general"}) is Level.IMPORTANT
    assert grading.level({"economy": "serious", "individual": "particularly_serious"}) is Level.IMPORTANT
    assert grading.level({"organisation": "particularly_serious"}) is Level.GENERAL
    assert grading.level({}) is Level.GENERAL
    assert {one.confidence for one in grading.factors} == {"L"}


def test_a_taxonomy_that_does_not_fit_together_is_refused() -> None:
    good = load_taxonomies()[0].model_dump(mode="json", by_alias=True)
    item = good["items"][0]
    for bad in ({**item, "category": "nowhere"}, {**item, "id": good["items"][1]["id"]}, {**item, "conditions": ["x"]}):
        with pytest.raises(ValidationError):
            Taxonomy.model_validate({**good, "items": [bad, *good["items"][1:]]})


def test_a_table_of_levels_with_a_gap_is_refused() -> None:
    good = load_gradings()[0].model_dump(mode="json", by_alias=True)
    with pytest.raises(ValidationError):
        Grading.model_validate({**good, "table": good["table"][1:]})
    with pytest.raises(ValidationError):
        Grading.model_validate({**good, "table": [{**good["table"][0], "object": "moon"}, *good["table"][1:]]})


def test_rulings_name_a_meaning_once_and_those_a_standard_points_to_are_there() -> None:
    good = load_taxonomies()[-1].model_dump(mode="json", by_alias=True)
    ruling = next(one for one in good["rulings"] if one["meanings"])
    for bad in (
        {"rulings": [*good["rulings"], ruling]},
        {"rulings": [*good["rulings"], {**ruling, "id": "again"}]},
        {"unlisted_ruling": "nowhere"},
        {"track_ruling": "nowhere"},
    ):
        with pytest.raises(ValidationError):
            Taxonomy.model_validate({**good, **bad})


def test_a_class_goes_before_the_items_of_the_table() -> None:
    oldest, newest = load_taxonomies()
    assert [one.id for one in oldest.categories_of("photo")] == ["basic"]
    assert [one.id for one in oldest.categories_of("name")] == ["basic"]
    assert {one.id for one in newest.categories_of("location")} == {"track", "other"}
    assert oldest.categories_of("currency") == ()


def test_meanings_in_rulings_cues_and_levels_are_known() -> None:
    known = set(load_lexicon().meanings)
    named = {
        name for text in (*load_law_rulings(), *load_taxonomies()) for one in text.rulings for name in one.meanings
    }
    named |= {name for one in load_taxonomies() for part in one.categories for name in part.meanings}
    named |= {name for one in load_taxonomies() for c in one.combinations for group in c.all_of for name in group}
    for text in load_candidate_rules():
        named |= {name for rule in text.rules for cue in rule.any_of for name in (*cue.meanings, *cue.beside)}
    named |= {name for one in load_health_levels() for name in one.meanings}
    assert named <= known


def test_every_cue_of_a_list_meets_an_entry_and_numbers_keep_those_of_the_list() -> None:
    rules = {rule.id: rule for text in load_candidate_rules() for rule in text.rules}
    cues = strictyaml.load((STANDARDS / "list-cues.yaml").read_text("utf-8"), "list-cues.yaml").value["cues"]
    assert {f"{one['list']}-{one['entry']}" for one in cues} <= set(rules)
    care = rules["beijing-2024-important-care"].any_of[0]
    assert (care.persons, care.counted, "health" in care.meanings) == (100_000, "sensitive", True)
    assert {one.confidence for name, one in rules.items() if name.startswith("factor-")} == {"L"}
    assert not any(one.published for name, one in rules.items() if name.startswith(("factor-", "science-")))
