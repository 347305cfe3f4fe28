"""Cells in another writing: what is decoded, what is left, and that it counts as standing inside."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pyarrow as pa
import pytest

from kouan.recognize.encoded import LONGEST, decode
from tests.recognizing import column, given, look, mobile_of, ric_of

PERSON = f"张三，电话{mobile_of(7)}"


def b64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (quote(PERSON), PERSON),
        ("name=%E5%BC%A0&t=1", "name=张&t=1"),
        (b64(PERSON), PERSON),
        (b64(PERSON).rstrip("=").replace("+", "-").replace("/", "_"), PERSON),
        (f" {b64(PERSON)}\n", PERSON),
        (r'{"n":"\u5f20\ud83d\ude00\n"}', '{"n":"张😀\n"}'),
        (b64(quote(PERSON)), PERSON),
        (quote(b64(quote(PERSON))), quote(PERSON)),  # three layers: two are taken off
        (b64(mobile_of(7)), mobile_of(7)),
    ],
)
def test_decoded(cell: str, text: str) -> None:
    found = decode(cell.encode())
    assert found is not None
    assert found.text.decode() == text


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "100%",
        "5%10%",  # a control character
        "%D5%C5%C8%FD",  # not UTF-8
        "张三",
        "C:\\users",
        "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6",  # a token
        "d41d8cd98f00b204e9800998ecf8427e",  # a hash
        "110101199005170070110101",  # digits
        "abcdefghijklmnop",
        b64("x" * LONGEST),
    ],
)
def test_left_alone(cell: str) -> None:
    assert decode(cell.encode()) is None


def test_a_span_leads_back_to_the_cell() -> None:
    cell = f"u={quote(PERSON)}&x=1".encode()
    found = decode(cell)
    assert found is not None
    start = found.text.index(b"138")
    first, last = found.span(start, start + 11)
    assert cell[first:last] == mobile_of(7).encode()
    first, last = found.span(2, 2 + len("张三".encode()))
    assert cell[first:last] == quote("张三").encode()


@pytest.mark.parametrize("write", [quote, b64, lambda text: text.encode("unicode_escape").decode()])
def test_what_is_decoded_counts_as_inside(write: object) -> None:
    values = [write(f"证件{ric_of(n)}，电话{mobile_of(n)}") for n in range(30)]  # type: ignore[operator]
    found = {one.identifier: (one.confirmed, one.suspected) for one in column("payload", values).findings}
    assert found["cn.ric"] == (30, 0)
    assert found["cn.mobile"] == (0, 30)


def test_a_cell_is_counted_once() -> None:
    values = [f"%E7%94%B5%E8%AF%9D {mobile_of(n)}" for n in range(30)]
    item = column("payload", values)
    assert [(one.identifier, one.suspected) for one in item.findings] == [("cn.mobile", 30)]


def test_rows_beyond_the_sample_are_decoded_where_the_sample_shows_it() -> None:
    plain, coded = ["甲"] * 21_000, [b64(f"证件{ric_of(n)}") for n in range(40)]
    for head, expected in (([coded[0]], 40), (["甲"], 0)):
        values = pa.array(head + plain + coded[-39:] + ([coded[0]] if expected == 0 else []))
        for rows in (65_536, 7_000):
            item = look(given({"t": {"zz": values}}, batch_rows=rows)).items[0]
            assert sum(one.confirmed for one in item.findings) == expected
