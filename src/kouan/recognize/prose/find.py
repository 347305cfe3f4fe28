"""Everything that is found in texts, at its place in the text as written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from kouan.recognize.prose.dates import find_dates
from kouan.recognize.prose.fold import view
from kouan.recognize.prose.names import find_names
from kouan.recognize.prose.organisations import find_organisations
from kouan.recognize.prose.places import find_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kouan.recognize.prose.spans import Span


class Tagger(Protocol):
    """A model that names persons, places and organisations in texts."""

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return of each text what the model names in it; characters are those of the text given."""


def find(texts: Sequence[str], *, tagger: Tagger | None = None) -> list[tuple[Span, ...]]:
    """Return of each text what is named in it, in order and without overlaps.

    Args:
        texts: as written; positions in the answer are characters of these.
        tagger: a model; None: words around and grammar only.
    """
    views = [view(text) for text in texts]
    tagged = [[] for _ in views] if tagger is None else tagger.tag([one.plain for one in views])
    answers = []
    for seen, extra in zip(views, tagged, strict=True):
        spans = [*_by_rules(seen.plain), *extra]
        placed = (_placed(span, seen.pieces(span.start, span.end)) for span in spans)
        answers.append(_apart(sorted(placed, key=lambda one: (one.start, -one.end))))
    return answers


def _by_rules(text: str) -> Iterator[Span]:
    yield from find_names(text)
    yield from find_places(text)
    yield from find_organisations(text)
    yield from find_dates(text, keep_year=False)


def _placed(span: Span, pieces: list[tuple[int, int]]) -> Span:
    return replace(span, start=pieces[0][0], end=pieces[-1][1])


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return spans without those that begin inside an earlier one."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)
