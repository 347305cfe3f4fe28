"""PostgreSQL: tables and views in one read-only snapshot, streamed as Arrow over COPY."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pyarrow as pa

from kouan.formats import notes
from kouan.formats.notes import listed
from kouan.formats.remote import messages
from kouan.formats.remote.address import INSTEAD
from kouan.formats.remote.reading import MINUTES, Column, Read, Table, read_tables
from kouan.model.errors import KouanError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.formats.options import Limits
    from kouan.formats.remote.address import Address
    from kouan.model.text import Text

_BATCH = "adbc.postgresql.batch_size_hint_bytes"
_BATCH_BYTES = 4 << 20
_SESSION = (
    "SET default_transaction_read_only = on",
    f"SET statement_timeout = '{MINUTES}min'",
    "SET lock_timeout = '10s'",
    "SET idle_in_transaction_session_timeout = '10min'",
    "SET synchronize_seqscans = off",  # rows come in one order as long as nothing changes
    "SET search_path = pg_catalog",  # no function of the database stands in for one of the server
    "SET TimeZone = 'UTC'",
    "SET DateStyle = 'ISO'",
    "SET extra_float_digits = 1",
    "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
)
_TABLES = """
SELECT c.relname::text, c.relkind::text, c.oid::int8,
       EXISTS (SELECT FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class p ON p.oid = i.inhparent
               WHERE i.inhrelid = c.oid AND p.relnamespace = c.relnamespace)
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND ($2 = '' OR c.relname = $2)
ORDER BY c.relname COLLATE "C"
"""
_COLUMNS = """
WITH RECURSIVE base(attnum, attname, oid, typmod, depth) AS (
    SELECT a.attnum, a.attname, a.atttypid, a.atttypmod, 0 FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = $1::int8::oid AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
    SELECT b.attnum, b.attname, t.typbasetype, CASE WHEN b.typmod < 0 THEN t.typtypmod ELSE b.typmod END, b.depth + 1
    FROM base b JOIN pg_catalog.pg_type t ON t.oid = b.oid WHERE t.typtype = 'd'
)
SELECT b.attname::text, t.typname::text, b.typmod::int4
FROM base b JOIN pg_catalog.pg_type t ON t.oid = b.oid
WHERE t.typtype <> 'd' ORDER BY b.attnum
"""
_KINDS = {
    "bool": pa.bool_(),
    "int2": pa.int16(),
    "int4": pa.int32(),
    "int8": pa.int64(),
    "float4": pa.float32(),
    "float8": pa.float64(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
    "timestamptz": pa.timestamp("us", "UTC"),
}
_MOST_DIGITS = 38
_CONNECTION_STATES = ("08", "57P")
_STOPPED = {"57014", "55P03", "25P03"}
_REFUSED_STATE = "42501"
_LARGE = "kouan-too-large-"


@dataclass(frozen=True, slots=True)
class _Session:
    """An open snapshot."""

    address: Address
    cursor: Any
    limit: int

    def run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows."""
        with _errors(self.address, self.limit):
            self.cursor.execute(statement, values or None)
            return list(self.cursor.fetchall()) if self.cursor.description else []

    def columns(self, oid: int) -> tuple[Column, ...]:
        """Return the columns of a table with how they are asked for."""
        return tuple(_column(*row, limit=self.limit) for row in self.run(_COLUMNS, oid))

    def batches(self, table: Table) -> Iterator[pa.RecordBatch]:
        """Stream a table's rows."""
        asked = ", ".join(column.asked for column in table.columns)
        schema, name = table.place
        self.run("SAVEPOINT kouan")
        try:
            with _errors(self.address, self.limit):
                self.cursor.execute(f"SELECT {asked} FROM {_quoted(schema)}.{_quoted(name)}")  # noqa: S608 - quoted
                yield from self.cursor.fetch_record_batch()
        except KouanError:
            self._recover()
            raise
        self.run("RELEASE SAVEPOINT kouan")

    def _recover(self) -> None:
        """Go on in the same snapshot after a table failed. Raises K-FMT-108 when nobody is there any more."""
        try:
            self.run("ROLLBACK TO SAVEPOINT kouan")
        except KouanError:
            raise messages.LOST.at(str(self.address)) from None


def read_postgresql(address: Address, limits: Limits) -> Read:
    """Read a table, a view, or all tables of a schema in one snapshot.

    Raises:
        KouanError: K-FMT-102 to 111, K-FMT-015, 027, 028.
    """
    with _connected(address) as connection:
        with connection.cursor() as cursor:
            cursor.adbc_statement.set_options(**{_BATCH: str(_BATCH_BYTES)})
            session = _Session(address, cursor, limits.value_bytes)
            if session.run("SELECT pg_catalog.current_setting('server_encoding')") == [("SQL_ASCII",)]:
                session.run("SET client_encoding = SQL_ASCII")  # bytes as they are; nobody knows which letters
            for statement in _SESSION:
                session.run(statement)
            version = session.run("SELECT pg_catalog.current_setting('server_version')")[0][0]
            tables, said = _tables(session)
            read = read_tables(address, tables, session.batches, limits)
            session.run("COMMIT")
        return Read(f"PostgreSQL {version.split()[0]}", read.members, (*said, *read.notes))


