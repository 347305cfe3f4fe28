"""What a treatment profile does to an item: the first of its rules that fits, and whether a plan keeps to it."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kouan.deidentify import messages, reasons
from kouan.deidentify.defaults import Default, Defaults
from kouan.deidentify.hierarchies import OF_PROFILE, read_hierarchies
from kouan.deidentify.params import BadParamsError
from kouan.deidentify.rules import Given, transform
from kouan.model.inventory import PROSE, IdentityRole
from kouan.model.items import split_item_id
from kouan.model.plan import Action, Plan, PlanLine
from kouan.recognize.lexicon import load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kouan.model.declaration import ReleaseMode
    from kouan.model.inventory import Inventory, Item
    from kouan.model.profile import Profile, ProfileRule
    from kouan.model.text import Text
    from kouan.packs import ProfilePack, Sector


_LEAVING = frozenset({Action.KEEP, Action.SUPPRESS, Action.REPLACE, Action.NOISE, Action.MICROAGGREGATE})
"""Actions that leave some values, or something of them, as they are: not for what identifies by itself."""


@dataclass(frozen=True)
class Profiled:
    """The lines of one profile for the items of one inventory.

    Attributes:
        profile: as written.
        mode: release mode of the transfer.
        inventory: of the raw data.
        defaults: of the standards, which say by what their persons are told apart.
    """

    profile: Profile
    mode: ReleaseMode
    inventory: Inventory
    defaults: Defaults

    def rule(self, item: Item) -> ProfileRule | None:
        """Return the first rule that fits an item, or None."""
        return first_rule(self.profile, item, self.mode)

    def find(self, item: Item) -> Default | None:
        """Return what the profile does to an item, or None where it says nothing."""
        rule = self.rule(item)
        if rule is None or (rule.action in _LEAVING and _must_be_accepted(item)):
            return None
        action, params, why = rule.action, rule_params(rule), reasons.profiled(self.profile, rule)
        if action is Action.PSEUDONYM:
            params.setdefault("kind", item.meaning)
        if action is Action.SHIFT:
            by = self.defaults.person_column(item) or self._person_column(item)
            if by is None:
                action, params, why = Action.GENERALISE, {"to": "year"}, reasons.joined(why, reasons.NO_PERSON)
            else:
                params["by"] = by
        return Default(action, params, why)

    def _person_column(self, item: Item) -> str | None:
        """Return the column of an item's table that names the person; the same kind of column in every table."""
        source, entity, _ = split_item_id(item.id)
        counted = [key for count in self.inventory.persons if count.subject == item.subject for key in count.keys]
        ranks = {meaning: at for at, meaning in enumerate(self.profile.keys)}
        table = [one for one in self._tables[source, entity] if one.meaning in ranks and _names_persons(one, item)]
        best = min(
            table,
            key=lambda one: (
                ranks[one.meaning],
                one.subject != item.subject,
                counted.index(one.id) if one.id in counted else len(counted),
                # One number a visit has more values than one number a person.
                one.distinct if one.distinct is not None else one.cells,
                one.nulls,
            ),
            default=None,
        )
        return None if best is None else split_item_id(best.id)[2]

    @cached_property
    def _tables(self) -> Mapping[tuple[str, str], list[Item]]:
        tables: dict[tuple[str, str], list[Item]] = {}
        for item in self.inventory.items:
            tables.setdefault(split_item_id(item.id)[:2], []).append(item)
        return tables


def _names_persons(one: Item, item: Item) -> bool:
    """Tell whether a column can say whose another one is: it is not that one, has values, and one of them a row."""
    return one.id != item.id and not 0 < one.cells == one.nulls and not one.type.startswith("list")


def rule_params(rule: ProfileRule) -> dict[str, int | str]:
    """Return a rule's params as a plan's line has them: a file beside the profile is named so."""
    return {**rule.params, **({} if rule.beside is None else {"file": OF_PROFILE + rule.beside})}


def first_rule(profile: Profile, item: Item, mode: ReleaseMode) -> ProfileRule | None:
    """Return the first rule of a profile that fits an item in a release mode, or None."""
    return next((rule for rule in profile.rules if _fits(rule, item, mode)), None)


