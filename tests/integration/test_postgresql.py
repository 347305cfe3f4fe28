"""PostgreSQL as a source: one read-only snapshot, typed columns, nothing of a secret anywhere."""

from __future__ import annotations

import datetime as dt
import json
import threading
from decimal import Decimal
from typing import TYPE_CHECKING

import adbc_driver_postgresql.dbapi as driver
import pyarrow.parquet as pq
import pytest

from kouan.cli import main
from kouan.formats import ReadOptions, open_source, parse_address
from kouan.formats.options import Limits
from kouan.formats.remote import postgresql as room
from tests.servers import PASSWORD, Server, code, moment, postgresql, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kouan.formats.source import Source

pytestmark = pytest.mark.servers
HOSTILE_TABLE = 'we"ird/.. name; drop table members--'
HOSTILE_COLUMNS = ['a"b', "c d'", "x;--", "％ $1 {0}", "{limit}"]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgresql() as one:
        yield one


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    monkeypatch.setenv("HOME", str(tmp_path))


def run(server: Server, *statements: str, user: str = "owner") -> list[tuple[object, ...]]:
    address = f"postgresql://{user}@127.0.0.1:{server.port}/postgres"
    with driver.connect(address, autocommit=True) as connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


def read(server: Server, path: str, *, user: str = "owner", query: str = "", limits: Limits | None = None) -> Source:
    address = parse_address(f"postgresql://{user}@127.0.0.1:{server.port}/postgres{query}", path)
    return open_source(address, name=path, options=ReadOptions(limits=limits or Limits()))


def test_columns_are_typed(server: Server) -> None:
    run(
        server,
        "CREATE SCHEMA typed",
        "CREATE DOMAIN typed.money2 AS numeric(10,2)",
        "CREATE TYPE typed.mood AS ENUM ('好', '坏')",
        "CREATE TABLE typed.t (i int, b bool, s smallint, l bigint, f real, d float8, n numeric(10,2), m typed.money2,"
        " free numeric, day date, at timestamp, moment timestamptz, j jsonb, raw bytea, u uuid, k text[], o typed.mood,"
        " c char(3), gone int, ip inet)",
        "ALTER TABLE typed.t DROP COLUMN gone",
        "INSERT INTO typed.t VALUES (1, true, 2, 3, 1.5, 2.25, 1.50, 7.25, 3.14159, '2024-02-29', '2024-02-29 01:02:03',"
        " '2024-02-29 08:00+08', '{\"a\": 1}', '\\x00ff', '123e4567-e89b-12d3-a456-426614174000', '{x,y}', '好', 'ab',"
        " '10.0.0.1')",
    )
    (row,) = rows(read(server, "typed/t"))
    assert row == {
        "i": 1, "b": True, "s": 2, "l": 3, "f": 1.5, "d": 2.25, "n": Decimal("1.50"), "m": Decimal("7.25"),
        "free": "3.14159", "day": dt.date(2024, 2, 29), "at": moment(2024, 2, 29, 1, 2, 3),
        "moment": dt.datetime(2024, 2, 29, tzinfo=dt.UTC), "j/a": "1", "raw": b"\x00\xff",
        "u": "123e4567-e89b-12d3-a456-426614174000", "k": "{x,y}", "o": "好", "c": "ab", "ip": "10.0.0.1/32",
    }  # fmt: skip


def test_days_and_numbers_that_are_none_become_empty_and_are_counted(server: Server) -> None:
    run(
        server,
        "CREATE SCHEMA odd",
        "CREATE TABLE odd.t (day date, at timestamp, n numeric(8,2))",
        "INSERT INTO odd.t VALUES ('infinity', '-infinity', 'NaN'), ('0044-03-15 BC', '9999-12-31 23:59:59', 1),"
        " ('0001-01-01', '0001-01-01', -1)",
    )
    source = read(server, "odd/t")
    assert [row["day"] for row in rows(source)] == [None, None, dt.date(1, 1, 1)]
    assert [row["at"] for row in rows(source)] == [
        None,
        moment(9999, 12, 31, 23, 59, 59),
        moment(1, 1, 1),
    ]
    assert [row["n"] for row in rows(source)] == [None, 1, -1]
    assert sum("3 " in note.zh or "1 个数值" in note.zh for note in source.notes) == 2


def test_hostile_names_are_names(server: Server) -> None:
    def quoted(name: str) -> str:
        return '"' + name.replace('"', '""') + '"'

    columns = ", ".join(f"{quoted(name)} text" for name in HOSTILE_COLUMNS)
    run(
        server,
        'CREATE SCHEMA "sch;ema"',
        'CREATE TABLE "sch;ema".members (a int)',
        f'CREATE TABLE "sch;ema".{quoted(HOSTILE_TABLE)} ({columns})',
        f"INSERT INTO \"sch;ema\".{quoted(HOSTILE_TABLE)} VALUES ('1', '2', '3', '4', '5')",
    )
    whole = read(server, "sch;ema")
    assert [list(row) for row in rows(whole, 1)] == [HOSTILE_COLUMNS]
    one = read(server, "sch;ema/" + HOSTILE_TABLE.replace("/", "%2F"))
    assert [list(row.values()) for row in rows(one)] == [["1", "2", "3", "4", "5"]]
    assert code(lambda: read(server, "sch;ema/members' OR '1'='1")) == "K-FMT-106"


