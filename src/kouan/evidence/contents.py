"""Comparing what lies in a folder with what its manifest lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kouan.evidence import messages
from kouan.evidence.walk import digest_of
from kouan.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kouan.evidence.walk import Found
    from kouan.model.errors import KouanError
    from kouan.model.release import FileEntry, Manifest

_SIZE = Text(zh="大小", en="Its size")
_BYTES = Text(zh="内容摘要（SHA-256）", en="Its SHA-256")


def check_contents(folder: Path, found: Found, manifest: Manifest | None) -> list[KouanError]:
    """Return everything in which a folder differs from its manifest, each problem naming its file.

    Args:
        folder: the folder.
        found: what lies in it, without the manifest, the receipt and folders sealed by themselves.
        manifest: None when it cannot be read; then only links, special files and bad names are listed.
    """
    problems = list(found.problems)
    if manifest is None:
        return problems
    listed = {entry.path: entry for entry in manifest.files}
    missing = {path: listed[path] for path in listed if path not in found.files}
    extra = {path: size for path, size in found.files.items() if path not in listed}
    renamed = _renamed(folder, missing, extra)
    for path, entry in listed.items():
        if path in found.files:
            problems += _changed(folder, entry, found=found)
    for path in sorted(missing.keys() - renamed.values()):
        problems.append(messages.FILE_MISSING.at(found.place(path)))
    for path in sorted(extra):
        if path in renamed:
            problems.append(messages.FILE_RENAMED.at(found.place(path), was=found.place(renamed[path])))
        else:
            problems.append(messages.FILE_EXTRA.at(found.place(path)))
    expected = {parent for path in listed for parent in _parents(path)}
    problems += [messages.FILE_EXTRA.at(found.place(f"{path}/")) for path in sorted(found.folders - expected)]
    return problems


def _changed(folder: Path, entry: FileEntry, *, found: Found) -> list[KouanError]:
    where = found.place(entry.path)
    if found.files[entry.path] != entry.size:
        return [messages.FILE_CHANGED.at(where, problem=_SIZE)]
    try:
        same = digest_of(folder, entry.path, entry.size) == (entry.size, entry.sha256)
    except OSError:
        same = False
    return [] if same else [messages.FILE_CHANGED.at(where, problem=_BYTES)]


def _renamed(folder: Path, missing: dict[str, FileEntry], extra: dict[str, int]) -> dict[str, str]:
    """Return extra path -> missing path of equal content; only extra files of a missing file's size are read."""
    wanted = {(entry.size, entry.sha256): path for path, entry in sorted(missing.items(), reverse=True)}
    sizes = {size for size, _ in wanted}
    renamed: dict[str, str] = {}
    for path in sorted(extra):
        if extra[path] in sizes:
            try:
                was = wanted.pop(digest_of(folder, path, extra[path]), None)
            except OSError:
                was = None
            if was is not None:
                renamed[path] = was
    return renamed


def _parents(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
