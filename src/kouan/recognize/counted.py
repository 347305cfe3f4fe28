"""Counts of persons as the inventory says them: by which keys, how, and never above what the raw data showed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.facts import Range
from kouan.model.inventory import PersonCount, TablePersons
from kouan.model.items import split_item_id
from kouan.model.text import Text
from kouan.recognize import reasons
from kouan.recognize.people import Told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kouan.recognize.columns import Column
    from kouan.recognize.inputs import SourceInput
    from kouan.recognize.people import Counts, TableCount

_STRENGTH = ("ric", "id", "doc", "mobile", "email", "name", "birth", "age")
_BY_SUBJECT_KEY = Text(
    zh="按{labels}计：上限为不同编号的个数，同一编号下有多个有效身份证号的按多人计；"
    "下限只把有效身份证号相同的编号并为一人，电话、邮箱、姓名不作合并依据",
    en="counted by {labels}: the upper end is the number of distinct subject keys, a key with several valid resident "
    "IDs counting as many; the lower end takes keys for one person only where they show the same valid resident ID, "
    "never by telephone, e-mail or name",
)
_BY_ANY_KEY = Text(
    zh="按{labels}去重：下限把任一项相同的行视为同一人（两个有效身份证号除外），上限只按有效身份证号或个人编号合并",
    en="distinct by {labels}: the lower end takes rows that share any of them for one person (never two valid resident "
    "IDs), the upper end joins rows by resident ID or subject key only",
)
_BY_ROW = Text(zh="没有可区分个人的键：上限按行计", en="no key tells persons apart: the upper end counts rows")
_KEYLESS = Text(zh="{rows} 行没有任何键，上限中计入", en="{rows} rows have no key at all and widen the upper end")
_KEYLESS_KEYED = Text(
    zh="{rows} 行没有编号但有其他个人信息，只在上限中按其中最可靠的一项去重计入",
    en="{rows} rows have no subject key but hold other personal items; they add to the upper end only, distinct by the "
    "strongest of these",
)
_NOBODY = Text(
    zh="{rows} 行没有任何键，也没有其他指向个人的内容（如散客订单），不计人数",
    en="{rows} rows hold neither a key nor anything else that leads to a person (such as a guest's order): they add "
    "nobody",
)
_FURTHER = Text(
    zh="同一记录内重复出现的键可能属于不同的人，上限另计 {count} 人",
    en="keys that repeat inside one record may belong to several persons: {count} more in the upper end",
)
_SERVING = Text(
    zh="经办、诊疗等为提供方工作的人员，同一角色中姓名相同、又无其他区分的计为一人；其中重名的，上限可能偏低",
    en="staff who deal with the matter: where nothing else tells them apart, one name in one role is one person; "
    "namesakes may make the upper end too low",
)
_PRESUMED = Text(
    zh="{count} 人出生日期不明，按{why}视为已满十四周岁，数据本身不能证明",
    en="{count} persons of unknown birth are taken for 14 or older by {why}, which the data do not show",
)
_TOLD_ALONE = Text(
    zh="只在文本中提到，没有逐人的记录：至少 1 人，人数不详，不设上限；须由人核对，或者文本不出境、去除其中的个人信息",
    en="named in texts only, without a record for each: one at least, how many is unknown and there is no upper end; a "
    "person must check, or the texts stay here or are cleared of personal information",
)
_TOLD_TOO = Text(
    zh="另有表或者正文只在文本中提到个人，人数不详，不设上限",
    en="tables and papers that name persons in texts only are added: how many is unknown, and there is no upper end",
)
_DECLARED = Text(zh="申报的最低年龄（min_age）", en="the lowest age declared (min_age)")
_IMPLIED = Text(zh="其角色（{why}）", en="their role ({why})")


def person_count(role: str, columns: Iterable[Column], counts: Counts) -> PersonCount:
    """Return the count of one role with the items by which its persons were told apart, strongest first."""
    keys = _keys([one for one in columns if one.place.role == role and one.key is not None and one.personal])
    if counts.keyed:
        keys = [one for one in keys if _kind(one) in ("ric", "id")] + [
            one for one in keys if counts.keyless and _kind(one) not in ("ric", "id")
        ]
    return PersonCount(
        subject=role,
        persons=counts.persons,
        sensitive=counts.sensitive,
        under14=counts.under14,
        keys=tuple(one.id for one in keys),
        method=_method(keys, counts),
        tables=tuple(TablePersons(entity=one.entity, persons=one.persons, rows=one.rows) for one in counts.tables),
    )


def _kind(column: Column) -> str:
    return str(column.key).partition(":")[0].partition("/")[0]


def _keys(columns: list[Column]) -> list[Column]:
    kept = [one for one in columns if one.key != "age"]
    if "name" not in (one.key for one in kept):
        kept = [one for one in kept if one.key != "birth"]  # a birth date tells persons of one name apart
    return sorted(kept, key=lambda one: _STRENGTH.index(_kind(one)))


def _method(keys: Sequence[Column], counts: Counts) -> Text:
    if counts.told is Told.ALONE:
        return _TOLD_ALONE
    used = [one for one in keys if _kind(one) in ("ric", "id")] if counts.keyed else keys
    labels = Text(
        zh="、".join(dict.fromkeys(one.label.zh for one in used)),
        en=", ".join(dict.fromkeys(one.label.en for one in used)),
    )
    parts = [_BY_SUBJECT_KEY if counts.keyed else _BY_ANY_KEY if keys else _BY_ROW]
    if counts.keyless:
        parts.append(_KEYLESS_KEYED if counts.keyed else _KEYLESS)
    filled = [part.fill(labels=labels, rows=f"{counts.keyless:,}") for part in parts]
    if counts.serving:
        filled.append(_SERVING)
    if counts.nobody:
        filled.append(_NOBODY.fill(rows=f"{counts.nobody:,}"))
    if counts.further:
        filled.append(_FURTHER.fill(count=f"{counts.further:,}"))
    if counts.told is Told.TOO:
        filled.append(_TOLD_TOO)
    if counts.presumed:
        whys = [_DECLARED if one.why is None else _IMPLIED.fill(why=one.why) for one in counts.admissions]
        distinct = list(dict.fromkeys(whys))
        why = Text(zh="、".join(one.zh for one in distinct), en=", ".join(one.en for one in distinct))
        filled.append(_PRESUMED.fill(count=f"{counts.presumed:,}", why=why))
    return reasons.join(*filled)


def limited(
    count: PersonCount,
    inputs: Sequence[SourceInput],
    bearing: int,
    *,
    further: int = 0,
    columns: Iterable[Column] = (),
    tables: Sequence[TableCount] = (),
) -> PersonCount:
    """Return a count after treatment within what the raw data showed: treatment adds no persons.

    Nor does it make anybody older: a child of the raw data whose birth is hidden now is still a child. And a row that
    stays here takes one person with it at the most, though nothing may tell the others apart any more.

    Args:
        count: of the treated data.
        inputs: with the raw inventory, if these are treated data.
        bearing: most persons with an item that is or may be sensitive whatever their age.
        further: persons who may stand beside others in one record, so that rows do not bound them.
        columns: of the treated data; they tell how many sensitive cells are gone.
        tables: of the treated data; they tell how many rows of each are left.
    """
    columns = tuple(columns)
    for given in inputs:
        before = given.original and next((one for one in given.original.persons if one.subject == count.subject), None)
        if before:
            persons = _left(count.persons, before, given, further)
            if not further:
                persons = _at_least(persons, _fewest(before, tables, {one.entity: one.most for one in tables}))
            persons = _under(persons, before.persons)
            most = before.under14.lo + persons.lo if before.persons.hi is None else before.persons.hi
            gone = most - persons.lo  # at most so many persons are not among the treated data
            under14 = _over(count.under14, Range(lo=max(before.under14.lo - gone, 0), hi=before.under14.lo))
            under14 = _under(_under(under14, before.under14), persons)
            sensitive = _under(_over(count.sensitive, under14), Range(lo=0, hi=bearing + (under14.hi or 0)))
            sensitive = _at_least(
                sensitive, before.sensitive.lo - _lost(before, given, columns, further, count.persons)
            )
            if not further:
                rows = {one.entity: one.most_sensitive for one in tables}
                sensitive = _at_least(sensitive, _fewest(before, tables, rows))
            sensitive = _under(_under(sensitive, before.sensitive), persons)
            return count.model_copy(update={"persons": persons, "sensitive": sensitive, "under14": under14})
    return count


def _left(now: Range, before: PersonCount, given: SourceInput, further: int) -> Range:
    """Return a count that is no lower than the persons of the raw data less the rows that are not there any more."""
    if given.original is None or now.hi is None or further:
        return now
    return _at_least(now, before.persons.lo - (_rows_of(before, given) - now.hi))


def _fewest(before: PersonCount, tables: Sequence[TableCount], rows: Mapping[str, int]) -> int:
    """Return how many persons some rows of the treated tables hold at least.

    A row of the raw table that is not among them takes one person with it at the most; the table that tells most has
    the say, so that another one which is dropped whole takes nobody from it.

    Args:
        before: of the raw data.
        tables: of the treated data.
        rows: of each, different ones.
    """
    raw = {one.entity: one for one in before.tables}
    known = (raw[one.entity] for one in tables if one.entity in raw)
    return max((one.persons - (one.rows - rows[one.entity]) for one in known), default=0)


def _rows_of(before: PersonCount, given: SourceInput) -> int:
    """Return the raw rows of the tables in which a role stands, once for each relative that one row is about."""
    if given.original is None:
        return 0
    places = {split_item_id(item.id)[:2] for item in given.original.items if item.subject == before.subject}
    tables = [(one.path, table) for one in given.original.sources for table in one.entities]
    several = {one.entity: one.rows for one in before.tables}
    return sum(
        max(table.rows, several.get(f"{path}!{table.name}", 0))
        for path, table in tables
        if (path, table.name) in places
    )


def _lost(before: PersonCount, given: SourceInput, columns: Iterable[Column], further: int, now: Range) -> int:
    """Return how many sensitive persons the treated data may have less: one for each row and sensitive cell gone.

    Texts are taken for gone altogether, for of them nobody knows in which something sensitive is left.
    """
    if given.original is None or now.hi is None or further:
        return before.sensitive.lo
    left = {one.id: one.profile for one in columns if one.sensitive.value and one.personal is not False}
    lost = _rows_of(before, given) - now.hi
    for item in given.original.items:
        if item.subject == before.subject and item.sensitive.value and item.personal is not False:
            profile = None if item.evidence is not None and item.evidence.texts is not None else left.get(item.id)
            filled = 0 if profile is None else profile.cells - profile.missing
            lost += max(0, item.cells - item.nulls - filled)
    return lost


def _at_least(now: Range, least: int) -> Range:
    least = max(now.lo, least)
    return Range(lo=least if now.hi is None else min(least, now.hi), hi=now.hi)


def _over(now: Range, least: Range) -> Range:
    hi = None if now.hi is None else max(now.hi, least.hi or 0, least.lo)
    return Range(lo=max(now.lo, least.lo), hi=hi)


def _under(now: Range, before: Range) -> Range:
    if before.hi is None or now.hi is None:
        return now
    hi = min(now.hi, before.hi)
    return Range(lo=min(now.lo, hi), hi=hi)
