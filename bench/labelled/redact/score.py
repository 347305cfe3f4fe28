"""How much of what must leave a text leaves it, and how much else does."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    Labels = tuple[tuple[int, int, str], ...]

_PART = re.compile(r"\{(?P<kind>[a-z]+):(?P<text>[^}]*)\}")
_MARK = re.compile(r"【已移除：[^】]*】|\[removed: [^\]]*\]")
_HOLE = "\ue000"
_YEAR = re.compile(r"(?:民[国國])?\s*[\d〇零○一二三四五六七八九十百壹贰叁肆伍陆柒捌玖]{2,4}\s*年?")
SETS = ("zh", "en", "stay", "held")
"""Files of sentences; on `held` nothing was tuned."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One text and the characters of it that must leave, each with its kind; without any it must stay whole."""

    text: str
    labels: Labels


@dataclass(slots=True)
class Score:
    """Counts over sentences.

    Attributes:
        planted, gone: by kind, what must leave, and what left whole (of a date the year may stay).
        out, right: runs of characters that left, and those of them with something in them that must.
        left: `kind`, what must leave, and the sentence, of everything that stayed in part or whole.
        wrong: what left though it must not, and the sentence.
    """

    planted: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    out: int = 0
    right: int = 0
    left: list[tuple[str, str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Return the share of what must leave that left."""
        return self.gone.total() / max(1, self.planted.total())

    @property
    def precision(self) -> float:
        """Return the share of what left that had to."""
        return self.right / max(1, self.out)


@cache
def sentences(name: str) -> tuple[Sentence, ...]:
    """Return the sentences of one of `SETS`."""
    lines = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(_sentence(line) for line in lines if line and not line.startswith("#"))


def score(texts: Iterable[Sentence], redact: Callable[[str], str]) -> Score:
    """Return what a redaction leaves and takes of labelled texts."""
    found = Score()
    for one in texts:
        kept = _kept(one.text, redact(one.text))
        for start, end, kind in one.labels:
            found.planted[kind] += 1
            if _is_gone(one.text[start:end], kept[start:end], kind):
                found.gone[kind] += 1
            else:
                found.left.append((kind, one.text[start:end], one.text))
        for start, end in _runs(one.text, kept):
            found.out += 1
            if any(low < end and start < high for low, high, _ in one.labels):
                found.right += 1
            else:
                found.wrong.append((one.text[start:end], one.text))
    return found


def _sentence(line: str) -> Sentence:
    text, labels, done = "", [], 0
    for part in _PART.finditer(line):
        text += line[done : part.start()]
        labels.append((len(text), len(text) + len(part["text"]), part["kind"]))
        text += part["text"]
        done = part.end()
    return Sentence(text + line[done:], tuple(labels))


def _kept(before: str, after: str) -> list[bool]:
    """Tell of each character whether it is still there."""
    kept = [False] * len(before)
    for block in SequenceMatcher(None, before, _MARK.sub(_HOLE, after), autojunk=False).get_matching_blocks():
        kept[block.a : block.a + block.size] = [True] * block.size
    return kept


def _is_gone(text: str, kept: Sequence[bool], kind: str) -> bool:
    rest = "".join(char for char, stays in zip(text, kept, strict=True) if stays)
    told = any(char.isalnum() for char in rest)
    return not told or (kind == "date" and len(rest) < len(text) and _YEAR.fullmatch(rest.strip()) is not None)


def _runs(text: str, kept: Sequence[bool]) -> list[tuple[int, int]]:
    """Return where characters left, those behind one another as one."""
    runs: list[tuple[int, int]] = []
    for at, stays in enumerate(kept):
        if stays:
            continue
        if runs and not any(
            char.isalnum() for char, held in zip(text[runs[-1][1] : at], kept[runs[-1][1] : at], strict=True) if held
        ):
            runs[-1] = (runs[-1][0], at + 1)
        else:
            runs.append((at, at + 1))
    return runs
