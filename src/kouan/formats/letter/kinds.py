"""What a text is: a delimited table, lines of words or code, one mail or many, told by its first 64 KiB.

In doubt it is a table, as a table read as lines would lose its columns: only sentences, marks of code or of Markdown,
or instants of a log make it a text, and never where a first line that may be a header repeats its delimiter below.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from kouan.formats.delimited.dialect import records, sniff_delimiter
from kouan.formats.files import head_of

if TYPE_CHECKING:
    from pathlib import Path

HEAD_BYTES = 1 << 16
MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
"""Byte order marks and the codecs of what follows them."""

_MOST_LINES = 200
_FEW = 3
_WIDE = 3
_SAME = 0.95
_HALF = 0.5
_SOME = 0.2
_MOST_SENTENCES = 0.6

_SENTENCE = re.compile(
    r"""[。！？；…：](?:["'”’」』）)]\s*)?$        # the end of a sentence, or of a line that leads to one
    |[。！？；].{2}
    |^.*[\u4e00-\u9fff]，.*[\u4e00-\u9fff]        # a comma that delimits nothing
    |[A-Za-z]{2}[.!?:;]["')]?$
    |[a-z]{2}[.!?]\s+[A-Z].*\s
    |^(?:\S+\s+){7}                              # eight words""",
    re.VERBOSE,
)
_MARKED = re.compile(
    r"^(?:#{1,6}\s\S|[-*+]\s+\S|>\s|```|~~~|\d{1,3}[.)、]\s*\S|[一二三四五六七八九十]{1,3}、"
    r"|（[一二三四五六七八九十]{1,3}）)"
)
_CODE = re.compile(
    r"""[{};\\]\s*$|\)\s*:\s*$|^\s*[})\]]+[,;]?\s*$
    |^\s*(?:import|from|def|class|return|if|elif|else|for|while|try|except|with|raise|assert|let|var|const|function
        |public|private|protected|static|package|using|namespace|struct|enum|fn|pub|impl|func|type|void|int
        |select|insert|update|create|delete|drop|alter|export|set|echo|fi|done|end)\b[\s({;:]
    |^\s*(?://|/\*|\*/|\#!|\#\s?include|--\s|@\w+|<\?php)
    |^\s*[\w.\[\]"']+\s*(?:[-+*/|&]?=|:=|=>|->)\s*\S""",
    re.VERBOSE | re.IGNORECASE,
)
_LOGGED = re.compile(
    r"""^\[?\d{4}[-/.]\d\d[-/.]\d\d[T ]\d\d:\d\d.{0,16}?[\]\s]\s*\S*[A-Za-z\u4e00-\u9fff\[]
    |^[A-Z][a-z]{2}\s+\d{1,2}\s\d\d:\d\d:\d\d\s\S+\s
    |^\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b\]?
    |^\d{1,3}(?:\.\d{1,3}){3}\s\S+\s\S+\s\[""",
    re.VERBOSE,
)
_HEADED = re.compile(r"[。！？；，…“”]|[.,!?;{}]\s*$")
_FIELD = re.compile(r"([!-9;-~]{1,76}):(?=[ \t\r\n]|$)")
_FIELDS = frozenset(
    {"from", "to", "cc", "bcc", "subject", "date", "message-id", "reply-to", "sender", "received", "return-path"}
    | {"delivered-to", "mime-version", "content-type", "content-transfer-encoding", "dkim-signature", "x-mailer"}
    | {"in-reply-to", "references", "x-received", "authentication-results"}
)
_SENT = frozenset({"from", "received", "return-path", "delivered-to", "mime-version", "message-id", "x-received"})
_POSTMARK = re.compile(r"From \S.* \d{4}")


def text_kind(head: bytes) -> str:
    """Return `mail`, `mbox`, `text` or `csv`.

    Args:
        head: the first bytes without a byte order mark, in UTF-8 or GB18030.
    """
    text = _decoded(head)
    lines = re.split(r"\r\n|\n|\r", text)
    if _POSTMARK.match(lines[0]) and _is_mail(lines[1:]):
        return "mbox"
    if _is_mail(lines):
        return "mail"
    whole = len(head) < HEAD_BYTES
    filled = [line.strip() for line in (lines if whole else lines[:-1]) if line.strip()][:_MOST_LINES]
    return "text" if filled and _is_prose(text, filled, whole=whole) else "csv"


def is_known_table(path: Path, columns: frozenset[str]) -> bool:
    """Tell whether a text that was read before was a table: the first line names columns, or no text has any of them.

    Args:
        path: the text.
        columns: of all tables of its source.
    """
    if "text" not in columns:
        return True
    head = head_of(path, HEAD_BYTES)
    codec = next((codec for mark, codec in MARKS if head.startswith(mark)), None)
    text = head.decode(codec, "ignore").lstrip("\ufeff") if codec else _decoded(head)
    cells = re.split(r"[,;\t|]", re.split(r"\r\n|\n|\r", text)[0])
    return bool({cell.strip("\"' ") for cell in cells} & columns)


def _decoded(head: bytes) -> str:
    whole = head.decode("utf-8", "ignore")
    return whole if len(whole.encode()) > len(head) - 4 else head.decode("gb18030", "ignore")


def _is_mail(lines: list[str]) -> bool:
    """Tell whether a text begins with the header of a mail (RFC 5322 2.2)."""
    found = set()
    for number, line in enumerate(lines):
        if not line:
            break
        field = _FIELD.match(line)
        if field is None and not (number and line[0] in " \t"):
            return False
        if field is not None:
            found.add(field[1].lower())
    return bool(found & _SENT) and len(found & _FIELDS) > 1


def _is_prose(text: str, lines: list[str], *, whole: bool) -> bool:
    sentences = sum(_SENTENCE.search(line) is not None for line in lines) / len(lines)
    told = sum(any(sign.search(line) for sign in (_SENTENCE, _MARKED, _CODE, _LOGGED)) for line in lines) / len(lines)
    if told < _SOME:
        return False
    delimiter, quote = sniff_delimiter(text, whole=whole)
    rows = [row for row in islice(records(text, delimiter=delimiter, quote=quote, whole=whole), _MOST_LINES) if row]
    if not rows or len(rows[0]) == 1:
        return True
    width = len(rows[0])
    same = sum(len(row) == width for row in rows) / len(rows)
    if _HEADED.search(lines[0]) is None and not _LOGGED.search(lines[0]) and not _MARKED.search(lines[0]):
        return same < _HALF or (len(rows) < _FEW and sentences > _MOST_SENTENCES)
    if same < _SAME:
        return True
    return width < _WIDE and sentences >= _MOST_SENTENCES
