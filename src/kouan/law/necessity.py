"""Whether a transfer is needed: the export itself, its persons and each of its items, each judged by itself.

PIPL Arts 6, 28(2), 38(1) (确需); order 16 Art 5; CAC's answers of April 2025, question 4. Nothing passes in silence:
what a purpose does not name is justified or dropped, what nobody answered is open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kouan.law import necessity_words as words
from kouan.model.facts import Fact, FactSource
from kouan.model.inventory import VAGUE
from kouan.model.necessity import (
    Answer,
    ItemNecessity,
    ItemStanding,
    Necessity,
    NecessityClaim,
    PersonsNecessity,
    Standing,
)
from kouan.model.purpose import Need

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from kouan.model.decision import Override, PackRef
    from kouan.model.inventory import Inventory, Item
    from kouan.model.purpose import NecessityQuestion, Purpose, PurposeItem
    from kouan.model.text import Text

_OF = {Need.NEEDED: ItemStanding.NEEDED, Need.NEEDED_IF: ItemStanding.NEEDED_IF}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a necessity is judged on.

    Attributes:
        scenario: as declared.
        inventory: of the raw data.
        claim: what the exporter says.
        said: item id -> the exporter's justification.
        facts: declared facts by name; an absent one is unknown.
        leaving: ids of the items that the plan lets leave in any form; None: there is no plan yet, and all would.
    """

    scenario: str
    inventory: Inventory
    claim: NecessityClaim = field(default_factory=NecessityClaim)
    said: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, bool | int | str | None] = field(default_factory=dict)
    leaving: AbstractSet[str] | None = None

    def leaves(self, item: Item) -> bool:
        """Whether an item leaves in any form."""
        return self.leaving is None or item.id in self.leaving


def judge_necessity(
    purpose: Purpose | None,
    ref: PackRef | None,
    asked: Asked,
    *,
    replaces: PackRef | None = None,
    overrides: tuple[Override, ...] = (),
) -> Necessity:
    """Return the three necessities.

    Args:
        purpose: of the scenario; None: there is none, nothing is judged and nothing passes.
        ref: id, version and digest of its file.
        asked: what it is judged on.
        replaces: the built-in purpose, where this is the user's.
        overrides: in what the user's asks for less.
    """
    if purpose is None:
        return _not_judged(asked)
    items = tuple(_item(purpose, item, asked) for item in asked.inventory.items)
    groups = _groups(purpose, asked)
    personal = any(one.leaves and one.standing is not ItemStanding.NOT_PERSONAL for one in items)
    questions = purpose.questions
    return Necessity(
        scenario=asked.scenario,
        purpose=ref,
        label=purpose.label,
        used_by=asked.claim.used_by or "",
        instruments=purpose.instruments,
        export=_answer(questions.export, asked, asked.claim.export, _open_export(asked) if personal else []),
        persons=_answer(questions.persons, asked, asked.claim.persons, _open_persons(groups, asked)),
        groups=groups,
        range=_range(questions.items, asked, items),
        items=items,
        replaces=replaces,
        overrides=overrides,
    )


def _item(purpose: Purpose, item: Item, asked: Asked) -> ItemNecessity:
    found = purpose.statement(item.meaning, item.subject, item.sector)
    said = asked.said.get(item.id, "")
    standing = _standing(item, found, said=said)
    return ItemNecessity(
        item=item.id,
        name=item.name,
        label=item.label,
        meaning=item.meaning,
        subject=item.subject,
        sensitive=item.sensitive.value,
        standing=standing,
        leaves=asked.leaves(item),
        condition=found.condition if found is not None and standing is ItemStanding.NEEDED_IF else None,
        reason=_reason(purpose, item, found, standing),
        said=said,
        source=found.source if found is not None and standing is not ItemStanding.NOT_PERSONAL else None,
    )


