"""MySQL and MariaDB: tables and views in one read-only snapshot, row by row as the server sends them."""

from __future__ import annotations

import os
import ssl
import stat
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

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

_ROWS = 8192
_OPTIONS_FILE = "~/.my.cnf"
_SESSION = (
    "SET SESSION sql_mode = ''",
    "SET SESSION time_zone = '+00:00'",
    "SET SESSION lock_wait_timeout = 10",
    "SET SESSION net_write_timeout = 600",
    "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
    "SET SESSION TRANSACTION READ ONLY",
)
_LIMITS = (f"SET SESSION max_statement_time = {MINUTES * 60}", f"SET SESSION max_execution_time = {MINUTES * 60_000}")
"""MariaDB counts seconds, MySQL milliseconds; each knows only its own."""
_SNAPSHOT = "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY"
_TABLES = "SELECT TABLE_NAME, TABLE_TYPE, ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = %s ORDER BY 1"
_COLUMNS = (
    "SELECT COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, NUMERIC_PRECISION, NUMERIC_SCALE FROM information_schema.COLUMNS"
    " WHERE TABLE_SCHEMA = %s AND TABLE_NAME = %s AND BINARY TABLE_NAME = BINARY %s ORDER BY ORDINAL_POSITION"
)
_WHOLE = {
    "tinyint": (pa.int8(), pa.uint8()),
    "smallint": (pa.int16(), pa.uint16()),
    "mediumint": (pa.int32(), pa.uint32()),
    "int": (pa.int32(), pa.uint32()),
    "bigint": (pa.int64(), pa.uint64()),
    "year": (pa.int16(), pa.int16()),
}
_KINDS = {
    "float": pa.float32(),
    "double": pa.float64(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us"),
    "timestamp": pa.timestamp("us", "UTC"),
}
_BYTES = {"binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob", "bit", "geometry", "vector"}
_MAY_BE_LARGE = {"mediumtext", "longtext", "mediumblob", "longblob", "json", "geometry"}
_MOST_DIGITS = 38
_LARGE = 1242
_KEPT_ENGINES = {"InnoDB", None}
_NOT_FOUND = {1049, 1051, 1146, 1109}
_REFUSED = {1142, 1143, 1044, 1227, 1356}
_BROKEN_VIEW = 1356
_NO_TLS = 2026
_LOGIN = {1044, 1045, 1049, 1130, 1698, 1251}
_STOPPED = {1969, 3024, 1205, 1317, 1053}
_LOST = {2006, 2013, 2014, 2055, 1927, 1153, 0}


@dataclass(frozen=True, slots=True)
class _Session:
    """An open snapshot."""

    address: Address
    connection: Any
    driver: Any
    limit: int

    def run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement and return its rows, names as text."""
        with self._errors(), self.connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return [tuple(_text(one) for one in row) for row in cursor.fetchall()]

    def columns(self, schema: str, table: str) -> tuple[Column, ...]:
        """Return the columns of a table with how they are asked for."""
        rows = self.run(_COLUMNS, schema, table, table)
        if not rows:  # a view that the server cannot work out
            raise messages.QUERY_FAILED.at(str(self.address), state=_BROKEN_VIEW)
        return tuple(_column(row, self.limit) for row in rows)

    def batches(self, table: Table) -> Iterator[pa.RecordBatch]:
        """Stream a table's rows; values come as the bytes of their text."""
        asked = ", ".join(column.asked for column in table.columns)
        schema, name = table.place
        kinds = [pa.binary() if column.kind == pa.binary() else pa.string() for column in table.columns]
        names = [str(place) for place in range(len(kinds))]
        cursor = self.connection.cursor(self.driver.cursors.SSCursor)
        try:
            with self._errors():
                cursor.execute(f"SELECT {asked} FROM {_quoted(schema)}.{_quoted(name)}")  # noqa: S608 - quoted
                while rows := cursor.fetchmany(_ROWS):
                    values = [pa.array(column, pa.binary()) for column in zip(*rows, strict=True)]
                    arrays = [one.view(kind) for one, kind in zip(values, kinds, strict=True)]
                    yield pa.RecordBatch.from_arrays(arrays, names)
        except BaseException:
            if cursor._result is not None:  # noqa: SLF001 - else the driver waits for rows that will never come
                cursor._result.unbuffered_active = False  # noqa: SLF001
            raise
        finally:
            cursor.close()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except (self.driver.Error, OSError, UnicodeDecodeError) as error:
            raise _error(self.address, error, self.limit) from None


def read_mysql(address: Address, limits: Limits) -> Read:
    """Read a table, a view, or all tables of a schema in one snapshot.

    Raises:
        KouanError: K-FMT-102 to 112, K-FMT-015, 027, 028.
    """
    try:
        driver = import_module("pymysql")  # optional: only who reads a database has it
    except ImportError:
        raise messages.DRIVER.at(str(address), kind="MySQL", extra="mysql") from None
    connection = _connect(address, driver)
    try:
        session = _Session(address, connection, driver, limits.value_bytes)
        _prepare(session)
        version = session.run("SELECT VERSION()")[0][0]
        tables, said = _tables(session)
        read = read_tables(address, tables, session.batches, limits)
    finally:
        connection.close()
    product = "MariaDB" if "mariadb" in version.lower() else "MySQL"
    return Read(f"{product} {version.split('-')[0]}", read.members, (*said, *read.notes))


def _prepare(session: _Session) -> None:
    """Make the session one that only reads, and only for so long."""
    if not session.address.local and session.address.options.get("sslmode") != "disable":
        ((_, cipher),) = session.run("SHOW SESSION STATUS LIKE 'Ssl_cipher'")
        if not cipher:  # the driver goes on in the clear with a server that knows no TLS
            raise messages.TLS.at(str(session.address))
    for statement in _SESSION:
        session.run(statement)
    known = 0
    for statement in _LIMITS:
        try:
            session.run(statement)
            known += 1
        except KouanError as error:
            if error.code != messages.QUERY_FAILED.code:
                raise
    if not known:
        raise messages.QUERY_FAILED.at(str(session.address), state="max_execution_time")
    session.run(_SNAPSHOT)


def _tables(session: _Session) -> tuple[list[Table], list[Text]]:
    schema, *one = session.address.names
    found = [row for row in session.run(_TABLES, schema) if row[1] != "SEQUENCE" and (not one or row[0] == one[0])]
    views = [name for name, kind, _ in found if kind.endswith("VIEW") and not one]
    chosen = [(name, engine) for name, kind, engine in found if one or not kind.endswith("VIEW")]
    if not chosen:
        raise messages.NO_TABLE.at(str(session.address))
    loose = [name for name, engine in chosen if engine not in _KEPT_ENGINES]
    said = [notes.VIEWS.fill(count=len(views), tables=listed(views))] if views else []
    if loose:
        said.append(notes.NO_SNAPSHOT.fill(tables=listed(loose)))
    return [Table((schema, name), session.columns(schema, name)) for name, _ in chosen], said


def _column(row: tuple[Any, ...], limit: int) -> Column:
    name, kind, whole, digits, scale = row
    asked = _quoted(name)
    if kind in _WHOLE:
        return Column(name, asked, _WHOLE[kind]["unsigned" in whole])
    if kind == "decimal":
        digits, scale = int(digits), int(scale)
        return Column(name, asked, pa.decimal128(digits, scale) if digits <= _MOST_DIGITS else pa.string())
    if kind in _KINDS:
        return Column(name, asked, _KINDS[kind])
    if kind in _MAY_BE_LARGE:  # two rows where one may stand: an error, raised only where the value is too large
        fails = f"(SELECT LENGTH({asked}) UNION ALL SELECT 0)"
        asked = f"IF(LENGTH({asked}) > {limit}, {fails}, {asked})"
    return Column(name, asked, pa.binary() if kind in _BYTES else pa.string())


def _quoted(name: str) -> str:
    """Return an identifier quoted as MySQL does in every mode."""
    return "`" + name.replace("`", "``").replace("\0", "") + "`"


def _text(value: object) -> object:
    return value.decode() if isinstance(value, bytes) else value


def _connect(address: Address, driver: Any) -> Any:
    user, password = _secret()
    try:
        return driver.connect(
            host=address.host or "localhost",
            port=address.port or 3306,
            user=address.user or user,
            password=password,
            charset="utf8mb4",
            use_unicode=False,
            conv=dict(import_module("pymysql.converters").encoders),  # what comes stays bytes
            connect_timeout=10,
            ssl=_tls(address),
            autocommit=False,
        )
    except (driver.Error, OSError, RuntimeError) as error:  # RuntimeError: a way of login that needs another package
        raise _login(address, error) from None


def _secret() -> tuple[str | None, str]:
    """Return user and password from MYSQL_PWD or the `[client]` part of ~/.my.cnf. Raises K-FMT-112."""
    found: dict[str, str] = {}
    file = Path(_OPTIONS_FILE).expanduser()
    if file.is_file():
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise messages.SECRET_FILE_OPEN.at(_OPTIONS_FILE)
        part = ""
        for line in file.read_text("utf-8", "replace").splitlines():
            name, _, value = (word.strip() for word in line.partition("="))
            if name.startswith("["):
                part = name
            elif part == "[client]" and value:
                found[name] = value[1:-1] if value[0] in "\"'" and value[0] == value[-1] else value
    return found.get("user"), os.environ.get("MYSQL_PWD", found.get("password", ""))


def _tls(address: Address) -> ssl.SSLContext | None:
    """Return how the line is encrypted; beyond this machine it is, unless the address says otherwise."""
    mode = address.options.get("sslmode", "disable" if address.local else "require")
    if mode == "disable":
        return None
    try:
        context = ssl.create_default_context(cafile=address.options.get("sslrootcert"))
        if "sslcert" in address.options:
            context.load_cert_chain(address.options["sslcert"], address.options.get("sslkey"))
    except OSError:
        raise messages.TLS.at(str(address)) from None
    context.check_hostname = mode == "verify-full"
    if mode not in {"verify-ca", "verify-full"}:
        context.verify_mode = ssl.CERT_NONE
    return context


def _login(address: Address, error: Exception) -> KouanError:
    code = _code(error)
    if code == _NO_TLS or isinstance(error.__context__ or error, ssl.SSLError):
        return messages.TLS.at(str(address))
    if code in _LOGIN or isinstance(error, RuntimeError):
        return messages.LOGIN.at(str(address), instead=INSTEAD[address.scheme])
    return messages.UNREACHABLE.at(str(address))


def _error(address: Address, error: Exception, limit: int) -> KouanError:
    where, code = str(address), _code(error)
    if code == _LARGE:
        return messages.CELL_TOO_LARGE.at(where, limit=limit >> 20)
    if code in _LOST or isinstance(error, OSError):
        return messages.LOST.at(where)
    if code in _STOPPED:
        return messages.TIMEOUT.at(where, minutes=MINUTES)
    if code in _REFUSED:
        return messages.NO_RIGHT.at(where)
    return (messages.NO_TABLE if code in _NOT_FOUND else messages.QUERY_FAILED).at(where, state=code)


def _code(error: Exception) -> int:
    first = error.args[0] if error.args else None
    return first if isinstance(first, int) else -1
