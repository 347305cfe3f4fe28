"""The changes that an exporter could honestly make to a transfer, and the facts after some of them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from kouan.clearance.choices import gba_of, with_choice
from kouan.clearance.facts import build_facts
from kouan.clearance.itemlevers import cuts_of, drop_of, rough_line, treats_of
from kouan.clearance.recounting import ALL, CHILDREN, NOBODY, SENSITIVE, left_of, marking
from kouan.deidentify.reasons import LIGHTER
from kouan.dossier.terms import subject as subject_words
from kouan.law.scoping import covering
from kouan.model.declaration import ListUse, YearToDate
from kouan.model.plan import Action, PlanLine
from kouan.model.text import Text, same
from kouan.model.whatif import Cost, Lever, LeverKind
from kouan.packs import find_purpose, load_purposes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kouan.clearance.again import Again
    from kouan.clearance.counting import Metered
    from kouan.model.consent import Consent
    from kouan.model.declaration import Declaration
    from kouan.model.facts import FactSet, Range
    from kouan.model.inventory import Inventory, Item, PersonCount
    from kouan.model.necessity import Necessity
    from kouan.model.plan import Plan
    from kouan.model.time import LegalDay
    from kouan.model.vocabulary import FactDef
    from kouan.packs import PackSet

    Move = tuple[Lever, ...]

_SPLIT = Text(
    zh="分批、分次提供的人数合并计算，不得以数量拆分等手段规避（《个人信息出境标准合同办法》第四条第三款）",
    en="sending them in parts adds up all the same, and splitting numbers to avoid a pathway is not allowed (Standard "
    "Contract Measures Art 4(3))",
)
_OUT = {
    CHILDREN: Text(
        zh="不提供“{subject}”中不满或者可能不满十四周岁者的数据",
        en="keep those of “{subject}” who are or may be under 14 out",
    ),
    SENSITIVE: Text(
        zh="不提供“{subject}”中有敏感个人信息者的数据", en="keep those of “{subject}” with a sensitive item out"
    ),
    ALL: Text(zh="不提供“{subject}”的全部数据", en="keep all data of “{subject}” out"),
}
_OUT_HONEST = Text(
    zh="这些人的数据须真正留在境内；{split}",
    en="their data must really stay; {split}",
)
_RANGE = Text(
    zh="未重新读取数据，人数为范围；按其上限判断",
    en="the data were not read again, so the number is a range; its upper end decides",
)
_MAKE = Text(zh="先做到：{how}", en="first bring about: {how}")
_MAKE_HONEST = Text(
    zh="出境前须在事实上做到并留存材料；只在填报中改写不算，不实填报由数据处理者负责",
    en="it must really be so, with papers kept, before anything leaves; to change the declaration alone is not enough "
    "and a false one is the exporter's to answer for",
)
_LIST = Text(
    zh="适用《{list}》，{sector}，{scenario}，并履行其管理办法要求的程序",
    en="use “{list}”, {sector}, {scenario}, and do what its measures ask for",
)
_LIST_HONEST = Text(
    zh="只有数据处理者确在该清单的适用范围内（{who}）、数据确属该行业和场景、程序确已完成的，才能适用；"
    "不得为适用而改写行业或者场景",
    en="only an exporter that the list really covers ({who}), with data that really are of that sector and scenario "
    "and with the formalities done, may use it; sector and scenario are not to be chosen for the result",
)
_LIST_STRANGE = Text(
    zh="填报的场景是“{said}”，与清单场景“{scenario}”不是同一个名称：先由人判断数据和目的是否确属该场景，不属于的不能适用",
    en="the declared scenario “{said}” is not the list's “{scenario}” by name: a person must first judge whether data "
    "and purpose really are of it; if not, it cannot be used",
)
_WAIT = Text(zh="等到 {day} 再开始提供", en="wait until {day} before anything leaves")
_WAIT_HONEST = Text(
    zh="此前不得提供本次的任何数据；自该日起重新累计，新年度的全部提供都计入，年内达到界限的，届时仍须办理；以届时的规则为准",
    en="nothing of this transfer may leave before; the counters start again on that day, everything that leaves in the "
    "new year counts, and once a threshold is reached the heavier pathway is due; the law of that day applies",
)


def moves_of(
    declaration: Declaration,
    inventory: Inventory,
    facts: FactSet,
    packs: PackSet,
    *,
    spare: Collection[str] = (),
    original: Inventory | None = None,
) -> tuple[Move, ...]:
    """Return the changes to try, those that work only together as one move.

    Args:
        declaration: of the transfer as it is.
        inventory: of the data as they are.
        facts: that follow from both.
        packs: whose vocabulary says which facts can be brought about.
        spare: ids of items that the purpose does not need.
        original: of the raw data, where `inventory` is of treated ones.
    """
    data: list[Move] = []
    covered = {count.subject for count in inventory.persons}
    for count in inventory.persons:
        data += _of_subject(count, inventory, spare, alone=len(covered) == 1)
    data += cuts_of(inventory, spare, original)
    rest = [item for item in inventory.items if item.subject not in covered and item.personal is not False]
    if rest and (covered or len(rest) < len(inventory.items)):
        data.append(tuple(drop_of(item, inventory.as_of, spare) for item in rest))
    made = (_make(packs.facts[name]) for name in _to_make(declaration, facts, packs))
    gba = ((lever,) for lever in gba_of(declaration, facts))
    return (*data, *((lever,) for lever in made), *gba, *_lists(declaration, facts, packs), *_waits(facts))


def facts_after(
    levers: Sequence[Lever],
    declaration: Declaration,
    inventory: Inventory,
    *,
    metered: Metered | None,
    as_of: LegalDay,
    packs: PackSet,
    original: Inventory | None = None,
    consent: Consent | None = None,
    necessity: Necessity | None = None,
    plan: Plan | None = None,
    again: Again | None = None,
    certified: str | None = None,
) -> FactSet | None:
    """Return the facts of a transfer after some changes; counts that cannot be told exactly are ranges.

    `certified` is the certificate of effect that is about the data as they are and stands today; it is lost with them.

    None where nobody and nothing of the declared subjects would be left, for not to send anything is no pathway, and
    for changes that exclude each other. `original`, `consent`, `necessity` and `again` are those of the facts before;
    `plan` is what is done to every item, the changes among it, and without one nothing else is done.
    """
    out = {_who(lever) for lever in levers if lever.kind is LeverKind.KEEP_OUT}
    lines = lines_of(levers, inventory) if plan is None else {line.item: line for line in plan.lines}
    made = [lever.target for lever in levers if lever.kind is LeverKind.MAKE_TRUE]
    values = {name: attained.value for name in made if (attained := packs.facts[name].attainable) is not None}
    changed = declaration.model_copy(update={"facts": {**declaration.facts, **values}})
    if len([lever for lever in levers if lever.kind is LeverKind.USE_LIST]) > 1:
        return None  # one transfer uses one list, in one scenario
    for lever in levers:
        if lever.kind is LeverKind.USE_LIST:
            used, sector, scenario = lever.target.split("/")
            use = ListUse(used=used, sector=sector, scenario=scenario, formalities=True)
            said = {f"list.{name}" for name in ListUse.model_fields}
            told = {name: value for name, value in changed.facts.items() if name not in said}
            changed = changed.model_copy(update={"list": use, "facts": told})
        if lever.kind in (LeverKind.CERTIFY, LeverKind.GBA_CONTRACT):
            changed = with_choice(lever, changed, as_of)
        if lever.kind is LeverKind.WAIT:
            as_of, metered, certified = dt.date.fromisoformat(lever.target), None, None
            none = YearToDate(ordinary=0, sensitive=0, as_of=as_of)
            parties = tuple(one.model_copy(update={"year_to_date": none}) for one in changed.parties)
            changed = changed.model_copy(update={"year_to_date": none, "parties": parties})
    left = left_of(inventory, lines, out=out, original=original)
    if inventory.persons and not _something_left(left, inventory):
        return None
    certified = None if lines or out else certified
    if lines and original is None:
        original = inventory
    return build_facts(
        changed,
        left,
        metered=metered,
        as_of=as_of,
        original=original,
        consent=consent,
        necessity=necessity,
        packs=packs,
        again=again,
        certified=certified,
    )


def lines_of(levers: Iterable[Lever], inventory: Inventory) -> dict[str, PlanLine]:
    """Return what changes do to items, as lines of a plan; who is kept out altogether loses every item."""
    levers = tuple(levers)
    treated = {lever.target: rough_line(lever.target) for lever in levers if lever.kind is LeverKind.TREAT}
    dropped = {lever.target for lever in levers if lever.kind is LeverKind.DROP}
    gone = {who[0] for lever in levers if lever.kind is LeverKind.KEEP_OUT and (who := _who(lever))[1] == ALL}
    dropped |= {item.id for item in inventory.items if item.subject in gone}
    drops = {item: PlanLine(item=item, action=Action.DROP, why=LIGHTER) for item in sorted(dropped)}
    return treated | drops


def needs_rows(lever: Lever) -> bool:
    """Tell whether a change keeps some persons of a role out and not others, which no plan of items can do."""
    return lever.kind is LeverKind.KEEP_OUT and _who(lever)[1] != ALL


def _something_left(left: Inventory, before: Inventory) -> bool:
    """Tell whether data of somebody are left, or data that were somebody's and now lead to nobody."""
    if any(count.persons.hi != 0 and _items(left, count) for count in left.persons):
        return True
    once = {item.id for item in before.items if item.personal is not False}
    return any(item.id in once and item.personal is False for item in left.items)


