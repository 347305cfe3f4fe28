"""Words of standards in the names of items."""

from __future__ import annotations

from functools import cache

from kouan.recognize.lexicon import load_lexicon
from kouan.recognize.naming import split_name


@cache
def names_hold(name: str, words: tuple[str, ...]) -> bool:
    """Tell whether a name holds one of some words: a Chinese one anywhere, a Latin one as whole tokens in a row."""
    if not words:
        return False
    tokens = f" {' '.join(split_name(name, load_lexicon().vocabulary.han))} ".lower()
    return any(f" {word.lower()} " in tokens if word.isascii() else word in name for word in words)
