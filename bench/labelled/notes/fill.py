"""Labelled notes: texts written by hand, with the exact place of everything that is named in them.

`{name1}`-like slots are filled from the lists of the note's half, the same slot of a note always alike; `{kind:text}`
stands as written; `[3-9]` becomes a number that means nothing. A note belongs to one half by the hash of its text, so
that nothing of a held-out note, neither wording nor names, is seen in the other half.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.labelled.notes.lists import DEVELOPMENT, HELD
from bench.labelled.notes.slots import Filler
from examples.dice import Dice

LANGUAGES = ("zh", "en", "mixed")
COPIES = 4
"""Notes of one text, each with other names."""
SKIP = "skip"
"""A brand or a road that a model may well call an organisation or a place; as a name of a person it is wrong."""
_PART = re.compile(
    r"\{(?P<slot>[a-z]+\d*(?:\.[a-z]\d?)?)\}|\{(?P<kind>[a-z_.]+):(?P<text>[^}]*)\}|\[(?P<range>[\d-]+)\]"
)


@dataclass(frozen=True, slots=True)
class Label:
    """What stands at some characters of a note."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Note:
    """One labelled text.

    Attributes:
        key: of the text it was made from, and the number of the copy.
        language: of `LANGUAGES`.
        genre: such as `discharge`; `trap` names nobody.
        held: True in the half that nothing is tuned on.
        text: as a reader gets it.
        labels: in order, apart.
    """

    key: str
    language: str
    genre: str
    held: bool
    text: str
    labels: tuple[Label, ...]


@cache
def all_notes() -> tuple[Note, ...]:
    """Return every note, always the same."""
    return tuple(
        _filled(language, genre, body, copy)
        for language in LANGUAGES
        for genre, body in _bodies(language)
        for copy in range(COPIES)
    )


def counts() -> Counter[tuple[str, bool]]:
    """Return how many notes there are by language and half."""
    return Counter((note.language, note.held) for note in all_notes())


def _bodies(language: str) -> list[tuple[str, str]]:
    text = (Path(__file__).parent / f"{language}.txt").read_text(encoding="utf-8")
    parts = (part.partition("\n") for part in text.split("### ")[1:])
    return [(genre.strip(), body.strip("\n")) for genre, _, body in parts]


def _filled(language: str, genre: str, body: str, copy: int) -> Note:
    key = hashlib.sha256(f"{language}\n{body}".encode()).hexdigest()[:10]
    held = int(key[:2], 16) % 2 == 1
    filler = Filler(HELD if held else DEVELOPMENT, Dice("notes", key, copy))
    parts: list[str] = []
    labels: list[Label] = []
    done = size = 0

    def add(text: str, kind: str = "") -> None:
        nonlocal size
        parts.append(text)
        if kind:
            labels.append(Label(size, size + len(text), kind))
        size += len(text)

    for part in _PART.finditer(body):
        add(body[done : part.start()])
        done = part.end()
        if part["slot"]:
            add(*filler.slot(part["slot"]))
        elif part["kind"]:
            add(part["text"], part["kind"])
        else:
            low, _, high = part["range"].partition("-")
            add(filler.number(int(low), int(high or low)))
    add(body[done:])
    text = "".join(parts)
    return Note(f"{key}/{copy}", language, genre, held, text, tuple(_whole(text, labels)))


def _whole(text: str, labels: list[Label]) -> list[Label]:
    """Return labels with first and last name, where a note has them apart, as one name."""
    whole: list[Label] = []
    for label in labels:
        last = whole[-1] if whole else None
        if last and last.kind == label.kind == "name" and text[last.end : label.start] == " ":
            whole[-1] = Label(last.start, label.end, "name")
        else:
            whole.append(label)
    return whole
