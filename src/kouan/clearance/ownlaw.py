"""Whether a sealed decision stands on packs that the verifier knows, and whether it would be another by his own.

A seal and a replay show that a decision follows from the packs beside it. Whoever holds the key can seal other packs as
Kouan's own, or leave some out: only a comparison with packs from elsewhere tells.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kouan.clearance.facts import build_facts
from kouan.clearance.necessity import PURPOSE, necessity_of
from kouan.deidentify import read_plan
from kouan.law import decide
from kouan.model.errors import KouanError
from kouan.model.facts import FactSource
from kouan.model.files import read_document
from kouan.model.inventory import Inventory
from kouan.packs import builtin_root, find_purpose, load_packs, load_purposes, open_profiles, read_profile, read_purpose
from kouan.packs.profiles import PROFILES
from kouan.packs.thresholds import load_thresholds, read_thresholds, thresholds_file

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kouan.clearance.replay import Replayed
    from kouan.model.decision import Decision, PackRef
    from kouan.model.declaration import Declaration
    from kouan.model.necessity import Necessity
    from kouan.model.thresholds import Thresholds
    from kouan.packs import PackSet, PurposePack

_PURPOSES = "purposes"


@dataclass(frozen=True, slots=True)
class Edition:
    """The packs of one Kouan: all of them, its purposes and thresholds (None where not at hand) and its profiles."""

    refs: frozenset[PackRef]
    purposes: tuple[PurposePack, ...] | None
    profiles: frozenset[PackRef]
    thresholds: Thresholds | None = None


@dataclass(frozen=True, slots=True)
class KnownLaw:
    """Packs that a verifier knows from elsewhere than the folder: those of his own Kouan first."""

    editions: tuple[Edition, ...]

    @classmethod
    def of(cls, *roots: Path) -> KnownLaw:
        """Return this Kouan's packs and those of other editions.

        Args:
            roots: `kouan/packs` of another edition each, got from where Kouan comes from.

        Raises:
            KouanError: K-PCK-… or K-MOD-… where they cannot be read.
        """
        profiles = frozenset(one.ref for one in open_profiles())
        mine = Edition(frozenset(load_packs(builtin_root()).refs), load_purposes(), profiles, load_thresholds())
        return cls((mine, *map(_edition, roots)))

    def unknown(self, done: Replayed) -> tuple[str, ...]:
        """Return what is given as Kouan's own and is of no known edition: `id version`, or `- id` where it is left out.

        The packs of one edition belong together: one that is missing changes the law as much as one that is added.
        """
        used = _builtin(done)
        if used in {one.refs for one in self.editions}:
            strange: frozenset[PackRef] = frozenset()
            missing: set[str] = set()
        else:
            strange = used - self.editions[0].refs
            missing = {ref.id for ref in self.editions[0].refs} - {ref.id for ref in used}
        purpose = _purpose(done)
        names = [f"{ref.id} {ref.version}" for ref in sorted(strange, key=lambda ref: ref.id)]
        names += [f"- {name}" for name in sorted(missing)]
        added = done.necessity is not None and _is_added(done.necessity)
        known = added or purpose in self._purposes(done)
        if done.declaration is not None and done.necessity is not None and not known:
            names.append(f"- {_PURPOSES}" if purpose is None else f"{purpose.id} {purpose.version}")
        profile = done.profile
        if profile is not None and not profile.user and not any(profile in one.profiles for one in self.editions):
            names.append(f"{profile.id} {profile.version}")
        return tuple(names)

    @property
    def thresholds(self) -> tuple[Thresholds, ...]:
        """Of each edition, this Kouan's first."""
        return tuple(one.thresholds for one in self.editions if one.thresholds is not None)

    def _purposes(self, done: Replayed) -> set[PackRef | None]:
        scenario = done.declaration.transfer.scenario if done.declaration is not None else ""
        found = [find_purpose(one.purposes, scenario) for one in self.editions if one.purposes is not None]
        return {one.ref if one is not None else None for one in found}


