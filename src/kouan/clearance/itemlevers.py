"""What an exporter could do to single items: leave them out, let them leave coarser, cut what leads to persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance.recounting import marking, own_sensitivity
from kouan.deidentify.reasons import LIGHTER
from kouan.dossier.terms import subject as subject_words
from kouan.model.items import split_item_id
from kouan.model.plan import Action, PlanLine
from kouan.model.text import Text
from kouan.model.whatif import Cost, Lever, LeverKind
from kouan.recognize.treating import ONE_DEGREE, foresee, leading_to_persons

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from kouan.model.inventory import Inventory, Item
    from kouan.model.time import LegalDay

    Move = tuple[Lever, ...]

_DROP = Text(zh="删除数据项“{item}”（{name}，{subject}）", en="drop the item “{item}” ({name}, {subject})")
_DROP_OPEN = Text(
    zh="删除数据项“{item}”（{name}，{subject}；是否敏感待判断）",
    en="drop the item “{item}” ({name}, {subject}; whether it is sensitive is open)",
)
_DROP_HONEST = Text(
    zh="出境前须真正从数据中删除，也不得改名或者通过另一次传输提供；备注等文本中残留的同类内容也须处理，以处理后重新识别的"
    "结果为准（再次运行 kouan clear 时核验）",
    en="it must really be gone from the data before they leave, and not leave under another name or in another "
    "transfer; what texts still say of the kind must go too, as recognition of the treated data shows (run kouan clear "
    "again)",
)
_OPEN = Text(
    zh="是否敏感待判断的数据项，经人判断不敏感的，在 sources 的 items 中写明 meaning，无须删除",
    en="where a person judges that an open item is not sensitive, say its meaning under items of the source instead of "
    "dropping it",
)
_TREAT = Text(
    zh="处理数据项“{item}”（{name}，{subject}）：{how}", en="treat the item “{item}” ({name}, {subject}): {how}"
)
_ROUGH = Text(
    zh="坐标降为一度（约一百公里）见方的格子；读不懂的值变为空",
    en="coordinates become cells of one degree, about a hundred kilometres; what cannot be read becomes empty",
)
_TREAT_HONEST = Text(
    zh="须按处理方案真正处理；处理后仍属个人信息，其他义务不变；坐标须以度为单位",
    en="it must really be treated by the plan; the data stay personal information with all other duties; coordinates "
    "must be in degrees",
)
_CUT = Text(
    zh="“{table}”不再有指向个人的数据项，其余各项（{left}）不再与可识别的自然人有关",
    en="nothing in “{table}” leads to a person any more, and the rest ({left}) relates to nobody identifiable",
)
_CUT_HONEST = Text(
    zh="{drop}；遮蔽、换成假名或者降低精度不能代替删除，处理后仍属个人信息（《个人信息保护法》第四条、第七十三条第三项）；"
    "删除后是否仍能认出个人，以处理后的风险评估为准，并由人确认（同条第四项）",
    en="{drop}; masks, pseudonyms and coarser values would not do instead, for they leave personal information (PIPL "
    "Arts 4, 73(3)); whether somebody can still be singled out is for the risk report on the treated data to measure "
    "and for people to confirm (Art 73(4))",
).fill(drop=_DROP_HONEST)
_NAMED = 4
_MORE = Text(zh="等共 {n} 项", en="{n} in all")


def drop_of(
    item: Item, as_of: LegalDay, spare: Collection[str], *, remark: Text | None = None, honest: Text = _DROP_HONEST
) -> Lever:
    """Return the change that leaves an item out; one that the purpose does not need costs nothing."""
    is_open = own_sensitivity(item, as_of).value is None
    return Lever(
        id=f"drop:{item.id}",
        kind=LeverKind.DROP,
        target=item.id,
        label=(_DROP_OPEN if is_open else _DROP).fill(item=item.label, name=item.name, subject=_subject(item)),
        cost=Cost(spare=1) if item.id in spare else Cost(items=1),
        honest=honest,
        remark=remark or (_OPEN if is_open else None),
    )


def treats_of(marks: Sequence[Item], inventory: Inventory) -> dict[str, Lever]:
    """Return the treatments after which items are sensitive no more, by item id.

    Whether one is comes from the same verdict that stands on treated data. Masks, pseudonyms, months and ranges leave
    it as it was; coordinates in cells of one degree are no precise place any more.
    """
    found = {}
    for item in marks:
        if item.meaning == "location" and not _marks_after(item, rough_line(item.id), inventory):
            found[item.id] = _treat(item)
    return found


def rough_line(item: str) -> PlanLine:
    """Return the line of a plan that makes coordinates rough."""
    return PlanLine(item=item, action=Action.GENERALISE, params=dict(ONE_DEGREE), why=LIGHTER)


def cuts_of(inventory: Inventory, spare: Collection[str], original: Inventory | None) -> Iterator[Move]:
    """Yield the changes after which a table, or all of them, lead to nobody, where anything would be left then.

    One table by itself is cut only where somebody stands in no other.
    """
    tables: dict[tuple[str, str], list[Item]] = {}
    for item in inventory.items:
        tables.setdefault(split_item_id(item.id)[:2], []).append(item)
    cuts = []
    for place, table in tables.items():
        links = leading_to_persons(table, original)
        left = [item for item in table if item not in links]
        if links:
            remark = _CUT.fill(table=place[1], left=_listed(left)) if left else None
            elsewhere = {item.subject for item in inventory.items if split_item_id(item.id)[:2] != place}
            alone = any(item.subject is not None and item.subject not in elsewhere for item in links)
            cut = tuple(drop_of(item, inventory.as_of, spare, remark=remark, honest=_CUT_HONEST) for item in links)
            cuts.append((cut, bool(left)))
            if left and alone:
                yield cut
    if len(cuts) > 1 and any(some_left for _, some_left in cuts):
        yield tuple(lever for cut, _ in cuts for lever in cut)


def _marks_after(item: Item, line: PlanLine, inventory: Inventory) -> bool:
    after = [one for one in foresee(inventory, {item.id: line}) if one.id == item.id]
    return item.subject is None or bool(marking(after, item.subject, inventory.as_of))


def _treat(item: Item) -> Lever:
    return Lever(
        id=f"treat:{item.id}",
        kind=LeverKind.TREAT,
        target=item.id,
        label=_TREAT.fill(item=item.label, name=item.name, subject=_subject(item), how=_ROUGH),
        cost=Cost(coarser=1),
        honest=_TREAT_HONEST,
    )


def _subject(item: Item) -> Text:
    return subject_words(item.subject) if item.subject else Text(zh="不对应特定主体", en="no declared subject")


def _listed(items: Sequence[Item]) -> Text:
    names = [item.name for item in items[:_NAMED]]
    more = [_MORE.fill(n=len(items))] if len(items) > _NAMED else []
    return Text(
        zh="、".join(names) + "".join(one.zh for one in more),
        en=", ".join([*names, *(one.en for one in more)]),
    )