def _tables(session: _Session) -> tuple[list[Table], list[Text]]:
    """Return what to read: the named table or view, or all tables of the schema whose rows no other table shows."""
    schema, *one = session.address.names
    found = session.run(_TABLES, schema, *(one or [""]))
    views = [name for name, kind, _, _ in found if kind in {"v", "m"} and not one]
    chosen = [(name, oid) for name, kind, oid, shown in found if one or (kind in {"r", "p", "f"} and not shown)]
    if not chosen:
        raise messages.NO_TABLE.at(str(session.address))
    tables = [Table((schema, name), session.columns(oid)) for name, oid in chosen]
    return tables, [notes.VIEWS.fill(count=len(views), tables=listed(views))] if views else []


def _column(name: str, kind: str, typmod: int, *, limit: int) -> Column:
    asked = _quoted(name)
    if kind in _KINDS:
        return Column(name, asked, _KINDS[kind])
    if kind == "bytea":
        return Column(name, _guarded(asked, "pg_catalog.convert_to({0}, 'UTF8')", limit), pa.binary())
    text = f"{asked}::pg_catalog.text"
    if kind == "numeric":
        digits, scale = (typmod - 4 >> 16) & 0xFFFF, (typmod - 4) & 0x7FF
        fits = typmod >= 0 and 0 < digits <= _MOST_DIGITS and scale <= digits
        return Column(name, text, pa.decimal128(digits, scale) if fits else pa.string())
    return Column(name, _guarded(text, "{0}", limit), pa.string())


def _guarded(value: str, wrapped: str, limit: int) -> str:
    """Return an expression that fails for a value too large to be sent; the server's words then hold the mark."""
    size = f"pg_catalog.octet_length({value})"
    large = f"('{_LARGE}' OPERATOR(pg_catalog.||) {size}::pg_catalog.text)::pg_catalog.int4::pg_catalog.text"
    return f"CASE WHEN {size} > {limit} THEN {wrapped.replace('{0}', large)} ELSE {value} END"


def _quoted(name: str) -> str:
    """Return an identifier quoted as SQL does (PostgreSQL 4.1.1); a NUL cannot stand in one."""
    return '"' + name.replace('"', '""').replace("\0", "") + '"'


@contextmanager
def _connected(address: Address) -> Iterator[Any]:
    try:
        driver = import_module("adbc_driver_postgresql.dbapi")  # optional: only who reads a database has it
    except ImportError:
        raise messages.DRIVER.at(str(address), kind="PostgreSQL", extra="postgresql") from None
    try:
        connection = driver.connect(_uri(address), autocommit=True)
    except driver.Error as error:
        raise _login(address, str(error)) from None
    with connection:
        yield connection


def _uri(address: Address) -> str:
    """Return the address as libpq takes it; it finds the password by itself (PGPASSWORD, ~/.pgpass)."""
    user = f"{quote(address.user, safe='')}@" if address.user else ""
    host = f"[{address.host}]" if ":" in address.host else quote(address.host, safe="")
    port = f":{address.port}" if address.port else ""
    settings = {"connect_timeout": "10", "application_name": "kouan", "client_encoding": "UTF8"}
    settings |= {"sslmode": "prefer" if address.local else "require"} | dict(address.options)
    return f"postgresql://{user}{host}{port}/{quote(address.base, safe='')}?{urlencode(settings, quote_via=quote)}"


def _login(address: Address, said: str) -> KouanError:
    """Return the error for what libpq says of a failed login, which it says without a state."""
    if any(word in said for word in ("SSL", "certificate", "TLS")) and "FATAL" not in said:
        return messages.TLS.at(str(address))
    if any(word in said for word in ("starting up", "shutting down", "too many", "recovery")):
        return messages.UNREACHABLE.at(str(address))
    if "FATAL" in said or "password" in said:
        return messages.LOGIN.at(str(address), instead=INSTEAD[address.scheme])
    return messages.UNREACHABLE.at(str(address))


@contextmanager
def _errors(address: Address, limit: int) -> Iterator[None]:
    """Turn the driver's errors into ours, without their words."""
    driver: Any = import_module("adbc_driver_manager")
    try:
        yield
    except driver.Error as error:
        raise _error(address, str(error.sqlstate or ""), str(error), limit) from None
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:  # while rows come, without a state
        raise _error(address, "", str(error), limit) from None


def _error(address: Address, state: str, said: str, limit: int) -> KouanError:
    where = str(address)
    if state.startswith(_CONNECTION_STATES):
        return messages.LOST.at(where)
    if state in _STOPPED or "cancel" in said:
        return messages.TIMEOUT.at(where, minutes=MINUTES)
    if state == _REFUSED_STATE:
        return messages.NO_RIGHT.at(where)
    if _LARGE in said:
        return messages.CELL_TOO_LARGE.at(where, limit=limit >> 20)
    return messages.QUERY_FAILED.at(where, state=state or "-")
