"""Electronic mail addresses: a local part, a domain, and a suffix that exists (no `icon@2x.png`, no `npm@1.2.3`)."""

from __future__ import annotations

from typing import Any

from kouan.model.text import Text
from kouan.recognize.identifier import CONFIRMED, LONGEST, MIXED, Identifier, hit

SUFFIXES = (
    *("com", "cn", "net", "org", "edu", "gov", "mil", "int", "info", "biz", "name", "pro", "mobi", "app", "dev"),
    *("tech", "online", "shop", "store", "site", "xyz", "top", "vip", "club", "work", "ltd", "group", "cloud"),
    *("email", "live", "link", "asia", "invalid", "example", "test"),
)
"""Generic suffixes; of two letters every one is taken for a country's."""


def _folded(word: str) -> int:
    value = 0
    for byte in word.encode():
        value = value << 5 | byte & 31
    return value


_GENERIC = tuple(sorted(_folded(word) for word in SUFFIXES))
_SHORT, _LONG = 2, 12
_ALNUM = bytes(chr(byte).isalnum() and byte < 128 for byte in range(256))
_LOCAL = bytes((chr(byte).isalnum() and byte < 128) or byte in b"._%+-" for byte in range(256))
_LETTER = bytes(chr(byte).isalpha() and byte < 128 for byte in range(256))


def find(data: Any, lo: int, hi: int, at: int, end: int, today: int) -> int:
    """Find the address whose domain begins at a run that follows `@`."""
    start = at - 1
    while start > lo and _LOCAL[data[start - 1]]:
        start -= 1
    while start < at - 1 and not _ALNUM[data[start]]:
        start += 1
    stop, label = at, at
    last = at
    while stop < hi and (_ALNUM[data[stop]] or data[stop] == 45 or data[stop] == 46):
        if data[stop] == 46:
            if stop == label or data[stop - 1] == 45 or stop + 1 >= hi or not _ALNUM[data[stop + 1]]:
                break
            label = stop + 1
        stop += 1
        last = stop
    if start >= at - 1 or label == at or not _is_suffix(data, label, last):
        return 0
    return hit(CONFIRMED, start, last)


def _is_suffix(data: Any, at: int, end: int) -> bool:
    if end - at < _SHORT or end - at > _LONG:
        return False
    value = 0
    for place in range(at, end):
        if not _LETTER[data[place]]:
            return False
        value = value << 5 | data[place] & 31
    if end - at == _SHORT:
        return True
    for known in _GENERIC:
        if known == value:
            return True
    return False


IDENTIFIER = Identifier(
    id="email",
    label=Text(zh="电子邮箱", en="e-mail address"),
    lengths=tuple(range(1, LONGEST + 1)),
    kinds=MIXED,
    find=find,
    source="RFC 5322, a subset (S)",
    before=b"@",
    fraction=True,
    context=("邮箱", "电子邮件", "e-mail", "email"),
)
