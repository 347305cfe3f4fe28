"""The structure of mail by the bytes that it takes: header fields and contents, found without trusting either.

The standard library's parser knows no positions, and so could only write a message anew. Here it reads single headers.
"""

from __future__ import annotations

import base64
import quopri
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import Header, decode_header, make_header
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

DEEPEST, MOST_PARTS = 20, 10_000
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*)", re.DOTALL)
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_FOLD = re.compile(r"(?<![ \t])[ \t]*+(?:\r\n|\n|\r)[ \t]+|[\r\n]+")
_FOREIGN = re.compile(r'"?([^\x00-\x7f"][^"<>,;]*)"?')
_WIDTH = 70
_NO_TEXT = frozenset({"punycode", "idna", "undefined", "unicode_escape", "unicode-escape", "raw_unicode_escape"})
"""Codecs of Python that no mail is written in; some are slow on purpose-made bytes."""
_ENVELOPE = re.compile(rb"From [^\r\n]*")
_POSTMARK = re.compile(rb"(?:\A|(?:\r\n\r\n|\n\n))(From [^\r\n]*\d{4}[^\r\n]*)(?:\r\n|\n)")


class DamagedMailError(Exception):
    """Too deep, too many parts, or no mail."""


@dataclass(frozen=True, slots=True)
class Field:
    """A header field: its name, what it says, and all its bytes with the line ending."""

    name: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Content:
    """A content that holds no other.

    Attributes:
        kind: media type.
        start: of its bytes as they stand in the file.
        end: past them.
        header: index of its entity's fields in `Mail.fields`: first and past the last.
        encoding: content transfer encoding.
        charset: as it says, or nothing.
    """

    kind: str
    start: int
    end: int
    header: tuple[int, int]
    encoding: str = ""
    charset: str = ""


@dataclass(slots=True)
class Mail:
    """One file of mail.

    Attributes:
        fields: of all its entities, in order.
        messages: for each message, index of its first field and past its last.
        contents: in order.
        envelopes: lines that part the messages of an mbox: bytes.
    """

    data: bytes
    fields: list[Field]
    messages: list[tuple[int, int]]
    contents: list[Content]
    envelopes: list[tuple[int, int]]
    parts: int = 0


def read_mail(data: bytes, *, many: bool) -> Mail:
    """Return the structure of a message, or of many in an mbox. Raises DamagedMailError."""
    mail = Mail(data, [], [], [], [])
    _messages(mail, many=many)
    mail.contents.sort(key=lambda content: content.start)
    return mail


def _messages(mail: Mail, *, many: bool) -> None:
    data = mail.data
    if not many:
        _entity(mail, 0, len(data), depth=0, message=True)
        return
    marks = [found.span(1) for found in _POSTMARK.finditer(data)]
    if not marks:
        raise DamagedMailError
    for number, (start, end) in enumerate(marks):
        mail.envelopes.append((start, end))
        past = marks[number + 1][0] if number + 1 < len(marks) else len(data)
        ending = _LINE.match(data, end)
        _entity(mail, ending.end() if ending else end, past, depth=0, message=True)


def _entity(mail: Mail, start: int, end: int, *, depth: int, message: bool) -> None:
    mail.parts += 1
    if depth > DEEPEST or mail.parts > MOST_PARTS:
        raise DamagedMailError
    first = len(mail.fields)
    body = _header(mail, start, end)
    header = (first, len(mail.fields))
    if message:
        mail.messages.append(header)
    parsed = message_from_bytes(mail.data[start:body])
    kind = parsed.get_content_type()
    boundary = parsed.get_boundary()
    encoding = _word(parsed, "content-transfer-encoding")
    if kind.startswith("multipart/") and boundary:
        _multipart(mail, body, end, boundary=boundary, depth=depth, header=header)
    elif kind == "message/rfc822" and encoding in {"", "7bit", "8bit", "binary"}:
        _entity(mail, body, end, depth=depth + 1, message=True)
    else:
        mail.contents.append(Content(kind, body, end, header, encoding, parsed.get_content_charset("")))


