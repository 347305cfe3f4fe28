"""The three necessities as people read them: what is answered, what is open, how each item stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.dossier.articles import article
from kouan.dossier.terms import NECESSITY
from kouan.formats.notes import listed
from kouan.model.necessity import ItemStanding, Standing
from kouan.model.purpose import JUDGEMENT
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kouan.model.necessity import Answer, ItemNecessity, Necessity
    from kouan.model.purpose import Grounds

OUR_OWN = Text(zh="本项目的判断", en="our own judgement")
_USERS = Text(zh="用户目的包的判断", en="the judgement of the user's own purpose")
_BROUGHT = Text(zh="按用户自带的目的包 {id} {version} 判断", en="judged by the user's own purpose {id} {version}")
_LESS = Text(zh="用户目的包{text}", en="the user's purpose {text}")
_MANY = 12
_PARTS = {
    "export": Text(zh="出境本身", en="the export itself"),
    "persons": Text(zh="人数", en="the persons"),
    "range": Text(zh="数据项范围", en="the items"),
}
_ORDER = (ItemStanding.UNJUSTIFIED, ItemStanding.UNKNOWN, ItemStanding.NEEDED_IF, ItemStanding.JUSTIFIED)
_HEAD = Text(zh="必要性（{purpose}）：{standing}", en="necessity ({purpose}): {standing}")
_PART = Text(zh="{part}：{standing}", en="{part}: {standing}")
_DROPPED = Text(
    zh="目的之外、没有理由的 {count} 项已由方案删除：{names}",
    en="{count} items outside the purpose without a reason are dropped by the plan: {names}",
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What the purpose says of several items alike.

    Attributes:
        names: of the items, each once.
    """

    reason: Text
    source: Grounds | None
    names: tuple[Text, ...]


def parts_of(necessity: Necessity) -> tuple[tuple[str, Text, Answer], ...]:
    """Return the three answers with their names, in the order of review."""
    return tuple((name, label, getattr(necessity, name)) for name, label in _PARTS.items())


def questionable(necessity: Necessity) -> tuple[ItemNecessity, ...]:
    """Return the items that leave and are not plainly needed, what needs attention first."""
    return tuple(one for standing in _ORDER for one in necessity.items if one.leaves and one.standing is standing)


def needed(necessity: Necessity) -> tuple[Statement, ...]:
    """Return the items that leave and are plainly needed, by what the purpose says of them."""
    return _statements(one for one in necessity.items if one.leaves and one.standing is ItemStanding.NEEDED)


def dropped(necessity: Necessity) -> tuple[Statement, ...]:
    """Return the items outside the purpose that the plan drops, by what the purpose says of them."""
    return _statements(one for one in necessity.items if not one.leaves and one.standing is ItemStanding.UNJUSTIFIED)


def _statements(items: Iterable[ItemNecessity]) -> tuple[Statement, ...]:
    groups: dict[tuple[str, str], list[ItemNecessity]] = {}
    for one in items:
        groups.setdefault((one.reason.zh, one.reason.en), []).append(one)
    return tuple(
        Statement(group[0].reason, group[0].source, _each(one.title for one in group)) for group in groups.values()
    )


def _each(titles: Iterable[Text]) -> tuple[Text, ...]:
    return tuple({(one.zh, one.en): one for one in titles}.values())


def grounds(necessity: Necessity, source: Grounds) -> Text:
    """Return where a statement stands, in words."""
    if source.instrument == JUDGEMENT:
        return _USERS if necessity.purpose is not None and necessity.purpose.user else OUR_OWN
    title = necessity.instruments[source.instrument]
    zh = title.zh if title.zh == title.en else f"《{title.zh}》"
    place = article(source.place)
    return Text(zh=f"{zh}{place.zh}", en=f"{title.en}, {place.en}" if place.en else title.en)


def lines_of(necessity: Necessity, lang: str) -> Iterator[tuple[int, str]]:
    """Return the judgement as lines with their depth, for a terminal or comments."""
    head = _HEAD.fill(purpose=necessity.label, standing=NECESSITY[necessity.standing])
    yield 0, head.of(lang)
    if necessity.purpose is not None and necessity.purpose.user:
        yield 1, _BROUGHT.fill(id=necessity.purpose.id, version=necessity.purpose.version).of(lang)
    for one in necessity.overrides:
        yield 1, "!! " + _LESS.fill(text=one.text).of(lang)
    for _, label, answer in parts_of(necessity):
        yield 1, _PART.fill(part=label, standing=NECESSITY[answer.standing]).of(lang)
        points = dict.fromkeys(point.of(lang) for point in answer.open)
        for point in list(points)[:_MANY]:
            yield 2, point
        if len(points) > _MANY:
            yield 2, f"… +{len(points) - _MANY}"
        if answer.standing is Standing.NOT_JUDGED:
            return
    names = _each(name for one in dropped(necessity) for name in one.names)
    if names:
        yield 2, _DROPPED.fill(count=len(names), names=listed([one.of(lang) for one in names])).of(lang)
