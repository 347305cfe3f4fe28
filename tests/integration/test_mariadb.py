"""MariaDB as a source: one read-only snapshot, typed columns, nothing of a secret anywhere."""

from __future__ import annotations

import datetime as dt
import json
import threading
from decimal import Decimal
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pymysql
import pytest

from kouan.cli import main
from kouan.formats import ReadOptions, open_source, parse_address
from kouan.formats.options import Limits
from kouan.formats.remote import mysql as room
from tests.servers import PASSWORD, Server, code, mariadb, moment, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kouan.formats.source import Source

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with mariadb() as one:
        yield one


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MYSQL_PWD", PASSWORD)
    monkeypatch.setenv("HOME", str(tmp_path))


def run(server: Server, *statements: str) -> None:
    where = {"host": "127.0.0.1", "port": server.port, "user": "owner", "password": PASSWORD, "autocommit": True}
    with pymysql.connect(**where, charset="utf8mb4") as connection, connection.cursor() as cursor:  # type: ignore[call-overload]
        for statement in statements:
            cursor.execute(statement)


def read(server: Server, path: str, *, user: str = "owner", query: str = "", limits: Limits | None = None) -> Source:
    address = parse_address(f"mysql://{user}@127.0.0.1:{server.port}{query}", path)
    return open_source(address, name=path, options=ReadOptions(limits=limits or Limits()))


def test_columns_are_typed(server: Server) -> None:
    run(
        server,
        "CREATE DATABASE typed CHARACTER SET utf8mb4",
        "CREATE TABLE typed.t (i int, b tinyint(1), u bigint unsigned, n decimal(10,2), wide decimal(65,2), f float,"
        " d double, day date, at datetime(6), moment timestamp NULL, c char(3), x varchar(20), long_x longtext, j json,"
        " raw varbinary(4), pic longblob, e enum('好','坏'), y year, t time, flag bit(8))",
        "SET time_zone = '+08:00'",
        "INSERT INTO typed.t VALUES (-1, 1, 18446744073709551615, 1.50, 7.25, 1.5, 2.25, '2024-02-29',"
        " '2024-02-29 01:02:03.000004', '2024-02-29 08:00:00', 'ab', '张三\\0😀', 'z', '{\"a\": 1}', x'00ff', x'00fe',"
        " '好', 2024, '-10:00:00', b'101')",
        "INSERT INTO typed.t VALUES ()",
    )
    row, empty = rows(read(server, "typed/t"))
    assert row == {
        "i": -1, "b": 1, "u": 2**64 - 1, "n": Decimal("1.50"), "wide": "7.25", "f": 1.5, "d": 2.25,
        "day": dt.date(2024, 2, 29), "at": moment(2024, 2, 29, 1, 2, 3, 4), "moment": dt.datetime(2024, 2, 29, tzinfo=dt.UTC),
        "c": "ab", "x": "张三\0😀", "long_x": "z", "j/a": "1", "raw": b"\x00\xff", "pic": b"\x00\xfe", "e": "好",
        "y": 2024, "t": "-10:00:00", "flag": b"\x05",
    }  # fmt: skip
    assert set(empty.values()) == {None}


def test_days_that_are_none_become_empty_and_are_counted(server: Server) -> None:
    run(
        server,
        "CREATE DATABASE odd",
        "SET sql_mode = 'ALLOW_INVALID_DATES'",
        "CREATE TABLE odd.t (day date, at datetime)",
        "INSERT INTO odd.t VALUES ('0000-00-00', '0000-00-00'), ('2024-02-31', '2024-02-31 10:00:00'),"
        " ('2024-00-15', '9999-12-31 23:59:59'), ('1900-01-01', '2024-01-01')",
    )
    source = read(server, "odd/t")
    assert [row["day"] for row in rows(source)] == [None, None, None, dt.date(1900, 1, 1)]
    assert [row["at"] for row in rows(source)] == [None, None, moment(9999, 12, 31, 23, 59, 59), moment(2024, 1, 1)]
    assert any("5 dates" in note.en for note in source.notes), source.notes


