"""Identifiers taken out of free text; a mark in the text's language says what stood there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import as_text
from kouan.deidentify.scrub_dates import find_dates
from kouan.deidentify.scrub_fold import TAG, View, view
from kouan.deidentify.scrub_known import Known
from kouan.deidentify.scrub_names import find_names
from kouan.deidentify.scrub_numbers import Span, find_numbers
from kouan.deidentify.scrub_places import find_places
from kouan.deidentify.scrub_words import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable

DATES = ("year", "keep", "remove")
_HAN = re.compile("[㐀-鿿]")
_VALUES = re.compile(
    r"""(?P<head>\s(?!xmlns|class|style|lang|xml:)[\w:.\-]+\s*=\s*)(?P<mark>["'])(?P<value>.*?)(?P=mark)"""
)
_RANK = {kind: rank for rank, kind in enumerate(LABELS)}
_TURNS = 4


@dataclass(frozen=True, slots=True)
class Scrub:
    """Takes identifiers out of narratives and comments, rather one too many than one too few.

    Found are numbers by their form, names and addresses by the words around them, dates, and every value that the same
    source holds in an item that identifies directly. Text in XHTML keeps its tags; values of attributes are scrubbed
    like text. A second run finds nothing more.

    Attributes:
        dates: what happens to dates with a day or month: `year` (only the year stays), `keep` or `remove`.
        known: values known from the same source.
    """

    dates: str = "year"
    known: Known = field(default_factory=Known)

    def run(self, column: pa.Array) -> tuple[pa.Array, Counter[str]]:
        """Return the scrubbed texts, and how many spans were taken out by kind; null stays null."""
        encoded = as_text(column).dictionary_encode()
        weights = Counter(encoded.indices.drop_null().to_pylist())
        counts: Counter[str] = Counter()
        texts = []
        for at, text in enumerate(encoded.dictionary.to_pylist()):
            scrubbed, found = self.text(text)
            texts.append(scrubbed)
            for kind, count in found.items():
                counts[kind] += count * weights[at]
        return pc.take(pa.array(texts, pa.string()), encoded.indices), counts

    def text(self, text: str) -> tuple[str, Counter[str]]:
        """Return one text without identifiers, and what was taken out."""
        zh = _HAN.search(text) is not None
        counts: Counter[str] = Counter()
        for _ in range(_TURNS):
            before = text
            if "<" in text:
                text = TAG.sub(lambda tag: self._attributes(tag[0], counts, zh=zh), text)
            text = self._once(text, counts, zh=zh)
            if text == before:
                break
        return text, counts

    def _once(self, text: str, counts: Counter[str], *, zh: bool) -> str:
        seen = view(text)
        spans = _merged(self._find(seen.plain))
        counts.update(span.kind for span in spans)
        return _without(seen, spans, zh=zh)

    def _find(self, text: str) -> Iterable[Span]:
        yield from self.known.find(text)
        yield from find_numbers(text)
        yield from find_names(text)
        yield from find_places(text)
        if self.dates != "keep":
            yield from find_dates(text, keep_year=self.dates == "year")

    def _attributes(self, tag: str, counts: Counter[str], *, zh: bool) -> str:
        def scrubbed(found: re.Match[str]) -> str:
            return found["head"] + found["mark"] + self._once(found["value"], counts, zh=zh) + found["mark"]

        return _VALUES.sub(scrubbed, tag)


def mark(kind: str, *, zh: bool) -> str:
    """Return what stands in the place of an identifier of this kind."""
    label = LABELS[kind]
    return f"【已移除：{label.zh}】" if zh else f"[removed: {label.en}]"


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans that do not touch one another's characters: those that overlap become one of the stronger kind."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        last = merged[-1] if merged else None
        if last is None or span.start >= last.end:
            merged.append(span)
        elif (span.start, span.end) != (last.start, last.end) and span.end <= last.end and span.kind == last.kind:
            continue
        else:
            strong = min(last, span, key=lambda one: _RANK[one.kind])
            left = last.left if last.left == span.left else None
            merged[-1] = Span(last.start, max(last.end, span.end), strong.kind, left)
    return merged


def _without(seen: View, spans: list[Span], *, zh: bool) -> str:
    parts, done = [], 0
    for span in spans:
        said = mark(span.kind, zh=zh) if span.left is None else span.left
        for low, high in seen.pieces(span.start, span.end):
            if low < done:
                continue
            parts += [seen.text[done:low], said]
            said, done = "", high
    return "".join([*parts, seen.text[done:]])
