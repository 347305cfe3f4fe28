"""Questions on a negative list say which list, sector and scenario they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.law.regime import PLACES, USED
from kouan.law.scoping import covering, edition_on, text_of
from kouan.model.interview import Choice
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kouan.model.decision import Question
    from kouan.model.facts import FactSet
    from kouan.model.interview import InterviewQuestion
    from kouan.model.neglist import ListScenario, ListSector, NegativeList
    from kouan.packs import PackSet

_SECTOR, _SCENARIO = "list.sector", "list.scenario"
NONE = "none"
LIST_WORDS = frozenset({USED, _SECTOR, _SCENARIO})
"""Facts whose words are ids of lists, or `none`."""
_NO_LIST = Text(zh="不使用负面清单（none）", en="no list is used (none)")
_NONE = Text(zh="都不是（none）", en="none of them")
_OF_ENTRY = frozenset(
    {"list.entry_mechanism", "list.off_list", "list.formalities", "flow.fields_named", "flow.fields_within_limits"}
)
_COVERED = Text(zh="可能适用的清单：{list}。", en="Lists that may cover the exporter: {list}.")
_CHOICE = Text(zh="《{list}》可填：{words}。", en="Of “{list}”: {words}.")
_PLACE = Text(zh="所问的是《{list}》{where}。", en="This is about “{list}”{where}.")
_OFFICIAL = Text(zh="官方文本：{url}", en="Official text: {url}")


def placed(questions: Iterable[Question], facts: FactSet, packs: PackSet) -> tuple[Question, ...]:
    """Return the questions; the help of one on a list names the list, and the words or the entry it is about."""
    return tuple(_placed(one, facts, packs) for one in questions)


def _placed(question: Question, facts: FactSet, packs: PackSet) -> Question:
    if question.fact not in _OF_ENTRY | LIST_WORDS:
        return question
    used = text_of(facts, USED)
    if used is None:
        more = _lists(covering(facts, packs))
    else:
        one = edition_on(used, packs, facts.as_of)
        more = None if one is None else _about(question.fact, one, facts)
    if more is None:
        return question
    help_ = Text(zh=f"{question.help.zh}{more.zh}", en=f"{question.help.en} {more.en}")
    return question.model_copy(update={"help": help_})


def lists_for_choice(facts: FactSet, packs: PackSet) -> tuple[Choice, ...]:
    """Return the negative lists in force that may be named, and that none is used.

    Those whose own scope covers the exporter's place; all in force while no place is known.
    """
    known = any(text_of(facts, name) for name in PLACES)
    lists = covering(facts, packs) if known else packs.editions.values()
    found = [Choice(value=one.id, label=_named(one.id, one.title)) for one in lists if one.in_force.holds(facts.as_of)]
    return (*found, Choice(value=NONE, label=_NO_LIST))


def worded(question: InterviewQuestion, facts: FactSet, packs: PackSet) -> InterviewQuestion:
    """Return a question whose choices, where they are lists, or sectors or scenarios of one, are shown by titles."""
    if question.fact == USED:
        return question.model_copy(update={"choices": (*lists_for_choice(facts, packs), question.choices[-1])})
    if question.fact not in LIST_WORDS:
        return question
    lists = covering(facts, packs)
    used = text_of(facts, USED)
    one = None if used is None else edition_on(used, packs, facts.as_of)
    known = {NONE: _NONE}
    for each in lists if one is None else (one,):
        labels = {
            _SECTOR: {part.id: part.label for part in each.sectors},
            _SCENARIO: {part.id: part.label for part in each.scenarios},
        }[question.fact]
        known |= {name: _named(name, label) for name, label in labels.items()}
    choices = [
        choice.model_copy(update={"label": known[choice.value]}) if choice.value in known else choice
        for choice in question.choices
        if choice.value is None or isinstance(choice.value, str)
    ]
    return question.model_copy(update={"choices": tuple(choices)})


def _named(name: str, label: Text) -> Text:
    return Text(zh=f"{label.zh}（{name}）", en=f"{label.en} ({name})")


def _lists(lists: tuple[NegativeList, ...]) -> Text | None:
    if not lists:
        return None
    zh = "；".join(f"{one.id}《{one.title.zh}》" for one in lists)
    return _COVERED.fill(list=Text(zh=zh, en="; ".join(f"{one.id} “{one.title.en}”" for one in lists)))


def _about(fact: str, one: NegativeList, facts: FactSet) -> Text | None:
    sector = text_of(facts, _SECTOR)
    if fact == _SECTOR:
        return _CHOICE.fill(list=one.title, words=_words(one.sectors))
    scenarios = [scenario for scenario in one.scenarios if sector in (None, scenario.sector)]
    if fact == _SCENARIO:
        return _CHOICE.fill(list=one.title, words=_words(scenarios)) if scenarios else None
    named = [word for word in one.sectors if word.id == sector]
    scenario = text_of(facts, _SCENARIO)
    inside = [word for word in scenarios if word.id == scenario]
    where = Text(
        zh="".join([*(f"，行业“{word.label.zh}”" for word in named), *(f"，场景“{word.label.zh}”" for word in inside)]),
        en="".join(
            [*(f", sector “{word.label.en}”" for word in named), *(f", scenario “{word.label.en}”" for word in inside)]
        ),
    )
    place = _PLACE.fill(list=one.title, where=where)
    if not one.official:
        return place
    official = _OFFICIAL.fill(url=one.official)
    return Text(zh=f"{place.zh}{official.zh}", en=f"{place.en} {official.en}")


def _words(words: Iterable[ListSector | ListScenario]) -> Text:
    found = tuple(words)
    return Text(
        zh="、".join(f"{word.id}（{word.label.zh}）" for word in found),
        en=", ".join(f"{word.id} ({word.label.en})" for word in found),
    )
