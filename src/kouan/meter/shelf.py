"""The person sets in the exporter's home: `persons/YEAR/`, folders 0700, files 0600; nothing of it leaves.

A set waits under the digest of the inventory it was made with until a release keeps what it lets out, under its own id.
Any file may be deleted at any time: the persons in it are then counted as if nobody had been told again.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kouan.meter import messages
from kouan.meter.personset import read_sets, to_bytes, together
from kouan.model.canonical import sha256_bytes
from kouan.model.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from kouan.meter.personset import PersonSet
    from kouan.model.ports import KeyStore

_WAITING = "waiting-"
_ALL = "*"
"""Role of a set in which all that count are together."""


def key_purpose(year: int) -> str:
    """Return the purpose of the key of a year's marks: those of two years cannot be compared."""
    return f"persons/{year}"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Keeps and finds the sets of an exporter.

    Attributes:
        folder: `persons` in the home.
        keys: whose fingerprints the files name.
    """

    folder: Path
    keys: KeyStore

    def wait(self, sets: Mapping[str, PersonSet], *, year: int, inventory: str) -> None:
        """Keep the sets by role of a transfer that may be released. Raises KouanError K-MTR-002."""
        self._write(f"{_WAITING}{_plain(inventory)}", sets, year=year)

    def waiting(self, inventory: str, *, year: int) -> dict[str, PersonSet] | None:
        """Return the sets by role that were made with an inventory, or None where there are none of this key."""
        return self._read(f"{_WAITING}{_plain(inventory)}", year=year)

    def keep(self, persons: PersonSet, *, year: int, release: str) -> str:
        """Keep the set of a release and return the digest of its file. Raises KouanError K-MTR-002."""
        return self._write(_plain(release), {_ALL: persons}, year=year)

    def kept(self, release: str, digest: str, *, year: int) -> PersonSet | None:
        """Return the set of a release, or None where its file is gone, is another, or was made with another key."""
        found = self._read(_plain(release), year=year, digest=digest)
        return None if found is None else together(found.values())

    def years(self) -> list[int]:
        """Return the years of which there are sets."""
        if not self.folder.is_dir():
            return []
        return sorted(int(one.name) for one in self.folder.iterdir() if one.name.isdecimal() and one.is_dir())

    def drop(self, year: int) -> None:
        """Delete the sets of a year."""
        shutil.rmtree(self.folder / str(year), ignore_errors=True)

    def collect(self, releases: Collection[str], *, year: int) -> None:
        """Delete what a killed release left in a year: sets of no release, whole or half written.

        What waits stays, and so does what a clearing beside it may be writing.
        """
        kept = {_plain(one) for one in releases}
        folder = self.folder / str(year)
        for path in list(folder.iterdir()) if folder.is_dir() else []:
            if path.name not in kept and not path.name.removeprefix(".").startswith(_WAITING):
                path.unlink(missing_ok=True)

    def _write(self, name: str, sets: Mapping[str, PersonSet], *, year: int) -> str:
        folder = self.folder / str(year)
        data = to_bytes(sets, year=year, key=self.keys.fingerprint(key_purpose(year)))
        try:
            for one in (self.folder, folder):
                one.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_whole(folder / name, data, mode=0o600)
        except OSError as error:
            problem = os.strerror(error.errno) if error.errno else type(error).__name__
            raise messages.SET_UNWRITABLE.at(str(folder), problem=problem) from None
        return sha256_bytes(data)

    def _read(self, name: str, *, year: int, digest: str | None = None) -> dict[str, PersonSet] | None:
        path = self.folder / str(year) / name
        return read_sets(path, digest=digest, year=year, key=self.keys.fingerprint(key_purpose(year)))


def _plain(digest: str) -> str:
    return digest.removeprefix("sha256:")