def _of_subject(count: PersonCount, inventory: Inventory, spare: Collection[str], *, alone: bool) -> Iterator[Move]:
    items = _items(inventory, count)
    marks = marking(items, count.subject, inventory.as_of)
    treats = treats_of(marks, inventory)
    if treats:
        yield tuple(treats.get(item.id) or drop_of(item, inventory.as_of, spare) for item in marks)
    if marks and len(marks) < len(items):
        yield tuple(drop_of(item, inventory.as_of, spare) for item in marks)
    if count.under14.hi != 0 and count.under14.lo != count.persons.hi:
        yield (_keep_out(count, CHILDREN, count.under14),)
    if marks and count.sensitive.hi != 0 and count.sensitive.lo != count.persons.hi:
        yield (_keep_out(count, SENSITIVE, count.sensitive),)
    if not alone:
        unneeded = sum(item.id in spare for item in items)
        persons = NOBODY if unneeded == len(items) else count.persons
        yield (_keep_out(count, ALL, persons, items=len(items) - unneeded, spare=unneeded),)


def _keep_out(count: PersonCount, who: str, persons: Range, *, items: int = 0, spare: int = 0) -> Lever:
    return Lever(
        id=f"keep-out:{count.subject}:{who}",
        kind=LeverKind.KEEP_OUT,
        target=f"{count.subject}:{who}",
        label=_OUT[who].fill(subject=subject_words(count.subject)),
        cost=Cost(persons=persons, items=items, spare=spare),
        honest=_OUT_HONEST.fill(split=_SPLIT),
        remark=_RANGE if persons.lo != persons.hi else None,
    )


