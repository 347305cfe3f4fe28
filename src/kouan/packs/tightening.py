"""User packs may add and tighten; whatever loosens the built-in law is found here, and refused unless it is allowed.

A user pack may add facts, parameters, readings, rules that require a pathway, duties, conditions, papers, triggers,
clocks and notes. It loosens where it redefines a built-in entry (`overrides`), grants a lighter pathway or keeps
persons out of the counters (`gives`), requires no more than an exemption, joins a group to which built-in rules yield,
splits a built-in count, or brings a negative list. What a draft holds decides nothing and so loosens nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kouan.model.decision import Override, Pathway
from kouan.model.text import Text
from kouan.packs import messages
from kouan.packs.packset import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kouan.model.errors import KouanError
    from kouan.packs.loader import Pack, Part

_NAMED = ("facts", "parameters", "readings")
_REDEFINES = Text(zh="改写内置规定“{name}”", en="redefines the built-in “{name}”")
_GIVES = Text(zh="规则“{name}”给予更轻的路径", en="the rule “{name}” grants a lighter pathway")
_REQUIRES = Text(zh="规则“{name}”只要求免予或不适用", en="the rule “{name}” requires no more than an exemption")
_GROUPS = Text(zh="规则“{name}”优先于内置规则", en="the rule “{name}” prevails over built-in rules")
_LIST = Text(zh="带来清单“{name}”", en="brings the list “{name}”")
_SPLITS = Text(zh="事实“{name}”拆分了内置人数", en="the fact “{name}” splits a built-in count")


class Loosened(NamedTuple):
    """One thing that loosens: what a decision says of it, and the error where it is not allowed."""

    override: Override
    error: KouanError


def loosened(base: Sequence[Pack], own: Sequence[Pack]) -> Iterator[Loosened]:
    """Yield everything in user packs that loosens the others.

    Raises:
        KouanError: K-PCK-060 (a built-in id without `overrides`), K-PCK-061 (`overrides` of what is not there).
    """
    builtin = _entries(base)
    for pack in own:
        mine = _entries([pack])
        live = pack.head.status == "in_force"
        for name in pack.head.overrides:
            if name not in builtin or name not in mine or mine[name][0] != builtin[name][0]:
                raise messages.NOTHING_TO_OVERRIDE.at(f"{pack.where}/pack.yaml", name=name)
            line = mine[name][1].line()
            if live:
                yield Loosened(
                    _override(pack, name, "redefines", _REDEFINES),
                    messages.OVERRIDES.at(line, name=name, other=builtin[name][1].line()),
                )
        for name, (_, part) in mine.items():
            if name in builtin and name not in pack.head.overrides:
                raise messages.BUILTIN_NAME.at(part.line(), name=name, other=builtin[name][1].line())
        if live and pack.head.list is not None:
            yield Loosened(
                _override(pack, pack.head.list, "list", _LIST),
                messages.LIST_LOOSENS.at(f"{pack.where}/pack.yaml", name=pack.head.list),
            )
        yield from _rules(pack, base) if live else ()
        yield from _splits(pack, builtin)


def without_overridden(base: Sequence[Pack], own: Sequence[Pack], key: str) -> list[Part]:
    """Return the entries of a file over all packs, the overridden ones left out."""
    gone = {name for pack in own if pack.head.status == "in_force" for name in pack.head.overrides}
    kept = [part for pack in base for part in pack.parts[key] if name_of(part.value) not in gone]
    for pack in own:
        idle = () if pack.head.status == "in_force" else pack.head.overrides
        kept += [part for part in pack.parts[key] if name_of(part.value) not in idle]
    return kept


def _rules(pack: Pack, base: Sequence[Pack]) -> Iterator[Loosened]:
    yielded = {one.to for other in base for part in other.parts["rules"] for one in part.value.yields_to}
    for part in pack.parts["rules"]:
        rule = part.value
        if rule.id in pack.head.overrides:
            continue
        if rule.gives:
            yield Loosened(
                _override(pack, rule.id, "gives", _GIVES), messages.GIVES.at(part.line("gives"), name=rule.id)
            )
        elif rule.pathways[0].weight < Pathway.STANDARD_CONTRACT.weight:
            yield Loosened(
                _override(pack, rule.id, "requires", _REQUIRES),
                messages.REQUIRES_LITTLE.at(part.line("requires"), name=rule.id),
            )
        for group in sorted(yielded & {rule.id, *rule.groups}):
            yield Loosened(
                _override(pack, rule.id, "prevails", _GROUPS),
                messages.PREVAILS.at(part.line("groups"), name=rule.id, group=group),
            )


def _splits(pack: Pack, builtin: Mapping[str, tuple[str, Part]]) -> Iterator[Loosened]:
    for part in pack.parts["facts"]:
        for name in part.value.parts:
            if name in builtin and part.value.name not in pack.head.overrides:
                yield Loosened(
                    _override(pack, part.value.name, "splits", _SPLITS),
                    messages.SPLITS.at(part.line("parts"), name=part.value.name, other=name),
                )


def _override(pack: Pack, name: str, how: str, words: Text) -> Override:
    return Override.model_validate({"pack": pack.head.id, "entry": name, "how": how, "text": words.fill(name=name)})


def _entries(packs: Sequence[Pack]) -> dict[str, tuple[str, Part]]:
    """Return every entry by id or name with its kind; provisions of all kinds share one name space."""
    return {
        name_of(part.value): (key if key in _NAMED else "provisions:" + key, part)
        for pack in packs
        for key, parts in pack.parts.items()
        for part in parts
    }
