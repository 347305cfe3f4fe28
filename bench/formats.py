"""Documents and clinical tables against the plain parsers of the same bytes, by processor seconds in this process."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from itertools import count
from typing import TYPE_CHECKING, Any

from bench.documents import write_bundle, write_reports, write_table
from bench.measure import BenchError, Result, cpu_seconds
from examples.people import TODAY
from kouan import open_source
from kouan.deidentify import apply_plan
from kouan.evidence import FileKeyStore
from kouan.formats import ReadOptions
from kouan.formats.compiled import is_available
from kouan.formats.tree.scan import scan
from kouan.model.declaration import ReleaseMode
from kouan.model.inventory import IdentityRole, Inventory, Item, Sensitivity, Tier
from kouan.model.items import item_id
from kouan.model.plan import Action, Plan, PlanLine
from kouan.model.text import same
from kouan.packs import load_sectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.context import Context
    from kouan.formats.source import Entity, Source

_TIMES = 3
_MOST_TIMES_PEER = 3
"""A reader that knows what each value is may take three times what a parser takes that only builds a tree."""
_MB = 1_000_000
_DROPPED = re.compile(r"(^|/)(name|given|family|telecom|address)(\([^)]*\))?(/|$)|comment\(\)|^(SUBJID|INVNAM)$")
_NUMBERS = re.compile(r"(^|/)id(\([^)]*\))?/@extension$|(^|/)(id|reference)$|^identifier/value$|^USUBJID$")
_DATES = re.compile(r"([tT]ime|/low|/high)/@value$|Date(Time)?$|DTC$")


@dataclass(frozen=True, slots=True)
class _Case:
    """A large file and the parser that it is measured against."""

    name: str
    path: Path
    peer: str
    parse: Callable[[], object]

    @property
    def size(self) -> float:
        return self.path.stat().st_size / _MB


def formats_rate(context: Context) -> list[Result]:
    """Measure reading, and reading, treating and writing, of files of 50 MB; the least of several runs each."""
    results = []
    for make in (_reports, _bundle, _table):
        case = make(context)
        if case.path.suffix != ".xpt" and is_available():
            language = case.path.suffix[1:]
            start = cpu_seconds(partial(_warm, language))
            results.append(Result(f"{case.name}: start of the compiled scanner", start, "cpu-s", detail="once"))
        results += _measured(case, context)
        case.path.unlink()
    return results


def _warm(language: str) -> None:
    blanks = b" " * 20_000_000
    scan(b"<a>%s</a>" % blanks if language == "xml" else b"[]" + blanks, language, ReadOptions().limits)


def _measured(case: _Case, context: Context) -> list[Result]:
    numbers = count()
    peer = min(cpu_seconds(case.parse) for _ in range(_TIMES))
    read = _least(case, context, numbers, _read)
    path = _fresh(case, context, next(numbers))
    plan, inventory = _plan(_open(path))
    path.unlink()
    keys = FileKeyStore.open(context.scratch / "home", create=True)

    def treat(path: Path) -> None:
        out = context.scratch / f"out-{path.stem}"
        apply_plan(plan, [_open(path)], inventory, keys=keys, out=out, threads=1)

    whole = _least(case, context, numbers, treat)
    actions = ", ".join(f"{sum(line.action is one for line in plan.lines)} {one}" for one in Action)
    detail = f"{case.size:.0f} MB, against {case.peer} in {peer:.2f} cpu-s"
    return [
        Result(f"{case.name}: read", case.size / read, "MB/cpu-s", at_most=False, detail=detail),
        Result(f"{case.name}: read / {case.peer}", read / peer, "×", _MOST_TIMES_PEER, detail=detail),
        Result(f"{case.name}: read, treat, write", case.size / whole, "MB/cpu-s", at_most=False, detail=actions),
        Result(f"{case.name}: read, treat, write / {case.peer}", whole / peer, "×", _MOST_TIMES_PEER, detail=detail),
    ]


def _least(case: _Case, context: Context, numbers: Iterator[int], work: Callable[[Path], object]) -> float:
    """Return the least processor seconds of several runs, each on a file that was never read before."""
    seconds = []
    for _ in range(_TIMES):
        path = _fresh(case, context, next(numbers))
        seconds.append(cpu_seconds(partial(work, path)))
        path.unlink()
    return min(seconds)


def _fresh(case: _Case, context: Context, number: int) -> Path:
    """Copy the file with other bytes at its end: what was read before is known by its digest and not read again."""
    path = context.scratch / f"{number}{case.path.suffix}"
    blanks = b"" if path.suffix == ".xpt" else b"\n" * (number + 1)
    path.write_bytes(case.path.read_bytes() + blanks)
    return path


def _open(path: Path) -> Source:
    return open_source(path, name=f"in{path.suffix}", options=_options())


@cache
def _options() -> ReadOptions:
    return ReadOptions(shapes=tuple(one.schema.tree for one in load_sectors() if one.schema.tree is not None))


def _read(path: Path) -> None:
    for entity in _open(path).entities:
        for _ in entity.batches():
            pass


def _plan(source: Source) -> tuple[Plan, Inventory]:
    """Return a typical plan: names dropped, numbers replaced, dates moved by the record's first number."""
    lines, items = [], []
    for entity in source.entities:
        by = next((one.name for one in entity.schema if _NUMBERS.search(one.name) and str(one.type) == "string"), None)
        for field in entity.schema:
            action = _action(field.name, by)
            item = item_id(source.name, entity.name, field.name)
            params: dict[str, int | str] = {"by": by} if by and action is Action.SHIFT else {}
            lines.append(PlanLine(item=item, action=action, params=params, why=same("bench")))
            items.append(_item(item, field.name, entity))
    plan = Plan(mode=ReleaseMode.CONTROLLED, key="pseudonym/2026", lines=tuple(lines))
    return plan, Inventory(as_of=TODAY, sources=(), items=tuple(items), persons=())


