"""Which identifiers the names of a column and of its table call for: context words as tokens, never as substrings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kouan.recognize.naming import match_name, split_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kouan.recognize.lexicon import Lexicon

_NUMBER = re.compile(r"(?<=[㐀-鿿]{2})(?:号码|编号|号|码)\Z")


@dataclass(frozen=True, slots=True)
class Calls:
    """Identifiers that names call for, each with the words that do.

    Attributes:
        column, table: identifier -> words of the column's name, and of the table's.
    """

    column: Mapping[str, str] = field(default_factory=dict)
    table: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> frozenset[str]:
        """Identifiers that are looked for although their format is everybody's."""
        return frozenset({*self.column, *self.table})


NO_CALLS = Calls()


def calls_of(table: str, column: str, lexicon: Lexicon) -> Calls:
    """Return what the names of a column and its table call for.

    A name of the lexicon calls for the identifier that it means; the shop's telephone calls for none of a person's.
    """
    match = match_name(column, lexicon.vocabulary)
    own = {match.meaning: " ".join(match.matched)} if match.meaning in lexicon.recognized else {}
    found = own | _words(column, lexicon)
    if match.meaning in lexicon.things_too and match.of_thing(lexicon.vocabulary):
        found = {one: words for one, words in found.items() if lexicon.recognized[one] not in lexicon.things_too}
    return Calls(found, _words(table, lexicon))


def _words(name: str, lexicon: Lexicon) -> dict[str, str]:
    tokens = tuple(map(plain, split_name(name, lexicon.context_han)))
    found: dict[str, str] = {}
    for run in _runs(tokens):
        for one in lexicon.context.get(run, ()):
            found.setdefault(one, " ".join(run))
    return found


def _runs(tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for start in range(len(tokens)):
        for end in range(start + 1, min(len(tokens), start + _LONGEST) + 1):
            yield tokens[start:end]


_LONGEST = 5


def plain(token: str) -> str:
    """Return a word without the number that it ends in: 护照号码, 护照号 and 护照 call for the same."""
    return _NUMBER.sub("", token)
