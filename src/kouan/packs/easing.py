"""In what a user's purpose asks for less than the built-in one of the same scenario: item by item, role by role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.model.decision import Override
from kouan.model.inventory import VAGUE
from kouan.model.purpose import Need
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.model.purpose import Purpose, PurposeItem

_WEIGHTS = {Need.NEEDED: 0, Need.NEEDED_IF: 1, Need.NOT_NEEDED: 3}
_UNSAID, _UNSAID_VAGUE = 3, 2
"""Of what a purpose does not name: outside, and of what nobody understands a question."""

_ITEM = Text(zh="对数据项“{name}”的要求低于内置的", en="asks for less of “{name}” than the built-in one")
_PERSONS = Text(zh="把“{name}”算作目的所涉及的人", en="counts “{name}” among the persons whom it concerns")
_QUESTION = Text(zh="不再问到事实“{name}”", en="no longer asks for the fact “{name}”")


def eased(base: Purpose, own: Purpose) -> Iterator[Override]:
    """Yield in what a purpose asks for less than another: by meaning, by role, by fact of a question."""
    cases = _cases(base, own)
    for meaning in dict.fromkeys(name for purpose in (base, own) for item in purpose.items for name in item.meaning):
        if any(_lighter(meaning, base.statement(meaning, *at), own.statement(meaning, *at)) for at in cases):
            yield _override(own, meaning, _ITEM)
    for role in sorted(set(own.persons) - set(base.persons)):
        yield _override(own, role, _PERSONS)
    for part in ("export", "persons", "items"):
        asked, ours = getattr(base.questions, part).facts, getattr(own.questions, part).facts
        for fact in sorted(set(asked) - set(ours)):
            yield _override(own, fact, _QUESTION)


def _cases(base: Purpose, own: Purpose) -> list[tuple[str | None, str | None]]:
    """Return every role and sector between which the two can tell, with those that neither names."""
    both = (base, own)
    roles = {role for one in both for role in (*one.persons, *(name for item in one.items for name in item.subjects))}
    sectors = {name for one in both for item in one.items for name in item.sectors}
    return [(role, sector) for role in (*sorted(roles), None, "") for sector in (*sorted(sectors), None)]


def _lighter(meaning: str, base: PurposeItem | None, own: PurposeItem | None) -> bool:
    weights = [
        (_UNSAID_VAGUE if meaning in VAGUE else _UNSAID) if one is None else _WEIGHTS[one.need] for one in (base, own)
    ]
    if weights[1] != weights[0] or base is None or own is None:
        return weights[1] < weights[0]
    return own.condition != base.condition  # conditions are words: another one may be weaker


def _override(own: Purpose, name: str, words: Text) -> Override:
    return Override(pack=own.id, entry=name, how="purpose", text=words.fill(name=name))
