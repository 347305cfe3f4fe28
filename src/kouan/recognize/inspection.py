"""Inspect: read the sources, say what each item is, and count the persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.model.facts import Range
from kouan.model.inventory import EntityReport, Inventory, Item, PersonCount, Sensitivity, SourceReport
from kouan.model.ports import silent
from kouan.model.text import Text
from kouan.recognize import reasons
from kouan.recognize.build import build_table
from kouan.recognize.evidence import findings
from kouan.recognize.hints import check_hints
from kouan.recognize.lexicon import load_lexicon
from kouan.recognize.masks import mask
from kouan.recognize.people import Block, Context, Counts, count_persons
from kouan.recognize.subjects import is_child, is_kin
from kouan.recognize.tables import profile_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.formats.source import Entity
    from kouan.model.ports import Progress
    from kouan.model.time import LegalDay
    from kouan.recognize.columns import Column
    from kouan.recognize.inputs import SourceInput
    from kouan.recognize.lexicon import Lexicon

_STAGE = "recognize"
_STRENGTH = ("ric", "id", "mobile", "email", "name", "birth", "age")


@dataclass(frozen=True, slots=True)
class Table:
    """One table after its columns are judged."""

    given: SourceInput
    entity: Entity
    columns: tuple[Column, ...]

    @property
    def rows(self) -> int:
        """Rows read."""
        return self.columns[0].profile.cells if self.columns else 0


def inspect(
    inputs: Sequence[SourceInput],
    *,
    as_of: LegalDay,
    person_key: bytes,
    threads: int,
    progress: Progress = silent,
) -> Inventory:
    """Return what the data of a transfer is: items with verdicts, and persons by role as ranges.

    Args:
        inputs: sources with what is declared of them; read twice from their start.
        as_of: legal day: ages, the standard in force, dates in the future.
        person_key: key of the hash that stands for long subject keys while counting; the inventory holds none.
        threads: kernels at a time.
        progress: hears `recognize`, rows done, rows in all (None when a file does not say).

    Raises:
        KouanError: K-REC-001 and K-REC-002 for hints, K-REC-003 for unreadable cells, K-FMT-… from readers.
    """
    lexicon = load_lexicon()
    for given in inputs:
        if given.original is not None:  # checked on the raw data; treatment may have dropped the column
            continue
        names = [(entity.name, name) for entity in given.source.entities for name in entity.schema.names]
        check_hints(given.spec, names, lexicon)
    tables = _read(inputs, lexicon=lexicon, as_of=as_of, threads=threads, progress=progress)
    context = Context(lexicon, as_of, person_key, threads)
    counted = _count(tables, context)
    persons = tuple(_limit(_person_count(role, tables, counts), inputs) for role, counts in counted.items())
    items = tuple(_item(column, counted, context) for table in tables for column in table.columns)
    return Inventory(
        as_of=as_of,
        sources=tuple(_source_report(given, tables) for given in inputs),
        items=items,
        persons=persons,
        notes=_notes(inputs, counted),
    )


def _read(
    inputs: Sequence[SourceInput], *, lexicon: Lexicon, as_of: LegalDay, threads: int, progress: Progress
) -> tuple[Table, ...]:
    entities = [(given, entity) for given in inputs for entity in given.source.entities]
    sizes = [entity.rows for _, entity in entities]
    total = sum(size or 0 for size in sizes) if None not in sizes else None
    done = 0

    def seen(rows: int) -> None:
        nonlocal done
        done += rows
        progress(_STAGE, done, total)

    tables = []
    for given, entity in entities:
        profiles = profile_table(entity, lexicon=lexicon, today=as_of, threads=threads, seen=seen)
        columns = build_table(given, entity.name, profiles, lexicon=lexicon, as_of=as_of)
        tables.append(Table(given, entity, columns))
    return tuple(tables)


def _count(tables: Sequence[Table], context: Context) -> dict[str, Counts]:
    """Count each role over all its tables; a table without personal items adds nobody."""
    blocks: dict[str, list[Block]] = {}
    for table in tables:
        places = dict.fromkeys(column.place for column in table.columns)
        for where in places:
            columns = tuple(column for column in table.columns if column.place == where)
            if any(column.personal for column in columns):
                kin = is_kin(where.role, context.lexicon)
                holder = _holder(table, context.lexicon) if kin else None
                blocks.setdefault(where.role, []).append(Block(table.entity, columns, not kin, holder))
    return {role: count_persons(parts, context) for role, parts in blocks.items()}


def _holder(table: Table, lexicon: Lexicon) -> Column | None:
    """Return the key of the person whose relatives stand in a table."""
    keys = (column for column in table.columns if column.key and column.key.startswith("id:"))
    return next((column for column in keys if not is_kin(column.place.role, lexicon)), None)


def _person_count(role: str, tables: Sequence[Table], counts: Counts) -> PersonCount:
    keyed = [
        (_STRENGTH.index(column.key.partition(":")[0].partition("/")[0]), column)
        for table in tables
        for column in table.columns
        if column.place.role == role and column.key is not None and column.personal and column.key != "age"
    ]
    if "name" not in (column.key for _, column in keyed):
        keyed = [pair for pair in keyed if pair[1].key != "birth"]  # a birth date tells persons of one name apart
    keyed.sort(key=lambda pair: pair[0])
    labels_zh = "、".join(dict.fromkeys(column.label.zh for _, column in keyed))
    labels_en = ", ".join(dict.fromkeys(column.label.en for _, column in keyed))
    if keyed:
        method = Text(
            zh=f"按{labels_zh}去重：下限把任一项相同的行视为同一人（两个有效身份证号除外），上限只按有效身份证号或个人编号合并",
            en=f"distinct by {labels_en}: the lower end takes rows that share any of them for one person "
            "(never two valid resident IDs), the upper end joins rows by resident ID or subject key only",
        )
    else:
        method = Text(zh="没有可区分个人的键：上限按行计", en="no key tells persons apart: the upper end counts rows")
    if counts.keyless:
        method = reasons.join(
            method, Text(zh=f"{counts.keyless} 行没有任何键", en=f"{counts.keyless} rows have no key at all")
        )
    return PersonCount(
        subject=role,
        persons=counts.persons,
        sensitive=counts.sensitive,
        under14=counts.under14,
        keys=tuple(column.id for _, column in keyed),
        method=method,
    )


def _limit(count: PersonCount, inputs: Sequence[SourceInput]) -> PersonCount:
    """Treatment adds no persons and makes nobody younger: the upper ends of the raw data still hold."""
    for given in inputs:
        before = given.original and next((one for one in given.original.persons if one.subject == count.subject), None)
        if before:
            return count.model_copy(
                update={
                    "persons": _under(count.persons, before.persons),
                    "sensitive": _under(count.sensitive, before.sensitive),
                    "under14": _under(count.under14, before.under14),
                }
            )
    return count


def _under(now: Range, before: Range) -> Range:
    if before.hi is None or now.hi is None:
        return now
    hi = min(now.hi, before.hi)
    return Range(lo=min(now.lo, hi), hi=hi)


def _item(column: Column, counted: dict[str, Counts], context: Context) -> Item:
    profile, reading = column.profile, column.reading
    about = column.personal is not False
    return Item(
        id=column.id,
        name=profile.name,
        type=profile.type,
        meaning=reading.meaning,
        label=column.label,
        category=column.category,
        personal=column.personal,
        sensitive=_sensitivity(column, counted, context),
        role=column.role,
        subject=column.place.role if about and column.place.role in counted else None,
        tier=reading.tier,
        findings=findings(profile, reading.meaning, named=reading.named),
        cells=profile.cells,
        nulls=profile.missing,
        distinct=None if profile.distinct is None else len(profile.distinct),
        samples=tuple(dict.fromkeys(mask(value, reading.meaning) for value in profile.shown)),
        reason=reading.reason,
        notes=reading.notes,
    )


def _sensitivity(column: Column, counted: dict[str, Counts], context: Context) -> Sensitivity:
    """Every item of a child under 14 is sensitive (GB/T 45574-2025 table A.1; PIPL Art 28)."""
    role = column.place.role
    if column.personal is False or column.sensitive.value or not is_child(role, context.lexicon) or role not in counted:
        return column.sensitive
    young = counted[role].under14
    clauses = context.lexicon.clauses
    since = clauses["under14"].since
    if young.lo:
        return clauses["under14" if since is not None and context.as_of >= since else "under14_pipl"]
    return clauses["under14_open"] if young.hi else column.sensitive


def _source_report(given: SourceInput, tables: Sequence[Table]) -> SourceReport:
    source = given.source
    return SourceReport(
        path=given.spec.path,
        format=source.format,
        detail=source.detail,
        bytes=source.size,
        sha256=source.sha256,
        entities=tuple(
            EntityReport(name=table.entity.name, rows=table.rows, columns=len(table.columns))
            for table in tables
            if table.given is given
        ),
        complete=source.complete,
        notes=source.notes,
    )


def _notes(inputs: Sequence[SourceInput], counted: dict[str, Counts]) -> tuple[Text, ...]:
    notes = []
    if not counted:
        notes.append(Text(zh="未发现个人信息", en="no personal information was found"))
    declared = dict.fromkeys(role for given in inputs for role in given.spec.subjects)
    missing = [role for role in declared if role not in counted]
    if missing:
        names = ", ".join(missing)
        notes.append(
            Text(zh=f"申报的主体在数据中没有对应的列：{names}", en=f"declared subjects without any column: {names}")
        )
    return tuple(notes)
