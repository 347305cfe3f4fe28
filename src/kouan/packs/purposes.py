"""Purposes: what a kind of transfer needs, read from YAML; one file for each purpose."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.model import strictyaml
from kouan.model.decision import PackRef
from kouan.model.purpose import JUDGEMENT, Purpose
from kouan.packs import messages
from kouan.packs.easing import eased
from kouan.packs.reading import plain_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kouan.model.decision import Override

PURPOSES = "purposes"
"""Folder of the purposes that a user brings, in a folder of packs or on its own."""


@dataclass(frozen=True, slots=True, eq=False)
class PurposePack:
    """One purpose, ready to judge by and to keep in a clearance folder.

    Attributes:
        purpose: as written.
        ref: id, version and digest of its file.
        data: the file, byte for byte.
        replaced: the built-in one of the same scenario, where this is the user's.
    """

    purpose: Purpose
    ref: PackRef
    data: bytes
    replaced: PurposePack | None = None

    @property
    def overrides(self) -> tuple[Override, ...]:
        """In what it asks for less than the built-in one."""
        return () if self.replaced is None else tuple(eased(self.replaced.purpose, self.purpose))


def builtin_purposes() -> Path:
    """Return the folder of the purposes that come with Kouan."""
    return Path(__file__).parent / "purposes"


def load_purposes(*roots: Path) -> tuple[PurposePack, ...]:
    """Read the purposes (`*.yaml`) of some folders, by id.

    Args:
        roots: folders; none means the built-in purposes alone.

    Raises:
        KouanError: K-PCK-002, K-PCK-080 to 083, or K-MOD-001 to K-MOD-005, with file and line.
    """
    return _read_all([path for root in (roots or (builtin_purposes(),)) for path in sorted(root.glob("*.yaml"))])


def open_purposes(*folders: Path, allow_override: bool = False) -> tuple[PurposePack, ...]:
    """Read the built-in purposes and those in folders `purposes` of user packs, the user's first.

    Args:
        folders: of user packs.
        allow_override: whether a user's purpose may ask for less than the built-in one of the same scenario.

    Raises:
        KouanError: K-PCK-003, K-PCK-084, and those of `load_purposes`.
    """
    builtin = load_purposes()
    found = [path for folder in folders for path in sorted(folder.rglob(f"{PURPOSES}/*"))]
    for path in found:
        if path.suffix.lower() in {".yaml", ".yml"} and path.suffix != ".yaml":
            raise messages.STRAY_FILE.at(f"{PURPOSES}/{path.name}", name=path.name, known="*.yaml")
    own = _read_all([path for path in found if path.suffix == ".yaml"], user=True)
    for one in () if allow_override else own:
        for scenario in one.purpose.scenarios:
            loose = find_purpose((one, *builtin), scenario)
            if loose is not None and loose.replaced is not None and loose.overrides:
                where, other = f"{PURPOSES}/{one.purpose.id}.yaml", loose.replaced.purpose.id
                raise messages.PURPOSE_LOOSENS.at(where, how=loose.overrides[0].text, other=other)
    return (*own, *builtin)


def _read_all(paths: Sequence[Path], *, user: bool = False) -> tuple[PurposePack, ...]:
    packs: dict[str, PurposePack] = {}
    claimed: dict[str, str] = {}
    for path in paths:
        one = read_purpose(path, user=user)
        if path.stem != one.purpose.id:
            raise messages.PURPOSE_NAME.at(path.name, name=one.purpose.id)
        for scenario in one.purpose.scenarios:
            if scenario in claimed:
                raise messages.PURPOSE_TWICE.at(path.name, name=scenario, other=claimed[scenario])
            claimed[scenario] = path.name
        packs[one.purpose.id] = one
    return tuple(packs[name] for name in sorted(packs))


def find_purpose(packs: tuple[PurposePack, ...], scenario: str) -> PurposePack | None:
    """Return the purpose of a scenario, or None; a user's goes before the built-in one and says which it replaces."""
    found = [one for one in packs if scenario in one.purpose.scenarios]
    own = [one for one in found if one.ref.user]
    theirs = [one for one in found if not one.ref.user]
    if own and theirs:
        return replace(own[0], replaced=theirs[0])
    return next(iter((*own, *theirs)), None)


def read_purpose(path: Path, *, user: bool = False) -> PurposePack:
    """Read one purpose. Raises KouanError K-PCK-002, 023, 082, 083, K-MOD-001 to 005, with file and line."""
    data = plain_bytes(path, path.name)
    try:
        loaded = strictyaml.load(data.decode("utf-8"), path.name)
    except UnicodeDecodeError:
        raise messages.UNREADABLE.at(path.name) from None
    purpose = strictyaml.validate(Purpose, loaded, "purpose")
    _check_sources(purpose, loaded)
    _check_items(purpose, loaded)
    digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
    ref = PackRef(id=purpose.id, version=purpose.version, sha256=digest, user=user)
    return PurposePack(purpose=purpose, ref=ref, data=data)


def _check_sources(purpose: Purpose, loaded: strictyaml.Loaded) -> None:
    """Refuse statements whose source the purpose does not name."""
    known = {JUDGEMENT, *purpose.instruments}
    for at, name in _cited(purpose):
        if name not in known:
            near = difflib.get_close_matches(name, sorted(known), n=1)
            guess = f" ({near[0]}?)" if near else ""
            raise messages.PURPOSE_SOURCE.at(loaded.at((*at, "source")), name=name, guess=guess)


def _cited(purpose: Purpose) -> Iterator[tuple[strictyaml.Location, str]]:
    for part in ("export", "persons", "items"):
        yield ("questions", part), getattr(purpose.questions, part).source.instrument
    for number, item in enumerate(purpose.items):
        yield ("items", number), item.source.instrument


def _check_items(purpose: Purpose, loaded: strictyaml.Loaded) -> None:
    """Refuse a statement on a meaning that earlier ones hide for everybody of whom it speaks."""
    seen: dict[tuple[str, str, str], int] = {}
    for number, item in enumerate(purpose.items):
        for meaning in item.meaning:
            cases = [(role, one) for role in item.subjects or purpose.persons or ("",) for one in item.sectors or ("",)]
            before = [seen.get((meaning, *case), seen.get((meaning, case[0], ""))) for case in cases]
            first = None if None in before else before[0]
            if first is not None:
                place = loaded.at(("items", first))
                raise messages.PURPOSE_HIDDEN.at(loaded.at(("items", number)), name=meaning, other=place)
            for case in cases:
                seen.setdefault((meaning, *case), number)
