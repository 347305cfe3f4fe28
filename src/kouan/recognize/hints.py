"""What a person says of single columns; it wins over recognition and is shown as such."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from kouan.recognize import messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kouan.model.declaration import ItemHint, SourceSpec
    from kouan.recognize.lexicon import Lexicon


def check_hints(spec: SourceSpec, columns: Sequence[tuple[str, str]], lexicon: Lexicon) -> None:
    """Refuse hints that name no column or no meaning.

    Args:
        spec: the declared source.
        columns: (table, column) names of the source.
        lexicon: known meanings.

    Raises:
        KouanError: K-REC-001, K-REC-002, with the nearest name.
    """
    names = [name for _, name in columns]
    known = {*names, *(f"{table}#{name}" for table, name in columns)}
    known |= {f"{spec.path}!{table}#{name}" for table, name in columns}
    for key, hint in spec.items.items():
        place = f"{spec.path} items.{key}"
        if key not in known:
            raise messages.HINT_UNKNOWN_COLUMN.at(place, hint=key, guess=_near(key, names))
        if hint.meaning is not None and hint.meaning not in lexicon.meanings:
            guess = _near(hint.meaning, list(lexicon.meanings))
            some = ", ".join(list(lexicon.meanings)[:6])
            raise messages.HINT_UNKNOWN_MEANING.at(place, meaning=hint.meaning, guess=guess, some=some)


def check_min_age(spec: SourceSpec) -> None:
    """Refuse a lowest age for a role that the source does not declare. Raises KouanError K-REC-005."""
    for role in spec.min_age:
        if role not in spec.subjects:
            guess = _near(role, list(spec.subjects))
            raise messages.MIN_AGE_UNKNOWN_ROLE.at(f"{spec.path} min_age.{role}", role=role, guess=guess)


def hint_for(spec: SourceSpec, table: str, column: str) -> ItemHint | None:
    """Return what a person says of a column: by `source!table#column`, `table#column` or the column's name."""
    for key in (f"{spec.path}!{table}#{column}", f"{table}#{column}", column):
        if key in spec.items:
            return spec.items[key]
    return None


def _near(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f" ({near[0]}?)" if near else ""
