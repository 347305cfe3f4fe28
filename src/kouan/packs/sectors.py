"""Sector schemas: which item of which standard a column or tree path is, read from YAML."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.model import strictyaml
from kouan.model.decision import PackRef
from kouan.model.sector import SectorSchema
from kouan.packs import messages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from kouan.model.sector import SectorItem

_SLASH_IN_KEY = re.compile(r"\([^()]*/([^()/]*)\)")
_GLOB = re.compile(r"\*\*/|\*\*|\*|\?|[{},]|[^*?{},]+")


@dataclass(frozen=True, slots=True)
class Sector:
    """One sector schema, ready to find items.

    Attributes:
        schema: as written.
        ref: id, version and digest of its file.
    """

    schema: SectorSchema
    ref: PackRef
    _items: re.Pattern[str] = field(repr=False)
    _subjects: tuple[tuple[re.Pattern[str], str | None], ...] = field(repr=False)
    _found: dict[tuple[str, str], SectorItem | None] = field(default_factory=dict, repr=False)

    def find(self, table: str, path: str) -> SectorItem | None:
        """Return the first item of the standard that fits a tree path or column of a table, or None."""
        if (table, path) not in self._found:
            match = self._items.match(f"{table}\n{_SLASH_IN_KEY.sub(_last, path)}")
            at = None if match is None else match.lastindex
            self._found[table, path] = None if at is None else self.schema.items[at - 1]
        return self._found[table, path]

    def subject(self, table: str) -> str | None:
        """Return the role of the person that a table's records are about; None when they are about nobody."""
        return next((role for pattern, role in self._subjects if pattern.match(table)), None)

    @staticmethod
    def columns(pattern: str, names: Iterable[str]) -> tuple[str, ...]:
        """Return the names that fit a pattern, in their order; a key that is a web address counts by its last part."""
        form = _compiled(pattern)
        return tuple(name for name in names if form.match(_SLASH_IN_KEY.sub(_last, name)))

    def covers(self, columns: Collection[str]) -> bool:
        """Tell whether a table with these columns is of this standard."""
        have = {name.upper() for name in columns}
        return any(have.issuperset(name.upper() for name in wanted) for wanted in self.schema.columns)


def builtin_sectors() -> Path:
    """Return the folder of the sector schemas that come with Kouan."""
    return Path(__file__).parent / "sector"


def load_sectors(*roots: Path) -> tuple[Sector, ...]:
    """Read the sector schemas (`*.yaml`) of some folders, by id.

    Args:
        roots: folders; none means the built-in schemas alone.

    Raises:
        KouanError: K-PCK-002, K-PCK-030 to 033, or K-MOD-001 to K-MOD-005, with file and line.
    """
    return _load(roots) if roots else _builtin()


@cache
def _builtin() -> tuple[Sector, ...]:
    return _load((builtin_sectors(),))


def _load(roots: Sequence[Path]) -> tuple[Sector, ...]:
    files = [path for root in roots for path in sorted(root.glob("*.yaml"))]
    sectors: dict[str, Sector] = {}
    for path in files:
        one = _read(path)
        if one.schema.id in sectors:
            raise messages.SECTOR_TWICE.at(path.name, name=one.schema.id)
        sectors[one.schema.id] = one
    return tuple(sectors[name] for name in sorted(sectors))


def _read(path: Path) -> Sector:
    try:
        data = path.read_bytes()
        loaded = strictyaml.load(data.decode("utf-8"), path.name)
    except (OSError, UnicodeDecodeError):
        raise messages.UNREADABLE.at(path.name) from None
    schema = strictyaml.validate(SectorSchema, loaded, "sector")
    _check(schema, loaded)
    parts = [f"({_expression(item.table)}\n{_expression(item.path)})" for item in schema.items]
    return Sector(
        schema=schema,
        ref=PackRef(id=schema.id, version=schema.version, sha256=f"sha256:{hashlib.sha256(data).hexdigest()}"),
        _items=re.compile(rf"(?:{'|'.join(parts)})\Z", re.IGNORECASE),
        _subjects=tuple(
            (re.compile(rf"{_expression(table)}\Z", re.IGNORECASE), role) for table, role in schema.subjects.items()
        ),
    )


def _check(schema: SectorSchema, loaded: strictyaml.Loaded) -> None:
    """Refuse patterns that do not close, items that an earlier one hides, and elements of two meanings."""
    places: dict[tuple[str, str], int] = {}
    meanings: dict[str, str] = {}
    for at, item in enumerate(schema.items):
        for name in ("table", "path"):
            if not _closes(getattr(item, name)):
                raise messages.SECTOR_PATTERN.at(loaded.at(("items", at, name)), pattern=getattr(item, name))
        first = places.setdefault((item.table, item.path), at)
        if first != at:
            other = loaded.at(("items", first))
            raise messages.DUPLICATE.at(loaded.at(("items", at)), name=f"{item.table}#{item.path}", other=other)
        if meanings.setdefault(item.element, item.meaning) != item.meaning:
            raise messages.SECTOR_ELEMENT.at(loaded.at(("items", at, "element")), name=item.element)
    _check_checks(schema, loaded)
    for role, age in schema.min_age.items():
        if age.element is not None and (age.element not in meanings or not age.values):
            raise messages.SECTOR_KEY.at(loaded.at(("min_age", role, "element")), name=age.element)
    for at, key in enumerate(schema.keys):
        if key not in meanings:
            raise messages.SECTOR_KEY.at(loaded.at(("keys", at)), name=key)


def _check_checks(schema: SectorSchema, loaded: strictyaml.Loaded) -> None:
    """Refuse two tables of one id, and patterns that do not close."""
    checks: dict[str, int] = {}
    for at, check in enumerate(schema.checks):
        first = checks.setdefault(check.id, at)
        if first != at:
            other = loaded.at(("checks", first))
            raise messages.DUPLICATE.at(loaded.at(("checks", at)), name=check.id, other=other)
        for pattern in (check.table, check.each, check.person, *check.patterns, *check.joined, check.day, *check.flags):
            if pattern is not None and not _closes(pattern):
                raise messages.SECTOR_PATTERN.at(loaded.at(("checks", at)), pattern=pattern)


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"{_expression(pattern)}\Z", re.IGNORECASE)


def _closes(pattern: str) -> bool:
    depth = 0
    for char in pattern:
        depth += (char == "{") - (char == "}")
        if depth not in (0, 1):
            return False
    return depth == 0


def _expression(pattern: str) -> str:
    """Return a pattern as a regular expression without groups that capture."""
    inside = False
    parts = []
    for piece in _GLOB.findall(pattern):
        if piece == "{":
            inside = True
        elif piece == "}":
            inside = False
        parts.append("|" if piece == "," and inside else _PIECES.get(piece) or re.escape(piece))
    return "".join(parts)


_PIECES: Mapping[str, str] = {
    "**/": r"(?:[^\n/]+/)*",
    "**": r"[^\n]*",
    "*": r"[^\n/]*",
    "?": r"[^\n/]",
    "{": "(?:",
    "}": ")",
}


def _last(key: re.Match[str]) -> str:
    return f"({key[1]})"
