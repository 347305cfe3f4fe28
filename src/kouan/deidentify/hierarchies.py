"""The hierarchy files that a plan names: read once, pinned by their digest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from kouan.deidentify import messages
from kouan.deidentify.hierarchy import Hierarchy, read_hierarchy
from kouan.deidentify.local.files import LocalFile, check_columns, read_local
from kouan.deidentify.params import BadParamsError, relative_path
from kouan.deidentify.planfile import line_places
from kouan.model.canonical import sha256_bytes, sha256_file
from kouan.model.files import write_whole
from kouan.model.plan import Action

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kouan.model.plan import Plan, PlanLine


PlanFile = Hierarchy | LocalFile
"""What a plan's line may name: a hierarchy, or a local recoding of several items."""


@dataclass(frozen=True, slots=True)
class HierarchyFiles:
    """Hierarchies, local recodings and digests by the name that the plan gives the file."""

    read: Mapping[str, PlanFile]
    digests: Mapping[str, str]

    def pinned(self, plan: Plan) -> Plan:
        """Return the plan with the digest of each file in the lines that name it."""
        lines = [
            line.model_copy(update={"params": {**line.params, "sha256": self.digests[str(line.params["file"])]}})
            if _names_file(line)
            else line
            for line in plan.lines
        ]
        return plan.model_copy(update={"lines": tuple(lines)})

    def copy_to(self, base: Path, folder: Path) -> None:
        """Copy the files, as they were read, under the names that `copied_name` gives them.

        Args:
            base: folder of the declaration.
            folder: where `read_hierarchies` finds them again with `copied`.

        Raises:
            KouanError: K-DEI-021 for a file that changed since it was read.
        """
        for name, digest in self.digests.items():
            data = (base / name).read_bytes()
            if sha256_bytes(data) != digest:
                raise messages.HIERARCHY_CHANGED.at(name, file=name)
            place = folder / copied_name(name)
            place.parent.mkdir(parents=True, exist_ok=True)
            write_whole(place, data)


def copied_name(name: str) -> str:
    """Return where a copy of a file lies in a folder of copies: what leads out of it leads into `up`."""
    return "/".join("up" if part == ".." else part for part in PurePosixPath(name).parts)


def read_hierarchies(
    plan: Plan, base: Path, where: str, *, made_from: str | None = None, copied: bool = False
) -> HierarchyFiles:
    """Read every hierarchy file and every local recoding that a plan names.

    Args:
        plan: as made or as read back.
        base: folder of the declaration, from which the names lead.
        where: the plan's name for error messages.
        made_from: the YAML it was read from; errors then name the line.
        copied: `base` is a folder of copies that `copy_to` made.

    Raises:
        KouanError: K-DEI-004 (a name that is no relative path), K-DEI-012 to K-DEI-020, K-DEI-021, K-DEI-073.
    """
    read: dict[str, PlanFile] = {}
    digests: dict[str, str] = {}
    places = {} if made_from is None else line_places(made_from, where)
    for line in _lines(plan):
        place = places.get(line.item, where)
        try:
            name = relative_path(line, "file")
        except BadParamsError as error:
            raise messages.PARAMS.at(place, item=line.item, problem=error.problem) from None
        if name not in read:
            path = base / (copied_name(name) if copied else name)
            read[name] = read_local(path) if line.params["to"] == "local" else read_hierarchy(path, name)
            digests[name] = sha256_file(path)
        if line.params.get("sha256", digests[name]) != digests[name]:
            raise messages.HIERARCHY_CHANGED.at(place, file=name)
    for name, one in read.items():
        if isinstance(one, LocalFile):
            check_columns(name, one, [line.item for line in _lines(plan) if line.params["file"] == name])
    return HierarchyFiles(read, digests)


def _lines(plan: Plan) -> Iterator[PlanLine]:
    return (line for line in plan.lines if _names_file(line))


def _names_file(line: PlanLine) -> bool:
    return line.action is Action.GENERALISE and line.params.get("to") in {"hierarchy", "local"}