def test_all_tables_of_a_schema_and_no_row_twice(server: Server) -> None:
    run(
        server,
        "CREATE SCHEMA shop",
        "CREATE TABLE shop.sales (id int, day date) PARTITION BY RANGE (day)",
        "CREATE TABLE shop.sales_2026 PARTITION OF shop.sales FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
        "INSERT INTO shop.sales VALUES (1, '2026-05-01'), (2, '2026-06-01')",
        "CREATE TABLE shop.members (id int, day date)",
        "INSERT INTO shop.members VALUES (7, '2000-01-01')",
        "CREATE TABLE shop.bare ()",
        "CREATE VIEW shop.recent AS SELECT * FROM shop.sales",
    )
    source = read(server, "shop")
    assert [(entity.name, entity.rows) for entity in source.entities] == [("members", 1), ("sales", 2)]
    assert any("recent" in note.en for note in source.notes)
    assert any("bare" in note.en for note in source.notes)
    assert [entity.rows for entity in read(server, "shop/recent").entities] == [2]
    assert [entity.rows for entity in read(server, "shop/sales_2026").entities] == [2]


def test_one_snapshot_whatever_happens_meanwhile(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    run(
        server,
        "CREATE SCHEMA moving",
        "CREATE TABLE moving.a AS SELECT i FROM generate_series(1, 1000) i",
        "CREATE TABLE moving.b AS SELECT i FROM generate_series(1, 1000) i",
    )
    real = room.read_tables

    def late(*words: object) -> object:
        run(server, "DELETE FROM moving.a", "UPDATE moving.b SET i = 0", "INSERT INTO moving.b SELECT 1")
        return real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(room, "read_tables", late)
    source = read(server, "moving")
    assert [sum(row["i"] for row in rows(source, entity)) for entity in (0, 1)] == [500_500, 500_500]
    run(server, "DROP TABLE moving.a, moving.b")
    assert len(rows(source)) == 1000  # later passes need no server
    source.check_unchanged()


def test_the_session_may_not_write(server: Server) -> None:
    run(
        server,
        "CREATE SCHEMA sly",
        "CREATE TABLE sly.log (i int)",
        "CREATE FUNCTION sly.write() RETURNS int LANGUAGE sql VOLATILE AS 'INSERT INTO sly.log VALUES (1) RETURNING i'",
        "CREATE VIEW sly.v AS SELECT sly.write() AS i",
    )
    assert code(lambda: read(server, "sly/v")) == "K-FMT-111"
    assert run(server, "SELECT count(*) FROM sly.log") == [(0,)]


def test_a_cell_too_large_is_refused_by_the_server(server: Server) -> None:
    run(
        server,
        "CREATE SCHEMA large",
        "CREATE TABLE large.t (x text, y bytea)",
        "INSERT INTO large.t VALUES (repeat('13800138000', 1000), 'x')",
    )
    limits = Limits(value_bytes=10_000)
    assert code(lambda: read(server, "large/t", limits=limits)) == "K-FMT-110"
    run(server, "UPDATE large.t SET x = '', y = convert_to(repeat('y', 10001), 'UTF8')")
    assert code(lambda: read(server, "large/t", limits=limits)) == "K-FMT-110"
    run(server, "CREATE TABLE large.small AS SELECT 1 AS i")
    beside = read(server, "large", limits=limits)
    assert not beside.complete
    assert [entity.name for entity in beside.entities] == ["small"]


def test_rights_logins_and_names_that_are_wrong(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    run(
        server,
        "CREATE SCHEMA closed",
        "CREATE TABLE closed.t AS SELECT '13800138000' AS phone",
        f"CREATE USER guest PASSWORD '{PASSWORD}'",
        "GRANT USAGE ON SCHEMA closed TO guest",
    )
    assert code(lambda: read(server, "closed/t", user="guest")) == "K-FMT-107"
    assert code(lambda: read(server, "closed/nothing")) == "K-FMT-106"
    assert code(lambda: read(server, "closed/t", query="?sslmode=require")) == "K-FMT-105"
    monkeypatch.setenv("PGPASSWORD", "wrong")
    assert code(lambda: read(server, "closed/t")) == "K-FMT-104"
    monkeypatch.delenv("PGPASSWORD")
    assert code(lambda: read(server, "closed/t")) == "K-FMT-104"


def test_the_password_may_stand_in_a_file_of_its_owner(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PGPASSWORD")
    secret = tmp_path / "pass"
    monkeypatch.setenv("PGPASSFILE", str(secret))
    secret.write_text(f"127.0.0.1:{server.port}:*:owner:{PASSWORD}\n")
    secret.chmod(0o600)
    assert read(server, "information_schema/sql_features").entities[0].rows


def test_a_query_that_fails_says_nothing_of_the_data(server: Server) -> None:
    run(
        server,
        "CREATE SCHEMA broken",
        "CREATE TABLE broken.t AS SELECT '13800138000x' AS phone",
        "CREATE VIEW broken.v AS SELECT phone::int8 AS phone FROM broken.t",
    )
    assert code(lambda: read(server, "broken/v")) == "K-FMT-111"


def test_cleared_end_to_end(server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(
        server,
        "CREATE SCHEMA crm",
        "CREATE TABLE crm.members (id int PRIMARY KEY, 姓名 text, 手机号 varchar(20), 消费 numeric(10,2), payload jsonb)",
        "INSERT INTO crm.members SELECT i, '欧阳试验' || i, '138' || lpad((i * 7919)::text, 8, '0'), i * 1.25,"
        " jsonb_build_object('level', i % 3, 'contact', jsonb_build_object('手机号', '138' || lpad((i * 7919)::text, 8, '0')))"
        " FROM generate_series(1, 500) i",
    )
    declaration = tmp_path / "transfer.yaml"
    declaration.write_text(
        "transfer: {name: 会员数据, scenario: retail_analytics}\n"
        "parties:\n  - {role: exporter, name: 甲公司, ciio: false}\n  - {role: recipient, name: B AG, country: DE}\n"
        "purpose: 会员消费分析\nbasis: [consent]\nsources:\n"
        f"  - {{from: 'postgresql://owner@127.0.0.1:{server.port}/postgres', path: crm/members, subjects: [member]}}\n",
        "utf-8",
    )
    common = ["--home", str(tmp_path / "home"), "--as-of", "2026-11-22"]
    assert main(["clear", str(declaration), *common]) in {0, 3}
    folder = tmp_path / "transfer-clearance"
    staged = pq.read_table(folder / "staged" / "crm" / "members" / "members.parquet")
    assert staged.num_rows == 500
    assert not set(staged.column("手机号").to_pylist() if "手机号" in staged.column_names else ()) & {"13800007919"}
    assert "13800007919" not in str(staged.to_pylist())
    inventory = json.loads((folder / "inventory.json").read_text("utf-8"))["body"]
    (source,) = inventory["sources"]
    assert (source["path"], source["format"], source["entities"][0]["rows"]) == ("crm/members", "postgresql", 500)
    assert "PostgreSQL" in source["detail"]
    meanings = {item["id"]: item["meaning"] for item in inventory["items"]}
    assert meanings["crm/members!members#手机号"] == "cn.mobile"
    assert meanings["crm/members!members#payload/contact/手机号"] == "cn.mobile"
    assert main(["verify", str(folder), "--home", str(tmp_path / "home")]) == 0
    assert main(["inspect", f"postgresql://owner@127.0.0.1:{server.port}/postgres/crm", *common]) == 0
    said = capsys.readouterr()
    for text in (said.out, said.err, *(path.read_bytes().decode("utf-8", "replace") for path in folder.rglob("*") if path.is_file())):  # fmt: skip
        assert PASSWORD not in text


def test_a_server_that_dies_midway_leaves_nothing_half_read() -> None:
    with postgresql() as server:
        run(
            server,
            "CREATE SCHEMA s",
            "CREATE UNLOGGED TABLE s.t AS SELECT i, md5(i::text) AS x FROM generate_series(1, 400000) i",
            "CREATE VIEW s.v AS SELECT i, x, CASE WHEN i % 1000 = 0 THEN pg_sleep(0.05)::text END AS z FROM s.t",
        )
        timer = threading.Timer(1.5, server.kill)
        timer.start()
        try:
            assert code(lambda: read(server, "s/v")) == "K-FMT-108"
        finally:
            timer.cancel()
            timer.join()
        assert code(lambda: read(server, "s/v")) == "K-FMT-103"


def test_bytes_that_are_no_letters_are_shown_as_such() -> None:
    with postgresql(encoding="SQL_ASCII") as server:
        run(server, "CREATE TABLE public.t AS SELECT E'\\xd5\\xc5'::text AS a, E'\\xff'::text AS b, '好'::text AS x")
        source = read(server, "public/t")
        assert rows(source) == [{"a": "张", "b": "\ufffd", "x": "好"}]
        assert any("UTF-8" in note.en for note in source.notes)


def test_beyond_this_machine_the_line_is_encrypted(monkeypatch: pytest.MonkeyPatch) -> None:
    with postgresql(tls=True) as server:
        run(server, "CREATE TABLE public.t AS SELECT 1 AS i")
        assert read(server, "public/t", query="?sslmode=require").entities[0].rows == 1
        certificate = server.folder / "server.crt"
        trusted = f"?sslmode=verify-full&sslrootcert={certificate}"
        assert read(server, "public/t", query=trusted).entities[0].rows == 1
        assert code(lambda: read(server, "public/t", query="?sslmode=verify-full&sslrootcert=/nowhere")) == "K-FMT-105"
        address = parse_address(f"postgresql://owner@db.example.com:{server.port}/postgres", "public/t")
        assert "sslmode=require" in room._uri(address)
