"""Identifiers in running text, by the recognizers and the kernel that read tables."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from kouan.model.inventory import Tier
from kouan.recognize.identifier import CONFIRMED, LONGEST, end_of, grade_of, start_of
from kouan.recognize.identifiers import BY_ID, IDENTIFIERS
from kouan.recognize.kernel.cell import scan_cell
from kouan.recognize.kernel.dispatch import HITS
from kouan.recognize.kernel.plain import make_plain, may_differ, width
from kouan.recognize.kernel.rows import kinds_of
from kouan.recognize.kernel.tables import OTHERS, wanted
from kouan.recognize.prose.gate import Gate
from kouan.recognize.prose.lists import any_of
from kouan.recognize.prose.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kouan.recognize.identifier import Identifier

    Hit = tuple[int, int, int, int]
    """Grade, number of the identifier, first byte, and the one after the last."""

_NUMERALS = "零一二三四五六七八九〇两幺"
_MARKED = re.compile(rf"[0-9@]|[{_NUMERALS}]{{7}}")
_LINE = re.compile(r"[^\n\r]+")
_HEAD = re.compile(r"[A-Za-z0-9._%+\-]*\Z")
_BEFORE = 24
"""Characters before a number in which a word that calls for it stands."""
_TELEPHONES = ("cn.mobile", "cn.landline")
_CHINA = re.compile(r"(?:\+|\b00)86[ \-]?\Z")
_PHONE = re.compile(
    r"(?<![\w+.\-])\+(?!86)[1-9]\d{0,2}[ .\-]?(?:\(\d{1,4}\)[ .\-]?)?\d{1,5}(?:[ .\-]?\d{2,5}){1,4}(?![\w\-])"
    r"|(?<![\w+.\-])(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[.\-])[2-9]\d{2}[.\-]\d{4}(?![\w\-])"
)
"""With a country's number, or as in North America."""
_CALL = re.compile(r"电话|手机|联系方式|传真|\b(?:tel|phone|call|mobile|cell|fax|number|T)\b", re.IGNORECASE)
_FEWEST, _MOST = 8, 15
"""Digits of a telephone number (ITU-T E.164)."""
_NONE: frozenset[str] = frozenset()
_ASKED = [(one.id, {word.lower() for word in one.context}) for one in IDENTIFIERS if one.asked]
_ASKING = Gate(any_of(word for _, words in _ASKED for word in words))


def find_numbers(text: str, *, today: int) -> Iterator[Span]:
    """Yield the identifiers of a plain text, each with its id as kind: of several at one place the surest.

    Args:
        text: plain (`fold.view`).
        today: the legal day as YYYYMMDD; no birth date in a number is later.

    Confirmed is what the recognizer is sure of and either hardly any random string passes or a word near calls for.
    """
    if "-" in text or "+" in text or "." in text:
        yield from _telephones(text)
    for line in _LINE.finditer(text):
        first = _MARKED.search(text, line.start(), line.end())
        if first:
            yield from _of_line(text[line.start() : line.end()], line.start(), first.start() - line.start(), today)


def _of_line(line: str, offset: int, mark: int, today: int) -> Iterator[Span]:
    """Yield the identifiers of a line whose first digit or @ stands at `mark`."""
    written = line.encode("utf-8", "surrogatepass")
    data, origin, kinds = _plain(written)
    resume = 0
    if kinds & OTHERS and origin is None:
        head = _HEAD.search(line, 0, mark)
        resume = len(line[: head.start() if head else mark].encode("utf-8", "surrogatepass"))
    best: dict[int, Hit] = {}
    for hit in _hits(data, resume, kinds, today=today, bits=_bits(_called(line))):
        held = best.get(hit[2])
        if held is None or (hit[0], hit[3], -hit[1]) > (held[0], held[3], -held[1]):
            best[hit[2]] = hit
    for grade, key, first, last in best.values():
        start, end = first, last
        if origin is not None:
            start, final = origin[first], origin[last - 1]
            end = final + width(written[final])
        left = len(written[:start].decode("utf-8", "surrogatepass"))
        right = left + len(written[start:end].decode("utf-8", "surrogatepass"))
        span = _judged(line, left, right, IDENTIFIERS[key], grade)
        if span:
            yield replace(span, start=offset + span.start, end=offset + span.end)


def _plain(written: bytes) -> tuple[bytes, list[int] | None, int]:
    """Return the kernel's plain form of a line, where its bytes stood if that differs, and the kinds of its bytes."""
    kinds = kinds_of(written, 0, len(written))
    if written.isascii() or not may_differ(written, 0, len(written), kinds):
        return written, None, kinds
    out, origin = bytearray(len(written)), [0] * (len(written) + 1)
    size = make_plain(written, 0, len(written), out, origin)
    data = bytes(out[:size])
    return data, origin, kinds_of(data, 0, size)


def _judged(line: str, start: int, end: int, one: Identifier, grade: int) -> Span | None:
    """Return a hit with what stands before it: a word that calls for it, and the country of a telephone."""
    near = _words(one.id).search(line, max(0, start - _BEFORE), start) is not None
    if one.asked and not near:
        return None
    country = _CHINA.search(line, 0, start) if one.id in _TELEPHONES else None
    sure = grade == CONFIRMED and (near or one.rare or one.chance == 1)
    tier = Tier.CONFIRMED if sure else Tier.SUSPECTED
    why = "check" if one.chance < 1 else "format"
    return Span(country.start() if country else start, end, one.id, tier=tier, why=f"{why}+word" if near else why)


def _telephones(text: str) -> Iterator[Span]:
    """Yield telephone numbers of other countries, as they are mostly written."""
    for one in _PHONE.finditer(text):
        if _FEWEST <= sum(map(str.isdigit, one[0])) <= _MOST:
            near = _CALL.search(text, max(0, one.start() - _BEFORE), one.start())
            yield Span(*one.span(), "phone", why="format+word" if near else "format")


def _hits(data: bytes, lo: int, kinds: int, *, today: int, bits: int) -> Iterator[Hit]:
    """Yield what the kernel finds from a place on."""
    work = bytearray(LONGEST)
    hits = [0] * (2 * HITS)
    at = lo
    while at < len(data):
        count, at = scan_cell(data, 0, len(data), kinds, today, bits, hits, work, work, at)
        for place in range(count):
            yield grade_of(hits[place]), hits[HITS + place], start_of(hits[place]), end_of(hits[place])


def _called(line: str) -> frozenset[str]:
    """Return the identifiers that are looked for only because a word in the line calls for them."""
    low = line.lower()
    return frozenset(key for key, words in _ASKED if any(word in low for word in words)) if _ASKING(low) else _NONE


@cache
def _bits(called: frozenset[str]) -> int:
    return wanted(called)


@cache
def _words(identifier: str) -> re.Pattern[str]:
    """Return the words that call for an identifier, Latin ones as whole words."""
    words = sorted(set(BY_ID[identifier].context), key=len, reverse=True)
    forms = (rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])" if word.isascii() else re.escape(word) for word in words)
    return re.compile("|".join(forms) or r"(?!)", re.IGNORECASE)
