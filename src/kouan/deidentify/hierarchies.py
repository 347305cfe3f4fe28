"""The hierarchy files that a plan names: read once, pinned by their digest."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kouan.deidentify import messages, seal_messages
from kouan.deidentify.hierarchy import Hierarchy, read_hierarchy
from kouan.deidentify.local.files import LocalFile, check_columns, read_local
from kouan.deidentify.params import BadParamsError, relative_path
from kouan.deidentify.planfile import line_places
from kouan.model.canonical import sha256_bytes, sha256_file
from kouan.model.files import write_whole
from kouan.model.plan import Action
from kouan.packs.hierarchies import BUILTIN, builtin_hierarchies, builtin_hierarchy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kouan.model.plan import Plan, PlanLine
    from kouan.packs import ProfilePack


OF_PROFILE = "profile:"
"""What the name of a file beside the profile begins with in a plan."""
PlanFile = Hierarchy | LocalFile
"""What a plan's line may name: a hierarchy, or a local recoding of several items."""


@dataclass(frozen=True, slots=True)
class HierarchyFiles:
    """Hierarchies, local recodings, digests and where the files lie, by the name that the plan gives each."""

    read: Mapping[str, PlanFile]
    digests: Mapping[str, str]
    places: Mapping[str, Path]

    def pinned(self, plan: Plan) -> Plan:
        """Return the plan with the digest of each file in the lines that name it."""
        lines = [
            line.model_copy(update={"params": {**line.params, "sha256": self.digests[str(line.params["file"])]}})
            if _names_file(line)
            else line
            for line in plan.lines
        ]
        return plan.model_copy(update={"lines": tuple(lines)})

    def copy_to(self, folder: Path) -> None:
        """Copy the files, as they were read, under the names that `copied_name` gives them.

        Args:
            folder: where `read_hierarchies` finds them again with `copied`.

        Raises:
            KouanError: K-DEI-021 for a file that changed since it was read.
        """
        for name, digest in self.digests.items():
            data = self.places[name].read_bytes()
            if sha256_bytes(data) != digest:
                raise messages.HIERARCHY_CHANGED.at(name, file=name)
            place = folder / copied_name(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, data)


def copied_name(name: str) -> str:
    """Return where a copy of a file lies in a folder of copies: what leads out of it leads into `up`.

    Those that come with Kouan lie in `@kouan`, those of a profile in `@profile`.
    """
    if name.startswith(BUILTIN):
        return f"@kouan/{name.removeprefix(BUILTIN)}.csv"
    if name.startswith(OF_PROFILE):
        return f"@profile/{name.removeprefix(OF_PROFILE)}"
    return "/".join("up" if part == ".." else part for part in PurePosixPath(name).parts)


def read_hierarchies(
    plan: Plan,
    base: Path,
    where: str,
    *,
    made_from: str | None = None,
    copied: bool = False,
    profile: ProfilePack | None = None,
) -> HierarchyFiles:
    """Read every hierarchy file and every local recoding that a plan names.

    `kouan:NAME` is one that comes with Kouan, `profile:FILE` one that lies beside the plan's profile.

    Args:
        plan: as made or as read back.
        base: folder of the declaration, from which the names lead.
        where: the plan's name for error messages.
        made_from: the YAML it was read from; errors then name the line.
        copied: `base` is a folder of copies that `copy_to` made.
        profile: that the plan was made by.

    Raises:
        KouanError: K-DEI-004 (a name that is no relative path), K-DEI-012 to K-DEI-020, K-DEI-021, K-DEI-073,
            K-DEI-081.
    """
    read: dict[str, PlanFile] = {}
    digests: dict[str, str] = {}
    paths: dict[str, Path] = {}
    places = {} if made_from is None else line_places(made_from, where)
    for line in _lines(plan):
        place = places.get(line.item, where)
        try:
            name = relative_path(line, "file")
        except BadParamsError as error:
            raise messages.PARAMS.at(place, item=line.item, problem=error.problem) from None
        if name not in read:
            path = base / copied_name(name) if copied else _place(name, base, profile, place)
            paths[name] = path
            pinned = line.params.get("sha256")
            if pinned is not None and os.access(path, os.R_OK) and path.is_file() and sha256_file(path) != pinned:
                raise messages.HIERARCHY_CHANGED.at(place, file=name)  # changed, it may be no such file any more
            read[name] = read_local(path) if line.params["to"] == "local" else read_hierarchy(path, name)
            digests[name] = sha256_file(path)
        if line.params.get("sha256", digests[name]) != digests[name]:
            raise messages.HIERARCHY_CHANGED.at(place, file=name)
    for name, one in read.items():
        if isinstance(one, LocalFile):
            check_columns(name, one, [line.item for line in _lines(plan) if line.params["file"] == name])
    return HierarchyFiles(read, digests, paths)


def _place(name: str, base: Path, profile: ProfilePack | None, place: str) -> Path:
    found: Path | None = base / name
    if name.startswith(BUILTIN):
        found = builtin_hierarchy(name)
    elif name.startswith(OF_PROFILE):
        own = name.removeprefix(OF_PROFILE)
        found = profile.folder / own if profile is not None and own in profile.hierarchies else None
    if found is None:
        known = [*builtin_hierarchies(), *(OF_PROFILE + one for one in (profile.hierarchies if profile else ()))]
        near = difflib.get_close_matches(name, known, n=1)
        guess = f" ({near[0]}?)" if near else ""
        raise seal_messages.NO_HIERARCHY.at(place, name=name, guess=guess, known=", ".join(known))
    return found


def _lines(plan: Plan) -> Iterator[PlanLine]:
    return (line for line in plan.lines if _names_file(line))


def _names_file(line: PlanLine) -> bool:
    return line.action is Action.GENERALISE and line.params.get("to") in {"hierarchy", "local"}
