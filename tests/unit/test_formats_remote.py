"""Addresses, names and values of sources that are no files, without a server."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kouan.formats import is_address, parse_address, parse_word
from kouan.formats.collection.member_names import tame
from kouan.formats.remote import postgresql
from kouan.formats.remote.plain import Plain
from kouan.formats.remote.spooling import spool_table
from kouan.model.errors import KouanError

SECRET = "hunter2-hunter2"


def refused(origin: str, path: str = "public/members") -> str:
    with pytest.raises(KouanError) as caught:
        parse_address(origin, path)
    said = "".join(caught.value.lines("zh") + caught.value.lines("en"))
    assert SECRET not in said
    assert "hidden.example" not in said
    return caught.value.code


def test_an_address_names_server_database_and_table() -> None:
    address = parse_address("postgres://reader@db.example.com:6432/crm?sslmode=verify-full", "public/会员%2F员工")
    assert (address.scheme, address.host, address.port, address.user) == (
        "postgresql",
        "db.example.com",
        6432,
        "reader",
    )
    assert (address.base, address.names, address.options) == (
        "crm",
        ("public", "会员/员工"),
        {"sslmode": "verify-full"},
    )
    assert str(address) == "postgresql://db.example.com:6432/crm/public/会员%2F员工"
    assert parse_word("postgresql://reader@db.example.com/crm/public/members") == parse_address(
        "postgresql://reader@db.example.com/crm", "public/members"
    )
    assert parse_word("mariadb://db.example.com/crm/members") == parse_address("mysql://db.example.com", "crm/members")


@pytest.mark.parametrize(
    "origin",
    [
        f"postgresql://reader:{SECRET}@hidden.example/crm",
        f"postgresql://reader@hidden.example/crm?password={SECRET}",
        f"postgresql://hidden.example/crm?SSLPASSWORD={SECRET}",
        f"mysql://root:{SECRET}@hidden.example",
        f"mysql://:{SECRET}@hidden.example",
        f"s3://bucket?secret_key={SECRET}",
        f"s3://bucket?session_token={SECRET}",
    ],
)
def test_a_secret_in_an_address_is_refused_and_not_repeated(origin: str) -> None:
    assert refused(origin) == "K-FMT-101"


@pytest.mark.parametrize(
    ("origin", "path"),
    [
        ("oracle://hidden.example/crm", "a/b"),
        ("hidden.example/crm", "a/b"),
        ("postgresql://hidden.example", "a/b"),
        ("postgresql://hidden.example/a/b", "a/b"),
        ("postgresql://hidden.example:port/a", "a/b"),
        ("postgresql://hidden.example/crm?connect_timeout=0", "a/b"),
        (f"postgresql://hidden.example/crm#{SECRET}", "a/b"),
        ("postgresql://hidden.example/crm", "a/b/c"),
        ("postgresql://hidden.example/crm", "a/"),
        ("postgresql://hidden.example/crm", "postgresql://hidden.example/crm/a"),
        ("mysql://hidden.example/crm", "crm/members"),
        (f"s3://{SECRET}@hidden", "a/b"),
        ("http://[hidden.example/", "a/b"),
    ],
)
def test_a_false_address_is_refused(origin: str, path: str) -> None:
    assert refused(origin, path) == "K-FMT-100"


def test_words_of_the_command_line() -> None:
    assert is_address("mysql://h/crm")
    assert not is_address("data/a.csv")
    assert not is_address("C://a.csv")


def test_a_driver_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(postgresql, "import_module", none)
    address = parse_address("postgresql://db.example.com/crm", "public")
    with pytest.raises(KouanError) as caught, postgresql._connected(address):
        pass
    assert caught.value.code == "K-FMT-102"
    assert "kouan[postgresql]" in caught.value.fix.en


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("members", "members"),
        ("会员 表", "会员 表"),
        ("a/b", "a%2Fb"),
        ("..", "%2E."),
        (".hidden", "%2Ehidden"),
        ("~$lock", "%7E$lock"),
        ("a\\b%c:d", "a%5Cb%25c%3Ad"),
        ("a\nb\u202e", "a%0Ab%E2%80%AE"),
        ("表" * 100, "表" * 66),
    ],
)
def test_names_of_tables_fit_for_files(name: str, file: str) -> None:
    assert tame(name) == file


def test_identifiers_are_quoted() -> None:
    assert postgresql._quoted('a"; DROP TABLE b; --') == '"a""; DROP TABLE b; --"'


def test_types_that_the_server_states() -> None:
    def kind(name: str, typmod: int) -> pa.DataType:
        return postgresql._column("x", name, typmod, limit=10).kind

    assert kind("numeric", (10 << 16 | 2) + 4) == pa.decimal128(10, 2)
    assert kind("numeric", -1) == pa.string()
    assert kind("numeric", (50 << 16 | 2) + 4) == pa.string()
    assert kind("numeric", (5 << 16 | 0x7FE) + 4) == pa.string()  # a scale below zero
    assert kind("jsonb", -1) == pa.string()


def test_what_cannot_be_kept_is_counted() -> None:
    schema = pa.schema([("day", pa.date32()), ("n", pa.decimal128(6, 2)), ("x", pa.string())])
    plain = Plain(schema)
    wrong = pa.Array.from_buffers(pa.string(), 3, pa.array([b"\xff", "张".encode("gb18030"), b"a"]).buffers())
    batch = pa.record_batch([pa.array([-2147472692, 0, None], pa.int32()).view(pa.date32()), pa.array(["NaN", "1.5", None]), wrong], ["a", "b", "c"])  # fmt: skip
    assert plain.batch(batch).to_pylist() == [
        {"day": None, "n": None, "x": "\ufffd"},
        {"day": dt.date(1970, 1, 1), "n": Decimal("1.50"), "x": "张"},
        {"day": None, "n": None, "x": "a"},
    ]
    assert [note.en.split()[0] for note in plain.notes] == ["1", "1", "2"]


def test_a_table_is_kept_with_unique_names() -> None:
    batch = pa.record_batch([pa.array([1]), pa.array([2]), pa.array([3])], ["a", "b", "c"])
    spooled = spool_table("t", ["e\u0301", "\u00e9", " "], [pa.int64()] * 3, [batch])
    with pa.OSFile(str(spooled.member.spool.path)) as file:
        assert pq.read_table(file).column_names == ["é", "é_2", "c3"]
    assert len(spooled.notes) == 3
