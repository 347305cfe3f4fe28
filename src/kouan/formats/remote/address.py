"""Where a source lies that is no file: `from` of a declaration, without any secret."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from kouan.formats.remote import messages
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_TLS = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey"})
_OPTIONS: Mapping[str, frozenset[str]] = {
    "postgresql": _TLS,
    "mysql": _TLS,
    "s3": frozenset({"endpoint", "region"}),
}
_SCHEMES = {"postgresql": "postgresql", "postgres": "postgresql", "mysql": "mysql", "mariadb": "mysql", "s3": "s3"}
INSTEAD: Mapping[str, Text] = {
    "postgresql": Text(
        zh="环境变量 PGPASSWORD 或权限为 0600 的 ~/.pgpass 文件",
        en="the environment variable PGPASSWORD or a file ~/.pgpass (0600)",
    ),
    "mysql": Text(
        zh="环境变量 MYSQL_PWD 或权限为 0600 的 ~/.my.cnf 文件",
        en="the environment variable MYSQL_PWD or a file ~/.my.cnf (0600)",
    ),
    "s3": Text(
        zh="环境变量 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY 或 ~/.aws/credentials 文件",
        en="the environment variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or a file ~/.aws/credentials",
    ),
}
"""Where secrets come from, by scheme."""

_UNKNOWN = Text(
    zh="只认 postgresql://、mysql://、s3:// 开头的地址", en="it starts with none of postgresql://, mysql://, s3://"
)
_MALFORMED = Text(zh="不是完整的地址", en="it is no whole address")
_DATABASE = Text(zh="主机后要写且只写一个库名", en="one database is named after the host, and no more")
_NO_DATABASE = Text(
    zh="主机后不写库名；库名写在 path 开头", en="no database stands after the host; it is the first part of `path`"
)
_PATH = Text(zh="path 应为“模式”或“模式/表名”", en="`path` is a schema, or schema/table")
_ENDPOINT = Text(zh="endpoint 应为 https://主机:端口", en="the endpoint is https://host:port")
_NOT_KNOWN = Text(zh="不认识的参数 {name}", en="unknown parameter {name}")
_BOTH = Text(zh="path 里写了地址；地址写在 from 里", en="`path` holds an address; that is written under `from`")


@dataclass(frozen=True, slots=True)
class Address:
    """A place in a database or an object store.

    Attributes:
        scheme: `postgresql`, `mysql` or `s3`.
        host: empty for the driver's own default; the bucket of an object store.
        user: empty for the driver's own default.
        base: database, or prefix in the bucket; may be empty.
        path: as the declaration writes it: what to read there.
        options: such as `sslmode`.
    """

    scheme: str
    host: str
    path: str
    port: int | None = None
    user: str = ""
    base: str = ""
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The server without user and options, for people."""
        port = f":{self.port}" if self.port else ""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{port}" + (f"/{self.base}" if self.base else "")

    def __str__(self) -> str:
        return f"{self.place}/{self.path}"

    @property
    def names(self) -> tuple[str, ...]:
        """Parts of the path, with %2F and the like decoded."""
        return tuple(unquote(part) for part in self.path.split("/"))

    @property
    def local(self) -> bool:
        """Whether the server is on this machine, so that nothing crosses a network."""
        if self.host in {"", "localhost"}:
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False


def is_address(word: str) -> bool:
    """Tell whether a word of a command line is an address rather than a path."""
    return word.split("://", maxsplit=1)[0] in _SCHEMES if "://" in word else False


def parse_address(origin: str, path: str) -> Address:
    """Return the address that `from` and `path` of a declaration name.

    Raises:
        KouanError: K-FMT-100, K-FMT-101; neither repeats the address, which may hold a secret.
    """
    parts = _split(origin)
    scheme = _SCHEMES[parts.scheme]
    options = _options(scheme, parts)
    base = unquote(parts.path.strip("/"))
    if scheme == "postgresql" and (not base or "/" in base):
        raise messages.ADDRESS.at("from", problem=_DATABASE)
    if scheme == "mysql" and base:
        raise messages.ADDRESS.at("from", problem=_NO_DATABASE)
    if "://" in path:
        raise messages.ADDRESS.at("path", problem=_BOTH)
    pieces = path.split("/")
    if scheme != "s3" and (not all(pieces) or len(pieces) > 2):  # noqa: PLR2004 - schema and table
        raise messages.ADDRESS.at("path", problem=_PATH)
    host = parts.netloc if scheme == "s3" else parts.hostname or ""
    if scheme == "s3" and "endpoint" in options:
        _check_endpoint(options["endpoint"])
    return Address(scheme, host, path, _port(parts), unquote(parts.username or ""), base=base, options=options)


def parse_word(word: str) -> Address:
    """Return the address that a word of a command line names: `postgresql://host/db/schema/table`.

    Raises:
        KouanError: K-FMT-100, K-FMT-101.
    """
    parts = _split(word)
    above = 1 if _SCHEMES[parts.scheme] == "postgresql" else 0
    names = parts.path.strip("/").split("/")
    base, path = "/".join(names[:above]), "/".join(names[above:])
    return parse_address(parts._replace(path=f"/{base}" if base else "").geturl(), path)


def _split(origin: str) -> SplitResult:
    parts = _split_url(origin)
    if parts.scheme not in _SCHEMES:
        raise messages.ADDRESS.at("from", problem=_UNKNOWN)
    if parts.password is not None:
        raise messages.SECRET.at("from", instead=INSTEAD[_SCHEMES[parts.scheme]])
    if parts.fragment or (parts.scheme == "s3" and (not parts.hostname or parts.username)):
        raise messages.ADDRESS.at("from", problem=_MALFORMED)
    return parts


def _split_url(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - raises for what is no port
    except ValueError:
        raise messages.ADDRESS.at("from", problem=_MALFORMED) from None
    return parts


def _check_endpoint(endpoint: str) -> None:
    parts = _split_url(endpoint)
    if "@" in parts.netloc:
        raise messages.SECRET.at("from", instead=INSTEAD["s3"])
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise messages.ADDRESS.at("from", problem=_ENDPOINT)


def _port(parts: SplitResult) -> int | None:
    return parts.port


def _options(scheme: str, parts: SplitResult) -> dict[str, str]:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    for name in options:
        if any(word in name.lower() for word in ("pass", "secret", "token", "access_key", "credential")):
            raise messages.SECRET.at("from", instead=INSTEAD[scheme])
        if name not in _OPTIONS[scheme]:
            raise messages.ADDRESS.at("from", problem=_NOT_KNOWN.fill(name=name[:20]))
    return options
