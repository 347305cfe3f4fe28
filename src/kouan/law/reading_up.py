"""Looking up an article: what the packs hold on it, its thresholds of a day, and what yields to what."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from kouan.law import messages
from kouan.law.catalogue import entries, instruments
from kouan.law.citations import cited_by, parse_wanted
from kouan.law.spelling import parameters_of, value_on
from kouan.law.wording import consequence
from kouan.model.pack import UNCONFIRMED
from kouan.model.text import Text, same
from kouan.packs import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kouan.law.catalogue import Entry
    from kouan.model.provision import Rule
    from kouan.model.time import LegalDay
    from kouan.packs import PackSet

GROUNDS = {
    "provision": Text(zh="条文明定", en="the text says so"),
    "delegation": Text(zh="上位授权", en="delegated by a higher text"),
    "rank": Text(zh="上位法优先", en="higher rank"),
    "speciality": Text(zh="特别规定优先", en="the special rule"),
    "date": Text(zh="新规定优先", en="the later rule"),
}
_YIELDS = Text(zh="同时成立时让位于（{ground}{article}）：{others}", en="yields to ({ground}{article}): {others}")
_PREVAILS = Text(zh="同时成立时优先于（{ground}{article}）：{others}", en="prevails over ({ground}{article}): {others}")
_GROUP = Text(zh="{n} 条规则：{places}", en="{n} rules: {places}")
_FEW, _SHOWN = 3, 6
_REQUIRES = Text(zh="后果：{words}", en="it follows that {words}")
_NOT_COUNTED = Text(zh="其人数不计入当年累计", en="its persons stay out of the year's counters")
_UNDER = Text(zh="只在这一解读下适用：{reading} = {option}", en="only under the reading {reading} = {option}")
_OPTION = Text(zh="解读 {id}：{label}（{ground}，{grade}{default}）", en="{id}: {label} ({ground}, {grade}{default})")
_DEFAULT = Text(zh="，默认", en=", default")
_DEADLINE = Text(zh="期限：{deadline}", en="deadline: {deadline}")
_VALUE = Text(zh="{start} 起：{value}", en="from {start}: {value}")


def look_up(text: str, packs: PackSet) -> tuple[Entry, ...]:
    """Return the entries that an id or a citation means.

    Raises:
        KouanError: K-LAW-060 to K-LAW-062.
    """
    found = entries(packs)
    named = tuple(one for one in found if one.id == text.strip())
    if named:
        return named
    wanted = parse_wanted(text, instruments(packs.heads.values()))
    cited = cited_by(wanted, found) if wanted is not None else ()
    if not cited:
        near = difflib.get_close_matches(text.strip(), [one.id for one in found], n=1)
        raise messages.NOT_FOUND.at(text, name=text, guess=f" ({near[0]}?)" if near else "")
    return tuple(sorted(cited, key=lambda one: one.key))  # one instrument after the other, as the packs order each


def thresholds(entry: Entry, packs: PackSet, day: LegalDay) -> list[dict[str, Any]]:
    """Return the parameters that an entry uses, with their values of a day."""
    value = entry.value
    names: dict[str, None] = {entry.id: None} if entry.kind == "parameters" else {}
    if getattr(value, "when", None) is not None:
        names |= dict.fromkeys(parameters_of(value.when))
    if entry.kind == "rules":
        names |= dict.fromkeys(name for name in PLACEHOLDER.findall(value.reason.zh) if name in packs.parameters)
    return [
        {"name": name, "label": packs.parameters[name].label.model_dump(), "value": value_on(packs, name, day)}
        for name in names
    ]


def precedence(entry: Entry, packs: PackSet, *, whole: bool = True) -> tuple[Text, ...]:
    """Return to what a rule yields, and what yields to it; without `whole`, of many rules groups and articles only."""
    if entry.kind != "rules":
        return ()
    rule: Rule = entry.value
    named = {rule.id, *rule.groups}
    above = [(other, one) for one in rule.yields_to for other in packs.rules if one.to in {other.id, *other.groups}]
    below = [(other, one) for other in packs.rules for one in other.yields_to if one.to in named]
    found = []
    for words, pairs in ((_YIELDS, above), (_PREVAILS, below)):
        grounds: dict[tuple[str, str], list[tuple[Rule, str]]] = {}
        for other, one in pairs:
            grounds.setdefault((one.by, one.article), []).append((other, one.to))
        for (by, article), rules in grounds.items():
            others = _named(rules) if whole or len(rules) <= _FEW else _grouped(rules, named=words is _YIELDS)
            found.append(words.fill(others=others, ground=GROUNDS[by], article=f" {article}" if article else ""))
    return tuple(found)


def _named(rules: Sequence[tuple[Rule, str]]) -> Text:
    labels = [rule.label for rule, _ in rules]
    return Text(zh="；".join(one.zh for one in labels), en="; ".join(one.en for one in labels))


def _grouped(rules: Sequence[tuple[Rule, str]], *, named: bool) -> Text:
    """Return how many rules there are, where they stand, and by which groups they are `named` where they prevail."""
    names = ", ".join(dict.fromkeys(to for _, to in rules))
    places: dict[str, list[str]] = {}
    for rule, _ in rules:
        articles = places.setdefault(rule.source.instrument, [])
        if rule.article not in (*articles, UNCONFIRMED):
            articles.append(rule.article)
    shown = [" ".join([key, _first(articles)]).strip() for key, articles in places.items()]
    filled = _GROUP.fill(n=len(rules), places=Text(zh="；".join(shown), en="; ".join(shown)))
    return Text(zh=f"{names}（{filled.zh}）", en=f"{names} ({filled.en})") if named else filled


def _first(articles: Sequence[str]) -> str:
    """Return the first articles, and that there are more."""
    return ", ".join(articles[:_SHOWN]) + (" …" if len(articles) > _SHOWN else "")


def facts_about(entry: Entry) -> Iterator[Text]:
    """Yield what follows from an entry and on which reading it rests."""
    value = entry.value
    if entry.kind == "rules":
        yield _REQUIRES.fill(words=consequence(value.pathways))
        if not value.counts:
            yield _NOT_COUNTED
    for name in ("detail", "ask", "then"):
        if getattr(value, name, None) is not None:
            yield getattr(value, name)
    if getattr(value, "deadline", None) is not None:
        yield _DEADLINE.fill(deadline=value.deadline)
    for reading, option in getattr(value, "under", {}).items():
        yield _UNDER.fill(reading=reading, option=option)
    yield from _choices(entry)


def _choices(entry: Entry) -> Iterator[Text]:
    value = entry.value
    if entry.kind == "readings":
        for one in value.options:
            default = _DEFAULT if one.id == value.default else same("")
            yield _OPTION.fill(id=one.id, label=one.label, ground=one.ground, grade=one.confidence, default=default)
    if entry.kind == "parameters":
        for one in value.values:
            yield _VALUE.fill(start=one.start.isoformat(), value=f"{one.value:,}")