def _multipart(mail: Mail, start: int, end: int, *, boundary: str, depth: int, header: tuple[int, int]) -> None:
    mark = re.escape(boundary.encode("latin-1", "replace"))
    delimiter = re.compile(rb"(?:\A|(?<=\n)|(?<=\r))--" + mark + rb"(--)?[ \t]*(?:\r\n|\n|\r|\Z)")
    found = list(delimiter.finditer(mail.data, start, end))
    edges = [one.span() for one in found]
    outside = [(start, edges[0][0] if edges else end)]
    for number, one in enumerate(found):
        past = edges[number + 1][0] if number + 1 < len(edges) else end
        if one[1]:
            outside.append((one.end(), end))
            break
        _entity(mail, one.end(), _before_ending(mail.data, one.end(), past), depth=depth + 1, message=False)
    for at, past in outside:  # what a program that knows no parts would show
        if mail.data[at:past].strip():
            mail.contents.append(Content("text/plain", at, past, (header[1], header[1])))


def _before_ending(data: bytes, start: int, end: int) -> int:
    for ending in (b"\r\n", b"\n", b"\r"):
        if data.endswith(ending, start, end):
            return end - len(ending)
    return end


def _header(mail: Mail, start: int, end: int) -> int:
    """Take in the fields of a header; returns where the content begins."""
    at = start
    lines: list[tuple[int, int]] = []
    while at < end:
        found = _LINE.match(mail.data, at, end)
        if found is None or not found[0].strip():
            at = found.end() if found else end
            break
        if lines and found[0][:1] in b" \t":
            lines[-1] = (lines[-1][0], found.end())
        else:
            lines.append(found.span())
        at = found.end()
    for first, past in lines:
        field = _FIELD.match(mail.data, first, past)
        name, value = (field[1].decode("ascii", "replace"), field[2]) if field else ("", mail.data[first:past])
        mail.fields.append(Field(name, header_text(value), first, past))
    return at


def header_text(raw: bytes) -> str:
    """Return what a header field says: unfolded, encoded words undone (RFC 2047)."""
    text = decoded(raw, "")[0]
    text = _FOLD.sub(" ", text.strip("\r\n")).strip()
    try:
        return str(make_header(decode_header(text)))
    except (MessageError, LookupError, ValueError):
        return text


def header_bytes(name: str, value: str, ending: bytes) -> bytes:
    """Return a header field; what is beyond ASCII becomes encoded words."""

    def words(found: re.Match[str]) -> str:
        text = found[1].rstrip()
        return Header(text, "utf-8", maxlinelen=_WIDTH).encode(linesep="\n") + found[1][len(text) :]

    text = value if value.isascii() else _FOREIGN.sub(words, value)
    line = f"{name or 'X-Line'}: {text}"  # what has no name would end the header
    return line.encode("ascii", "replace").replace(b"\n", ending) + ending


def unpacked(mail: Mail, content: Content) -> tuple[str, str]:
    """Return the text of a content and the codec by which it was understood."""
    raw = mail.data[content.start : content.end]
    if content.encoding == "base64":
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
        raw = base64.b64decode(letters[: len(letters) - (len(letters) % 4 == 1)] + b"==")
    elif content.encoding == "quoted-printable":
        raw = quopri.decodestring(raw)
    return decoded(raw, content.charset)


def packed(text: str, content: Content, codec: str, ending: bytes) -> tuple[bytes, bool]:
    """Return a changed text as it stands in the file, and whether it had to become UTF-8 in base64."""
    try:
        raw, fresh = text.encode(codec), False
    except UnicodeEncodeError:
        raw, fresh = text.encode(), True
    fresh = fresh or (content.charset in {"", "us-ascii"} and not raw.isascii())
    if not fresh and content.encoding == "quoted-printable":
        return quopri.encodestring(raw.replace(b"\r\n", b"\n")).replace(b"\n", ending), False
    if not fresh and content.encoding != "base64":
        return raw, False
    lines = base64.encodebytes(raw).replace(b"\n", ending)
    return lines.removesuffix(ending), fresh


def decoded(raw: bytes, charset: str) -> tuple[str, str]:
    """Return bytes as text and the codec that fits: as stated, UTF-8, GB18030, else Latin-1."""
    stated = {"gb2312": "gb18030", "gbk": "gb18030", "us-ascii": "utf-8", "": "utf-8"}.get(charset, charset)
    for codec in (stated if stated not in _NO_TEXT else "utf-8", "utf-8", "gb18030"):
        try:
            text = raw.decode(codec)
            if text.encode(codec) == raw:
                return text, codec
        except (ValueError, LookupError):
            continue
    return raw.decode("latin-1"), "latin-1"


def _word(parsed: Message, name: str) -> str:
    return str(parsed.get(name, "")).strip().lower().split(";")[0]


def entity_fields(mail: Mail, content: Content) -> Iterator[tuple[int, Field]]:
    """Yield the fields of a content's own header with their numbers."""
    for number in range(*content.header):
        yield number, mail.fields[number]
