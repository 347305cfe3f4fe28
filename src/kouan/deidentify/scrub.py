"""Identifiers taken out of free text; a mark in the text's language says what stood there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import pyarrow as pa

from kouan.deidentify.columns import as_text
from kouan.deidentify.scrub_words import LABELS

DATES = ("year", "keep", "remove")
_HAN = re.compile("[㐀-鿿]")
_EMAIL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+\-]*@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Scrub:
    """Takes identifiers out of narratives and comments.

    Attributes:
        dates: what happens to full dates: `year`, `keep` or `remove`.
    """

    dates: str = "year"

    def run(self, column: pa.Array) -> tuple[pa.Array, Counter[str]]:
        """Return the scrubbed texts, and how many spans were taken out by kind."""
        counts: Counter[str] = Counter()
        texts = [None if text is None else self._one(text, counts) for text in as_text(column).to_pylist()]
        return pa.array(texts, pa.string()), counts

    def _one(self, text: str, counts: Counter[str]) -> str:
        zh = _HAN.search(text) is not None
        found = _EMAIL.sub(mark("email", zh=zh), text)
        counts["email"] += len(_EMAIL.findall(text))
        return found


def mark(kind: str, *, zh: bool) -> str:
    """Return what stands in the place of an identifier of this kind."""
    label = LABELS[kind]
    return f"【已移除：{label.zh}】" if zh else f"[removed: {label.en}]"
