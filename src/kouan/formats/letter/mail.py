"""Mail: one message, or the many of an mbox; who wrote to whom, what, and every other header field."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass
from email.utils import format_datetime, parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from kouan.formats.files import pieces_of, take_in
from kouan.formats.kept import Kept
from kouan.formats.letter import messages
from kouan.formats.letter.cells import Fixed, Joined, Plain
from kouan.formats.letter.correspondents import correspondents
from kouan.formats.letter.hypertext import words_of
from kouan.formats.letter.loaded import Loaded, source_of
from kouan.formats.letter.mime import DamagedMailError, Mail, entity_fields, header_bytes, packed, read_mail, unpacked
from kouan.formats.letter.tables import Table, told
from kouan.formats.tree.splice import apply

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

    from kouan.formats.files import OpenedFile
    from kouan.formats.letter.cells import Cell, Patch, Spot
    from kouan.formats.letter.mime import Content, Field
    from kouan.formats.letter.package import Patches
    from kouan.formats.opened import FileSource
    from kouan.formats.options import Limits, ReadOptions

_ROOM = 128 << 20
_BYTES_IN_MEMORY = 8
_OWN = {"subject": "mail_subject", "date": "date", "message-id": "message_id"}
_ADDRESSED = frozenset(
    {"from", "to", "cc", "bcc", "sender", "reply-to", "return-path", "delivered-to", "x-original-to", "envelope-to"}
    | {"resent-from", "resent-to", "resent-cc", "disposition-notification-to", "errors-to"}
)
_STRUCTURE = frozenset({"content-type", "content-transfer-encoding", "mime-version", "content-disposition"})
_NAME = re.compile(r"(?:^|[;\s])(?:file)?name(?:\*\d+)?(\*)?=\s*(?:\"([^\"]*)\"|([^\s;]+))", re.IGNORECASE)
_CHARSET = re.compile(r";\s*charset\s*=\s*(?:\"[^\"]*\"|[^\s;]+)", re.IGNORECASE)
_SIGNATURES = ("pkcs7-signature", "pgp-signature", "pkcs7-mime", "x-pkcs7-signature", "x-pkcs7-mime")
_ENCRYPTED = ("multipart/encrypted", "application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_NEVER = b" Thu Jan  1 00:00:00 1970"
"""Without an instant the line that parts two messages would part them no longer."""
_PGP = re.compile(r"^-----BEGIN PGP (SIGNED )?MESSAGE-----", re.MULTILINE)


@dataclass(frozen=True)
class MailFile:
    """A file of mail on disk and the limits within which it is read."""

    file: OpenedFile
    kind: str
    limits: Limits

    def load(self) -> Loaded:
        """Return what it says. Raises KouanError: K-FMT-025, 082, 086."""
        key = (self.file.sha256, self.kind, self.limits)
        loaded = _KEPT.get(key)
        if loaded is None:
            loaded = self.again(self.file.path)
            self.file.check_unchanged()
            _KEPT.put(key, loaded)
        return loaded

    def again(self, path: Path) -> Loaded:
        """Return what a file says that was written in this one's manner."""
        return _Said(self._mail(path)).loaded()

    def write(self, out: IO[bytes], patches: Patches, loaded: Loaded) -> None:  # noqa: ARG002 - as every document
        """Write the mail with texts changed; all other bytes stay."""
        mail = self._mail(self.file.path)
        out.write(apply(mail.data, list(_edits(mail, patches))))

    def _mail(self, path: Path) -> Mail:
        data = b""
        for piece in pieces_of(path):
            data += piece
            if len(data) > self.limits.office_bytes:
                raise messages.OFFICE_LARGE.at(str(path), limit=self.limits.office_bytes >> 20)
        try:
            return read_mail(data, many=self.kind == "mbox")
        except DamagedMailError:
            raise messages.MAIL_DAMAGED.at(str(path)) from None


_KEPT = Kept[tuple[str, str, "Limits"], Loaded](_ROOM)


def _open(path: Path, *, name: str, options: ReadOptions, kind: str) -> FileSource:
    document = MailFile(take_in(path), kind, options.limits)
    return source_of(document, name=name, options=options)


open_mail = partial(_open, kind="mail")
"""Open a message. Raises KouanError: K-FMT-025, 082, 086."""
open_mbox = partial(_open, kind="mbox")
"""Open an mbox. Raises KouanError: K-FMT-025, 082, 086."""


