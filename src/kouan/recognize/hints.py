"""What a person says of single columns, in the declaration or in the file of labels; it wins over recognition.

Both are hints; a label is one with a name and a day.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from kouan.model.inventory import KnownWord, Word
from kouan.model.items import item_id
from kouan.model.labels import ItemLabel
from kouan.model.text import Text, same
from kouan.recognize import messages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kouan.model.declaration import ItemHint, SourceSpec
    from kouan.model.inventory import Tier
    from kouan.recognize.lexicon import Lexicon


_DECLARED = Text(zh="由人工指定，优先于自动识别", en="set by a person, which wins over recognition")
_LABELLED = Text(
    zh="由 {by} 于 {on} 认定，优先于自动识别{note}", en="set by {by} on {on}, which wins over recognition{note}"
)


def with_labels(spec: SourceSpec, labels: Mapping[str, ItemLabel]) -> SourceSpec:
    """Return a declared source with the labels of its items among its hints."""
    own = {key: label for key, label in labels.items() if key.startswith(f"{spec.path}!")}
    return spec.model_copy(update={"items": {**spec.items, **own}}) if own else spec


def check_labels(labels: Mapping[str, ItemLabel], specs: Sequence[SourceSpec], where: str) -> None:
    """Refuse labels of sources that are not declared. Raises KouanError K-REC-001, with the nearest name."""
    for key in labels:
        if not any(key.startswith(f"{spec.path}!") for spec in specs):
            guess = _near(key, [f"{spec.path}!…" for spec in specs])
            raise messages.HINT_UNKNOWN_COLUMN.at(where, hint=key, guess=guess)


def check_hints(spec: SourceSpec, columns: Sequence[tuple[str, str]], lexicon: Lexicon) -> None:
    """Refuse hints that name no column or no meaning, and a label that says other than the declaration.

    Args:
        spec: the declared source.
        columns: (table, column) names of the source.
        lexicon: known meanings.

    Raises:
        KouanError: K-REC-001, K-REC-002, with the nearest name; K-REC-008.
    """
    names = [name for _, name in columns]
    ids = {item_id(spec.path, table, name) for table, name in columns}
    known = {*names, *(f"{table}#{name}" for table, name in columns), *ids}
    for key, hint in spec.items.items():
        label = isinstance(hint, ItemLabel)
        place = key if label else f"{spec.path} items.{key}"
        if key not in known:
            raise messages.HINT_UNKNOWN_COLUMN.at(place, hint=key, guess=_near(key, sorted(ids) if label else names))
        if hint.meaning is not None:
            check_meaning(hint.meaning, place, lexicon)
    for table, name in columns:
        said = {hint.meaning for hint in _hints(spec, table, name) if hint.meaning is not None}
        if len(said) > 1 and isinstance(hint_for(spec, table, name), ItemLabel):
            item = item_id(spec.path, table, name)
            raise messages.HINTS_DIFFER.at(item, item=item, meanings=", ".join(sorted(said)))


def check_meaning(meaning: str, place: str, lexicon: Lexicon) -> None:
    """Refuse a meaning that the lexicon does not know. Raises KouanError K-REC-002, with the nearest name."""
    if meaning not in lexicon.meanings:
        guess = _near(meaning, list(lexicon.meanings))
        some = ", ".join(list(lexicon.meanings)[:6])
        raise messages.HINT_UNKNOWN_MEANING.at(place, meaning=meaning, guess=guess, some=some)


def check_min_age(spec: SourceSpec) -> None:
    """Refuse a lowest age for a role that the source does not declare. Raises KouanError K-REC-005."""
    for role in spec.min_age:
        if role not in spec.subjects:
            guess = _near(role, list(spec.subjects))
            raise messages.MIN_AGE_UNKNOWN_ROLE.at(f"{spec.path} min_age.{role}", role=role, guess=guess)


def hint_for(spec: SourceSpec, table: str, column: str) -> ItemHint | None:
    """Return what a person says of a column: by `source!table#column`, `table#column` or the column's name."""
    return next(iter(_hints(spec, table, column)), None)


def namespace_of(spec: SourceSpec, table: str, column: str) -> str | None:
    """Return the register that a person says the numbers of a column belong to."""
    named = (hint.namespace for hint in _hints(spec, table, column))
    return next((name for name in named if name is not None), None)


def known_of(spec: SourceSpec, table: str, column: str) -> KnownWord | None:
    """Return what a person says of whether others may know a column of somebody; the most particular word counts."""
    for hint in _hints(spec, table, column):
        if hint.quasi is not None:
            by, on = (hint.by, hint.on) if isinstance(hint, ItemLabel) else (None, None)
            return KnownWord(quasi=hint.quasi, why=hint.why or "", by=by, on=on)
    return None


def _hints(spec: SourceSpec, table: str, column: str) -> list[ItemHint]:
    keys = (item_id(spec.path, table, column), f"{table}#{column}", column)
    return [spec.items[key] for key in keys if key in spec.items]


def word_of(hint: ItemHint, machine: str, tier: Tier) -> Word:
    """Return a person's word for the inventory, beside what recognition found."""
    if isinstance(hint, ItemLabel):
        return Word(by=hint.by, on=hint.on, note=hint.note, machine=machine, machine_tier=tier)
    return Word(by=None, on=None, machine=machine, machine_tier=tier)


def reason_of(hint: ItemHint) -> Text:
    """Return who set the meaning of a column, for people."""
    if not isinstance(hint, ItemLabel):
        return _DECLARED
    note = Text(zh=f"（{hint.note}）", en=f" ({hint.note})") if hint.note else same("")
    return _LABELLED.fill(by=hint.by, on=hint.on.isoformat(), note=note)


def _near(word: str, known: list[str]) -> str:
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    return f" ({near[0]}?)" if near else ""