def departs(copy: Path, done: Replayed) -> bool:
    """Whether this Kouan's packs, with the user packs that are named as such, come to something else.

    Args:
        copy: the documents and packs of a folder whose seal holds.
        done: what a replay read, without problems.
    """
    pair, declaration = done.decisions, done.declaration
    if pair is None or declaration is None:
        return False
    try:
        users = [copy / "packs" / ref.id for ref in pair.original.packs if ref.user]
        own = load_packs(builtin_root(), *users, allow_override=True)
        raw = read_document(copy / "inventory.json", Inventory, kind="inventory")
        if _judged_otherwise(copy, done, declaration, raw):
            return True
        if pair.treated is not None and _decided_otherwise(pair.treated, done, declaration, own, raw=raw):
            return True
        return _decided_otherwise(pair.original, done, declaration, own, raw=raw)
    except KouanError:
        return True  # a fact, a reading or a pack that this Kouan's law does not have


def _edition(root: Path) -> Edition:
    purposes = root / _PURPOSES
    profiles = frozenset(read_profile(path).ref for path in sorted((root / PROFILES).glob("*.yaml")))
    found = load_purposes(purposes) if purposes.is_dir() else None
    standards = thresholds_file(root)
    thresholds = read_thresholds(standards) if standards.is_file() else None
    return Edition(frozenset(load_packs(root).refs), found, profiles, thresholds)


def _builtin(done: Replayed) -> frozenset[PackRef]:
    return frozenset() if done.decisions is None else frozenset(_not_users(done.decisions.original.packs))


def _not_users(refs: Iterable[PackRef]) -> Iterable[PackRef]:
    return (ref for ref in refs if not ref.user)


def _purpose(done: Replayed) -> PackRef | None:
    """Return the purpose given as Kouan's own; in the place of one may stand a user's."""
    if done.necessity is None:
        return None
    purpose = done.necessity.purpose
    return purpose if purpose is None or not purpose.user else done.necessity.replaces


def _decided_otherwise(
    decision: Decision, done: Replayed, declaration: Declaration, own: PackSet, *, raw: Inventory
) -> bool:
    treated = done.decisions is not None and decision is done.decisions.treated and done.treated is not None
    facts = build_facts(
        declaration,
        done.treated if treated and done.treated is not None else raw,
        metered=None,
        as_of=decision.as_of,
        original=raw if treated else None,
        consent=done.consent,
        necessity=done.necessity if treated else None,
        repeat=done.authority is not None,
        packs=own,
    )
    metered = {fact.name: fact for fact in decision.facts.facts if fact.source is FactSource.METERED}
    known = tuple(metered.get(fact.name, fact) for fact in facts.facts)
    again = decide(facts.model_copy(update={"facts": known}), own, adopted=decision.adopted)
    return _essence(again) != _essence(decision)


def _essence(decision: Decision) -> object:
    """Return what a decision comes to: its pathways, and what is owed."""
    flows = {flow.id: {outcome.options for outcome in flow.possible} for flow in decision.flows}
    owed = [{one.id for one in found} for found in (decision.conditions, decision.duties)]
    return {outcome.options for outcome in decision.possible}, flows, owed


def _judged_otherwise(copy: Path, done: Replayed, declaration: Declaration, raw: Inventory) -> bool:
    if done.necessity is None:
        return False
    plan = read_plan((copy / "plan.yaml").read_text(encoding="utf-8"), "plan.yaml")
    own = find_purpose(load_purposes(), declaration.transfer.scenario)
    if done.necessity.purpose is not None and done.necessity.purpose.user:
        own = replace(read_purpose(copy / "packs" / PURPOSE, user=True), replaced=own)
    return _standings(necessity_of(declaration, raw, own, plan)) != _standings(done.necessity)


def _is_added(necessity: Necessity) -> bool:
    """Whether a user's purpose stands for a scenario of which Kouan has none."""
    return necessity.purpose is not None and necessity.purpose.user and necessity.replaces is None


def _standings(necessity: Necessity) -> object:
    items = {one.item: (one.standing, one.leaves) for one in necessity.items}
    groups = {one.subject: (one.concerned, one.leaves) for one in necessity.groups}
    return necessity.export.standing, necessity.persons.standing, necessity.range.standing, groups, items
