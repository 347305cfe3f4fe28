"""Treat every source in a stream and write it in its own format."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify import messages, seal_messages
from kouan.deidentify.asked import asked_of_rows
from kouan.deidentify.cells import Column, Tally, distinct_texts, one_each, treat_batch, treated_type
from kouan.deidentify.checks import check_plan, needs_key
from kouan.deidentify.classing import Rows, failing, person_texts
from kouan.deidentify.columns import Learner, Share, as_text
from kouan.deidentify.learning import MOST_DISTINCT, learn
from kouan.deidentify.people import person_of, persons_by_class
from kouan.deidentify.recode import UNSEEN
from kouan.deidentify.rows import Sampler, class_keys, share_of
from kouan.deidentify.rules import Given, partner, transform
from kouan.deidentify.scrub.known import MOST_KNOWN, Known
from kouan.deidentify.surrogate import UNSHAPED
from kouan.engine.threads import map_ordered
from kouan.formats import member_names, open_sink, written_files
from kouan.formats.source import SHAPE
from kouan.model.canonical import sha256_file
from kouan.model.inventory import OPEN_TEXTS, IdentityRole
from kouan.model.items import item_id, split_item_id
from kouan.model.plan import Action
from kouan.model.ports import silent
from kouan.model.text import Text
from kouan.model.treatment import TreatedClasses, TreatedFile, TreatedItem, TreatedPart, Treatment, staged_name
from kouan.recognize.prose.words import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from kouan.deidentify.asked import Asked
    from kouan.deidentify.hierarchies import PlanFile
    from kouan.deidentify.holding import Holder
    from kouan.formats import WrittenFile
    from kouan.formats.source import Entity, Source
    from kouan.model.inventory import Inventory, Item
    from kouan.model.plan import Plan, PlanLine, RowRules
    from kouan.model.ports import KeyStore, Progress

_EMPTY_TABLE = Text(
    zh="表“{entity}”没有留下任何列，未写出", en="no column of the table “{entity}” is left; it was not written"
)
_REMOVED = Text(zh="文中清除的标识：{found}", en="taken out of the text: {found}")
_DRAWN = Text(
    zh="按“{by}”抽取约 {share} 的个人，其余个人的行未出境",
    en="about {share} of the persons that “{by}” names were drawn; rows of the others stay here",
)
_SMALL = Text(
    zh="表“{entity}”有 {rows} 行所在的组未达到 {models}{unit}，未出境",
    en="{rows} rows of the table “{entity}” stay here, in classes that do not meet {models}{unit}",
)
_BY_PERSON = Text(zh="（k 按“{by}”所指的个人计）", en=" (k counts the persons that “{by}” names)")
_BY_ROW = Text(zh="（k 按行计，没有标明个人的列）", en=" (k counts rows: no column names the person)")
_UNSEEN = Text(zh="层级文件里没有的值：{count} 个单元格", en="cells whose value the hierarchy does not hold: {count}")
_MANY_KNOWN = Text(
    zh="来源“{source}”中可识别个人的值超过 {most} 个，超出部分未在文本中逐一查找",
    en="“{source}” holds more than {most} values that name persons; those beyond were not looked for in its texts",
)
_HELD_FILE = Text(zh="来源“{source}”没有一行可以出去，未写出", en="no row of “{source}” leaves; it was not written")
_EMPTY_FILE = Text(zh="来源“{source}”没有留下任何列，未写出", en="no column of “{source}” is left; it was not written")


@dataclass(frozen=True, slots=True)
class _Job:
    """What a run of the plan shares."""

    lines: Mapping[str, PlanLine]
    items: Mapping[str, Item]
    key: bytes
    out: Path
    threads: int
    progress: Progress
    total: int | None
    hold: Holder | None
    rules: RowRules | None
    tallies: dict[str, Tally]
    notes: list[Text]
    hierarchies: Mapping[str, PlanFile]
    inventory: Inventory
    population: Entity | None
    left: dict[tuple[str, str], npt.NDArray[np.bool_]] | None = None
    classes: list[TreatedClasses] = field(default_factory=list)

    def person(self, source: Source, entity: Entity) -> Item | None:
        """Return the item whose values are the persons that classes of a table count."""
        return person_of(source, entity, self.inventory, None if self.rules is None else self.rules.by)


@dataclass(frozen=True, slots=True)
class _Table:
    """What is read of a table, what stays of it, and what decides on its rows."""

    columns: tuple[Column, ...]
    holding: tuple[str, ...]
    over: tuple[str, ...] = ()
    small: pa.Array | None = None

    def read(self) -> list[str]:
        """Return the names to read, each once."""
        by = [column.by for column in self.columns if column.by is not None]
        by += [name for one in self.columns if isinstance(one.kernel, Share) for name in one.kernel.joint.columns]
        return list(dict.fromkeys((*(column.name for column in self.columns), *by, *self.holding)))


def apply_plan(
    plan: Plan,
    sources: Sequence[Source],
    inventory: Inventory,
    *,
    keys: KeyStore,
    out: Path,
    threads: int,
    progress: Progress = silent,
    hold: Holder | None = None,
    hierarchies: Mapping[str, PlanFile] | None = None,
    population: Entity | None = None,
    left: dict[tuple[str, str], npt.NDArray[np.bool_]] | None = None,
) -> Treatment:
    """Treat the sources in bounded memory and write them under their own names below `out`.

    Treated columns are text; kept columns keep their type. Of a dropped column only the counts of the inventory are
    given (all its non-null cells count as changed and emptied); it is not read.

    Args:
        plan: checked again here.
        sources: the raw data, as the inventory describes them.
        inventory: of the raw data.
        keys: derives the pseudonym key for `plan.key`.
        out: folder for the treated files; names leading out of it (`../x.csv`) are written by their inner part.
        threads: batches treated at a time.
        progress: hears rows as stage `deidentify`.
        hold: says which rows stay here; None when all leave.
        hierarchies: that the plan names (see `read_hierarchies`).
        population: table of those of whom the data are a sample, for k-map.
        left: takes which rows of each table leave, as `rows_that_leave` returns them.

    Raises:
        KouanError: K-DEI-001 to K-DEI-006, K-DEI-008 to K-DEI-011, K-DEI-066, K-DEI-067, or a reader's or writer's
            error; files are written whole or not at all.
    """
    job = _job(plan, sources, inventory, keys, hold=hold, hierarchies=hierarchies, threads=threads)
    job = replace(job, out=out, progress=progress, population=population)
    job = replace(job, left=None if hold is None and plan.rows is None else left)
    paths = _paths(sources)
    files: list[TreatedFile] = []
    held = 0
    for source in sources:
        written, stayed = _treat(source, paths[source.name], job, done=held + sum(file.rows for file in files))
        if not written and source.entities:
            job.notes.append((_EMPTY_FILE if not stayed else _HELD_FILE).fill(source=source.name))
        files += written
        held += stayed
    return Treatment(
        key=keys.fingerprint(plan.key) if needs_key(plan) else None,
        files=tuple(files),
        items=tuple(_treated(line, job.tallies.get(line.item, Tally())) for line in plan.lines),
        notes=tuple(job.notes),
        held=held,
        classes=tuple(job.classes),
    )


def rows_that_leave(
    plan: Plan,
    sources: Sequence[Source],
    inventory: Inventory,
    *,
    keys: KeyStore,
    threads: int,
    hold: Holder | None = None,
    hierarchies: Mapping[str, PlanFile] | None = None,
    population: Entity | None = None,
) -> dict[tuple[str, str], npt.NDArray[np.bool_]]:
    """Return which rows of each table `apply_plan` lets leave, without writing anything; none where all leave.

    Args and errors are those of `apply_plan`.
    """
    if hold is None and plan.rows is None:
        return {}
    job = _job(plan, sources, inventory, keys, hold=hold, hierarchies=hierarchies, threads=threads)
    job = replace(job, population=population)
    found = {}
    for source in sources:
        known = _known(source, job)
        for entity in source.entities:
            table = _table(source, entity, job, known)
            if not table.columns:
                continue
            table = _classed(_learnt(table, entity, source.name, job), entity, source, job)
            # Only what decides on rows is treated.
            table = replace(table, columns=tuple(one for one in table.columns if one.name in table.over))
            work = partial(_leaving, table=table, hold=job.hold, names=(source.name, entity.name))
            parts = list(map_ordered(entity.batches(table.read() or entity.schema.names[:1]), work, threads))
            found[source.name, entity.name] = np.concatenate([np.zeros(0, np.bool_), *parts])
    return found


def _leaving(raw: pa.RecordBatch, table: _Table, hold: Holder | None, names: tuple[str, str]) -> npt.NDArray[np.bool_]:
    batch, _, keep = _run(raw, table, hold, names)
    return _leaves(batch, keep)


def _leaves(batch: pa.RecordBatch, keep: pa.BooleanArray | None) -> npt.NDArray[np.bool_]:
    return np.ones(batch.num_rows, np.bool_) if keep is None else np.asarray(keep, np.bool_)


def _job(
    plan: Plan,
    sources: Sequence[Source],
    inventory: Inventory,
    keys: KeyStore,
    *,
    hold: Holder | None,
    hierarchies: Mapping[str, PlanFile] | None,
    threads: int,
) -> _Job:
    check_plan(plan, inventory, "plan", hierarchies=hierarchies)
    items = {item.id: item for item in inventory.items}
    key = keys.derive(plan.key) if needs_key(plan) else b""
    return _Job(
        lines={line.item: line for line in plan.lines},
        items=items,
        key=key,
        out=Path(),
        threads=threads,
        progress=silent,
        total=_rows(sources),
        hold=_sampled(plan, key, items, hold),
        rules=plan.rows,
        tallies={line.item: _dropped(items[line.item]) for line in plan.lines if _gone(line)},
        notes=_sample_notes(plan),
        hierarchies=hierarchies or {},
        inventory=inventory,
        population=None,
    )


def _treat(source: Source, name: str, job: _Job, *, done: int) -> tuple[list[TreatedFile], int]:
    """Write what stays of a source and return its files, none when nothing stays, and the rows that do not leave."""
    known = _known(source, job)
    tables = {entity.name: _table(source, entity, job, known) for entity in source.entities}
    left = {entity: table for entity, table in tables.items() if table.columns}
    if not left:
        return [], 0
    path = job.out / name
    if not member_names(source):
        path.parent.mkdir(parents=True, exist_ok=True)
    schemas = {entity: pa.schema([(one.name, one.type) for one in table.columns]) for entity, table in left.items()}
    rows = held = 0
    with open_sink(path, source, schemas=schemas) as sink:
        for entity in source.entities:
            if entity.name not in left:
                continue
            table = _classed(_learnt(left[entity.name], entity, source.name, job), entity, source, job)
            work = partial(_run, table=table, hold=job.hold, names=(source.name, entity.name))
            parts = [np.zeros(0, np.bool_)]
            for batch, counts, keep in map_ordered(entity.batches(table.read()), work, job.threads):
                sink.write(entity.name, batch, keep)
                parts.append(_leaves(batch, keep))
                gone = 0 if keep is None else len(keep) - keep.true_count
                rows, held = rows + batch.num_rows - gone, held + gone
                job.progress("deidentify", done + rows + held, job.total)
                for column, tally in zip(table.columns, counts, strict=True):
                    if _gone(column.line):  # counted before
                        continue
                    job.tallies.setdefault(column.line.item, Tally()).add(tally)
            if job.left is not None:
                job.left[source.name, entity.name] = np.concatenate(parts)
        source.check_unchanged()
    notes = (*sink.notes, *(_EMPTY_TABLE.fill(entity=entity) for entity in tables if entity not in left))
    written = written_files(sink, path, rows=rows, held=held)
    return [
        _treated_file(source, file, job.out, notes=() if place else notes) for place, file in enumerate(written)
    ], held


def _treated_file(source: Source, file: WrittenFile, out: Path, *, notes: tuple[Text, ...]) -> TreatedFile:
    return TreatedFile(
        source=source.name,
        staged=file.path.relative_to(out).as_posix(),
        rows=file.rows,
        bytes=file.path.stat().st_size,
        sha256=sha256_file(file.path),
        notes=notes,
        held=file.held,
        parts=tuple(TreatedPart(member=one.member, table=one.table, entity=one.entity) for one in file.parts),
    )


def _known(source: Source, job: _Job) -> Known:
    """Read the values of a source that name persons, if a text of it is to be scrubbed of them."""
    known = Known()
    items = {
        entity.name: [(field.name, item_id(source.name, entity.name, field.name)) for field in entity.schema]
        for entity in source.entities
    }
    lines = (job.lines.get(item) for pairs in items.values() for _, item in pairs)
    if not any(line is not None and line.action is Action.SCRUB for line in lines):
        return known
    for entity in source.entities:
        held = ((name, job.items[item]) for name, item in items[entity.name] if item in job.items)
        direct = {
            name: item.meaning
            for name, item in held
            if item.role is IdentityRole.DIRECT and item.meaning not in OPEN_TEXTS
        }
        texts = {name: meaning for name, meaning in direct.items() if treated_type(entity.schema.field(name).type)}
        if texts and not known.full:
            for batch in entity.batches(list(texts)):
                for name, meaning in texts.items():
                    known.add(distinct_texts(batch.column(name), item_id(source.name, entity.name, name)), meaning)
    if known.full:
        job.notes.append(_MANY_KNOWN.fill(source=source.name, most=f"{MOST_KNOWN:,}"))
    return known


def _table(source: Source, entity: Entity, job: _Job, known: Known) -> _Table:
    """Return what happens to a table: the columns that stay, each with its kernel and its type after treatment."""
    holding = job.hold.columns(source.name, entity.name) if job.hold is not None else ()
    found = (_column(source, entity, field, job, known) for field in entity.schema)
    columns = tuple(column for column in found if column is not None)
    if holding and not columns and SHAPE in (entity.schema.metadata or {}):
        # Nothing of these records leaves, but whole ones must go where they are held back, with all inside them.
        line = job.lines[item_id(source.name, entity.name, holding[0])]
        kind = treated_type(entity.schema.field(holding[0]).type)
        columns = (Column(holding[0], line, _emptied, kind),) if kind is not None else ()
    return _Table(columns, holding)


def _learnt(table: _Table, entity: Entity, source: str, job: _Job) -> _Table:
    """Return the table with the kernels of columns that must be counted first, from the rows that leave."""
    wanted = [column for column in table.columns if isinstance(column.kernel, Learner)]
    if not wanted:
        return table
    by = (column.by for column in wanted if column.by is not None)
    names = list(dict.fromkeys((*(column.name for column in wanted), *by, *table.holding)))

    def leaving() -> Iterator[pa.RecordBatch]:
        for raw in entity.batches(names):
            keep = _kept(raw, table, job.hold, (source, entity.name))
            yield raw if keep is None else raw.filter(keep)

    kernels = learn(wanted, leaving(), job.threads)
    columns = (replace(column, kernel=kernels.get(column.name, column.kernel)) for column in table.columns)
    return replace(table, columns=tuple(columns))


def _classed(table: _Table, entity: Entity, source: Source, job: _Job) -> _Table:
    """Return the table with the keys of its classes that fail, counted over the rows that leave so far."""
    rules, place = job.rules, (source.name, entity.name)
    asked = () if rules is None else asked_of_rows(rules, "rows")
    if rules is None or not asked or split_item_id(rules.over[0])[:2] != place:
        return table
    named = tuple(dict.fromkeys(one.item for one in asked if one.item is not None))
    by_item = {column.line.item: column for column in table.columns}
    over, sensitive = ([by_item[item] for item in items] for items in (rules.over, named))
    for column in (*over, *sensitive):
        if pa.types.is_nested(column.type) or treated_type(column.type) is None:
            raise messages.TYPE.at(source.name, item=column.line.item, type=column.type, action="rows")
    person = job.person(source, entity)
    columns = tuple(dict.fromkeys(one.name for one in (*over, *sensitive)))
    part = replace(
        table,
        columns=tuple(column for column in table.columns if column.name in columns),
        holding=table.holding,
        over=tuple(column.name for column in over),
    )
    found = failing(
        _rows_of(entity, part, [one.name for one in sensitive], place=place, job=job, person=person, named=named),
        asked,
        population=_population(asked, part, job),
    )
    job.classes.append(
        TreatedClasses(
            entity=f"{source.name}!{entity.name}",
            models=tuple(map(str, asked)),
            over=rules.over,
            unit="row" if person is None else person.id,
            held=found.rows,
            shares=found.shares,
        )
    )
    if found.rows:
        unit = _BY_ROW if person is None else _BY_PERSON.fill(by=person.name)
        models = ", ".join(one.brief() for one in asked)
        job.notes.append(_SMALL.fill(entity=entity.name, rows=f"{found.rows:,}", models=models, unit=unit))
    return replace(table, over=part.over, small=found.keys)


def _rows_of(
    entity: Entity,
    part: _Table,
    sensitive: Sequence[str],
    *,
    place: tuple[str, str],
    job: _Job,
    person: Item | None,
    named: Sequence[str],
) -> Rows:
    """Read the classes, sensitive values and persons of the rows that leave so far."""
    rows = Rows.of(named, persons=person is not None)
    by = None if person is None else split_item_id(person.id)[2]

    def work(raw: pa.RecordBatch) -> tuple[pa.Array, list[pa.Array], pa.Array | None]:
        batch, _, keep = _run(raw, part, job.hold, place)
        whose = None if by is None or person is None else person_texts(one_each(raw.column(by)), person.meaning)
        columns = [class_keys([batch.column(name) for name in part.over])]
        columns += [as_text(batch.column(name)) for name in sensitive]
        columns += [] if whose is None else [whose]
        kept = columns if keep is None else [column.filter(keep) for column in columns]
        return kept[0], kept[1 : 1 + len(sensitive)], None if whose is None else kept[-1]

    names = [*part.read(), *([by] if by is not None and by not in part.read() else [])]
    for keys, values, whose in map_ordered(entity.batches(names), work, job.threads):
        rows.add(keys, values, whose)
        if rows.keys.distinct > MOST_DISTINCT:
            raise messages.MANY_CLASSES.at(place[0], entity=entity.name, most=f"{MOST_DISTINCT:,}")
    return rows


def _population(asked: Sequence[Asked], part: _Table, job: _Job) -> Mapping[str, int] | None:
    """Return how many persons of the population each class fits; their values are treated like those of the table."""
    if job.population is None or all(one.name != "k-map" for one in asked):
        return None
    columns = tuple(column for column in part.columns if column.name in part.over)
    return persons_by_class(job.population, columns, part.over)


def _sampled(plan: Plan, key: bytes, items: Mapping[str, Item], hold: Holder | None) -> Holder | None:
    share = share_of(plan.rows.sample) if plan.rows is not None and plan.rows.sample is not None else None
    if plan.rows is None or share is None:
        return hold
    return Sampler(key, share, str(plan.rows.by), items, hold)


def _sample_notes(plan: Plan) -> list[Text]:
    rules = plan.rows
    drawn = rules is not None and rules.sample is not None
    return [_DRAWN.fill(share=rules.sample, by=rules.by)] if rules is not None and drawn else []


def _emptied(column: pa.Array) -> pa.Array:
    return pa.nulls(len(column), pa.string())


def _column(source: Source, entity: Entity, field: pa.Field, job: _Job, known: Known) -> Column | None:
    item = item_id(source.name, entity.name, field.name)
    line = job.lines.get(item)
    if line is None:
        raise messages.COLUMN_NEW.at(source.name, item=item)
    if _gone(line):
        return None
    kernel = transform(line, Given(job.items[item].meaning, job.key, known, job.hierarchies))
    if kernel is None:
        return Column(field.name, line, None, field.type)
    after = treated_type(field.type)
    if after is None or (isinstance(kernel, Share) and pa.types.is_nested(after)):
        raise messages.TYPE.at(source.name, item=item, type=field.type, action=line.action)
    named = partner(line)
    by = None if named is None or line.params[named] == field.name else str(line.params[named])
    if line.action is Action.SUPPRESS and named is None and (person := job.person(source, entity)) is not None:
        by = split_item_id(person.id)[2]
    other = None if by is None else treated_type(entity.schema.field(by).type)
    if by is not None and (other is None or (line.action is Action.REPLACE and pa.types.is_nested(other))):
        raise messages.TYPE.at(source.name, item=item, type=entity.schema.field(by).type, action=line.action)
    return Column(field.name, line, kernel, after, by)


def _run(
    raw: pa.RecordBatch, table: _Table, hold: Holder | None, names: tuple[str, str]
) -> tuple[pa.RecordBatch, list[Tally], pa.BooleanArray | None]:
    batch, counts = treat_batch(raw, table.columns)
    keep = _kept(raw, table, hold, names)
    if table.small is not None:
        large = pc.invert(pc.is_in(class_keys([batch.column(name) for name in table.over]), value_set=table.small))
        keep = large if keep is None else pc.and_(keep, large)
    return batch, counts, keep


def _kept(raw: pa.RecordBatch, table: _Table, hold: Holder | None, names: tuple[str, str]) -> pa.BooleanArray | None:
    return None if hold is None or not table.holding else hold.keep(*names, raw.select(list(table.holding)))


def _rows(sources: Sequence[Source]) -> int | None:
    rows = [entity.rows for source in sources for entity in source.entities]
    known = [count for count in rows if count is not None]
    return sum(known) if len(known) == len(rows) else None


def _gone(line: PlanLine) -> bool:
    return line.action is Action.DROP


def _dropped(item: Item) -> Tally:
    full = item.cells - item.nulls
    return Tally(cells=item.cells, changed=full, emptied=full)


def _treated(line: PlanLine, tally: Tally) -> TreatedItem:
    return TreatedItem(
        item=line.item,
        action=line.action,
        params=line.params,
        cells=tally.cells,
        changed=tally.changed,
        emptied=tally.emptied,
        notes=(*_unmarked(line), *_removed(tally)),
    )


def _unmarked(line: PlanLine) -> tuple[Text, ...]:
    why = line.params.get("unmarked")
    return () if why is None else (seal_messages.UNMARKED.fill(why=why),)


def _removed(tally: Tally) -> tuple[Text, ...]:
    """Return how many identifiers of each kind were taken out of an item's texts, or values no hierarchy holds."""
    if tally.removed[UNSEEN]:
        return (_UNSEEN.fill(count=f"{tally.removed[UNSEEN]:,}"),)
    if tally.removed[UNSHAPED]:
        return (seal_messages.UNSHAPED.fill(count=f"{tally.removed[UNSHAPED]:,}"),)
    found = [(LABELS[kind], count) for kind, count in sorted(tally.removed.items()) if count]
    if not found:
        return ()
    zh = "、".join(f"{label.zh} {count}" for label, count in found)
    en = ", ".join(f"{label.en} {count}" for label, count in found)
    return (_REMOVED.fill(found=Text(zh=zh, en=en)),)


def _paths(sources: Sequence[Source]) -> dict[str, str]:
    """Return each source's file name below `out`."""
    paths: dict[str, str] = {}
    for source in sources:
        name = staged_name(source.name)
        if name in paths.values():
            raise messages.SAME_FILE.at(source.name, name=name)
        paths[source.name] = name
    return paths
