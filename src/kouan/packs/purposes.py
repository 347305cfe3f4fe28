"""Purposes: what a kind of transfer needs, read from YAML; one file for each purpose."""

from __future__ import annotations

import difflib
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.model import strictyaml
from kouan.model.decision import PackRef
from kouan.model.purpose import JUDGEMENT, Purpose
from kouan.packs import messages

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True, eq=False)
class PurposePack:
    """One purpose, ready to judge by and to keep in a clearance folder.

    Attributes:
        purpose: as written.
        ref: id, version and digest of its file.
        data: the file, byte for byte.
    """

    purpose: Purpose
    ref: PackRef
    data: bytes


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
    packs: dict[str, PurposePack] = {}
    claimed: dict[str, str] = {}
    for path in (path for root in (roots or (builtin_purposes(),)) for path in sorted(root.glob("*.yaml"))):
        one = read_purpose(path)
        if path.stem != one.purpose.id:
            raise messages.PURPOSE_NAME.at(path.name, name=one.purpose.id)
        for scenario in one.purpose.scenarios:
            other = claimed.setdefault(scenario, path.name)
            if other != path.name or scenario in packs:
                raise messages.PURPOSE_TWICE.at(path.name, name=scenario, other=other)
        packs[one.purpose.id] = one
    return tuple(packs[name] for name in sorted(packs))


def find_purpose(packs: tuple[PurposePack, ...], scenario: str) -> PurposePack | None:
    """Return the purpose of a scenario, or None."""
    return next((one for one in packs if scenario in one.purpose.scenarios), None)


def read_purpose(path: Path) -> PurposePack:
    """Read one purpose. Raises KouanError K-PCK-002, 082, 083, K-MOD-001 to 005, with file and line."""
    try:
        data = path.read_bytes()
        loaded = strictyaml.load(data.decode("utf-8"), path.name)
    except (OSError, UnicodeDecodeError):
        raise messages.UNREADABLE.at(path.name) from None
    purpose = strictyaml.validate(Purpose, loaded, "purpose")
    _check_sources(purpose, loaded)
    _check_items(purpose, loaded)
    ref = PackRef(id=purpose.id, version=purpose.version, sha256=f"sha256:{hashlib.sha256(data).hexdigest()}")
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
