"""Names that stand in no list: told by what stands around them, and silent in texts about things."""

from __future__ import annotations

import pytest

from kouan.recognize.prose.find import find
from kouan.recognize.prose.pairs_en import find_pairs
from kouan.recognize.prose.places_world import find_world
from kouan.recognize.prose.rows import find_rows
from kouan.recognize.prose.spans import Span


def _pairs(text: str) -> list[str]:
    return [text[one.start : one.end] for one in find_pairs(text)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Yesterday Tovren Brontvedt confirmed the order.", ["Tovren Brontvedt"]),
        ("Reviewed by Kalissa D. van Orren on Friday.", ["Kalissa D. van Orren"]),
        ("Officer Jorven O'Callen attended.", ["Jorven O'Callen"]),
        ("Present: Ivo Kelden (chair), Mirra Al-Sadun and Oss Pelrud.", ["Ivo Kelden", "Mirra Al-Sadun", "Oss Pelrud"]),
        ("Kind regards,\nTemra Quitor\nSenior Counsel", ["Temra Quitor"]),
        ("Hi Casvo, thanks. This is Norrel.", ["Casvo", "Norrel"]),
        ("Mark King (chair) opened it.", ["Mark King"]),
        ("刚跟 Tovren Brontvedt 确认过", ["Tovren Brontvedt"]),
        ("Hi 思远,\n合同已寄出", ["思远"]),
    ],
)
def test_persons_are_told_by_what_stands_around_them(text: str, names: list[str]) -> None:
    assert _pairs(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Release Notes: added Dark Mode and Green Line support to the Parser.",
        "The Standard Contract was reviewed by Data Protection Office and Legal Counsel.",
        "Hodgkin Lymphoma and Stevens Johnson syndrome were excluded.",
        "Sold by Beispiel Maschinenbau AG in the Noto Sans font.",
        "Dear Sir, Dear Customer, thanks. Hi Team, Hello Everyone,",
        "Hi 大家，Hi 各位，",
        "Adverse Event reported; Blood Pressure was 120/80.",
    ],
)
def test_capitalised_words_about_things_are_no_names(text: str) -> None:
    assert _pairs(text) == []


def test_who_stands_in_a_row_with_persons_is_one() -> None:
    text = "出席:令狐溯、万畴生、高血压和原晁(记录)等三人"
    names = [text[one.start : one.end] for one in find_rows(text, [Span(3, 6, "name")])]
    assert names == ["万畴生"]
    text = "出席:席韫(主席)、芮溯和原晁等三人"
    assert {text[one.start : one.end] for one in find_rows(text, [Span(10, 12, "name")])} == {"席韫", "原晁"}


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("She moved to Germany and works in Boston.", ["Germany", "Boston"]),
        ("Paris Hilton met Jordan Boston Consulting Group", []),
        ("他去年从德国搬到东京，爱吃法国菜，会说韩国语。", ["德国", "东京"]),
        ("Flight from Kuala Lumpur to Hong Kong", ["Kuala Lumpur", "Hong Kong"]),
        ("Austin said so. He lives in Austin, TX.", ["Austin"]),
    ],
)
def test_countries_and_cities_are_places_where_they_are_no_persons(text: str, places: list[str]) -> None:
    assert [text[one.start : one.end] for one in find_world(text)] == places


def test_a_person_before_a_company_is_no_part_of_it() -> None:
    text = "I complained to Sandra Harris at Riverside University."
    (spans,) = find([text])
    assert [(text[one.start : one.end], one.kind) for one in spans] == [
        ("Sandra Harris", "name"),
        ("Riverside University", "organisation"),
    ]
