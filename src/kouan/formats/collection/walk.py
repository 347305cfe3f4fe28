"""The files of a folder or of a pattern of names, in a fixed order."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from kouan.formats import notes
from kouan.formats.collection import messages
from kouan.formats.collection.member_names import is_hidden, is_plain
from kouan.formats.collection.members import FileMember, Member, RefusedMember
from kouan.formats.files import reading
from kouan.model.text import Text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kouan.formats.options import Limits

WILD = frozenset("*?[")


@dataclass(slots=True)
class Found:
    """What lies in a folder.

    Attributes:
        members: files to read, by name; one that must not be read is there with the reason.
        hidden, special, linked: names left out: hidden files; pipes, sockets, devices; linked folders and links to
            files that are read at their own place.
    """

    members: list[Member] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    special: list[str] = field(default_factory=list)
    linked: list[str] = field(default_factory=list)

    @property
    def notes(self) -> tuple[Text, ...]:
        """What was left out, for people."""
        kinds = ((notes.HIDDEN_FILES, self.hidden), (notes.SPECIAL_FILES, self.special), (notes.LINKED, self.linked))
        return tuple(
            note.fill(count=len(names), files=notes.listed([shown(name) for name in sorted(names)]))
            for note, names in kinds
            if names
        )


def is_folder(path: Path) -> bool:
    """Return whether a path names a folder or, where nothing has that very name, is a pattern."""
    # os.path, as pathlib raises for a name that the system finds too long; its reader then says so
    return os.path.isdir(path) or (not os.path.lexists(path) and bool(WILD & set(str(path))))  # noqa: PTH112


def split_pattern(path: Path) -> tuple[Path, tuple[str, ...]]:
    """Return the folder that a path starts at, and the parts of its pattern (none for a folder).

    What exists under its very name is taken as it is, whatever signs it holds.
    """
    if path.is_dir():
        return path, ()
    parts = path.parts
    for place in range(1, len(parts)):
        if WILD & set(parts[place]) and not os.path.lexists(Path(*parts[: place + 1])):
            return Path(*parts[:place]), parts[place:]
    if WILD & set(parts[0]):
        return Path(), parts
    return path, ()


def walk(base: Path, pattern: Sequence[str], limits: Limits) -> Found:
    """Find the files below a folder that fit a pattern.

    Links to files are followed when they stay inside; links to folders are not, so that no loop can be.

    Raises:
        KouanError: K-FMT-001, 003, 026, 042.
    """
    found = Found()
    top = os.path.realpath(base)
    links: set[str] = set()
    for name, entry in _entries(base, "", limits=limits, depth=0):
        if pattern and not fits(name.split("/"), pattern):
            continue
        if is_hidden(name):
            found.hidden.append(name)
            continue
        member = _member(name, entry, top=top, found=found)
        if member is None:
            continue
        if len(found.members) >= limits.members:
            raise messages.TOO_MANY.at(str(base), limit=limits.members, depth=limits.folder_depth)
        found.members.append(member)
        if entry.is_symlink():
            links.add(name)
    if links:
        found.linked += _drop_second_names(found, links)
    found.members.sort(key=lambda member: member.name)
    return found


def _drop_second_names(found: Found, links: set[str]) -> list[str]:
    """Take out links to files that are read anyway: a second name would count their persons twice."""
    seen: set[str] = set()
    kept, dropped = [], []
    for member in sorted(found.members, key=lambda member: (member.name in links, member.name)):
        place = os.path.realpath(member.path) if isinstance(member, FileMember) else ""
        if place in seen and member.name in links:
            dropped.append(member.name)
            continue
        seen.add(place)
        kept.append(member)
    found.members = kept
    return dropped


def _member(name: str, entry: os.DirEntry[str], *, top: str, found: Found) -> Member | None:
    where = shown(entry.path)
    if not is_plain(name):
        return RefusedMember(shown(name), messages.MEMBER_UNPRINTABLE.at(where))
    inside = os.path.commonpath((top, os.path.realpath(entry.path))) == top
    if entry.is_symlink() and not inside:
        return RefusedMember(name, messages.LED_AWAY.at(where))
    try:
        facts = entry.stat()
    except OSError:  # a link to nothing, or to itself
        found.special.append(name)
        return None
    if stat.S_ISDIR(facts.st_mode):
        found.linked.append(name)
        return None
    if not stat.S_ISREG(facts.st_mode):
        found.special.append(name)
        return None
    return FileMember(name, Path(entry.path), facts.st_size)


def _entries(folder: Path, prefix: str, *, limits: Limits, depth: int) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield what lies below a folder and is no real folder itself, with its path from the top."""
    if depth > limits.folder_depth:
        raise messages.TOO_MANY.at(str(folder), limit=limits.members, depth=limits.folder_depth)
    with reading(folder), os.scandir(folder) as scan:
        entries = sorted(scan, key=lambda entry: entry.name)
    for entry in entries:
        name = f"{prefix}{entry.name}"
        if not entry.is_dir(follow_symlinks=False) or is_hidden(entry.name):
            yield name, entry
        else:
            yield from _entries(Path(entry.path), f"{name}/", limits=limits, depth=depth + 1)


def fits(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    """Return whether the parts of a name fit those of a pattern."""
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(fits(parts[skip:], pattern[1:] or ["*"]) for skip in range(len(parts)))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and fits(parts[1:], pattern[1:])