def _action(name: str, by: str | None) -> Action:
    if _DROPPED.search(name):
        return Action.DROP
    if _NUMBERS.search(name):
        return Action.PSEUDONYM
    return Action.SHIFT if by and _DATES.search(name) else Action.KEEP


def _item(item: str, name: str, entity: Entity) -> Item:
    return Item(
        id=item, name=name, type=str(entity.schema.field(name).type), meaning="person_id", label=same(name),
        category="business", personal=None, sensitive=Sensitivity(value=None), role=IdentityRole.OTHER,
        tier=Tier.SUSPECTED, cells=entity.rows or 0, nulls=0, reason=same("bench"),
    )  # fmt: skip


def _reports(context: Context) -> _Case:
    path = context.scratch / "reports.xml"
    write_reports(context.example("icsr") / "cases", path)
    etree = _peer("lxml.etree")
    parser = etree.XMLParser(huge_tree=True)
    return _Case("E2B(R3) XML", path, "lxml", lambda: etree.fromstring(path.read_bytes(), parser))


def _bundle(context: Context) -> _Case:
    path = context.scratch / "bundle.json"
    write_bundle(path)
    orjson = _peer("orjson")
    return _Case("FHIR JSON", path, "orjson", lambda: orjson.loads(path.read_bytes()))


def _table(context: Context) -> _Case:
    path = context.scratch / "table.xpt"
    pyreadstat = _peer("pyreadstat")
    table = max(context.example("trial").glob("*.xpt"), key=lambda one: one.stat().st_size)
    _, facts = pyreadstat.read_xport(table, output_format="dict")
    write_table(table, path, row_bytes=sum(facts.variable_storage_width.values()), rows=facts.number_rows)
    return _Case("SAS XPORT", path, "pyreadstat", lambda: pyreadstat.read_xport(path, output_format="dict"))


def _peer(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        raise BenchError(f"{name.partition('.')[0]} is not installed: pip install 'kouan[bench]'") from None
