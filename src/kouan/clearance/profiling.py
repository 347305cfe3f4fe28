"""Which treatment profile a plan is made by: the one asked for, that of an edited plan, or the declared one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.clearance import messages
from kouan.clearance.opening import read_text
from kouan.deidentify import check_profile, read_plan
from kouan.deidentify.profiles import kept_from, unkept
from kouan.packs import find_profile, open_profiles, read_profile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kouan.clearance.settings import Settings
    from kouan.model.declaration import Declaration
    from kouan.model.inventory import Inventory
    from kouan.model.plan import Plan
    from kouan.model.strictyaml import Loaded
    from kouan.packs import ProfilePack, Sector

PROFILE = "profile.yaml"
"""The profile's file among the packs of a clearance folder."""


def choose_profile(
    declaration: Declaration,
    loaded: Loaded,
    settings: Settings,
    *,
    sectors: Sequence[Sector],
    name: str | None = None,
    plan: Path | None = None,
) -> ProfilePack | None:
    """Return the profile of a run, checked against the release mode; None where none was chosen.

    Args:
        declaration: which may name one.
        loaded: its lines.
        settings: folders of user packs.
        sectors: standards whose elements a profile may name.
        name: asked for on the command line; over the declared one.
        plan: an edited plan, which names the one that it was made by.

    Raises:
        KouanError: K-PCK-085, 086, 088, K-DEI-060 to 064; K-CLR-120 where plan and declaration name different ones, or
            the plan an edition that is not at hand.
    """
    declared, where = declaration.transfer.profile, loaded.at(("transfer", "profile"))
    known = open_profiles(*settings.packs)
    wanted = name if name is not None else declared
    chosen = None if wanted is None else find_profile(known, wanted, "--profile" if name is not None else where)
    if plan is not None:
        ref = read_plan(read_text(plan), plan.name).profile
        if declared is None and ref is not None:
            chosen = find_profile(known, ref.id, plan.name)
        if ref != (chosen.ref if chosen is not None else None):
            said = "-" if ref is None else f"{ref.id} {ref.version}"
            wants = "-" if chosen is None else f"{chosen.ref.id} {chosen.ref.version}"
            raise messages.PROFILE_DIFFERS.at(plan.name, plan=said, wanted=wants)
    if chosen is not None:
        check_profile(chosen, sectors, declaration.transfer.mode)
    return chosen


def keeps_to_profile(plan: Plan, declaration: Declaration, inventory: Inventory, packs: Path) -> bool:
    """Tell whether a plan has the profile beside it that it names and the declaration asks for, and keeps to it.

    Args:
        plan: of a clearance folder.
        declaration: of that folder.
        inventory: of the raw data.
        packs: folder of the packs there.

    Raises:
        KouanError: K-PCK-…, K-MOD-… where the profile cannot be read.
    """
    declared = declaration.transfer.profile
    if plan.profile is None:
        return declared is None and not (packs / PROFILE).exists()
    if declared not in {None, plan.profile.id} or not (packs / PROFILE).exists():
        return False
    pack = read_profile(packs / PROFILE, user=plan.profile.user)
    kept = kept_from(pack, plan.mode, inventory)
    return pack.ref == plan.profile and not list(unkept(plan.lines, kept))
