"""Names and addresses in a header field of mail (RFC 5322 3.4), in one pass whatever the field holds."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|<[^<>]*>|[^",;<]+|[,;<"]', re.DOTALL)
_QUOTED = re.compile(r'\s*+"((?:[^"\\]|\\.)*+)"\s*<([^<>]*)>\s*', re.DOTALL)
_NAMED = re.compile(r'\s*+([^<>,;:"]*+)<([^<>]*)>\s*')
_BARE = re.compile(r'\s*+([^\s,;:<>"@]+@[^\s,;<>"]+)\s*')
_SAYING = re.compile(r"\w")

Stretch = tuple[int, int]
"""First and past the last character."""


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Where one stands in a field's value.

    Attributes:
        name: or None.
        email: or None.
        phrase: the name stands without quotes.
        bare: the address stands without brackets.
    """

    name: Stretch | None
    email: Stretch | None
    phrase: bool = False
    bare: bool = False


def correspondents(value: str) -> list[Correspondent] | None:
    """Return who is named in a field, or None when it says more than names and addresses."""
    pieces = _pieces(value)
    if pieces is None:
        return None
    found = []
    for start, end in pieces:
        one = _one(value, start, end)
        if one is not None:
            found += [one] if one.name or one.email else []
        elif _SAYING.search(value, start, end):
            return None
    return found


def _pieces(value: str) -> list[Stretch] | None:
    """Return what stands between commas and semicolons, or None where a quotation never ends."""
    pieces = []
    start = 0
    for token in _TOKEN.finditer(value):
        if token[0] == '"':
            return None
        if token[0] in {",", ";"}:
            pieces.append((start, token.start()))
            start = token.end()
    return [*pieces, (start, len(value))]


def _one(value: str, start: int, end: int) -> Correspondent | None:
    bare = _BARE.fullmatch(value, start, end)
    if bare is not None:
        return Correspondent(None, bare.span(1), bare=True)
    quoted = _QUOTED.fullmatch(value, start, end)
    found = quoted or _NAMED.fullmatch(value, start, end)
    if found is None:
        return None
    first, past = found.span(1)
    past = first + len(found[1].rstrip())
    return Correspondent(
        (first, past) if past > first else None, found.span(2) if found[2] else None, phrase=quoted is None
    )
