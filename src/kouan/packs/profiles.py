"""Treatment profiles, read from YAML; one file for each, built in or brought by a user."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.model import strictyaml
from kouan.model.decision import PackRef
from kouan.model.masking import quoted
from kouan.model.profile import Profile
from kouan.model.purpose import JUDGEMENT
from kouan.packs import messages
from kouan.packs.reading import plain_bytes
from kouan.packs.thresholds import load_thresholds

if TYPE_CHECKING:
    from collections.abc import Sequence

PROFILES = "profiles"
"""Folder of the profiles that a user brings, in a folder of packs."""


@dataclass(frozen=True, slots=True, eq=False)
class ProfilePack:
    """One profile, ready to plan by and to keep in a clearance folder.

    Attributes:
        profile: as written.
        ref: id, version and digest of its file.
        data: the file, byte for byte.
        folder: in which it lies.
    """

    profile: Profile
    ref: PackRef
    data: bytes
    folder: Path

    @property
    def hierarchies(self) -> tuple[str, ...]:
        """Names of the hierarchy files beside it."""
        return tuple(dict.fromkeys(rule.beside for rule in self.profile.rules if rule.beside is not None))


def builtin_profiles() -> Path:
    """Return the folder of the profiles that come with Kouan."""
    return Path(__file__).parent / "profiles"


def open_profiles(*folders: Path) -> tuple[ProfilePack, ...]:
    """Read the built-in profiles and those in folders `profiles` of user packs, by id.

    A user's profile has a name of its own: one that replaced a built-in one would pass for it.

    Args:
        folders: of user packs.

    Raises:
        KouanError: K-PCK-002, 003, 023, 082, 085, 086, 089, 091, 092, or K-MOD-001 to K-MOD-005, with file and line.
    """
    found = {one.ref.id: one for one in map(read_profile, sorted(builtin_profiles().glob("*.yaml")))}
    for path in (path for folder in folders for path in sorted(folder.rglob(f"{PROFILES}/*"))):
        if path.suffix.lower() not in {".yaml", ".yml"}:
            continue
        if path.suffix != ".yaml":
            raise messages.STRAY_FILE.at(f"{PROFILES}/{path.name}", name=path.name, known="*.yaml")
        one = read_profile(path, user=True)
        _check_gates(one.profile, path.name)
        _check_files(one)
        if path.stem != one.ref.id:
            raise messages.PROFILE_FILE.at(f"{PROFILES}/{path.name}", name=one.ref.id)
        if one.ref.id in found:
            raise messages.PROFILE_TWICE.at(f"{PROFILES}/{path.name}", name=one.ref.id)
        found[one.ref.id] = one
    return tuple(found[name] for name in sorted(found))


def find_profile(packs: Sequence[ProfilePack], name: str, where: str) -> ProfilePack:
    """Return a profile by its id. Raises KouanError K-PCK-088, with the nearest name, at `where`."""
    for one in packs:
        if one.ref.id == name:
            return one
    names = [one.ref.id for one in packs]
    near = difflib.get_close_matches(name, names, n=1)
    raise messages.PROFILE_UNKNOWN.at(
        where, name=quoted(name), guess=f" ({near[0]}?)" if near else "", known=", ".join(names)
    )


def read_profile(path: Path, *, user: bool = False) -> ProfilePack:
    """Read one profile. Raises KouanError K-PCK-002, 023, 082, 086, K-MOD-001 to 005, with file and line."""
    data = plain_bytes(path, path.name)
    try:
        loaded = strictyaml.load(data.decode("utf-8"), path.name)
    except UnicodeDecodeError:
        raise messages.UNREADABLE.at(path.name) from None
    profile = strictyaml.validate(Profile, loaded, "profile")
    _check_rules(profile, loaded)
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    ref = PackRef(id=profile.id, version=profile.version, sha256=digest, user=user)
    return ProfilePack(profile=profile, ref=ref, data=data, folder=path.parent)


def _check_files(pack: ProfilePack) -> None:
    """Refuse a hierarchy file that is not there, or not the one whose digest the profile holds."""
    for rule in pack.profile.rules:
        if rule.beside is None:
            continue
        where = f"{PROFILES}/{rule.beside}"
        found = f"sha256:{hashlib.sha256(plain_bytes(pack.folder / rule.beside, where)).hexdigest()}"
        if found != rule.params["sha256"]:
            raise messages.PROFILE_HIERARCHY.at(where, rule=rule.id, found=found)


def _check_gates(profile: Profile, where: str) -> None:
    """Refuse thresholds that there are not: nothing would be measured by them."""
    known = sorted(one.id for one in load_thresholds().rules)
    for name in profile.gates:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            guess = f" ({near[0]}?)" if near else ""
            raise messages.PROFILE_GATE.at(where, name=name, guess=guess, known=", ".join(known))


def _check_rules(profile: Profile, loaded: strictyaml.Loaded) -> None:
    """Refuse rules of one name, and statements whose source the profile does not name."""
    known = {JUDGEMENT, *profile.instruments}
    seen: set[str] = set()
    for at, rule in enumerate(profile.rules):
        if rule.id in seen:
            raise messages.PROFILE_RULE_TWICE.at(loaded.at(("rules", at)), name=rule.id)
        seen.add(rule.id)
        name = rule.source.instrument
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=1)
            guess = f" ({near[0]}?)" if near else ""
            raise messages.PURPOSE_SOURCE.at(loaded.at(("rules", at, "source")), name=name, guess=guess)
