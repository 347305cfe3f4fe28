"""Lists of words, kept in YAML beside the finders that use them."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kouan.model import strictyaml

if TYPE_CHECKING:
    from collections.abc import Iterable


def load_lists(name: str) -> dict[str, Any]:
    """Return the lists of a file of this folder: text is split at blanks, everything else stays."""
    loaded = strictyaml.load(files("kouan.recognize.prose").joinpath(name).read_text("utf-8"), name).value
    return {key: _split(value) for key, value in loaded.items()}


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression for any of some words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda one: (-len(one), one)))


def _split(value: object) -> object:
    return tuple(value.split()) if isinstance(value, str) else value
