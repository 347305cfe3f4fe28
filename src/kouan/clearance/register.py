"""The register of certificates of effect: one line each, only added to, and a head that says how far it has come.

The chain shows a line that was changed or taken out, the head lines that are gone from the end. It is written after the
line, so that a crash between the two leaves lines beyond it, which the chain holds; the next line catches up. It guards
against loss and patchwork, not against whoever owns the installation: he can write both again.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic import ValidationError

from kouan.clearance import certificate_messages as messages
from kouan.model.canonical import canonical_bytes, sha256_bytes
from kouan.model.files import write_whole
from kouan.model.register import Entry, Head, Standing

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

FILE, HEAD = "register.jsonl", "register.head"


class Register:
    """The register of an installation, below its home; writers hold the installation's lock."""

    def __init__(self, home: Path) -> None:
        """Open the register; the file is made with the first entry."""
        self._path = home / "certificates" / FILE
        self._head = self._path.with_name(HEAD)

    def add(self, entry: Entry) -> None:
        """Append one entry and bring it to disk, whole or not at all. Raises OSError, and as `entries`.

        What a killed process left of a line that it never finished is cut off first. Nothing is added to a register of
        which lines are missing: the head would forget them.
        """
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        entries = self.entries()
        if not self._head.exists():  # first, so that a line is never there without one
            self._put(Head(lines=len(entries), last=None if not entries else self._last()))
        held = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        with os.fdopen(held, "r+b", buffering=0) as stream:
            whole = stream.read().rpartition(b"\n")
            end = len(whole[0]) + len(whole[1])
            last = whole[0].rpartition(b"\n")[2]
            number = whole[0].count(b"\n") + 2 if last else 1
            chained = entry.model_copy(update={"before": sha256_bytes(last) if last else None, "line": number})
            line = canonical_bytes(chained.model_dump(mode="json", exclude_none=True)) + b"\n"
            stream.truncate(end)
            stream.seek(end)
            try:
                view = memoryview(line)
                while view:
                    view = view[stream.write(view) or 0 :]
                os.fsync(held)
            except BaseException:  # an interruption too: its caller takes the certificate back
                stream.truncate(end)
                raise
        with suppress(OSError):  # the line stands; the next one brings the head with it
            self._put(Head(lines=number, last=sha256_bytes(line[:-1])))

    def _put(self, head: Head) -> None:
        write_whole(self._head, canonical_bytes(head.model_dump(mode="json")) + b"\n", mode=0o600)

    def _last(self) -> str:
        """Return the digest of the last whole line; there is one."""
        return sha256_bytes(self._path.read_bytes().rpartition(b"\n")[0].rpartition(b"\n")[2])

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry in order.

        Raises:
            KouanError: K-CLR-126 when a line is damaged, K-CLR-251 when some are gone, K-CLR-252 without a head.
        """
        try:
            with self._path.open("rb") as stream:
                lines = stream.read().split(b"\n")[:-1]  # a last line without an end was never finished
        except FileNotFoundError:
            lines = []
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
        self._check_end(lines, headed=any(one.line is not None for one in found))
        return tuple(found)

    def _check_end(self, lines: list[bytes], *, headed: bool) -> None:
        try:
            head = Head.model_validate_json(self._head.read_bytes()) if headed or self._head.exists() else None
        except (OSError, ValidationError):  # gone, or no head
            raise messages.REGISTER_HEADLESS.at(str(self._head), path=self._head) from None
        if head is None:
            return
        if len(lines) < head.lines:
            missing = head.lines - len(lines)
            raise messages.REGISTER_CUT.at(str(self._path), missing=missing, path=self._path)
        if head.lines and sha256_bytes(lines[head.lines - 1]) != head.last:
            raise messages.REGISTER_DAMAGED.at(f"{self._path}:{head.lines}", line=head.lines, path=self._path)

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
    if today < entry.on:
        return Standing(entry=entry, status="not_yet")
    late = entry.valid_to is None or entry.valid_to < today
    return Standing(entry=entry, status="expired" if late else "valid")
