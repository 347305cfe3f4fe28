"""Identifiers taken out of free text; a mark in the text's language says what stood there."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from kouan.deidentify.columns import as_text
from kouan.deidentify.scrub.days import find_days, widened
from kouan.deidentify.scrub.hidden import find_hidden, with_country
from kouan.deidentify.scrub.known import Known
from kouan.deidentify.scrub.numbers import find_numbers
from kouan.deidentify.scrub.papers import find_papers, is_of_goods, with_postcode
from kouan.deidentify.scrub.persons import find_persons, named_again
from kouan.recognize.prose.dates import find_dates
from kouan.recognize.prose.fold import TAG, View, view
from kouan.recognize.prose.organisations import find_organisations
from kouan.recognize.prose.places import find_places
from kouan.recognize.prose.spans import Span
from kouan.recognize.prose.words import LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DATES = ("year", "keep", "remove")
_HAN = re.compile("[㐀-鿿]")
_VALUES = re.compile(
    r"""(?P<head>\s(?!xmlns|class|style|lang|xml:)[\w:.\-]+\s*=\s*)(?P<mark>["'])(?P<value>.*?)(?P=mark)"""
)
_RANK = {kind: rank for rank, kind in enumerate(LABELS)}
_CARERS = frozenset({"hospital", "school"})
"""Organisations that tell of somebody's health or schooling, and so lead to the person; others may stay."""
_CALLED = frozenset({"mobile", "phone"})
_KINDS_OF_CARE = frozenset(
    ("inpatient", "outpatient", "campus", "off", "on", "day", "general", "hospital", "clinic", "school", "of", "the")
)
"""Words that say what kind of place it is, and not which."""
_TURNS = 4
_TOGETHER = 32_768
"""Characters of texts that are searched at once."""
_BETWEEN = "\n\x7f\n"
"""Stands between texts searched at once: no rule reaches over it."""


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
        texts, found = self._texts(encoded.dictionary.to_pylist())
        counts: Counter[str] = Counter()
        for at, kinds in found.items():
            for kind, count in kinds.items():
                counts[kind] += count * weights[at]
        return pc.take(pa.array(texts, pa.string()), encoded.indices), counts

    def text(self, text: str) -> tuple[str, Counter[str]]:
        """Return one text without identifiers, and what was taken out."""
        texts, found = self._texts([text])
        return texts[0], found.get(0, Counter())

    def _texts(self, texts: list[str]) -> tuple[list[str], dict[int, Counter[str]]]:
        """Return the texts without identifiers, and by place what was taken out."""
        found: dict[int, Counter[str]] = {}
        is_zh = [_HAN.search(text) is not None for text in texts]
        open_ = list(range(len(texts)))
        for _ in range(_TURNS):
            changed = []
            for part in _parts(open_, texts):
                before = [self._attributes(texts[at], found.setdefault(at, Counter()), zh=is_zh[at]) for at in part]
                views = [view(text) for text in before]
                for at, seen, spans in zip(part, views, self._spans(views), strict=True):
                    found[at].update(span.kind for span in spans)
                    after = _without(seen, spans, zh=is_zh[at])
                    if after != texts[at]:
                        changed.append(at)
                        texts[at] = after
            open_ = changed
        return texts, found

    def _spans(self, views: Sequence[View]) -> Iterator[list[Span]]:
        """Yield what is to go of each text; they are searched together, which costs a fifth."""
        starts = list(itertools.accumulate((len(one.plain) + len(_BETWEEN) for one in views), initial=0))
        found = _merged(self._find(_BETWEEN.join(one.plain for one in views)))
        at = 0
        for start, one in zip(starts, views, strict=False):
            spans = []
            while at < len(found) and found[at].start < start + len(one.plain) + len(_BETWEEN):
                span = found[at]
                spans.append(replace(span, start=span.start - start, end=span.end - start))
                at += 1
            again = [*named_again(one.plain, spans)]
            yield _merged([*spans, *again]) if again else spans

    def _find(self, text: str) -> Iterable[Span]:
        yield from self.known.find(text)
        for one in (*find_numbers(text), *find_hidden(text), *find_papers(text)):
            if not is_of_goods(text, one):
                yield with_country(text, one) if one.kind in _CALLED else one
        yield from find_persons(text)
        yield from filter(None, (with_postcode(text, one) for one in find_places(text)))
        yield from (one for one in find_organisations(text) if one.why in _CARERS and not _is_kind(text, one))
        if self.dates != "keep":
            keep_year = self.dates == "year"
            for one in (*find_dates(text, keep_year=keep_year), *find_days(text, keep_year=keep_year)):
                if not is_of_goods(text, one):
                    yield widened(text, one)

    def _attributes(self, text: str, counts: Counter[str], *, zh: bool) -> str:
        """Return XHTML with the values of its tags' attributes scrubbed."""

        def scrubbed(found: re.Match[str]) -> str:
            seen = view(found["value"])
            spans = next(self._spans([seen]))
            counts.update(span.kind for span in spans)
            return found["head"] + found["mark"] + _without(seen, spans, zh=zh) + found["mark"]

        return TAG.sub(lambda tag: _VALUES.sub(scrubbed, tag[0]), text) if "<" in text else text


def _is_kind(text: str, span: Span) -> bool:
    """Tell whether an organisation is a kind of place alone, such as an outpatient hospital among codes."""
    return _KINDS_OF_CARE.issuperset(text[span.start : span.end].lower().replace("-", " ").split())


def _parts(places: Sequence[int], texts: Sequence[str]) -> Iterator[list[int]]:
    """Yield the places of texts in parts of some size."""
    part: list[int] = []
    size = 0
    for at in places:
        part.append(at)
        size += len(texts[at])
        if size > _TOGETHER:
            yield part
            part, size = [], 0
    if part:
        yield part


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
        said = mark(span.kind, zh=zh) if span.left is None else _left(seen, span)
        for low, high in seen.pieces(span.start, span.end):
            if low < done:
                continue
            parts += [seen.text[done:low], said]
            said, done = "", high
    return "".join([*parts, seen.text[done:]])


def _left(seen: View, span: Span) -> str:
    """Return what is left of a span as it was written, where it begins with that."""
    left = span.left or ""
    if not left or not seen.plain.startswith(left, span.start):
        return left
    return "".join(seen.text[low:high] for low, high in seen.pieces(span.start, span.start + len(left)))
