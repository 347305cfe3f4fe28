"""Lists of words, kept in YAML beside the finders that use them."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kouan.model import strictyaml

if TYPE_CHECKING:
    from collections.abc import Iterable


_Tree = dict[str, "_Tree"]


def load_lists(name: str) -> dict[str, Any]:
    """Return the lists of a file of this folder: text is split at blanks, everything else stays."""
    loaded = strictyaml.load(files("kouan.recognize.prose").joinpath(name).read_text("utf-8"), name).value
    return {key: _split(value) for key, value in loaded.items()}


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression for any of some words, the longest first: for places that are known."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda one: (-len(one), one)))


def tree_of(words: Iterable[str]) -> str:
    """Return a regular expression that matches as `any_of` does, case minded: for a search through texts.

    Words with the same beginning share it, so that a place is left after a character or two. It takes twice as long to
    compile.
    """
    tree: _Tree = {}
    for word in words:
        at = tree
        for char in word:
            at = at.setdefault(char, {})
        at[""] = {}
    return _form(tree)


def _form(tree: _Tree) -> str:
    """Return the regular expression of a tree of characters, of which the empty one ends a word."""
    forms = []
    for char, behind in sorted(tree.items()):
        more = _form(behind)
        forms += [re.escape(char) + (f"(?:{more})" + "?" * ("" in behind) if more else "")] if char else []
    return "|".join(forms)


def _split(value: object) -> object:
    return tuple(value.split()) if isinstance(value, str) else value