def _items(inventory: Inventory, count: PersonCount) -> list[Item]:
    return [item for item in inventory.items if item.subject == count.subject]


def _who(lever: Lever) -> tuple[str, str]:
    subject, _, who = lever.target.rpartition(":")
    return subject, who


def _to_make(declaration: Declaration, facts: FactSet, packs: PackSet) -> Iterable[str]:
    """Return the facts that can be brought about and are not so yet, and that the exporter tells."""
    told = {fact.name: fact.value for fact in facts.facts}
    for name, fact in packs.facts.items():
        if fact.attainable is not None and told.get(name) is not fact.attainable.value:
            if name in told and name not in declaration.facts:
                continue  # it follows from something else, which would have to change instead
            yield name


def _make(fact: FactDef) -> Lever:
    assert fact.attainable is not None
    return Lever(
        id=f"make-true:{fact.name}",
        kind=LeverKind.MAKE_TRUE,
        target=fact.name,
        label=_MAKE.fill(how=fact.attainable.how),
        cost=Cost(acts=1),
        honest=_MAKE_HONEST,
    )


def _lists(declaration: Declaration, facts: FactSet, packs: PackSet) -> Iterator[Move]:
    """Yield the use of lists that cover the exporter's place, unless the declaration chose one.

    Of their scenarios that which the transfer declares, by its own name or another one of the same purpose; where none
    is, each of them with a warning.
    """
    if declaration.list is not None:
        return
    said = declaration.transfer.scenario
    purpose = find_purpose(load_purposes(), said)
    names = {said} if purpose is None else {said, *purpose.purpose.scenarios, purpose.purpose.label.zh}
    places = [(one, scenario) for one in covering(facts, packs) for scenario in one.scenarios]
    fit = [(one, scenario) for one, scenario in places if names & {scenario.id, scenario.label.zh}]
    for one, scenario in fit or places:
        sectors = {sector.id: sector.label for sector in one.sectors}
        label = _LIST.fill(list=one.title, sector=sectors[scenario.sector], scenario=scenario.label)
        yield (
            Lever(
                id=f"use-list:{one.id}:{scenario.sector}:{scenario.id}",
                kind=LeverKind.USE_LIST,
                target=f"{one.id}/{scenario.sector}/{scenario.id}",
                label=label,
                cost=Cost(acts=1),
                honest=_LIST_HONEST.fill(who=one.scope.who),
                remark=None if fit else _LIST_STRANGE.fill(said=said, scenario=scenario.label),
            ),
        )


def _waits(facts: FactSet) -> Iterator[Move]:
    """Yield the wait for 1 January where somebody was, or may have been, counted this year."""
    before = [fact.value for fact in facts.facts if fact.name.startswith("year_before.")]
    if all(value == NOBODY for value in before):
        return
    day = dt.date(facts.as_of.year + 1, 1, 1)
    yield (
        Lever(
            id=f"wait:{day}",
            kind=LeverKind.WAIT,
            target=day.isoformat(),
            label=_WAIT.fill(day=same(day.isoformat())),
            cost=Cost(days=(day - facts.as_of).days),
            honest=_WAIT_HONEST,
        ),
    )
