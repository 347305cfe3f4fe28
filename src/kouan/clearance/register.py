"""The register of certificates of effect: one line each, only added to."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from pydantic import ValidationError

from kouan.clearance import certificate_messages as messages
from kouan.model.canonical import canonical_bytes, sha256_bytes
from kouan.model.register import Entry, Standing

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

FILE = "register.jsonl"
_LONGEST = 64 << 20


class Register:
    """The register of an installation, below its home; writers hold the installation's lock."""

    def __init__(self, home: Path) -> None:
        """Open the register; the file is made with the first entry."""
        self._path = home / "certificates" / FILE

    def add(self, entry: Entry) -> None:
        """Append one entry and bring it to disk, whole or not at all. Raises OSError.

        What a killed process left of a line that it never finished is cut off first.
        """
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with os.fdopen(held, "r+b", buffering=0) as stream:
            whole = stream.read().rpartition(b"\n")
            end = len(whole[0]) + len(whole[1])
            last = whole[0].rpartition(b"\n")[2]
            chained = entry.model_copy(update={"before": sha256_bytes(last) if last else None})
            line = canonical_bytes(chained.model_dump(mode="json", exclude_none=True)) + b"\n"
            stream.truncate(end)
            stream.seek(end)
            try:
                view = memoryview(line)
                while view:
                    view = view[stream.write(view) or 0 :]
                os.fsync(held)
            except OSError:
                stream.truncate(end)
                raise

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry in order. Raises KouanError K-CLR-126 when a line is damaged."""
        try:
            with self._path.open("rb") as stream:
                lines = stream.read(_LONGEST).split(b"\n")[:-1]  # a last line without an end was never finished
        except FileNotFoundError:
            return ()
        found: list[Entry] = []
        for at, line in enumerate(lines, 1):
            try:
                entry = Entry.model_validate(json.loads(line))
            except (ValueError, ValidationError):
                raise messages.REGISTER_DAMAGED.at(f"{self._path}:{at}", line=at, path=self._path) from None
            before = sha256_bytes(lines[at - 2]) if at > 1 else None
            unchained = entry.before is None and not any(one.before for one in found)  # of an earlier edition
            if entry.before != before and not unchained:
                raise messages.REGISTER_DAMAGED.at(f"{self._path}:{at}", line=at, path=self._path)
            found.append(entry)
        return tuple(found)

    def all(self, today: dt.date) -> tuple[Standing, ...]:
        """Return every certificate as it stands on a day, newest first. Raises as `entries`."""
        entries = self.entries()
        gone = {one.number: one for one in entries if one.event == "withdrawn"}
        issued = [one for one in entries if one.event == "issued"]
        return tuple(_standing(one, gone.get(one.number), today) for one in reversed(issued))

    def find(self, number: str, today: dt.date) -> Standing:
        """Return one certificate. Raises KouanError K-CLR-124, K-CLR-126."""
        for one in self.all(today):
            if one.entry.number == number:
                return one
        raise messages.NO_CERTIFICATE.at("register", number=number)


def _standing(entry: Entry, gone: Entry | None, today: dt.date) -> Standing:
    if gone is not None:
        return Standing(entry=entry, status="withdrawn", withdrawn=gone)
    late = entry.valid_to is not None and entry.valid_to < today
    return Standing(entry=entry, status="expired" if late else "valid")
