"""What holds for every date and every text."""

from __future__ import annotations

import datetime as dt
import re
import uuid

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.labelled.redact.score import SETS, sentences
from kouan.deidentify.pseudonym import Pseudonym
from kouan.deidentify.scrub.kernel import Scrub
from kouan.deidentify.scrub.known import Known
from kouan.deidentify.shift import Shift

KEY = bytes(range(32))
FEW = settings(max_examples=60, deadline=None)
DAYS = st.dates(dt.date(1850, 1, 1), dt.date(2150, 12, 31))
FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日", "%Y-%m-%dT10:30", "%d%b%Y")
PARTIAL = ("%Y", "%Y-%m", "%Y%m", "%Y年%m月", "%Y年", "%Y/%m")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
ZH = (
    "患者因发热入院",
    "，",
    "。",
    "予阿莫西林0.5g口服",
    "主治医师",
    "诉头痛",
    "报告人：",
    "张",
    "王某",
    "医生",
    "路",
    "3号",
    " ",
    "年",
)
EN = (
    "The patient ",
    "was given ",
    "amoxicillin 500 mg ",
    "Dr. ",
    "Smith ",
    "on ",
    "May ",
    "3",
    "-",
    "2024",
    ". ",
    "ID: ",
)
WORDS = st.lists(st.sampled_from(ZH + EN), max_size=12).map("".join)


def read(text, form):
    return dt.datetime.strptime(text, form).date()  # noqa: DTZ007 - days have no zone


def shifted(values, subject="7", **more):
    return Shift(KEY, **more)(pa.array(values, pa.string()), pa.array([subject] * len(values))).to_pylist()


@FEW
@given(st.lists(DAYS, min_size=2, max_size=6), st.sampled_from(FORMS), st.text("abc123", min_size=1, max_size=5))
def test_intervals_between_whole_dates_of_one_subject_stay(days, form, subject):
    found = [read(one, form) for one in shifted([day.strftime(form) for day in days], subject)]
    assert [after - found[0] for after in found] == [day - days[0] for day in days]
    assert 1 <= abs((found[0] - days[0]).days) <= 365


@FEW
@given(DAYS, st.sampled_from(FORMS + PARTIAL), st.integers(1, 3650))
def test_results_are_written_like_the_value(day, form, days):
    value = day.strftime(form)
    found = shifted([value], days=days)[0]
    assert re.sub(r"\d", "0", re.sub("[A-Za-z]{3}", "Mon", found)) == re.sub(
        r"\d", "0", re.sub("[A-Za-z]{3}", "Mon", value)
    )
    assert read(found, form)


@FEW
@given(DAYS)
def test_partial_dates_move_no_further_than_their_precision_allows(day):
    (whole, month, year) = shifted([day.isoformat(), day.strftime("%Y-%m"), day.strftime("%Y")])
    moved = dt.date.fromisoformat(whole)
    apart = (int(month[:4]) - moved.year) * 12 + int(month[5:]) - moved.month
    assert abs(apart) <= 1
    assert abs(int(year) - moved.year) <= 1


@FEW
@given(st.lists(st.none() | TEXT, max_size=20))
def test_hostile_text_never_breaks_a_transform(values):
    column = pa.array(values, pa.string())
    for found in (Shift(KEY)(column, column), Scrub().run(column)[0], Pseudonym("x", KEY, "reference")(column)):
        assert len(found) == len(values)
        assert all(after is None for before, after in zip(values, found.to_pylist(), strict=True) if before is None)


def full_width(text):
    return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in text)


@st.composite
def planted(draw):
    """Return (what was planted, how it is written)."""
    digits = "".join(draw(st.lists(st.sampled_from("0123456789"), min_size=17, max_size=17)))
    born = draw(st.dates(dt.date(1920, 1, 1), dt.date(2020, 12, 31))).strftime("%Y%m%d")
    value = draw(
        st.sampled_from(
            [
                f"110105{born}{digits[:4]}",
                f"440305{born}{digits[:3]}X",
                f"1{3 + int(digits[0]) % 7}{digits[1:10]}",
                f"u{digits[:6]}@example.com",
                "甄不凡",
                "Quillon",
                f"62{digits}",
            ]
        )
    )
    how = draw(st.sampled_from(["plain", "wide", "zero"]))
    if how == "wide":
        return value, full_width(value)
    if how == "zero":
        at = draw(st.integers(1, len(value) - 1))
        return value, value[:at] + draw(st.sampled_from("\u200b\u200d\ufeff\u00ad")) + value[at:]
    return value, value


def known():
    found = Known()
    found.add(["甄不凡", "Quillon"], "name")
    return found


def bare(text):
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")


@FEW
@given(planted(), WORDS, WORDS)
def test_what_was_planted_is_never_left(secret, before, after):
    value, written = secret
    found = Scrub(known=known()).text(f"{before} {written} {after}")[0]
    assert value not in bare(found)
    assert written not in found


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS | TEXT | planted().map(lambda one: one[1]), max_size=6).map("".join))
@example("患者高兴华张伟医生2024-05-03-12")
def test_a_second_run_finds_nothing_more(text):
    scrub = Scrub(known=known())
    once = scrub.text(text)[0]
    assert scrub.text(once) == (once, {})


MARKS = re.compile(r"【已移除：[^】]*】|\[removed: [^\]]*\]")
LABELLED = [one.text for name in SETS for one in sentences(name)]


def stands_in(part, whole):
    """Tell whether the characters of one text stand in another, in order."""
    rest = iter(whole)
    return all(char in rest for char in part)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LABELLED) | WORDS | planted().map(lambda one: one[1]), max_size=4).map(" ".join))
def test_what_stays_is_as_it_was_written_and_nothing_more_goes(text):
    scrub = Scrub(known=known())
    once = scrub.text(text)[0]
    assert stands_in(MARKS.sub("", once), text)
    assert scrub.text(once) == (once, {})


@pytest.mark.parametrize("dates", ["keep", "remove"])
def test_labelled_sentences_are_redacted_once(dates):
    scrub = Scrub(dates)
    for text in LABELLED:
        once = scrub.text(text)[0]
        assert scrub.text(once) == (once, {})


@FEW
@given(st.lists(st.sampled_from(LABELLED) | WORDS | planted().map(lambda one: one[1]), max_size=8))
def test_texts_do_not_hang_on_their_neighbours(texts):
    scrub = Scrub(known=known())
    assert scrub.run(pa.array(texts, pa.string()))[0].to_pylist() == [scrub.text(text)[0] for text in texts]


@FEW
@given(st.lists(TEXT.filter(str.strip), min_size=1, max_size=10))
def test_pseudonyms_in_the_form_of_a_uuid_are_uuids(values):
    for one in Pseudonym("x", KEY, "uuid")(pa.array(values, pa.string())).to_pylist():
        assert one is None or (uuid.UUID(one).version, uuid.UUID(one).variant) == (8, uuid.RFC_4122)
