"""The shared texts of a workbook: those no longer referred to are blanked in place, so that all numbers stay true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kouan.formats.xlsx.xml import Scanner, Unusual

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from collections.abc import Set as AbstractSet

_SIMPLE = re.compile(rb"<(?:\w+:)?si><(?:\w+:)?t(?: xml:space=\"preserve\")?>[^<]*</(?:\w+:)?t></(?:\w+:)?si>")
_EXTRA = re.compile(
    rb"<(?:\w+:)?(rPh|extLst)\b.*?</(?:\w+:)?\1\s*>|<(?:\w+:)?phoneticPr\b[^>]*/>|<(?:\w+:)?phoneticPr\b.*?</(?:\w+:)?phoneticPr\s*>",
    re.DOTALL,
)
_NAME = re.compile(rb"</?(?:\w+:)?(\w+)")
_RUNS = frozenset(
    b"si t r rPr b i u strike outline shadow condense extend sz color rFont family charset scheme vertAlign".split()
)


def patched_strings(
    pieces: Iterable[bytes], used: AbstractSet[int], *, removed: Callable[[str], None]
) -> Iterator[bytes]:
    """Yield the part with unused texts blanked and phonetic readings (which spell out names) taken out.

    Raises:
        Unusual: the part, or a text that is still used, holds something else than runs of text.
    """
    scanner = Scanner(pieces)
    number = 0
    for token in scanner:
        if token.kind == "text":
            if token.raw.strip():
                raise Unusual
            yield token.raw
            continue
        if token.name not in {b"sst", b""}:
            raise Unusual
        yield token.raw
        if token.kind == "start":
            for raw in scanner.each(token.prefix + b"si"):
                if raw.isspace():
                    yield raw
                    continue
                yield _text(raw, token.prefix, is_used=number in used, removed=removed)
                number += 1


def _text(raw: bytes, prefix: bytes, *, is_used: bool, removed: Callable[[str], None]) -> bytes:
    if not is_used:
        return b"<%ssi><%st/></%ssi>" % (prefix, prefix, prefix)
    if _SIMPLE.fullmatch(raw):
        return raw
    cut = _EXTRA.sub(b"", raw)
    if cut != raw:
        removed("phonetic")
    if not _RUNS.issuperset(_NAME.findall(cut)):
        raise Unusual
    return cut