def _standing(item: Item, found: PurposeItem | None, *, said: str) -> ItemStanding:
    if item.personal is False:
        return ItemStanding.NOT_PERSONAL
    if found is not None and found.need is not Need.NOT_NEEDED:
        return _OF[found.need]
    if said:
        return ItemStanding.JUSTIFIED
    return ItemStanding.UNKNOWN if found is None and item.meaning in VAGUE else ItemStanding.UNJUSTIFIED


def _reason(purpose: Purpose, item: Item, found: PurposeItem | None, standing: ItemStanding) -> Text:
    if standing is ItemStanding.NOT_PERSONAL:
        return words.NOT_PERSONAL
    if found is not None:
        return found.reason
    if standing is ItemStanding.UNKNOWN:
        return words.VAGUE
    if item.subject is not None and item.subject not in purpose.persons:
        return words.OTHER_PERSON.fill(purpose=purpose.label)
    return words.NOT_NAMED.fill(purpose=purpose.label)


def _groups(purpose: Purpose, asked: Asked) -> tuple[PersonsNecessity, ...]:
    leaving = {item.subject for item in asked.inventory.items if item.personal is not False and asked.leaves(item)}
    return tuple(
        PersonsNecessity(
            subject=count.subject,
            persons=count.persons,
            sensitive=count.sensitive,
            concerned=count.subject in purpose.persons,
            leaves=count.subject in leaving,
        )
        for count in asked.inventory.persons
    )


def _open_export(asked: Asked) -> list[Text]:
    claim = asked.claim
    missing = {words.SAY_EXPORT: claim.export, words.SAY_USED_BY: claim.used_by}
    return [text for text, value in missing.items() if not value]


def _open_persons(groups: tuple[PersonsNecessity, ...], asked: Asked) -> list[Text]:
    leaving = [one for one in groups if one.leaves]
    points = [words.PERSONS_UNCOUNTED] if any(one.persons.hi is None for one in leaving) else []
    if leaving and not asked.claim.persons:
        points.append(words.SAY_PERSONS)
        points += [words.PERSONS_OUTSIDE] if any(not one.concerned for one in leaving) else []
    return points


def _range(question: NecessityQuestion, asked: Asked, items: tuple[ItemNecessity, ...]) -> Answer:
    points = [words.SAY_ITEM[one.standing].fill(name=one.title) for one in items if one.outside or one.unanswered]
    if not all(source.complete for source in asked.inventory.sources):
        points.append(words.UNREAD)
    answer = _answer(question, asked, None, points)
    failed = any(one.outside for one in items)
    return answer.model_copy(update={"standing": Standing.FAILED}) if failed else answer


def _answer(question: NecessityQuestion, asked: Asked, said: str | None, points: list[Text]) -> Answer:
    """Return an answer; a fact left open is open here too, and a declared “no” needs words beside it."""
    facts = tuple(Fact(name=name, value=asked.facts.get(name), source=FactSource.DECLARED) for name in question.facts)
    points = points + [words.FACT_OPEN.fill(fact=one.name) for one in facts if one.value is None]
    if not said:
        points += [words.FACT_DENIED.fill(fact=one.name) for one in facts if one.value is False]
    return Answer(
        standing=Standing.OPEN if points else Standing.PASSED,
        ask=question.ask,
        said=said or "",
        facts=facts,
        open=tuple(points),
        source=question.source,
    )


def _not_judged(asked: Asked) -> Necessity:
    def answer(ask: Text, said: str | None = None) -> Answer:
        return Answer(standing=Standing.NOT_JUDGED, ask=ask, said=said or "", open=(words.NO_PURPOSE,))

    return Necessity(
        scenario=asked.scenario,
        purpose=None,
        label=words.NO_LABEL.fill(scenario=asked.scenario),
        used_by=asked.claim.used_by or "",
        export=answer(words.ASK_EXPORT, asked.claim.export),
        persons=answer(words.ASK_PERSONS, asked.claim.persons),
        range=answer(words.ASK_ITEMS),
    )