def check_profile(pack: ProfilePack, sectors: Sequence[Sector], mode: ReleaseMode) -> None:
    """Refuse a profile that is not made for a release mode or that cannot be meant so.

    Args:
        pack: built-in or a user's.
        sectors: standards whose elements it may name.
        mode: of the transfer.

    Raises:
        KouanError: K-DEI-064 for the mode; K-DEI-060 for names that nothing has, K-DEI-061 for params that do not fit,
            K-DEI-062 where it would keep a direct identifier or free text.
    """
    profile, where = pack.profile, f"profiles/{pack.ref.id}.yaml"
    if mode not in profile.modes:
        known = ", ".join(profile.modes)
        raise messages.PROFILE_MODE.at(where, name=profile.id, mode=mode, known=known)
    lexicon = load_lexicon()
    elements = {one.schema.id: {item.element: item for item in one.schema.items} for one in sectors}
    for name in profile.keys:
        _check_name(name, lexicon.meanings, where, "keys")
    for rule in profile.rules:
        for name in rule.meanings:
            _check_name(name, lexicon.meanings, where, rule.id)
        for name in rule.sectors:
            _check_name(name, elements, where, rule.id)
        known_elements = [name for sector in rule.sectors for name in elements[sector]]
        for name in rule.elements:
            if not any(_as_pattern(name).fullmatch(one) for one in known_elements):
                _check_name(name, known_elements, where, rule.id)
        _check_params(rule, where, pack)
        if rule.action in _LEAVING:
            direct = {name for name in rule.meanings if lexicon.meanings[name].role is IdentityRole.DIRECT}
            if direct or PROSE & set(rule.meanings) or IdentityRole.DIRECT in rule.roles:
                raise messages.PROFILE_KEEPS.at(where, rule=rule.id)


def kept_from(pack: ProfilePack, mode: ReleaseMode, inventory: Inventory) -> Mapping[str, ProfileRule]:
    """Return the items that must not leave in any form under a profile, each with the rule that says so."""
    rules = ((item.id, first_rule(pack.profile, item, mode)) for item in inventory.items)
    return {name: rule for name, rule in rules if rule is not None and rule.never}


def _fits(rule: ProfileRule, item: Item, mode: ReleaseMode) -> bool:
    parts = (
        (rule.modes, mode),
        (rule.meanings, item.meaning),
        (rule.roles, item.role),
        (rule.subjects, item.subject),
        (rule.sectors, item.sector),
    )
    if any(wanted and one not in wanted for wanted, one in parts):
        return False
    if rule.elements:
        return any(_as_pattern(one).fullmatch(item.element) for one in rule.elements)
    # What is surely nobody's is left to the general rules, unless it leads to somebody all the same.
    return rule.things or item.personal is not False or item.role is IdentityRole.DIRECT


def _as_pattern(element: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, element.split("*"))), re.DOTALL)


def _must_be_accepted(item: Item) -> bool:
    return item.role is IdentityRole.DIRECT or item.meaning in PROSE


def _check_name(name: str, known: Mapping[str, object] | Sequence[str], where: str, rule: str) -> None:
    if name not in known:
        near = difflib.get_close_matches(name, sorted(known), n=1)
        raise messages.PROFILE_NAME.at(where, rule=rule, name=name, guess=f" ({near[0]}?)" if near else "")


def _check_params(rule: ProfileRule, where: str, pack: ProfilePack) -> None:
    params = {**rule_params(rule), **({"by": "x"} if rule.action is Action.SHIFT else {})}
    line = PlanLine(item="a!b#c", action=rule.action, params=params, why=rule.why)
    plan = Plan(mode=pack.profile.modes[0], key="", lines=(line,))
    read = read_hierarchies(plan, pack.folder, where, profile=pack).read
    try:
        for meaning in rule.meanings or ("name",):
            transform(line, Given(meaning, b"", hierarchies=read))
    except BadParamsError as error:
        raise messages.PROFILE_PARAMS.at(where, rule=rule.id, problem=error.problem) from None


def unkept(lines: Sequence[PlanLine], kept: Mapping[str, ProfileRule]) -> Iterator[tuple[str, Text]]:
    """Yield the items of a plan that leave though a profile says that they never do, each with the reason."""
    for line in lines:
        rule = kept.get(line.item)
        if rule is not None and line.action is not Action.DROP:
            yield line.item, rule.why
