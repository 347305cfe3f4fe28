"""Numbers and addresses that lead to a person, where they do not belong: in names of files and in messages."""

from __future__ import annotations

import re

_PERSONAL = (
    r"(?<!\d)(?:\+?86)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)"
    r"|(?<!\d)[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
    r"|[\w.+-]{1,256}@[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}"
)
PERSONAL = re.compile(_PERSONAL)
"""A mobile number, a resident identity number, an e-mail address."""

# Beside these: an old identity number, a bank card.
_IN_MESSAGES = re.compile(_PERSONAL + r"|(?<!\d)(?:\d{15,19}|\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,3})?)(?!\d)")
_WIDE = {0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)} | {0x3000: " "}
_WORD = re.compile(r"[a-z][a-z0-9_]*(?:[.:_-][a-z0-9_]+)*")
_FIGURES = re.compile(r"\d{6}")
_LONGEST = 64
_GONE = "***"


def masked(text: str) -> str:
    """Return a text that quotes what somebody wrote, without the numbers and addresses that lead to a person."""
    if len(text) == len(text.encode("ascii", "ignore")):
        return _IN_MESSAGES.sub(_GONE, text)
    result, end = [], 0
    for found in _IN_MESSAGES.finditer(text.translate(_WIDE)):  # one character for one: places stay
        result += [text[end : found.start()], _GONE]
        end = found.end()
    return "".join((*result, text[end:]))


def quoted(word: str) -> str:
    """Return a word that should have been an id of the packs, or … where it has not the form of one.

    A misspelt id is best seen as it was written; a name, a number or a sentence in its place is nobody's business.
    """
    fits = len(word) <= _LONGEST and _WORD.fullmatch(word) and not _FIGURES.search(word)
    return word if fits else "…"
