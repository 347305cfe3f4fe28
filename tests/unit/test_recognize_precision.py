"""Recognition compared with what persons say."""

from __future__ import annotations

import datetime as dt

import pytest

from kouan.model.declaration import ItemHint
from kouan.model.errors import KouanError
from kouan.model.inventory import Tier
from kouan.model.labels import ItemLabel
from kouan.recognize.hints import check_labels, with_labels
from kouan.recognize.inputs import SourceInput
from kouan.recognize.precision import precision_of
from tests.recognizing import given, look, mobile_of, ric_of

DAY = dt.date(2026, 11, 20)
TABLES = {
    "t": {
        "身份证号": [ric_of(n) for n in range(9)],
        "手机": [mobile_of(n) for n in range(9)],
        "备用": list("甲乙丙丁戊己庚辛壬"),
    }
}


def labelled(**meanings: str) -> SourceInput:
    raw = given(TABLES)
    labels = {
        f"data.csv!t#{name}": ItemLabel(meaning=one, by="张三", on=DAY, note="看过字典")
        for name, one in meanings.items()
    }
    return SourceInput(with_labels(raw.spec, labels), raw.source)


def test_a_label_wins_and_is_shown_with_name_and_day() -> None:
    item = look(labelled(备用="religion")).item("data.csv!t#备用")
    assert (item.meaning, item.tier, item.sensitive.value) == ("religion", Tier.CONFIRMED, True)
    assert item.reason.zh.startswith("由 张三 于 2026-11-20 认定，优先于自动识别（看过字典）")
    assert (item.word.by, item.word.on, item.word.machine, item.word.machine_tier) == (
        *("张三", DAY, "unknown"),
        Tier.REJECTED,
    )
    assert item.runner_up.meaning == "unknown"


def test_precision_by_meaning_leaves_out_what_recognition_left_open() -> None:
    report = precision_of(look(labelled(身份证号="cn.ric", 手机="device_id", 备用="religion")))
    assert (report.items, report.labelled, report.open) == (3, 3, 1)
    rows = {row.meaning: (row.confirmed, row.corrected, float(row.precision)) for row in report.meanings}
    assert rows == {"cn.ric": (1, 0, 1.0), "cn.mobile": (0, 1, 0.0)}
    assert (report.total.confirmed, report.total.corrected) == (1, 1)
    assert float(report.total.lo) == pytest.approx(0.0945, abs=1e-3)
    assert [(one.machine, one.person) for one in report.corrections] == [
        ("cn.mobile", "device_id"),
        ("unknown", "religion"),
    ]


def test_hints_of_the_declaration_count_as_words_of_persons_without_a_name() -> None:
    inventory = look(given(TABLES, items={"手机": ItemHint(meaning="cn.mobile")}))
    word = inventory.item("data.csv!t#手机").word
    assert (word.by, word.on, word.machine) == (None, None, "cn.mobile")
    assert precision_of(inventory).total.confirmed == 1


def test_without_words_of_persons_nothing_is_compared() -> None:
    report = precision_of(look(given(TABLES)))
    assert (report.labelled, report.meanings, report.corrections) == (0, (), ())


@pytest.mark.parametrize(
    ("labels", "code", "guess"),
    [
        ({"备用列": "religion"}, "K-REC-001", "data.csv!t#备用"),
        ({"备用": "religon"}, "K-REC-002", "religion"),
    ],
)
def test_labels_that_fit_nothing_are_refused_with_the_nearest_name(
    labels: dict[str, str], code: str, guess: str
) -> None:
    with pytest.raises(KouanError) as caught:
        look(labelled(**labels))
    assert caught.value.code == code
    assert guess in caught.value.what.zh


def test_a_label_of_a_source_that_is_not_declared_is_refused() -> None:
    label = ItemLabel(meaning="religion", by="张三", on=DAY)
    with pytest.raises(KouanError) as caught:
        check_labels({"date.csv!t#备用": label}, [given(TABLES).spec], "kouan.labels.yaml")
    assert caught.value.code == "K-REC-001"


def test_declaration_and_label_that_differ_are_refused() -> None:
    raw = given(TABLES, items={"备用": ItemHint(meaning="ethnicity")})
    label = {"data.csv!t#备用": ItemLabel(meaning="religion", by="张三", on=DAY)}
    with pytest.raises(KouanError) as caught:
        look(SourceInput(with_labels(raw.spec, label), raw.source))
    assert caught.value.code == "K-REC-008"
    agreed = {"data.csv!t#备用": ItemLabel(meaning="ethnicity", by="张三", on=DAY)}
    item = look(SourceInput(with_labels(raw.spec, agreed), raw.source)).item("data.csv!t#备用")
    assert item.word.by == "张三"
