"""Dates, birth dates and ages in texts."""

from __future__ import annotations

import pytest

from kouan.model.inventory import Tier
from kouan.recognize.prose.ages import find_ages
from kouan.recognize.prose.dates import find_dates, find_other_dates
from kouan.recognize.prose.fold import view


def found(text):
    text = view(text).plain
    spans = [*find_dates(text, keep_year=False), *find_other_dates(text), *find_ages(text)]
    whole = [one for one in spans if not any(_is_part(one, other) for other in spans)]
    return {(text[one.start : one.end], one.kind) for one in whole}


def _is_part(one, other):
    return other.start <= one.start and one.end <= other.end and (one.start, one.end) != (other.start, other.end)


@pytest.mark.parametrize(
    ("text", "what", "kind"),
    [
        ("于2024年5月3日入院", "2024年5月3日", "date"),
        ("2024-05-03复诊", "2024-05-03", "date"),
        ("2024/10/3122时到场", "2024/10/31", "date"),
        ("20240503取样", "20240503", "date"),
        ("二〇二四年五月三日", "二〇二四年五月三日", "date"),
        ("五月三日复诊", "五月三日", "date"),
        ("去年5月起病", "去年5月", "date"),
        ("昨日下午3时到院", "昨日下午3时", "date"),
        ("上周三复查", "上周三", "date"),
        ("on May 3, 2024 at", "May 3, 2024", "date"),
        ("last Monday he", "last Monday", "date"),
        ("出生日期：1985年3月2日", "1985年3月2日", "birth_date"),
        ("1985-03-02出生", "1985-03-02", "birth_date"),
        ("生于1985.3.2，", "1985.3.2", "birth_date"),
        ("（1985年3月2日生）", "1985年3月2日", "birth_date"),
        ("1985年出生，汉族", "1985年", "birth_date"),
        ("DOB: 03/02/1985", "03/02/1985", "birth_date"),
        ("born on 2 March 1985 in", "2 March 1985", "birth_date"),
        ("date of birth 1985-03-02", "1985-03-02", "birth_date"),
        ("born in 1985 in", "1985", "birth_date"),
        ("女，45岁，", "45岁", "age"),
        ("现年二十五岁", "二十五岁", "age"),
        ("患儿，3月龄", "3月龄", "age"),
        ("2岁3个月患儿", "2岁3个月", "age"),
        ("（10个月，女）", "10个月", "age"),
        ("年龄：45 ", "45", "age"),
        ("a 45-year-old woman", "45-year-old", "age"),
        ("aged 45 years", "aged 45 years", "age"),
        ("he is 45 y/o and", "45 y/o", "age"),
        ("he is 45 years old", "45 years old", "age"),
    ],
)
def test_days_and_ages_are_found(text, what, kind):
    assert found(text) == {(what, kind)}


@pytest.mark.parametrize(
    "text",
    [
        "18岁以上患者",
        "年龄≥18岁",
        "18-75岁",
        "18至75岁之间",
        "patients 18 years of age or older",
        "疗程3个月，随访",
        "出生体重3.2kg，出生地",
        "今天好转，昨天发热",
        "第3天，3个周期",
        "aged 18 to 75",
        "不满十四周岁未成年人，年满18周岁",
        "新生儿1例，生产1985批",
    ],
)
def test_limits_and_spans_of_time_stay(text):
    assert found(text) == set()


def test_a_label_or_a_year_makes_sure():
    (born,) = find_dates("DOB: 1985-03-02", keep_year=False)
    dated = next(find_dates("于2024年5月3日", keep_year=False))
    (day,) = find_dates("于5月3日", keep_year=False)
    assert (born.tier, dated.tier, day.tier) == (Tier.CONFIRMED, Tier.CONFIRMED, Tier.SUSPECTED)
