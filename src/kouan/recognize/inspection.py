"""Inspect: read the sources, say what each item is, and count the persons."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kouan.engine.threads import Threads
from kouan.model.inventory import EntityReport, Inventory, Item, Sensitivity, SourceReport, Tier
from kouan.model.ports import silent
from kouan.recognize.blocks import Admission, Block
from kouan.recognize.build import build_table
from kouan.recognize.counted import limited, person_count
from kouan.recognize.days import FOURTEEN
from kouan.recognize.evidence import findings
from kouan.recognize.grading import graded
from kouan.recognize.grounds import grounds_of
from kouan.recognize.hints import check_hints, check_min_age, namespace_of
from kouan.recognize.in_texts import findings_in_texts, is_read, sensitivity_of
from kouan.recognize.lexicon import load_lexicon, standard_on
from kouan.recognize.parts import Context
from kouan.recognize.people import Counts, count_persons
from kouan.recognize.prose.column import tag_prose
from kouan.recognize.remarks import remarks
from kouan.recognize.samples import samples
from kouan.recognize.sectoral import standard_of
from kouan.recognize.subjects import group_beside, is_child, is_kin, named_as
from kouan.recognize.tables import profile_table
from kouan.recognize.told import with_told
from kouan.recognize.tracks import tracks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.engine.maps import Engine
    from kouan.formats.source import Entity
    from kouan.model.ports import Progress
    from kouan.model.time import LegalDay
    from kouan.recognize.across import Across
    from kouan.recognize.columns import Column
    from kouan.recognize.inputs import SourceInput
    from kouan.recognize.lexicon import Lexicon
    from kouan.recognize.profile import Profile
    from kouan.recognize.prose.find import Tagger

_STAGE = "recognize"
_MODEL = "LAC"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Table:
    """One table after its columns are judged."""

    given: SourceInput
    entity: Entity
    columns: tuple[Column, ...]

    @property
    def rows(self) -> int:
        """Rows read; in a document a column has as many cells as values, not rows."""
        if self.entity.rows is not None:
            return self.entity.rows
        return self.columns[0].profile.cells if self.columns else 0


def inspect(
    inputs: Sequence[SourceInput],
    *,
    as_of: LegalDay,
    person_key: bytes,
    threads: int = 1,
    engine: Engine | None = None,
    progress: Progress = silent,
    tagger: Tagger | None = None,
    across: Across | None = None,
) -> Inventory:
    """Return what the data of a transfer is: items with verdicts, and persons by role as ranges.

    Args:
        inputs: sources with what is declared of them; read twice from their start.
        as_of: legal day: ages, the standard in force, dates in the future.
        person_key: key of the hash that stands for long subject keys while counting; the inventory holds none.
        threads: kernels at a time.
        engine: where they run instead.
        progress: hears `recognize`, rows done, rows in all (None when a file does not say).
        tagger: a model that reads some texts of each column beside the rules.
        across: takes by what persons are told again in another transfer; sources are read once more for it.

    Raises:
        KouanError: K-REC-001 and 002 for hints, K-REC-005 for `min_age`, K-REC-003 for unreadable cells, K-FMT-… from
            readers, K-ENG-… from the engine.
    """
    lexicon = load_lexicon()
    where = engine or Threads(threads)
    for given in inputs:
        if given.original is not None or given.fewer:  # checked on the raw data; treatment may have dropped the column
            continue
        if not given.source.complete and not given.source.entities:  # nobody knows its columns
            continue
        names = [(entity.name, name) for entity in given.source.entities for name in entity.schema.names]
        check_hints(given.spec, names, lexicon)
        check_min_age(given.spec)
    tables = _read(inputs, lexicon=lexicon, as_of=as_of, engine=where, progress=progress, tagger=tagger)
    # What goes to other processes is a key that is good for this count alone.
    context = Context(lexicon, as_of, secrets.token_bytes(_KEY_BYTES) if where.apart else person_key, where)
    if across is not None and where.apart:  # who is told again later is told by the key of this house: counted here
        context = Context(lexicon, as_of, person_key, Threads(threads))
    columns = [column for table in tables for column in table.columns]
    counted = with_told(_count(tables, context, across), columns)
    persons = tuple(
        limited(
            person_count(role, columns, counts),
            inputs,
            counts.bearing,
            further=counts.further,
            columns=columns,
            tables=counts.tables,
        )
        for role, counts in counted.items()
    )
    tracked = tracks(columns, counted, as_of)
    found = Inventory(
        as_of=as_of,
        sources=tuple(_source_report(given, tables) for given in inputs),
        items=tuple(_item(column, counted, context, tracked=column.id in tracked) for column in columns),
        persons=persons,
        notes=remarks(inputs, columns, counted),
    )
    return graded(found, {item.id: item for given in inputs if given.original for item in given.original.items})


def _read(
    inputs: Sequence[SourceInput],
    *,
    lexicon: Lexicon,
    as_of: LegalDay,
    engine: Engine,
    progress: Progress,
    tagger: Tagger | None,
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
        profiles = profile_table(entity, lexicon=lexicon, today=as_of, engine=engine, seen=seen)
        columns = build_table(given, entity, profiles, lexicon=lexicon, as_of=as_of)
        if tagger is not None and any(_is_tagged(one) for one in columns):
            profiles = tuple(_tagged(one, tagger) for one in columns)
            columns = build_table(given, entity, profiles, lexicon=lexicon, as_of=as_of)
        tables.append(Table(given, entity, columns))
    return tuple(tables)


def _is_tagged(column: Column) -> bool:
    """Tell whether a model reads some of the texts of a column."""
    return is_read(column.reading.meaning) and bool(column.profile.prose.kept)


def _tagged(column: Column, tagger: Tagger) -> Profile:
    profile = column.profile
    return replace(profile, prose=tag_prose(profile.prose, tagger, _MODEL)) if _is_tagged(column) else profile


def _count(tables: Sequence[Table], context: Context, across: Across | None) -> dict[str, Counts]:
    """Count each role over all its tables; a table without personal items adds nobody."""
    blocks: dict[str, list[Block]] = {}
    for table in tables:
        places = dict.fromkeys(column.place for column in table.columns)
        beside = {where.role: group_beside(where.role, context.lexicon) for where in places}
        alone = next((role for role, group in beside.items() if group), None)  # of a table that is about nobody else
        about = alone if all(group or is_kin(role, context.lexicon) for role, group in beside.items()) else None
        for where in places:
            columns = tuple(column for column in table.columns if column.place == where and column.counted)
            if any(column.has_rows for column in columns):
                kin = is_kin(where.role, context.lexicon)
                other = where.role != about and beside[where.role] is not None
                block = Block(
                    table.entity,
                    columns,
                    every_row=not kin and not other,
                    holder=_holder(table, context.lexicon) if kin else None,
                    admission=_admission(table, where.role, context.lexicon),
                    serving=other and beside[where.role] in context.lexicon.serving,
                )
                blocks.setdefault(where.role, []).append(block)
    if across is not None:
        across.names |= _registers(tables)
    counted = {role: count_persons(parts, context, across) for role, parts in blocks.items()}
    if across is not None:
        across.found |= {role: counts.marks for role, counts in counted.items() if counts.marks is not None}
    return counted


def _registers(tables: Sequence[Table]) -> dict[tuple[str, str, str], str]:
    """Return the declared registers of numbers, by source, table and column."""
    named = {}
    for table in tables:
        for column in table.columns:
            name = namespace_of(table.given.spec, table.entity.name, column.profile.name)
            if name is not None:
                named[column.source, column.table, column.profile.name] = name
    return named


def _admission(table: Table, role: str, lexicon: Lexicon) -> Admission | None:
    """Return why nobody under 14 is admitted to a role, if so: the declaration's word goes before the standard's."""
    spec = table.given.spec
    if role in spec.min_age:
        return Admission() if spec.min_age[role] >= FOURTEEN else None
    standard = standard_of(table.entity, table.given.sectors, spec.subjects, lexicon)
    ages = {} if standard is None else standard.sector.schema.min_age
    implied = next((one for name, one in ages.items() if named_as(name, spec.subjects, lexicon) == role), None)
    if implied is None or implied.age < FOURTEEN:
        return None
    if implied.element is None:
        return Admission(implied.why)
    telling = tuple(one for one in table.columns if one.element == implied.element)
    return Admission(implied.why, telling, implied.values) if telling else None


def _holder(table: Table, lexicon: Lexicon) -> Column | None:
    """Return the key of the person whose relatives stand in a table."""
    keys = [column for column in table.columns if column.key and column.key.startswith("id:")]
    own = [column for column in keys if not is_kin(column.place.role, lexicon)]
    return min(own, key=lambda column: group_beside(column.place.role, lexicon) is not None, default=None)


def _item(column: Column, counted: dict[str, Counts], context: Context, *, tracked: bool) -> Item:
    profile, reading = column.profile, column.reading
    about = column.personal is not False
    sensitive = _sensitivity(column, counted, context)
    if tracked and sensitive.value is None:
        sensitive = context.lexicon.clauses[standard_on(context.as_of).track_ruling]
    grounds = grounds_of(column, context.lexicon)
    if about and grounds.texts is not None:
        sensitive = sensitivity_of(profile, sensitive, context.lexicon, context.as_of)
    return Item(
        id=column.id,
        name=profile.name,
        type=profile.type,
        meaning=reading.meaning,
        label=column.label,
        element=column.element,
        sector=column.sector,
        category=column.category,
        personal=column.personal,
        sensitive=sensitive,
        role=column.role,
        subject=column.place.role if about and column.place.role in counted else None,
        tier=reading.tier,
        findings=(
            *findings(
                profile,
                reading.meaning,
                identifier=reading.identifier,
                named=reading.named or reading.tier is Tier.CONFIRMED,
            ),
            *findings_in_texts(grounds.texts),
        ),
        cells=profile.cells,
        nulls=profile.missing,
        distinct=None if profile.distinct is None else len(profile.distinct),
        samples=samples(profile, reading.meaning, sensitive=bool(sensitive.value), lexicon=context.lexicon),
        reason=reading.reason,
        notes=reading.notes,
        evidence=grounds,
        runner_up=reading.runner_up,
        word=reading.word,
        known=column.known,
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
