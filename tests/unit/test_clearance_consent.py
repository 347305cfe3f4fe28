"""The ledger of consents on a day, and which rows it keeps back: row by row of what the law asks."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from kouan.clearance.consentbook import Hasher, Wanted, read_book
from kouan.clearance.consenting import Holder, KeyedTable, keyed_tables
from kouan.formats import open_source
from kouan.model.consent import Consent, ConsentKey, ConsentSpec, ConsentTable
from kouan.model.errors import KouanError
from tests.inventories import inventory, item

DAY = dt.date(2026, 11, 22)
HASHER = Hasher("person_id", b"k" * 32)
HEAD = "person,purpose,recipient,agreed_on,withdrawn_on,separate_consent,guardian_consent,under_14\n"
SPEC = ConsentSpec(ledger="l.csv", key=ConsentKey(column="person", matches=("t.csv!t#id",)))


def _book(folder, *rows, recipients=("B AG",), day=DAY, head=HEAD, spec=SPEC):
    (folder / "l.csv").write_text(head + "".join(f"{row}\n" for row in rows), "utf-8")
    wanted = Wanted(("报告",), tuple(one.casefold() for one in recipients))
    return read_book(open_source(folder / "l.csv", name="l.csv"), spec, wanted, hasher=HASHER, day=day)


def _among(person, hashes):
    return HASHER(pa.array([person]))[0].as_py() in hashes.to_pylist()


@pytest.mark.parametrize(
    ("rows", "agreed", "withdrawn"),
    [
        (["P1,报告,B AG,2026-01-05,,yes,,"], True, False),
        (["P1,报告,B AG,2026-11-22,,是,,"], True, False),
        (["P1,报告,B AG,2026-11-23,,yes,,"], False, False),
        (["P1,报告,B AG,,,yes,,"], False, False),
        (["P1,报告,B AG,2026-01-05,,no,,"], False, False),
        (["P1,报告,B AG,2026-01-05,,,,"], False, False),
        (["P1,营销,B AG,2026-01-05,,yes,,", "P2,报告,B AG,2026-01-05,,yes,,"], False, False),
        (["P1,报告,C AG,2026-01-05,,yes,,", "P2,报告,B AG,2026-01-05,,yes,,"], False, False),
        (["P1,报告,B AG,2026-01-05,2026-11-22,yes,,"], False, True),
        (["P1,报告,B AG,2026-01-05,2026-11-23,yes,,"], True, False),
        (["P1,报告,B AG,2026-01-05,,yes,,", "P1,报告,B AG,,2026-03-01,,,"], False, True),
        (["P1,报告,B AG,2026-01-05,,yes,,", "P1,,,,2026-03-01,,,"], False, True),
        (["P1,报告,B AG,2026-01-05,,yes,,", "P1,营销,B AG,,2026-03-01,,,"], True, False),
        (["P1,报告,B AG,2026-01-05,2026-03-01,yes,,", "P1,报告,B AG,2026-04-01,,yes,,"], True, False),
        (["P1,报告,B AG,2026-03-01,2026-03-01,yes,,"], False, True),
        (["P1,报告,B AG,2026-11,,yes,,"], False, False),
        (["P1,报告,B AG,2026-01-05,2026-11,yes,,"], False, True),
        (["  Ｐ1 ,报告, b  ag ,2026/01/05,,TRUE,,"], True, False),
    ],
)  # fmt: skip
def test_who_stands_on_the_day(tmp_path, rows, agreed, withdrawn):
    book = _book(tmp_path, *rows)
    assert _among("P1", book.agreed) is agreed
    assert _among("P1", book.withdrawn) is withdrawn


def test_every_recipient_must_be_named(tmp_path):
    one = "P1,报告,B AG,2026-01-05,,yes,,"
    two = "P1,报告,C AG,2026-01-05,,yes,,"
    assert not _among("P1", _book(tmp_path, one, recipients=("B AG", "C AG")).agreed)
    assert _among("P1", _book(tmp_path, one, two, recipients=("B AG", "C AG")).agreed)
    left = _book(tmp_path, one, two, "P1,报告,C AG,,2026-02-01,,,", recipients=("B AG", "C AG"))
    assert _among("P1", left.withdrawn)


def test_a_guardian_consents_anew_after_a_withdrawal(tmp_path):
    row = "P1,报告,B AG,2026-01-05,,yes,yes,yes"
    assert _among("P1", _book(tmp_path, row).guarded)
    again = _book(tmp_path, row, "P1,报告,B AG,2026-04-01,2026-03-01,yes,no,yes")
    assert _among("P1", again.agreed)
    assert not _among("P1", again.guarded)
    assert _among("P1", again.young)


def test_a_later_day_shows_who_lost_consent(tmp_path):
    rows = ("P1,报告,B AG,2026-01-05,2026-12-01,yes,,", "P2,报告,B AG,2026-01-05,,yes,,")
    before, after = _book(tmp_path, *rows), _book(tmp_path, *rows, day=dt.date(2026, 12, 1))
    assert before.standing_without(after) == 1
    assert before.standing_without(before) == 0


def test_columns_are_named_as_the_ledger_has_them(tmp_path):
    columns = {"purpose": "目的", "recipient": "接收方", "agreed_on": "日期", "separate_consent": "单独"}
    spec = ConsentSpec(ledger="l.csv", key=ConsentKey(column="编号", matches="t.csv!t#id"), columns=columns)
    assert spec.key.matches == ("t.csv!t#id",)
    book = _book(tmp_path, "P1,报告,B AG,2026-01-05,是", head="编号,目的,接收方,日期,单独\n", spec=spec)
    assert _among("P1", book.agreed)


def test_a_ledger_too_long_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kouan.clearance.consentbook.MOST_ROWS", 1)
    with pytest.raises(KouanError) as refused:
        _book(tmp_path, *["P1,报告,B AG,2026-01-05,,yes,,"] * 2)
    assert refused.value.code == "K-CLR-041"


def _holder(*standing, keys=("id",)):
    return Holder({("s", "t"): KeyedTable("s", "t", keys, ())}, HASHER, HASHER(pa.array(standing, pa.string())))


def test_rows_of_persons_without_consent_are_kept_back():
    batch = pa.record_batch({"id": ["P1", "P2", None, " ", "P1 "]})
    assert _holder("P1").columns("s", "t") == ("id",)
    assert _holder("P1").keep("s", "t", batch).to_pylist() == [True, False, False, False, True]
    assert _holder().keep("s", "t", batch).to_pylist() == [False] * 5


def test_a_table_of_others_is_left_alone():
    assert _holder("P1").columns("s", "other") == ()
    assert _holder("P1").keep("s", "other", pa.record_batch({"id": ["P2"]})) is None


def test_a_record_with_several_persons_stays_only_with_all_of_them():
    batch = pa.record_batch({"id": pa.array([["P1", "P3"], ["P1", "P2"], [], None, ["P1", None]])})
    assert _holder("P1", "P3").keep("s", "t", batch).to_pylist() == [True, False, False, False, True]


def test_two_keys_in_one_row_must_both_stand():
    batch = pa.record_batch({"id": ["P1", "P1", None], "mother": ["P3", "P2", "P3"]})
    assert _holder("P1", "P3", keys=("id", "mother")).keep("s", "t", batch).to_pylist() == [True, False, True]


def test_numbers_and_dictionaries_name_persons_too():
    standing = _holder("7300541")
    assert standing.keep("s", "t", pa.record_batch({"id": [7300541, 2, None]})).to_pylist() == [True, False, False]
    coded = pa.array(["7300541", "x", "7300541"]).dictionary_encode()
    assert standing.keep("s", "t", pa.record_batch({"id": coded})).to_pylist() == [True, False, True]


def test_the_hash_is_keyed_and_spelt_by_kind():
    mobile = Hasher("cn.mobile", b"k" * 32)
    assert mobile(pa.array(["+86 138-0013-8000"])) == mobile(pa.array(["13800138000"]))
    assert mobile(pa.array(["13800138000"])) != Hasher("cn.mobile", b"j" * 32)(pa.array(["13800138000"]))


def _consent(**change):
    table = ConsentTable(source="s", entity="t", rows=9, held=3, nameless=1)
    numbers = {"persons": 5, "standing": 3, "withdrawn": 1, "absent": 1, "guardian_missing": 0, "evidenced": 0}
    given = {
        "as_of": DAY, "ledger": "l.csv", "sha256": f"sha256:{'0' * 64}", "rows": 9, "kind": "person_id", "key": "k",
        "items": ("s!t#id",), "recipients": ("B",), "tables": (table,),
    }  # fmt: skip
    return Consent(**(given | numbers | change))


@pytest.mark.parametrize(
    "change", [{"absent": 2}, {"evidenced": 4}, {"persons": 6}, {"standing": 5, "withdrawn": 0, "absent": 0}]
)
def test_numbers_that_do_not_add_up_are_no_record(change):
    assert _consent().held == 3
    assert not _consent().complete
    with pytest.raises(ValueError, match="add up"):
        _consent(**change)


def test_a_meaning_stands_for_every_such_item_about_the_persons_concerned():
    items = (
        item("a.csv!a#m", meaning="cn.mobile", subject="patient", personal=True),
        item("a.csv!a#c", meaning="cn.mobile", subject="contact", personal=True),
        item("b.csv!b#m", meaning="cn.mobile", subject="patient", personal=True),
    )
    spec = ConsentSpec(ledger="l", key=ConsentKey(column="p", matches="cn.mobile"), applies_to="patient")
    assert [(one.source, one.keys) for one in keyed_tables(inventory(*items), spec)] == [
        ("a.csv", ("m",)),
        ("b.csv", ("m",)),
    ]
