"""Values known to name the persons of a source, found wherever they stand in its texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kouan.recognize.prose.fold import plain
from kouan.recognize.prose.spans import Span
from kouan.recognize.prose.words import KIND_OF_MEANING, NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_KNOWN = 1_000_000
_HAN = re.compile("[㐀-鿿]")
_LEAST_HAN, _LEAST_LATIN, _LEAST_DIGITS = 2, 3, 5
_LONGEST = 200
_NEVER = re.compile(r"(?!)")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")


@dataclass(slots=True)
class Known:
    """Distinct values by kind; looked up by their first two characters.

    Of names in Latin letters every word of three letters or more counts as well. Numbers of less than five digits do
    not count: laboratory values look the same.

    Attributes:
        full: True once more values came than are held (`MOST_KNOWN`).
    """

    kinds: dict[str, str] = field(default_factory=dict)
    heads: dict[str, tuple[int, ...]] = field(default_factory=dict)
    full: bool = False
    _firsts: set[str] = field(default_factory=set)
    _begins: re.Pattern[str] = _NEVER

    def add(self, values: Iterable[str], meaning: str) -> None:
        """Take note of values of an item of this meaning."""
        kind = KIND_OF_MEANING.get(meaning, "record")
        for value in values:
            text = _EDGES.sub("", plain(value))
            self._add(text, kind)
            if kind == "record":  # the id behind `Patient/` or `urn:uuid:` stands alone in texts
                self._add(re.split("[/:]", text)[-1], kind)
            if kind == "name" and text.isascii() and not text.isalpha():
                for word in re.split(r"[^A-Za-z'\-]+", text):
                    self._add(word, kind)
        self._begins = _beginning(self._firsts)

    def _add(self, text: str, kind: str) -> None:
        if text in self.kinds or not _tells(text):
            return
        if len(self.kinds) >= MOST_KNOWN:
            self.full = True
            return
        self.kinds[text] = kind
        self._firsts.add(text[0])
        lengths = self.heads.get(text[:2], ())
        if len(text) not in lengths:
            self.heads[text[:2]] = tuple(sorted((*lengths, len(text)), reverse=True))

    def find(self, text: str) -> Iterator[Span]:
        """Yield where known values stand in a plain text; those that begin or end in Latin letters as whole words."""
        heads, kinds = self.heads, self.kinds
        if not heads:
            return
        for begin in self._begins.finditer(text):
            at = begin.start()
            head = text[at : at + 2]
            if head not in heads:
                continue
            for length in heads[head]:
                word = text[at : at + length]
                if word in kinds and not _is_inside(text, at, at + length):
                    yield Span(at, at + length, kinds[word])
                    break


def _beginning(firsts: set[str]) -> re.Pattern[str]:
    """Return what finds the places where a value can begin: of a Latin word or number only its first character."""
    latin = re.escape("".join(sorted(char for char in firsts if char.isascii())))
    other = re.escape("".join(sorted(char for char in firsts if not char.isascii())))
    forms = ([f"[{latin}][A-Za-z0-9]*"] if latin else []) + ([f"[{other}]"] if other else [])
    return re.compile("|".join(forms)) if forms else _NEVER


def _tells(text: str) -> bool:
    """Tell whether a value is long enough to be looked for, and names somebody."""
    if len(text) > _LONGEST or text.lower() in NOBODY:
        return False
    if _HAN.search(text):
        return len(text) >= _LEAST_HAN
    letters = sum(1 for char in text if char.isalnum())
    return letters >= (_LEAST_DIGITS if not any(char.isalpha() for char in text) else _LEAST_LATIN)


def _is_inside(text: str, start: int, end: int) -> bool:
    """Tell whether a value is a part of a longer word or number."""
    before = start > 0 and _is_word(text[start]) and _is_word(text[start - 1])
    return before or (end < len(text) and _is_word(text[end - 1]) and _is_word(text[end]))


def _is_word(char: str) -> bool:
    return char.isalnum() and not _HAN.match(char)
