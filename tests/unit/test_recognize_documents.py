"""Persons told apart by the numbers of their documents (DESIGN 4.3): never fewer than there are."""

from __future__ import annotations

import pytest

from tests.recognizing import given, hkid_of, keys, look, mrz_of, permanent_of, ric_of, twid_of, wrong

NAMES = ["Jane Roe", "John Doe", "Max Mustermann", "Erika Muster"]


def count(table: dict[str, list[str | None]]) -> tuple[int, int | None]:
    one = look(given({"guests": table}, subjects=("guest",))).persons[0].persons
    return one.lo, one.hi


@pytest.mark.parametrize(
    ("kind", "values", "found"),
    [
        ("cn.passport", ["e12345678", " E 1234 5678", "办理中", "12345678", mrz_of()], ["E12345678"] * 2 + [None] * 3),
        ("cn.hkmo_permit", ["H12345678", "H1234567801", "H123"], ["H12345678", "H12345678", None]),
        ("cn.tw_permit", ["12345678", "20240517"], ["12345678", None]),
        ("hkid", ["A123456(3)", "A1234563", "A1234564"], ["A1234563", "A1234563", None]),
        ("twid", [twid_of(1), wrong(twid_of(1))], [twid_of(1), None]),
        ("cn.pr", [permanent_of(1), wrong(permanent_of(1))], [permanent_of(1), None]),
    ],
)
def test_only_valid_numbers_are_keys(kind: str, values: list[str], found: list[str | None]) -> None:
    if kind == "cn.passport":
        values = [values[0].upper(), *values[1:]]
    assert keys(f"doc:{kind}", values) == found


def test_one_passport_under_one_name_is_one_person() -> None:
    passports = [f"E1234567{n}" for n in range(4)]
    assert count({"护照号": passports * 3, "姓名": NAMES * 3}) == (4, 4)


def test_one_number_under_several_names_joins_the_lower_end_only() -> None:
    assert count({"护照号": ["E12345678"] * 4, "姓名": NAMES}) == (1, 4)


def test_a_placeholder_under_many_names_joins_nobody() -> None:
    names = [f"{name} {letter}" for name in NAMES for letter in ("Adams", "Baker", "Clark", "Davis", "Evans")]
    assert count({"护照号": ["E00000000"] * 20, "姓名": names}) == (20, 20)


def test_words_in_place_of_a_number_join_nobody() -> None:
    assert count({"护照号": ["E12345671", "E12345672", *["办理中"] * 18], "birth_date": ["1990-01-01"] * 20})[1] == 20


def test_a_resident_id_is_stronger_than_a_passport() -> None:
    ids = [ric_of(n) for n in range(3)]
    assert count({"身份证号": ids, "护照号": ["E12345678"] * 3, "姓名": ["王伟"] * 3}) == (3, 3)


def test_a_renewed_passport_does_not_split_whom_a_key_numbers() -> None:
    assert count({"member_id": ["M1", "M1", "M2"], "护照号": ["E12345671", "E12345672", "E12345673"]}) == (2, 2)


def test_residence_permits_are_the_keys_of_resident_ids() -> None:
    permits = [ric_of(n, area="810000") for n in range(5)]
    assert count({"港澳台居住证号": permits * 2}) == (5, 5)


def test_hong_kong_cards_with_and_without_brackets() -> None:
    cards = [hkid_of(n) for n in range(20)]
    written = [f"{one[:-1]}({one[-1]})" for one in cards]
    assert count({"香港身份证号": cards + written}) == (20, 20)
