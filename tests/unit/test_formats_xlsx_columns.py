import datetime as dt

import pyarrow as pa
import pytest

from kouan.formats.xlsx.columns import Column, text_of

DAY, MOMENT = dt.date(2024, 1, 2), dt.datetime(2024, 1, 2, 3, 4, 5)  # noqa: DTZ001


def column(*chunks):
    made = Column()
    for chunk in chunks:
        made.add(chunk)
    return made


@pytest.mark.parametrize(
    ("chunks", "kind", "values"),
    [
        ([[1.0, "", 2.0]], pa.int64(), [1, None, 2]),
        ([[1.0], [1.5]], pa.float64(), [1.0, 1.5]),
        ([[1.0], ["x"]], pa.string(), ["1", "x"]),
        ([[1.0, "x"]], pa.string(), ["1", "x"]),
        ([[1.5, 2.0], ["x"]], pa.string(), ["1.5", "2", "x"]),
        ([["001", ""]], pa.string(), ["001", None]),
        ([[True, False]], pa.bool_(), [True, False]),
        ([[True], ["x"]], pa.string(), ["TRUE", "x"]),
        ([[True, 1.0]], pa.string(), ["TRUE", "1"]),
        ([[True], [1.0]], pa.string(), ["TRUE", "1"]),
        ([[DAY, ""]], pa.date32(), [DAY, None]),
        ([[DAY], [MOMENT]], pa.timestamp("us"), [dt.datetime(2024, 1, 2), MOMENT]),  # noqa: DTZ001
        ([[DAY, MOMENT]], pa.timestamp("us"), [dt.datetime(2024, 1, 2), MOMENT]),  # noqa: DTZ001
        ([[DAY], ["离职"]], pa.string(), ["2024-01-02", "离职"]),
        ([[MOMENT, "x"]], pa.string(), ["2024-01-02 03:04:05", "x"]),
        ([["", ""], ["x", ""]], pa.string(), [None, None, "x", None]),
        ([[""]], pa.string(), [None]),
        ([], pa.string(), []),
        ([[1e300]], pa.float64(), [1e300]),
    ],
)
def test_types(chunks, kind, values):
    whole = column(*chunks).finish()
    assert (whole.type, whole.to_pylist()) == (kind, values)


def test_numbers_of_more_than_fifteen_digits_are_counted():
    made = column([110105199003070000.0, 999999999999999.0, "", 1e15, 0.30000000000000004], [6.22e18])
    assert made.damaged == 3


def test_damaged_numbers_among_text_are_counted_too():
    assert column([110105199003070000.0, "110105199003070011"]).damaged == 1


def test_mixtures_are_named_once():
    assert [text.en for text in column([1.0, "x", 2, DAY]).mixture()] == ["dates", "numbers", "text"]
    assert column([1.0, 2]).mixture() == []
    assert column([DAY, MOMENT]).mixture() == []


@pytest.mark.parametrize(
    ("value", "text"),
    [(3.0, "3"), (0.1, "0.1"), (dt.timedelta(hours=30, seconds=5), "30:00:05"), (dt.time(1, 2, 3), "01:02:03")],
)
def test_text_of(value, text):
    assert text_of(value) == text