@dataclass(frozen=True, slots=True)
class Dated:
    """The date of a message as ISO 8601 writes it; any that is put in its place is written as mail does."""

    field: Plain
    text: str

    def patches(self, new: str) -> Iterator[Patch]:
        """Yield the new date, or what stands for it."""
        with suppress(ValueError):
            new = format_datetime(dt.datetime.fromisoformat(new))
        return self.field.patches(new)


def _instant(text: str) -> dt.datetime | None:
    try:
        return parsedate_to_datetime(text)
    except ValueError:
        return None


class _Said:
    """What a file of mail says, as tables."""

    def __init__(self, mail: Mail) -> None:
        self._mail = mail
        self._messages = Table([*_OWN.values()])
        self._addresses = Table(["field", "contact_name", "email"], fixed=frozenset({"field"}))
        self._body = Table(["part", "text"], fixed=frozenset({"part"}))
        self._headers = Table(["field", "text"], fixed=frozenset({"field"}))
        self._asides: list[tuple[str, Spot]] = []
        self._unread: dict[str, int] = {}
        self._signed = False

    def loaded(self) -> Loaded:
        """Return all of it."""
        owned: set[int] = set()
        for first, past in self._mail.messages:
            owned |= self._message(first, past)
        for number, field in enumerate(self._mail.fields):
            if number not in owned:
                self._field(number, field)
        for number, (start, end) in enumerate(self._mail.envelopes):
            text = _envelope(self._mail, start, end)
            self._headers.rows.append([Fixed("envelope"), Plain(f"e{number}", 0, len(text.encode()), text)])
        for number, content in enumerate(self._mail.contents):
            self._content(number, content)
        tables = {
            "message": self._messages,
            "addresses": self._addresses,
            "body": self._body,
            "headers": self._headers,
            "elsewhere": told("text", self._asides),
        }
        size = len(self._mail.data) * _BYTES_IN_MEMORY + 4096
        left = {name: table for name, table in tables.items() if table.rows}
        return Loaded(left, self._unread, {}, (), size, self._signed)

    def _message(self, first: int, past: int) -> set[int]:
        """Take in the fields of which a message has one; returns their numbers."""
        found: dict[str, int] = {}
        for number in range(first, past):
            name = self._mail.fields[number].name.lower()
            if name in _OWN and self._mail.fields[number].value:
                found.setdefault(name, number)
        cells = {name: _whole(self._mail, number) for name, number in found.items()}
        day = _instant(cells["date"].text) if "date" in cells else None
        row: list[Cell | None] = [cells.get(name) for name in _OWN]
        if day is not None:
            row[list(_OWN).index("date")] = Dated(cells["date"], day.isoformat())
        self._messages.rows.append(row)
        return set(found.values())

    def _field(self, number: int, field: Field) -> None:
        name = field.name.lower()
        if name == "content-type" and field.value.lower().startswith("multipart/signed"):
            self._signed = True
        if name in _STRUCTURE:
            for found in _NAME.finditer(field.value):
                self._headers.rows.append([Fixed("attachment"), _parameter(number, field.value, found)])
        elif name in _ADDRESSED and (cells := _addresses(number, field.value)) is not None:
            self._addresses.rows += [[Fixed(name), *pair] for pair in cells]
        elif field.value:
            self._headers.rows.append([Fixed(name or "other"), _whole(self._mail, number)])

    def _content(self, number: int, content: Content) -> None:
        if content.start == content.end:
            return
        main, _, sub = content.kind.partition("/")
        self._signed = self._signed or sub in _SIGNATURES
        if content.kind in _ENCRYPTED or sub in _SIGNATURES:
            self._count("signature" if sub.endswith("signature") else "encrypted")
            return
        if main != "text":
            self._count("attachment")
            return
        text, _ = unpacked(self._mail, content)
        if pgp := _PGP.search(text):
            self._signed = True
            if not pgp[1]:
                self._count("encrypted")
        label = "attachment" if _is_attached(self._mail, content) else "html" if sub == "html" else "text"
        if sub == "html":
            lines, asides = words_of(f"c{number}", text.encode())
            self._body.rows += [[Fixed(label), Joined(tuple(line))] for line in lines]
            self._asides += [("html", spot) for spot in asides]
        else:
            self._body.rows += [[Fixed(label), line] for line in _lines(f"c{number}", text)]

    def _count(self, kind: str) -> None:
        self._unread[kind] = self._unread.get(kind, 0) + 1


