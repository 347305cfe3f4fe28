"""What is to be said of all data together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kouan.formats.names import is_named
from kouan.model.text import Text
from kouan.recognize.days import FOURTEEN
from kouan.recognize.sectoral import ANYBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kouan.recognize.columns import Column
    from kouan.recognize.inputs import SourceInput
    from kouan.recognize.people import Counts

_NOBODY = Text(zh="未发现个人信息", en="no personal information was found")
_NOBODY_COUNTED = Text(
    zh="没有可以计数的个人；部分数据项是否属于个人信息尚待判断，不等于没有个人信息",
    en="there is nobody to count; whether some items are personal information is yet to be judged, which does not mean "
    "that there is none",
)
_NO_COLUMNS = Text(zh="申报的主体在数据中没有对应的列：{names}", en="declared subjects without any column: {names}")
_GONE = Text(
    zh="处理后的数据不再涉及申报的主体：{names}",
    en="declared subjects that the treated data no longer concern: {names}",
)
_FREED = Text(
    zh="处理后，表{tables}的数据项都不再与已识别或者可识别的自然人有关，不再是个人信息（个人信息保护法第四条）；"
    "前提是提供方能够排除：接收方用手中的其他明细数据（如小票、支付流水）与这些行比对，从而认出个人",
    en="after treatment no item of {tables} relates to an identified or identifiable person any more, so none is "
    "personal information (PIPL Art 4); the exporter must exclude that the recipient can match the rows with other "
    "detailed data it holds, such as receipts or payment records, and so recognise persons",
)
_CHILDREN = Text(
    zh="申报称“{role}”最低年龄为 {age} 周岁，但数据中至少有 {count} 人不满十四周岁；以数据为准，请核实",
    en="the declaration says that nobody under {age} is admitted as {role}, yet the data show at least {count} under "
    "14; the data count, please check",
)
_IN_PROSE = Text(
    zh="自由文本（{names}）中发现姓名或者号码，可能写有他人的姓名、电话等；写在文本里的人没有逐一计入人数",
    en="free text ({names}) holds names or identifiers and may name other persons; persons named in text are not "
    "counted one by one",
)
_NAMED = Text(
    zh="表{tables}有列名像人名：列名会写进清单、方案和报告；若确是人名，该表按人分列，含有个人信息，请改为每人一行后重试",
    en="names of columns in {tables} look like persons' names, and names of columns stand in inventories, plans and "
    "reports; where they are, the table has a column for each person and holds personal information: give each person "
    "a row instead",
)


def remarks(
    inputs: Sequence[SourceInput], columns: Sequence[Column], counted: Mapping[str, Counts]
) -> tuple[Text, ...]:
    """Return the notes of an inventory."""
    treated = any(given.original is not None for given in inputs)
    freed = list(dict.fromkeys(f"{one.source}!{one.table}" for one in columns if one.freed))
    by_person = _by_person(columns)
    notes = []
    if freed:
        notes.append(_FREED.fill(tables=Text(zh="、".join(freed), en=", ".join(freed))))
    elif not counted:
        open_ = (
            bool(by_person)
            or any(one.personal is None for one in columns)
            or not all(given.source.complete for given in inputs)
        )
        notes.append(_NOBODY_COUNTED if open_ else _NOBODY)
    if by_person:
        notes.append(_NAMED.fill(tables=_listed(by_person)))
    declared = dict.fromkeys(role for given in inputs for role in given.spec.subjects)
    # Bare files are declared to be about anybody; where a standard says about whom, nobody is missing.
    missing = [role for role in declared if role not in counted and not (role == ANYBODY and counted)]
    if missing:
        notes.append((_GONE if treated else _NO_COLUMNS).fill(names=_listed(missing)))
    notes += _children(inputs, counted)
    prose = list(dict.fromkeys(one.profile.name for one in columns if one.may_name_others))
    return tuple([*notes, _IN_PROSE.fill(names=_listed(prose))] if prose else notes)


def _by_person(columns: Sequence[Column]) -> list[str]:
    """Return the tables with columns that are named by persons as far as their names show: a roster, a cross table."""
    found = Counter(
        f"{one.source}!{one.table}" for one in columns if one.match.meaning is None and is_named(one.profile.name)
    )
    return [table for table, count in found.items() if count > 1]


def _listed(names: list[str]) -> Text:
    return Text(zh="、".join(names), en=", ".join(names))


def _children(inputs: Sequence[SourceInput], counted: Mapping[str, Counts]) -> Iterable[Text]:
    for role, counts in counted.items():
        ages = [given.spec.min_age[role] for given in inputs if role in given.spec.min_age]
        if ages and max(ages) >= FOURTEEN and counts.under14.lo:
            yield _CHILDREN.fill(role=role, age=max(ages), count=f"{counts.under14.lo:,}")