def test_hostile_names_are_names(server: Server) -> None:
    table, columns = "we`ird/.. %s; drop table members--", ["a`b", "c d'", 'x";--', "%s {0}", "~"]
    quoted = [name.replace("`", "``") for name in (table, *columns)]
    run(
        server,
        "CREATE DATABASE `sch;ema`",
        "CREATE TABLE `sch;ema`.members (a int)",
        f"CREATE TABLE `sch;ema`.`{quoted[0]}` ({', '.join(f'`{name}` text' for name in quoted[1:])})",
        f"INSERT INTO `sch;ema`.`{quoted[0]}` VALUES ('1', '2', '3', '4', '5')",
    )
    whole = read(server, "sch;ema")
    assert [list(row) for row in rows(whole, 1)] == [columns]
    one = read(server, "sch;ema/" + table.replace("%", "%25").replace("/", "%2F"))
    assert [list(row.values()) for row in rows(one)] == [["1", "2", "3", "4", "5"]]
    assert code(lambda: read(server, "sch;ema/members' OR '1'='1")) == "K-FMT-106"
    assert code(lambda: read(server, "x' OR '1'='1")) == "K-FMT-106"


def test_one_snapshot_whatever_happens_meanwhile(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    run(
        server,
        "CREATE DATABASE moving",
        "USE moving",
        "CREATE TABLE moving.a ENGINE=InnoDB AS SELECT seq AS i FROM seq_1_to_1000",
        "CREATE TABLE moving.b ENGINE=InnoDB AS SELECT seq AS i FROM seq_1_to_1000",
        "CREATE TABLE moving.c ENGINE=MyISAM AS SELECT 1 AS i",
        "CREATE VIEW moving.v AS SELECT * FROM moving.a",
    )
    real = room.read_tables

    def late(*words: object) -> object:
        run(server, "DELETE FROM moving.a", "UPDATE moving.b SET i = 0")
        return real(*words)  # type: ignore[arg-type]

    monkeypatch.setattr(room, "read_tables", late)
    source = read(server, "moving")
    assert [sum(row["i"] for row in rows(source, entity)) for entity in (0, 1, 2)] == [500_500, 500_500, 1]  # type: ignore[misc]
    assert any("keeps no snapshot" in note.en and "c" in note.en for note in source.notes)
    assert any("views" in note.en and "v" in note.en for note in source.notes)


def test_the_session_may_not_write(server: Server) -> None:
    run(
        server,
        "CREATE DATABASE sly",
        "CREATE TABLE sly.log (i int)",
        "CREATE FUNCTION sly.write_one() RETURNS int MODIFIES SQL DATA BEGIN INSERT INTO sly.log VALUES (1); RETURN 1; END",
        "CREATE VIEW sly.v AS SELECT sly.write_one() AS i",
    )
    assert code(lambda: read(server, "sly/v")) == "K-FMT-111"
    assert rows(read(server, "sly/log")) == []


def test_a_cell_too_large_is_refused_by_the_server(server: Server) -> None:
    run(
        server,
        "CREATE DATABASE large",
        "CREATE TABLE large.big (x longtext, y longblob)",
        "INSERT INTO large.big VALUES (repeat('13800138000', 1000), 'x')",
        "CREATE TABLE large.small AS SELECT 1 AS i",
    )
    limits = Limits(value_bytes=10_000)
    assert code(lambda: read(server, "large/big", limits=limits)) == "K-FMT-110"
    run(server, "UPDATE large.big SET x = '', y = repeat('y', 10001)")
    assert code(lambda: read(server, "large/big", limits=limits)) == "K-FMT-110"
    beside = read(server, "large", limits=limits)
    assert not beside.complete
    assert [entity.name for entity in beside.entities] == ["small"]


def test_rights_logins_and_names_that_are_wrong(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    run(
        server,
        "CREATE DATABASE closed",
        "CREATE TABLE closed.t AS SELECT '13800138000' AS phone",
        "CREATE TABLE closed.seen AS SELECT 1 AS i",
        "CREATE VIEW closed.v AS SELECT phone FROM closed.t",
        f"CREATE USER guest@'127.0.0.1' IDENTIFIED BY '{PASSWORD}'",
        "GRANT SELECT ON closed.seen TO guest@'127.0.0.1'",
    )
    assert code(lambda: read(server, "closed/t", user="guest")) == "K-FMT-106"  # what may not be seen is not shown
    assert read(server, "closed/seen", user="guest").entities[0].rows == 1
    assert code(lambda: read(server, "closed/nothing")) == "K-FMT-106"
    monkeypatch.setenv("MYSQL_PWD", "wrong")
    assert code(lambda: read(server, "closed/t")) == "K-FMT-104"
    monkeypatch.delenv("MYSQL_PWD")
    assert code(lambda: read(server, "closed/t")) == "K-FMT-104"
    secret = tmp_path / ".my.cnf"
    secret.write_text(f"[mysqld]\nport=1\n[client]\npassword = '{PASSWORD}'\n")
    secret.chmod(0o644)
    assert code(lambda: read(server, "closed/t")) == "K-FMT-112"
    secret.chmod(0o600)
    assert read(server, "closed/t").entities[0].rows == 1


def test_a_line_that_is_not_encrypted_is_refused_beyond_this_machine(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kouan.formats.remote.address.Address.local", False)
    assert code(lambda: read(server, "mysql/user")) == "K-FMT-105"
    assert read(server, "information_schema/COLLATIONS", query="?sslmode=disable").entities[0].rows


def test_cleared_end_to_end(server: Server, tmp_path: Path) -> None:
    run(
        server,
        "CREATE DATABASE crm CHARACTER SET gbk",
        "USE crm",
        "CREATE TABLE crm.members (id int PRIMARY KEY, 姓名 varchar(20), 手机号 varchar(20), 消费 decimal(10,2))",
        "INSERT INTO crm.members SELECT seq, concat('欧阳试验', seq), concat('138', lpad(seq * 7919, 8, '0')), seq * 1.25"
        " FROM seq_1_to_500",
    )
    declaration = tmp_path / "transfer.yaml"
    declaration.write_text(
        "transfer: {name: 会员数据, scenario: retail_analytics}\n"
        "parties:\n  - {role: exporter, name: 甲公司, ciio: false}\n  - {role: recipient, name: B AG, country: DE}\n"
        "purpose: 会员消费分析\nbasis: [consent]\nsources:\n"
        f"  - {{from: 'mysql://owner@127.0.0.1:{server.port}', path: crm/members, subjects: [member]}}\n",
        "utf-8",
    )
    assert main(["clear", str(declaration), "--home", str(tmp_path / "home"), "--as-of", "2026-11-22"]) in {0, 3}
    folder = tmp_path / "transfer-clearance"
    assert pq.read_table(folder / "staged" / "crm" / "members" / "members.parquet").num_rows == 500
    (source,) = json.loads((folder / "inventory.json").read_text("utf-8"))["body"]["sources"]
    assert (source["format"], source["entities"][0]["rows"]) == ("mysql", 500)
    assert "MariaDB" in source["detail"]
    assert main(["verify", str(folder), "--home", str(tmp_path / "home")]) == 0


def test_a_server_that_dies_midway_leaves_nothing_half_read() -> None:
    with mariadb() as server:
        run(
            server,
            "CREATE DATABASE s",
            "CREATE VIEW s.v AS SELECT seq, md5(seq) AS x, IF(seq % 1000 = 0, sleep(0.05), 0) AS z FROM mysql.seq_1_to_400000",
        )
        timer = threading.Timer(1.5, server.kill)
        timer.start()
        try:
            assert code(lambda: read(server, "s/v")) == "K-FMT-108"
        finally:
            timer.cancel()
            timer.join()
        assert code(lambda: read(server, "s/v")) == "K-FMT-103"