def _envelope(mail: Mail, start: int, end: int) -> str:
    """Return what the line before a message says, less the instant that stands where none was left."""
    raw = mail.data[start + 5 : end]
    text = raw.removesuffix(_NEVER)
    return "" if text == b"-" and text != raw else text.decode("utf-8", "replace")


def _whole(mail: Mail, number: int) -> Plain:
    value = mail.fields[number].value
    return Plain(f"h{number}", 0, len(value.encode()), value)


def _part(number: int, value: str, start: int, end: int, *, bare: bool = False, phrase: bool = False) -> Plain:
    """Return a stretch of a header field's value, given in characters."""
    first, past = len(value[:start].encode()), len(value[:end].encode())
    return Plain(f"h{number}", first, past, value[start:end], bare=bare, phrase=phrase)


def _addresses(number: int, value: str) -> list[tuple[Cell | None, Cell | None]] | None:
    """Return names and addresses of a field, or None when it says more than these."""
    found = correspondents(value)
    if found is None:
        return None
    return [
        (
            None if one.name is None else _part(number, value, *one.name, phrase=one.phrase),
            None if one.email is None else _part(number, value, *one.email, bare=one.bare),
        )
        for one in found
    ]


def _parameter(number: int, value: str, found: re.Match[str]) -> Plain:
    group = 2 if found[2] is not None else 3
    start, end = found.span(group)
    escaped = found[1] is not None
    if escaped and found[group].count("'") > 1:
        start += len(found[group]) - len(found[group].split("'", 2)[2])
    cell = _part(number, value, start, end)
    return Plain(cell.part, cell.start, cell.end, unquote(cell.text), escaped=True) if escaped else cell


def _lines(part: str, text: str) -> Iterator[Plain]:
    at = 0
    for line in re.split(r"(\r\n|\n|\r)", text):
        size = len(line.encode())
        if line.strip():
            yield Plain(part, at, at + size, line)
        at += size


def _is_attached(mail: Mail, content: Content) -> bool:
    return any(
        field.name.lower() == "content-disposition" and field.value.lower().startswith("attachment")
        for _, field in entity_fields(mail, content)
    )


def _edits(mail: Mail, patches: Patches) -> Iterator[tuple[int, int, bytes]]:
    """Yield what changes in the file's own bytes."""
    ending = b"\r\n" if b"\r\n" in mail.data[: 1 << 16] else b"\n"
    fresh: set[int] = set()
    values: dict[int, str] = {}
    for part, some in patches.items():
        number = int(part[1:])
        if part[0] == "h":
            values[number] = apply(mail.fields[number].value.encode(), some).decode()
        elif part[0] == "e":
            start, end = mail.envelopes[number]
            text = apply(_envelope(mail, start, end).encode(), some)
            yield start + 5, end, text if re.search(rb"\S.* \d{4}", text) else (text or b"-") + _NEVER
        else:
            content = mail.contents[number]
            text_now, codec = unpacked(mail, content)
            raw, is_fresh = packed(apply(text_now.encode(), some).decode(), content, codec, ending)
            fresh |= {number} if is_fresh else set()
            yield content.start, content.end, raw
    for number in fresh:
        yield from _as_utf8(mail, mail.contents[number], values, ending)
    for number, value in values.items():
        field = mail.fields[number]
        yield field.start, field.end, header_bytes(field.name, value, ending)


def _as_utf8(mail: Mail, content: Content, values: dict[int, str], ending: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Make the header of a content say that it is UTF-8 in base64 now."""
    missing = {"content-type": f"{content.kind}; charset=utf-8", "content-transfer-encoding": "base64"}
    for number, field in entity_fields(mail, content):
        name = field.name.lower()
        if name in missing:
            before = values.get(number, field.value)
            values[number] = "base64" if "encoding" in name else f"{_CHARSET.sub('', before)}; charset=utf-8"
            del missing[name]
    at = mail.fields[content.header[0]].start if content.header[0] < content.header[1] else content.start
    if missing:
        yield at, at, b"".join(header_bytes(name.title(), value, ending) for name, value in missing.items())
