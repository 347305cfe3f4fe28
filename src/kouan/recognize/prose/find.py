"""Everything that is found in texts, at its place in the text as written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from kouan.recognize.days import as_number
from kouan.recognize.prose.ages import find_ages
from kouan.recognize.prose.dates import find_dates, find_other_dates
from kouan.recognize.prose.fold import view
from kouan.recognize.prose.join import join
from kouan.recognize.prose.names import find_names
from kouan.recognize.prose.numbers import find_numbers
from kouan.recognize.prose.organisations import find_organisations
from kouan.recognize.prose.pairs_en import find_pairs
from kouan.recognize.prose.places import find_places
from kouan.recognize.prose.places_world import find_world

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kouan.model.time import LegalDay
    from kouan.recognize.prose.spans import Span

_LAST_DAY = 99991231


class Tagger(Protocol):
    """A model that names persons, places and organisations in texts."""

    def tag(self, texts: Sequence[str]) -> list[list[Span]]:
        """Return of each text what the model names in it; characters are those of the text given."""


def find(
    texts: Sequence[str], *, tagger: Tagger | None = None, as_of: LegalDay | None = None, numbers: bool = True
) -> list[tuple[Span, ...]]:
    """Return of each text what is named in it, in order and without overlaps: also identifiers, their id as kind.

    Args:
        texts: as written; positions in the answer are characters of these.
        tagger: a model; None: words around and grammar only.
        as_of: no birth date in a number is later; None: any day.
        numbers: whether identifiers are looked for, too.
    """
    today = _LAST_DAY if as_of is None else as_number(as_of)
    views = [view(text) for text in texts]
    tagged: list[list[Span]] = [[] for _ in views] if tagger is None else tagger.tag([one.plain for one in views])
    answers = []
    for seen, extra in zip(views, tagged, strict=True):
        identifiers = find_numbers(seen.plain, today=today) if numbers else ()
        spans = join(seen.plain, _by_rules(seen.plain), identifiers, extra)
        if seen.starts is not None:
            spans = [_placed(span, seen.pieces(span.start, span.end)) for span in spans]
        answers.append(tuple(spans))
    return answers


def _by_rules(text: str) -> Iterator[Span]:
    yield from find_names(text)
    yield from find_pairs(text)
    yield from find_places(text)
    yield from find_world(text)
    yield from find_organisations(text)
    yield from find_dates(text, keep_year=False)
    yield from find_other_dates(text)
    yield from find_ages(text)


def _placed(span: Span, pieces: list[tuple[int, int]]) -> Span:
    return replace(span, start=pieces[0][0], end=pieces[-1][1])
